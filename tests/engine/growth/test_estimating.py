import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaname.engine.growth import (
    FailureTimes,
    GroupedCounts,
    GrowthModel,
    Verdict,
    estimate_growth,
    expected_found,
)
from kaname.engine.growth import reasons as words

FALLING = (14, 12, 11, 9, 8, 7, 5, 6, 4, 3, 3, 2)
BELL = (1, 1, 3, 4, 8, 11, 13, 12, 9, 5, 3, 2, 1, 1)
CLOSE = (1, 2, 4, 7, 10, 12, 12, 10, 9, 6, 5, 3, 2, 2)


def counted(counts, step=1.0):
    return GroupedCounts(ends=tuple(step * at for at in range(1, len(counts) + 1)), counts=tuple(counts))


def templates(messages):
    return [message.template for message in messages]


def test_falling_counts_are_exponential():
    found = estimate_growth(counted(FALLING))
    assert (found.verdict, found.best.model, found.found, found.until) == (
        Verdict.ESTIMATED,
        GrowthModel.EXPONENTIAL,
        84,
        12,
    )
    assert found.total.value == pytest.approx(98.4422, abs=1e-4)
    assert found.left.value == pytest.approx(14.4422, abs=1e-4)
    assert found.day.value == pytest.approx(18.7300, abs=1e-4)
    assert found.best.log_likelihood == pytest.approx(-22.255502, abs=1e-6)
    assert found.best.aic == pytest.approx(48.511004, abs=1e-6)
    assert (round(found.total.low, 1), round(found.total.high, 1)) == (76.6, 139.7)
    assert found.dispersion == 1.0


def test_a_bell_is_s_shaped():
    found = estimate_growth(counted(BELL))
    assert (found.verdict, found.best.model, found.reasons) == (Verdict.ESTIMATED, GrowthModel.LOGISTIC, ())
    assert found.best.inflection == pytest.approx(6.6, abs=0.1)


def test_models_that_differ_by_less_than_two_are_too_close_to_call():
    found = estimate_growth(counted(CLOSE))
    assert (found.verdict, found.best.model) == (Verdict.CLOSE, GrowthModel.GOMPERTZ)
    assert [str(message) for message in found.reasons] == [
        "Too close to call: 2 models differ by less than 2 in AICc. The intervals take all of them into account."
    ]
    assert (round(found.total.value, 2), round(found.total.low, 1), round(found.total.high, 1)) == (89.87, 70.7, 113.5)
    assert found.fits[1].total.low < found.total.low < found.fits[0].total.low


def test_all_models_are_told_best_first():
    found = estimate_growth(counted(BELL))
    told = [fit.aicc for fit in found.fits if fit.total is not None]
    assert told == sorted(told)
    assert found.fits[0].difference == 0
    assert {fit.model for fit in found.fits} == set(GrowthModel)
    assert sum(fit.weight for fit in found.fits if fit.weight is not None) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0,) * 12, [words.FEW_FOUND]),
        ((5, 4, 3, 2, 1, 1, 0, 0, 0), [words.FEW_FOUND]),
        ((40, 30, 20, 10, 5, 2, 1), [words.FEW_INTERVALS]),
        ((8, 7, 8, 7, 8, 8, 7, 8, 7, 8), [words.NO_UPPER_BOUND]),
        ((2, 3, 4, 6, 9, 13, 19, 28, 41, 60), [words.NO_MAXIMUM]),
        ((50, *(0,) * 150), [words.NO_MAXIMUM]),
    ],
)
def test_too_early_to_say_has_reasons_and_no_number(counts, expected):
    found = estimate_growth(counted(counts))
    assert found.verdict is Verdict.TOO_EARLY
    assert [found.best, found.total, found.left, found.day] == [None] * 4
    assert set(expected) <= set(templates(found.reasons))


def test_rising_counts_before_the_inflection_are_too_early():
    found = estimate_growth(counted((1, 2, 4, 6, 9, 13, 17, 21, 26, 29, 32, 33)))
    assert found.verdict is Verdict.TOO_EARLY
    assert found.reasons


def test_clusters_widen_the_intervals_and_are_cautioned():
    even = estimate_growth(counted((30, 25, 20, 17, 13, 11, 9, 7, 6, 5, 4, 3, 2, 2, 1, 1)))
    clustered = estimate_growth(counted((50, 5, 35, 2, 24, 0, 16, 0, 11, 0, 7, 0, 4, 0, 2, 0)))
    assert even.dispersion == 1.0
    assert clustered.dispersion > 3
    assert words.SCATTERED in templates(clustered.cautions)
    assert words.POOR_FIT in templates(clustered.cautions)
    assert clustered.total.high - clustered.total.low > 1.5 * (even.total.high - even.total.low)


