from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaname.engine.calendar import (
    Calendar,
    CalendarExhaustedError,
    DayException,
    NoWorkingTimeError,
    Shift,
    compile_calendar,
)
from kaname.engine.units import wall_minute, wall_moment

NINE_TO_SIX = (Shift(540, 720), Shift(780, 1080))
HOLIDAY = DayException(date(2026, 10, 12), date(2026, 10, 13))
OFFICE = compile_calendar([Calendar(1, "office", (NINE_TO_SIX,) * 5 + ((), ()), (HOLIDAY,))], 1)
ALWAYS = compile_calendar([Calendar(1, "always", ((Shift(0, 1440),),) * 7)], 1)


def at(text):
    return wall_minute(datetime.fromisoformat(text))


def said(minute):
    return wall_moment(minute).isoformat(" ", "minutes")


@pytest.mark.parametrize(
    ("start", "amount", "finish"),
    [
        ("2026-10-02 09:00", 480, "2026-10-02 18:00"),
        ("2026-10-02 09:00", 180, "2026-10-02 12:00"),
        ("2026-10-02 09:00", 181, "2026-10-02 13:01"),
        ("2026-10-02 18:00", 1, "2026-10-05 09:01"),
        ("2026-10-09 09:00", 960, "2026-10-13 18:00"),
        ("2026-10-03 10:00", 0, "2026-10-03 10:00"),
        ("2026-10-05 09:00", -1, "2026-10-02 17:59"),
    ],
)
def test_add_ends_at_the_end_of_a_shift(start, amount, finish):
    assert said(OFFICE.add(at(start), amount)) == finish


@pytest.mark.parametrize(
    ("finish", "amount", "start"),
    [
        ("2026-10-02 18:00", 480, "2026-10-02 09:00"),
        ("2026-10-02 18:00", 300, "2026-10-02 13:00"),
        ("2026-10-13 18:00", 960, "2026-10-09 09:00"),
        ("2026-10-04 10:00", 60, "2026-10-02 17:00"),
        ("2026-10-02 17:00", -60, "2026-10-02 18:00"),
    ],
)
def test_subtract_begins_at_the_start_of_a_shift(finish, amount, start):
    assert said(OFFICE.subtract(at(finish), amount)) == start


def test_next_and_previous_working_leave_working_moments_alone():
    noon, lunch, evening = at("2026-10-02 11:00"), at("2026-10-02 12:00"), at("2026-10-02 18:00")
    assert [said(OFFICE.next_working(minute)) for minute in (noon, lunch, evening)] == [
        "2026-10-02 11:00",
        "2026-10-02 13:00",
        "2026-10-05 09:00",
    ]
    assert [said(OFFICE.previous_working(minute)) for minute in (noon, lunch, at("2026-10-05 09:00"))] == [
        "2026-10-02 11:00",
        "2026-10-02 12:00",
        "2026-10-02 18:00",
    ]


def test_between_is_negative_when_it_runs_backward():
    assert OFFICE.between(at("2026-10-09 17:00"), at("2026-10-13 10:00")) == 120
    assert OFFICE.between(at("2026-10-13 10:00"), at("2026-10-09 17:00")) == -120


def test_far_years_cost_no_memory_and_are_exact():
    assert said(OFFICE.add(at("0001-01-01 00:00"), 480)) == "0001-01-01 18:00"
    assert said(OFFICE.subtract(at("9999-12-31 23:59"), 480)) == "9999-12-31 09:00"
    weeks = OFFICE.between(at("0001-01-01 00:00"), at("2001-01-01 00:00")) // 2400
    assert weeks == (date(2001, 1, 1) - date(1, 1, 1)).days // 7
    assert len(OFFICE.eras) == 3


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: OFFICE.add(at("9999-12-31 09:00"), 481), "before the end of year 9999"),
        (lambda: OFFICE.subtract(at("0001-01-01 10:00"), 61), "after the start of year 1"),
        (lambda: OFFICE.next_working(at("9999-12-31 18:00")), "before the end of year 9999"),
    ],
)
def test_time_that_runs_out_is_an_error_not_a_hang(ask, words):
    with pytest.raises(CalendarExhaustedError, match=words):
        ask()


