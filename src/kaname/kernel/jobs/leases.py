"""Who may work on a job: claiming, keeping, giving back, taking away.

All instants are those of the database, so that machines with different clocks agree.  Every change is one conditional
statement on the row and its token; nothing here trusts what was read before.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django.utils.json import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from kaname.kernel import clock
from kaname.kernel.jobs.events import JobParked
from kaname.kernel.jobs.models import Run
from kaname.kernel.jobs.policies import Policy, policy_of
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.system import SYSTEM

LEASE_SECONDS: Final = 20.0
"""How long a job stays with a worker that gives no sign of life."""
_LONGEST_ERROR: Final = 4_000

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to work on a job, good as long as the run's token is this one."""

    run_id: int
    result: DBTaskResult
    token: int
    attempt: int
    seconds: float

    @property
    def row(self) -> Any:
        """Return the run's row, if it still is ours."""
        return Run.objects.filter(pk=self.run_id, token=self.token)


def claim(*, worker: str, seconds: float = LEASE_SECONDS) -> Lease | None:
    """Take the next job that is due, highest priority and longest waiting first.

    Notes
    -----
    1 query when there is none, else 1 transaction of 4; on PostgreSQL other workers step over the locked row.
    """
    due = DBTaskResult.objects.ready().filter(backend_name="default")
    if not due.order_by().values("pk")[:1]:
        return None
    with transaction.atomic():
        result = due.get_locked()
        if result is None:
            return None
        result.claim(worker)
        run = Run.objects.select_for_update().get_or_create(result=result)[0]
        run.token += 1
        run.attempts += 1
        Run.objects.filter(pk=run.pk).update(
            token=run.token,
            attempts=run.attempts,
            worker=worker,
            lease_until=Now() + timedelta(seconds=seconds),
            done=0,
            total=None,
            message="",
            message_params={},
        )
    return Lease(run_id=run.pk, result=result, token=run.token, attempt=run.attempts, seconds=seconds)


def keep(lease: Lease, **progress: Any) -> bool:
    """Prolong a lease and write progress; return whether it still is ours, or was until its work was written down.

    1 query, 1 more when the work is written down.
    """
    until = Now() + timedelta(seconds=lease.seconds)
    return bool(lease.row.filter(lease_until__isnull=False).update(lease_until=until, **progress)) or lease.row.exists()


def finish(lease: Lease, value: Any) -> bool:
    """Mark a job as done; return whether it was ours. Needs or begins a transaction; 2 queries."""
    with transaction.atomic():
        if not lease.row.update(lease_until=None, error="", cancel_requested_at=None):
            return False
        _end(lease.result, TaskResultStatus.SUCCESSFUL, return_value=normalize_json(value))
    return True


def fail(lease: Lease, *, error: str, wish: Policy, is_hopeless: bool = False) -> bool:
    """Queue a failed job again after its back-off, or park it after the last attempt; return whether it was ours."""
    with transaction.atomic():
        if not lease.row.update(lease_until=None, error=error[-_LONGEST_ERROR:]):
            return False
        if is_hopeless or lease.attempt >= wish.attempts:
            _park(lease.run_id, lease.result, error=error)
        else:
            again_at = clock.now() + wish.back_off(lease.attempt)
            DBTaskResult.objects.filter(pk=lease.result.pk).update(status=TaskResultStatus.READY, run_after=again_at)
    return True


def stop_cancelled(lease: Lease) -> bool:
    """End a job that heeded a request to stop; return whether it was ours."""
    with transaction.atomic():
        if not lease.row.update(lease_until=None, cancelled_at=Now()):
            return False
        _end(lease.result, TaskResultStatus.FAILED, exception_class_path=f"{__name__}.Cancelled")
    return True


def hand_back(lease: Lease) -> None:
    """Queue a job again at once without counting the attempt: its worker was told to go."""
    with transaction.atomic():
        if lease.row.update(lease_until=None, attempts=lease.attempt - 1):
            _queue_again(lease.result)


def take_away_expired() -> int:
    """Queue the jobs of silent workers again, or park them after their last attempt; return how many.

    The token is counted up with it, so that a worker that was only asleep cannot commit when it wakes.

    Notes
    -----
    1 query when there are none, else 4 per job.  Jobs that somebody else looks at are left to them.
    """
    return _take_away_all(Run.objects.filter(lease_until__lt=Now()))


def take_away_of(mark: str) -> int:
    """Queue the job of a worker whose process is gone again, as `take_away_expired`, though its lease still runs; return how many.

    `mark` ends the worker's name.  Only who has seen the process end may call this; a mistake costs the living worker its
    job, but nothing is written twice, as its token is counted up.
    """
    return _take_away_all(Run.objects.filter(lease_until__isnull=False, worker__endswith=f"-{mark}"))


def _take_away_all(runs: QuerySet[Run]) -> int:
    found = list(runs.filter(result__status=TaskResultStatus.RUNNING).values_list("pk", "token"))
    return sum(_take_away(runs, pk, token) for pk, token in found)


def _take_away(runs: QuerySet[Run], run_id: int, token: int) -> bool:
    with transaction.atomic():
        ours = runs.filter(pk=run_id, token=token)
        if not ours.update(token=token + 1, lease_until=None):
            return False
        run = Run.objects.select_related("result").get(pk=run_id)
        logger.warning("worker %s fell silent while working on job %s", run.worker, run.result_id)
        if run.attempts < _policy(run.result).attempts:
            _queue_again(run.result)
        else:
            error = f"{run.worker} fell silent"
            Run.objects.filter(pk=run_id).update(error=error)
            _park(run_id, run.result, error=error)
    return True


def _policy(result: DBTaskResult) -> Policy:
    try:
        return policy_of(result.task)
    except (ImportError, AttributeError):
        return Policy()


def _queue_again(result: DBTaskResult) -> None:
    DBTaskResult.objects.filter(pk=result.pk).update(status=TaskResultStatus.READY, run_after=get_date_max())


def _park(run_id: int, result: DBTaskResult, *, error: str) -> None:
    Run.objects.filter(pk=run_id).update(parked_at=Now())
    _end(result, TaskResultStatus.FAILED, traceback=error)
    first_line = error.strip().rpartition("\n")[2][:200]
    event = JobParked(subject=Subject("jobs.job", run_id), job=str(result.pk), task=result.task_path, error=first_line)
    publish(event, actor=SYSTEM, now=clock.now())


def _end(result: DBTaskResult, status: TaskResultStatus, **values: Any) -> None:
    blank = {"return_value": None, "exception_class_path": "", "traceback": ""}
    DBTaskResult.objects.filter(pk=result.pk).update(status=status, finished_at=Now(), **(blank | values))