def test_a_bound_that_says_little_is_cautioned():
    found = estimate_growth(counted((14, 13, 12, 12, 11, 10, 10, 9, 9, 8, 8, 7, 7, 6)))
    assert found.total.high > 4 * found.found
    assert words.WIDE in templates(found.cautions)


def test_failure_times_are_estimated_as_counts_are():
    times = tuple(-20 * math.log(1 - (at - 0.5) / 100) for at in range(1, 81))
    found = estimate_growth(FailureTimes(times=times, until=20 * math.log(5)))
    assert found.best.model is GrowthModel.EXPONENTIAL
    assert found.total.value == pytest.approx(100, abs=1)
    assert found.best.rate == pytest.approx(0.05, rel=0.02)


def test_share_and_confidence_are_obeyed():
    usual = estimate_growth(counted(FALLING))
    other = estimate_growth(counted(FALLING), share=0.9, confidence=0.8)
    assert other.day.value == pytest.approx(usual.day.value * math.log(10) / math.log(20))
    assert usual.total.low < other.total.low < other.total.high < usual.total.high
    for wrong in ({"share": 1.0}, {"share": 0.0}, {"confidence": 0.4}, {"confidence": 1.0}):
        with pytest.raises(ValueError, match="between"):
            estimate_growth(counted(FALLING), **wrong)


def test_expected_found_passes_through_what_was_found():
    for fit in estimate_growth(counted(BELL)).fits:
        if fit.total is None:
            with pytest.raises(ValueError, match="no finite maximum"):
                expected_found(fit, [1.0])
        else:
            curve = expected_found(fit, [7.0, 14.0, 1e4])
            assert curve[1] == pytest.approx(sum(BELL), abs=1e-6)
            assert curve[2] == pytest.approx(fit.total.value, abs=1e-6)


def test_another_unit_of_time_changes_the_day_alone():
    days, hours = estimate_growth(counted(BELL)), estimate_growth(counted(BELL, step=24.0))
    assert hours.total.value == pytest.approx(days.total.value, rel=1e-6)
    assert hours.total.high == pytest.approx(days.total.high, rel=1e-6)
    assert hours.day.high == pytest.approx(24 * days.day.high, rel=1e-6)
    assert hours.best.rate == pytest.approx(days.best.rate / 24, rel=1e-6)


def test_pooling_a_long_series_hardly_moves_the_interval(monkeypatch):
    counts = np.random.default_rng(3).poisson(0.4 * np.exp(-np.linspace(0, 2, 600))).tolist()
    together = estimate_growth(counted(counts))
    monkeypatch.setattr("kaname.engine.growth.likelihood._MOST_EXACT", 1000)
    exact = estimate_growth(counted(counts))
    assert together.total.value == pytest.approx(exact.total.value, rel=1e-6)
    assert together.total.low == pytest.approx(exact.total.low, rel=2e-3)
    assert together.total.high == pytest.approx(exact.total.high, rel=5e-3)


def test_the_interval_holds_the_truth_in_most_simulated_series():
    random = np.random.default_rng(7)
    means = 200 * np.diff(1 - np.exp(-np.linspace(0, 1.61, 31)))
    held = 0
    for _ in range(20):
        found = estimate_growth(counted(random.poisson(means).tolist()))
        held += found.total is None or found.total.low <= 200 <= found.total.high
    assert held >= 18


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 40) | st.sampled_from([0, 0, 0, 1, 5000, 1_000_000]), min_size=1, max_size=40))
def test_any_counts_give_an_ordered_answer(counts):
    found = estimate_growth(counted(counts))
    assert (found.total is None) == (found.verdict is Verdict.TOO_EARLY) == bool(found.best is None)
    for estimate in (found.total, found.left, found.day):
        if estimate is not None:
            assert 0 <= estimate.low <= estimate.value
            assert estimate.high is None or estimate.value <= estimate.high
            assert math.isfinite(estimate.value)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(1e-9, 1e12), min_size=1, max_size=60))
def test_any_times_give_an_ordered_answer(times):
    times = sorted(times)
    found = estimate_growth(FailureTimes(times=tuple(times), until=times[-1]))
    if found.total is not None:
        assert found.total.low <= found.total.value <= (found.total.high or math.inf)
