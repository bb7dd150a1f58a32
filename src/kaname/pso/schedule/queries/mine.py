"""Tasks of a person, milestones of a project."""

from dataclasses import dataclass
from datetime import date, datetime

from kaname.engine.units import MINUTES_PER_DAY, day_number, day_of
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor
from kaname.pso.schedule.models import Plan, Task
from kaname.pso.schedule.rules import VIEW_TASK
from kaname.pso.schedule.types import TaskKind

MILESTONES = (TaskKind.MILESTONE, TaskKind.START_MILESTONE, TaskKind.FINISH_MILESTONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyTask:
    """An open task of the one who asks; `days_late` counts the days since its planned finish, 0 when it is not late."""

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
    open_tasks = Task.objects.filter(
        assignments__resource__person__account_id=actor.actor_id,
        actual_finish_at=None,
        is_active=True,
        is_external=False,
        percent_permille__lt=1000,
        plan__project__archived_at=None,
    ).exclude(kind=TaskKind.SUMMARY)
    if until is not None:
        open_tasks = open_tasks.filter(start_at__lt=(day_number(until) + 1) * MINUTES_PER_DAY)
    if project_id is not None:
        open_tasks = open_tasks.filter(plan__project_id=project_id)
    rows = visible(actor, VIEW_TASK, open_tasks).select_related("plan__project", "parent").distinct()
    return tuple(_mine(task, today) for task in rows.order_by("finish_at", "position", "id"))


def project_milestones(*, actor: Actor, project_id: int, limit: int = 5) -> tuple[Task, ...]:
    """Return the next milestones of a project that are not reached yet, the earliest first. 1 query."""
    ahead = Task.objects.filter(
        plan__project_id=project_id, kind__in=MILESTONES, actual_finish_at=None, is_active=True, finish_at__isnull=False
    )
    return tuple(visible(actor, VIEW_TASK, ahead).order_by("finish_at", "position")[:limit])


def finish_day(minute: int | None) -> date | None:
    """Return the day on which something ends; a finish at midnight belongs to the day that ends."""
    return None if minute is None else day_of(minute - 1 if minute % MINUTES_PER_DAY == 0 else minute)


def start_day(minute: int | None) -> date | None:
    """Return the day on which something begins."""
    return None if minute is None else day_of(minute)


def _mine(task: Task, today: date) -> MyTask:
    plan: Plan = task.plan
    due_on = finish_day(task.finish_at)
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
        deadline_on=finish_day(task.deadline_at),
        percent_permille=task.percent_permille,
        remaining_minutes=_remaining(task),
        minutes_per_day=plan.minutes_per_day,
        is_started=task.actual_start_at is not None,
        is_blocked=task.is_blocked,
        is_critical=task.is_critical,
        days_late=max((today - due_on).days, 0) if due_on else 0,
        reported_at=task.reported_at,
    )


def _remaining(task: Task) -> int | None:
    if task.remaining_duration_minutes is not None:
        return task.remaining_duration_minutes
    return task.duration_minutes
