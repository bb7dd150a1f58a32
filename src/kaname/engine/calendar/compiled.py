"""Arithmetic with working time on one calendar."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Self

from kaname.engine.calendar import kernels
from kaname.engine.calendar.stacking import (
    END_DAY,
    CalendarError,
    Day,
    Era,
    Eras,
    Week,
    canonical,
    lay_flat,
    merge_shifts,
    week_of,
)
from kaname.engine.calendar.tables import write_eras
from kaname.engine.calendar.types import Calendar, Shift
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY, day_number, day_of

_WHOLE_DAY: Day = (Shift(0, MINUTES_PER_DAY),)


class NoWorkingTimeError(CalendarError):
    """The calendar has no working time, or none in common with another."""


class CalendarExhaustedError(CalendarError):
    """The working time asked for lies before year 1 or after year 9999."""


@dataclass(frozen=True)
class CompiledCalendar:
    """A calendar ready to compute with; made by `compile_calendar`.

    All moments are wall minutes, all amounts working minutes.  Every method costs O(log eras), where an era is a stretch
    between two changes of the weekly pattern, and answers for all years from 1 to 9999.

    Examples
    --------
    >>> from datetime import datetime
    >>> from kaname.engine.units import wall_minute, wall_moment
    >>> day = (Shift(540, 720), Shift(780, 1080))
    >>> week = compile_calendar([Calendar(1, "JP", (day,) * 5 + ((), ()))], 1)
    >>> friday = wall_minute(datetime(2026, 10, 2, 17, 0))
    >>> str(wall_moment(week.add(friday, 60))), str(wall_moment(week.add(friday, 61)))
    ('2026-10-02 18:00:00', '2026-10-05 09:01:00')
    >>> week.between(friday, wall_minute(datetime(2026, 10, 5, 9, 30)))
    90
    >>> week.add_business_days(date(2026, 10, 2), 1)
    datetime.date(2026, 10, 5)
    """

    name: str
    eras: Eras
    _numbers: list[int] = field(repr=False, compare=False)

    def add(self, minute: int, working_minutes: int) -> int:
        """Return the earliest moment by which `working_minutes` after `minute` are worked.

        The answer is the end of a shift rather than the start of the next one: a task that begins at 09:00 and needs the
        whole day ends at 18:00.  Nothing added returns `minute` itself, working or not; a negative amount subtracts.

        Raises
        ------
        CalendarExhaustedError
            If the answer lies after year 9999.
        """
        if working_minutes <= 0:
            return minute if working_minutes == 0 else self.subtract(minute, -working_minutes)
        return self._inside(kernels.far_finish_moment(self._numbers, 0, self._work(minute) + working_minutes))

    def subtract(self, minute: int, working_minutes: int) -> int:
        """Return the latest moment from which `working_minutes` are worked until `minute`.

        The answer is the start of a shift rather than the end of the one before: the mirror image of `add`.

        Raises
        ------
        CalendarExhaustedError
            If the answer lies before year 1.
        """
        if working_minutes <= 0:
            return minute if working_minutes == 0 else self.add(minute, -working_minutes)
        return self._inside(kernels.far_start_moment(self._numbers, 0, self._work(minute) - working_minutes))

    def between(self, start: int, finish: int) -> int:
        """Return the working minutes from `start` to `finish`, negative if `finish` comes first."""
        return self._work(finish) - self._work(start)

    def is_working(self, minute: int) -> bool:
        """Return whether the minute that begins at `minute` is worked."""
        return self._work(minute + 1) > self._work(minute)

    def next_working(self, minute: int) -> int:
        """Return `minute` if work goes on from there, else the start of the next shift.

        Raises
        ------
        CalendarExhaustedError
            If there is no working time after `minute`.
        """
        return self._inside(kernels.far_start_moment(self._numbers, 0, self._work(minute)))

    def previous_working(self, minute: int) -> int:
        """Return `minute` if work went on until there, else the end of the shift before.

        Raises
        ------
        CalendarExhaustedError
            If there is no working time before `minute`.
        """
        return self._inside(kernels.far_finish_moment(self._numbers, 0, self._work(minute)))

    def shifts_on(self, day: date) -> Day:
        """Return the shifts of a day in ascending order."""
        number = day_number(day)
        era = next(era for era in reversed(self.eras) if era.starts_day <= number)
        return era.week[day.weekday()]

    def is_business_day(self, day: date) -> bool:
        """Return whether any work is done on `day` (営業日); half a day counts."""
        return self._business_days.is_working(day_number(day) * MINUTES_PER_DAY)

    def next_business_day(self, day: date) -> date:
        """Return `day` if it is a business day, else the first one after it."""
        return day_of(self._business_days.next_working(day_number(day) * MINUTES_PER_DAY))

    def previous_business_day(self, day: date) -> date:
        """Return `day` if it is a business day, else the last one before it."""
        return day_of(self._business_days.previous_working((day_number(day) + 1) * MINUTES_PER_DAY) - 1)

    def add_business_days(self, day: date, count: int) -> date:
        """Return the business day `count` business days after `day`, before it if `count` is negative.

        `day` itself is day 0: one business day after a Friday is Monday, one after a Saturday is Monday too.  With a
        count of 0 the answer is `next_business_day`.

        Raises
        ------
        CalendarExhaustedError
            If the answer lies outside the years 1 to 9999.
        """
        start = day_number(day) * MINUTES_PER_DAY
        if count < 0:
            return day_of(self._business_days.subtract(start, -count * MINUTES_PER_DAY))
        if count == 0 or not self.is_business_day(day):
            return day_of(self._business_days.add(start, max(count, 1) * MINUTES_PER_DAY) - 1)
        return day_of(self._business_days.add(start, (count + 1) * MINUTES_PER_DAY) - 1)

    def count_business_days(self, starts_on: date, ends_before: date) -> int:
        """Return the business days in `[starts_on, ends_before)`, negative if the period runs backward."""
        start, end = (day_number(day) * MINUTES_PER_DAY for day in (starts_on, ends_before))
        return self._business_days.between(start, end) // MINUTES_PER_DAY

    def business_days(self, starts_on: date, ends_before: date) -> tuple[date, ...]:
        """Return the business days in `[starts_on, ends_before)` in order."""
        span = range((ends_before - starts_on).days)
        days = (starts_on + timedelta(days=offset) for offset in span)
        return tuple(day for day in days if self.is_business_day(day))

    def intersect(self, other: Self) -> "CompiledCalendar":
        """Return the calendar of the time that both work.

        Raises
        ------
        NoWorkingTimeError
            If they have no minute in common.
        """
        name = f"{self.name} ∩ {other.name}"
        return compile_eras(name, common_eras(self.eras, other.eras))

    @property
    def total_minutes(self) -> int:
        """All working minutes of the years 1 to 9999."""
        return self._numbers[6]

    @cached_property
    def _business_days(self) -> "CompiledCalendar":
        eras = (Era(era.starts_day, week_of(_WHOLE_DAY if day else () for day in era.week)) for era in self.eras)
        return compile_eras(self.name, Eras(eras))

    def _work(self, minute: int) -> int:
        return kernels.far_work_at(self._numbers, 0, minute)

    def _inside(self, moment: int) -> int:
        if abs(moment) == kernels.BEYOND:
            if moment > 0:
                template = gettext_noop("Calendar “%(name)s” has too little working time before the end of year 9999.")
            else:
                template = gettext_noop("Calendar “%(name)s” has too little working time after the start of year 1.")
            raise CalendarExhaustedError(Message(template, {"name": self.name}))
        return moment


def compile_calendar(calendars: Iterable[Calendar], uid: int) -> CompiledCalendar:
    """Compile calendar `uid`, stacked on its base calendars, for arithmetic.

    Parameters
    ----------
    calendars
        All calendars that may be meant, in any order.
    uid
        The one to compile.

    Raises
    ------
    CalendarError
        If a calendar is missing, rests on itself, or has a week or a shift that makes no sense.
    NoWorkingTimeError
        If the calendar never works.
    """
    known = {calendar.uid: calendar for calendar in calendars}
    eras = lay_flat(known.values(), uid)
    return compile_eras(known[uid].name, eras)


@lru_cache(maxsize=512)
def common_eras(one: Eras, other: Eras) -> Eras:
    """Return the eras of the time that both calendars work, possibly none of it."""
    joined: list[Era] = []
    starts = sorted({era.starts_day for era in (*one, *other)})
    mine, yours = iter(_covering(one, starts)), iter(_covering(other, starts))
    for starts_day, left, right in zip(starts, mine, yours, strict=True):
        week = week_of(_common_shifts(*days) for days in zip(left, right, strict=True))
        if not joined or joined[-1].week != week:
            joined.append(Era(starts_day, week))
    return canonical(Eras(joined))


def _covering(eras: tuple[Era, ...], starts: list[int]) -> Iterable[Week]:
    ends = [later.starts_day for _, later in pairwise(eras)] + [END_DAY]
    place = 0
    for start in starts:
        while ends[place] <= start:
            place += 1
        yield eras[place].week


def _common_shifts(left: Day, right: Day) -> Day:
    both = (Shift(max(a.start, b.start), min(a.finish, b.finish)) for a in left for b in right
            if max(a.start, b.start) < min(a.finish, b.finish))  # fmt: skip
    return merge_shifts(both, "")


@lru_cache(maxsize=512)
def compile_eras(name: str, eras: Eras) -> CompiledCalendar:
    """Compile eras that are laid flat already.

    Raises
    ------
    NoWorkingTimeError
        If they hold no working time.
    """
    numbers = write_eras([eras]).tolist()
    if numbers[6] == 0:
        template = gettext_noop("Calendar “%(name)s” has no working time at all. Give it at least one shift.")
        raise NoWorkingTimeError(Message(template, {"name": name}))
    return CompiledCalendar(name, eras, numbers)
