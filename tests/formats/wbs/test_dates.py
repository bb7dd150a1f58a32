from datetime import date, datetime

import pytest

from kaname.formats.wbs.dates import DateFlaw, DateRead, read_date

NEAR = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("value", "day", "minute"),
    [
        ("2026/4/1", date(2026, 4, 1), None),
        ("2026-04-01", date(2026, 4, 1), None),
        ("2026.4.1", date(2026, 4, 1), None),
        ("2026年4月1日", date(2026, 4, 1), None),
        ("２０２６年４月１日（水）", date(2026, 4, 1), None),
        ("令和8年4月1日", date(2026, 4, 1), None),
        ("令和元年5月1日", date(2019, 5, 1), None),
        ("R8.4.1", date(2026, 4, 1), None),
        ("平成31年4月30日", date(2019, 4, 30), None),
        ("20260401", date(2026, 4, 1), None),
        (20260401, date(2026, 4, 1), None),
        ("26/4/1", date(2026, 4, 1), None),
        ("'26/4/1", date(2026, 4, 1), None),
        ("4/15/2026", date(2026, 4, 15), None),
        ("15/4/2026", date(2026, 4, 15), None),
        ("1-Apr-2026", date(2026, 4, 1), None),
        ("Apr 1, 2026", date(2026, 4, 1), None),
        ("2026/4/1 9:30", date(2026, 4, 1), 570),
        ("2026-04-01T13:00:00", date(2026, 4, 1), 780),
        ("2026年4月1日 13時30分", date(2026, 4, 1), 810),
        (46113, date(2026, 4, 1), None),
        (46113.5, date(2026, 4, 1), 720),
        (date(2026, 4, 1), date(2026, 4, 1), None),
        (datetime(2026, 4, 1, 18, 0), date(2026, 4, 1), 1080),
        (datetime(2026, 1, 13, 13, 20, 0, 384000), date(2026, 1, 13), 800),
        (datetime(2026, 1, 13, 14, 19, 59, 808000), date(2026, 1, 13), 860),
    ],
)
def test_date_with_year_is_read_exactly(value, day, minute):
    assert read_date(value, near=None) == DateRead(day, minute)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("4/1", date(2026, 4, 1)),
        ("4月1日(水)", date(2026, 4, 1)),
        ("12/25", date(2025, 12, 25)),
        ("1/10", date(2026, 1, 10)),
        ("Apr 1", date(2026, 4, 1)),
    ],
)
def test_date_without_year_takes_the_nearest_one(value, day):
    assert read_date(value, near=NEAR) == DateRead(day, None, DateFlaw.YEAR_GUESSED)


def test_date_without_year_and_without_neighbour_is_refused():
    assert read_date("4/1", near=None) == DateRead(flaw=DateFlaw.YEAR_MISSING)


@pytest.mark.parametrize(("is_finish", "day"), [(False, date(2026, 4, 11)), (True, date(2026, 4, 20))])
def test_part_of_month_means_its_first_or_last_day(is_finish, day):
    assert read_date("4月中旬", near=NEAR, is_finish=is_finish) == DateRead(day, None, DateFlaw.PART_OF_MONTH)


def test_end_of_february_follows_the_leap_year():
    assert read_date("2028年2月末", near=None, is_finish=True).day == date(2028, 2, 29)


@pytest.mark.parametrize("value", ["未定", "-", "―", "TBD", "", None, False])
def test_blank_words_are_no_date(value):
    assert read_date(value, near=NEAR) == DateRead()


@pytest.mark.parametrize(
    "value", ["→", "2026/13/45", "2026/2/30", "来週", 3.5, -1, float("nan"), "9" * 500, "2026/4/1 25:00"]
)
def test_anything_else_is_unreadable(value):
    assert read_date(value, near=NEAR) == DateRead(flaw=DateFlaw.UNREADABLE)


@pytest.mark.parametrize("value", [date(9999, 12, 31), "9999/12/31", "1900/1/1", datetime(9999, 12, 31, 23, 59, 59)])
def test_year_outside_of_plans_is_refused(value):
    assert read_date(value, near=NEAR) == DateRead(flaw=DateFlaw.OUT_OF_RANGE)
