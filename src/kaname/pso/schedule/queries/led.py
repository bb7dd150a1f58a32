"""Tasks that are late or cannot go on, in the projects that one leads or in one of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    StringAgg,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, Least, NullIf

from kaname.engine.units import MINUTES_PER_DAY, day_number
from kaname.ground.projects.queries import projects_led
from kaname.kernel import clock
from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import scope
from kaname.kernel.rules.types import Actor
from kaname.kernel.text import speaks_japanese
from kaname.pso.schedule.models import Assignment, BaselineTask, Task
from kaname.pso.schedule.queries.mine import OF_MINE, MyTask, as_my_task
from kaname.pso.schedule.rules import VIEW_TASK
from kaname.pso.schedule.types import TaskKind

LIMIT: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LedTask:
    """A task to look after and who works on it."""

    task: MyTask
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedTasks:
    """The worst tasks and how many there are of either kind."""

    worst: tuple[LedTask, ...]
    late_count: int
    blocked_count: int
    count: int


def led_tasks(*, actor: Actor, today: date, limit: int = LIMIT) -> LedTasks:
    """Return open tasks that are late or blocked in the projects that the actor leads as PM or PL, the worst first.

    The actor's own tasks are left out: they stand in `my_tasks`.  1 query.
    """
    if actor.actor_id is None:
        return _counted([], today)
    reach, on = scope(actor, VIEW_TASK), clock.today()
    return _counted(asked(_led, reach, on, limit, account=actor.actor_id, **_moments(today)), today)


def tasks_in_trouble(*, actor: Actor, project_id: int, today: date, limit: int = LIMIT) -> LedTasks:
    """Return open tasks of a project that are late or blocked, the worst first, as `led_tasks` does. 1 query."""
    reach = scope(actor, VIEW_TASK)
    return _counted(asked(_in_trouble, reach, limit, project=project_id, **_moments(today)), today)


def _led(reach: Q, on: date, limit: int, *, account: int, midnight: int, tomorrow: int) -> QuerySet[Task]:
    mine = Assignment.objects.filter(resource__person__account_id=account).values("task_id")
    led = Task.objects.filter(reach, plan__project__in=projects_led(on=on, account=account)).exclude(pk__in=mine)
    return _worst(led, midnight=midnight, tomorrow=tomorrow, limit=limit)


def _in_trouble(reach: Q, limit: int, *, project: int, midnight: int, tomorrow: int) -> QuerySet[Task]:
    tasks = Task.objects.filter(reach, plan__project_id=project)
    return _worst(tasks, midnight=midnight, tomorrow=tomorrow, limit=limit)


def _moments(today: date) -> dict[str, int]:
    midnight = day_number(today) * MINUTES_PER_DAY
    return {"midnight": midnight, "tomorrow": midnight + MINUTES_PER_DAY}


def _worst(tasks: QuerySet[Task], *, midnight: int, tomorrow: int, limit: int) -> QuerySet[Task]:
    """Choose the late and the blocked, each with the counts of all.

    Late is what the plan page calls so: the agreed or present finish has passed, or the deadline will be missed.  What is
    blocked comes first, then what should be under way, the critical before the others, then what was due the longest ago.
    """
    late = Q(due_at__lte=midnight) | Q(deadline_at__lt=F("finish_at"))
    found = _open_tasks(tasks).filter(late | Q(is_blocked=True))
    is_ahead = Case(When(start_at__gte=tomorrow, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = (
        found.select_related("plan__project", "parent")
        .only(*OF_MINE)
        .annotate(
            people=Subquery(_names()),
            late_count=Window(Count("pk", filter=late)),
            blocked_count=Window(Count("pk", filter=Q(is_blocked=True))),
            whole_count=Window(Count("pk")),
        )
    )
    return rows.order_by(F("is_blocked").desc(), is_ahead, F("is_critical").desc(), "due_at", "position", "pk")[:limit]


def _counted(worst: list[Any], today: date) -> LedTasks:
    counts = worst[0] if worst else None
    return LedTasks(
        worst=tuple(LedTask(task=as_my_task(task, today), people=_people(task)) for task in worst),
        late_count=counts.late_count if counts else 0,
        blocked_count=counts.blocked_count if counts else 0,
        count=counts.whole_count if counts else 0,
    )


def _open_tasks(tasks: QuerySet[Task]) -> QuerySet[Task]:
    agreed = BaselineTask.objects.filter(task=OuterRef("pk"), baseline__number=0).values("finish_at")[:1]
    unfinished = tasks.filter(actual_finish_at=None, is_active=True, is_external=False, percent_permille__lt=1000)
    return (
        unfinished.exclude(kind=TaskKind.SUMMARY)
        .annotate(agreed_finish_at=Subquery(agreed))
        .annotate(
            due_at=Least(Coalesce("finish_at", "agreed_finish_at"), Coalesce("agreed_finish_at", "finish_at")),
        )
    )


def _names() -> QuerySet[Any]:
    """Return who works on the task outside, names of the reader's language in lines."""
    name: Any = F("resource__person__name")
    if not speaks_japanese():
        name = Coalesce(NullIf("resource__person__name_latin", Value("")), name)
    assigned = Assignment.objects.filter(task=OuterRef("pk"), resource__isnull=False).order_by().values("task_id")
    names = StringAgg(Coalesce(name, "resource__name"), delimiter=Value("\n"))
    return assigned.annotate(names=names).values("names")


def _people(task: Any) -> tuple[str, ...]:
    return tuple(sorted((task.people or "").splitlines()))
