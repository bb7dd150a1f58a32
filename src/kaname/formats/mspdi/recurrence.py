"""Recurring calendar exceptions, written out day by day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import Final

MAX_OCCURRENCES: Final = 2000

DAILY: Final = 1
YEARLY_BY_DAY: Final = 2
YEARLY_BY_POSITION: Final = 3
MONTHLY_BY_DAY: Final = 4
MONTHLY_BY_POSITION: Final = 5
WEEKLY: Final = 6
BY_DAY_COUNT: Final = 7
BY_WEEKDAY_COUNT: Final = 8

_LAST_POSITION: Final = 4
_ONE_DAY: Final = timedelta(days=1)
_LAST_DAY: Final = date(2199, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """A recurring exception as the file describes it.

    Parameters
    ----------
    type
        1 daily, 2 and 3 yearly, 4 and 5 monthly, 6 weekly, 7 every so many days, 8 every so many weekdays.
    starts_on, ends_on
        First and last day of the range, both included.
    occurrences
        How many times at most, or `None` where the range alone decides.
    period
        Every how many days, weeks or months.
    days_of_week
        Bits: 1 Sunday, 2 Monday … 64 Saturday.
    month_item, month_position, month, month_day
        0 day, 1 weekday, 2 day of the weekend, 3 Sunday … 9 Saturday; 0 first … 4 last; 0 January; 1 to 31.
    """

    type: int
    starts_on: date
    ends_on: date
    occurrences: int | None = None
    period: int = 1
    days_of_week: int = 0
    month_item: int = 0
    month_position: int = 0
    month: int = 0
    month_day: int = 1


def occurrences(recurrence: Recurrence) -> tuple[date, ...]:
    """Return the days of a recurrence in ascending order, 2,000 at most.

    Examples
    --------
    >>> from datetime import date
    >>> fridays = Recurrence(type=6, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 20), days_of_week=32)
    >>> [day.isoformat() for day in occurrences(fridays)]
    ['2026-04-03', '2026-04-10', '2026-04-17']
    """
    limit = min(recurrence.occurrences or MAX_OCCURRENCES, MAX_OCCURRENCES)
    ends_on = min(recurrence.ends_on, _LAST_DAY)
    days = (day for day in _candidates(recurrence) if day >= recurrence.starts_on)
    return tuple(islice(takewhile(lambda day: day <= ends_on, days), limit))


def _candidates(recurrence: Recurrence) -> Iterator[date]:
    match recurrence.type:
        case kind if kind == WEEKLY:
            return _weekly(recurrence)
        case kind if kind == BY_WEEKDAY_COUNT:
            return _weekdays(recurrence)
        case kind if kind == BY_DAY_COUNT:
            return _every_days(recurrence.starts_on, max(recurrence.period, 1))
        case kind if kind in {YEARLY_BY_DAY, MONTHLY_BY_DAY}:
            return _day_of_months(recurrence)
        case kind if kind in {YEARLY_BY_POSITION, MONTHLY_BY_POSITION}:
            return _position_of_months(recurrence)
        case _:
            return _every_days(recurrence.starts_on, 1)


def _every_days(first: date, step: int) -> Iterator[date]:
    day = first
    while day <= _LAST_DAY:
        yield day
        if (_LAST_DAY - day).days < step:
            return
        day += timedelta(days=step)


def _weekdays(recurrence: Recurrence) -> Iterator[date]:
    working = (day for day in _every_days(recurrence.starts_on, 1) if day.weekday() < 5)
    return islice(working, 0, None, max(recurrence.period, 1))


def _weekly(recurrence: Recurrence) -> Iterator[date]:
    """Weeks are counted from the Sunday on or before the first day."""
    sunday = recurrence.starts_on - timedelta(days=(recurrence.starts_on.weekday() + 1) % 7)
    offsets = [bit for bit in range(7) if recurrence.days_of_week >> bit & 1]
    for start in _every_days(sunday, 7 * max(recurrence.period, 1)):
        for offset in offsets:
            yield start + timedelta(days=offset)
        if not offsets:
            return


def _day_of_months(recurrence: Recurrence) -> Iterator[date]:
    for year, month in _months(recurrence):
        length = len(_days_of(year, month))
        if 1 <= recurrence.month_day <= length:
            yield date(year, month, recurrence.month_day)


def _position_of_months(recurrence: Recurrence) -> Iterator[date]:
    for year, month in _months(recurrence):
        fitting = [day for day in _days_of(year, month) if _fits(day, recurrence.month_item)]
        position = -1 if recurrence.month_position >= _LAST_POSITION else recurrence.month_position
        if fitting and position < len(fitting):
            yield fitting[position]


def _months(recurrence: Recurrence) -> Iterable[tuple[int, int]]:
    start = recurrence.starts_on
    if recurrence.type in {YEARLY_BY_DAY, YEARLY_BY_POSITION}:
        month = recurrence.month % 12 + 1
        return ((year, month) for year in range(start.year, _LAST_DAY.year + 1))
    first = start.year * 12 + start.month - 1
    last = _LAST_DAY.year * 12 + 11
    return ((number // 12, number % 12 + 1) for number in range(first, last + 1, max(recurrence.period, 1)))


def _days_of(year: int, month: int) -> list[date]:
    day = date(year, month, 1)
    days = []
    while day.month == month:
        days.append(day)
        day += _ONE_DAY
    return days


def _fits(day: date, item: int) -> bool:
    if item == 0:
        return True
    if item == 1:
        return day.weekday() < 5
    if item == 2:
        return day.weekday() >= 5
    return day.weekday() == (item - 4) % 7
