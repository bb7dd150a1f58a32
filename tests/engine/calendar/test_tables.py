"""What the day table may leave out without changing an answer."""

import pytest

from kaname.engine.calendar import Calendar, Shift, compile_calendar, kernels
from kaname.engine.calendar.kernels import HEADER, PATTERN_BITS
from kaname.engine.calendar.tables import write_tables

FIRST_DAY = 20_454
DAYS = 60


def week(*shifts):
    return (tuple(shifts),) * 5 + ((), ())


def eras(uid, days):
    return compile_calendar([Calendar(uid, f"calendar {uid}", days)], uid).eras


def answers(tables, calendar):
    moments = range(FIRST_DAY * 1440, (FIRST_DAY + DAYS) * 1440, 97)
    works = [kernels.work_at(*tables, calendar, moment) for moment in moments]
    starts = [kernels.start_moment(*tables, calendar, work) for work in works]
    finishes = [kernels.finish_moment(*tables, calendar, work) for work in works]
    return works, starts, finishes


def test_tables_with_more_patterns_than_a_day_can_number_answer_as_without_a_table():
    calendars = [eras(uid, week(Shift(uid, uid + 480))) for uid in range(1, (1 << PATTERN_BITS) + 9)]
    tables = write_tables(calendars, first_day=FIRST_DAY, count=DAYS).lists
    bare = write_tables(calendars, first_day=FIRST_DAY, count=0).lists
    counts = [tables[1][number * HEADER + 1] for number in range(len(calendars))]
    assert counts == [DAYS] * ((1 << PATTERN_BITS) - 1) + [0] * 9
    for number in (0, (1 << PATTERN_BITS) - 2, (1 << PATTERN_BITS) - 1, len(calendars) - 1):
        assert answers(tables, number) == answers(bare, number)


@pytest.mark.parametrize("least", [1, 31, 32, 33, 255, 256])
def test_tables_of_short_working_days_answer_as_without_a_table(least):
    days = (*week(Shift(540, 720), Shift(780, 1080))[:4], (Shift(600, 600 + least),), (), ())
    calendars = [eras(1, days)]
    tables = write_tables(calendars, first_day=FIRST_DAY, count=DAYS).lists
    assert (tables[1][5] > 0) == (least >= 32)
    assert answers(tables, 0) == answers(write_tables(calendars, first_day=FIRST_DAY, count=0).lists, 0)
