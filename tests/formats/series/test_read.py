from datetime import date

import pytest

from kaname.engine.growth import MOST_RECORDS, FailureTimes, GroupedCounts
from kaname.formats.series import Choice, Quantity, TimeUnit, messages, read_series
from kaname.formats.types import FileRefused


def read(text, *, encoding="utf-8", **choice):
    return read_series(text.encode(encoding), file="不具合.csv", choice=Choice(**choice))


def refused(text, **choice):
    with pytest.raises(FileRefused) as refusal:
        read(text, **choice)
    return refusal.value.message.template, refusal.value.place


def test_working_days_in_cp932():
    text = "日付,検出数,累積件数\n2026/4/2,3,3\n2026/4/3,5,8\n2026/4/6,2,10\n2026/4/10,1,11\n"
    found = read(text, encoding="cp932")
    assert found.series == GroupedCounts(ends=(1.0, 2.0, 3.0, 7.0), counts=(3, 5, 2, 1))
    assert (found.quantity, found.unit, found.starts_on, found.encoding) == (
        Quantity.PER_INTERVAL,
        TimeUnit.WORKING_DAY,
        date(2026, 4, 2),
        "cp932",
    )
    assert found.columns == ("日付", "検出数")
    assert [found.day_of(time) for time in (1, 2, 2.1, 3)] == [
        date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 6)]  # fmt: skip


def test_calendar_days_where_a_week_end_is_worked():
    found = read("date\tfound\n2026-04-03\t3\n2026-04-04\t5\n2026-04-12\t2\n")
    assert found.series == GroupedCounts(ends=(1.0, 2.0, 10.0), counts=(3, 5, 2))
    assert found.unit is TimeUnit.DAY


def test_weekly_dates_begin_a_week_before_the_first():
    found = read("週末日;累積バグ数\n2026-04-03;4\n2026-04-10;9\n2026-04-17;12\n", time="週末日")
    assert found.series == GroupedCounts(ends=(7.0, 14.0, 21.0), counts=(4, 5, 3))
    assert (found.starts_on, found.unit, found.quantity) == (date(2026, 3, 28), TimeUnit.DAY, Quantity.CUMULATIVE)
    assert found.day_of(21) == date(2026, 4, 17)


def test_week_numbers_keep_their_scale():
    found = read("Week,Bugs\n27,4\n28,9\n29,3\n")
    assert found.series == GroupedCounts(ends=(1.0, 2.0, 3.0), counts=(4, 9, 3))
    assert (found.offset, found.unit, found.starts_on) == (26.0, TimeUnit.NUMBER, None)


def test_uneven_times_count_from_zero():
    assert read("T,CFC\n36,1\n40,2\n45,4\n").series == GroupedCounts(ends=(36.0, 40.0, 45.0), counts=(1, 1, 2))


def test_a_start_at_zero_is_no_interval():
    assert read("day,total\n0,0\n1,3\n2,5\n").series == GroupedCounts(ends=(1.0, 2.0), counts=(3, 2))
    assert read("day,found\n0,3\n1,5\n2,2\n").series == GroupedCounts(ends=(1.0, 2.0, 3.0), counts=(3, 5, 2))


def test_without_time_each_row_is_an_interval():
    found = read("件数\n3\n0\n2\n\n")
    assert found.series == GroupedCounts(ends=(1.0, 2.0, 3.0), counts=(3, 0, 2))
    assert (found.unit, found.columns) == (TimeUnit.ROW, ("件数",))


def test_without_headings_two_columns_are_time_and_counts():
    assert read("1,5\n2,3\n3,4\n").quantity is Quantity.PER_INTERVAL
    assert read("1,5\n2,8\n3,12\n").quantity is Quantity.CUMULATIVE
    assert read("1,5\n2,4\n3,1\n").series.counts == (5, 4, 1)
    assert read("5\n3\n4\n").series.counts == (5, 3, 4)


def test_a_total_that_falls_is_counted_per_interval():
    assert read("day,total\n1,5\n2,3\n3,4\n").series.counts == (5, 3, 4)
    assert read("day,total\n1,5\n2,8\n3,12\n").series.counts == (5, 3, 4)
    assert refused("day,cumulative\n1,5\n2,3\n3,4\n") == (messages.FALLING, "line 3")


