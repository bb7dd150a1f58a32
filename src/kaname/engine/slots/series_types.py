"""The words of a series of meetings."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kaname.engine.calendar import CompiledCalendar
from kaname.engine.slots.cadence import Cadence, HolidayRule
from kaname.engine.slots.types import Meeting, Slot, Weights
from kaname.engine.text import Message

WORKING_WEEK = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A meeting that is held again and again.

    Parameters
    ----------
    meeting
        Who, where, how long, every time.
    cadence
        How often.
    starts_on, ends_before
        The period, at most ten years.
    calendar
        Its days without work are the days off of the series.
    holiday_rule
        What becomes of a meeting that falls on one.
    weekdays
        The weekdays to choose from, 0 = Monday.
    move_days
        How many days a meeting may be moved where the planned time is not possible; 0 = within its day only.
    """

    meeting: Meeting
    cadence: Cadence
    starts_on: date
    ends_before: date
    calendar: CompiledCalendar
    holiday_rule: HolidayRule = HolidayRule.DAY_BEFORE
    weekdays: tuple[int, ...] = WORKING_WEEK
    move_days: int = 2


class OccurrenceState(StrEnum):
    """What became of one meeting of a series."""

    PLANNED = "planned"
    MOVED_BY_RULE = "moved_by_rule"
    MOVED = "moved"
    DROPPED = "dropped"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One meeting of a series.

    Parameters
    ----------
    nominal_on
        The day that the rule names.
    state
        `PLANNED` and `MOVED_BY_RULE` are held at the time of the series, `MOVED` at another; `DROPPED` is left out by rule;
        for `MISSING` there is no slot near enough.
    slot
        When and where it is held; `None` if it is not.
    """

    nominal_on: date
    state: OccurrenceState
    slot: Slot | None
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesOption:
    """A weekday and a time for the whole series.

    Parameters
    ----------
    weekday
        0 = Monday; `None` where the rule names no weekday.
    minute_of_day
        When every meeting begins that is not moved.
    room_uid
        The room in which most meetings can be held; `None` where no room is needed.
    missing, moves, room_changes
        Meetings without a slot, at another time, and in another room.
    score
        Mean score of the meetings that are held, rounded down.
    """

    rank: int
    weekday: int | None
    minute_of_day: int
    room_uid: int | None
    missing: int
    moves: int
    room_changes: int
    score: int
    occurrences: tuple[Occurrence, ...]
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesReport:
    """The answer to `find_series`: the best options, how many weekdays and times could be held at all, and the weights."""

    options: tuple[SeriesOption, ...]
    possible: int
    weights: Weights
