"""Working time by the plan's calendar, as far as reading a sheet needs it: is this day worked, how many minutes between.

The engine's compiled calendars are not used here: a reader runs in a small child process that loads no arrays.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from kaname.engine.calendar.types import Calendar, Shift
from kaname.engine.units import MINUTES_PER_DAY, day_number, day_of

MORNING: Final = Shift(9 * 60, 12 * 60)
AFTERNOON: Final = Shift(13 * 60, 18 * 60)
STANDARD: Final = Calendar(uid=1, name="Standard", week=((MORNING, AFTERNOON),) * 5 + ((), ()))
"""What a sheet without a calendar is taken to mean: Monday to Friday, 9:00 to 18:00 with an hour of lunch."""
_LONGEST_SEARCH: Final = 400
_DEEPEST_STACK: Final = 16


class WorkingTime:
    """Working minutes of one calendar on top of its bases."""

    def __init__(self, calendars: Sequence[Calendar], uid: int) -> None:
        by_uid: Mapping[int, Calendar] = {calendar.uid: calendar for calendar in calendars}
        chain: list[Calendar] = []
        calendar = by_uid.get(uid)
        while calendar is not None and len(chain) < _DEEPEST_STACK:
            chain.append(calendar)
            calendar = by_uid.get(calendar.base_uid) if calendar.base_uid is not None else None
        self._chain = tuple(chain)
        self._days: dict[int, tuple[Shift, ...]] = {}
        self._until: dict[int, int] = {}

    def shifts(self, day: int) -> tuple[Shift, ...]:
        """Return the shifts of a day number."""
        if day not in self._days:
            self._days[day] = _shifts_of(self._chain, day_of(day * MINUTES_PER_DAY))
        return self._days[day]

    def opening(self, day: date) -> int:
        """Return the moment at which work begins on a day, also where nobody works on it."""
        number = day_number(day)
        return number * MINUTES_PER_DAY + (self.shifts(number) or self._usual)[0].start

    def closing(self, day: date) -> int:
        """Return the moment at which work ends on a day, also where nobody works on it."""
        number = day_number(day)
        return number * MINUTES_PER_DAY + (self.shifts(number) or self._usual)[-1].finish

    def is_start(self, minute: int) -> bool:
        """Tell whether work can begin at a moment."""
        day, rest = divmod(minute, MINUTES_PER_DAY)
        return any(shift.start <= rest < shift.finish for shift in self.shifts(day))

    def is_finish(self, minute: int) -> bool:
        """Tell whether work can end at a moment."""
        day, rest = divmod(minute, MINUTES_PER_DAY)
        if rest == 0 and any(shift.finish == MINUTES_PER_DAY for shift in self.shifts(day - 1)):
            return True
        return any(shift.start < rest <= shift.finish for shift in self.shifts(day))

    def minutes_between(self, start: int, finish: int) -> int:
        """Return the working minutes in `[start, finish)`; costs O(days), once per day."""
        return self._worked_until(finish) - self._worked_until(start)

    def next_start(self, minute: int) -> int:
        """Return the first moment at or after `minute` at which work can begin, `minute` itself where none is near."""
        day, rest = divmod(minute, MINUTES_PER_DAY)
        for number in range(day, day + _LONGEST_SEARCH):
            for shift in self.shifts(number):
                if number > day or rest < shift.finish:
                    return number * MINUTES_PER_DAY + (shift.start if number > day else max(rest, shift.start))
        return minute

    def add(self, minute: int, amount: int) -> int:
        """Return the moment at which `amount` working minutes after `minute` are done, the earliest such moment."""
        return self._forward(minute, amount) if amount > 0 else self._backward(minute, -amount)

    def _forward(self, minute: int, amount: int) -> int:
        day, idle = minute // MINUTES_PER_DAY, 0
        while amount > 0 and idle < _LONGEST_SEARCH:
            shifts = self.shifts(day)
            idle = 0 if shifts else idle + 1
            for shift in shifts:
                start = max(day * MINUTES_PER_DAY + shift.start, minute)
                length = max(0, day * MINUTES_PER_DAY + shift.finish - start)
                if length >= amount:
                    return start + amount
                amount -= length
            day += 1
        return minute

    def _backward(self, minute: int, amount: int) -> int:
        day, idle = minute // MINUTES_PER_DAY, 0
        while amount > 0 and idle < _LONGEST_SEARCH:
            shifts = self.shifts(day)
            idle = 0 if shifts else idle + 1
            for shift in reversed(shifts):
                finish = min(day * MINUTES_PER_DAY + shift.finish, minute)
                length = max(0, finish - day * MINUTES_PER_DAY - shift.start)
                if length >= amount:
                    return finish - amount
                amount -= length
            day -= 1
        return minute

    @cached_property
    def _usual(self) -> tuple[Shift, ...]:
        days = (shifts for calendar in self._chain for shifts in calendar.week if shifts)
        return next(days, (MORNING, AFTERNOON))

    def _worked_until(self, minute: int) -> int:
        day, rest = divmod(minute, MINUTES_PER_DAY)
        today = sum(max(0, min(rest, shift.finish) - shift.start) for shift in self.shifts(day))
        return self._worked_before(day) + today

    def _worked_before(self, day: int) -> int:
        """Return the working minutes before a day, counted from the first day that was ever asked for."""
        if not self._until:
            self._until[day] = 0
            self._first = self._last = day
        while self._last < day:
            self._until[self._last + 1] = self._until[self._last] + sum(
                s.finish - s.start for s in self.shifts(self._last)
            )
            self._last += 1
        while self._first > day:
            self._until[self._first - 1] = self._until[self._first] - sum(
                s.finish - s.start for s in self.shifts(self._first - 1)
            )
            self._first -= 1
        return self._until[day]


def _shifts_of(chain: Sequence[Calendar], day: date) -> tuple[Shift, ...]:
    """Own exception, own work week, an exception of a base, own week, then the bases' own in the same order."""
    for position, calendar in enumerate(chain):
        spoken = _own_special(calendar, day)
        if spoken is not None:
            return spoken
        for base in chain[position + 1 :]:
            exception = _exception(base, day)
            if exception is not None:
                return exception
        week = calendar.week[day.weekday()]
        if week is not None:
            return week
    return ()


def _exception(calendar: Calendar, day: date) -> tuple[Shift, ...] | None:
    for exception in reversed(calendar.exceptions):
        if exception.starts_on <= day < exception.ends_before:
            return exception.shifts
    return None


def _own_special(calendar: Calendar, day: date) -> tuple[Shift, ...] | None:
    exception = _exception(calendar, day)
    if exception is not None:
        return exception
    for week in calendar.work_weeks:
        if week.starts_on <= day < week.ends_before and week.week[day.weekday()] is not None:
            return week.week[day.weekday()]
    return None
