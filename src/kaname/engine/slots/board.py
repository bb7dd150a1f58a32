"""Lay a meeting out on a grid of starts: who can come at each of them, and at what price."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final, Self

import numpy as np

from kaname.engine.slots.masks import (
    Bits,
    Bools,
    Grid,
    bits_of,
    grid_of,
    no_bits,
    paint,
    starts_inside,
    without,
)
from kaname.engine.slots.stretches import (
    FAR,
    Int64s,
    Stretches,
    engagements,
    free_blocks,
    provisional_engagements,
    union,
    working_hours,
)
from kaname.engine.slots.types import Buffer, Meeting, Person, Preferences, Room
from kaname.engine.slots.zones import moved_all
from kaname.engine.units import MINUTES_PER_DAY

_NO_BUFFER: Final = Buffer()


@dataclass(frozen=True, slots=True)
class Diaries:
    """Hours and engagements of everybody concerned in the window `[from_at, until_at)`, each people and rooms."""

    meeting: Meeting
    from_at: int
    until_at: int
    fitting_rooms: tuple[Room, ...]
    people_hours: Stretches
    people_engaged: Stretches
    room_hours: Stretches
    room_engaged: Stretches

    @classmethod
    def read(cls, meeting: Meeting, *, from_at: int, until_at: int) -> Self:
        """Read them once; every board on them is cheap then."""
        rooms = fitting_rooms(meeting)
        people = meeting.people
        return cls(
            meeting,
            from_at,
            until_at,
            rooms,
            working_hours(people, zone=meeting.zone, from_at=from_at, until_at=until_at),
            engagements(people),
            working_hours(rooms, zone=meeting.zone, from_at=from_at, until_at=until_at),
            engagements(rooms),
        )

    def grid(self, length: int) -> Grid:
        """Return the starts of a meeting of `length` minutes in the window."""
        return grid_of(from_at=self.from_at, until_at=self.until_at, length=length, step=self.meeting.step_minutes)

    def blocks_of_people(self) -> Stretches:
        """Return the free blocks of all people, buffers left aside."""
        engaged = self.people_engaged.inside(self.from_at, self.until_at)
        return free_blocks(self.people_hours, engaged, from_at=self.from_at, until_at=self.until_at)


@dataclass(frozen=True, slots=True)
class Board:
    """Masks over the starts of a grid; people are the owners in the order of the invitation, rooms smallest first.

    Parameters
    ----------
    can_come
        Who could attend, with the buffers kept.
    free_rooms
        Which fitting rooms could be had.
    required
        Bits of the required people, shape (words,).
    """

    grid: Grid
    can_come: Bits
    free_rooms: Bits
    required: Bits
    needs_room: bool

    @property
    def people_possible(self) -> Bools:
        """At which starts all required people, and at least one person, can come."""
        answer = self.can_come.any(axis=0)
        for mask, bits in zip(self.can_come, self.required, strict=True):
            answer &= (mask & bits) == bits
        return answer

    @property
    def room_possible(self) -> Bools:
        """At which starts a room can be had, or none is needed."""
        return self.free_rooms.any(axis=0) if self.needs_room else np.ones(self.grid.count, dtype=np.bool_)

    @property
    def possible(self) -> Bools:
        """At which starts the meeting could be held."""
        return self.people_possible & self.room_possible


def fitting_rooms(meeting: Meeting) -> tuple[Room, ...]:
    """Return the rooms with enough seats and all equipment, fewest seats first, then by number."""
    fitting = (
        room for room in meeting.rooms if room.seats >= meeting.seats_needed and meeting.equipment <= room.equipment
    )
    return tuple(sorted(fitting, key=lambda room: (room.seats, room.uid)))


def lay_out(diaries: Diaries, *, length: int, people_buffer: Buffer, room_buffer: Buffer) -> Board:
    """Write the masks of a meeting of `length` minutes with these buffers.

    Cost O(n log n + words x starts) for n shifts and engagements.
    """
    meeting, rooms, grid = diaries.meeting, diaries.fitting_rooms, diaries.grid(length)
    people = len(meeting.people)
    working = starts_inside(diaries.people_hours, length=length, grid=grid, owners=people)
    engaged = overlapping(diaries.people_engaged, length=length, buffer=people_buffer, grid=grid, owners=people)
    opened = starts_inside(diaries.room_hours, length=length, grid=grid, owners=len(rooms))
    taken = overlapping(diaries.room_engaged, length=length, buffer=room_buffer, grid=grid, owners=len(rooms))
    return Board(
        grid=grid,
        can_come=without(working, engaged),
        free_rooms=without(opened, taken),
        required=bits_of(range(len(meeting.required)), count=people),
        needs_room=bool(meeting.rooms),
    )


def overlapping(stretches: Stretches, *, length: int, grid: Grid, owners: int, buffer: Buffer = _NO_BUFFER) -> Bits:
    """Return at which starts a meeting of `length` minutes, with the time around it, overlaps a stretch of each owner."""
    reached = union(
        stretches.widened(before=length + buffer.after_minutes - 1, after=buffer.before_minutes),
        from_at=grid.first_at,
        until_at=grid.start_at(grid.count),
    )
    return paint(reached.owners, reached.starts, reached.finishes - 1, grid=grid, owners=owners)


def at_lunch(meeting: Meeting, preferences: Preferences, *, grid: Grid, places: Int64s) -> Bits:
    """Return at which of some starts the meeting reaches into the lunch of each person, on the person's own clock."""
    people = meeting.people
    masks = no_bits(places.size, owners=len(people))
    if preferences.lunch_start == preferences.lunch_finish:
        return masks
    zones = list(dict.fromkeys(person.zone or meeting.zone for person in people))
    starts = grid.first_at + grid.step * places
    for zone in zones:
        mine = (row for row, person in enumerate(people) if (person.zone or meeting.zone) == zone)
        bits = bits_of(mine, count=len(people))
        begins, ends = _lunches(zone, meeting, preferences, grid)
        first_not_over = np.searchsorted(ends, starts, side="right")
        masks |= bits[:, None] * (begins[first_not_over] < starts + meeting.length_minutes)
    return masks


