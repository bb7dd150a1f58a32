"""Working time on flat arrays: the one implementation behind the scalar calendar and the network.

Every function here is plain Python on two sequences of integers, `eras` and `days`, and runs unchanged as compiled code
(`kaname.engine.calendar.jit`).  `calendar` is the number of a calendar inside the sequences, `CLOCK` is the calendar that
always works.  Moments are wall minutes; *work* is the count of working minutes since year 1 on that calendar.

Between two shifts lie many moments with the same work.  Turning work back into a moment therefore has two answers:
`start_moment` is the latest one, where the next minute of work begins (09:00), and `finish_moment` the earliest one,
where the last minute of work ended (18:00 of the day before).

`eras` answers for every day from year 1 to 9999 in O(log eras); `days` holds a table of some decades with one entry a
day, and answers there in O(1).  Layout of both: see `kaname.engine.calendar.tables`.
"""

from typing import Final, Protocol


class Ints(Protocol):
    """A list of integers or an array of them."""

    def __getitem__(self, place: int, /) -> int: ...
    def __setitem__(self, place: int, value: int, /) -> None: ...
    def __len__(self) -> int: ...


CLOCK: Final = -1
BEYOND: Final = 1 << 60
"""Stands for a moment after year 9999; its negative for one before year 1."""

HEADER: Final = 8
DAY_BITS: Final = 16
"""A step holds two days of the table in so many bits each."""
DAY_MASK: Final = (1 << DAY_BITS) - 1
PATTERN_BITS: Final = 6
"""A day of the table holds the number of its pattern in so many bits, and above them the work before it."""
PATTERN_MASK: Final = (1 << PATTERN_BITS) - 1
MINUTES: Final = 1440
PATTERN_WIDTH: Final = 2 * MINUTES + 1
STARTS: Final = MINUTES + 1
"""Where the starts of the working minutes begin in a pattern."""


def work_at(eras: Ints, days: Ints, calendar: int, moment: int) -> int:
    """Return the working minutes from year 1 to `moment`."""
    if calendar < 0:
        return moment
    day = moment // MINUTES
    head = calendar * HEADER
    place = day - days[head]
    if 0 <= place < days[head + 1]:
        entry = days[days[head + 2] + place]
        at = days[head + 3] + (entry & PATTERN_MASK) * PATTERN_WIDTH + moment - day * MINUTES
        return eras[head + 4] + (entry >> PATTERN_BITS) + days[at]
    return far_work_at(eras, calendar, moment)


def start_moment(eras: Ints, days: Ints, calendar: int, work: int) -> int:
    """Return the latest moment at which `work` minutes are done: the start of the next working minute."""
    if calendar < 0:
        return work
    head = calendar * HEADER
    rest = work - eras[head + 4]
    if 0 <= rest < days[head + 5]:
        step = days[days[head + 4] + (rest >> days[head + 6])]
        place = step & DAY_MASK
        later = step >> DAY_BITS
        place += (later - place) * ((days[days[head + 2] + later] >> PATTERN_BITS) <= rest)
        entry = days[days[head + 2] + place]
        at = days[head + 3] + (entry & PATTERN_MASK) * PATTERN_WIDTH + STARTS + rest - (entry >> PATTERN_BITS)
        return (days[head] + place) * MINUTES + days[at]
    return far_start_moment(eras, calendar, work)


def finish_moment(eras: Ints, days: Ints, calendar: int, work: int) -> int:
    """Return the earliest moment at which `work` minutes are done: the end of the last working minute."""
    if calendar < 0:
        return work
    head = calendar * HEADER
    rest = work - eras[head + 4]
    if 0 < rest <= days[head + 5]:
        step = days[days[head + 4] + ((rest - 1) >> days[head + 6])]
        place = step & DAY_MASK
        later = step >> DAY_BITS
        place += (later - place) * ((days[days[head + 2] + later] >> PATTERN_BITS) < rest)
        entry = days[days[head + 2] + place]
        at = days[head + 3] + (entry & PATTERN_MASK) * PATTERN_WIDTH + MINUTES + rest - (entry >> PATTERN_BITS)
        return (days[head] + place) * MINUTES + days[at] + 1
    return far_finish_moment(eras, calendar, work)


def far_work_at(eras: Ints, calendar: int, moment: int) -> int:
    """Return what `work_at` returns, for any day of the years 1 to 9999; beyond them the nearest end of time."""
    head = calendar * HEADER
    starts = eras[head + 1]
    moment = min(max(moment, eras[starts] * MINUTES), eras[head + 5] * MINUTES)
    day = moment // MINUTES
    low = 0
    high = eras[head]
    while high - low > 1:
        middle = (low + high) >> 1
        if eras[starts + middle] <= day:
            low = middle
        else:
            high = middle
    week = eras[eras[head + 3] + low]
    first = eras[starts + low] + 3
    now = day + 3
    done = (now // 7 - first // 7) * eras[week + 7] + eras[week + now % 7] - eras[week + first % 7]
    shifts = eras[week + 8 + now % 7]
    minute = moment - day * MINUTES
    for index in range(eras[shifts]):
        at = shifts + 1 + 3 * index
        if minute <= eras[at]:
            break
        done += min(minute, eras[at + 1]) - eras[at]
    return eras[eras[head + 2] + low] + done


def far_start_moment(eras: Ints, calendar: int, work: int) -> int:
    """Return what `start_moment` returns, for any day of the years 1 to 9999, else plus or minus `BEYOND`."""
    head = calendar * HEADER
    sums = eras[head + 2]
    if work < 0:
        return -BEYOND
    if work >= eras[head + 6]:
        return BEYOND
    low = 0
    high = eras[head]
    while high - low > 1:
        middle = (low + high) >> 1
        if eras[sums + middle] <= work:
            low = middle
        else:
            high = middle
    week = eras[eras[head + 3] + low]
    first = eras[eras[head + 1] + low] + 3
    rest = work - eras[sums + low] + (first // 7) * eras[week + 7] + eras[week + first % 7]
    weeks = rest // eras[week + 7]
    rest -= weeks * eras[week + 7]
    weekday = 0
    while eras[week + weekday + 1] <= rest:
        weekday += 1
    rest -= eras[week + weekday]
    at = eras[week + 8 + weekday] + 1
    while eras[at + 1] - eras[at] <= rest:
        rest -= eras[at + 1] - eras[at]
        at += 3
    return (weeks * 7 + weekday - 3) * MINUTES + eras[at] + rest


def far_finish_moment(eras: Ints, calendar: int, work: int) -> int:
    """Return what `finish_moment` returns, for any day of the years 1 to 9999, else plus or minus `BEYOND`."""
    head = calendar * HEADER
    sums = eras[head + 2]
    if work <= 0:
        return -BEYOND
    if work > eras[head + 6]:
        return BEYOND
    low = 0
    high = eras[head]
    while high - low > 1:
        middle = (low + high) >> 1
        if eras[sums + middle] < work:
            low = middle
        else:
            high = middle
    week = eras[eras[head + 3] + low]
    first = eras[eras[head + 1] + low] + 3
    rest = work - eras[sums + low] + (first // 7) * eras[week + 7] + eras[week + first % 7]
    weeks = (rest - 1) // eras[week + 7]
    rest -= weeks * eras[week + 7]
    weekday = 0
    while eras[week + weekday + 1] < rest:
        weekday += 1
    rest -= eras[week + weekday]
    at = eras[week + 8 + weekday] + 1
    while eras[at + 1] - eras[at] < rest:
        rest -= eras[at + 1] - eras[at]
        at += 3
    return (weeks * 7 + weekday - 3) * MINUTES + eras[at] + rest
