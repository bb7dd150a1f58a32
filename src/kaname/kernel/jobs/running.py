"""What a job function may call while it runs; outside of a job all of it does nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Protocol

from django.db import connection

from kaname.engine.text import Message
from kaname.kernel.jobs.types import Cancelled, Fenced


class Pulse(Protocol):
    """What a running job is connected with."""

    attempt: int
    is_lost: bool
    is_cancel_requested: bool

    def note(self, *, done: int, total: int | None, message: Message | None) -> None:
        """Take down how far the job is."""


_GAP_SECONDS: Final = 0.03
_PULSE: Final[ContextVar[Pulse | None]] = ContextVar("kaname_job_pulse", default=None)


def report_progress(*, done: int, total: int | None = None, message: Message | None = None) -> None:
    """Say how far the job is; cheap enough to be called for each row.

    Parameters
    ----------
    done, total
        In any unit, the same for both; `total` is `None` while it is not known.
    message
        What is being done, shown in the reader's language; the last one stays when left out.

    Raises
    ------
    Cancelled
        If somebody has asked the job to stop.
    Fenced
        If the job was given to another worker meanwhile.
    """
    pulse = _PULSE.get()
    if pulse is None:
        return
    pulse.note(done=done, total=total, message=message)
    check_cancelled()


def give_way() -> None:
    """Let others write, between two transactions of a job that has many; nothing to do where many may write at once.

    On SQLite one writes at a time, and who waits looks again after 25 to 100 ms: without a gap, a person's click would wait
    until the job is done.
    """
    if _PULSE.get() is not None and connection.vendor == "sqlite":
        time.sleep(_GAP_SECONDS)


def check_cancelled() -> None:
    """Raise `Cancelled` if somebody has asked the job to stop, `Fenced` if it is not ours any more; no query."""
    pulse = _PULSE.get()
    if pulse is None:
        return
    if pulse.is_lost:
        raise Fenced("the job was given to another worker meanwhile")
    if pulse.is_cancel_requested:
        raise Cancelled


def attempt() -> int:
    """Return which attempt this is, from 1; 0 outside of a job."""
    pulse = _PULSE.get()
    return 0 if pulse is None else pulse.attempt


@contextmanager
def running(pulse: Pulse) -> Iterator[None]:
    """Make a job the running one of this thread."""
    token = _PULSE.set(pulse)
    try:
        yield
    finally:
        _PULSE.reset(token)
