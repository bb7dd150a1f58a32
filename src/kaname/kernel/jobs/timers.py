"""Jobs that run by the clock.

A timer is a row with the instant of its next run.  Any worker that finds it due moves it on and queues the job in one
transaction; who comes second finds nothing due.  So there is no scheduler to elect, a run that was missed while nobody
was there happens once, and two workers fire once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.tasks import Task

from kaname.engine.text import Message, gettext_noop
from kaname.kernel.jobs.models import Timer
from kaname.kernel.jobs.queue import enqueue_once_on_commit


class Rhythm(Protocol):
    """When a timed job runs."""

    def after(self, moment: datetime) -> datetime:
        """Return the first run strictly after an instant."""

    @property
    def words(self) -> Message:
        """Say it to a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """Again and again after the same number of seconds.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> Every(seconds=90).after(datetime(2026, 4, 1, tzinfo=UTC)).isoformat()
    '2026-04-01T00:01:30+00:00'
    """

    seconds: int

    def after(self, moment: datetime) -> datetime:
        """Return the instant so many seconds later."""
        return moment + timedelta(seconds=self.seconds)

    @property
    def words(self) -> Message:
        """Say it in minutes where it is whole minutes."""
        if self.seconds % 60 == 0:
            return Message(gettext_noop("every %(minutes)s min"), {"minutes": self.seconds // 60})
        return Message(gettext_noop("every %(seconds)s s"), {"seconds": self.seconds})


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """Each day at a wall time of the installation's zone.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> Daily(at=time(3, 30)).after(datetime(2026, 4, 1, 18, 30, tzinfo=UTC)).isoformat()
    '2026-04-03T03:30:00+09:00'
    """

    at: time

    def after(self, moment: datetime) -> datetime:
        """Return that time of the same day if it is to come, else of the next day."""
        zone = ZoneInfo(settings.TIME_ZONE)
        day = moment.astimezone(zone).date()
        today = datetime.combine(day, self.at, zone)
        return today if today > moment else datetime.combine(day + timedelta(days=1), self.at, zone)

    @property
    def words(self) -> Message:
        """Say the time of day."""
        return Message(gettext_noop("daily at %(time)s"), {"time": self.at.isoformat("minutes")})


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A task with its rhythm; `when` is asked first and may say that there is nothing to do."""

    task: Task[..., Any]
    rhythm: Rhythm
    when: Callable[[], bool]

    @property
    def name(self) -> str:
        """The task's path: stable, and unique in the installation."""
        return self.task.module_path


_TIMED: Final[dict[str, Timed]] = {}


def timed[T: Task[..., Any]](rhythm: Rhythm, *, when: Callable[[], bool] = _always) -> Callable[[T], T]:
    """Register a task without arguments, above its `@task()`, to be queued in a rhythm.

    Raises
    ------
    ValueError
        If the task is registered already.
    """

    def register(task: T) -> T:
        entry = Timed(task=task, rhythm=rhythm, when=when)
        if entry.name in _TIMED:
            raise ValueError(f"job {entry.name} is timed twice")
        _TIMED[entry.name] = entry
        return task

    return register


def timed_jobs() -> dict[str, Timed]:
    """Return all timed jobs by name."""
    return dict(sorted(_TIMED.items()))


def wind_up(*, now: datetime) -> None:
    """Make the rows agree with what is registered: add new timers, reset changed ones, delete those that are gone.

    A new timer runs one rhythm from now.  Begins a transaction; 2 queries, 1 more per difference.
    """
    with transaction.atomic():
        known = dict(Timer.objects.values_list("name", "rhythm"))
        for name, entry in timed_jobs().items():
            rhythm = repr(entry.rhythm)
            if known.get(name) != rhythm:
                values = {"rhythm": rhythm, "next_at": entry.rhythm.after(now)}
                Timer.objects.update_or_create(name=name, defaults=values)
        Timer.objects.exclude(name__in=timed_jobs()).delete()


def fire_due(*, now: datetime) -> list[str]:
    """Queue the timed jobs whose time has come, each once however many workers look, and return their names.

    Notes
    -----
    1 query when none is due, else 1 transaction of 3 to 4 queries for each.
    """
    due = Timer.objects.filter(next_at__lte=now).order_by("next_at").values_list("name", "next_at")
    return [name for name, next_at in list(due) if name in _TIMED and _fire(_TIMED[name], next_at, now=now)]


def _fire(entry: Timed, next_at: datetime, *, now: datetime) -> bool:
    with transaction.atomic():
        moved = Timer.objects.filter(name=entry.name, next_at=next_at).update(
            next_at=entry.rhythm.after(now), last_at=now
        )
        if moved and entry.when():
            enqueue_once_on_commit(entry.task)
    return bool(moved)
