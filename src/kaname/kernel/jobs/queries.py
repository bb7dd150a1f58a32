"""What is being done, how far it is, what was given up."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.tasks import Task, TaskResultStatus
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult, get_date_max

from kaname.kernel.jobs.models import Run, Timer
from kaname.kernel.jobs.models import Worker as WorkerRow
from kaname.kernel.jobs.policies import policy_of
from kaname.kernel.jobs.rules import VIEW
from kaname.kernel.jobs.timers import timed_jobs
from kaname.kernel.jobs.types import Job, JobRecord, JobShelf, JobState, LivingWorker, Progress, TimedJob
from kaname.kernel.jobs.worker import ALIVE_SECONDS
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.types import Actor
from kaname.kernel.text import translate

SHOWN_AT_MOST: Final = 100
_SHELVES: Final = {
    JobShelf.RUNNING: Q(status=TaskResultStatus.RUNNING),
    JobShelf.WAITING: Q(status=TaskResultStatus.READY),
    JobShelf.PARKED: Q(run__parked_at__isnull=False),
    JobShelf.OVER: Q(status=TaskResultStatus.SUCCESSFUL) | Q(status=TaskResultStatus.FAILED, run__parked_at=None),
}
_ORDERS: Final = {
    JobShelf.RUNNING: ("started_at", "pk"),
    JobShelf.WAITING: ("enqueued_at", "pk"),
    JobShelf.PARKED: ("-run__parked_at", "pk"),
    JobShelf.OVER: ("-finished_at", "pk"),
}


def find_job(job_id: UUID | str, *, now: datetime) -> Job | None:
    """Return a job by the number that queueing it gave; for rooms, which check their own permission. 1 query."""
    result = _results().filter(pk=job_id).first()
    return None if result is None else _job(result, now=now)


def running_jobs(*, actor: Actor, now: datetime) -> list[Job]:
    """Return the running jobs, the longest running first. 1 query."""
    found = _seen(actor).filter(status=TaskResultStatus.RUNNING).order_by("started_at")
    return _jobs(found, now=now)


def waiting_jobs(*, actor: Actor, now: datetime) -> list[Job]:
    """Return the next jobs to start, those to be tried again later last; at most `SHOWN_AT_MOST`. 1 query."""
    return _jobs(_seen(actor).filter(status=TaskResultStatus.READY).order_by("enqueued_at"), now=now)


def parked_jobs(*, actor: Actor, now: datetime) -> list[Job]:
    """Return the parked jobs, the latest first; at most `SHOWN_AT_MOST`. 1 query."""
    return _jobs(_seen(actor).filter(run__parked_at__isnull=False).order_by("-run__parked_at"), now=now)


def finished_jobs(*, actor: Actor, now: datetime) -> list[Job]:
    """Return the jobs that ended last (done, cancelled or dropped), the latest first; at most 20. 1 query."""
    over = Q(status=TaskResultStatus.SUCCESSFUL) | Q(status=TaskResultStatus.FAILED, run__parked_at=None)
    return _jobs(_seen(actor).filter(over).order_by("-finished_at")[:20], now=now)


def count_jobs(*, actor: Actor) -> dict[JobShelf, int]:
    """Return how many jobs stand on each shelf. 1 query."""
    counts = {shelf.value: Count("pk", filter=condition) for shelf, condition in _SHELVES.items()}
    found = _seen(actor).order_by().aggregate(**counts)
    return {shelf: found[shelf.value] for shelf in JobShelf}


def list_jobs(*, actor: Actor, shelf: JobShelf) -> QuerySet[DBTaskResult]:
    """Return the rows of a shelf in its order, for `describe_jobs`. 1 query when read."""
    return _seen(actor).filter(_SHELVES[shelf]).order_by(*_ORDERS[shelf])


def describe_jobs(results: Iterable[DBTaskResult], *, now: datetime) -> list[Job]:
    """Return jobs as pages show them; 0 queries."""
    return [_job(result, now=now) for result in results]


def fetch_job(*, actor: Actor, job_id: UUID, now: datetime) -> JobRecord:
    """Return one job with all that is known of it. 1 query.

    Raises
    ------
    Missing
        If there is none, or the actor may see no jobs.
    """
    result = fetch(actor, VIEW, _results(), pk=job_id)
    given = dict(result.args_kwargs)
    parts = [repr(value) for value in given.get("args", [])]
    parts += [f"{name}={value!r}" for name, value in sorted(given.get("kwargs", {}).items())]
    run = getattr(result, "run", None)
    return JobRecord(job=_job(result, now=now), arguments=", ".join(parts), error_text=run.error if run else "")


def timed_job_list(*, actor: Actor) -> list[TimedJob]:
    """Return the timed jobs by their next run. 1 query."""
    known = timed_jobs()
    rows = visible(actor, VIEW, Timer.objects.filter(name__in=known)).order_by("next_at", "name")
    return [
        TimedJob(
            name=row.name,
            label=str(policy_of(known[row.name].task).label),
            rhythm=translate(known[row.name].rhythm.words),
            next_at=row.next_at,
            last_at=row.last_at,
        )
        for row in rows
    ]


def worker_list(*, actor: Actor, now: datetime) -> list[LivingWorker]:
    """Return the workers that were seen within the last hour, with what they are doing. 2 queries."""
    rows = visible(actor, VIEW, WorkerRow.objects.order_by("started_at", "name"))
    held = Run.objects.filter(result__status=TaskResultStatus.RUNNING).select_related("result")
    at_work = {run.worker: label_of(run.result) for run in held}
    alive_since = now - timedelta(seconds=ALIVE_SECONDS)
    return [
        LivingWorker(
            name=row.name,
            host=row.host,
            pid=row.pid,
            started_at=row.started_at,
            seen_at=row.seen_at,
            is_alive=row.seen_at >= alive_since or row.name in at_work,
            job_label=at_work.get(row.name, ""),
        )
        for row in rows
    ]


def label_of(result: DBTaskResult) -> str:
    """Return what people call a job, in the reader's language; the bare name of one whose code is gone."""
    return label_of_path(result.task_path)


