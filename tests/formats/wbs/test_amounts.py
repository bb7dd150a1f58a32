from datetime import timedelta

import pytest

from kaname.engine.network.plan import DurationKind
from kaname.formats.wbs.amounts import (
    AmountFlaw,
    MinutesRead,
    ProgressRead,
    State,
    Units,
    is_percent_scale,
    read_lag,
    read_minutes,
    read_progress,
    unit_of_heading,
)

UNITS = Units()


@pytest.mark.parametrize(
    ("value", "unit", "minutes"),
    [
        (3, "d", 1440),
        (0.5, "人月", 4800),
        ("３人日", "d", 1440),
        ("1.5人月", "d", 14400),
        ("24h", "d", 1440),
        ("2週", "d", 4800),
        ("1,000", "h", 60_000),
        (7.5, "h", 450),
        (0.05208333333333333, "d", 25),
        (timedelta(hours=8), "d", 480),
        ("5日?", "d", 2400),
    ],
)
def test_amount_counts_in_its_own_or_the_headings_unit(value, unit, minutes):
    assert read_minutes(value, unit=unit, units=UNITS) == MinutesRead(minutes)


def test_elapsed_amount_counts_by_the_clock():
    assert read_minutes("3ed", unit="d", units=UNITS) == MinutesRead(4320, DurationKind.ELAPSED)


@pytest.mark.parametrize(
    ("value", "flaw"),
    [
        (-5, AmountFlaw.NEGATIVE),
        ("-5日", AmountFlaw.NEGATIVE),
        ("▲3", AmountFlaw.NEGATIVE),
        (1e300, AmountFlaw.TOO_LARGE),
        (float("inf"), AmountFlaw.TOO_LARGE),
        ("沢山", AmountFlaw.UNREADABLE),
        ("3頭", AmountFlaw.UNREADABLE),
    ],
)
def test_amount_that_no_plan_can_hold_is_flawed(value, flaw):
    assert read_minutes(value, unit="d", units=UNITS) == MinutesRead(flaw=flaw)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("工数\n(人日)", "人日"),
        ("工数【人月】", "人月"),
        ("Effort (h)", "h"),
        ("日数", "d"),
        ("期間", "d"),
        ("Work", "d"),
    ],
)
def test_heading_names_the_unit(heading, unit):
    assert unit_of_heading(heading, "d") == unit


@pytest.mark.parametrize(
    ("value", "to_hundred", "read"),
    [
        (0.5, False, ProgressRead(500)),
        (50, True, ProgressRead(500)),
        (1, False, ProgressRead(1000)),
        (1, True, ProgressRead(10)),
        ("50%", False, ProgressRead(500)),
        ("５０％", True, ProgressRead(500)),
        ("0.335", False, ProgressRead(335)),
        ("8割", False, ProgressRead(800)),
        ("完了", False, ProgressRead(1000, State.DONE)),
        ("未着手", False, ProgressRead(0, State.NOT_STARTED)),
        ("作業中", False, ProgressRead(None, State.RUNNING)),
        ("中止", False, ProgressRead(None, State.DROPPED)),
        (150, True, ProgressRead(1000, flaw=AmountFlaw.OVER_FULL)),
        (-1, True, ProgressRead(0, flaw=AmountFlaw.NEGATIVE)),
        ("順番待ち", False, ProgressRead(flaw=AmountFlaw.UNREADABLE)),
    ],
)
def test_progress_is_read_as_share_or_word(value, to_hundred, read):
    assert read_progress(value, counts_to_hundred=to_hundred) == read


def test_column_with_a_number_over_one_counts_to_hundred():
    assert is_percent_scale([0, 1, "20"])
    assert not is_percent_scale([0, 1, 0.5, "30%"])


@pytest.mark.parametrize(
    ("text", "lag"),
    [
        ("+2d", (960, "working")),
        ("-1日", (-480, "working")),
        ("+50%", (500, "percent")),
        ("+50e%", (500, "elapsed_percent")),
        ("+3ed", (4320, "elapsed")),
        ("+90min", (90, "working")),
        ("+2頭", None),
        ("2026", (974_880 - 2400, "working")),
    ],
)
def test_lag_keeps_sign_and_unit(text, lag):
    assert read_lag(text, units=UNITS) == lag
