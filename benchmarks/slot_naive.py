"""Find meeting slots the slow way: paint every minute of everybody, then try every start with every room.

Shares with `kaname.engine.slots` only the words of the question; calendars are asked day by day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cache, lru_cache

from kaname.engine.calendar import CompiledCalendar
from kaname.engine.slots import Buffer, Criterion, Meeting, Person, Preferences, Room, Stretch

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall time
MARGIN = 2 * 1440


@dataclass(frozen=True)
class NaiveSlot:
    """A start at which the meeting could be held."""

    start_at: int
    room_uids: tuple[int, ...]
    attending: tuple[int, ...]
    at_lunch: tuple[int, ...]
    disturbed: tuple[int, ...]
    split: tuple[int, ...]
    merits: tuple[int, ...]
    score: int


class Painted:
    """What one person or room does in every minute of the window and a margin around it."""

    def __init__(self, owner: Person | Room, meeting: Meeting, from_at: int, until_at: int) -> None:
        self.origin = from_at - MARGIN
        size = until_at - from_at + 2 * MARGIN
        self.works = bytearray(size)
        self.engaged = bytearray(size)
        self.held = bytearray(size)
        day, hours = -1, b""
        for minute, local in enumerate(local_minutes(owner.zone or meeting.zone, meeting.zone, self.origin, size)):
            if local // 1440 != day:
                day = local // 1440
                hours = minutes_of_day(owner.calendar, day)
            if hours[local % 1440]:
                self.works[minute] = 1
        self.inside = bytearray(size)
        self.inside[MARGIN : size - MARGIN] = b"\x01" * (size - 2 * MARGIN)
        self.paint(self.engaged, owner.busy)
        if isinstance(owner, Person):
            self.paint(self.held, owner.provisional)

    def paint(self, minutes: bytearray, stretches: tuple[Stretch, ...]) -> None:
        """Mark the minutes of stretches."""
        for stretch in stretches:
            start = max(stretch.start_at - self.origin, 0)
            finish = min(stretch.finish_at - self.origin, len(minutes))
            if start < finish:
                minutes[start:finish] = b"\x01" * (finish - start)

    def is_working(self, start: int, finish: int) -> bool:
        """Say whether every minute from `start` to before `finish` is worked."""
        return 0 not in self.works[start - self.origin : finish - self.origin]

    def is_engaged(self, start: int, finish: int) -> bool:
        """Say whether any minute is taken by a firm engagement."""
        return 1 in self.engaged[start - self.origin : finish - self.origin]

    def holds(self, start: int, finish: int) -> bool:
        """Say whether any minute is taken by a provisional engagement."""
        return 1 in self.held[start - self.origin : finish - self.origin]

    def block_around(self, start: int, finish: int) -> tuple[int, int]:
        """Return the free minutes in one piece before `start` and after `finish`."""
        before = after = 0
        while self._is_free(start - 1 - before):
            before += 1
        while self._is_free(finish + after):
            after += 1
        return before, after

    def _is_free(self, minute: int) -> bool:
        place = minute - self.origin
        return bool(self.inside[place] and self.works[place] and not self.engaged[place])


def naive_slots(meeting: Meeting, *, from_at: int, until_at: int, preferences: Preferences) -> list[NaiveSlot]:
    """Return every start at which the meeting can be held, best first, with the rooms that are free, smallest first."""
    people = [(person, Painted(person, meeting, from_at, until_at)) for person in meeting.people]
    rooms = [(room, Painted(room, meeting, from_at, until_at)) for room in meeting.rooms]
    starts = [at for at in range(from_at, until_at) if at % meeting.step_minutes == 0]
    starts = [at for at in starts if at + meeting.length_minutes <= until_at]
    found = []
    for start in starts:
        attending = [pair for pair in people if is_free(pair[1], start, meeting.length_minutes, meeting.people_buffer)]
        missing = [person for person in meeting.required if person.uid not in {one.uid for one, _ in attending}]
        free = [
            room
            for room, painted in rooms
            if room.seats >= meeting.seats_needed
            and all(thing in room.equipment for thing in meeting.equipment)
            and is_free(painted, start, meeting.length_minutes, meeting.room_buffer)
        ]
        if missing or not attending or (meeting.rooms and not free):
            continue
        free.sort(key=lambda room: (room.seats, room.uid))
        found.append(
            judge(meeting=meeting, preferences=preferences, start=start, starts=starts, attending=attending, rooms=free)
        )
    return sorted(found, key=lambda slot: (-slot.score, slot.start_at))


def is_free(painted: Painted, start: int, length: int, buffer: Buffer) -> bool:
    """Say whether somebody works through the meeting and has no engagement in it or around it."""
    around = (start - buffer.before_minutes, start + length + buffer.after_minutes)
    return painted.is_working(start, start + length) and not painted.is_engaged(*around)


def judge(
    *,
    meeting: Meeting,
    preferences: Preferences,
    start: int,
    starts: list[int],
    attending: list[tuple[Person, Painted]],
    rooms: list[Room],
) -> NaiveSlot:
    """Return a possible start with its merits."""
    finish = start + meeting.length_minutes
    lunch, held, split = [], [], []
    for person, painted in attending:
        locals_ = local_minutes(person.zone or meeting.zone, meeting.zone, start, meeting.length_minutes)
        if any(preferences.lunch_start <= local % 1440 < preferences.lunch_finish for local in locals_):
            lunch.append(person.uid)
        if painted.holds(start, finish):
            held.append(person.uid)
        before, after = painted.block_around(start, finish)
        whole = before + meeting.length_minutes + after
        if whole >= preferences.long_block_minutes > max(before, after):
            split.append(person.uid)
    invited = len(meeting.people)
    optional = {person.uid for person in meeting.optional}
    present = sum(person.uid in optional for person, _ in attending)
    span = starts[-1] - starts[0]
    merits = {
        Criterion.ATTENDANCE: 1000 * present // len(optional) if optional else 1000,
        Criterion.EARLINESS: 1000 * (starts[-1] - start) // span if span else 1000,
        Criterion.LUNCH: 1000 * (invited - len(lunch)) // invited,
        Criterion.DISTURBANCE: 1000 * (invited - len(held)) // invited,
        Criterion.FOCUS: 1000 * (invited - len(split)) // invited,
        Criterion.ROOM: 1000 * meeting.seats_needed // rooms[0].seats if rooms and rooms[0].seats else 1000,
    }
    return NaiveSlot(
        start,
        tuple(room.uid for room in rooms),
        tuple(person.uid for person, _ in attending),
        tuple(lunch),
        tuple(held),
        tuple(split),
        tuple(merits[criterion] for criterion in Criterion),
        sum(preferences.weights.of(criterion) * merit for criterion, merit in merits.items()),
    )


@lru_cache(maxsize=4096)
def local_minutes(zone: tzinfo | None, home: tzinfo | None, origin: int, size: int) -> Sequence[int]:
    """Return for every minute of the meeting's clock from `origin` what the clock of `zone` shows."""
    if zone is None or home is None or zone == home:
        return range(origin, origin + size)
    return [local_minute(zone, home, origin + place) for place in range(size)]


