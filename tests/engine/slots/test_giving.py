from dataclasses import replace

import pytest

from kaname.engine.slots import Buffer, Meeting, Person, find_slots
from tests.engine.slots.small_office import ITO, LARGE, MONDAY, OFFICE, REVIEW, SATO, SUZUKI, at, said, taken

ABE = Person(uid=4, name="Abe", calendar=OFFICE, busy=taken("05 09:00-15:00", "05 16:00-18:00"))


def test_concessions_name_the_person_who_blocks_most():
    meeting = Meeting(
        length_minutes=60, required=(SATO, SUZUKI, replace(ABE, busy=taken("05 09:00-18:00"))), step_minutes=60
    )
    concessions = find_slots(meeting, **MONDAY).concessions
    assert (concessions.considered, concessions.without_room, concessions.without_buffers) == (8, 0, 0)
    assert [
        (one.uid, one.blocked, one.outside_hours, one.engaged, one.buffered, one.gained) for one in concessions.blockers
    ] == [
        (4, 8, 0, 8, 0, 4),
        (1, 2, 0, 2, 0, 0),
        (2, 2, 0, 2, 0, 0),
    ]
    assert str(concessions.blockers[0].reason) == (
        "Abe blocks 8 of 8 starts: 0 outside own hours, 8 engaged, 0 without the time kept free before and after. "
        "Possible starts without Abe: 4."
    )
    assert list(map(str, concessions.reasons)) == [
        "Abe stands in the way most. Possible starts without this person: 4."
    ]
    assert [(said(one.start_at), one.missing_uids, str(one.reason)) for one in concessions.compromises] == [
        ("05 11:00", (4,), "Missing: Abe."),
        ("05 15:00", (4,), "Missing: Abe."),
        ("05 17:00", (4,), "Missing: Abe."),
    ]


def test_concessions_find_the_longest_meeting_that_would_fit():
    meeting = Meeting(length_minutes=90, required=(SATO, SUZUKI, ABE), step_minutes=15)
    concessions = find_slots(meeting, **MONDAY).concessions
    assert (concessions.longest_minutes, said(concessions.longest_at)) == (60, "05 15:00")
    assert str(concessions.reasons[-1]) == "A meeting of 60 minutes would have a slot."


def test_concessions_tell_of_buffers():
    buffer = Buffer(before_minutes=15)
    meeting = Meeting(length_minutes=60, required=(SUZUKI, ABE, ITO), step_minutes=15, people_buffer=buffer)
    concessions = find_slots(meeting, **MONDAY).concessions
    assert concessions.without_buffers == 1
    assert "Possible starts with no time kept free before and after: 1." in map(str, concessions.reasons)
    assert [(one.uid, one.buffered) for one in concessions.blockers] == [(4, 1), (2, 1), (3, 0)]


def test_concessions_tell_of_rooms():
    full = replace(LARGE, busy=taken("05 09:00-18:00"))
    concessions = find_slots(replace(REVIEW, rooms=(full,), step_minutes=60), **MONDAY).concessions
    assert concessions.without_room == 4
    assert [str(one.reason) for one in concessions.compromises] == [
        "Everybody required could come, but no fitting room is free."
    ] * 3
    small = find_slots(replace(REVIEW, seats=40), **MONDAY).concessions
    assert str(small.reasons[0]) == "None of the rooms has 40 seats and all the equipment."


def test_concessions_of_a_window_without_a_start():
    concessions = find_slots(REVIEW, from_at=at("05 09:00"), until_at=at("05 09:45")).concessions
    assert (concessions.considered, concessions.blockers, concessions.compromises) == (0, (), ())
    assert str(concessions.reasons[0]) == "The window is shorter than the meeting."


@pytest.mark.parametrize("optional", [(ITO,), (ITO, ABE)])
def test_concessions_of_optional_people_alone(optional):
    meeting = Meeting(length_minutes=60, optional=optional, rooms=(replace(LARGE, seats=0),), step_minutes=60)
    concessions = find_slots(meeting, **MONDAY).concessions
    assert (concessions.blockers, concessions.without_room) == ((), 6)
