from fractions import Fraction

import pytest

from kaname.engine.earned_value import earned_periods, time_indices

PLANNED = [100, 250, 450, 600, 600]

# EV -> ES by N + (EV - PV_N) / (PV_{N+1} - PV_N), worked by hand on PLANNED
EARNED = [
    (0, "0"),
    (50, "1/2"),
    (100, "1"),
    (175, "3/2"),
    (250, "2"),
    (310, "23/10"),
    (599, "599/150"),
    (600, "4"),
    (700, "4"),
]


@pytest.mark.parametrize(("earned", "expected"), EARNED)
def test_earned_periods_interpolate_between_period_ends(earned, expected):
    assert earned_periods(PLANNED, earned) == (
        Fraction(expected) if earned != 599 else Fraction(3) + Fraction(149, 150)
    )


def test_earned_periods_on_a_rest_of_the_curve_count_the_rest_as_earned():
    assert earned_periods([100, 100, 100, 300], 100) == 3


def test_spi_t_after_the_planned_finish_stays_below_one_where_spi_returns_to_one():
    """Four periods planned, six needed: at the end EV = BAC, hence SPI = 1; SPI(t) says 4/6."""
    earned = [80, 180, 300, 400, 520, 600]
    planned = [100, 250, 450, 600, 600, 600]
    spi = [Fraction(e, p) for e, p in zip(earned, planned, strict=True)]
    spi_t = [
        time_indices(
            earned_schedule=earned_periods(planned, value), actual_time=Fraction(at), planned_duration=Fraction(4)
        ).spi_t.rounded(3)
        for at, value in enumerate(earned, start=1)
    ]
    assert [round(float(value), 3) for value in spi] == [0.8, 0.72, 0.667, 0.667, 0.867, 1.0]
    assert spi_t == [0.8, 0.767, 0.75, 0.688, 0.693, 0.667]


def test_ieac_t_forecasts_by_pace_and_by_plan():
    found = time_indices(earned_schedule=Fraction(9, 2), actual_time=Fraction(6), planned_duration=Fraction(12))
    assert (found.sv_t.value, found.spi_t.value) == (Fraction(-3, 2), Fraction(3, 4))
    assert (found.ieac_t.value, found.ieac_t_at_plan.value) == (16, Fraction(27, 2))
    assert found.to_complete_spi_t.value == Fraction(5, 4)


def test_time_indices_before_the_start_have_a_reason():
    found = time_indices(earned_schedule=Fraction(0), actual_time=Fraction(0), planned_duration=Fraction(12))
    assert [f.value for f in (found.spi_t, found.sv_t, found.ieac_t, found.ieac_t_at_plan)] == [None] * 4
    assert str(found.spi_t.reason) == "The status date is not after the planned start."


def test_time_indices_with_nothing_earned_forecast_nothing_by_pace():
    found = time_indices(earned_schedule=Fraction(0), actual_time=Fraction(2), planned_duration=Fraction(12))
    assert found.spi_t.value == 0
    assert str(found.ieac_t.reason) == "Nothing is earned yet."
    assert found.ieac_t_at_plan.value == 14


def test_to_complete_pace_past_the_planned_finish_has_no_value():
    found = time_indices(earned_schedule=Fraction(10), actual_time=Fraction(13), planned_duration=Fraction(12))
    assert str(found.to_complete_spi_t.reason) == "The planned finish has passed, so no pace can keep it."
    done = time_indices(earned_schedule=Fraction(12), actual_time=Fraction(13), planned_duration=Fraction(12))
    assert str(done.to_complete_spi_t.reason) == "No work remains."
