"""Calendars of a project file: weeks, exceptions old and new, work weeks, bases."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kaname.engine.calendar.types import Calendar, DayException, Shift, WorkWeek
from kaname.engine.text import gettext_noop
from kaname.engine.units import MINUTES_PER_DAY
from kaname.formats.mspdi.element import Element
from kaname.formats.mspdi.record import Record
from kaname.formats.mspdi.recurrence import DAILY, MAX_OCCURRENCES, Recurrence, occurrences
from kaname.formats.mspdi.values import FIRST_YEAR, LAST_YEAR, MAX_UID, parse_day, parse_time

type Shifts = tuple[Shift, ...]

STANDARD_SHIFTS: Final[Shifts] = (Shift(480, 720), Shift(780, 1020))
STANDARD_WEEK: Final[tuple[Shifts | None, ...]] = (*(STANDARD_SHIFTS,) * 5, (), ())
_ONE_DAY: Final = timedelta(days=1)

MAX_EXCEPTIONS: Final = 20_000

_TOO_MANY: Final = gettext_noop("The calendar has more than %(limit)s exceptions.")
_TOO_MANY_ADVICE: Final = gettext_noop("Remove recurring exceptions that lie in the past or far in the future.")
_NO_UID: Final = gettext_noop("A calendar without a valid number cannot be referred to; it was left out.")
_SAME_UID: Final = gettext_noop("Two calendars carry the number %(uid)s; the first was kept.")
_NO_WEEK: Final = gettext_noop("The base calendar has no week; Monday to Friday, 8:00-12:00 and 13:00-17:00 was taken.")
_NO_TIMES: Final = gettext_noop("A working day without times; 8:00-12:00 and 13:00-17:00 was taken.")
_NO_DAY: Final = gettext_noop("“%(value)s” is no day of the week; it was left out.")
_NO_PERIOD: Final = gettext_noop("An exception without a valid period; it was left out.")
_NO_TIME: Final = gettext_noop("“%(start)s-%(finish)s” is no working time; it was left out.")
_OVER_MIDNIGHT: Final = gettext_noop(
    "The working time %(start)s-%(finish)s runs over midnight; it was cut at midnight."
)
_MERGED: Final = gettext_noop("Working times of a day overlap; they were joined.")
_EXPANDED: Final = gettext_noop("A recurring exception was written out as %(count)s single days.")
_CUT: Final = gettext_noop("A recurring exception was written out for its first %(count)s days only.")
_OUTSIDE: Final = gettext_noop("The period reaches beyond the years %(first)s to %(last)s; it was cut there.")
_UNKNOWN_BASE: Final = gettext_noop("The base calendar %(uid)s is not in the file; the calendar stands alone.")
_LOOP: Final = gettext_noop("The calendar is based on itself in a circle; the circle was cut here.")


class CalendarReader:
    """Collect the calendars of a file."""

    def __init__(self) -> None:
        self._calendars: dict[int, Calendar] = {}
        self._records: dict[int, Record] = {}
        self._sound: set[int] = set()

    def add(self, record: Record) -> None:
        """Read one `Calendar` record."""
        uid = record.integer("UID")
        if uid is None or not 0 <= uid <= MAX_UID:
            record.lose(record.element, _NO_UID)
            return
        if uid in self._calendars:
            record.lose(record.element, _SAME_UID, uid=uid)
            return
        is_base = record.flag("IsBaseCalendar")
        base = record.integer("BaseCalendarUID")
        week_days = record.element.child("WeekDays")
        new = _new_exceptions(record)
        old = _without_copies(_old_exceptions(record, week_days), _new_periods(record))
        self._records[uid] = record
        self._calendars[uid] = Calendar(
            uid=uid,
            name=record.text("Name"),
            week=_week(record, week_days, is_base=is_base),
            exceptions=(*old, *new),
            work_weeks=tuple(_work_weeks(record)),
            base_uid=None if is_base or base is None or base < 0 else base,
        )

    def finish(self) -> tuple[Calendar, ...]:
        """Return the calendars in the order of the file, every base known and no circle among them."""
        return tuple(self._with_sound_base(calendar) for calendar in list(self._calendars.values()))

    def _with_sound_base(self, calendar: Calendar) -> Calendar:
        if calendar.base_uid is None:
            return calendar
        record = self._records[calendar.uid]
        element = record.element.child("BaseCalendarUID") or record.element
        if calendar.base_uid not in self._calendars:
            # A derived calendar may name base 0 for "none".
            if calendar.base_uid != 0:
                record.change(element, _UNKNOWN_BASE, uid=calendar.base_uid)
        elif self._leads_back(calendar):
            record.change(element, _LOOP)
        else:
            return calendar
        alone = replace(calendar, base_uid=None)
        self._calendars[calendar.uid] = alone
        return alone

    def _leads_back(self, calendar: Calendar) -> bool:
        """Say whether the bases of a calendar lead back to it; those that lead to an end are remembered as sound."""
        seen: set[int] = set()
        uid: int | None = calendar.uid
        while uid is not None and uid in self._calendars and uid not in self._sound:
            if uid in seen:
                return uid == calendar.uid
            seen.add(uid)
            uid = self._calendars[uid].base_uid
        self._sound |= seen
        return False


def standard_calendar(uid: int) -> Calendar:
    """Return the calendar that Microsoft Project calls Standard."""
    return Calendar(uid=uid, name="Standard", week=STANDARD_WEEK)


def _week(record: Record, week_days: Element | None, *, is_base: bool) -> tuple[Shifts | None, ...]:
    week: list[Shifts | None] = [None] * 7
    days = week_days.all("WeekDay") if week_days is not None else []
    for day in days:
        inner = record.inner(day)
        kind = inner.integer("DayType")
        if kind == 0:
            continue
        if kind is None or not 1 <= kind <= 7:
            inner.lose(day, _NO_DAY, value=inner.text("DayType")[:20])
            continue
        week[(kind - 2) % 7] = _day_shifts(inner)
    if is_base and not any(week):
        record.change(record.element, _NO_WEEK)
        return STANDARD_WEEK
    return tuple(week)


def _day_shifts(record: Record) -> Shifts:
    if not record.flag("DayWorking"):
        return ()
    times = record.element.child("WorkingTimes")
    if times is None or not times.children:
        record.change(record.element, _NO_TIMES)
        return STANDARD_SHIFTS
    found = [_shift(record.inner(element)) for element in times.all("WorkingTime")]
    return _joined(record, times, [shift for shift in found if shift is not None])


def _shift(record: Record) -> Shift | None:
    start_text, finish_text = record.text("FromTime"), record.text("ToTime")
    start, finish = parse_time(start_text), parse_time(finish_text)
    if finish == 0:
        finish = MINUTES_PER_DAY
    if not start_text and not finish_text:
        return None
    if start is None or finish is None or start in (finish, MINUTES_PER_DAY):
        record.lose(record.element, _NO_TIME, start=start_text[:20], finish=finish_text[:20])
        return None
    if start > finish:
        record.change(record.element, _OVER_MIDNIGHT, start=start_text, finish=finish_text)
        finish = MINUTES_PER_DAY
    return Shift(start, finish)


def _joined(record: Record, times: Element, shifts: Sequence[Shift]) -> Shifts:
    joined: list[Shift] = []
    for shift in sorted(shifts):
        if joined and shift.start < joined[-1].finish:
            record.change(times, _MERGED)
            joined[-1] = Shift(joined[-1].start, max(joined[-1].finish, shift.finish))
        else:
            joined.append(shift)
    return tuple(joined)


def _old_exceptions(record: Record, week_days: Element | None) -> list[DayException]:
    """Read exceptions as weekdays of type 0, the form before Project 2007."""
    found = []
    for day in week_days.all("WeekDay") if week_days is not None else []:
        inner = record.inner(day)
        if inner.text("DayType") == "0" and (period := _period(inner, day)) is not None:
            found.append(DayException(period[0], period[1] + _ONE_DAY, _day_shifts(inner)))
    return found


def _new_exceptions(record: Record) -> list[DayException]:
    """Read exceptions as Project 2007 and later write them, recurring ones day by day."""
    container = record.element.child("Exceptions")
    found = []
    for element in container.all("Exception") if container is not None else []:
        inner = record.inner(element)
        period = _period(inner, element)
        if period is None:
            continue
        shifts, name = _day_shifts(inner), inner.text("Name")
        kind = inner.integer("Type") or DAILY
        if kind in {DAILY, 9}:
            found.append(DayException(period[0], period[1] + _ONE_DAY, shifts, name))
            continue
        days = occurrences(_recurrence(inner, kind, period))
        inner.change(element, _CUT if len(days) == MAX_OCCURRENCES else _EXPANDED, count=len(days))
        found.extend(DayException(day, day + _ONE_DAY, shifts, name) for day in days)
        if len(found) > MAX_EXCEPTIONS:
            raise record.refused(element, _TOO_MANY, _TOO_MANY_ADVICE, limit=MAX_EXCEPTIONS)
    return found


def _recurrence(record: Record, kind: int, period: tuple[date, date]) -> Recurrence:
    limit = record.integer("Occurrences") if record.flag("EnteredByOccurrences") else None
    return Recurrence(
        type=kind,
        starts_on=period[0],
        ends_on=period[1],
        occurrences=limit if limit and limit > 0 else None,
        period=max(record.integer("Period") or 1, 1),
        days_of_week=(record.integer("DaysOfWeek") or 0) & 127,
        month_item=record.integer("MonthItem") or 0,
        month_position=max(record.integer("MonthPosition") or 0, 0),
        month=max(record.integer("Month") or 0, 0),
        month_day=record.integer("MonthDay") or 1,
    )


def _period(record: Record, element: Element) -> tuple[date, date] | None:
    """Return first and last day; `None`, and an entry of the loss, where there is no valid period."""
    time_period = element.child("TimePeriod")
    texts = ("", "") if time_period is None else tuple(_child_text(time_period, tag) for tag in ("FromDate", "ToDate"))
    first, last = parse_day(texts[0]), parse_day(texts[1])
    if first is None or last is None or last < first:
        record.lose(element, _NO_PERIOD)
        return None
    limits = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    if first > limits[1] or last < limits[0]:
        record.lose(element, _NO_PERIOD)
        return None
    if first < limits[0] or last > limits[1]:
        record.change(time_period or element, _OUTSIDE, first=FIRST_YEAR, last=LAST_YEAR)
    return max(first, limits[0]), min(last, limits[1])


def _child_text(element: Element, tag: str) -> str:
    child = element.child(tag)
    return child.text if child is not None else ""


def _new_periods(record: Record) -> list[tuple[date, date]]:
    container = record.element.child("Exceptions")
    periods = []
    for element in container.all("Exception") if container is not None else []:
        if (time_period := element.child("TimePeriod")) is not None:
            first, last = (parse_day(_child_text(time_period, tag)) for tag in ("FromDate", "ToDate"))
            if first is not None and last is not None:
                periods.append((first, last))
    return periods


def _without_copies(old: Sequence[DayException], periods: Sequence[tuple[date, date]]) -> list[DayException]:
    """Drop what the new form says again: Project 2007 and later write each exception in both forms."""
    united: list[tuple[date, date]] = []
    for first, last in sorted(periods):
        if united and first <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], last))
        else:
            united.append((first, last))
    return [each for each in old if not _is_inside(each, united)]


def _is_inside(exception: DayException, united: Sequence[tuple[date, date]]) -> bool:
    place = bisect_right(united, exception.starts_on, key=lambda period: period[0]) - 1
    return place >= 0 and exception.ends_before - _ONE_DAY <= united[place][1]


def _work_weeks(record: Record) -> list[WorkWeek]:
    container = record.element.child("WorkWeeks")
    found = []
    for element in container.all("WorkWeek") if container is not None else []:
        inner = record.inner(element)
        period = _period(inner, element)
        if period is None:
            continue
        week_days = element.child("WeekDays") or element
        week = _week(inner, week_days, is_base=False)
        found.append(WorkWeek(period[0], period[1] + _ONE_DAY, week, inner.text("Name")))
    return found
