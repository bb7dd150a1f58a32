"""Write the calendars of a plan."""

from collections.abc import Sequence
from datetime import timedelta

from kaname.engine.calendar.types import Calendar, DayException, Shift, WorkWeek
from kaname.formats.mspdi.markup import Markup, day_text, time_text

_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)


def write_calendars(markup: Markup, calendars: Sequence[Calendar]) -> None:
    """Write all calendars; exceptions stand in the old and the new form, as Microsoft Project writes them."""
    markup.open("Calendars")
    for calendar in calendars:
        _write_calendar(markup, calendar)
    markup.close()


def _write_calendar(markup: Markup, calendar: Calendar) -> None:
    is_base = calendar.base_uid is None
    markup.open("Calendar")
    markup.leaf("UID", calendar.uid)
    markup.leaf("Name", calendar.name)
    markup.flag("IsBaseCalendar", is_base)
    markup.flag("IsBaselineCalendar", is_set=False)
    markup.leaf("BaseCalendarUID", -1 if is_base else calendar.base_uid)
    _write_week_days(markup, calendar)
    if calendar.exceptions:
        markup.open("Exceptions")
        for exception in calendar.exceptions:
            _write_exception(markup, exception)
        markup.close()
    if calendar.work_weeks:
        markup.open("WorkWeeks")
        for work_week in calendar.work_weeks:
            _write_work_week(markup, work_week)
        markup.close()
    markup.close()


def _write_week_days(markup: Markup, calendar: Calendar) -> None:
    if not calendar.exceptions and all(shifts is None for shifts in calendar.week):
        return
    markup.open("WeekDays")
    _write_days(markup, calendar.week)
    for exception in calendar.exceptions:
        markup.open("WeekDay")
        markup.leaf("DayType", 0)
        markup.flag("DayWorking", bool(exception.shifts))
        _write_period(markup, exception)
        _write_shifts(markup, exception.shifts)
        markup.close()
    markup.close()


def _write_days(markup: Markup, week: Sequence[tuple[Shift, ...] | None]) -> None:
    for number, weekday in enumerate(_SUNDAY_FIRST, start=1):
        shifts = week[weekday]
        if shifts is None:
            continue
        markup.open("WeekDay")
        markup.leaf("DayType", number)
        markup.flag("DayWorking", bool(shifts))
        _write_shifts(markup, shifts)
        markup.close()


def _write_exception(markup: Markup, exception: DayException) -> None:
    markup.open("Exception")
    markup.flag("EnteredByOccurrences", is_set=False)
    _write_period(markup, exception)
    markup.leaf("Occurrences", (exception.ends_before - exception.starts_on).days)
    markup.leaf("Name", exception.name)
    markup.leaf("Type", 1)
    markup.flag("DayWorking", bool(exception.shifts))
    _write_shifts(markup, exception.shifts)
    markup.close()


def _write_work_week(markup: Markup, work_week: WorkWeek) -> None:
    markup.open("WorkWeek")
    _write_period(markup, work_week)
    markup.leaf("Name", work_week.name)
    markup.open("WeekDays")
    _write_days(markup, work_week.week)
    markup.close()
    markup.close()


def _write_period(markup: Markup, period: DayException | WorkWeek) -> None:
    markup.open("TimePeriod")
    markup.leaf("FromDate", day_text(period.starts_on, "00:00:00"))
    markup.leaf("ToDate", day_text(period.ends_before - timedelta(days=1), "23:59:00"))
    markup.close()


def _write_shifts(markup: Markup, shifts: Sequence[Shift]) -> None:
    if not shifts:
        return
    markup.open("WorkingTimes")
    for shift in shifts:
        markup.open("WorkingTime")
        markup.leaf("FromTime", time_text(shift.start))
        markup.leaf("ToTime", time_text(shift.finish))
        markup.close()
    markup.close()
