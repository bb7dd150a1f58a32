"""Plan files in: read in a jail, summed up for the preview."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kaname.engine.network import PlanError, schedule
from kaname.engine.network.plan import Plan, Task, TaskKind
from kaname.engine.text import Message
from kaname.formats.jail import read_file
from kaname.formats.types import FileRefused, LossEntry, ReadResult

LISTED_DIFFERENCES: Final = 50
LISTED_TASKS: Final = 12
LISTED_LOSSES: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file was found to hold, as plain values for the preview, and the plan itself."""

    kind: str
    summary: dict[str, Any]
    loss: list[dict[str, Any]]
    plan: Plan


def read_plan(data: bytes, *, file: str, on_progress: Callable[[int], None] | None = None) -> Reading:
    """Read a plan file of any known kind in a child process and sum it up.

    Raises
    ------
    FileRefused
        If it cannot be read; says what, where and what to do.
    """
    result = read_file(data, file=file, on_progress=on_progress)
    return Reading(
        kind=result.kind.value,
        summary=_summary(result),
        loss=[_loss(entry) for entry in result.loss.entries[:LISTED_LOSSES]],
        plan=result.plan,
    )


def stored_refusal(refused: FileRefused) -> dict[str, Any]:
    """Return a refusal as plain values."""
    return {
        "message": _message(refused.message),
        "place": refused.place,
        "advice": _message(refused.advice) if refused.advice else None,
    }


def _message(message: Message) -> dict[str, Any]:
    return {"template": message.template, "params": dict(message.params)}


def _loss(entry: LossEntry) -> dict[str, Any]:
    return {
        "outcome": entry.outcome.value,
        "subject": entry.subject,
        "place": entry.place,
        "label": entry.label,
        "count": entry.count,
        "message": _message(entry.message) if entry.message else None,
    }


def _summary(result: ReadResult) -> dict[str, Any]:
    plan = result.plan
    work = [task for task in plan.tasks if task.kind is not TaskKind.SUMMARY]
    return {
        "name": plan.name,
        "product": plan.source_product,
        "encoding": result.encoding,
        "tasks": len(work),
        "summaries": len(plan.tasks) - len(work),
        "links": len(plan.links),
        "resources": len(plan.resources),
        "assignments": len(plan.assignments),
        "calendars": len(plan.calendars),
        "baselined": sum(1 for task in plan.tasks if task.baselines),
        "counts": {outcome.value: count for outcome, count in result.loss.counts().items()},
        "first_tasks": [[task.wbs_code, task.name, _depth(plan, task)] for task in plan.tasks[:LISTED_TASKS]],
        **_comparison(plan),
    }


def _depth(plan: Plan, task: Task) -> int:
    parents = {item.uid: item.parent_uid for item in plan.tasks}
    depth, parent = 0, task.parent_uid
    while parent is not None:
        depth, parent = depth + 1, parents[parent]
    return depth


def _comparison(plan: Plan) -> dict[str, Any]:
    """Calculate the plan and compare with the dates that the file stores."""
    try:
        result = schedule(plan)
    except PlanError as error:
        return {"problem": [_message(message) for message in error.messages]}
    compared, differing = 0, []
    for task, computed in zip(plan.tasks, result, strict=True):
        stored = task.stored
        if stored is None or stored.start_at is None or stored.finish_at is None:
            continue
        compared += 1
        if (stored.start_at, stored.finish_at) != (computed.start_at, computed.finish_at):
            differing.append([task.name, stored.start_at, stored.finish_at, computed.start_at, computed.finish_at])
    return {
        "start_at": result.start_at,
        "finish_at": result.finish_at,
        "compared": compared,
        "differing": len(differing),
        "differences": differing[:LISTED_DIFFERENCES],
        "warnings": [_message(message) for message in result.warnings[:LISTED_DIFFERENCES]],
    }
