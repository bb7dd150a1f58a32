"""Lay stacked calendars flat: one weekly pattern for every stretch of days.

The result of stacking is a sequence of *eras*.  An era is a stretch of days with one weekly pattern; an exception of
three days is an era whose seven weekdays are alike.  The first era begins at year 1 and the last one never ends, so a
calendar costs memory for its exceptions alone.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from kaname.engine.calendar.types import Calendar, DayException, Shift, WorkWeek
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY, day_number

FIRST_DAY: Final = day_number(date.min)
END_DAY: Final = day_number(date.max) + 1

Day = tuple[Shift, ...]
Week = tuple[Day, Day, Day, Day, Day, Day, Day]


class CalendarError(ValueError):
    """A calendar that cannot be computed with; `message` says which and why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True, slots=True)
class Era:
    """Days from `starts_day` (days since 1970-01-01) to the next era, with the same week, Monday first."""

    starts_day: int
    week: Week


class Eras(tuple[Era, ...]):  # noqa: SLOT001 - the kept hash needs a place
    """The eras of a calendar, hashed once."""

    def __hash__(self) -> int:
        """Return the hash of the eras, kept."""
        kept = self.__dict__.get("kept")
        if kept is None:
            kept = self.__dict__["kept"] = super().__hash__()
        return int(kept)


@lru_cache(maxsize=512)
def canonical(eras: Eras) -> Eras:
    """Return one object for all equal eras, so that they are compared by identity."""
    return eras


def lay_flat(calendars: Iterable[Calendar], uid: int) -> Eras:
    """Resolve calendar `uid` with all that it is stacked on.

    Parameters
    ----------
    calendars
        All calendars that may be meant, in any order.
    uid
        The one to resolve.

    Returns
    -------
    Eras
        Ascending by `starts_day`, the first at year 1; two neighbours always differ.

    Raises
    ------
    CalendarError
        If a calendar is missing, rests on itself, or has a week or a shift that makes no sense.

    Examples
    --------
    >>> day = (Shift(540, 1080),)
    >>> eras = lay_flat([Calendar(1, "plain", (day,) * 5 + ((), ()))], 1)
    >>> len(eras), eras[0].week[0]
    (1, (Shift(start=540, finish=1080),))
    """
    return _lay_chain(tuple(chain_of({calendar.uid: calendar for calendar in calendars}, uid)))


@lru_cache(maxsize=512)
def _lay_chain(chain: tuple[Calendar, ...]) -> Eras:
    """Lay a calendar flat with all below it; kept, because plans are worked out again and again on equal calendars."""
    starts = _boundaries(chain)
    painted = [
        (_paint(starts, calendar.exceptions), _paint(starts, calendar.work_weeks), calendar) for calendar in chain
    ]
    eras: list[Era] = []
    weeks: dict[tuple[object, ...], Week] = {}
    for place, starts_day in enumerate(starts):
        look = _look(painted, place)
        if look not in weeks:
            weeks[look] = week_of(_day(painted, place, weekday) for weekday in range(7))
        week = weeks[look]
        if not eras or eras[-1].week != week:
            eras.append(Era(starts_day, week))
    return canonical(Eras(eras))


def merge_shifts(shifts: Iterable[Shift], owner: str) -> Day:
    """Sort shifts and join those that touch or overlap.

    Raises
    ------
    CalendarError
        If a shift is empty, runs backward or leaves the day; `owner` is the calendar named in the message.

    Examples
    --------
    >>> merge_shifts([Shift(780, 1080), Shift(540, 720), Shift(720, 780)], "x")
    (Shift(start=540, finish=1080),)
    """
    merged: list[Shift] = []
    for shift in sorted(shifts):
        if not 0 <= shift.start < shift.finish <= MINUTES_PER_DAY:
            template = gettext_noop(
                "Calendar “%(name)s” has a shift from minute %(start)s to minute %(finish)s of a day. "
                "A shift begins before it ends and stays within one day."
            )
            raise CalendarError(Message(template, {"name": owner, "start": shift.start, "finish": shift.finish}))
        if merged and shift.start <= merged[-1].finish:
            merged[-1] = Shift(merged[-1].start, max(merged[-1].finish, shift.finish))
        else:
            merged.append(shift)
    return tuple(merged)


def week_of(days: Iterable[Day]) -> Week:
    """Return seven days, Monday first, as a week."""
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = days
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


_Painted = tuple[list[DayException | None], list[WorkWeek | None], Calendar]


def _look(painted: list[_Painted], place: int) -> tuple[object, ...]:
    """Return what decides the week of a place, so that days alike are laid flat once."""
    return tuple(
        (None if (exception := exceptions[place]) is None else exception.shifts, id(work_weeks[place]))
        for exceptions, work_weeks, _calendar in painted
    )


def _day(painted: list[_Painted], place: int, weekday: int) -> Day:
    for level, (exceptions, work_weeks, calendar) in enumerate(painted):
        exception = exceptions[place]
        if exception is not None:
            return merge_shifts(exception.shifts, calendar.name)
        work_week = work_weeks[place]
        if work_week is not None and work_week.week[weekday] is not None:
            return merge_shifts(work_week.week[weekday] or (), calendar.name)
        own = calendar.week[weekday]
        if own is not None:
            for exceptions_below, _, base in painted[level + 1 :]:
                holiday = exceptions_below[place]
                if holiday is not None:
                    return merge_shifts(holiday.shifts, base.name)
            return merge_shifts(own, calendar.name)
    return ()


def _paint[Span: (DayException, WorkWeek)](starts: list[int], spans: tuple[Span, ...]) -> list[Span | None]:
    owner: list[Span | None] = [None] * len(starts)
    for span in spans:
        first = bisect_left(starts, day_number(span.starts_on))
        end = bisect_left(starts, day_number(span.ends_before))
        if end > first:
            owner[first:end] = [span] * (end - first)
    return owner


def _boundaries(chain: Sequence[Calendar]) -> list[int]:
    days = {FIRST_DAY}
    for calendar in chain:
        spans: list[DayException | WorkWeek] = [*calendar.exceptions, *calendar.work_weeks]
        for span in spans:
            if span.starts_on < span.ends_before:
                days.add(day_number(span.starts_on))
                days.add(day_number(span.ends_before))
    return sorted(days)


def chain_of(known: Mapping[int, Calendar], uid: int) -> list[Calendar]:
    """Return a calendar and all that it is stacked on, the calendar itself first.

    Raises
    ------
    CalendarError
        If one is missing, rests on itself, or has a week that is none.
    """
    chain: list[Calendar] = []
    wanted: int | None = uid
    while wanted is not None:
        calendar = known.get(wanted)
        if calendar is None:
            name = chain[-1].name if chain else ""
            template = gettext_noop("Calendar number %(uid)s, on which “%(name)s” rests, does not exist.")
            raise CalendarError(Message(template, {"uid": wanted, "name": name}))
        if any(calendar.uid == above.uid for above in chain):
            names = " → ".join(above.name for above in (*chain, calendar))
            template = gettext_noop("Calendars rest on one another in a ring: %(names)s.")
            raise CalendarError(Message(template, {"names": names}))
        _check_weeks(calendar)
        chain.append(calendar)
        wanted = calendar.base_uid
    return chain


def _check_weeks(calendar: Calendar) -> None:
    for week in (calendar.week, *(span.week for span in calendar.work_weeks)):
        if len(week) != 7:
            template = gettext_noop("Calendar “%(name)s” has a week of %(count)s days instead of 7.")
            raise CalendarError(Message(template, {"name": calendar.name, "count": len(week)}))