def test_work_in_one_exception_only_is_found_and_then_runs_out():
    once = DayException(date(2030, 1, 1), date(2030, 1, 2), (Shift(600, 660),))
    calendar = compile_calendar([Calendar(1, "once", ((),) * 7, (once,))], 1)
    assert said(calendar.next_working(at("0001-01-01 00:00"))) == "2030-01-01 10:00"
    assert said(calendar.previous_working(at("9999-12-31 00:00"))) == "2030-01-01 11:00"
    assert calendar.total_minutes == 60
    with pytest.raises(CalendarExhaustedError):
        calendar.add(at("2030-01-01 10:30"), 31)


def test_intersection_works_only_when_both_do():
    late = compile_calendar([Calendar(2, "late", ((Shift(660, 840),),) * 7)], 2)
    both = OFFICE.intersect(late)
    assert both.shifts_on(date(2026, 10, 9)) == (Shift(660, 720), Shift(780, 840))
    assert both.shifts_on(date(2026, 10, 10)) == both.shifts_on(date(2026, 10, 12)) == ()
    assert both.between(at("2026-10-01 00:00"), at("2026-11-01 00:00")) == 120 * 21
    assert ALWAYS.intersect(OFFICE).eras == OFFICE.eras


def test_intersection_without_a_common_minute_is_an_error():
    night = compile_calendar([Calendar(2, "night", ((Shift(0, 360),),) * 7)], 2)
    with pytest.raises(NoWorkingTimeError, match="office ∩ night"):
        OFFICE.intersect(night)


@pytest.mark.parametrize(
    ("day", "count", "answer"),
    [
        ((2026, 10, 2), 1, (2026, 10, 5)),
        ((2026, 10, 3), 1, (2026, 10, 5)),
        ((2026, 10, 3), 0, (2026, 10, 5)),
        ((2026, 10, 2), 0, (2026, 10, 2)),
        ((2026, 10, 9), 1, (2026, 10, 13)),
        ((2026, 10, 13), -1, (2026, 10, 9)),
        ((2026, 10, 12), -1, (2026, 10, 9)),
        ((2026, 10, 5), -5, (2026, 9, 28)),
    ],
)
def test_business_days_skip_weekends_and_holidays(day, count, answer):
    assert OFFICE.add_business_days(date(*day), count) == date(*answer)


def test_business_days_are_counted_half_open():
    assert OFFICE.count_business_days(date(2026, 10, 1), date(2026, 11, 1)) == 21
    assert OFFICE.count_business_days(date(2026, 11, 1), date(2026, 10, 1)) == -21
    assert OFFICE.business_days(date(2026, 10, 9), date(2026, 10, 14)) == (date(2026, 10, 9), date(2026, 10, 13))
    assert OFFICE.next_business_day(date(2026, 10, 10)) == date(2026, 10, 13)
    assert OFFICE.previous_business_day(date(2026, 10, 12)) == date(2026, 10, 9)
    assert OFFICE.previous_business_day(date(2026, 10, 9)) == date(2026, 10, 9)
    assert OFFICE.is_business_day(date(2026, 10, 12)) is False


MOMENTS = st.integers(at("2026-01-01 00:00"), at("2027-12-31 00:00"))


@given(MOMENTS, st.integers(1, 100_000))
def test_subtract_undoes_add(moment, amount):
    start = OFFICE.next_working(moment)
    finish = OFFICE.add(start, amount)
    assert OFFICE.subtract(finish, amount) == start
    assert OFFICE.between(start, finish) == amount


@given(MOMENTS, MOMENTS, MOMENTS)
def test_between_adds_up(one, two, three):
    assert OFFICE.between(one, two) + OFFICE.between(two, three) == OFFICE.between(one, three)


@given(st.integers(-300, 300))
def test_business_day_arithmetic_agrees_with_counting(count):
    start = date(2026, 10, 9)
    day = OFFICE.add_business_days(start, count)
    assert OFFICE.count_business_days(start, day) == count
    assert abs((day - start) / timedelta(days=1)) >= abs(count)
