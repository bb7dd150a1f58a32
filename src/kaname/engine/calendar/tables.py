"""Eras written as flat arrays, as the kernels read them.

Layout of `eras`, per calendar a header of eight numbers at `calendar * 8`:

0. count of eras, 1. where their first days begin, 2. where the work before each era begins, 3. where their weeks begin,
4. work before the day table, 5. the day after the last day, 6. all work of the calendar, 7. count of calendars.

A week is fifteen numbers: work before Monday, before Tuesday, …, before Sunday, of the whole week, then where the shifts
of the seven days are.  Shifts are a count and then, per shift, start, finish, and the work before it.

Layout of `days`, per calendar a header at `calendar * 8`:

0. first day of the table, 1. count of days or 0 if the calendar is not in the table, 2. where the days begin, 3. where the
patterns begin, 4. where the steps begin, 5. work of the whole table or 0 if there are no steps, 6. how many bits of work
one step covers.

A day is one number: the work before it, and in the lowest `PATTERN_BITS` its pattern.  A pattern is `PATTERN_WIDTH` numbers:
for every minute 0 to 1440 the work before it, then for every minute of work where it starts.  Patterns are shared by all
calendars; one that needs more of them than a day can number is left out of the table.

Steps lead from work to days.  Each is one number: the day in which it begins, and above `DAY_BITS` that in which the next
step begins.  A step is no longer than the shortest working day and so lies in these two days at most.  A calendar with a
working day of less than 32 minutes has no steps.

All of it is as small as it can be, because a pass over a large plan waits for these tables more than for anything else.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.calendar.kernels import DAY_BITS, HEADER, PATTERN_BITS, PATTERN_WIDTH
from kaname.engine.calendar.stacking import END_DAY, FIRST_DAY, Day, Era, Week
from kaname.engine.units import MINUTES_PER_DAY

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

_LEAST_BITS: Final = 5
_MOST_BITS: Final = 8
MOST_DAYS: Final = 14_610
"""Forty years: what a day table covers at most, so that no plan makes it grow without end."""


@dataclass(frozen=True)
class Tables:
    """The arrays of several calendars, numbered in the order in which they were given."""

    eras: Int64s
    days: Int32s

    @cached_property
    def lists(self) -> tuple[list[int], list[int]]:
        """Both as plain Python reads them, made when first asked for."""
        return self.eras.tolist(), self.days.tolist()


def write_tables(calendars: Sequence[Sequence[Era]], *, first_day: int, count: int) -> Tables:
    """Write calendars as flat arrays.

    Parameters
    ----------
    calendars
        The eras of each calendar, as `stacking.lay_flat` returns them.
    first_day, count
        The days that the O(1) table covers; at most `MOST_DAYS` are taken and 0 leaves it out.

    Returns
    -------
    Tables
        int64 eras and int32 days.  Memory: 12 kB per distinct day pattern and about
        10 bytes per day and calendar.
    """
    count = min(count, MOST_DAYS)
    eras = write_eras(calendars)
    days = _Days(len(calendars), first_day, count)
    for number, calendar in enumerate(calendars):
        eras[number * HEADER + 4] = days.append(number, calendar, eras)
    return Tables(eras, days.array())


def write_eras(calendars: Sequence[Sequence[Era]]) -> Int64s:
    """Write the eras of calendars as one flat int64 array, without a day table."""
    numbers: list[int] = [0] * (HEADER * len(calendars))
    weeks: dict[Week, int] = {}
    shifts: dict[Day, int] = {}
    for number, calendar in enumerate(calendars):
        head = number * HEADER
        places = [_write_week(numbers, era.week, weeks, shifts) for era in calendar]
        starts = [era.starts_day for era in calendar]
        ends = [*starts[1:], END_DAY]
        sums = [0]
        for start, end, place in zip(starts, ends, places, strict=True):
            sums.append(sums[-1] + _work_between(numbers, place, start, end))
        numbers[head : head + 8] = [len(calendar), len(numbers), 0, 0, 0, END_DAY, sums[-1], len(calendars)]
        numbers += starts
        numbers[head + 2] = len(numbers)
        numbers += sums[:-1]
        numbers[head + 3] = len(numbers)
        numbers += places
    return np.array(numbers, dtype=np.int64)


def day_work(day: Day) -> int:
    """Return the working minutes of a day."""
    return sum(shift.finish - shift.start for shift in day)


def _work_between(numbers: list[int], week: int, start: int, end: int) -> int:
    first, last = start + 3, end + 3
    whole = (last // 7 - first // 7) * numbers[week + 7]
    return whole + numbers[week + last % 7] - numbers[week + first % 7]


def _write_week(numbers: list[int], week: Week, weeks: dict[Week, int], shifts: dict[Day, int]) -> int:
    if week not in weeks:
        for day in week:
            if day not in shifts:
                shifts[day] = len(numbers)
                numbers.append(len(day))
                done = 0
                for shift in day:
                    numbers += (shift.start, shift.finish, done)
                    done += shift.finish - shift.start
        weeks[week] = len(numbers)
        sums = [0]
        for day in week:
            sums.append(sums[-1] + day_work(day))
        numbers += sums
        numbers += [shifts[day] for day in week]
    return weeks[week]


class _Days:
    def __init__(self, calendars: int, first_day: int, count: int) -> None:
        self._header = np.zeros(HEADER * calendars, dtype=np.int64)
        self._parts: list[Int64s] = []
        self._length = self._header.size
        self._patterns: dict[Day, int] = {}
        self._first_day = max(first_day, FIRST_DAY)
        self._count = max(min(count, END_DAY - self._first_day), 0)

    def append(self, number: int, calendar: Sequence[Era], eras: Int64s) -> int:
        """Add one calendar and return its work before the first day of the table."""
        head = number * HEADER
        if len({day for era in calendar for day in era.week} | self._patterns.keys()) > 1 << PATTERN_BITS:
            return self._work_before(calendar, eras, head)
        places, work = self._day_patterns(calendar)
        sums = np.concatenate(([0], np.cumsum(work)))
        working = np.flatnonzero(work)
        bits = min(int(work[working].min(initial=1440)).bit_length() - 1, _MOST_BITS)
        self._header[head : head + 2] = (self._first_day, self._count)
        self._header[head + 2] = self._add((sums[:-1] << PATTERN_BITS) + places)
        if bits >= _LEAST_BITS:
            begins = np.arange(0, int(sums[-1]), 1 << bits)
            days = working[np.searchsorted(sums[working + 1], begins, side="right")]
            self._header[head + 4] = self._add(days + (np.append(days[1:], days[-1:]) << DAY_BITS))
            self._header[head + 5 : head + 7] = (sums[-1], bits)
        return self._work_before(calendar, eras, head)

    def array(self) -> Int32s:
        self._header[3::HEADER] = self._length
        patterns = [_pattern(day) for day in self._patterns]
        return np.concatenate([self._header, *self._parts, *patterns]).astype(np.int32)

    def _add(self, part: Int64s) -> int:
        place = self._length
        self._parts.append(part)
        self._length += part.size
        return place

    def _day_patterns(self, calendar: Sequence[Era]) -> tuple[Int64s, Int64s]:
        places = np.zeros(self._count, dtype=np.int64)
        work = np.zeros(self._count, dtype=np.int64)
        last = self._first_day + self._count
        for era, end in zip(calendar, [*(era.starts_day for era in calendar[1:]), END_DAY], strict=True):
            span = slice(max(era.starts_day - self._first_day, 0), max(min(end, last) - self._first_day, 0))
            if span.start < span.stop:
                weekday = (np.arange(span.start, span.stop) + self._first_day + 3) % 7
                places[span] = np.array([self._patterns.setdefault(day, len(self._patterns)) for day in era.week])[
                    weekday
                ]
                work[span] = np.array([day_work(day) for day in era.week])[weekday]
        return places, work

    def _work_before(self, calendar: Sequence[Era], eras: Int64s, head: int) -> int:
        place = max(bisect_right(calendar, self._first_day, key=lambda era: era.starts_day) - 1, 0)
        week = int(eras[eras[head + 3] + place])
        numbers = eras[week : week + 8].tolist()
        before = int(eras[eras[head + 2] + place])
        return before + _work_between(numbers, 0, calendar[place].starts_day, self._first_day)


def _pattern(day: Day) -> Int64s:
    pattern = np.zeros(PATTERN_WIDTH, dtype=np.int64)
    for shift in day:
        pattern[shift.start + 1 : shift.finish + 1] = 1
    starts = np.flatnonzero(pattern) - 1
    pattern = np.cumsum(pattern)
    pattern[MINUTES_PER_DAY + 1 :] = 0
    pattern[MINUTES_PER_DAY + 1 :][: starts.size] = starts
    return pattern
