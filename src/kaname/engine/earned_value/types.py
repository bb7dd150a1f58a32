"""What earned value is measured on, and what comes out: accounts, values, figures with a reason where they are undefined."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from kaname.engine.text import Message


class Measure(StrEnum):
    """The unit of value.

    Duration serves plans that know neither effort nor money: it weighs each task by its baseline duration.  It has no
    actual cost, so the figures of cost are undefined there.
    """

    MONEY = "money"
    EFFORT = "effort"
    DURATION = "duration"


class EarnedRule(StrEnum):
    """How a task earns its budget (PMI, Practice Standard for Earned Value Management, measurement methods)."""

    PERCENT = "percent"
    """In proportion to the physical percentage reported, else to the share of the duration done."""
    EFFORT = "effort"
    """In proportion to the effort spent of all effort that is now expected; where that is unknown as `PERCENT`."""
    ZERO_HUNDRED = "zero_hundred"
    """All at the finish."""
    FIFTY_FIFTY = "fifty_fifty"
    """Half at the start, half at the finish."""
    WEIGHTED_MILESTONES = "weighted_milestones"
    """The share of each milestone when it is reached."""
    LEVEL_OF_EFFORT = "level_of_effort"
    """As time passes: what was planned is earned."""


@dataclass(frozen=True, slots=True)
class WeightedMilestone:
    """A step inside a task, its weight against the other steps, and whether it is reached."""

    weight: int
    is_reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A task, or a branch of the tree, with a budget of its own.

    Parameters
    ----------
    uid, name, parent_uid
        Its place in the tree; `parent_uid` names an account that is given too, or is `None`.
    budget
        Minor units of money or minutes, never negative.  `None` = it is in no baseline.  A branch has 0, or what it
        carries beside its children.
    start_at, finish_at
        The baseline, wall minutes.  A budget without both cannot be planned over time and counts as none.
    calendar_uid
        On whose working minutes the budget is spread; `None` = the project's.
    actual
        What it took so far, in the same unit; `None` = unknown.
    actual_start_at, actual_finish_at, done_permille
        What was reported.
    rule, milestones
        How it earns.
    """

    uid: int
    name: str = ""
    parent_uid: int | None = None
    budget: int | None = None
    start_at: int | None = None
    finish_at: int | None = None
    calendar_uid: int | None = None
    actual: int | None = None
    actual_start_at: int | None = None
    actual_finish_at: int | None = None
    done_permille: int = 0
    rule: EarnedRule = EarnedRule.PERCENT
    milestones: tuple[WeightedMilestone, ...] = ()

    @property
    def is_finished(self) -> bool:
        """Whether all of it is done."""
        return self.actual_finish_at is not None or self.done_permille >= 1000

    @property
    def is_started(self) -> bool:
        """Whether anything of it is done."""
        return self.is_finished or self.actual_start_at is not None or self.done_permille > 0

    @property
    def is_planned(self) -> bool:
        """Whether it has a budget and the dates to spread it over."""
        return self.budget is not None and self.start_at is not None and self.finish_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """The four basic values of an account with all below it, in minor units of money or minutes.

    `actual` is `None` when the actual of any started part is unknown.  `unplanned` counts the parts without a budget or
    without baseline dates: their actuals count, as work outside the baseline costs all the same.
    """

    planned: int
    earned: int
    actual: int | None
    budget: int
    unplanned: int = 0
    unknown_actuals: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact number, or the reason why there is none; never zero or infinity in its place."""

    value: Fraction | None
    reason: Message | None = None

    def rounded(self, places: int = 3) -> float | None:
        """Return the value rounded half up for showing.

        Examples
        --------
        >>> Figure(Fraction(2, 3)).rounded()
        0.667
        """
        if self.value is None:
            return None
        scale: int = 10**places
        return ((2 * self.value.numerator * scale + self.value.denominator) // (2 * self.value.denominator)) / scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Indices:
    """What follows from the four values; see `indices`."""

    sv: Figure
    cv: Figure
    spi: Figure
    cpi: Figure
    percent_complete: Figure
    percent_spent: Figure
    eac_at_plan: Figure
    eac_at_cpi: Figure
    eac_at_cpi_spi: Figure
    estimate_to_complete: Figure
    vac: Figure
    tcpi_bac: Figure
    tcpi_eac: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeIndices:
    """What follows from earned schedule, in the unit of time that was put in; see `time_indices`."""

    earned_schedule: Figure
    actual_time: Figure
    planned_duration: Figure
    sv_t: Figure
    spi_t: Figure
    ieac_t: Figure
    ieac_t_at_plan: Figure
    to_complete_spi_t: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleForecast:
    """Earned schedule on the calendar: moments are wall minutes, spans working minutes of the project's calendar.

    Parameters
    ----------
    indices
        SPI(t), IEAC(t) and so on.
    planned_start_at, planned_finish_at
        The ends of the baseline; `None` without one.
    measured_at
        The status date, or the actual finish once all is finished: a finished project no longer ages.
    earned_at
        When the value earned by now was planned to be earned; `None` without one.
    forecast_finish_at
        The finish if the rest goes at SPI(t): planned start + planned duration ÷ SPI(t).
    forecast_finish_at_plan
        The finish if the rest goes as planned: measured moment + planned duration - earned schedule.
    p_factor
        Schedule adherence: the part of the earned value that was earned where the plan wanted it.
    """

    indices: TimeIndices
    planned_start_at: int | None
    planned_finish_at: int | None
    measured_at: int
    earned_at: int | None
    forecast_finish_at: int | None
    forecast_finish_at_plan: int | None
    p_factor: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedValueReport:
    """The values of every account and of the whole, with the forecast of the finish.

    `by_uid[parent]` is the parent's own part plus the sum of its children, to the last unit, in all four values.
    """

    status_at: int
    by_uid: Mapping[int, Values]
    total: Values
    indices: Indices
    forecast: ScheduleForecast


class WorkingTime(Protocol):
    """A working clock, as `kaname.engine.calendar.CompiledCalendar` is one."""

    def between(self, start: int, finish: int) -> int:
        """Return the working minutes from one wall minute to another, negative if the second comes first."""
        ...

    def add(self, minute: int, working_minutes: int) -> int:
        """Return the wall minute by which so many working minutes after another are worked."""
        ...
