"""The words of the schedule clinic: points, verdicts, offenders, thresholds, and the dates that it judges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from kaname.engine.text import Message


class PointCode(StrEnum):
    """The fourteen points in the order of the pamphlet; `number` in `QualityPoint` counts from 1."""

    LOGIC = "logic"
    LEADS = "leads"
    LAGS = "lags"
    RELATIONSHIP_TYPES = "relationship_types"
    HARD_CONSTRAINTS = "hard_constraints"
    HIGH_FLOAT = "high_float"
    NEGATIVE_FLOAT = "negative_float"
    HIGH_DURATION = "high_duration"
    INVALID_DATES = "invalid_dates"
    RESOURCES = "resources"
    MISSED_TASKS = "missed_tasks"
    CRITICAL_PATH_TEST = "critical_path_test"
    CPLI = "cpli"
    BEI = "bei"


class Verdict(StrEnum):
    """What a point says of a plan."""

    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


class Comparison(StrEnum):
    """On which side of its threshold a ratio is good."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The limit of a ratio in permille, itself still good."""

    comparison: Comparison
    permille: int

    def is_met_by(self, ratio: Fraction) -> bool:
        """Say whether a ratio is on the good side.

        Examples
        --------
        >>> Threshold(Comparison.AT_MOST, 50).is_met_by(Fraction(1, 20))
        True
        """
        limit = Fraction(self.permille, 1000)
        return ratio <= limit if self.comparison is Comparison.AT_MOST else ratio >= limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What the clinic calls too much; the defaults are the published ones (see the documentation).

    Permille fields limit ratios; `..._days` fields are working days of `Plan.minutes_per_day`.
    """

    logic_permille: int = 50
    leads_permille: int = 0
    lags_permille: int = 50
    finish_to_start_permille: int = 900
    hard_constraints_permille: int = 50
    high_float_permille: int = 50
    high_float_days: int = 44
    negative_float_permille: int = 0
    high_duration_permille: int = 50
    high_duration_days: int = 44
    invalid_dates_permille: int = 0
    unresourced_permille: int = 0
    """The pamphlet gives no number; it asks for hours or money on every task of a day or more."""
    resourced_from_days: int = 1
    missed_tasks_permille: int = 50
    critical_path_test_permille: int = 990
    """Least movement of the finish per delay; one percent is left to weekends and holidays of mixed calendars."""
    critical_path_test_days: int = 600
    cpli_permille: int = 950
    bei_permille: int = 950
    rolling_wave_from_at: int | None = None
    """Tasks with a (baseline) start at or after this wall minute are not yet planned in detail: out of point 8."""
    required_finish_at: int | None = None
    """The finish that point 13 measures against; `None` = the baseline finish of the plan, else the deadline."""


@dataclass(frozen=True, slots=True)
class Offender:
    """A task that a point names, and why.  Of a link it is the successor."""

    uid: int
    name: str
    why: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityPoint:
    """The finding of one point.

    Parameters
    ----------
    number, code, name
        1 to 14 in the order of the pamphlet, the stable code, the label.
    numerator, denominator
        Counts of tasks or links; working minutes for points 12 and 13.  `None` where the point does not apply.
    threshold
        The limit and its side.
    verdict, reason
        The finding; `reason` is given exactly where the point does not apply.
    offenders
        What was counted against the plan, in the order of the outline; links in the order of the plan.
    observations
        What lies outside the published count and still deserves a look.
    population
        What was counted in the denominator.
    notes
        Choices that this plan forced on us.
    """

    number: int
    code: PointCode
    name: Message
    numerator: int | None
    denominator: int | None
    threshold: Threshold
    verdict: Verdict
    population: Message
    reason: Message | None = None
    offenders: tuple[Offender, ...] = ()
    observations: tuple[Offender, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def ratio(self) -> Fraction | None:
        """The exact ratio, `None` where the point does not apply."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)

    @property
    def ratio_permille(self) -> int | None:
        """The ratio in permille, half up; for showing, never for judging."""
        ratio = self.ratio
        return None if ratio is None else (2000 * ratio.numerator + ratio.denominator) // (2 * ratio.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityReport:
    """All fourteen points of one plan.

    `total`, `complete` and `incomplete` count the tasks of the published population: no summaries, no levels of effort,
    no milestones, nothing inactive or of another plan.
    """

    points: tuple[QualityPoint, ...]
    status_at: int | None
    total: int
    complete: int
    incomplete: int
    source: Message

    def point(self, code: PointCode) -> QualityPoint:
        """Return one point by its code."""
        return self.points[tuple(PointCode).index(code)]

    def count(self, verdict: Verdict) -> int:
        """Return how many points have a verdict."""
        return sum(point.verdict is verdict for point in self.points)


class TaskDates(Protocol):
    """The dates of one task as the clinic sees them: wall minutes and working minutes.

    `kaname.engine.network`'s own results are such, and `ScheduledTask` where dates come from elsewhere.
    """

    @property
    def start_at(self) -> int | None:
        """The start, forecast or actual."""
        ...

    @property
    def finish_at(self) -> int | None:
        """The finish, forecast or actual."""
        ...

    @property
    def total_float_minutes(self) -> int | None:
        """The total float in working minutes."""
        ...

    @property
    def is_critical(self) -> bool:
        """Whether the task is critical."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledTask:
    """Dates that do not come from our own network: stored ones, or a test's."""

    uid: int
    start_at: int | None
    finish_at: int | None
    total_float_minutes: int | None
    is_critical: bool


def _no_driver(_uid: int) -> int | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleView:
    """The dates that are judged.

    Parameters
    ----------
    tasks
        By task uid.
    start_at, finish_at
        The first start and the last finish of the plan.
    driver_of
        Which task decides the dates of a task: a predecessor, a summary above it, or `None`.
    """

    tasks: Mapping[int, TaskDates]
    start_at: int | None
    finish_at: int | None
    driver_of: Callable[[int], int | None] = _no_driver


class WorkingTime(Protocol):
    """The working clock of the project."""

    def between(self, start_at: int, finish_at: int) -> int:
        """Return the working minutes from one wall minute to another, negative when the second is earlier."""
        ...
