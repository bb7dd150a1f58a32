"""What really happens in a project of the sample company, of which people report week by week.  Pure.

The truth is the plan worked out once more with the durations that the work really takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from kaname.engine.network import schedule
from kaname.engine.network.plan import NOT_STARTED, Plan, Task, TaskKind
from kaname.site.sample.cases import Case, Course

_QUARTER: Final = 120

_PACES: Final[Mapping[Course, Sequence[tuple[float, float]]]] = {
    Course.CLOSED: [(0.9, 1.1), (0.92, 1.2), (0.9, 1.15), (0.95, 1.2), (0.9, 1.1), (0.9, 1.05), (0.9, 1.05)],
    Course.WELL: [(0.88, 1.03)],
    Course.SLIPPING: [(0.97, 1.06), (1.0, 1.1), (1.02, 1.12)],
    Course.LATE: [(1.0, 1.2), (1.2, 1.45), (1.3, 1.6)],
    Course.WATERMELON: [(1.0, 1.15), (1.2, 1.4), (1.3, 1.55)],
    Course.SILENT: [(0.74, 0.86)],
    Course.SHELVED: [(0.95, 1.1)],
}
"""Between which factors a task's real duration lies, by phase; the last holds for the phases after it."""


@dataclass(frozen=True, slots=True)
class Reality:
    """When a task really begins and ends, wall minutes."""

    start_at: int
    finish_at: int


def live_through(case: Case, plan: Plan, *, seed: int) -> Mapping[int, Reality]:
    """Return the reality of every task that people report on, by uid.

    Chance depends on seed, case and the place of the task alone.
    """
    phases = _phases(plan.tasks)
    chance = Random(f"{seed}-{case.code}")  # noqa: S311 - chance of a story, no secret
    paces = _PACES[case.course]
    tasks = []
    for task in plan.tasks:
        low, high = paces[min(phases[task.uid], len(paces) - 1)]
        tasks.append(_really(task, chance.uniform(low, high)))
    result = schedule(replace(plan, tasks=tuple(tasks), status_at=None))
    return {
        task.uid: Reality(computed.start_at, computed.finish_at)
        for task, computed in zip(tasks, result, strict=True)
        if task.kind in {TaskKind.WORK, TaskKind.MILESTONE}
        and computed.start_at is not None
        and computed.finish_at is not None
    }


def _phases(tasks: Sequence[Task]) -> Mapping[int, int]:
    summaries = [task.uid for task in tasks if task.kind is TaskKind.SUMMARY]
    return {task.uid: summaries.index(task.parent_uid) if task.parent_uid in summaries else 0 for task in tasks}


def _really(task: Task, factor: float) -> Task:
    agreed = next((item.duration_minutes for item in task.baselines if item.number == 0), task.duration_minutes)
    if task.kind is not TaskKind.WORK or not agreed:
        return replace(task, progress=NOT_STARTED)
    quarters = max(1, round(agreed * factor / _QUARTER))
    return replace(task, progress=NOT_STARTED, duration_minutes=quarters * _QUARTER)
