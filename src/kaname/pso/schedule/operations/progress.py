"""Reporting how far a task is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.engine.units import wall_minute
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Actor, Label
from kaname.pso.schedule.events import ProgressReported
from kaname.pso.schedule.models import Plan, ProgressReport, Task
from kaname.pso.schedule.operations.recalculation import Trigger, recalculate
from kaname.pso.schedule.rules import REPORT_PROGRESS

DONE: Final = 1000


class ReportRefused(ValueError):
    """A report that cannot be true; the reason is translated when shown."""

    def __init__(self, reason: Label) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True, slots=True)
class _Facts:
    percent_permille: int
    actual_start_at: int | None
    actual_finish_at: int | None
    actual_duration_minutes: int | None
    remaining_duration_minutes: int | None
    duration_minutes: int


def report_progress(
    *,
    actor: Actor,
    now: datetime,
    task_id: int,
    expected_version: int,
    percent_permille: int,
    remaining_minutes: int | None = None,
    actual_start_at: int | None = None,
    actual_finish_at: int | None = None,
    is_blocked: bool = False,
    comment: str = "",
) -> ProgressReport:
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
    with transaction.atomic():
        task = fetch(actor, REPORT_PROGRESS, Task.objects.select_related("plan__project__department"), pk=task_id)
        plan = Plan.objects.select_for_update(of=("self",)).select_related("project").get(pk=task.plan_id)
        at = _wall(now)
        facts = _facts(task, at, percent_permille, remaining_minutes, actual_start_at, actual_finish_at)
        _write(task, facts, expected_version=expected_version, is_blocked=is_blocked, now=now)
        if plan.status_at is None or plan.status_at < at:
            Plan.objects.filter(pk=plan.pk).update(status_at=at)
            plan.status_at = at
        report = ProgressReport.objects.create(
            task=task,
            author_id=actor.actor_id,
            reported_at=now,
            percent_permille=facts.percent_permille,
            remaining_minutes=facts.remaining_duration_minutes,
            actual_start_at=facts.actual_start_at,
            actual_finish_at=facts.actual_finish_at,
            is_blocked=is_blocked,
            comment=comment,
        )
        event = ProgressReported(
            subject=Subject("schedule.task", task.pk),
            project_id=plan.project_id,
            task_name=task.name,
            percent_permille=facts.percent_permille,
            remaining_minutes=facts.remaining_duration_minutes,
            is_blocked=is_blocked,
        )
        cause = publish(event, actor=actor, now=now)
        recalculate(plan, actor=actor, now=now, trigger=Trigger("progress", task.pk, cause))
    return report


def _wall(now: datetime) -> int:
    return wall_minute(now.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=None))


def _facts(  # noqa: PLR0917 - the report, field by field
    task: Task, at: int, percent: int, remaining: int | None, actual_start: int | None, actual_finish: int | None
) -> _Facts:
    if task.kind == "summary":
        raise ReportRefused(_("A work package gets its progress from the tasks below it. Report one of them."))
    if not 0 <= percent <= DONE:
        raise ReportRefused(_("Progress lies between 0 and 100 percent."))
    if percent == DONE and remaining:
        raise ReportRefused(_("A finished task has no work left."))
    start = _start(task, at, percent, actual_start)
    finish = _finish(task, at, start, actual_finish) if percent == DONE else None
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


def _write(task: Task, facts: _Facts, *, expected_version: int, is_blocked: bool, now: datetime) -> None:
    change(
        task,
        expected_version=expected_version,
        percent_permille=facts.percent_permille,
        actual_start_at=facts.actual_start_at,
        actual_finish_at=facts.actual_finish_at,
        actual_duration_minutes=facts.actual_duration_minutes,
        remaining_duration_minutes=facts.remaining_duration_minutes,
        duration_minutes=facts.duration_minutes,
        is_blocked=is_blocked,
        reported_at=now,
    )
