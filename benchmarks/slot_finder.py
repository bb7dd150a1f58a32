"""Compare the slot finder with a naive search, and measure it on 30 people and 90 days.

    python benchmarks/slot_finder.py [CASES] [SEED]

Equality: random questions of 30 people, 10 rooms and a week, with people in four time zones, calendars with absences,
overlapping firm and provisional engagements, buffers, equipment and random weights.  `benchmarks/slot_naive.py` paints
every minute and tries every start with every room.  Compared are the number of possible starts and, for the whole ranking,
start, rooms, who comes, who loses lunch, an engagement or a free block, every merit and the score; where there is no slot,
everything that would have to give.

Speed: 30 people, 10 rooms, 90 days in steps of 5 minutes, five engagements a day each.  Prints CPU milliseconds of one
question from the objects to the ranked slots with their reasons, median and best of warm runs: asked again of the same
people; of people whose engagements were never read, by calendars that were asked for the same days before; and of calendars
that were not, too.  Then the ratio of the naive search to the first.  The exit code is 1 if there is any difference or the
median of the first is more than 5 ms.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from benchmarks.slot_naive import NaiveConcessions, NaiveSlot, naive_concessions, naive_slots
from kaname.engine.calendar import Calendar, CompiledCalendar, DayException, Shift, compile_calendar
from kaname.engine.slots import (
    Buffer,
    Concessions,
    Criterion,
    Meeting,
    Person,
    Preferences,
    Room,
    Slot,
    SlotReport,
    Stretch,
    Weights,
    find_slots,
)
from kaname.engine.slots.stretches import forget_hours
from kaname.engine.units import day_number

HOME = ZoneInfo("Asia/Tokyo")
ZONES = (
    None,
    None,
    None,
    None,
    ZoneInfo("Asia/Tokyo"),
    ZoneInfo("Asia/Kolkata"),
    ZoneInfo("Asia/Shanghai"),
    ZoneInfo("Australia/Sydney"),
)
MONDAYS = (date(2026, 9, 28), date(2026, 10, 5))
"""Sydney changes its clocks on 4 October 2026."""
DAYS_OF_WORK = (
    (Shift(540, 720), Shift(780, 1080)),
    (Shift(540, 1080),),
    (Shift(600, 1140),),
    (Shift(480, 735), Shift(795, 1020)),
)
EQUIPMENT = ("screen", "camera", "board")
BAR_MS = 5.0

Case = tuple[Meeting, int, int, Preferences]


def random_case(dice: random.Random, *, people: int = 30, rooms: int = 10, days: int = 7) -> Case:
    """Return a random question; about one in twelve has no answer."""
    monday = dice.choice(MONDAYS)
    from_at = day_number(monday) * 1440 + dice.choice([0, 0, 0, dice.randrange(1440)])
    until_at = from_at + days * 1440 - dice.choice([0, 0, dice.randrange(600)])
    required = dice.randint(0, min(people, 6)) or 1
    busy = dice.choice([0.2, 0.6, 1.0])
    members = [random_person(dice, uid, from_at, busy, days) for uid in dice.sample(range(1, 10 * people), people)]
    meeting = Meeting(
        length_minutes=dice.choice([15, 30, 30, 45, 50, 60, 60, 90, 120]),
        required=tuple(members[:required]),
        optional=tuple(members[required:]),
        rooms=tuple(
            random_room(dice, uid, from_at, days)
            for uid in dice.sample(range(100), rooms if dice.random() < 0.9 else 0)
        ),
        seats=dice.choice([None, 4, 8]),
        equipment=frozenset(dice.sample(EQUIPMENT, dice.choice([0, 0, 1]))),
        people_buffer=dice.choice([Buffer(), Buffer(before_minutes=10), Buffer(before_minutes=5, after_minutes=15)]),
        room_buffer=dice.choice([Buffer(), Buffer(before_minutes=15, after_minutes=10)]),
        zone=HOME,
        step_minutes=dice.choice([15, 20, 30, 30, 60]),
    )
    weights = Weights(
        **{criterion.value: dice.randint(0, 40) for criterion in Criterion} | {"earliness": dice.randint(1, 40)}
    )
    preferences = Preferences(
        weights=dice.choice([Weights(), weights]), long_block_minutes=dice.choice([90, 120, 180]), count=10**6
    )
    return meeting, from_at, until_at, preferences


def random_person(dice: random.Random, uid: int, from_at: int, busy: float, days: int) -> Person:
    """Return a person with a calendar, absences, and engagements at odd minutes."""
    return Person(
        uid=uid,
        name=f"person {uid}",
        calendar=random_calendar(dice, from_at),
        zone=dice.choice(ZONES),
        busy=random_stretches(dice, from_at, int(dice.randrange(4 * days) * busy), days),
        provisional=random_stretches(dice, from_at, dice.choice([0, 0, 1, 5]), days),
    )


def random_room(dice: random.Random, uid: int, from_at: int, days: int) -> Room:
    """Return a room; every second one is large enough for all."""
    return Room(
        uid=uid,
        name=f"room {uid}",
        seats=dice.choice([0, 4, 6, 8, 30, 30, 36, 40, 60]),
        calendar=random_calendar(dice, from_at),
        equipment=frozenset(dice.sample(EQUIPMENT, dice.randint(0, 3))),
        zone=dice.choice([None, None, HOME]),
        busy=random_stretches(dice, from_at, dice.randrange(4 * days), days),
    )


def random_calendar(dice: random.Random, from_at: int) -> CompiledCalendar:
    """Return working days with up to three days off or half worked, and sometimes a Saturday."""
    day = dice.choice(DAYS_OF_WORK)
    week = (*(day,) * 5, dice.choice([(), (), day]), ())
    start = date(1970, 1, 1) + timedelta(days=from_at // 1440)
    offs = []
    for _ in range(dice.choice([0, 0, 0, 1, 2])):
        on = start + timedelta(days=dice.randrange(7))
        offs.append(DayException(on, on + timedelta(days=dice.randint(1, 2)), dice.choice([(), (Shift(540, 720),)])))
    return compile_calendar([Calendar(1, "own", week, tuple(offs))], 1)


def random_stretches(dice: random.Random, from_at: int, count: int, days: int) -> tuple[Stretch, ...]:
    """Return engagements by day, mostly in the hours of an office; some overlap and some are empty."""
    found = []
    for _ in range(count):
        midnight = from_at - from_at % 1440 + dice.randint(-1, days) * 1440
        start = midnight + dice.choice([dice.randrange(540, 1080), 30 * dice.randrange(18, 36), dice.randrange(1440)])
        found.append(Stretch(start, start + dice.choice([0, 15, 30, 45, 60, 60, 90, 120, 480])))
    return tuple(found)


def same(case: Case, report: SlotReport, naive: list[NaiveSlot]) -> bool:
    """Say whether both searches gave the same ranking with the same facts."""
    meeting = case[0]
    optional = [person.uid for person in meeting.optional]
    return report.possible == len(naive) == len(report.slots) and all(
        told(slot) == one and list(slot.absent_uids) == [uid for uid in optional if uid not in one.attending]
        for slot, one in zip(report.slots, naive, strict=True)
    )


def told(slot: Slot) -> NaiveSlot:
    """Return a slot in the words of the naive search."""
    rooms = () if slot.room_uid is None else (slot.room_uid, *slot.other_room_uids)
    merits = tuple(part.merit_permille for part in slot.parts)
    return NaiveSlot(
        slot.start_at,
        rooms,
        slot.attending_uids,
        slot.at_lunch_uids,
        slot.disturbed_uids,
        slot.split_uids,
        merits,
        slot.score,
    )


def equal(case: Case) -> tuple[bool, int, float, float]:
    """Return whether both searches agree on a case, how many slots there are, and the CPU seconds of both."""
    meeting, from_at, until_at, preferences = case
    begin = time.process_time()
    report = find_slots(meeting, from_at=from_at, until_at=until_at, preferences=preferences)
    middle = time.process_time()
    naive = naive_slots(meeting, from_at=from_at, until_at=until_at, preferences=preferences)
    is_equal = same(case, report, naive)
    if report.concessions is not None:
        is_equal &= conceded(report.concessions) == naive_concessions(meeting, from_at=from_at, until_at=until_at)
    return is_equal, report.possible, middle - begin, time.process_time() - middle


def conceded(concessions: Concessions) -> NaiveConcessions:
    """Return what would have to give in the words of the naive search."""
    fewest = {len(one.missing_uids) + one.is_room_missing for one in concessions.compromises}
    longest = (concessions.longest_minutes, concessions.longest_at)
    return NaiveConcessions(
        concessions.considered,
        tuple(
            (one.uid, one.blocked, one.outside_hours, one.engaged, one.buffered, one.gained)
            for one in concessions.blockers
        ),
        concessions.without_room,
        concessions.without_buffers,
        None if longest == (None, None) else longest,
        fewest.pop() if len(fewest) == 1 else None,
    )


def large_case(seed: int = 1) -> Case:
    """Return the question of the speed figure: 30 people of whom 3 are required, 10 rooms, 90 days, steps of 5 minutes."""
    dice = random.Random(seed)
    monday = day_number(date(2026, 10, 5)) * 1440
    days = 90
    holidays = tuple(
        DayException(date(2026, month, day), date(2026, month, day) + timedelta(days=1))
        for month, day in ((10, 12), (11, 3), (11, 23), (12, 29), (12, 30), (12, 31))
    )

    def calendar() -> CompiledCalendar:
        start = date(2026, 10, 5) + timedelta(days=dice.randrange(days))
        own = (*holidays, DayException(start, start + timedelta(days=dice.randint(1, 5))))
        return compile_calendar([Calendar(1, "own", ((dice.choice(DAYS_OF_WORK),) * 5 + ((), ())), own)], 1)

    def diary(count: int) -> tuple[Stretch, ...]:
        starts = [
            monday + day * 1440 + 5 * dice.randrange(108, 210)
            for day in range(days)
            if day % 7 < 5
            for _ in range(count)
        ]
        return tuple(Stretch(start, start + dice.choice([30, 30, 60, 90])) for start in starts)

    people = [
        Person(uid=uid, name=f"person {uid}", calendar=calendar(), busy=diary(5), provisional=diary(1))
        for uid in range(30)
    ]
    rooms = tuple(
        Room(uid=uid, name=f"room {uid}", seats=20 + 4 * uid, calendar=calendar(), busy=diary(4)) for uid in range(10)
    )
    meeting = Meeting(
        length_minutes=60,
        required=tuple(people[:3]),
        optional=tuple(people[3:]),
        rooms=rooms,
        people_buffer=Buffer(before_minutes=5, after_minutes=5),
        room_buffer=Buffer(before_minutes=10, after_minutes=10),
        step_minutes=5,
    )
    return meeting, monday, monday + days * 1440, Preferences()


def cpu_ms(work: Callable[[], object], *, runs: int, before: Callable[[], object] = lambda: None) -> list[float]:
    """Return the CPU milliseconds of warm runs."""
    work()
    found = []
    for _ in range(runs):
        before()
        begin = time.process_time_ns()
        work()
        found.append((time.process_time_ns() - begin) / 1e6)
    return found


def main() -> int:
    """Print both figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    dice = random.Random(seed)
    answers = [equal(random_case(dice)) for _ in range(count)]
    differences = sum(not is_equal for is_equal, _, _, _ in answers)
    slots = sum(found for _, found, _, _ in answers)
    empty = sum(not found for _, found, _, _ in answers)
    ours, naive = (sum(answer[place] for answer in answers) for place in (2, 3))
    print(f"equality: {count} cases, {slots} slots, {empty} cases without one, {differences} differences")
    print(f"  CPU: ours {ours:.1f} s, every slot told with reasons; naive {naive:.1f} s")
    meeting, from_at, until_at, preferences = large_case()

    def ask() -> SlotReport:
        return find_slots(meeting, from_at=from_at, until_at=until_at, preferences=preferences)

    def forget_engagements() -> None:
        for owner in (*meeting.people, *meeting.rooms):
            owner.kept.clear()

    def forget_all() -> None:
        forget_engagements()
        forget_hours()

    report = ask()
    engagements = sum(len(owner.busy) for owner in (*meeting.people, *meeting.rooms))
    print(f"speed: {report.considered} starts, {engagements} engagements, {report.possible} possible starts")
    warm = cpu_ms(ask, runs=101)
    print(f"  asked again: median {statistics.median(warm):.2f} ms, best {min(warm):.2f} ms of CPU (bar {BAR_MS} ms)")
    for name, forget in (("engagements", forget_engagements), ("engagements and calendars", forget_all)):
        times = cpu_ms(ask, runs=31, before=forget)
        print(f"  {name} not seen before: median {statistics.median(times):.2f} ms, best {min(times):.2f} ms")
    begin = time.process_time()
    slow = naive_slots(meeting, from_at=from_at, until_at=until_at, preferences=preferences)
    slow_ms = (time.process_time() - begin) * 1000
    whole = find_slots(meeting, from_at=from_at, until_at=until_at, preferences=replace(preferences, count=10**6))
    is_same = same((meeting, from_at, until_at, preferences), whole, slow)
    print(f"  naive: {slow_ms:.0f} ms, {slow_ms / statistics.median(warm):.0f} times as much; same ranking: {is_same}")
    return int(differences > 0 or not is_same or statistics.median(warm) > BAR_MS)


if __name__ == "__main__":
    sys.exit(main())
