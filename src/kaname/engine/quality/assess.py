"""The whole clinic: fourteen points in one call."""

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
