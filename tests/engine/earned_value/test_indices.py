"""Published and hand-worked cases, to three decimals."""

from fractions import Fraction

import pytest

from kaname.engine.earned_value import Values, indices

FIELDS = (
    "spi",
    "cpi",
    "eac_at_plan",
    "eac_at_cpi",
    "eac_at_cpi_spi",
    "estimate_to_complete",
    "vac",
    "tcpi_bac",
    "tcpi_eac",
)

# PV, EV, AC, BAC -> SPI, CPI, EAC (plan), EAC (CPI), EAC (CPI·SPI), to complete, VAC, TCPI (BAC), TCPI (EAC)
CASES = {
    # PV, EV and SPI as in the documented example of the R package PRA 0.3 (after I. Damnjanovic and K. Reinschmidt,
    # "Data Analytics for Engineering and Construction Project Risk Management", Springer 2020); the rest worked by hand.
    "PRA, period 3": (
        (40_000, 35_000, 36_000, 100_000),
        (0.875, 0.972, 101_000.0, 102_857.143, 112_408.163, 66_857.143, -2_857.143, 1.016, 0.972),
    ),
    # Worked by hand: over cost and behind schedule.
    "late and dear": (
        (50_000, 40_000, 60_000, 100_000),
        (0.8, 0.667, 120_000.0, 150_000.0, 172_500.0, 90_000.0, -50_000.0, 1.5, 0.667),
    ),
    "behind, cheap": (
        (158, 148, 140, 248),
        (0.937, 1.057, 240.0, 234.595, 240.986, 94.595, 13.405, 0.926, 1.057),
    ),
    "ahead and cheap": (
        (400, 500, 450, 1_000),
        (1.25, 1.111, 950.0, 900.0, 810.0, 450.0, 100.0, 0.909, 1.111),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_indices_of_known_cases_agree_to_three_decimals(case):
    (planned, earned, actual, budget), expected = case
    found = indices(Values(planned=planned, earned=earned, actual=actual, budget=budget))
    assert tuple(getattr(found, field).rounded(3) for field in FIELDS) == expected


def test_variances_are_differences():
    found = indices(Values(planned=50, earned=40, actual=60, budget=100))
    assert (found.sv.value, found.cv.value) == (-10, -20)
    assert (found.percent_complete.value, found.percent_spent.value) == (Fraction(2, 5), Fraction(3, 5))


def test_indices_before_anything_was_planned_have_reasons_instead_of_numbers():
    found = indices(Values(planned=0, earned=0, actual=0, budget=100))
    reasons = {name: str(getattr(found, name).reason) for name in FIELDS if getattr(found, name).value is None}
    assert reasons == {
        "spi": "Nothing was planned to be done by the status date.",
        "cpi": "Nothing is spent yet.",
        "eac_at_cpi": "Nothing is earned yet.",
        "eac_at_cpi_spi": "Nothing is spent yet.",
        "estimate_to_complete": "Nothing is earned yet.",
        "vac": "Nothing is earned yet.",
        "tcpi_eac": "Nothing is earned yet.",
    }
    assert found.tcpi_bac.value == 1
    assert found.eac_at_plan.value == 100


def test_indices_with_unknown_actuals_leave_every_figure_of_cost_unknown():
    found = indices(Values(planned=50, earned=40, actual=None, budget=100, unknown_actuals=3))
    unknown = {name for name in ("cv", "cpi", "percent_spent", *FIELDS[2:]) if getattr(found, name).value is None}
    assert unknown == {"cv", "cpi", "percent_spent", *FIELDS[2:]}
    assert str(found.cpi.reason) == "Started tasks whose actuals are unknown: 3."
    assert found.spi.value == Fraction(4, 5)


def test_indices_when_all_is_done_estimate_what_was_spent():
    found = indices(Values(planned=100, earned=100, actual=130, budget=100))
    assert (found.eac_at_plan.value, found.eac_at_cpi.value, found.eac_at_cpi_spi.value) == (130, 130, 130)
    assert found.estimate_to_complete.value == 0
    assert str(found.tcpi_bac.reason) == "No work remains."


def test_tcpi_when_the_budget_is_spent_has_no_value():
    found = indices(Values(planned=80, earned=60, actual=100, budget=100))
    assert found.tcpi_bac.value is None
    assert str(found.tcpi_bac.reason) == "The budget is used up, so no efficiency can keep it."
    assert found.tcpi_eac.value == Fraction(3, 5)


def test_indices_without_budget_say_so():
    found = indices(Values(planned=0, earned=0, actual=10, budget=0))
    assert str(found.percent_complete.reason) == "There is no budget in the baseline."
    assert found.tcpi_bac.value is None
