"""The merits of every possible start: whole permille by criterion, and their weighted sum."""

from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from kaname.engine.slots.board import Board, Diaries, at_lunch, disturbed, split
from kaname.engine.slots.masks import Bits, Grid, bits_of, counts, lowest
from kaname.engine.slots.stretches import Int64s
from kaname.engine.slots.types import Criterion, Meeting, Preferences, Weights
from kaname.engine.units import PERMILLE


@dataclass(frozen=True, slots=True)
class Scored:
    """Some starts of a grid with their merits.

    Parameters
    ----------
    places
        The starts, as ascending places in the grid; all other arrays belong to them.
    attending, at_lunch, disturbed, split
        Masks of the people who come, and of those of them whom the meeting costs something.
    free_rooms, rooms
        Mask of the fitting rooms, and the smallest free one, -1 where there is none.
    merits
        Permille by criterion.
    scores
        The sum of weight times merit.
    """

    places: Int64s
    attending: Bits
    at_lunch: Bits
    disturbed: Bits
    split: Bits
    free_rooms: Bits
    rooms: Int64s
    merits: dict[Criterion, Int64s]
    scores: Int64s


def score(diaries: Diaries, preferences: Preferences, *, board: Board, places: Int64s, earliness: Int64s) -> Scored:
    """Judge the starts that are asked for.

    Parameters
    ----------
    places
        The starts of the board to judge, ascending.
    earliness
        The merit of each of them for being early.
    """
    meeting = diaries.meeting
    attending = board.can_come[:, places]
    invited = len(meeting.people)
    blocks = diaries.blocks_of_people()
    lunch = at_lunch(meeting, preferences, grid=board.grid, places=places) & attending
    moved = disturbed(meeting, board.grid)[:, places] & attending
    broken = split(blocks, meeting=meeting, long_block=preferences.long_block_minutes, grid=board.grid)
    broken = broken[:, places] & attending
    free_rooms = board.free_rooms[:, places]
    rooms = lowest(free_rooms)
    merits = {
        Criterion.ATTENDANCE: _attendance(meeting, attending),
        Criterion.EARLINESS: earliness,
        Criterion.LUNCH: PERMILLE * (invited - counts(lunch)) // invited,
        Criterion.DISTURBANCE: PERMILLE * (invited - counts(moved)) // invited,
        Criterion.FOCUS: PERMILLE * (invited - counts(broken)) // invited,
        Criterion.ROOM: _tightness(diaries, rooms),
    }
    return Scored(
        places, attending, lunch, moved, broken, free_rooms, rooms, merits, weighted(merits, preferences.weights)
    )


def weighted(merits: dict[Criterion, Int64s], weights: Weights) -> Int64s:
    """Return the sum of weight times merit."""
    return reduce(add, (weights.of(criterion) * merit for criterion, merit in merits.items()))


def earliness_of(grid: Grid, places: Int64s) -> Int64s:
    """Return 1000 for the first start of the grid, 0 for the last, and evenly between, of some starts."""
    last = grid.count - 1
    return PERMILLE * (last - places) // last if last > 0 else np.full(places.size, PERMILLE, dtype=np.int64)


def tightness(diaries: Diaries) -> list[int]:
    """Return the merit of each fitting room: seats needed in permille of its seats."""
    needed = diaries.meeting.seats_needed
    return [PERMILLE * needed // room.seats if room.seats else PERMILLE for room in diaries.fitting_rooms]


def best_first(scored: Scored, *, count: int, apart: int) -> list[int]:
    """Return the best `count` of the starts that were judged, best first, of equal ones the earlier first.

    Parameters
    ----------
    apart
        Least distance of two starts in places of the grid; the better one stays.
    """
    scores = scored.scores
    if scores.size > count and apart <= 1:
        limit = np.partition(scores, scores.size - count)[scores.size - count]
        among = np.flatnonzero(scores >= limit)
        return among[np.argsort(-scores[among], kind="stable")][:count].tolist()
    chosen: list[int] = []
    taken: list[int] = []
    for place in np.argsort(-scores, kind="stable").tolist():
        start = int(scored.places[place])
        if all(abs(start - other) >= apart for other in taken):
            chosen.append(place)
            taken.append(start)
            if len(chosen) == count:
                break
    return chosen


def _attendance(meeting: Meeting, attending: Bits) -> Int64s:
    optional = len(meeting.optional)
    if not optional:
        return np.full(attending.shape[1], PERMILLE, dtype=np.int64)
    people = len(meeting.people)
    bits = bits_of(range(len(meeting.required), people), count=people)
    return PERMILLE * counts(attending & bits[:, None]) // optional


def _tightness(diaries: Diaries, rooms: Int64s) -> Int64s:
    if not diaries.meeting.rooms:
        return np.full(rooms.size, PERMILLE, dtype=np.int64)
    return np.array([*tightness(diaries), 0], dtype=np.int64)[rooms]
