"""On which days a series meets: the rule, and what becomes of meetings that fall on a day off."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from kaname.engine.calendar import CompiledCalendar
from kaname.engine.slots.checking import refuse
from kaname.engine.text import Message, gettext_noop

_WEEK = timedelta(days=7)
_AS_PLANNED = Message(gettext_noop("Held as planned."))


class CadenceKind(StrEnum):
    """How often a series meets."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_WEEKDAY = "monthly_weekday"
    MONTHLY_DAY = "monthly_day"
    MONTHLY_BUSINESS_DAY = "monthly_business_day"


class HolidayRule(StrEnum):
    """What becomes of a meeting that falls on a day off of the calendar of the series."""

    DAY_BEFORE = "day_before"
    DAY_AFTER = "day_after"
    SKIP = "skip"
    STAY = "stay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """The rule of a series.

    Parameters
    ----------
    kind
        Weekly and fortnightly series meet on one weekday from the first week on; monthly ones on the `nth` such weekday, on
        the `nth` day (the last one of a shorter month) or on the `nth` business day of each month.
    nth
        Which one in the month; a weekday 1 to 4, a day 1 to 31, a business day 1 to 15; weekdays and business days also
        from the end as -1, -2, …  Weekly and fortnightly series do not read it.
    """

    kind: CadenceKind
    nth: int = 1

    @property
    def has_weekday(self) -> bool:
        """Whether the series meets on a weekday that is to be chosen."""
        return self.kind in {CadenceKind.WEEKLY, CadenceKind.FORTNIGHTLY, CadenceKind.MONTHLY_WEEKDAY}


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day that the rule names, the day on which the meeting is then planned, if any, and why."""

    nominal_on: date
    on: date | None
    why: Message = _AS_PLANNED


def planned_days(
    cadence: Cadence,
    *,
    weekday: int | None,
    starts_on: date,
    ends_before: date,
    calendar: CompiledCalendar,
    holiday_rule: HolidayRule,
) -> list[PlannedDay]:
    """Return the days of a series in `[starts_on, ends_before)`, in order.

    Parameters
    ----------
    weekday
        0 = Monday; `None` for the rules that name no weekday.

    Examples
    --------
    >>> from kaname.engine.calendar import Calendar, Shift, compile_calendar
    >>> week = compile_calendar([Calendar(1, "office", ((Shift(540, 1080),),) * 5 + ((), ()))], 1)
    >>> days = planned_days(
    ...     Cadence(kind=CadenceKind.MONTHLY_DAY, nth=31), weekday=None, starts_on=date(2026, 1, 1),
    ...     ends_before=date(2026, 4, 1), calendar=week, holiday_rule=HolidayRule.DAY_BEFORE,
    ... )
    >>> [str(day.on) for day in days]
    ['2026-01-30', '2026-02-27', '2026-03-31']
    """
    period = (starts_on, ends_before)
    nominal = [day for day in _nominal_days(cadence, weekday, period, calendar) if starts_on <= day < ends_before]
    planned = [_moved(day, period, calendar, holiday_rule) for day in nominal]
    return list(_without_meetings_of_one_day(planned))


def check_cadence(cadence: Cadence) -> None:
    """Refuse a rule that names no day.

    Raises
    ------
    MeetingError
        If it does.
    """
    allowed = {
        CadenceKind.MONTHLY_WEEKDAY: {*range(1, 5), *range(-4, 0)},
        CadenceKind.MONTHLY_DAY: set(range(1, 32)),
        CadenceKind.MONTHLY_BUSINESS_DAY: {*range(1, 16), *range(-15, 0)},
    }.get(cadence.kind)
    if allowed is not None and cadence.nth not in allowed:
        refuse(gettext_noop("There is no day number %(nth)s in every month by this rule."), {"nth": cadence.nth})


def _nominal_days(
    cadence: Cadence, weekday: int | None, period: tuple[date, date], calendar: CompiledCalendar
) -> Iterator[date]:
    first, end = period
    if cadence.kind in {CadenceKind.WEEKLY, CadenceKind.FORTNIGHTLY}:
        day = first + timedelta(days=((weekday or 0) - first.weekday()) % 7)
        while day < end:
            yield day
            day += _WEEK * (1 if cadence.kind is CadenceKind.WEEKLY else 2)
        return
    for month in _months(first, end):
        after = _next_month(month)
        if cadence.kind is CadenceKind.MONTHLY_DAY:
            yield min(month + timedelta(days=cadence.nth - 1), after - timedelta(days=1))
        elif cadence.kind is CadenceKind.MONTHLY_WEEKDAY:
            day = month + timedelta(days=((weekday or 0) - month.weekday()) % 7)
            last = after - timedelta(days=1 + (after - timedelta(days=1) - day).days % 7)
            yield day + _WEEK * (cadence.nth - 1) if cadence.nth > 0 else last + _WEEK * (cadence.nth + 1)
        else:
            days = calendar.business_days(month, after)
            if len(days) >= abs(cadence.nth):
                yield days[cadence.nth - 1 if cadence.nth > 0 else cadence.nth]


def _months(first: date, end: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month < end:
        yield month
        month = _next_month(month)


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _moved(day: date, period: tuple[date, date], calendar: CompiledCalendar, rule: HolidayRule) -> PlannedDay:
    if rule is HolidayRule.STAY or calendar.is_business_day(day):
        return PlannedDay(day, day)
    said = {"date": day.isoformat()}
    if rule is HolidayRule.SKIP:
        return PlannedDay(day, None, Message(gettext_noop("Left out: %(date)s is a day off."), said))
    if rule is HolidayRule.DAY_BEFORE:
        on = calendar.previous_business_day(day)
        template = gettext_noop("%(date)s is a day off; held on the working day before.")
    else:
        on = calendar.next_business_day(day)
        template = gettext_noop("%(date)s is a day off; held on the working day after.")
    if not period[0] <= on < period[1]:
        template = gettext_noop(
            "Left out: %(date)s is a day off, and the working day to move to lies outside the period."
        )
        return PlannedDay(day, None, Message(template, said))
    return PlannedDay(day, on, Message(template, said))


def _without_meetings_of_one_day(planned: list[PlannedDay]) -> Iterator[PlannedDay]:
    """Leave out a meeting that was moved onto or beyond its neighbour."""
    latest = date.min
    for place, day in enumerate(planned):
        following = planned[place + 1].nominal_on if place + 1 < len(planned) else date.max
        if day.on is not None and day.on != day.nominal_on and not latest < day.on < following:
            template = gettext_noop("Left out: moved off %(date)s, a day off, it would fall together with another one.")
            yield replace(day, on=None, why=Message(template, {"date": day.nominal_on.isoformat()}))
            continue
        latest = day.on or latest
        yield day
