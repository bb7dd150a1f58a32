from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from kaname.engine.calendar import DayException, Shift
from kaname.engine.slots import Buffer, Criterion, Meeting, Person, Preferences, Weights, find_slots
from tests.engine.slots.small_office import (
    ALL_DAY,
    ITO,
    LARGE,
    MONDAY,
    NINE_TO_SIX,
    OFFICE,
    REVIEW,
    SATO,
    SUZUKI,
    at,
    hours,
    said,
    taken,
)


def starts(meeting, *, window=MONDAY, preferences=None):
    report = find_slots(meeting, **window, preferences=preferences or Preferences(count=10**6))
    return sorted(said(slot.start_at) for slot in report.slots)


def test_find_slots_ranks_a_monday_worked_by_hand():
    report = find_slots(REVIEW, **MONDAY)
    assert (report.considered, report.possible, report.concessions) == (47, 7, None)
    assert [
        (slot.rank, said(slot.start_at), slot.room_uid, slot.other_room_uids, slot.score) for slot in report.slots
    ] == [
        (1, "05 15:00", 11, (12,), 81175),
        (2, "05 17:00", 11, (12,), 79000),
        (3, "05 15:30", 11, (12,), 77310),
        (4, "05 16:00", 11, (12,), 76760),
        (5, "05 16:30", 11, (12,), 76210),
        (6, "05 11:00", 12, (), 54275),
        (7, "05 10:30", 12, (), 51485),
    ]


def test_find_slots_gives_every_part_of_a_rank_with_its_reason():
    slot = find_slots(REVIEW, **MONDAY).slots[-1]
    assert [(part.criterion, part.weight, part.merit_permille, str(part.reason)) for part in slot.parts] == [
        (Criterion.ATTENDANCE, 30, 0, "Optional people who can come: 0 of 1. Absent: Ito."),
        (Criterion.EARLINESS, 25, 543, "It begins on day 1 of 1."),
        (Criterion.LUNCH, 15, 1000, "It leaves everybody their lunch break."),
        (Criterion.DISTURBANCE, 15, 1000, "No provisional engagement has to be moved."),
        (Criterion.FOCUS, 10, 666, "It splits a free block of 120 minutes or more of: Suzuki."),
        (Criterion.ROOM, 5, 250, "Room B is the smallest free room that fits: seats 12, needed 3."),
    ]
    assert (slot.attending_uids, slot.absent_uids, slot.split_uids) == ((1, 2), (3,), (2,))
    assert (slot.finish_at - slot.start_at, slot.score_permille) == (60, 514)


def test_find_slots_says_what_sets_a_slot_back_behind_the_first():
    slots = find_slots(REVIEW, **MONDAY).slots
    assert [None if slot.behind is None else str(slot.behind) for slot in slots[:3]] == [
        None,
        "2175 points behind the first, above all because it is later.",
        "3865 points behind the first, above all because it splits more long free blocks.",
    ]
    assert str(slots[-1].behind) == ("29690 points behind the first, above all because fewer optional people can come.")


def test_find_slots_keeps_slots_apart_and_the_better_one():
    preferences = Preferences(apart_minutes=60, count=3)
    slots = find_slots(REVIEW, **MONDAY, preferences=preferences).slots
    assert [said(slot.start_at) for slot in slots] == ["05 15:00", "05 17:00", "05 16:00"]


def test_find_slots_of_equal_score_puts_the_earlier_first():
    weights = Weights(attendance=1, earliness=0, lunch=0, disturbance=0, focus=0, room=0)
    meeting = Meeting(length_minutes=60, required=(SUZUKI,), step_minutes=60)
    report = find_slots(meeting, **MONDAY, preferences=Preferences(weights=weights, count=2))
    assert [said(slot.start_at) for slot in report.slots] == ["05 09:00", "05 10:00"]
    assert str(report.slots[1].behind) == "As good as the first, but later."


def test_find_slots_buffers_keep_engagements_away_but_reach_outside_hours():
    person = Person(uid=1, name="Sato", calendar=ALL_DAY, busy=taken("05 11:00-12:00"))
    meeting = Meeting(length_minutes=60, required=(person,), step_minutes=30)
    window = {"from_at": at("05 09:00"), "until_at": at("05 14:00")}
    assert starts(meeting, window=window) == ["05 09:00", "05 09:30", "05 10:00", "05 12:00", "05 12:30", "05 13:00"]
    before = replace(meeting, people_buffer=Buffer(before_minutes=10))
    assert starts(before, window=window) == ["05 09:00", "05 09:30", "05 10:00", "05 12:30", "05 13:00"]
    after = replace(meeting, people_buffer=Buffer(after_minutes=30))
    assert starts(after, window=window) == ["05 09:00", "05 09:30", "05 12:00", "05 12:30", "05 13:00"]


def test_find_slots_sees_an_engagement_outside_the_window_through_the_buffer():
    person = Person(uid=1, name="Sato", calendar=ALL_DAY, busy=taken("05 08:00-09:00", "05 11:00-12:00"))
    meeting = Meeting(
        length_minutes=60,
        required=(person,),
        step_minutes=30,
        people_buffer=Buffer(before_minutes=15, after_minutes=15),
    )
    assert starts(meeting, window={"from_at": at("05 09:00"), "until_at": at("05 11:00")}) == ["05 09:30"]


