"""What would have to give where no slot exists: who blocks, how much, and what nearly works."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from kaname.engine.slots import reasons
from kaname.engine.slots.board import Board, Diaries, lay_out, overlapping
from kaname.engine.slots.masks import Bits, Bools, counts, is_set, owners_in, starts_inside
from kaname.engine.slots.scoring import best_first, earliness_of, score
from kaname.engine.slots.stretches import Int64s
from kaname.engine.slots.types import Blocker, Buffer, Compromise, Concessions, Meeting, Preferences
from kaname.engine.text import Message, gettext_noop

COMPROMISES: Final = 3

_BLOCKER: Final = gettext_noop(
    "%(name)s blocks %(blocked)s of %(considered)s starts: %(outside)s outside own hours, %(engaged)s engaged, %(buffered)s "
    "without the time kept free before and after. Possible starts without %(name)s: %(gained)s."
)


@dataclass(frozen=True, slots=True)
class _Obstacles:
    """What stands in the way at the starts at which somebody required could come."""

    considered: Bools
    missing: Bits
    people: Int64s
    no_room: Bools

    @property
    def all(self) -> Int64s:
        """How many people are missing, and one more where no room is free."""
        return self.people + self.no_room


def what_would_give(diaries: Diaries, preferences: Preferences, *, board: Board) -> Concessions:
    """Say what would have to give for a meeting without a slot.

    Cost O(required people x starts) and a few boards.
    """
    meeting = diaries.meeting
    missing = ~board.can_come & board.required[:, None]
    wanted = board.required if meeting.required else ~board.required
    considered = (board.can_come & wanted[:, None]).any(axis=0)
    obstacles = _Obstacles(considered, missing, counts(missing), ~board.room_possible)
    blockers = _blockers(diaries, board, obstacles)
    without_room = int(board.people_possible.sum()) if board.needs_room else 0
    plain = lay_out(diaries, length=meeting.length_minutes, people_buffer=Buffer(), room_buffer=Buffer())
    without_buffers = int(plain.possible.sum())
    longest = _longest(diaries)
    compromises = _compromises(diaries, preferences, board, obstacles)
    return Concessions(
        considered=int(considered.sum()),
        blockers=blockers,
        without_room=without_room,
        without_buffers=without_buffers,
        longest_minutes=None if longest is None else longest[0],
        longest_at=None if longest is None else longest[1],
        compromises=compromises,
        reasons=tuple(
            _sentences(
                diaries, blockers=blockers, without_room=without_room, without_buffers=without_buffers, longest=longest
            )
        ),
    )


def _blockers(diaries: Diaries, board: Board, obstacles: _Obstacles) -> tuple[Blocker, ...]:
    meeting, length, grid = diaries.meeting, diaries.meeting.length_minutes, board.grid
    owners = len(meeting.people)
    in_hours = starts_inside(diaries.people_hours, length=length, grid=grid, owners=owners)
    unbuffered = in_hours & ~overlapping(diaries.people_engaged, length=length, grid=grid, owners=owners)
    others_come = board.can_come.any(axis=0)
    found = []
    for row, person in enumerate(meeting.required):
        is_missing = is_set(obstacles.missing, row) & obstacles.considered
        blocked = int(is_missing.sum())
        outside = int((is_missing & ~is_set(in_hours, row)).sum())
        buffered = int((is_missing & is_set(unbuffered, row)).sum())
        gained = int((is_set(obstacles.missing, row) & (obstacles.all == 1) & others_come).sum())
        facts: dict[str, str | int] = {
            "name": person.name,
            "blocked": blocked,
            "considered": int(obstacles.considered.sum()),
            "outside": outside,
            "engaged": blocked - outside - buffered,
            "buffered": buffered,
            "gained": gained,
        }
        if blocked or gained:
            found.append(
                Blocker(
                    uid=person.uid,
                    blocked=blocked,
                    outside_hours=outside,
                    engaged=blocked - outside - buffered,
                    buffered=buffered,
                    gained=gained,
                    reason=Message(_BLOCKER, facts),
                )
            )
    return tuple(sorted(found, key=lambda blocker: (-blocker.gained, -blocker.blocked)))


def _compromises(
    diaries: Diaries, preferences: Preferences, board: Board, obstacles: _Obstacles
) -> tuple[Compromise, ...]:
    if not obstacles.considered.any():
        return ()
    meeting, grid = diaries.meeting, board.grid
    fewest = int(obstacles.all[obstacles.considered].min())
    places = np.flatnonzero(obstacles.considered & (obstacles.all == fewest))
    scored = score(diaries, preferences, board=board, places=places, earliness=earliness_of(grid, places))
    apart = -(-preferences.apart_minutes // grid.step)
    return tuple(
        _compromise(meeting, board, obstacles, place=int(scored.places[place]))
        for place in best_first(scored, count=COMPROMISES, apart=apart)
    )


def _compromise(meeting: Meeting, board: Board, obstacles: _Obstacles, *, place: int) -> Compromise:
    rows = owners_in(obstacles.missing, place)
    is_room_missing = bool(obstacles.no_room[place])
    names = reasons.names_of(meeting.people[row].name for row in rows)
    start_at = board.grid.start_at(place)
    return Compromise(
        start_at=start_at,
        finish_at=start_at + meeting.length_minutes,
        missing_uids=tuple(meeting.people[row].uid for row in rows),
        is_room_missing=is_room_missing,
        reason=_missing(names, is_room_missing=is_room_missing),
    )


def _missing(names: str, *, is_room_missing: bool) -> Message:
    if not names:
        return Message(gettext_noop("Everybody required could come, but no fitting room is free."))
    if is_room_missing:
        return Message(gettext_noop("Missing: %(names)s. No fitting room is free."), {"names": names})
    return Message(gettext_noop("Missing: %(names)s."), {"names": names})


def _sentences(
    diaries: Diaries,
    *,
    blockers: tuple[Blocker, ...],
    without_room: int,
    without_buffers: int,
    longest: tuple[int, int] | None,
) -> Iterator[Message]:
    meeting = diaries.meeting
    if diaries.grid(meeting.length_minutes).count == 0:
        yield Message(gettext_noop("The window is shorter than the meeting."))
    if meeting.rooms and not diaries.fitting_rooms:
        template = gettext_noop("None of the rooms has %(seats)s seats and all the equipment.")
        yield Message(template, {"seats": meeting.seats_needed})
    if blockers and blockers[0].gained:
        yield Message(
            gettext_noop("%(name)s stands in the way most. Possible starts without this person: %(count)s."),
            {"name": _name(meeting, blockers[0].uid), "count": blockers[0].gained},
        )
    elif blockers:
        yield Message(gettext_noop("More than one person or room stands in the way at every start."))
    if without_room:
        yield Message(gettext_noop("Possible starts without a room: %(count)s."), {"count": without_room})
    if without_buffers:
        template = gettext_noop("Possible starts with no time kept free before and after: %(count)s.")
        yield Message(template, {"count": without_buffers})
    if longest is not None:
        yield Message(gettext_noop("A meeting of %(minutes)s minutes would have a slot."), {"minutes": longest[0]})


def _name(meeting: Meeting, uid: int) -> str:
    return next(person.name for person in meeting.people if person.uid == uid)


def _longest(diaries: Diaries) -> tuple[int, int] | None:
    """Return the longest shorter meeting in steps that has a slot, and its first start; found by halving."""
    step = diaries.meeting.step_minutes
    known: tuple[int, int] | None = None
    low, high = 1, (diaries.meeting.length_minutes - 1) // step
    while low <= high:
        middle = (low + high) // 2
        first = _first_start(diaries, length=middle * step)
        if first is None:
            high = middle - 1
        else:
            known, low = (middle * step, first), middle + 1
    return known


def _first_start(diaries: Diaries, *, length: int) -> int | None:
    meeting = diaries.meeting
    board = lay_out(diaries, length=length, people_buffer=meeting.people_buffer, room_buffer=meeting.room_buffer)
    places = np.flatnonzero(board.possible)
    return board.grid.start_at(int(places[0])) if places.size else None
