"""The tasks of a plan as a bias is learned from them: what was planned, what it took, what is reported."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaname.engine.forecast.bias import ClosedTasks, Report, TaskState
from kaname.engine.network import Network, compile_plan
from kaname.engine.network.plan import Baseline, Dialect, Plan, Task, TaskKind, TaskMode
from kaname.engine.units import PERMILLE


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTask:
    """A task that is work, active, dated by the engine, and where it stands, in working minutes of its calendar."""

    task: Task
    state: TaskState


def plan_tasks(network: Network, *, status_at: int) -> tuple[PlanTask, ...]:
    """Return the tasks whose duration speaks of a bias or is subject to it, in outline order.

    What was planned is the duration of the baseline in force, else of its dates; where a task has no baseline, its
    duration as it stands, but not of finished tasks of Microsoft plans, whose duration is what they took.

    What a running task has spent is the working time from its actual start to the status date: the actual duration of
    Microsoft plans is derived from the percentage and says nothing of time.  The share reported as done is the physical
    percentage, else the percentage; of Primavera plans what the remaining duration says.
    """
    return tuple(_read(network, status_at))


def closed_tasks(plan: Plan, *, status_at: int | None = None, earlier: Sequence[Plan] = ()) -> ClosedTasks:
    """Return what the finished tasks of a plan became, and what was reported of them while they ran.

    Parameters
    ----------
    plan
        A closed plan, or what is finished of one; tasks that were never planned say nothing.
    status_at
        Its status date where it names none; by default the last actual finish.
    earlier
        The same plan as it stood at earlier status dates, which each names; tasks are the same by uid.  Without them it is not known how
        far reports can be trusted.

    Raises
    ------
    PlanError, LoopError
        If a plan cannot be calculated.
    """
    moment = status_at if status_at is not None else plan.status_at
    latest = max((task.progress.actual_finish_at or 0 for task in plan.tasks), default=0)
    found = plan_tasks(compile_plan(plan), status_at=latest if moment is None else moment)
    became = {each.task.uid: each.state for each in found if each.state.is_finished}
    reports = [
        Report(each.state.share, each.state.spent / each.state.share / became[each.task.uid].spent)
        for before in earlier
        if before.status_at is not None
        for each in plan_tasks(compile_plan(before), status_at=before.status_at)
        if each.task.uid in became and each.state.is_running and each.state.share
    ]
    return ClosedTasks(ratios=tuple(each.spent / each.planned for each in became.values()), reports=tuple(reports))


def _read(network: Network, status_at: int) -> Iterator[PlanTask]:
    plan = network.plan
    parents = {task.parent_uid for task in plan.tasks}
    for number, task in enumerate(plan.tasks):
        is_work = task.kind == TaskKind.WORK and task.uid not in parents and task.is_active and not task.is_external
        if not is_work or (task.mode == TaskMode.MANUAL and task.progress.actual_start_at is None):
            continue
        calendar = int(network.nodes.calendar[network.position[number]])
        planned = _planned(network, task, calendar)
        state = _state(network, task, calendar, planned=planned, status_at=status_at) if planned else None
        if state is not None:
            yield PlanTask(task=task, state=state)


def _planned(network: Network, task: Task, calendar: int) -> int:
    baseline = next((each for each in task.baselines if each.number == 0), None)
    if baseline is not None:
        return _baseline_minutes(network, baseline, calendar)
    is_taken = task.progress.actual_finish_at is not None and network.plan.rules.dialect != Dialect.PRIMAVERA
    return 0 if is_taken else task.duration_minutes or 0


def _baseline_minutes(network: Network, baseline: Baseline, calendar: int) -> int:
    if baseline.duration_minutes is not None:
        return baseline.duration_minutes
    if baseline.start_at is None or baseline.finish_at is None:
        return 0
    return network.book.measure(calendar).between(baseline.start_at, baseline.finish_at)


def _state(network: Network, task: Task, calendar: int, *, planned: int, status_at: int) -> TaskState | None:
    """Return where a task stands, `None` of a finished one whose start is unknown or in which no working time passed."""
    progress = task.progress
    started = progress.actual_start_at
    measure = network.book.measure(calendar)
    if progress.actual_finish_at is not None:
        spent = 0 if started is None else measure.between(started, progress.actual_finish_at)
        return TaskState(planned=planned, spent=spent, share=1.0, is_finished=True) if spent > 0 else None
    if started is None or started >= status_at:
        return TaskState(planned=planned)
    spent = max(measure.between(started, status_at), 1)
    return TaskState(planned=planned, spent=spent, share=_share(network.plan, task, spent))


def _share(plan: Plan, task: Task, spent: int) -> float | None:
    progress = task.progress
    left = progress.remaining_duration_minutes
    if plan.rules.dialect == Dialect.PRIMAVERA and left is not None:
        return spent / (spent + left)
    permille = progress.physical_permille or progress.percent_permille
    return permille / PERMILLE if permille else None
