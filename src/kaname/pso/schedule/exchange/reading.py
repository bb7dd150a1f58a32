"""Plan files in: read in a jail, summed up for the preview, kept for taking in."""

import zlib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from kaname.engine.network import PlanError, Schedule, ScheduledTask, schedule
from kaname.engine.network.plan import Plan, Task, TaskKind
from kaname.engine.text import Message
from kaname.engine.units import MINUTES_PER_DAY, day_number
from kaname.formats.jail import read_file, survey_file
from kaname.formats.jail.codec import decode, encode
from kaname.formats.types import FileKind, FileRefused, LossEntry, ReadResult
from kaname.formats.wbs.headings import LIKELY
from kaname.formats.wbs.types import ColumnRole, SheetSurvey, TableMapping
from kaname.kernel import clock
from kaname.pso.schedule.operations import ReadFacts

LISTED_DIFFERENCES: Final = 200
LISTED_WARNINGS: Final = 50
LISTED_TASKS: Final = 30
LISTED_LOSSES: Final = 2000
_MORNING: Final = 540
_SURE: Final = frozenset({ColumnRole.KEPT, ColumnRole.IGNORED})
_TABLES: Final = frozenset({FileKind.XLSX, FileKind.CSV})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file was found to hold, as plain values for the preview, and the plan itself."""

    kind: str
    facts: ReadFacts
    plan: Plan


def read_plan(
    data: bytes,
    *,
    file: str,
    mapping: Mapping[str, Any] | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> Reading:
    """Read a plan file of any known kind in a child process and sum it up.

    Parameters
    ----------
    mapping
        A person's choice of columns as it is stored.

    Raises
    ------
    FileRefused
        If it cannot be read; says what, where and what to do.
    """
    result = read_file(data, file=file, mapping=stored_mapping(mapping), on_progress=on_progress)
    plan = result.plan
    survey = survey_tables(data, file=file) if result.kind in _TABLES else []
    facts = ReadFacts(
        summary={**_summary(result), "doubts": 0 if mapping else _doubts(survey)},
        loss=[_loss(entry) for entry in result.loss.entries[:LISTED_LOSSES]],
        survey=survey,
        content=pack_plan(plan),
        keys=[task.source_key for task in plan.tasks if task.source_key],
    )
    return Reading(kind=result.kind.value, facts=facts, plan=plan)


def survey_tables(data: bytes, *, file: str) -> list[dict[str, Any]]:
    """Return what the tables of a file seem to hold as plain values; nothing where it has none or cannot be opened."""
    try:
        survey = survey_file(data, file=file)
    except FileRefused:
        return []
    return [_sheet(sheet, is_chosen=sheet.sheet == survey.chosen) for sheet in survey.sheets]


def stored_mapping(values: Mapping[str, Any] | None) -> TableMapping | None:
    """Return a person's choice of columns as the readers take it."""
    if values is None:
        return None
    roles = {int(index): ColumnRole(role) for index, role in values["roles"].items()}
    return TableMapping(sheet=values["sheet"], first_row=values["first_row"], roles=roles)


def pack_plan(plan: Plan) -> bytes:
    """Return a plan as bytes to keep."""
    return zlib.compress(encode(plan), level=1)


def unpack_plan(content: bytes) -> Plan:
    """Return the plan that `pack_plan` packed."""
    return decode(zlib.decompress(content), Plan)


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


def _sheet(sheet: SheetSurvey, *, is_chosen: bool) -> dict[str, Any]:
    return {
        "sheet": sheet.sheet,
        "is_chosen": is_chosen,
        "score": sheet.score,
        "header_top": sheet.header_top,
        "first_row": sheet.first_row,
        "row_count": sheet.row_count,
        "top": [list(row) for row in sheet.top],
        "columns": [
            {
                "index": column.index,
                "heading": column.heading,
                "role": column.role.value,
                "confidence": column.confidence_permille,
                "samples": list(column.samples),
            }
            for column in sheet.columns
        ],
    }


