"""Reporting how far a task is."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.engine.units import wall_minute
from kaname.kernel.journal.operations import publish_all
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change_all
from kaname.kernel.rules.decisions import fetch_all
from kaname.kernel.rules.types import Actor, Unacceptable
from kaname.pso.schedule.events import ProgressReported
from kaname.pso.schedule.models import Plan, ProgressReport, Task
from kaname.pso.schedule.operations.recalculation import Trigger, recalculate
from kaname.pso.schedule.rules import REPORT_PROGRESS

DONE: Final = 1000


class ReportRefused(Unacceptable):
    """A report that cannot be true."""


@dataclass(frozen=True, slots=True)
class _Facts:
    percent_permille: int
    actual_start_at: int | None
    actual_finish_at: int | None
    actual_duration_minutes: int | None
    remaining_duration_minutes: int | None
    duration_minutes: int


_COMPUTED: Final = tuple(field.name for field in fields(_Facts))
_REPORTED: Final = (*_COMPUTED, "is_blocked", "reported_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReport:
    """What is said of one task; see `report_progress`."""

    task_id: int
    expected_version: int
    percent_permille: int
    remaining_minutes: int | None = None
    actual_start_at: int | None = None
    actual_finish_at: int | None = None
    is_blocked: bool = False
    comment: str = ""


def report_progress(*, actor: Actor, now: datetime, report: TaskReport) -> ProgressReport:
    """Say how far a task is, and recalculate.

    Permission `schedule.report_progress`; locks the plan; publishes `ProgressReported`.

    The duration becomes what is done plus what remains.  Without `remaining_minutes` the remaining share of the present
    duration is left; with it, what is done is the share `percent_permille` of the whole.  A task with progress has begun:
    without `actual_start_at` at its planned start, or now if that lies ahead.  A finished one ended at `actual_finish_at`,
    else at its planned finish, or now if that lies ahead.

    Raises
    ------
    ReportRefused
        For work packages, for a finish before the start or in the future, and for a finished task with work left.
    Stale
        If somebody changed the task meanwhile.
    """
    return report_tasks(actor=actor, now=now, reports=[report])[0]


def report_tasks(*, actor: Actor, now: datetime, reports: Sequence[TaskReport]) -> list[ProgressReport]:
    """Say how far several tasks of one plan are, all or none, with one recalculation; as `report_progress` for each.

    Raises
    ------
    ValueError
        If the tasks are of several plans, or none is named.
    """
    with transaction.atomic():
        things = Task.objects.select_related("plan__project__department")
        found = fetch_all(actor, REPORT_PROGRESS, things, ids=[report.task_id for report in reports])
        plan_ids = {task.plan_id for task in found.values()}
        if len(plan_ids) != 1:
            raise ValueError("a report speaks of tasks of one plan")
        plan = Plan.objects.select_for_update(of=("self",)).select_related("project").get(pk=plan_ids.pop())
        at = _wall(now)
        tasks = [found[report.task_id] for report in reports]
        kept = [_keep(task, report, at=at, actor=actor, now=now) for task, report in zip(tasks, reports, strict=True)]
        change_all(tasks, expected_versions=[report.expected_version for report in reports], names=_REPORTED)
        ProgressReport.objects.bulk_create(kept)
        events = [_event(plan, task, report) for task, report in zip(tasks, kept, strict=True)]
        entries = publish_all(events, actor=actor, now=now)
        if plan.status_at is None or plan.status_at < at:
            Plan.objects.filter(pk=plan.pk).update(status_at=at)
            plan.status_at = at
        recalculate(plan, actor=actor, now=now, trigger=Trigger("progress", tasks[0].pk, entries[-1]))
    return kept


def _keep(task: Task, report: TaskReport, *, at: int, actor: Actor, now: datetime) -> ProgressReport:
    facts = _facts(task, at, report)
    for name in _COMPUTED:
        setattr(task, name, getattr(facts, name))
    task.is_blocked = report.is_blocked
    task.reported_at = now
    return ProgressReport(
        task=task,
        author_id=actor.actor_id,
        reported_at=now,
        percent_permille=facts.percent_permille,
        remaining_minutes=facts.remaining_duration_minutes,
        actual_start_at=facts.actual_start_at,
        actual_finish_at=facts.actual_finish_at,
        is_blocked=report.is_blocked,
        comment=report.comment,
    )


def _event(plan: Plan, task: Task, kept: ProgressReport) -> ProgressReported:
    return ProgressReported(
        subject=Subject("schedule.task", task.pk),
        project_id=plan.project_id,
        task_name=task.name,
        percent_permille=kept.percent_permille,
        remaining_minutes=kept.remaining_minutes,
        is_blocked=kept.is_blocked,
    )


def _wall(now: datetime) -> int:
    return wall_minute(now.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=None))


def _facts(task: Task, at: int, report: TaskReport) -> _Facts:
    percent, remaining = report.percent_permille, report.remaining_minutes
    if task.kind == "summary":
        raise ReportRefused(_("A work package gets its progress from the tasks below it. Report one of them."))
    if not 0 <= percent <= DONE:
        raise ReportRefused(_("Progress lies between 0 and 100 percent."))
    if percent == DONE and remaining:
        raise ReportRefused(_("A finished task has no work left."))
    start = _start(task, at, percent, report.actual_start_at)
    finish = _finish(task, at, start, report.actual_finish_at) if percent == DONE else None
    duration = task.duration_minutes or 0
    if percent == DONE:
        return _Facts(percent, start, finish, duration, 0, duration)
    if remaining is None:
        left = duration - duration * percent // DONE
        return _Facts(percent, start, None, duration - left, left, duration)
    done = remaining * percent // (DONE - percent)
    return _Facts(percent, start, None, done, remaining, done + remaining)


def _start(task: Task, at: int, percent: int, given: int | None) -> int | None:
    if given is not None:
        if given > at:
            raise ReportRefused(_("The actual start cannot lie in the future."))
        return given
    if percent == 0 or task.actual_start_at is not None:
        return task.actual_start_at
    return task.start_at if task.start_at is not None and task.start_at <= at else at


def _finish(task: Task, at: int, start: int | None, given: int | None) -> int:
    finish = given
    if finish is None:
        finish = task.finish_at if task.finish_at is not None and task.finish_at <= at else at
    if finish > at:
        raise ReportRefused(_("The actual finish cannot lie in the future."))
    if start is not None and finish < start:
        raise ReportRefused(_("The actual finish cannot lie before the actual start."))
    return finish
