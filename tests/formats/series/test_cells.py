from datetime import date

import pytest

from kaname.formats.series.cells import count_in, date_in, is_dated, number_in, time_in


@pytest.mark.parametrize(
    ("cell", "number"),
    [("12", 12.0), ("1,234", 1234.0), ("１２件", 12.0), ("3.5 h", 3.5), ("1e3", 1000.0), ("-4", -4.0),
     ("1,23", None), ("1e400", None), ("nan", None), ("", None), (None, None), ("9" * 60, None)],
)  # fmt: skip
def test_numbers(cell, number):
    assert number_in(cell) == number


@pytest.mark.parametrize(("cell", "count"), [("0", 0), ("7.0", 7), ("2.5", None), ("-1", None), ("three", None)])
def test_counts_are_whole_and_not_negative(cell, count):
    assert count_in(cell) == count


@pytest.mark.parametrize(
    ("cell", "time"),
    [("第12週", 12.0), ("W07", 7.0), ("3日目", 3.0), ("0.267", 0.267), ("2026-04-01", None), ("", None)],
)
def test_times_may_stand_among_words(cell, time):
    assert time_in(cell) == time


def test_dates_of_either_language():
    assert date_in("2026年4月1日(水)", near=None) == date(2026, 4, 1)
    assert date_in("4/2", near=date(2026, 4, 1)) == date(2026, 4, 2)
    assert date_in("4/2", near=None) is None


def test_a_column_is_dated_where_most_cells_are_dates():
    assert is_dated(["2026-04-01", "4/2", "?"])
    assert is_dated(["20260401", "20260402"])
    assert not is_dated(["1", "2", "3"])
    assert not is_dated([None, ""])
