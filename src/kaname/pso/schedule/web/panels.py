"""What the schedule shows elsewhere: one's own tasks on "my day"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kaname.pso.schedule.queries import MyTask, my_tasks

DAYS_AHEAD: Final = 14
_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Heap:
    """Tasks that are equally urgent."""

    label: str
    tasks: tuple[MyTask, ...]


def own_tasks(request: HttpRequest, today: date) -> Mapping[str, Any] | None:
    """Return the open tasks of the one who looks that run within two weeks, the most urgent first. 1 query."""
    found = my_tasks(actor=request.user, today=today, until=today + timedelta(days=DAYS_AHEAD))[:_MOST]
    week_ends = today + timedelta(days=6 - today.weekday())
    late = tuple(task for task in found if task.days_late > 0)
    soon = tuple(task for task in found if task.days_late == 0 and task.due_on is not None and task.due_on <= week_ends)
    rest = tuple(task for task in found if task not in late and task not in soon)
    heaps = (Heap(_("Late"), late), Heap(_("Due this week"), soon), Heap(_("Running or beginning soon"), rest))
    shown = tuple(heap for heap in heaps if heap.tasks)
    return {"heaps": shown, "count": len(found), "late_count": len(late)} if shown else None
