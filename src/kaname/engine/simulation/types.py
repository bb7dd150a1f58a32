"""What a simulation is asked, and what it answers; money is whole minor units, moments are wall minutes."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.simulation.spreads import Spread
from kaname.engine.text import Refusal

Int64s = NDArray[np.int64]
Float64s = NDArray[np.float64]

MOST_RUNS: Final = 10_000_000


class QuestionError(Refusal):
    """A question that cannot be answered; `messages` say why, all reasons at once."""


class SpreadUnit(StrEnum):
    """What a spread is counted in."""

    MINUTES = "minutes"
    FACTOR = "factor"
    """Times the remaining duration of the task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRisk:
    """How the remaining duration of a task may come out.

    Attributes
    ----------
    loadings
        By factor: correlation of the task with it.  Tasks that load on the same factor come out late together: their
        correlation is the product of their loadings.  The squares must not sum to more than 1.
    """

    task_uid: int
    spread: Spread
    unit: SpreadUnit = SpreadUnit.MINUTES
    loadings: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a risk event adds to the remaining duration of a task when it occurs."""

    task_uid: int
    spread: Spread
    unit: SpreadUnit = SpreadUnit.MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """How probable an event is and what it costs in time and money."""

    probability: float
    impacts: tuple[Impact, ...] = ()
    cost: Spread | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskEvent:
    """A discrete risk, as it is and as it would be after the response that is planned against it."""

    uid: int
    name: str = ""
    before: Occurrence
    after: Occurrence | None = None
    response_cost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCost:
    """What a task still costs: fixed, and by working hour of its remaining duration."""

    task_uid: int
    fixed: int = 0
    rate_per_hour: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is simulated, and how well.

    Attributes
    ----------
    runs
        How many at most.
    error_days
        The simulation ends early when the 95 % interval of the `confidence` percentile of the finish is no wider than this
        many days; 0 runs all.
    confidence
        The percentile, in percent.
    with_responses
        Whether risk events are taken as they would be after their responses.
    watched
        Uids of tasks whose own finish is wanted, such as milestones.
    """

    risks: tuple[TaskRisk, ...] = ()
    events: tuple[RiskEvent, ...] = ()
    costs: tuple[TaskCost, ...] = ()
    fixed_cost: int = 0
    runs: int = 10_000
    seed: int = 1
    error_days: float = 0.0
    confidence: int = 80
    with_responses: bool = False
    watched: tuple[int, ...] = ()
    threads: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskInfluence:
    """What one uncertain task means for the finish.

    Attributes
    ----------
    criticality
        Share of the runs in which the task lay on a path that drives the finish (Martin, 1965).
    ssi
        Schedule sensitivity index: criticality times the standard deviation of the duration by that of the finish (PMI, 2004).
    cruciality
        Correlation of duration and finish (Williams, 1992), between -1 and 1.
    finish_if_short, finish_if_long
        Mean finish in working minutes of the plan's calendar from the mean of all, where the duration lies in its shortest
        or longest tenth: the bar of a tornado.  `None` where no run fell there.
    """

    task_uid: int
    criticality: float
    ssi: float
    cruciality: float
    mean_minutes: float
    deviation_minutes: float
    finish_if_short: float | None
    finish_if_long: float | None


@dataclass(frozen=True)
class Simulation:
    """What came out.

    Attributes
    ----------
    finish_at, cost
        By run: shape (runs,).
    watched
        By watched task: its finish in every run.
    planned_finish_at
        Finish of the plan as it stands; `None` for an empty one.
    influences
        By uncertain task, the most influential first.
    half_width_minutes
        Half of the 95 % interval of the wanted percentile, in minutes of the clock.
    """

    seed: int
    runs: int
    finish_at: Int64s
    cost: Int64s
    planned_finish_at: int | None
    planned_cost: int
    influences: tuple[TaskInfluence, ...]
    half_width_minutes: float
    is_converged: bool
    is_cancelled: bool
    watched: dict[int, Int64s] = field(default_factory=dict)

    def finish_percentile(self, percent: int) -> int:
        """Return the moment by which the plan is finished in `percent` of the runs, the least one that holds."""
        return _percentile(self.finish_at, percent)

    def cost_percentile(self, percent: int) -> int:
        """Return the cost that is enough in `percent` of the runs."""
        return _percentile(self.cost, percent)

    def finish_confidence(self, moment: int) -> float:
        """Return the share of the runs that finish by a moment."""
        return float((self.finish_at <= moment).mean())

    def cost_confidence(self, cost: int) -> float:
        """Return the share of the runs that cost no more than this."""
        return float((self.cost <= cost).mean())

    def joint_confidence(self, moment: int, cost: int) -> float:
        """Return the share of the runs that hold both date and cost (NASA, 2014, joint confidence level)."""
        return float(((self.finish_at <= moment) & (self.cost <= cost)).mean())


def _percentile(values: Int64s, percent: int) -> int:
    place = max(-(-len(values) * percent // 100) - 1, 0)
    return int(np.partition(values, place)[place])
