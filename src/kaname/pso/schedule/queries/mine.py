"""Tasks of a person and who waits for them, milestones of a project."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from kaname.engine.units import MINUTES_PER_DAY, day_number, day_of
from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import scope
from kaname.kernel.rules.types import Actor
from kaname.kernel.text import name_of
from kaname.pso.schedule.models import Assignment, BaselineTask, Plan, Task
from kaname.pso.schedule.rules import VIEW_TASK
from kaname.pso.schedule.types import TaskKind

OF_MINE: Final = (
    "version", "name", "wbs_code", "parent__name", "plan__minutes_per_day", "plan__project__code", "plan__project__name",
    "start_at", "finish_at", "deadline_at", "percent_permille", "remaining_duration_minutes", "duration_minutes",
    "actual_start_at", "is_blocked", "is_critical", "reported_at", "position",
)  # fmt: skip
"""What of a task, its plan and its project is told to who works on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MyTask:
    """An open task of the one who asks.

    `agreed_on` is the finish in the baseline in force; `days_late` counts the days since the earlier of agreed and
    computed finish, 0 when neither has passed.
    """

    task_id: int
    version: int
    name: str
    wbs_code: str
    package_name: str
    project_id: int
    project_code: str
    project_name: str
    plan_id: int
    starts_on: date | None
    due_on: date | None
    agreed_on: date | None
    deadline_on: date | None
    percent_permille: int
    remaining_minutes: int | None
    minutes_per_day: int
    is_started: bool
    is_blocked: bool
    is_critical: bool
    days_late: int
    reported_at: datetime | None


def my_tasks(
    *, actor: Actor, today: date, until: date | None = None, project_id: int | None = None
) -> tuple[MyTask, ...]:
    """Return the open tasks assigned to the actor in all projects that the actor may see, the most urgent first.

    Parameters
    ----------
    today
        By which lateness is counted.
    until
        Only tasks that begin or end on this day or before; all without it.
    project_id
        Only those of one project.

    Notes
    -----
    1 query.
    """
    if actor.actor_id is None:
        return ()
    narrowed = Q()
    if until is not None:
        narrowed &= Q(start_at__lt=(day_number(until) + 1) * MINUTES_PER_DAY)
    if project_id is not None:
        narrowed &= Q(plan__project_id=project_id)
    rows = asked(_open_tasks, scope(actor, VIEW_TASK), narrowed, account=actor.actor_id)
    return tuple(as_my_task(task, today) for task in rows)


def _open_tasks(reach: Q, narrowed: Q, *, account: int) -> QuerySet[Task]:
    open_tasks = Task.objects.filter(
        reach,
        narrowed,
        assignments__resource__person__account_id=account,
        actual_finish_at=None,
        is_active=True,
        is_external=False,
        percent_permille__lt=1000,
        plan__project__archived_at=None,
    ).exclude(kind=TaskKind.SUMMARY)
    agreed = BaselineTask.objects.filter(task=OuterRef("pk"), baseline__number=0).values("finish_at")[:1]
    rows = open_tasks.select_related("plan__project", "parent").only(*OF_MINE)
    return rows.annotate(agreed_finish_at=Subquery(agreed)).distinct().order_by("finish_at", "position", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody whose task cannot go on before another one."""

    task_id: int
    task_name: str
    starts_on: date | None
    person_name: str


def who_waits(*, actor: Actor, task_ids: Collection[int]) -> dict[int, tuple[Waiting, ...]]:
    """Return by task who else has an open task directly after it, the earliest first. 1 query."""
    if actor.actor_id is None:
        return {}
    before = Q(task__predecessor_links__predecessor_id__in=tuple(task_ids))
    found: dict[int, list[Waiting]] = defaultdict(list)
    for row in asked(_waiting, scope(actor, VIEW_TASK), before, account=actor.actor_id):
        person = row.resource.person
        waiting = Waiting(
            task_id=row.task_id,
            task_name=row.task.name,
            starts_on=start_day(row.task.start_at),
            person_name=name_of(person) if person else row.resource.name,
        )
        found[row.waits_for].append(waiting)
    return {task_id: tuple(waiting) for task_id, waiting in found.items()}


def _waiting(reach: Q, before: Q, *, account: int) -> QuerySet[Assignment]:
    after = Assignment.objects.filter(
        before,
        task__in=Task.objects.filter(reach),
        task__actual_finish_at=None,
        task__is_active=True,
        resource__isnull=False,
    ).exclude(resource__person__account_id=account)
    rows = after.annotate(waits_for=F("task__predecessor_links__predecessor_id"))
    rows = rows.select_related("task", "resource__person").only(
        "task__name", "task__start_at", "resource__name", "resource__person__name", "resource__person__name_latin"
    )
    return rows.order_by("task__start_at", "task__position", "id")


def finish_day(minute: int | None) -> date | None:
    """Return the day on which something ends; a finish at midnight belongs to the day that ends."""
    return None if minute is None else day_of(minute - 1 if minute % MINUTES_PER_DAY == 0 else minute)


def start_day(minute: int | None) -> date | None:
    """Return the day on which something begins."""
    return None if minute is None else day_of(minute)


def as_my_task(task: Any, today: date) -> MyTask:
    """Return a task, which carries `agreed_finish_at`, as it is listed on a day."""
    plan: Plan = task.plan
    due_on, agreed_on = finish_day(task.finish_at), finish_day(task.agreed_finish_at)
    first = min((day for day in (due_on, agreed_on) if day), default=None)
    return MyTask(
        task_id=task.pk,
        version=task.version,
        name=task.name,
        wbs_code=task.wbs_code,
        package_name=task.parent.name if task.parent else "",
        project_id=plan.project_id,
        project_code=plan.project.code,
        project_name=plan.project.name,
        plan_id=plan.pk,
        starts_on=start_day(task.start_at),
        due_on=due_on,
        agreed_on=agreed_on,
        deadline_on=finish_day(task.deadline_at),
        percent_permille=task.percent_permille,
        remaining_minutes=_remaining(task),
        minutes_per_day=plan.minutes_per_day,
        is_started=task.actual_start_at is not None,
        is_blocked=task.is_blocked,
        is_critical=task.is_critical,
        days_late=max((today - first).days, 0) if first else 0,
        reported_at=task.reported_at,
    )


def _remaining(task: Task) -> int | None:
    if task.remaining_duration_minutes is not None:
        return task.remaining_duration_minutes
    return task.duration_minutes
