"""`kaname schedule FILE`: recalculate a plan file and set the dates beside those that the file stores.

With `--json` the answer is an object: `file` and `tasks`, one object per task in outline order with `uid`, `name`, `kind`
(`auto`, `manual`, `summary`, `milestone`), `leveled` (a levelling delay holds the task or one of its assignments),
`stored` and `computed` dates.  Moments are local ISO times, floats whole minutes, `null` is what the file or the product
does not have.  `driven_by` says what decides the start: its `kind`, for a link the `uid` of the other task, the `type`
and `lag_minutes`, and `at`, the moment it allows.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from kaname.engine.network import Cause, PlanError, Schedule, ScheduledTask, schedule
from kaname.engine.network.plan import Plan, StoredDates, Task, TaskKind, TaskMode
from kaname.engine.units import wall_moment
from kaname.formats.types import FileRefused
from kaname.site.cli.plan_files import add_file_arguments, print_json, printed, read_plan, refuse
from kaname.site.cli.schedule_table import print_table
from kaname.site.cli.sentences import chosen_language

_MILESTONES = frozenset({TaskKind.MILESTONE, TaskKind.START_MILESTONE, TaskKind.FINISH_MILESTONE})
_NOTHING = StoredDates()

type Answer = dict[str, object]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A task, the dates that the file stores, those that were computed, and what decides them."""

    task: Task
    kind: str
    is_leveled: bool
    stored: StoredDates
    computed: ScheduledTask
    cause: Cause


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb."""
    add_file_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Recalculate a file and print its dates; return 0, or 1 where the file or its plan is refused."""
    try:
        result = read_plan(options.file, project=options.project)
        comparisons = list(compare(result.plan, schedule(result.plan)))
    except (FileRefused, PlanError) as refusal:
        return refuse(options, refusal)
    if options.json:
        answer = {"file": options.file.name, "tasks": [_answer(each) for each in comparisons]}
        return printed(lambda: print_json(answer))
    return printed(lambda: print_table(comparisons, language=chosen_language(options.language)))


def compare(plan: Plan, computed: Schedule) -> Iterator[Comparison]:
    """Yield the tasks in outline order with stored and computed dates."""
    delayed = {each.task_uid for each in plan.assignments if each.leveling_delay_minutes}
    for task, dates in zip(plan.tasks, computed, strict=True):
        yield Comparison(
            task=task,
            kind=_kind(task),
            is_leveled=task.leveling_delay_minutes != 0 or task.uid in delayed,
            stored=task.stored or _NOTHING,
            computed=dates,
            cause=computed.driven_by(task.uid),
        )


def _kind(task: Task) -> str:
    if task.kind is TaskKind.SUMMARY:
        return "summary"
    if task.mode is TaskMode.MANUAL:
        return "manual"
    return "milestone" if task.kind in _MILESTONES else "auto"


def _answer(comparison: Comparison) -> Answer:
    computed = comparison.computed
    return {
        "uid": comparison.task.uid,
        "name": comparison.task.name,
        "kind": comparison.kind,
        "leveled": comparison.is_leveled,
        "stored": _dates(comparison.stored),
        "computed": {
            **_dates(computed),
            "free_float_minutes": computed.free_float_minutes,
            "critical": computed.is_critical,
            "driven_by": _cause(comparison.cause),
        },
    }


def _dates(dates: StoredDates | ScheduledTask) -> Answer:
    return {
        "start": _moment(dates.start_at),
        "finish": _moment(dates.finish_at),
        "early_start": _moment(dates.early_start_at),
        "early_finish": _moment(dates.early_finish_at),
        "late_start": _moment(dates.late_start_at),
        "late_finish": _moment(dates.late_finish_at),
        "total_float_minutes": dates.total_float_minutes,
    }


def _cause(cause: Cause) -> Answer:
    link = cause.link
    return {
        "kind": cause.kind.value,
        "uid": cause.task_uid,
        "type": None if link is None else link.type.value,
        "lag_minutes": None if link is None else link.lag,
        "at": _moment(cause.at),
    }


def _moment(minute: int | None) -> str | None:
    return None if minute is None else wall_moment(minute).isoformat()
