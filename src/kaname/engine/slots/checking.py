"""Refuse meetings that make no sense, with a sentence that says why."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NoReturn

from kaname.engine.scoring import unsound_weights
from kaname.engine.slots.types import (
    MAX_LENGTH_MINUTES,
    MAX_STARTS,
    MAX_WINDOW_DAYS,
    Buffer,
    Criterion,
    Meeting,
    MeetingError,
    Person,
    Preferences,
    Room,
)
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY, day_number

_EARLIEST: Final = day_number(date(2, 1, 1)) * MINUTES_PER_DAY
_LATEST: Final = day_number(date(9999, 1, 1)) * MINUTES_PER_DAY


def check_meeting(meeting: Meeting) -> None:
    """Refuse a meeting whose numbers contradict themselves.

    Raises
    ------
    MeetingError
        With the first thing that is wrong.
    """
    if not 0 < meeting.length_minutes <= MAX_LENGTH_MINUTES:
        refuse(gettext_noop("A meeting lasts 1 to 1440 minutes, not %(length)s."), {"length": meeting.length_minutes})
    if meeting.step_minutes <= 0 or MINUTES_PER_DAY % meeting.step_minutes:
        template = gettext_noop("A day of 1440 minutes cannot be divided into steps of %(step)s minutes.")
        refuse(template, {"step": meeting.step_minutes})
    if not meeting.people:
        refuse(gettext_noop("Nobody is invited. Name at least one person."))
    if meeting.seats is not None and meeting.seats < 0:
        refuse(gettext_noop("A meeting cannot need %(seats)s seats."), {"seats": meeting.seats})
    _check_buffers((meeting.people_buffer, meeting.room_buffer))
    _check_once(meeting.people)
    _check_once(meeting.rooms)
    if meeting.zone is None:
        _check_zones((*meeting.people, *meeting.rooms))
    for room in meeting.rooms:
        if room.seats < 0:
            refuse(gettext_noop("%(name)s cannot have %(seats)s seats."), {"name": room.name, "seats": room.seats})


def check_preferences(preferences: Preferences) -> None:
    """Refuse preferences that cannot rank.

    Raises
    ------
    MeetingError
        With the first thing that is wrong.
    """
    if not preferences.weights.is_sound(Criterion):
        raise MeetingError(unsound_weights())
    if not 0 <= preferences.lunch_start <= preferences.lunch_finish <= MINUTES_PER_DAY:
        refuse(gettext_noop("Lunch begins before it ends and stays within one day."))
    if preferences.count < 1 or preferences.apart_minutes < 0 or preferences.long_block_minutes < 1:
        refuse(
            gettext_noop("Ask for at least one slot, a distance of 0 minutes or more and a block of 1 minute or more.")
        )


def check_window(from_at: int, until_at: int, *, step: int) -> None:
    """Refuse a window that is empty, too long or too far away.

    Raises
    ------
    MeetingError
        If it ends before it begins, lies outside the years 2 to 9998, is longer than ten years, or holds more than two
        million starts.
    """
    if until_at <= from_at:
        refuse(gettext_noop("The window ends before it begins."))
    if from_at < _EARLIEST or until_at > _LATEST:
        refuse(gettext_noop("The window lies outside the years 2 to 9998."))
    if until_at - from_at > MAX_WINDOW_DAYS * MINUTES_PER_DAY:
        refuse(gettext_noop("The window is longer than %(days)s days."), {"days": MAX_WINDOW_DAYS})
    if (until_at - from_at) // step > MAX_STARTS:
        template = gettext_noop("The window holds more than %(count)s starts. Make it shorter or the steps longer.")
        refuse(template, {"count": MAX_STARTS})


def refuse(template: str, params: Mapping[str, str | int] | None = None) -> NoReturn:
    """Raise a `MeetingError` with a sentence."""
    raise MeetingError(Message(template, params or {}))


def _check_buffers(buffers: Iterable[Buffer]) -> None:
    for buffer in buffers:
        if not (0 <= buffer.before_minutes <= MINUTES_PER_DAY and 0 <= buffer.after_minutes <= MINUTES_PER_DAY):
            refuse(gettext_noop("Time kept free before and after a meeting is 0 to 1440 minutes."))


def _check_once(owners: tuple[Person, ...] | tuple[Room, ...]) -> None:
    counted = Counter(owner.uid for owner in owners)
    for owner in owners:
        if counted[owner.uid] > 1:
            template = gettext_noop("Number %(uid)s (%(name)s) is given more than once.")
            refuse(template, {"uid": owner.uid, "name": owner.name})


def _check_zones(owners: Iterable[Person | Room]) -> None:
    for owner in owners:
        if owner.zone is not None:
            template = gettext_noop("%(name)s has a time zone and the meeting has none. Name the zone of the meeting.")
            refuse(template, {"name": owner.name})
