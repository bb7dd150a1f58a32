"""`kaname level FILE` for plans: Microsoft Project XML, Primavera XER, XLSX and CSV.

With `--json` the answer is an object: `file`; `makespan` and `lower_bound`, minutes of the clock from the first start to the
finish and to what no levelled plan can beat; `gap`, in working time, as a share; `status` (`optimal`, `feasible`), `schedules`,
`seconds`, `objectives`; `start`, `finish`, `finish_before` and `finish_bound` as local ISO times; `starts` and `finishes`, in the
order of the tasks; `tasks`, with `uid`, `name`, dates, those before, and `delay_minutes`, the levelling delay; `causes`, with `uid`,
`kind` (`resource`, `capacity`, `held`, `network`), `by` (the other task), `resource` (its name) and `waits`, the minutes that it
is kept waiting; `people`, with `uid`, `name` and the `tasks` they work on; `overallocations` and `overallocations_before`; and
`notes`.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from kaname.engine.leveling.plans import (
    Objective,
    Overallocation,
    PlanLeveling,
    PlanProgress,
    Wishes,
    level_plan,
    warm_up,
)
from kaname.engine.network import ScheduledTask
from kaname.engine.network.plan import Plan, ResourceKind, StoredDates
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import wall_minute, wall_moment
from kaname.formats.types import FileRefused
from kaname.site.cli.level_plan_page import print_page
from kaname.site.cli.plan_files import print_json, printed, read_plan
from kaname.site.cli.sentences import render
from kaname.site.cli.stopping import told, until
from kaname.site.cli.warming import announced

_BETTER: Final = gettext_noop("%(seconds)s s: finish %(finish)s, %(schedules)s schedules")
_NOT_WRITTEN: Final = gettext_noop("The levelled plan cannot be written to %(file)s: %(reason)s.")
_NOT_WRITTEN_ADVICE: Final = gettext_noop("Name another file with --output.")

type Answer = dict[str, object]


def add_plan_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that only plans have."""
    plans = parser.add_argument_group("plans", "These apply to plan files alone.")
    plans.add_argument(
        "--objective", action="append", type=Objective, choices=list(Objective), metavar="WHAT",
        help="finish (by default), delay against deadlines, or stability of the dates; the first one given decides first",
    )  # fmt: skip
    plans.add_argument("--within-slack", action="store_true", help="move no task further than its total float")
    plans.add_argument("--priorities", action="store_true", help="of two tasks the one of higher priority comes first")
    plans.add_argument(
        "--from", dest="from_at", type=_moment_of, metavar="DATE",
        help="leave what begins before this date (2026-10-01 or 2026-10-01T09:00), and begin nothing else before it",
    )  # fmt: skip
    plans.add_argument("--project", metavar="KEY", help="which project of a Primavera file; by default the largest")
    plans.add_argument("--output", metavar="FILE", help="write the levelled plan as Microsoft Project XML")


def run_plan(options: argparse.Namespace, language: str) -> int:
    """Level a plan file and print what came of it; return the exit code.

    Raises
    ------
    FileRefused, PlanError
        If the file or its plan is refused.
    """
    plan = read_plan(options.file, project=options.project).plan
    wishes = Wishes(
        objectives=tuple(dict.fromkeys(options.objective or [Objective.FINISH])),
        within_slack=options.within_slack,
        from_at=options.from_at,
        respects_priorities=options.priorities,
    )
    is_searched = options.seconds > 0 and options.schedules != 0
    if is_searched and _is_shared(plan):
        with announced(language):
            warm_up()
    begun = time.perf_counter()
    found = _level(plan, wishes, options, begun, language) if is_searched else level_plan(plan, wishes=wishes)
    seconds = time.perf_counter() - begun
    if options.output:
        _write(found, options.output)
    if options.json:
        answer = _answer(found, wishes, file=options.file.name, seconds=seconds, language=language)
        return printed(lambda: print_json(answer))
    return printed(lambda: print_page(found, language=language))


def _is_shared(plan: Plan) -> bool:
    """Return whether anybody has more than one task."""
    people = [assignment.resource_uid for assignment in plan.assignments]
    return len(people) > len(set(people))


def _level(plan: Plan, wishes: Wishes, options: argparse.Namespace, begun: float, language: str) -> PlanLeveling:
    def tell(progress: PlanProgress) -> None:
        places: dict[str, str | int] = {
            "seconds": f"{time.perf_counter() - begun:.1f}",
            "finish": f"{wall_moment(progress.finish_at):%Y-%m-%d %H:%M}" if _is_dated(progress) else "-",
            "schedules": progress.schedules,
        }
        told(Message(_BETTER, places), language=language)

    with until(begun + options.seconds, language) as time_left:
        return level_plan(
            plan, wishes=wishes, seed=options.seed, schedules=options.schedules, time_left=time_left, on_progress=tell
        )


