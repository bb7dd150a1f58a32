"""Words of the jobs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kaname.engine.text import Message


class JobState(models.TextChoices):
    """Where a job is."""

    WAITING = "waiting", pgettext_lazy("job", "Waiting")
    RETRYING = "retrying", pgettext_lazy("job", "Waiting to be tried again")
    RUNNING = "running", pgettext_lazy("job", "Running")
    DONE = "done", pgettext_lazy("job", "Done")
    PARKED = "parked", pgettext_lazy("job", "Parked")
    CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")
    DROPPED = "dropped", pgettext_lazy("job", "Dropped")


class JobShelf(models.TextChoices):
    """Jobs as lists sort them."""

    RUNNING = "running", pgettext_lazy("jobs", "Running")
    WAITING = "waiting", pgettext_lazy("jobs", "Waiting")
    PARKED = "parked", pgettext_lazy("jobs", "Parked")
    OVER = "over", pgettext_lazy("jobs", "Over")


class NoRetry(Exception):
    """Raised by a job that would fail again in the same way: it is parked at once, with the message shown."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


class Cancelled(Exception):
    """Raised inside a job by `check_cancelled()` when somebody has asked it to stop."""


class Fenced(DatabaseError):
    """The job was given to another worker meanwhile; what this one did last is rolled back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a job is; `total` is `None` while it is not known, `left` while it cannot be estimated."""

    done: int
    total: int | None
    message: str
    left: timedelta | None

    @property
    def percent(self) -> int | None:
        """Return the share done, 0 to 100, rounded down."""
        if not self.total:
            return None
        return min(100, 100 * self.done // self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as pages and rooms see it; times are aware instants."""

    id: UUID
    name: str
    label: str
    state: JobState
    attempts: int
    worker: str
    enqueued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    next_attempt_at: datetime | None
    progress: Progress | None
    error: str
    is_cancel_requested: bool
    result: object = None

    @property
    def is_over(self) -> bool:
        """Return whether nothing more will happen unless somebody retries it."""
        return self.state in {JobState.DONE, JobState.PARKED, JobState.CANCELLED, JobState.DROPPED}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """A job with all that is known of it: its arguments and the whole text of its last error."""

    job: Job
    arguments: str
    error_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedJob:
    """A timed job and its next run."""

    name: str
    label: str
    rhythm: str
    next_at: datetime
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingWorker:
    """A worker and its last sign of life; `is_alive` says whether that was recent."""

    name: str
    host: str
    pid: int
    started_at: datetime
    seen_at: datetime
    is_alive: bool
    job_label: str


UNNAMED = _("Job")
