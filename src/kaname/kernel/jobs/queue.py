"""The one way to queue a job."""

from functools import partial
from typing import Any

from django.db import transaction
from django.tasks import Task


def enqueue_on_commit(task: Task[..., Any], **arguments: Any) -> None:
    """Queue a job when the running transaction commits, or at once outside of one; a rolled-back transaction queues nothing."""
    transaction.on_commit(partial(task.enqueue, **arguments))
