"""What the journal remembers of jobs."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.types import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class JobParked(Event):
    """A job failed for the last time and waits for an administrator."""

    name = "jobs.parked"
    label = _("A job was parked after its last attempt")
    job: str
    task: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRetried(Event):
    """An administrator queued a parked job again."""

    name = "jobs.retried"
    label = _("A parked job was queued again")
    job: str
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDropped(Event):
    """An administrator gave a parked job up."""

    name = "jobs.dropped"
    label = _("A parked job was dropped")
    job: str
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCancelRequested(Event):
    """An administrator asked a waiting or running job to stop."""

    name = "jobs.cancel_requested"
    label = _("A job was asked to stop")
    job: str
    task: str
