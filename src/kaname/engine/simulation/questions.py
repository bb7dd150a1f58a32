"""Questions about a plan that brings no distributions of its own."""

from kaname.engine.network.plan import Assignment, Plan, ResourceKind, Task, TaskKind, TaskMode
from kaname.engine.simulation.spreads import Spread
from kaname.engine.simulation.types import SpreadUnit, TaskCost, TaskRisk
from kaname.engine.units import PERMILLE


def open_tasks(plan: Plan) -> tuple[Task, ...]:
    """Return the tasks whose duration can still come out otherwise: work that is active, not finished, not set by hand."""
    parents = {task.parent_uid for task in plan.tasks}
    return tuple(
        task
        for task in plan.tasks
        if task.kind == TaskKind.WORK
        and task.uid not in parents
        and task.is_active
        and not task.is_external
        and task.mode != TaskMode.MANUAL
        and task.progress.actual_finish_at is None
        and (task.duration_minutes or 0) > 0
    )


def same_for_all(plan: Plan, spread: Spread, *, correlation: float = 0.0) -> tuple[TaskRisk, ...]:
    """Return one spread, as a factor of the remaining duration, for all open tasks.

    Parameters
    ----------
    correlation
        Between any two tasks, from 0 to 1: they share one factor with the loading √correlation.
    """
    loadings = (correlation**0.5,) if correlation else ()
    return tuple(
        TaskRisk(task_uid=task.uid, spread=spread, unit=SpreadUnit.FACTOR, loadings=loadings)
        for task in open_tasks(plan)
    )


def remaining_costs(plan: Plan) -> tuple[TaskCost, ...]:
    """Return what open tasks still cost by the rates of those who work on them; none where the plan knows no rates."""
    rates = {
        resource.uid: resource.rate_per_hour
        for resource in plan.resources
        if resource.kind == ResourceKind.WORK and resource.rate_per_hour
    }
    by_task: dict[int, int] = {}
    for assignment in plan.assignments:
        rate = rates.get(-1 if assignment.resource_uid is None else assignment.resource_uid)
        if rate:
            by_task[assignment.task_uid] = by_task.get(assignment.task_uid, 0) + _hourly(assignment, rate)
    return tuple(
        TaskCost(task_uid=task.uid, rate_per_hour=by_task[task.uid])
        for task in open_tasks(plan)
        if by_task.get(task.uid)
    )


def _hourly(assignment: Assignment, rate: int) -> int:
    return (rate * assignment.units_permille + PERMILLE // 2) // PERMILLE