def _is_dated(progress: PlanProgress) -> bool:
    return abs(progress.finish_at) < 1 << 40


def _write(found: PlanLeveling, file: str) -> None:
    from pathlib import Path

    from kaname.formats.mspdi import write_mspdi

    path = Path(file)
    dates = {task.uid: _stored(task) for task in found.schedule}
    try:
        path.write_bytes(write_mspdi(found.plan, dates=dates))
    except OSError as error:
        message = Message(_NOT_WRITTEN, {"file": path.name, "reason": error.strerror or type(error).__name__})
        raise FileRefused(message, file=path.name, advice=Message(_NOT_WRITTEN_ADVICE)) from error


def _stored(task: ScheduledTask) -> StoredDates:
    return StoredDates(
        start_at=task.start_at,
        finish_at=task.finish_at,
        early_start_at=task.early_start_at,
        early_finish_at=task.early_finish_at,
        late_start_at=task.late_start_at,
        late_finish_at=task.late_finish_at,
        total_float_minutes=task.total_float_minutes,
        free_float_minutes=task.free_float_minutes,
        is_critical=task.is_critical,
    )


def _answer(found: PlanLeveling, wishes: Wishes, *, file: str, seconds: float, language: str) -> Answer:
    dates = list(found.schedule)
    start = found.schedule.start_at
    return {
        "file": file,
        "makespan": None if start is None or found.finish_at is None else found.finish_at - start,
        "lower_bound": None if start is None or found.lower_bound is None else found.lower_bound - start,
        "gap": round(found.gap, 6),
        "status": "optimal" if found.is_optimal else "feasible",
        "schedules": found.schedules,
        "seconds": round(seconds, 3),
        "objectives": [objective.value for objective in wishes.objectives],
        "start": _iso(start),
        "finish": _iso(found.finish_at),
        "finish_before": _iso(found.before.finish_at),
        "finish_bound": _iso(found.lower_bound),
        "starts": [_iso(task.start_at) for task in dates],
        "finishes": [_iso(task.finish_at) for task in dates],
        "tasks": _tasks(found, dates),
        "causes": _causes(found),
        "people": _people(found),
        "overallocations": _overallocations(found, found.overallocations),
        "overallocations_before": _overallocations(found, found.overallocations_before),
        "notes": [render(note, language=language) for note in (*found.schedule.warnings, *found.notes)],
    }


def _tasks(found: PlanLeveling, dates: Sequence[ScheduledTask]) -> list[Answer]:
    return [
        {
            "uid": task.uid,
            "name": task.name,
            "start": _iso(new.start_at),
            "finish": _iso(new.finish_at),
            "start_before": _iso(old.start_at),
            "finish_before": _iso(old.finish_at),
            "delay_minutes": task.leveling_delay_minutes,
        }
        for task, new, old in zip(found.plan.tasks, dates, found.before, strict=True)
    ]


def _causes(found: PlanLeveling) -> list[Answer]:
    names = {resource.uid: resource.name for resource in found.plan.resources}
    return [
        {
            "uid": uid,
            "kind": wait.kind.value,
            "by": wait.task_uid,
            "resource": None if wait.resource_uid is None else names[wait.resource_uid],
            "waits": wait.minutes,
        }
        for uid, wait in found.waits.items()
    ]


def _people(found: PlanLeveling) -> list[Answer]:
    tasks: Mapping[int | None, list[int]] = {
        resource.uid: [] for resource in found.plan.resources if resource.kind == ResourceKind.WORK
    }
    for assignment in found.plan.assignments:
        if assignment.resource_uid in tasks:
            tasks[assignment.resource_uid].append(assignment.task_uid)
    return [
        {"uid": resource.uid, "name": resource.name, "tasks": tasks[resource.uid]}
        for resource in found.plan.resources
        if resource.uid in tasks
    ]


def _overallocations(found: PlanLeveling, stretches: Sequence[Overallocation]) -> list[Answer]:
    names = {resource.uid: resource.name for resource in found.plan.resources}
    return [
        {
            "resource": names[each.resource_uid],
            "start": _iso(each.start_at),
            "finish": _iso(each.finish_at),
            "units_percent": each.units / 10,
            "capacity_percent": each.capacity / 10,
            "tasks": list(each.task_uids),
        }
        for each in stretches
    ]


def _iso(minute: int | None) -> str | None:
    return None if minute is None else wall_moment(minute).isoformat()


def _moment_of(word: str) -> int:
    moment = datetime.fromisoformat(word)
    if moment.tzinfo is not None:
        raise argparse.ArgumentTypeError("a date without a time zone")
    return wall_minute(moment)