def disturbed(meeting: Meeting, grid: Grid) -> Bits:
    """Return at which starts the meeting overlaps a provisional engagement of each person."""
    people: Sequence[Person] = meeting.people
    held = provisional_engagements(people)
    return overlapping(held, length=meeting.length_minutes, grid=grid, owners=len(people))


def split(blocks: Stretches, *, meeting: Meeting, long_block: int, grid: Grid) -> Bits:
    """Return at which starts the meeting leaves nothing long of a free block that was long.

    Parameters
    ----------
    blocks
        The free blocks of people without buffers; a block of at least `long_block` minutes is long.
    """
    length = meeting.length_minutes
    is_long = blocks.finishes - blocks.starts >= long_block
    starts, finishes = blocks.starts[is_long], blocks.finishes[is_long]
    firsts = np.maximum(starts, finishes - length - long_block + 1)
    lasts = np.minimum(finishes - length, starts + long_block - 1)
    return paint(blocks.owners[is_long], firsts, lasts, grid=grid, owners=len(meeting.people))


def _lunches(zone: tzinfo | None, meeting: Meeting, preferences: Preferences, grid: Grid) -> tuple[Int64s, Int64s]:
    """Return when every lunch of a zone begins and ends on the clock of the meeting, from before the grid to after it."""
    first = grid.first_at // MINUTES_PER_DAY - FAR
    end = (grid.start_at(grid.count) + meeting.length_minutes) // MINUTES_PER_DAY + 1 + FAR
    midnights = np.arange(first, end, dtype=np.int64) * MINUTES_PER_DAY
    begins, ends = (
        moved_all(midnights + minute, source=zone, target=meeting.zone)
        for minute in (preferences.lunch_start, preferences.lunch_finish)
    )
    return begins, ends
