from datetime import date

import pytest

from kaname.formats.mspdi.recurrence import MAX_OCCURRENCES, Recurrence, occurrences

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"type": 1, "occurrences": 3}, ["2026-01-01", "2026-01-02", "2026-01-03"]),
        ({"type": 2, "month": 3, "month_day": 29}, ["2026-04-29"]),
        ({"type": 3, "month": 0, "month_item": 4, "month_position": 1}, ["2026-01-12"]),
        ({"type": 4, "month_day": 31, "occurrences": 3}, ["2026-01-31", "2026-03-31", "2026-05-31"]),
        (
            {"type": 5, "month_item": 8, "month_position": 4, "period": 3},
            ["2026-01-30", "2026-04-24", "2026-07-31", "2026-10-30"],
        ),
        (
            {"type": 6, "days_of_week": 2 + 64, "period": 2, "occurrences": 4},
            ["2026-01-03", "2026-01-12", "2026-01-17", "2026-01-26"],
        ),
        ({"type": 7, "period": 100}, ["2026-01-01", "2026-04-11", "2026-07-20", "2026-10-28"]),
        ({"type": 8, "period": 5, "occurrences": 3}, ["2026-01-01", "2026-01-08", "2026-01-15"]),
        ({"type": 5, "month_item": 1, "month_position": 0, "occurrences": 2}, ["2026-01-01", "2026-02-02"]),
        ({"type": 5, "month_item": 2, "month_position": 4, "occurrences": 2}, ["2026-01-31", "2026-02-28"]),
    ],
)
def test_occurrences_every_kind_gives_its_days(fields, days):
    recurrence = Recurrence(starts_on=FIRST, ends_on=LAST, **fields)
    assert [day.isoformat() for day in occurrences(recurrence)] == days


def test_occurrences_without_weekdays_is_empty():
    assert occurrences(Recurrence(type=6, starts_on=FIRST, ends_on=LAST)) == ()


def test_occurrences_without_end_are_limited():
    assert len(occurrences(Recurrence(type=7, starts_on=FIRST, ends_on=date(9999, 12, 31)))) == MAX_OCCURRENCES


def test_february_thirtieth_never_comes():
    assert occurrences(Recurrence(type=2, starts_on=FIRST, ends_on=LAST, month=1, month_day=30)) == ()
