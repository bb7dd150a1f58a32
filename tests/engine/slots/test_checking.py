from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from kaname.engine.slots import Buffer, Meeting, MeetingError, Preferences, Stretch, Weights, find_slots
from tests.engine.slots.small_office import LARGE, MONDAY, REVIEW, SATO

NOTHING = Weights(attendance=0, earliness=0, lunch=0, disturbance=0, focus=0, room=0)


@pytest.mark.parametrize(
    ("meeting", "said"),
    [
        (replace(REVIEW, length_minutes=0), "A meeting lasts 1 to 1440 minutes, not 0."),
        (replace(REVIEW, step_minutes=7), "A day of 1440 minutes cannot be divided into steps of 7 minutes."),
        (replace(REVIEW, step_minutes=0), "A day of 1440 minutes cannot be divided into steps of 0 minutes."),
        (Meeting(length_minutes=30), "Nobody is invited. Name at least one person."),
        (replace(REVIEW, seats=-1), "A meeting cannot need -1 seats."),
        (
            replace(REVIEW, room_buffer=Buffer(after_minutes=-5)),
            "Time kept free before and after a meeting is 0 to 1440 minutes.",
        ),
        (replace(REVIEW, optional=(SATO,)), "Number 1 (Sato) is given more than once."),
        (replace(REVIEW, rooms=(LARGE, LARGE)), "Number 12 (Room B) is given more than once."),
        (replace(REVIEW, rooms=(replace(LARGE, seats=-1),)), "Room B cannot have -1 seats."),
        (
            replace(REVIEW, optional=(replace(SATO, uid=5, busy=(Stretch(20, 10),)),)),
            "An engagement of Sato ends before it begins.",
        ),
        (
            replace(REVIEW, optional=(replace(SATO, uid=5, zone=ZoneInfo("Asia/Tokyo")),)),
            "Sato has a time zone and the meeting has none. Name the zone of the meeting.",
        ),
    ],
)
def test_meeting_that_contradicts_itself_is_refused(meeting, said):
    with pytest.raises(MeetingError) as caught:
        find_slots(meeting, **MONDAY)
    assert str(caught.value.message) == str(caught.value) == said


@pytest.mark.parametrize(
    ("preferences", "said"),
    [
        (Preferences(weights=NOTHING), "Weights are whole numbers from 0 to 1000000, and at least one is more than 0."),
        (
            Preferences(weights=Weights(room=-1)),
            "Weights are whole numbers from 0 to 1000000, and at least one is more than 0.",
        ),
        (Preferences(lunch_start=800), "Lunch begins before it ends and stays within one day."),
        (
            Preferences(count=0),
            "Ask for at least one slot, a distance of 0 minutes or more and a block of 1 minute or more.",
        ),
    ],
)
def test_preferences_that_cannot_rank_are_refused(preferences, said):
    with pytest.raises(MeetingError) as caught:
        find_slots(REVIEW, **MONDAY, preferences=preferences)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("from_at", "until_at", "said"),
    [
        (0, 0, "The window ends before it begins."),
        (0, 1440 * 3661, "The window is longer than 3660 days."),
        (-(10**10), 0, "The window lies outside the years 2 to 9998."),
        (0, 10**10, "The window lies outside the years 2 to 9998."),
    ],
)
def test_window_that_is_none_is_refused(from_at, until_at, said):
    with pytest.raises(MeetingError) as caught:
        find_slots(REVIEW, from_at=from_at, until_at=until_at)
    assert str(caught.value) == said


def test_window_with_too_many_starts_is_refused():
    with pytest.raises(MeetingError) as caught:
        find_slots(replace(REVIEW, step_minutes=1), from_at=0, until_at=1440 * 2000)
    assert str(caught.value) == "The window holds more than 2000000 starts. Make it shorter or the steps longer."
