"""Points 9, 11 and 14: what was reported against the status date and the baseline."""

from collections.abc import Iterator

from kaname.engine.network.plan import Task
from kaname.engine.quality.finding import NO_STATUS_DATE, at_least, at_most, finding, not_applicable
from kaname.engine.quality.population import Population, baseline_of, is_complete, is_started
from kaname.engine.quality.types import Offender, PointCode, QualityPoint
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import wall_moment


def check_invalid_dates(population: Population) -> QualityPoint:
    """Count tasks with a forecast before the status date or an actual after it (point 9)."""
    threshold = at_most(population.thresholds.invalid_dates_permille)
    status_at = population.plan.status_at
    if status_at is None:
        return not_applicable(PointCode.INVALID_DATES, threshold=threshold, reason=NO_STATUS_DATE)
    offenders = [found for task in population.tasks if (found := _invalid(population, task, status_at))]
    return finding(
        PointCode.INVALID_DATES,
        numerator=len(offenders),
        denominator=len(population.tasks),
        threshold=threshold,
        offenders=offenders,
        observations=[found for task in population.milestones if (found := _invalid(population, task, status_at))],
    )


def check_missed_tasks(population: Population) -> QualityPoint:
    """Count tasks due by the status date whose actual or forecast finish is after their baseline finish (point 11)."""
    threshold = at_most(population.thresholds.missed_tasks_permille)
    due = _due(population)
    if isinstance(due, Message):
        return not_applicable(PointCode.MISSED_TASKS, threshold=threshold, reason=due)
    offenders = [found for task, baseline_at in due if (found := _missed(population, task, baseline_at))]
    return finding(
        PointCode.MISSED_TASKS,
        numerator=len(offenders),
        denominator=len(due),
        threshold=threshold,
        offenders=offenders,
    )


def check_bei(population: Population) -> QualityPoint:
    """Return the baseline execution index (point 14).

    BEI = tasks finished by the status date ÷ (tasks with a baseline finish by then + tasks that lack a baseline start or
    finish).  Tasks finished ahead of their baseline count above, so that the index may exceed 1.
    """
    threshold = at_least(population.thresholds.bei_permille)
    due = _due(population)
    if isinstance(due, Message):
        return not_applicable(PointCode.BEI, threshold=threshold, reason=due)
    status_at = population.plan.status_at or 0
    done = {task.uid for task in population.tasks if _is_done_by(population, task, status_at)}
    due_uids = {task.uid for task, _ in due}
    unplanned = {task.uid for task in population.tasks if _lacks_baseline(task)}
    late = Message(gettext_noop("Its baseline finish has passed and it is not finished."))
    without = Message(gettext_noop("It has no baseline start or finish."))
    offenders = [
        Offender(task.uid, task.name, late if task.uid in due_uids else without)
        for task in population.tasks
        if task.uid not in done and task.uid in due_uids | unplanned
    ]
    return finding(
        PointCode.BEI,
        numerator=len(done),
        denominator=len(due_uids | unplanned),
        threshold=threshold,
        offenders=offenders,
    )


def _due(population: Population) -> list[tuple[Task, int]] | Message:
    """List the tasks whose baseline finish lies on or before the status date, or say why that cannot be said."""
    status_at = population.plan.status_at
    if status_at is None:
        return NO_STATUS_DATE
    baselines = [(task, baseline_of(task)) for task in population.tasks]
    finishes = [
        (task, baseline.finish_at) for task, baseline in baselines if baseline and baseline.finish_at is not None
    ]
    if not finishes:
        return Message(gettext_noop("The plan has no baseline."))
    return [(task, finish_at) for task, finish_at in finishes if finish_at <= status_at]


def _invalid(population: Population, task: Task, status_at: int) -> Offender | None:
    complaint = next(_complaints(population, task, status_at), None)
    if complaint is None:
        return None
    template, at = complaint
    return Offender(task.uid, task.name, Message(template, {"date": wall_moment(at).date().isoformat()}))


def _complaints(population: Population, task: Task, status_at: int) -> Iterator[tuple[str, int]]:
    progress, dates = task.progress, population.dates(task)
    if progress.actual_start_at is not None and progress.actual_start_at > status_at:
        yield gettext_noop("Its actual start %(date)s is after the status date."), progress.actual_start_at
    if progress.actual_finish_at is not None and progress.actual_finish_at > status_at:
        yield gettext_noop("Its actual finish %(date)s is after the status date."), progress.actual_finish_at
    if not is_started(task) and dates.start_at is not None and dates.start_at < status_at:
        yield gettext_noop("Its forecast start %(date)s is before the status date."), dates.start_at
    if not is_complete(task) and dates.finish_at is not None and dates.finish_at < status_at:
        yield gettext_noop("Its forecast finish %(date)s is before the status date."), dates.finish_at


def _missed(population: Population, task: Task, baseline_at: int) -> Offender | None:
    actual_at = task.progress.actual_finish_at
    finish_at = actual_at if actual_at is not None else population.dates(task).finish_at
    if finish_at is None or finish_at <= baseline_at:
        return None
    template = (
        gettext_noop("It finishes on %(date)s, after its baseline finish %(baseline)s.")
        if actual_at is None
        else gettext_noop("It was finished on %(date)s, after its baseline finish %(baseline)s.")
    )
    dates = {"date": wall_moment(finish_at).date().isoformat(), "baseline": wall_moment(baseline_at).date().isoformat()}
    return Offender(task.uid, task.name, Message(template, dates))


def _is_done_by(population: Population, task: Task, status_at: int) -> bool:
    if not is_complete(task):
        return False
    actual_at = task.progress.actual_finish_at
    finish_at = actual_at if actual_at is not None else population.dates(task).finish_at
    return finish_at is not None and finish_at <= status_at


def _lacks_baseline(task: Task) -> bool:
    baseline = baseline_of(task)
    return baseline is None or baseline.start_at is None or baseline.finish_at is None
