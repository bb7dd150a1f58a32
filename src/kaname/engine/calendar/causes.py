"""Why a day is worked as it is: the rule that decided it, and whose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.engine.calendar.stacking import Day, chain_of, merge_shifts
from kaname.engine.calendar.types import Calendar, DayException, WorkWeek


@dataclass(frozen=True, slots=True)
class DayCause:
    """One day, its hours, and what decided them.

    Parameters
    ----------
    shifts
        The hours in ascending order, `()` for a day without work.
    calendar
        The calendar of the stack that decided; `None` where none of them says anything about the weekday.
    by
        Its exception or its work week; `None` where its plain week decided.
    """

    on: date
    shifts: Day
    calendar: Calendar | None = None
    by: DayException | WorkWeek | None = None

    @property
    def minutes(self) -> int:
        """Working minutes of the day."""
        return sum(shift.finish - shift.start for shift in self.shifts)


def day_causes(calendars: Iterable[Calendar], uid: int, *, starts_on: date, ends_before: date) -> tuple[DayCause, ...]:
    """Return every day of `[starts_on, ends_before)` on calendar `uid` with what decided it, in order.

    The hours are those of `compile_calendar`.  Costs O(days x spans of the stack): meant for years, not for centuries.

    Raises
    ------
    CalendarError
        If a calendar is missing, rests on itself, or has a week or a shift that makes no sense.

    Examples
    --------
    >>> from kaname.engine.calendar.types import Shift
    >>> day = (Shift(540, 1080),)
    >>> off = DayException(date(2026, 4, 29), date(2026, 4, 30), (), "昭和の日")
    >>> causes = day_causes(
    ...     [Calendar(1, "JP", (day,) * 7, (off,))], 1, starts_on=date(2026, 4, 28), ends_before=date(2026, 4, 30)
    ... )
    >>> [(cause.minutes, cause.by and cause.by.name) for cause in causes]
    [(540, None), (0, '昭和の日')]
    """
    chain = chain_of({calendar.uid: calendar for calendar in calendars}, uid)
    count = (ends_before - starts_on).days
    return tuple(_cause(chain, starts_on + timedelta(days=offset)) for offset in range(count))


def _cause(chain: Sequence[Calendar], on: date) -> DayCause:
    weekday = on.weekday()
    for level, calendar in enumerate(chain):
        exception = _last(calendar.exceptions, on)
        if exception is not None:
            return DayCause(on, merge_shifts(exception.shifts, calendar.name), calendar, exception)
        work_week = _last(calendar.work_weeks, on)
        if work_week is not None and (hours := work_week.week[weekday]) is not None:
            return DayCause(on, merge_shifts(hours, calendar.name), calendar, work_week)
        own = calendar.week[weekday]
        if own is not None:
            for base in chain[level + 1 :]:
                holiday = _last(base.exceptions, on)
                if holiday is not None:
                    return DayCause(on, merge_shifts(holiday.shifts, base.name), base, holiday)
            return DayCause(on, merge_shifts(own, calendar.name), calendar)
    return DayCause(on, ())


def _last[Span: (DayException, WorkWeek)](spans: Sequence[Span], on: date) -> Span | None:
    return next((span for span in reversed(spans) if span.starts_on <= on < span.ends_before), None)
