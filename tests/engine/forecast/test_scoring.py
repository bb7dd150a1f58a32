"""Scores of stored forecasts, worked by hand."""

import math

import pytest

from kaname.engine.forecast import ForecastError, Method, Outcome, Phase, Quantity, Score, StoredForecast, score

OUTCOMES = {"A": Outcome(duration=10, cost=200), "B": Outcome(duration=20)}


def made(project, time, share, value, low=None, high=None, *, method=Method.NETWORK, quantity=Quantity.DURATION):  # noqa: PLR0917
    return StoredForecast(
        project=project, quantity=quantity, method=method, time=time, share=share, value=value, low=low, high=high
    )


def test_each_project_counts_once_however_often_it_was_forecast():
    forecasts = [
        made("A", 2, 0.1, 12, 9, 15),
        made("A", 3, 0.2, 8, 7, 9),
        made("A", 5, 0.5, 10.5, 9.5, 11),
        made("B", 4, 0.1, 30, 25, 40),
        made("B", 15, 0.9, 21),
        made("C", 1, 0.1, 99),
    ]
    common = {"quantity": Quantity.DURATION, "method": Method.NETWORK}
    assert score(forecasts, OUTCOMES) == (
        Score(
            **common, phase=Phase.EARLY, projects=2, forecasts=3, error=pytest.approx((0.2 + 0.5) / 2),
            bias=pytest.approx((0.0 + 0.5) / 2), held=pytest.approx((0.5 + 0) / 2), held_projects=2, settled_after=None,
        ),
        Score(
            **common, phase=Phase.MIDDLE, projects=1, forecasts=1, error=pytest.approx(0.05), bias=pytest.approx(0.05),
            held=1.0, held_projects=1, settled_after=None,
        ),
        Score(
            **common, phase=Phase.LATE, projects=1, forecasts=1, error=pytest.approx(0.05), bias=pytest.approx(0.05),
            held=None, held_projects=0, settled_after=None,
        ),
        Score(
            **common, phase=None, projects=2, forecasts=5, error=pytest.approx(((0.2 + 0.2 + 0.05) / 3 + (0.5 + 0.05) / 2) / 2),
            bias=pytest.approx((0.05 / 3 + 0.55 / 2) / 2), held=pytest.approx((2 / 3 + 0) / 2), held_projects=2,
            settled_after=pytest.approx((0.5 + 0.75) / 2),
        ),
    )  # fmt: skip


def test_forecast_that_strays_at_the_end_has_not_settled():
    forecasts = [made("A", 2, 0.1, 10), made("A", 9, 0.9, 13)]
    assert score(forecasts, OUTCOMES)[-1].settled_after == 1.0


def test_methods_and_quantities_are_scored_apart_and_unknown_outcomes_not_at_all():
    forecasts = [
        made("A", 2, 0.1, 220, quantity=Quantity.COST, method=Method.COST_AT_CPI),
        made("B", 2, 0.1, 220, quantity=Quantity.COST, method=Method.COST_AT_CPI),
        made("A", 2, 0.1, 11, method=Method.EARNED_SCHEDULE),
    ]
    found = [(each.quantity, each.method, each.phase, each.projects, each.error) for each in score(forecasts, OUTCOMES)]
    assert found == [
        (Quantity.COST, Method.COST_AT_CPI, Phase.EARLY, 1, pytest.approx(0.1)),
        (Quantity.COST, Method.COST_AT_CPI, None, 1, pytest.approx(0.1)),
        (Quantity.DURATION, Method.EARNED_SCHEDULE, Phase.EARLY, 1, pytest.approx(0.1)),
        (Quantity.DURATION, Method.EARNED_SCHEDULE, None, 1, pytest.approx(0.1)),
    ]


def test_nothing_to_score_is_nothing():
    assert score([], OUTCOMES) == ()
    assert score([made("C", 1, 0.1, 5)], OUTCOMES) == ()


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_values_of_which_no_share_can_be_formed_are_refused(value):
    with pytest.raises(ForecastError, match="1 are not"):
        score([made("A", 1, 0.1, value)], OUTCOMES)
    with pytest.raises(ForecastError, match="1 are not"):
        score([made("A", 1, 0.1, 5)], {"A": Outcome(duration=value)})
