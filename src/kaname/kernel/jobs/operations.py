"""What an administrator, or a room on behalf of its user, does to a job."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.tasks import TaskResultStatus
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, get_date_max

from kaname.kernel.jobs.events import JobCancelRequested, JobDropped, JobRetried
from kaname.kernel.jobs.models import Run
from kaname.kernel.jobs.rules import ADMINISTER
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Actor, Refused


def retry_parked(*, actor: Actor, job_id: UUID, now: datetime) -> None:
    """Queue a parked job again with all its attempts.

    Permission `jobs.administer`; publishes `JobRetried`; locks the run; begins a transaction.

    Raises
    ------
    Refused
        If the job is not parked (any more).
    """
    with transaction.atomic():
        run = _fetch_parked(actor, job_id)
        run.attempts = 0
        run.parked_at = None
        run.error = ""
        run.save(update_fields=["attempts", "parked_at", "error"])
        DBTaskResult.objects.filter(pk=job_id).update(
            status=TaskResultStatus.READY, run_after=get_date_max(), finished_at=None
        )
        event = JobRetried(subject=Subject("jobs.job", run.pk), job=str(job_id), task=run.result.task_path)
        publish(event, actor=actor, now=now)


def drop_parked(*, actor: Actor, job_id: UUID, now: datetime) -> None:
    """Give a parked job up.

    Permission `jobs.administer`; publishes `JobDropped`; locks the run; begins a transaction.

    Raises
    ------
    Refused
        If the job is not parked (any more).
    """
    with transaction.atomic():
        run = _fetch_parked(actor, job_id)
        run.parked_at = None
        run.dropped_at = now
        run.save(update_fields=["parked_at", "dropped_at"])
        event = JobDropped(subject=Subject("jobs.job", run.pk), job=str(job_id), task=run.result.task_path)
        publish(event, actor=actor, now=now)


def cancel(*, actor: Actor, job_id: UUID, now: datetime) -> None:
    """Ask a job to stop: a waiting one never starts, a running one ends at its next `check_cancelled()`.

    Permission `jobs.administer`; publishes `JobCancelRequested`; locks the job; begins a transaction.

    Raises
    ------
    Refused
        If the job is over.
    """
    with transaction.atomic():
        result = fetch(actor, ADMINISTER, DBTaskResult.objects.select_for_update(), pk=job_id)
        run = _ask_to_stop(result, now=now)
        event = JobCancelRequested(subject=Subject("jobs.job", run.pk), job=str(job_id), task=result.task_path)
        publish(event, actor=actor, now=now)


def ask_to_stop(*, job_id: UUID, now: datetime) -> None:
    """Ask a job to stop on behalf of a room that has checked its own permission; needs a transaction.

    A job that is over stays as it is.
    """
    result = DBTaskResult.objects.select_for_update().filter(pk=job_id).first()
    if result is not None and result.status in {TaskResultStatus.READY, TaskResultStatus.RUNNING}:
        _ask_to_stop(result, now=now)


def _ask_to_stop(result: DBTaskResult, *, now: datetime) -> Run:
    if result.status not in {TaskResultStatus.READY, TaskResultStatus.RUNNING}:
        raise Refused(_("This job is over."))
    run = Run.objects.select_for_update().get_or_create(result=result)[0]
    run.cancel_requested_at = now
    if result.status == TaskResultStatus.READY:
        run.cancelled_at = now
        DBTaskResult.objects.filter(pk=result.pk).update(status=TaskResultStatus.FAILED, finished_at=now)
    run.save(update_fields=["cancel_requested_at", "cancelled_at"])
    return run


def _fetch_parked(actor: Actor, job_id: UUID) -> Run:
    runs = Run.objects.select_for_update(of=("self",)).select_related("result")
    run = fetch(actor, ADMINISTER, runs, result_id=job_id)
    if run.parked_at is None:
        raise Refused(_("This job is not parked any more."))
    return run
