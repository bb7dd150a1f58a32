"""Housekeeping of the kernel itself."""

from datetime import time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.tasks import TaskResultStatus, task
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from kaname.kernel import clock
from kaname.kernel.jobs.policies import one_transaction, policy
from kaname.kernel.jobs.timers import Daily, timed
from kaname.kernel.rules.idempotency import forget_old_answers

KEEP_DONE: Final = timedelta(days=2)
KEEP_GIVEN_UP: Final = timedelta(days=30)
_AT_ONCE: Final = 1_000


@timed(Daily(at=time(3, 10)))
@task()
@policy(label=_("Forget answered requests"))
@one_transaction
def forget_answers() -> int:
    """Delete the remembered answers to requests that nobody will repeat any more; return how many."""
    return forget_old_answers()


@timed(Daily(at=time(3, 20)))
@task()
@policy(label=_("Clear finished jobs away"))
def prune_finished() -> int:
    """Delete jobs that are long done, cancelled or dropped; parked ones stay until somebody decides. Returns how many."""
    now = clock.now()
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_DONE)
    given_up = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_GIVEN_UP, run__parked_at=None
    )
    return sum(_delete_all(old) for old in (done, given_up))


def _delete_all(old: QuerySet[DBTaskResult]) -> int:
    count = 0
    while keys := list(old.order_by().values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            DBTaskResult.objects.filter(pk__in=keys).delete()
        count += len(keys)
    return count
