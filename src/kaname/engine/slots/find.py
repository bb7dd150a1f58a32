"""Find the best slots for one meeting."""

from dataclasses import replace

import numpy as np

from kaname.engine.slots import reasons
from kaname.engine.slots.board import Diaries, lay_out
from kaname.engine.slots.checking import check_meeting, check_preferences, check_window
from kaname.engine.slots.giving import what_would_give
from kaname.engine.slots.scoring import best_first, earliness_of, score
from kaname.engine.slots.telling import slot_of
from kaname.engine.slots.types import Meeting, Preferences, Slot, SlotReport


def find_slots(meeting: Meeting, *, from_at: int, until_at: int, preferences: Preferences | None = None) -> SlotReport:
    """Find the best starts and rooms for a meeting in the window `[from_at, until_at)`.

    Parameters
    ----------
    meeting
        Who, where, how long.
    from_at, until_at
        Wall minutes of the meeting's zone; the whole meeting lies inside.
    preferences
        What makes one slot better than another; `None` = the defaults.

    Returns
    -------
    SlotReport
        One slot for each of the best starts, with the smallest free room; by score, then by start.  Where there is none,
        `concessions` says what would have to give.  Cost O(n log n + words x starts) for n shifts and engagements, where
        one word holds 64 people.

    Raises
    ------
    MeetingError
        If the question contradicts itself.

    Examples
    --------
    >>> from datetime import datetime
    >>> from kaname.engine.calendar import Calendar, Shift, compile_calendar
    >>> from kaname.engine.slots import Person, Stretch
    >>> from kaname.engine.units import wall_minute, wall_moment
    >>> day = (Shift(540, 720), Shift(780, 1080))
    >>> office = compile_calendar([Calendar(1, "office", (day,) * 5 + ((), ()))], 1)
    >>> monday = wall_minute(datetime(2026, 10, 5))
    >>> sato = Person(uid=1, name="Sato", calendar=office, busy=(Stretch(monday + 540, monday + 630),))
    >>> meeting = Meeting(length_minutes=60, required=(sato,), step_minutes=30)
    >>> report = find_slots(meeting, from_at=monday, until_at=monday + 1440)
    >>> report.possible, str(wall_moment(report.slots[0].start_at))
    (11, '2026-10-05 10:30:00')
    """
    preferences = preferences or Preferences()
    check_meeting(meeting)
    check_preferences(preferences)
    check_window(from_at, until_at, step=meeting.step_minutes)
    diaries = Diaries.read(meeting, from_at=from_at, until_at=until_at)
    board = lay_out(
        diaries, length=meeting.length_minutes, people_buffer=meeting.people_buffer, room_buffer=meeting.room_buffer
    )
    places = np.flatnonzero(board.possible)
    scored = score(diaries, preferences, board=board, places=places, earliness=earliness_of(board.grid, places))
    apart = -(-preferences.apart_minutes // meeting.step_minutes)
    slots: list[Slot] = []
    for rank, place in enumerate(best_first(scored, count=preferences.count, apart=apart), 1):
        why = reasons.earliness(
            start_at=board.grid.start_at(int(scored.places[place])), from_at=from_at, until_at=until_at
        )
        slots.append(
            slot_of(diaries, preferences, grid=board.grid, scored=scored, place=place, rank=rank, earliness=why)
        )
    return SlotReport(
        slots=tuple(
            slot if slot is slots[0] else replace(slot, behind=reasons.behind(slots[0], slot)) for slot in slots
        ),
        considered=board.grid.count,
        possible=places.size,
        weights=preferences.weights,
        concessions=None if slots else what_would_give(diaries, preferences, board=board),
    )
