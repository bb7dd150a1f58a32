"""The periods in which loads and capacities are counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.engine.calendar import CompiledCalendar
from kaname.engine.units import MINUTES_PER_DAY, PERMILLE, day_number


@dataclass(frozen=True, slots=True)
class Axis:
    """Periods without gaps, and the working minutes of a full-time person in each.

    Parameters
    ----------
    edges
        The first day of every period, and the day after the last one: one more than there are periods.
    minutes
        Working minutes of each period by the standard calendar.
    """

    edges: tuple[date, ...]
    minutes: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many periods there are."""
        return len(self.minutes)


def monthly(starts_on: date, ends_before: date, *, standard: CompiledCalendar) -> Axis:
    """Return an axis of calendar months; the first and the last may be cut.

    Examples
    --------
    >>> from kaname.engine.calendar import Calendar, Shift, compile_calendar
    >>> week = compile_calendar([Calendar(1, "office", ((Shift(540, 720), Shift(780, 1080)),) * 5 + ((), ()))], 1)
    >>> monthly(date(2026, 10, 1), date(2026, 12, 1), standard=week).minutes
    (10560, 10080)
    """
    return _axis(_months(starts_on, ends_before), standard)


def weekly(starts_on: date, ends_before: date, *, standard: CompiledCalendar) -> Axis:
    """Return an axis of weeks that begin on the weekday of `starts_on`; the last may be cut."""
    days = range(0, (ends_before - starts_on).days, 7)
    return _axis([*(starts_on + timedelta(days=day) for day in days), ends_before], standard)


def capacity_of(calendar: CompiledCalendar, axis: Axis) -> tuple[int, ...]:
    """Return the capacity of a person with a calendar of their own, in permille of full time, rounded down.

    A period without a working minute by the standard calendar has none.
    """
    return tuple(
        PERMILLE * calendar.between(start, finish) // minutes if minutes else 0
        for start, finish, minutes in _periods(axis)
    )


def steady_load(
    permille: int, *, starts_on: date, ends_before: date, axis: Axis, standard: CompiledCalendar
) -> tuple[int, ...]:
    """Return the load of work that needs `permille` of a person from `starts_on` to before `ends_before`, rounded up.

    A period that the work covers in part carries the share of its working minutes.
    """
    first, last = (day_number(day) * MINUTES_PER_DAY for day in (starts_on, ends_before))
    found = []
    for start, finish, minutes in _periods(axis):
        begin, end = max(start, first), min(finish, last)
        worked = standard.between(begin, end) if begin < end else 0
        found.append(-(-permille * worked // minutes) if minutes else 0)
    return tuple(found)


def _axis(edges: list[date], standard: CompiledCalendar) -> Axis:
    minutes = [day_number(day) * MINUTES_PER_DAY for day in edges]
    return Axis(tuple(edges), tuple(map(standard.between, minutes[:-1], minutes[1:])))


def _months(starts_on: date, ends_before: date) -> list[date]:
    edges, day = [], starts_on
    while day < ends_before:
        edges.append(day)
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return [*edges, ends_before]


def _periods(axis: Axis) -> Iterator[tuple[int, int, int]]:
    moments = [day_number(day) * MINUTES_PER_DAY for day in axis.edges]
    yield from zip(moments[:-1], moments[1:], axis.minutes, strict=True)
