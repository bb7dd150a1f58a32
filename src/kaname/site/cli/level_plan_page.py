"""A levelled plan as a page in the terminal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from kaname.engine.leveling.plans import Change, Overallocation, PlanLeveling, Wait, WaitKind
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY, wall_moment
from kaname.site.cli.schedule_table import CAUSES
from kaname.site.cli.sentences import render
from kaname.site.cli.text_columns import print_columns, shortened

_HEADINGS: Final = (
    gettext_noop("No."),
    gettext_noop("Task"),
    gettext_noop("Start before"),
    gettext_noop("Start"),
    gettext_noop("Finish"),
    gettext_noop("Held by"),
    gettext_noop("Moved"),
)
_SHORT_HEADINGS: Final = (
    gettext_noop("Who"),
    gettext_noop("From"),
    gettext_noop("To"),
    gettext_noop("Tasks"),
    gettext_noop("Taken"),
    gettext_noop("There is"),
)
_NAME_WIDTH: Final = 32
_HOLDER_WIDTH: Final = 40
_RESOURCE: Final = gettext_noop("%(resource)s, busy with %(uid)s %(name)s")
_CAPACITY: Final = gettext_noop("%(resource)s is not there before")
_HELD: Final = gettext_noop("not to begin before")
_DAYS: Final = gettext_noop("%(days)s d")
_NO_DATES: Final = gettext_noop("The plan has no dates.")
_FINISH: Final = gettext_noop("Finish %(before)s before levelling, %(after)s after it (%(days)s days).")
_SAME_FINISH: Final = gettext_noop("Finish %(after)s, the same as before levelling.")
_BOUND: Final = gettext_noop(
    "No levelled plan can finish before %(bound)s; this one is at most %(gap)s %% longer than needed."
)
_OPTIMAL: Final = gettext_noop("No levelled plan can finish earlier.")
_MOVED: Final = gettext_noop("%(moved)s of %(tasks)s tasks have other dates; %(schedules)s schedules were made.")
_RESOLVED: Final = gettext_noop("Nobody has more to do than there is of them (before: %(before)s stretches).")
_LEFT: Final = gettext_noop("What levelling could not resolve (before: %(before)s stretches):")


def print_page(found: PlanLeveling, *, language: str) -> None:
    """Print the finish before and after, the tasks that moved with their causes, and what could not be resolved."""
    summaries = {task.parent_uid for task in found.plan.tasks}
    moved = [change for change in found.changes if change.uid not in summaries]
    for sentence in _verdict(found, len(moved), len([1 for task in found.plan.tasks if task.uid not in summaries])):
        print(render(sentence, language=language))
    if moved:
        print()
        rows = [[render(Message(heading), language=language) for heading in _HEADINGS]]
        rows += [_row(found, change, language) for change in moved]
        print_columns(rows, texts=len(_HEADINGS) - 1)
    print()
    _print_short(found, language)
    for note in (*found.schedule.warnings, *found.notes):
        print(render(note, language=language))


def _verdict(found: PlanLeveling, moved: int, tasks: int) -> Sequence[Message]:
    before, after = found.before.finish_at, found.finish_at
    if before is None or after is None or found.lower_bound is None:
        return (Message(_NO_DATES),)
    if before == after:
        finish = Message(_SAME_FINISH, {"after": _moment(after)})
    else:
        days = f"{(after - before) / MINUTES_PER_DAY:+.1f}"
        places: dict[str, str | int] = {"before": _moment(before), "after": _moment(after), "days": days}
        finish = Message(_FINISH, places)
    if found.is_optimal:
        bound = Message(_OPTIMAL)
    else:
        bound = Message(_BOUND, {"bound": _moment(found.lower_bound), "gap": f"{100 * found.gap:.1f}"})
    return finish, bound, Message(_MOVED, {"moved": moved, "tasks": tasks, "schedules": found.schedules})


def _row(found: PlanLeveling, change: Change, language: str) -> list[str]:
    task = found.plan.tasks[found.schedule.network.outline.numbers[change.uid]]
    moved = 0.0
    if change.start_at is not None and change.before_start_at is not None:
        moved = (change.start_at - change.before_start_at) / MINUTES_PER_DAY
    return [
        str(change.uid),
        shortened(task.name, _NAME_WIDTH),
        _moment(change.before_start_at),
        _moment(change.start_at),
        _moment(change.finish_at),
        shortened(_held(found, change.wait, language), _HOLDER_WIDTH),
        render(Message(_DAYS, {"days": f"{moved:+.1f}"}), language=language),
    ]


def _held(found: PlanLeveling, wait: Wait, language: str) -> str:
    names = {resource.uid: resource.name for resource in found.plan.resources}
    if wait.kind is WaitKind.NETWORK and wait.network is not None:
        cause = render(Message(CAUSES[wait.network.kind]), language=language)
        return cause if wait.task_uid is None else f"{cause} {wait.task_uid}"
    if wait.resource_uid is None:
        return render(Message(_HELD), language=language)
    places: dict[str, str | int] = {"resource": names[wait.resource_uid]}
    if wait.task_uid is None:
        return render(Message(_CAPACITY, places), language=language)
    task = found.plan.tasks[found.schedule.network.outline.numbers[wait.task_uid]]
    return render(Message(_RESOURCE, {**places, "uid": task.uid, "name": task.name}), language=language)


def _print_short(found: PlanLeveling, language: str) -> None:
    before = len(found.overallocations_before)
    if not found.overallocations:
        print(render(Message(_RESOLVED, {"before": before}), language=language))
        return
    print(render(Message(_LEFT, {"before": before}), language=language))
    rows = [[render(Message(heading), language=language) for heading in _SHORT_HEADINGS]]
    rows += [_short_row(found, each) for each in found.overallocations]
    print_columns(rows, texts=4)


def _short_row(found: PlanLeveling, each: Overallocation) -> list[str]:
    names = {resource.uid: resource.name for resource in found.plan.resources}
    return [
        shortened(names[each.resource_uid], _NAME_WIDTH),
        _moment(each.start_at),
        _moment(each.finish_at),
        shortened(", ".join(map(str, each.task_uids)), _HOLDER_WIDTH),
        f"{each.units / 10:g} %",
        f"{each.capacity / 10:g} %",
    ]


def _moment(minute: int | None) -> str:
    moment: datetime | None = None if minute is None else wall_moment(minute)
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M}"
