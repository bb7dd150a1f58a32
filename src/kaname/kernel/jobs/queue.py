"""The one way to queue a job.

With the database engine the job's row is written in the transaction itself: it appears with the commit, goes with a
rollback, and no kill between commit and queueing can lose it.  An engine that keeps its queue elsewhere is told after the
commit.
"""

from functools import partial
from typing import Any

from django.db import connection, transaction
from django.tasks import Task, TaskResultStatus
from django.utils.json import normalize_json
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult


def enqueue_on_commit(task: Task[..., Any], **arguments: Any) -> str:
    """Queue a job that starts once the running transaction commits, or at once outside of one.

    Returns
    -------
    str
        The job's number, for `kernel.jobs.queries.find_job`; empty with an engine that keeps its queue outside of the
        database, where there is no job before the commit.

    Notes
    -----
    1 query.
    """
    if isinstance(task.get_backend(), DatabaseBackend):
        return task.enqueue(**arguments).id
    transaction.on_commit(partial(task.enqueue, **arguments))
    return ""


def enqueue_once_on_commit(task: Task[..., Any], **arguments: Any) -> None:
    """Queue a job unless one with equal arguments is waiting already; for jobs that do all that is due.

    A waiting job that is counted on is locked until the transaction ends, so that no worker starts it before the commit.
    Where that cannot be had a second one is queued: too many rather than too few.

    Notes
    -----
    2 queries, 1 when one is waiting, none when this transaction has asked before.
    """
    wish = _Asked(task.module_path, repr(sorted(arguments.items())))
    if any(asked == wish for _, asked, _ in connection.run_on_commit):
        return
    if connection.in_atomic_block:
        transaction.on_commit(wish)
    if not _is_waiting(task, arguments):
        enqueue_on_commit(task, **arguments)


def forget_wishes() -> None:
    """Forget what this transaction has asked for: the jobs have been run inside of it."""
    connection.run_on_commit = [entry for entry in connection.run_on_commit if not isinstance(entry[1], _Asked)]


def _is_waiting(task: Task[..., Any], arguments: dict[str, Any]) -> bool:
    if not isinstance(task.get_backend(), DatabaseBackend):
        return False
    waiting = DBTaskResult.objects.ready().filter(
        task_path=task.module_path,
        backend_name=task.backend,
        queue_name=task.queue_name,
        args_kwargs=normalize_json({"args": [], "kwargs": arguments}),
    )
    if connection.in_atomic_block:
        waiting = waiting.select_for_update(skip_locked=True)
    return waiting.filter(status=TaskResultStatus.READY).order_by().values_list("pk", flat=True).first() is not None


class _Asked:
    """Left among the transaction's on-commit calls; goes with them when a savepoint or the whole is rolled back."""

    def __init__(self, path: str, arguments: str) -> None:
        self._wish = (path, arguments)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._wish == other._wish

    def __hash__(self) -> int:
        return hash(self._wish)

    def __call__(self) -> None:
        """Do nothing: being there is all."""
