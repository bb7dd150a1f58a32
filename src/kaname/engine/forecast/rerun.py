"""The finish of a running plan: its remaining network, run again with the bias that its finished tasks have shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from kaname.engine.forecast.bias import Bias, BiasModel, TotalLaw, project_bias, total_law
from kaname.engine.forecast.normal import Float64s, beyond
from kaname.engine.forecast.plan_tasks import PlanTask, plan_tasks
from kaname.engine.network import compile_plan
from kaname.engine.network.plan import ConstraintType, Dialect, Plan, Progress, Task, TaskMode
from kaname.engine.simulation import LogNormal, Question, Simulation, SpreadUnit, TaskRisk, simulate_network
from kaname.engine.simulation.spreads import Continuous

DEFAULT_RUNS: Final = 4000
_LEAST_MINUTES: Final = 1


@dataclass(frozen=True, slots=True)
class Remaining(Continuous):
    """What a running task still takes, knowing what it has taken: in minutes."""

    law: TotalLaw
    spent: float

    def quantiles(self, shares: Float64s) -> Float64s:
        """Return the quantiles of the total above what is spent, less what is spent."""
        if self.law.deviation == 0:
            total = np.full_like(shares, max(np.exp(self.law.mean), self.spent))
        else:
            bound = np.array((self.law.least - self.law.mean) / self.law.deviation)
            total = np.exp(self.law.mean + self.law.deviation * beyond(bound, shares))
        return np.maximum(total - self.spent, _LEAST_MINUTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishForecast:
    """When a plan will be finished.

    Attributes
    ----------
    bias
        What the plan's own tasks have shown, shrunk to the model.
    open_tasks
        How many tasks are still subject to it.
    simulation
        All runs; its percentiles are moments.
    plan_finish_at
        The finish if all that remains goes as planned.
    """

    bias: Bias
    open_tasks: int
    simulation: Simulation
    plan_finish_at: int | None

    def at(self, percent: int) -> int:
        """Return the moment by which the plan is finished with a confidence of `percent`."""
        return self.simulation.finish_percentile(percent)


def forecast_finish(
    plan: Plan,
    *,
    status_at: int,
    model: BiasModel,
    runs: int = DEFAULT_RUNS,
    seed: int = 1,
    threads: int = 1,
    on_progress: Callable[[int, int], bool] | None = None,
) -> FinishForecast:
    """Forecast the finish of a running plan.

    Parameters
    ----------
    status_at
        The status date, a wall minute; progress is read as of then.
    model
        What was learned from other projects (`learn_bias`).
    on_progress
        As `simulate`.

    Notes
    -----
    Tasks that have not begun take what was planned times exp(m + b + e).  Running tasks are log-normal given that they exceed
    what they have taken, joined with their reports where the model trusts them: a task that has run longer than planned is
    not finished at once.  All share the uncertainty of the bias as one factor.  Nothing that has not begun starts before the
    status date.  Milestones, tasks set by hand and fixed dates stay as they are.

    Raises
    ------
    PlanError, LoopError
        If the plan cannot be calculated.
    """
    network = compile_plan(plan)
    tasks = plan_tasks(network, status_at=status_at)
    bias = project_bias(model, [each.state for each in tasks])
    still_open = [each for each in tasks if not each.state.is_finished]
    rest = compile_plan(remaining_plan(plan, status_at=status_at), book=network.book)
    question = Question(
        risks=tuple(_risk(model, bias, each) for each in still_open), runs=runs, seed=seed, threads=threads
    )
    found = simulate_network(rest, question, on_progress=on_progress)
    return FinishForecast(
        bias=bias, open_tasks=len(still_open), simulation=found, plan_finish_at=found.planned_finish_at
    )


def remaining_plan(plan: Plan, *, status_at: int) -> Plan:
    """Return the plan with nothing unfinished before the status date."""
    rules = replace(plan.rules, reschedules_remaining_work=True)
    parents = {task.parent_uid for task in plan.tasks}
    is_primavera = plan.rules.dialect == Dialect.PRIMAVERA
    tasks = tuple(task if is_primavera or task.uid in parents else _not_before(task, status_at) for task in plan.tasks)
    return replace(plan, status_at=status_at, rules=rules, tasks=tasks)


def _not_before(task: Task, status_at: int) -> Task:
    progress = task.progress
    if progress.actual_finish_at is not None or task.is_external or task.mode == TaskMode.MANUAL:
        return task
    if progress.actual_start_at is not None and progress.actual_start_at < status_at:
        # Work that is done but not reported as finished still takes a moment.
        left = progress.remaining_duration_minutes
        if left == 0 or (left is None and progress.percent_permille >= 1000):
            return replace(task, progress=replace(progress, remaining_duration_minutes=_LEAST_MINUTES))
        return task
    begun = replace(task, progress=Progress()) if progress.actual_start_at is not None else task
    if begun.constraint == ConstraintType.SNET:
        return replace(begun, constraint_at=max(begun.constraint_at or status_at, status_at))
    if begun.constraint == ConstraintType.ASAP:
        return replace(begun, constraint=ConstraintType.SNET, constraint_at=status_at)
    if begun.second_constraint is None:
        return replace(begun, second_constraint=ConstraintType.SNET, second_constraint_at=status_at)
    return begun


def _risk(model: BiasModel, bias: Bias, task: PlanTask) -> TaskRisk:
    law = total_law(model, bias, task.state)
    loadings = (law.loading,) if law.loading > 0 else ()
    uid = task.task.uid
    if task.state.is_running:
        spread = Remaining(law, task.state.spent)
        return TaskRisk(task_uid=uid, spread=spread, unit=SpreadUnit.MINUTES, loadings=loadings)
    now = task.task.duration_minutes or task.state.planned
    factor = LogNormal(float(np.exp(bias.mean)) * task.state.planned / now, law.deviation)
    return TaskRisk(task_uid=uid, spread=factor, unit=SpreadUnit.FACTOR, loadings=loadings)