def label_of_path(path: str) -> str:
    """Return what people call the jobs of a task, by its path."""
    try:
        found = import_string(path)
    except ImportError:
        found = None
    return str(policy_of(found).label) if isinstance(found, Task) else path.rpartition(".")[2]


def _results() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.select_related("run")


def _seen(actor: Actor) -> QuerySet[DBTaskResult]:
    return visible(actor, VIEW, _results())


def _jobs(results: Iterable[DBTaskResult], *, now: datetime) -> list[Job]:
    shown = results[:SHOWN_AT_MOST] if isinstance(results, QuerySet) and not results.query.is_sliced else results
    return [_job(result, now=now) for result in shown]


def _job(result: DBTaskResult, *, now: datetime) -> Job:
    run = getattr(result, "run", None) or Run(result=result)
    return Job(
        id=result.pk,
        name=result.task_path,
        label=label_of(result),
        state=_state(result, run),
        attempts=run.attempts,
        worker=run.worker,
        enqueued_at=result.enqueued_at,
        started_at=result.started_at,
        finished_at=result.finished_at,
        next_attempt_at=None if result.run_after == get_date_max() else result.run_after,
        progress=_progress(result, run, now=now),
        error=run.error.strip().rpartition("\n")[2],
        is_cancel_requested=run.cancel_requested_at is not None,
        result=result.return_value,
    )


def _state(result: DBTaskResult, run: Run) -> JobState:
    if result.status == TaskResultStatus.READY:
        return JobState.RETRYING if run.attempts else JobState.WAITING
    if result.status == TaskResultStatus.RUNNING:
        return JobState.RUNNING
    if result.status == TaskResultStatus.SUCCESSFUL:
        return JobState.DONE
    if run.cancelled_at is not None:
        return JobState.CANCELLED
    return JobState.DROPPED if run.dropped_at is not None else JobState.PARKED


def _progress(result: DBTaskResult, run: Run, *, now: datetime) -> Progress | None:
    if not run.done and not run.total and not run.message:
        return None
    message = gettext(run.message) % run.message_params if run.message else ""
    return Progress(done=run.done, total=run.total, message=message, left=_left(result, run, now=now))


def _left(result: DBTaskResult, run: Run, *, now: datetime) -> timedelta | None:
    if result.status != TaskResultStatus.RUNNING or not run.total or not run.done or result.started_at is None:
        return None
    spent = max(now - result.started_at, timedelta())
    return spent * max(run.total - run.done, 0) / run.done