def _doubts(survey: Iterable[Mapping[str, Any]]) -> int:
    """Return how many columns of the chosen table we are not sure of."""
    columns = next((sheet["columns"] for sheet in survey if sheet["is_chosen"]), ())
    return sum(1 for column in columns if column["role"] not in _SURE and column["confidence"] < LIKELY)


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
        "baselines": sorted({baseline.number for task in plan.tasks for baseline in task.baselines}),
        "counts": {outcome.value: count for outcome, count in result.loss.counts().items()},
        "entries": len(result.loss.entries),
        **_outlook(plan),
    }


def _outlook(plan: Plan) -> dict[str, Any]:
    """Calculate the plan; show its first tasks, and where its dates are others than the file stores.

    A plan that says nothing of its start begins with its project later, for the preview today.
    """
    floats = plan.start_at is None and not any(task.stored and task.stored.start_at is not None for task in plan.tasks)
    if floats:
        plan = replace(plan, start_at=day_number(clock.today()) * MINUTES_PER_DAY + _MORNING)
    try:
        result = schedule(plan)
    except PlanError as error:
        return {"problem": [_message(message) for message in error.messages], "first_tasks": _first_tasks(plan, None)}
    return {
        "starts_with_project": floats,
        "start_at": result.start_at,
        "finish_at": result.finish_at,
        "warnings": [_message(message) for message in result.warnings[:LISTED_WARNINGS]],
        "first_tasks": _first_tasks(plan, result),
        **_comparison(plan, result),
    }


def _first_tasks(plan: Plan, result: Schedule | None) -> list[dict[str, Any]]:
    depths: dict[int, int] = {}
    rows = []
    for task in plan.tasks[:LISTED_TASKS]:
        depths[task.uid] = depths.get(task.parent_uid, -1) + 1 if task.parent_uid is not None else 0
        computed = result.task(task.uid) if result is not None else None
        rows.append(
            {
                "wbs": task.wbs_code,
                "name": task.name,
                "depth": depths[task.uid],
                "kind": task.kind.value,
                "start_at": computed.start_at if computed else None,
                "finish_at": computed.finish_at if computed else None,
                "permille": task.progress.percent_permille,
            }
        )
    return rows


def _comparison(plan: Plan, result: Schedule) -> dict[str, Any]:
    """Compare with the dates that the file stores; a difference begins with a task whose driver has none."""
    compared = 0
    differing: dict[int, tuple[Task, ScheduledTask]] = {}
    for task, computed in zip(plan.tasks, result, strict=True):
        stored = task.stored
        if stored is None or stored.start_at is None or stored.finish_at is None:
            continue
        compared += 1
        if (stored.start_at, stored.finish_at) != (computed.start_at, computed.finish_at):
            differing[task.uid] = (task, computed)
    names = {task.uid: task.name for task in plan.tasks}
    rows = [_difference(result, task, computed, differing, names) for task, computed in differing.values()]
    rows.sort(key=lambda row: row["follows"])
    return {
        "compared": compared,
        "differing": len(rows),
        "beginning": sum(1 for row in rows if not row["follows"]),
        "causes": dict(Counter(row["cause"] for row in rows)),
        "differences": rows[:LISTED_DIFFERENCES],
    }


def _difference(
    result: Schedule,
    task: Task,
    computed: ScheduledTask,
    differing: Container[int | None],
    names: Mapping[int, str],
) -> dict[str, Any]:
    cause = result.driven_by(task.uid)
    stored = task.stored
    driver = cause.task_uid
    return {
        "wbs": task.wbs_code,
        "name": task.name,
        "stored": [stored.start_at, stored.finish_at] if stored else [None, None],
        "computed": [computed.start_at, computed.finish_at],
        "cause": cause.kind.value,
        "by": "" if driver is None else names.get(driver, ""),
        "follows": task.kind is TaskKind.SUMMARY or (driver in differing and driver != task.uid),
    }
