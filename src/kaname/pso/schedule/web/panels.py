"""What the schedule shows elsewhere: one's own tasks, and those to look after, on "my day"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kaname.pso.schedule.queries import MyTask, Waiting, led_tasks, my_tasks, who_waits

DAYS_AHEAD: Final = 14
_NAMED: Final = 2
_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Heap:
    """Tasks that are equally urgent."""

    label: str
    tasks: tuple["Mine", ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """A task with those who wait for it; `more` counts the ones that are not named."""

    task: MyTask
    waiting: tuple[Waiting, ...]
    more: int


def own_tasks(request: HttpRequest, today: date) -> Mapping[str, Any] | None:
    """Return the open tasks of the one who looks that run within two weeks, the most urgent first. 2 queries."""
    found = my_tasks(actor=request.user, today=today, until=today + timedelta(days=DAYS_AHEAD))[:_MOST]
    week_ends = today + timedelta(days=6 - today.weekday())
    late = tuple(task for task in found if task.days_late > 0)
    soon = tuple(task for task in found if task.days_late == 0 and task.due_on is not None and task.due_on <= week_ends)
    rest = tuple(task for task in found if task not in late and task not in soon)
    named = ((_("Late"), late), (_("Due this week"), soon), (_("Running or beginning soon"), rest))
    waits = who_waits(actor=request.user, task_ids={task.task_id for task in found}) if found else {}
    shown = tuple(
        Heap(label, tuple(_mine(task, waits.get(task.task_id, ())) for task in tasks))
        for label, tasks in named
        if tasks
    )
    return {"heaps": shown, "count": len(found), "late_count": len(late)} if shown else None


def tasks_to_look_after(request: HttpRequest, today: date) -> Mapping[str, Any] | None:
    """Return the late and blocked tasks of the projects that the one who looks leads, the worst first. 1 query."""
    found = led_tasks(actor=request.user, today=today)
    return {"led": found, "more": found.count - len(found.worst)} if found.worst else None


def _mine(task: MyTask, waiting: tuple[Waiting, ...]) -> Mine:
    return Mine(task, waiting[:_NAMED], max(0, len(waiting) - _NAMED))
