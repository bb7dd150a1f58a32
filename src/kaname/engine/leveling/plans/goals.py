"""The objectives of a plan as the kernels read them."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.plans.judging import DELAY, FINISH, FORCED, MOVED, TOTAL, Goals
from kaname.engine.leveling.plans.model import PlanModel
from kaname.engine.leveling.plans.types import Objective
from kaname.engine.network import Schedule
from kaname.engine.network import arrays as net

MEASURE_OF: Final = {Objective.FINISH: FINISH, Objective.DELAY: DELAY, Objective.STABILITY: MOVED}
NORMAL_PRIORITY: Final = 500


def goals_of(model: PlanModel, before: Schedule, objectives: Sequence[Objective]) -> Goals:
    """Return what a schedule is judged by.

    After the objectives asked for come the finish and the sum of all starts, so that of equal plans the more compact wins;
    before them that as few tasks as possible take more than is free.
    """
    known = np.abs(np.asarray(before.dates.start)) < 1 << 59
    of_plan = np.full(model.size, -1, dtype=np.int64)
    of_plan[model.network.position] = before.network.position
    given = np.where(of_plan >= 0, np.asarray(before.dates.start)[of_plan], 0)
    is_task = (of_plan >= 0) & np.isin(model.nodes.kind, (net.WORK, net.SHARED)) & known[of_plan]
    dues = list(_dues(model))
    return Goals(
        counts=np.asarray(model.counts, dtype=np.int64),
        steady=is_task.astype(np.int64),
        given=given.astype(np.int64),
        first_due=_array(np.cumsum([0, *(len(inside) for inside, _, _ in dues)])),
        of_due=_array([position for inside, _, _ in dues for position in inside]),
        due_at=_array([at for _, at, _ in dues]),
        due_weight=_array([weight for _, _, weight in dues]),
        rank=_array(_rank(objectives)),
    )


def _rank(objectives: Sequence[Objective]) -> list[int]:
    asked = [MEASURE_OF[objective] for objective in objectives]
    return list(dict.fromkeys([FORCED, *asked, FINISH, TOTAL, DELAY, MOVED]))


def _dues(model: PlanModel) -> Iterator[tuple[list[int], int, int]]:
    """Yield positions, deadline and weight of every task and summary that has one, and of the plan."""
    outline, plan = model.network.outline, model.plan
    for number, task in enumerate(plan.tasks):
        if task.deadline_at is None or not task.is_active:
            continue
        inside = [number]
        if outline.summaries[number]:
            inside = [one for one in range(number + 1, len(plan.tasks)) if outline.is_inside(one, number)]
        positions = [int(model.network.position[one]) for one in inside]
        counted = [position for position in positions if model.counts[position]]
        if counted:
            yield counted, task.deadline_at, task.priority
    if plan.must_finish_at is not None:
        yield np.flatnonzero(model.counts).tolist(), plan.must_finish_at, NORMAL_PRIORITY


def _array(values: Any) -> Any:
    return np.array(values, dtype=np.int64)
