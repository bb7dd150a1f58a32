"""A series in arrays: for every time of the day, how many meetings of a list of days can be held then, and where."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.slots.board import Board, Diaries
from kaname.engine.slots.masks import is_set
from kaname.engine.slots.scoring import Scored, score, tightness
from kaname.engine.slots.stretches import Int64s
from kaname.engine.slots.types import Criterion, Preferences
from kaname.engine.units import MINUTES_PER_DAY, PERMILLE

Bools = NDArray[np.bool_]

NOWHERE: Final = -1


@dataclass(frozen=True, slots=True)
class Days:
    """Every day of the period with all its starts; arrays of shape (days, starts of a day) unless said otherwise.

    Parameters
    ----------
    places
        Where a start stands in `scored`, -1 where the meeting cannot be held.
    scores
        Scores without the room.
    rooms
        Which room is free, shape (rooms, days, starts of a day).
    room_points
        Points of each room; of no room, where none is needed.
    best
        Of each day the best start, the earliest of equal ones, -1 where there is none; shape (days,).
    """

    scored: Scored
    places: Int64s
    scores: Int64s
    rooms: Bools
    room_points: Int64s
    best: Int64s


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a list of days, for every time of the day; arrays of shape (starts of a day,).

    Parameters
    ----------
    held
        Meetings that are held.
    missing, moves, room_changes
        Meetings without a slot, at another time, and in another room than `room`.
    room
        The place of the room among the fitting ones, -1 where none is needed.
    score
        Sum of the scores of the meetings that are held.
    """

    held: Int64s
    missing: Int64s
    moves: Int64s
    room_changes: Int64s
    room: Int64s
    score: Int64s


def lay_days(diaries: Diaries, preferences: Preferences, *, board: Board, days: int) -> Days:
    """Judge every start of whole days; the earlier in its day, the better."""
    per_day = MINUTES_PER_DAY // board.grid.step
    judged = np.flatnonzero(board.possible)
    minutes = judged % per_day * board.grid.step
    earliness = PERMILLE * (MINUTES_PER_DAY - minutes) // MINUTES_PER_DAY
    scored = score(diaries, preferences, board=board, places=judged, earliness=earliness)
    points = preferences.weights.room * np.array(tightness(diaries) or [PERMILLE], dtype=np.int64)
    places = np.full(days * per_day, NOWHERE, dtype=np.int64)
    places[scored.places] = np.arange(scored.places.size)
    bare = np.zeros(days * per_day, dtype=np.int64)
    bare[scored.places] = scored.scores - preferences.weights.room * scored.merits[Criterion.ROOM]
    whole = np.full(days * per_day, NOWHERE, dtype=np.int64)
    whole[scored.places] = scored.scores
    rooms = np.zeros((len(diaries.fitting_rooms), days * per_day), dtype=np.bool_)
    for row, room in enumerate(rooms):
        room[scored.places] = is_set(scored.free_rooms, row)
    best = whole.reshape(days, per_day).argmax(axis=1)
    best[whole.reshape(days, per_day).max(axis=1) == NOWHERE] = NOWHERE
    return Days(
        scored,
        places.reshape(days, per_day),
        bare.reshape(days, per_day),
        rooms.reshape(-1, days, per_day),
        points,
        best,
    )


def tally(days: Days, *, planned: list[int], elsewhere: list[int]) -> Tally:
    """Count for every time of the day what becomes of the meetings of a series.

    Parameters
    ----------
    planned
        The days on which the series meets.
    elsewhere
        For each of them the day on which it is held if the time is not possible, -1 where there is none.
    """
    starts = days.places.shape[1]
    rows, away = np.array(planned, dtype=np.int64), np.array(elsewhere, dtype=np.int64)
    is_held = days.places[rows] != NOWHERE
    can_move = (away != NOWHERE)[:, None]
    moved_start = days.best[away]
    is_moved = ~is_held & can_move
    rooms = days.rooms[:, rows] & is_held
    room = rooms.sum(axis=1).argmax(axis=0) if len(rooms) else np.full(starts, NOWHERE)
    score = np.where(is_held, days.scores[rows], 0) + np.where(is_moved, days.scores[away, moved_start][:, None], 0)
    is_somewhere = is_held | is_moved
    taken = np.zeros_like(is_held, dtype=np.int64)
    changes = np.zeros(starts, dtype=np.int64)
    if len(rooms):
        moved_rooms = days.rooms[:, away, moved_start][:, :, None] & is_moved
        is_there = rooms | moved_rooms
        in_room = np.take_along_axis(is_there, room[None, None, :], axis=0)[0]
        smallest = is_there.argmax(axis=0)
        taken = np.where(in_room, room, smallest)
        changes = (is_somewhere & ~in_room).sum(axis=0)
    score += np.where(is_somewhere, days.room_points[taken], 0)
    return Tally(
        held=is_somewhere.sum(axis=0),
        missing=(~is_held & ~can_move).sum(axis=0),
        moves=is_moved.sum(axis=0),
        room_changes=changes,
        room=room,
        score=score.sum(axis=0),
    )
