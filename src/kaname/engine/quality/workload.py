"""Points 5, 8 and 10: constraints, durations and resources of unfinished tasks."""

from collections.abc import Iterator
from typing import Final

from kaname.engine.network.plan import ConstraintType, Task
from kaname.engine.quality.finding import at_most, finding, not_applicable
from kaname.engine.quality.population import Population, baseline_of
from kaname.engine.quality.types import Offender, PointCode, QualityPoint
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import wall_moment

_HARD_TEMPLATES: Final = {
    ConstraintType.MSO: gettext_noop("Must start on %(date)s."),
    ConstraintType.MFO: gettext_noop("Must finish on %(date)s."),
    ConstraintType.SNLT: gettext_noop("Must start no later than %(date)s."),
    ConstraintType.FNLT: gettext_noop("Must finish no later than %(date)s."),
    ConstraintType.MANDATORY_START: gettext_noop("Mandatory start on %(date)s."),
    ConstraintType.MANDATORY_FINISH: gettext_noop("Mandatory finish on %(date)s."),
}
"""Constraints that keep logic from moving a task to the right; the two mandatory ones are Primavera's."""


def check_hard_constraints(population: Population) -> QualityPoint:
    """Count unfinished tasks with a constraint that stops logic (point 5)."""
    return finding(
        PointCode.HARD_CONSTRAINTS,
        numerator=len(offenders := list(_constrained(population.incomplete))),
        denominator=len(population.incomplete),
        threshold=at_most(population.thresholds.hard_constraints_permille),
        offenders=offenders,
        observations=_constrained(population.milestones),
    )


def is_hard(task: Task) -> bool:
    """Say whether one of the two constraints of a task is hard."""
    return task.constraint in _HARD_TEMPLATES or task.second_constraint in _HARD_TEMPLATES


def check_high_duration(population: Population) -> QualityPoint:
    """Count unfinished tasks whose baseline duration is high (point 8).

    A task without a baseline duration is judged by its present one.  Tasks of the rolling wave are left out.
    """
    wave_at = population.thresholds.rolling_wave_from_at
    planned = [task for task in population.incomplete if wave_at is None or not _is_after(population, task, wave_at)]
    offenders = [found for task in planned if (found := _long(population, task))]
    return finding(
        PointCode.HIGH_DURATION,
        numerator=len(offenders),
        denominator=len(planned),
        threshold=at_most(population.thresholds.high_duration_permille),
        offenders=offenders,
        notes=_duration_notes(population, planned),
    )


def check_resources(population: Population) -> QualityPoint:
    """Count unfinished tasks of a day or more that have neither people nor money (point 10).

    A plan in which nothing is assigned and nothing costs is not resource loaded: the point does not apply.
    """
    threshold = at_most(population.thresholds.unresourced_permille)
    assigned = {
        assignment.task_uid for assignment in population.plan.assignments if assignment.resource_uid is not None
    }
    loaded = [task for task in population.tasks if task.uid in assigned or task.cost or task.fixed_cost]
    if not loaded:
        reason = Message(gettext_noop("The plan is not resource loaded: no task has people or money."))
        return not_applicable(PointCode.RESOURCES, threshold=threshold, reason=reason)
    has_load = {task.uid for task in loaded}
    least = population.minutes(population.thresholds.resourced_from_days)
    counted = [t for t in population.incomplete if population.working_duration(t, t.duration_minutes or 0) >= least]
    why = Message(gettext_noop("Neither people nor money are assigned to it."))
    offenders = [Offender(task.uid, task.name, why) for task in counted if task.uid not in has_load]
    return finding(
        PointCode.RESOURCES,
        numerator=len(offenders),
        denominator=len(counted),
        threshold=threshold,
        offenders=offenders,
    )


def _constrained(tasks: tuple[Task, ...]) -> Iterator[Offender]:
    for task in tasks:
        pairs = ((task.constraint, task.constraint_at), (task.second_constraint, task.second_constraint_at))
        for constraint, at in pairs:
            if constraint in _HARD_TEMPLATES:
                date = "" if at is None else wall_moment(at).date().isoformat()
                yield Offender(task.uid, task.name, Message(_HARD_TEMPLATES[constraint], {"date": date}))
                break


def _is_after(population: Population, task: Task, wave_at: int) -> bool:
    baseline = baseline_of(task)
    start_at = baseline.start_at if baseline and baseline.start_at is not None else population.dates(task).start_at
    return start_at is not None and start_at >= wave_at


def _long(population: Population, task: Task) -> Offender | None:
    baseline = baseline_of(task)
    stored = baseline.duration_minutes if baseline else None
    duration = stored if stored is not None else task.duration_minutes
    limit = population.thresholds.high_duration_days
    if duration is None or population.working_duration(task, duration) <= population.minutes(limit):
        return None
    template = (
        gettext_noop("Its duration of %(days)s days is more than %(limit)s (it has no baseline).")
        if stored is None
        else gettext_noop("Its baseline duration of %(days)s days is more than %(limit)s.")
    )
    days = population.days_text(population.working_duration(task, duration))
    return Offender(task.uid, task.name, Message(template, {"days": days, "limit": limit}))


def _duration_notes(population: Population, planned: list[Task]) -> Iterator[Message]:
    left_out = len(population.incomplete) - len(planned)
    if population.thresholds.rolling_wave_from_at is None:
        yield Message(
            gettext_noop("No rolling wave was named, so far work that is not yet planned in detail counts too.")
        )
    elif left_out:
        yield Message(gettext_noop("Tasks of the rolling wave, not counted: %(count)s."), {"count": left_out})