def test_find_slots_room_buffer_binds_the_room_alone():
    room = replace(LARGE, busy=taken("05 10:00-11:00"))
    meeting = Meeting(
        length_minutes=60, required=(ITO,), rooms=(room,), step_minutes=60, room_buffer=Buffer(before_minutes=30)
    )
    assert starts(meeting) == ["05 09:00", "05 13:00", "05 14:00", "05 15:00", "05 16:00", "05 17:00"]


def test_find_slots_takes_only_rooms_with_seats_and_equipment():
    meeting = replace(REVIEW, equipment=frozenset({"screen"}))
    assert {slot.room_uid for slot in find_slots(meeting, **MONDAY).slots} == {12}
    assert {slot.room_uid for slot in find_slots(replace(REVIEW, seats=7), **MONDAY).slots} == {12}


def test_find_slots_counts_an_absence_and_a_holiday_as_no_working_time():
    off = DayException(date(2026, 10, 5), date(2026, 10, 6), (Shift(780, 900),))
    person = Person(uid=9, name="Abe", calendar=hours(*NINE_TO_SIX, exceptions=(off,)))
    assert starts(Meeting(length_minutes=60, required=(person,), step_minutes=60)) == ["05 13:00", "05 14:00"]


def test_find_slots_meets_where_two_zones_work():
    tokyo, kolkata = ZoneInfo("Asia/Tokyo"), ZoneInfo("Asia/Kolkata")
    people = (
        Person(uid=1, name="Sato", calendar=ALL_DAY),
        Person(uid=2, name="Rao", calendar=ALL_DAY, zone=kolkata),
    )
    meeting = Meeting(length_minutes=60, required=people, zone=tokyo, step_minutes=30)
    report = find_slots(meeting, **MONDAY, preferences=Preferences(count=99))
    assert sorted(said(slot.start_at) for slot in report.slots) == [
        "05 12:30", "05 13:00", "05 13:30", "05 14:00", "05 14:30", "05 15:00", "05 15:30", "05 16:00", "05 16:30",
        "05 17:00",
    ]  # fmt: skip
    at_lunch = {said(slot.start_at): slot.at_lunch_uids for slot in report.slots if slot.at_lunch_uids}
    assert at_lunch == {"05 12:30": (1,), "05 15:00": (2,), "05 15:30": (2,), "05 16:00": (2,)}


def test_find_slots_follows_a_change_of_clocks_abroad():
    sydney = Person(uid=1, name="Lee", calendar=ALL_DAY, zone=ZoneInfo("Australia/Sydney"))
    meeting = Meeting(length_minutes=540, required=(sydney,), zone=ZoneInfo("Asia/Tokyo"), step_minutes=60)
    window = {"from_at": at("01 00:00"), "until_at": at("07 00:00")}
    assert starts(meeting, window=window) == ["01 08:00", "02 08:00", "05 07:00", "06 07:00"]


def test_find_slots_provisional_engagement_costs_but_does_not_block():
    person = replace(SATO, busy=(), provisional=taken("05 09:00-12:00"))
    meeting = Meeting(length_minutes=60, required=(person,), step_minutes=60)
    report = find_slots(meeting, **MONDAY)
    assert [(said(slot.start_at), slot.disturbed_uids) for slot in report.slots[:2]] == [
        ("05 13:00", ()),
        ("05 14:00", ()),
    ]
    disturbed = next(slot for slot in report.slots if slot.disturbed_uids)
    assert str(disturbed.parts[3].reason) == "A provisional engagement has to be moved by: Sato."


def test_find_slots_crosses_midnight_where_work_does():
    night = Person(uid=1, name="Ueda", calendar=hours(Shift(0, 120), Shift(1380, 1440)))
    meeting = Meeting(length_minutes=120, required=(night,), step_minutes=60)
    window = {"from_at": at("05 12:00"), "until_at": at("06 12:00")}
    assert starts(meeting, window=window) == ["05 23:00", "06 00:00"]


def test_find_slots_holds_more_people_and_rooms_than_a_word_has_bits():
    many = tuple(Person(uid=uid, name=f"p{uid}", calendar=OFFICE) for uid in range(150))
    blocked = (*many[:149], replace(many[149], busy=taken("05 09:00-12:00")))
    rooms = tuple(replace(LARGE, uid=uid, seats=200 + uid, busy=taken("05 09:00-18:00")) for uid in range(99))
    meeting = Meeting(length_minutes=60, required=blocked, rooms=(*rooms, replace(LARGE, uid=99, seats=299)))
    slot = find_slots(meeting, **MONDAY).slots[0]
    assert (said(slot.start_at), slot.room_uid, slot.other_room_uids, len(slot.attending_uids)) == (
        "05 13:00",
        99,
        (),
        150,
    )


def test_find_slots_without_required_people_needs_somebody_to_come():
    meeting = Meeting(length_minutes=60, optional=(ITO,), step_minutes=60)
    assert starts(meeting) == ["05 09:00", "05 13:00", "05 14:00", "05 15:00", "05 16:00", "05 17:00"]
