"""The track of a project: what it had planned, earned and spent at each status date."""

import itertools
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kaname.engine.earned_value.types import EarnedValueReport
from kaname.engine.text import Message, Refusal, gettext_noop

_DONE: Final = 1e-9


class TrackError(Refusal):
    """Figures that cannot be those of a project; `messages` say why, all reasons at once."""


class Phase(StrEnum):
    """How far a project is, by the share of its budget that is earned."""

    EARLY = "early"
    """Below one third."""
    MIDDLE = "middle"
    LATE = "late"
    """Two thirds and more."""


def phase_at(share: float) -> Phase:
    """Return the phase of a project that has earned a share of its budget.

    Examples
    --------
    >>> [phase_at(share).value for share in (0.0, 0.4, 0.9)]
    ['early', 'middle', 'late']
    """
    if share * 3 < 1:
        return Phase.EARLY
    return Phase.MIDDLE if share * 3 < 2 else Phase.LATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A project at one status date.

    Attributes
    ----------
    time
        Working time since the planned start, in any unit.
    earned_schedule
        When the value earned by now was planned to be earned, in the same unit.
    planned, earned
        Cumulative planned and earned value.
    spent
        Actual cost, `None` = unknown.
    open_issues
        `None` = unknown.
    """

    time: float
    earned_schedule: float
    planned: float
    earned: float
    spent: float | None = None
    open_issues: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The planned duration and budget of a project and its snapshots, in order of time.

    Raises
    ------
    TrackError
        If planned duration or budget is not above zero, times do not rise, or a figure is negative or no number.
    """

    planned_duration: float
    budget: float
    snapshots: tuple[Snapshot, ...] = ()

    def __post_init__(self) -> None:
        """Check the figures."""
        faults = _faults(self)
        if faults:
            raise TrackError(faults)

    @property
    def share(self) -> float:
        """The share of the budget that is earned by the last snapshot, 0 to 1."""
        return min(self.snapshots[-1].earned / self.budget, 1.0) if self.snapshots else 0.0

    @property
    def phase(self) -> Phase:
        """The phase at the last snapshot."""
        return phase_at(self.share)

    @property
    def finished_after(self) -> float | None:
        """The time of the first snapshot that has earned the whole budget, `None` where none has."""
        return next((each.time for each in self.snapshots if each.earned >= self.budget * (1 - _DONE)), None)

    def up_to(self, count: int) -> "Track":
        """Return the track as it was after its first `count` snapshots."""
        return Track(
            planned_duration=self.planned_duration, budget=self.budget, snapshots=self.snapshots[: max(count, 0)]
        )


def snapshot_of(report: EarnedValueReport, *, open_issues: int | None = None) -> Snapshot | None:
    """Return the snapshot of a measured plan, in working minutes; `None` before its planned start or without a baseline."""
    found = report.forecast.indices
    if found.actual_time.value is None or found.earned_schedule.value is None or found.actual_time.value <= 0:
        return None
    total = report.total
    return Snapshot(
        time=float(found.actual_time.value),
        earned_schedule=float(found.earned_schedule.value),
        planned=float(total.planned),
        earned=float(total.earned),
        spent=None if total.actual is None else float(total.actual),
        open_issues=open_issues,
    )


def _faults(track: Track) -> list[Message]:
    faults = []
    if not all(math.isfinite(value) and value > 0 for value in (track.planned_duration, track.budget)):
        faults.append(Message(gettext_noop("Planned duration and budget must be above zero."), {}))
    times = [each.time for each in track.snapshots]
    if any(one >= other for one, other in itertools.pairwise(times)):
        faults.append(Message(gettext_noop("Each status date must come after the one before it."), {}))
    values = [
        value
        for each in track.snapshots
        for value in (each.earned_schedule, each.planned, each.earned, each.spent or 0.0, each.open_issues or 0)
    ]
    if not all(math.isfinite(value) and value >= 0 for value in values) or not all(
        0 < time < math.inf for time in times
    ):
        template = gettext_noop("Times must be above zero and values not below; one of the snapshots breaks that.")
        faults.append(Message(template, {}))
    return faults