def test_headings_in_other_words():
    assert read("Test day,Bugs found per day\n1,5\n2,3\n").columns == ("Test day", "Bugs found per day")
    assert read("time,fault\n1,5\n2,3\n").series.counts == (5, 3)
    assert read("Day no.,Cum. defects\n1,5\n2,8\n").quantity is Quantity.CUMULATIVE


def test_times_between_failures_and_failure_times():
    found = read("FN,IF\n1,3\n2,30\n3,0\n")
    assert found.series == FailureTimes(times=(3.0, 33.0, 33.0), until=33.0)
    assert found.quantity is Quantity.TIMES_BETWEEN
    assert read("故障時刻\n2\n5\n", until="9").series == FailureTimes(times=(2.0, 5.0), until=9.0)


def test_a_list_of_dated_defects_is_counted_per_day():
    found = read("ID,検出日,概要\nB-1,2026-04-03,あ\nB-2,2026-04-01,い\nB-3,2026-04-03,う\nB-4,2026-04-05,え\n")
    assert found.series == GroupedCounts(ends=(1.0, 2.0, 3.0, 4.0, 5.0), counts=(1, 0, 2, 0, 1))
    assert (found.quantity, found.starts_on) == (Quantity.DATED_DEFECTS, date(2026, 4, 1))
    longer = read("検出日\n2026-04-01\n2026-04-05\n", until="2026-04-08")
    assert longer.series.counts == (1, 0, 0, 0, 1, 0, 0, 0)


def test_rows_to_come_and_totals_are_left_out():
    text = "日,件数\n1,5\n2,3\n3,2\n4,\n5,\n合計,10\n"
    assert read(text).series.counts == (5, 3, 2)


def test_newest_first_is_turned_round_and_equal_times_are_added_up():
    assert read("day,cumulative\n3,9\n2,5\n1,2\n").series.counts == (2, 3, 4)
    assert read("day,module,found\n1,A,2\n1,B,3\n2,A,4\n").series == GroupedCounts(ends=(1.0, 2.0), counts=(5, 4))


def test_columns_may_be_chosen_by_heading_or_number():
    text = "x,y,z\n1,5,50\n2,3,60\n"
    assert read(text, found="y").series.counts == (5, 3)
    assert read(text, time="1", cumulative="3").series.counts == (50, 10)
    assert refused(text, found="w") == (messages.UNKNOWN_COLUMN, "")
    assert refused(text, found="9") == (messages.UNKNOWN_COLUMN, "")


def test_until_adds_an_interval_without_defects():
    found = read("day,found\n1,5\n2,3\n", until="6")
    assert found.series == GroupedCounts(ends=(1.0, 2.0, 6.0), counts=(5, 3, 0))
    assert refused("day,found\n1,5\n2,3\n", until="1") == (messages.BAD_UNTIL, "")
    assert refused("day,found\n1,5\n2,3\n", until="soon") == (messages.BAD_UNTIL, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x,y,z\n1,5,50\n", (messages.NO_COLUMN, "line 1")),
        ("day,found\n", (messages.NO_ROWS, "")),
        ("day,found\n1,5\n2,many\n3,1\n", (messages.NO_COUNT, "line 3")),
        ("day,found\n1,5\n2,\n3,1\n", (messages.MISSING, "line 3")),
        ("day,found\n1,-5\n", (messages.NO_COUNT, "line 2")),
        ("day,found\none,5\ntwo,6\n", (messages.NO_NUMBER, "line 2")),
        ("date,found\n2026-04-01,5\n2026-13-02,6\n2026-04-03,1\n", (messages.NO_DATE, "line 3")),
        ("day,cumulative\n1,5\n2,4\n3,9\n", (messages.FALLING, "line 3")),
        ("day,cumulative\n1,5\n3,6\n2,9\n", (messages.OUT_OF_ORDER, "line 4")),
        ("IF\n0\n3\n", (messages.NOT_POSITIVE, "line 2")),
        ("IF\n-2\n3\n", (messages.NO_NUMBER, "line 2")),
        ("found\n9999999\n9999999\n", (messages.TOO_MANY_FOUND, "")),
        ("found\n" + "1\n" * (MOST_RECORDS + 1), (messages.TOO_MANY, "")),
        ("検出日\n2000-01-01\n2026-04-01\n", (messages.TOO_MANY, "")),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text, expected):
    assert refused(text) == expected


def test_a_day_beyond_the_calendar_is_not_told():
    found = read("date,found\n2026-04-01,5\n2026-04-02,3\n")
    assert found.day_of(1e9) is None
