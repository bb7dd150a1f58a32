from datetime import date

import pytest

from kaname.engine.calendar import Calendar, CalendarError, DayException, Shift, WorkWeek, compile_calendar
from kaname.engine.calendar.stacking import FIRST_DAY, lay_flat
from kaname.engine.units import day_number

NINE_TO_SIX = (Shift(540, 720), Shift(780, 1080))
MORNING = (Shift(540, 720),)
NIGHT = (Shift(0, 360),)
OFFICE = Calendar(1, "office", (NINE_TO_SIX,) * 5 + ((), ()))
FOLLOWS = (None,) * 7


def shifts(calendars, uid, *days):
    calendar = compile_calendar(calendars, uid)
    return [calendar.shifts_on(day) for day in days]


def test_calendar_plain_is_one_era_from_year_one():
    (era,) = lay_flat([OFFICE], 1)
    assert era.starts_day == FIRST_DAY
    assert era.week == (NINE_TO_SIX,) * 5 + ((), ())


def test_exception_of_own_calendar_beats_work_week_and_week():
    calendar = Calendar(
        1,
        "office",
        OFFICE.week,
        (DayException(date(2026, 10, 6), date(2026, 10, 7), NIGHT),),
        (WorkWeek(date(2026, 10, 5), date(2026, 10, 12), (MORNING, MORNING, None, MORNING, MORNING, MORNING, None)),),
    )
    days = [date(2026, 10, day) for day in (5, 6, 7, 10, 11, 12)]
    assert shifts([calendar], 1, *days) == [MORNING, NIGHT, NINE_TO_SIX, MORNING, (), NINE_TO_SIX]


def test_later_exception_wins_over_earlier_one():
    calendar = Calendar(
        1,
        "office",
        OFFICE.week,
        (
            DayException(date(2026, 10, 5), date(2026, 10, 9)),
            DayException(date(2026, 10, 7), date(2026, 10, 8), MORNING),
        ),
    )
    days = [date(2026, 10, day) for day in (6, 7, 8)]
    assert shifts([calendar], 1, *days) == [(), MORNING, ()]


def test_holiday_of_base_beats_own_plain_week():
    base = Calendar(1, "office", OFFICE.week, (DayException(date(2026, 10, 5), date(2026, 10, 6)),))
    person = Calendar(2, "person", (MORNING,) + (None,) * 6, base_uid=1)
    assert shifts([base, person], 2, date(2026, 10, 5), date(2026, 10, 12)) == [(), MORNING]


def test_own_exception_beats_holiday_of_base():
    base = Calendar(1, "office", OFFICE.week, (DayException(date(2026, 10, 5), date(2026, 10, 6)),))
    person = Calendar(2, "person", FOLLOWS, (DayException(date(2026, 10, 5), date(2026, 10, 6), NIGHT),), base_uid=1)
    assert shifts([base, person], 2, date(2026, 10, 5)) == [NIGHT]


def test_three_calendars_deep_follow_to_the_ground():
    base = Calendar(1, "office", OFFICE.week, (DayException(date(2026, 10, 6), date(2026, 10, 7)),))
    team = Calendar(2, "team", (None, None, MORNING, None, None, None, None), base_uid=1)
    person = Calendar(3, "person", FOLLOWS, base_uid=2)
    days = [date(2026, 10, day) for day in (5, 6, 7, 10)]
    assert shifts([base, team, person], 3, *days) == [NINE_TO_SIX, (), MORNING, ()]


def test_weekday_that_nobody_defines_is_not_worked():
    calendar = Calendar(1, "bare", (MORNING,) + (None,) * 6)
    assert shifts([calendar], 1, date(2026, 10, 5), date(2026, 10, 6)) == [MORNING, ()]


def test_shifts_touching_and_unordered_are_joined():
    calendar = Calendar(1, "x", ((Shift(780, 1080), Shift(540, 720), Shift(700, 780)),) * 7)
    assert shifts([calendar], 1, date(2026, 10, 5)) == [(Shift(540, 1080),)]


def test_thousand_exceptions_give_two_eras_each():
    monday = date(2026, 1, 5).toordinal()
    holidays = tuple(
        DayException(date.fromordinal(monday + 7 * week), date.fromordinal(monday + 7 * week + 1))
        for week in range(1000)
    )
    eras = lay_flat([Calendar(1, "many", OFFICE.week, holidays)], 1)
    assert len(eras) == 2001
    assert eras[1].starts_day == day_number(date(2026, 1, 5))


@pytest.mark.parametrize(
    ("calendars", "words"),
    [
        ([Calendar(1, "a", FOLLOWS, base_uid=2), Calendar(2, "b", FOLLOWS, base_uid=1)], "in a ring: a → b → a"),
        ([Calendar(1, "a", FOLLOWS, base_uid=1)], "in a ring: a → a"),
        ([Calendar(1, "a", FOLLOWS, base_uid=9)], "Calendar number 9, on which “a” rests, does not exist"),
        ([Calendar(1, "a", ((Shift(600, 500),),) * 7)], "from minute 600 to minute 500"),
        ([Calendar(1, "a", ((Shift(600, 1441),),) * 7)], "from minute 600 to minute 1441"),
        ([Calendar(1, "a", (MORNING,) * 6)], "a week of 6 days"),
        ([Calendar(1, "a", ((),) * 7)], "“a” has no working time at all"),
    ],
)
def test_calendar_that_makes_no_sense_is_refused_with_its_reason(calendars, words):
    with pytest.raises(CalendarError, match=words):
        compile_calendar(calendars, 1)
