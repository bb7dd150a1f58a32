from datetime import date, datetime

import pytest

from kaname.engine.calendar.types import Calendar, DayException, Shift, WorkWeek
from kaname.engine.units import wall_minute
from kaname.formats.wbs.worktime import STANDARD, WorkingTime

CLOCK = WorkingTime((STANDARD,), 1)


def at(text):
    return wall_minute(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("start", "finish", "minutes"),
    [
        ("2026-04-01 09:00", "2026-04-01 18:00", 480),
        ("2026-04-01 11:30", "2026-04-01 13:30", 60),
        ("2026-04-03 17:00", "2026-04-06 10:00", 120),
        ("2026-04-04 00:00", "2026-04-06 00:00", 0),
        ("2025-12-31 09:00", "2027-01-01 00:00", 262 * 480),
    ],
)
def test_minutes_between_count_working_time(start, finish, minutes):
    assert CLOCK.minutes_between(at(start), at(finish)) == minutes


@pytest.mark.parametrize(
    ("start", "amount", "finish"),
    [
        ("2026-04-01 09:00", 480, "2026-04-01 18:00"),
        ("2026-04-03 18:00", 480, "2026-04-06 18:00"),
        ("2026-04-06 18:00", -480, "2026-04-06 09:00"),
        ("2026-04-06 09:00", -60, "2026-04-03 17:00"),
        ("2026-04-01 09:00", 0, "2026-04-01 09:00"),
    ],
)
def test_add_moves_over_nights_and_weekends(start, amount, finish):
    assert CLOCK.add(at(start), amount) == at(finish)


def test_calendar_without_work_gives_up_where_it_stands():
    clock = WorkingTime((Calendar(uid=1, name="", week=((),) * 7),), 1)
    assert clock.add(at("2026-04-01 09:00"), 480) == at("2026-04-01 09:00")
    assert clock.next_start(at("2026-04-01 09:00")) == at("2026-04-01 09:00")


def test_stacked_calendars_speak_in_their_order():
    day, short, night = (Shift(540, 1080),), (Shift(540, 720),), (Shift(0, 1440),)
    base = Calendar(
        uid=1,
        name="",
        week=(day,) * 7,
        exceptions=(
            DayException(date(2026, 5, 1), date(2026, 5, 8)),
            DayException(date(2026, 5, 4), date(2026, 5, 5), short),
        ),
    )
    own = Calendar(
        uid=2,
        name="",
        week=(None, None, None, None, None, night, night),
        exceptions=(DayException(date(2026, 5, 1), date(2026, 5, 2), night),),
        work_weeks=(WorkWeek(date(2026, 6, 1), date(2026, 6, 8), (short, *(None,) * 6)),),
        base_uid=1,
    )
    clock = WorkingTime((base, own), 2)
    days = {date(2026, 5, 1): night, date(2026, 5, 2): (), date(2026, 5, 4): short, date(2026, 5, 9): night}
    days |= {date(2026, 5, 11): day, date(2026, 6, 1): short, date(2026, 6, 2): day}
    assert {each: clock.shifts(each.toordinal() - date(1970, 1, 1).toordinal()) for each in days} == days
