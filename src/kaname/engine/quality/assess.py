"""The whole clinic: fourteen points in one call."""

from collections.abc import Iterator, Mapping

from kaname.engine.network import CauseKind, Schedule, ScheduledTask, schedule
from kaname.engine.network.plan import Plan
from kaname.engine.quality.execution import check_bei, check_invalid_dates, check_missed_tasks
from kaname.engine.quality.finding import SOURCE
from kaname.engine.quality.floats import check_high_float, check_negative_float
from kaname.engine.quality.path import Rescheduler, check_cpli, check_critical_path
from kaname.engine.quality.population import count_population
from kaname.engine.quality.relations import check_lags, check_leads, check_logic, check_relationship_types
from kaname.engine.quality.types import QualityReport, ScheduleView, Thresholds, WorkingTime
from kaname.engine.quality.workload import check_hard_constraints, check_high_duration, check_resources

DEFAULT_THRESHOLDS = Thresholds()
"""The published limits."""


def assess(plan: Plan, calculated: Schedule, *, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> QualityReport:
    """Judge a plan by the DCMA 14 points on its calculated dates.

    Parameters
    ----------
    plan
        What was planned and reported.
    calculated
        Its dates, as `kaname.engine.network.schedule` returns them.
    thresholds
        The limits; the published ones by default.

    Returns
    -------
    QualityReport
        Fourteen points in the order of the pamphlet.  O(tasks + links) and one recalculation.

    Examples
    --------
    >>> from kaname.engine.network.plan import Link, Task
    >>> one, two = (Task(uid=uid, name=f"Task {uid}", duration_minutes=480) for uid in (1, 2))
    >>> plan = Plan(start_at=0, tasks=(one, two), links=(Link(predecessor_uid=1, successor_uid=2),))
    >>> report = assess(plan, schedule(plan))
    >>> report.points[0].ratio_permille, report.points[11].ratio_permille
    (1000, 1000)
    >>> [(found.uid, str(found.why)) for found in report.points[0].offenders]
    [(1, 'It has no predecessor.'), (2, 'It has no successor.')]
    """
    book = calculated.network.book
    return assess_view(
        plan,
        view_of(calculated),
        working=book.measure(book.project),
        reschedule=lambda changed: view_of(schedule(changed)),
        thresholds=thresholds,
    )


def view_of(calculated: Schedule) -> ScheduleView:
    """Return a calculated plan as the clinic looks at it; dates are read when they are asked for."""

    def driver_of(uid: int) -> int | None:
        cause = calculated.driven_by(uid)
        return cause.task_uid if cause.kind in {CauseKind.PREDECESSOR, CauseKind.PARENT} else None

    return ScheduleView(
        tasks=_Dates(calculated),
        start_at=calculated.start_at,
        finish_at=calculated.finish_at,
        driver_of=driver_of,
    )


class _Dates(Mapping[int, ScheduledTask]):
    """The tasks of a schedule by uid, each read once."""

    def __init__(self, calculated: Schedule) -> None:
        self._calculated = calculated
        self._read: dict[int, ScheduledTask] = {}

    def __getitem__(self, uid: int) -> ScheduledTask:
        if uid not in self._read:
            self._read[uid] = self._calculated.task(uid)
        return self._read[uid]

    def __iter__(self) -> Iterator[int]:
        return (task.uid for task in self._calculated.network.plan.tasks)

    def __len__(self) -> int:
        return len(self._calculated)


def assess_view(
    plan: Plan,
    view: ScheduleView,
    *,
    working: WorkingTime,
    reschedule: Rescheduler,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> QualityReport:
    """Judge a plan by the DCMA 14 points, on whatever dates are given.

    Parameters
    ----------
    plan
        What was planned and reported.
    view
        The dates that are judged.
    working
        The project's calendar; points 12 and 13 count its working minutes.
    reschedule
        Recalculates a changed plan; called once, by point 12.
    thresholds
        The limits; the published ones by default.

    Returns
    -------
    QualityReport
        Fourteen points in the order of the pamphlet.  O(tasks + links) and one recalculation.
    """
    population = count_population(plan, view, thresholds)
    points = (
        check_logic(population),
        check_leads(population),
        check_lags(population),
        check_relationship_types(population),
        check_hard_constraints(population),
        check_high_float(population),
        check_negative_float(population),
        check_high_duration(population),
        check_invalid_dates(population),
        check_resources(population),
        check_missed_tasks(population),
        check_critical_path(population, working=working, reschedule=reschedule),
        check_cpli(population, working=working),
        check_bei(population),
    )
    return QualityReport(
        points=points,
        status_at=plan.status_at,
        total=len(population.tasks),
        complete=len(population.tasks) - len(population.incomplete),
        incomplete=len(population.incomplete),
        source=SOURCE,
    )
