"""Noticing a commit soon without working at rest."""

from typing import Protocol

from django.db import connection


class Bell(Protocol):
    """Says whether it is worth looking for work."""

    seconds_between: float

    def listen(self) -> None:
        """Hear what is committed from now on; to be called before looking for work."""

    def rings(self) -> bool:
        """Return whether something may have been committed since it was last listened to or has rung."""


class DataVersionBell:
    """SQLite tells for a few microseconds and no disk access whether another connection has committed."""

    seconds_between = 0.1

    def __init__(self) -> None:
        self._seen = -1

    def listen(self) -> None:
        """Remember the database's data version; every connection counts its own."""
        self._seen = _data_version()

    def rings(self) -> bool:
        """Compare the database's data version with the one last seen."""
        before, self._seen = self._seen, _data_version()
        return before != self._seen


class PollingBell:
    """A server database is simply asked five times a second; the question runs over a partial index of waiting jobs."""

    seconds_between = 0.2

    def listen(self) -> None:
        """Nothing is missed by one who asks anyway."""

    def rings(self) -> bool:
        """Return that it is worth looking."""
        return True


def bell() -> Bell:
    """Return the bell that fits the database."""
    return DataVersionBell() if connection.vendor == "sqlite" else PollingBell()


def _data_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        version: int = cursor.fetchone()[0]
    return version
