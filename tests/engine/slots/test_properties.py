"""What must hold for any question, whatever the answer."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.engine.calendar import Shift
from kaname.engine.slots import Buffer, Meeting, Person, Preferences, Room, Stretch, find_slots
from tests.engine.slots.small_office import ALL_DAY, OFFICE, at, hours

WINDOW = {"from_at": at("05 00:00"), "until_at": at("07 00:00")}
CALENDARS = st.sampled_from([OFFICE, ALL_DAY, hours(Shift(600, 900), Shift(960, 1200))])
BUFFERS = st.builds(Buffer, before_minutes=st.integers(0, 40), after_minutes=st.integers(0, 40))


@st.composite
def diaries(draw):
    found = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(at("05 06:00"), at("06 20:00")))
        found.append(Stretch(start, start + draw(st.integers(0, 300))))
    return tuple(found)


@st.composite
def meetings(draw):
    people = tuple(
        Person(uid=uid, name=f"p{uid}", calendar=draw(CALENDARS), busy=draw(diaries()), provisional=draw(diaries()))
        for uid in range(draw(st.integers(1, 5)))
    )
    rooms = tuple(
        Room(uid=uid, name=f"r{uid}", seats=draw(st.integers(1, 9)), calendar=draw(CALENDARS), busy=draw(diaries()))
        for uid in range(draw(st.integers(0, 3)))
    )
    required = draw(st.integers(1, len(people)))
    return Meeting(
        length_minutes=draw(st.sampled_from([10, 25, 30, 60, 95])),
        required=people[:required],
        optional=people[required:],
        rooms=rooms,
        seats=5,
        people_buffer=draw(BUFFERS),
        room_buffer=draw(BUFFERS),
        step_minutes=draw(st.sampled_from([15, 20, 30])),
    )


def answer(meeting):
    return find_slots(meeting, **WINDOW, preferences=Preferences(count=10**6))


def is_kept(owner, slot, buffer):
    start, finish = slot.start_at - buffer.before_minutes, slot.finish_at + buffer.after_minutes
    is_working = owner.calendar.between(slot.start_at, slot.finish_at) == slot.finish_at - slot.start_at
    long = [one for one in owner.busy if one.start_at < one.finish_at]
    return is_working and all(one.finish_at <= start or finish <= one.start_at for one in long)


@settings(max_examples=25, deadline=None)
@given(meetings())
def test_slots_keep_hours_engagements_buffers_and_the_required(meeting):
    people = {person.uid: person for person in meeting.people}
    rooms = {room.uid: room for room in meeting.rooms}
    for slot in answer(meeting).slots:
        assert {person.uid for person in meeting.required} <= set(slot.attending_uids)
        assert set(slot.attending_uids) | set(slot.absent_uids) == set(people)
        assert all(is_kept(people[uid], slot, meeting.people_buffer) for uid in slot.attending_uids)
        assert not any(is_kept(people[uid], slot, meeting.people_buffer) for uid in slot.absent_uids)
        named = {slot.room_uid, *slot.other_room_uids} - {None}
        fitting = {uid for uid, room in rooms.items() if room.seats >= 5 and is_kept(room, slot, meeting.room_buffer)}
        assert named == fitting
        assert bool(rooms) == bool(named)


@settings(max_examples=25, deadline=None)
@given(meetings())
def test_slots_are_ranked_by_score_then_start(meeting):
    slots = answer(meeting).slots
    keys = [(-slot.score, slot.start_at) for slot in slots]
    assert keys == sorted(keys)
    assert [slot.rank for slot in slots] == list(range(1, len(slots) + 1))


@settings(max_examples=25, deadline=None)
@given(meetings())
def test_asking_somebody_no_longer_to_come_never_takes_a_start_away(meeting):
    fewer = replace(meeting, required=meeting.required[1:])
    if fewer.people:
        before = {slot.start_at for slot in answer(meeting).slots}
        after = {slot.start_at for slot in answer(fewer).slots}
        assert before <= after or not fewer.required


@settings(max_examples=25, deadline=None)
@given(meetings())
def test_making_somebody_optional_never_worsens_the_best(meeting):
    *stay, last = meeting.required
    softer = replace(meeting, required=tuple(stay), optional=(*meeting.optional, last))
    before, after = answer(meeting), answer(softer)
    assert before.possible <= after.possible
    if before.slots:
        assert after.slots[0].score >= before.slots[0].score


@settings(max_examples=15, deadline=None)
@given(meetings(), st.randoms())
def test_order_of_engagements_does_not_matter(meeting, dice):
    def shuffled(owner):
        return replace(owner, busy=tuple(dice.sample(owner.busy, len(owner.busy))))

    mixed = replace(meeting, required=tuple(map(shuffled, meeting.required)), rooms=tuple(map(shuffled, meeting.rooms)))
    assert answer(mixed) == answer(meeting)
