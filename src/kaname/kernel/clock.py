"""The one place where the present moment enters.

Operations take `now` as an argument; doors and jobs read it here, so that tests and simulations can set it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Final

from django.utils import timezone

_STOPPED: Final[ContextVar[datetime | None]] = ContextVar("kaname_clock_stopped", default=None)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _STOPPED.get() or timezone.now()


def today() -> date:
    """Return the present date in the active time zone (that of the reader, in a request)."""
    return timezone.localdate(now())


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Let the present be an aware instant while the block runs, in this thread alone; for simulations and tests."""
    token = _STOPPED.set(moment)
    try:
        yield
    finally:
        _STOPPED.reset(token)