@cache
def local_minute(zone: tzinfo, home: tzinfo, minute: int) -> int:
    """Return what the clock of `zone` shows when that of `home` shows `minute`."""
    there = (EPOCH + timedelta(minutes=minute)).replace(tzinfo=home).astimezone(zone).replace(tzinfo=None)
    return int((there - EPOCH).total_seconds()) // 60


@lru_cache(maxsize=1024)
def minutes_of_day(calendar: CompiledCalendar, day: int) -> bytes:
    """Return for each of the 1440 minutes of a day whether it is worked."""
    minutes = bytearray(1440)
    for shift in calendar.shifts_on(date(1970, 1, 1) + timedelta(days=day)):
        for minute in range(shift.start, shift.finish):
            minutes[minute] = 1
    return bytes(minutes)


@dataclass(frozen=True)
class NaiveConcessions:
    """What stands in the way; blockers as (number, blocked, outside hours, engaged, buffered, gained)."""

    considered: int
    blockers: tuple[tuple[int, int, int, int, int, int], ...]
    without_room: int
    without_buffers: int
    longest: tuple[int, int] | None
    fewest: int | None


def naive_concessions(meeting: Meeting, *, from_at: int, until_at: int) -> NaiveConcessions:
    """Return what would have to give, by asking the slow question again and again."""
    people = [(person, Painted(person, meeting, from_at, until_at)) for person in meeting.people]
    rooms = [(room, Painted(room, meeting, from_at, until_at)) for room in meeting.rooms]
    length = meeting.length_minutes
    starts = [at for at in range(from_at, until_at - length + 1) if at % meeting.step_minutes == 0]
    tallies = {person.uid: [0, 0, 0, 0, 0] for person in meeting.required}
    considered, fewest = 0, None
    for start in starts:
        coming = [person.uid for person, painted in people if is_free(painted, start, length, meeting.people_buffer)]
        missing = [person.uid for person in meeting.required if person.uid not in coming]
        obstacles = len(missing) + (not has_room(meeting, rooms, start, length, meeting.room_buffer))
        if coming and len(missing) == obstacles == 1:
            tallies[missing[0]][4] += 1
        wanted = meeting.required or meeting.people
        if not any(person.uid in coming for person in wanted):
            continue
        considered += 1
        fewest = obstacles if fewest is None else min(fewest, obstacles)
        for person, painted in people:
            if person.uid in missing:
                tally = tallies[person.uid]
                tally[0] += 1
                if not painted.is_working(start, start + length):
                    tally[1] += 1
                else:
                    tally[2 if painted.is_engaged(start, start + length) else 3] += 1
    blockers = [(uid, *tally) for uid, tally in tallies.items() if tally[0] or tally[4]]
    without_room = sum(
        can_meet(meeting, people, [], start, length, meeting.people_buffer, Buffer()) for start in starts
    )
    plain = sum(can_meet(meeting, people, rooms, start, length, Buffer(), Buffer()) for start in starts)
    longest = None
    for shorter in range(meeting.step_minutes, length, meeting.step_minutes):
        for start in range(from_at, until_at - shorter + 1):
            buffers = (meeting.people_buffer, meeting.room_buffer)
            if start % meeting.step_minutes == 0 and can_meet(meeting, people, rooms, start, shorter, *buffers):
                longest = (shorter, start)
                break
    return NaiveConcessions(
        considered,
        tuple(sorted(blockers, key=lambda blocker: (-blocker[5], -blocker[1]))),
        without_room if meeting.rooms else 0,
        plain,
        longest,
        fewest,
    )


def can_meet(
    meeting: Meeting,
    people: list[tuple[Person, Painted]],
    rooms: list[tuple[Room, Painted]],
    start: int,
    length: int,
    *buffers: Buffer,
) -> bool:
    """Say whether all required people, at least one person and a room are free; no rooms given = none is needed."""
    coming = [person.uid for person, painted in people if is_free(painted, start, length, buffers[0])]
    is_room = not rooms or has_room(meeting, rooms, start, length, buffers[1])
    return bool(coming) and is_room and all(person.uid in coming for person in meeting.required)


def has_room(meeting: Meeting, rooms: list[tuple[Room, Painted]], start: int, length: int, buffer: Buffer) -> bool:
    """Say whether a room that fits is free, or none is needed."""
    return not meeting.rooms or any(
        room.seats >= meeting.seats_needed
        and all(thing in room.equipment for thing in meeting.equipment)
        and is_free(painted, start, length, buffer)
        for room, painted in rooms
    )
