from datetime import date

from kaname.engine.calendar import Calendar, DayException, Shift, compile_calendar
from kaname.engine.matching import capacity_of, monthly, steady_load, weekly

DAY = (Shift(540, 720), Shift(780, 1080))
HOLIDAY = DayException(date(2026, 10, 12), date(2026, 10, 13))
STANDARD = compile_calendar([Calendar(1, "office", (DAY,) * 5 + ((), ()), (HOLIDAY,))], 1)
PART_TIME = compile_calendar([Calendar(1, "three days", (DAY,) * 3 + ((), (), (), ()), (HOLIDAY,))], 1)


def test_monthly_cuts_the_first_and_the_last_month():
    axis = monthly(date(2026, 10, 15), date(2026, 12, 8), standard=STANDARD)
    assert axis.edges == (date(2026, 10, 15), date(2026, 11, 1), date(2026, 12, 1), date(2026, 12, 8))
    assert (axis.minutes, axis.count) == ((12 * 480, 21 * 480, 5 * 480), 3)


def test_weekly_begins_on_the_first_day():
    axis = weekly(date(2026, 10, 5), date(2026, 10, 21), standard=STANDARD)
    assert axis.edges == (date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 19), date(2026, 10, 21))
    assert axis.minutes == (5 * 480, 4 * 480, 2 * 480)


def test_capacity_is_a_share_of_full_time_in_each_period():
    axis = weekly(date(2026, 10, 3), date(2026, 10, 19), standard=STANDARD)
    assert axis.minutes == (5 * 480, 4 * 480, 0)
    assert capacity_of(PART_TIME, axis) == (600, 500, 0)


def test_steady_load_of_a_part_of_a_period_is_rounded_up():
    axis = monthly(date(2026, 10, 1), date(2026, 12, 1), standard=STANDARD)
    load = steady_load(500, starts_on=date(2026, 10, 19), ends_before=date(2026, 11, 10), axis=axis, standard=STANDARD)
    assert axis.minutes == (21 * 480, 21 * 480)
    assert load == (239, 143)
    outside = steady_load(500, starts_on=date(2027, 1, 1), ends_before=date(2027, 2, 1), axis=axis, standard=STANDARD)
    assert outside == (0, 0)
