import math

import numpy as np
import pytest

from kaname.engine.growth.curves import curve_of
from kaname.engine.growth.likelihood import observed, profile
from kaname.engine.growth.search import Edge, maximise
from kaname.engine.growth.types import FailureTimes, GroupedCounts, GrowthModel

FALLING = (14, 12, 11, 9, 8, 7, 5, 6, 4, 3, 3, 2)
BELL = (1, 1, 3, 4, 8, 11, 13, 12, 9, 5, 3, 2, 1, 1)


def series(counts):
    return observed(GroupedCounts(ends=tuple(range(1, len(counts) + 1)), counts=counts))


def test_exponential_maximum_solves_the_equations_of_goel_and_okumoto():
    data = series(FALLING)
    found = maximise(curve_of(GrowthModel.EXPONENTIAL)[0], data)
    rate = math.exp(found.at[0]) / 12
    score = -84 * 12 * math.exp(-12 * rate) / (1 - math.exp(-12 * rate))
    for end, count in enumerate(FALLING, start=1):
        early, late = math.exp(-rate * (end - 1)), math.exp(-rate * end)
        score += count * (end * late - (end - 1) * early) / (early - late)
    assert score == pytest.approx(0.0, abs=1e-4)
    assert found.edge is Edge.NONE


def test_exponential_maximum_of_failure_times_solves_its_equation():
    times = (1.0, 2.0, 4.0, 7.0, 11.0, 16.0, 25.0, 40.0)
    found = maximise(curve_of(GrowthModel.EXPONENTIAL)[0], observed(FailureTimes(times=times, until=50.0)))
    rate = math.exp(found.at[0]) / 50
    score = len(times) / rate - sum(times) - len(times) * 50 * math.exp(-50 * rate) / (1 - math.exp(-50 * rate))
    assert score == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize("model", [GrowthModel.GOMPERTZ, GrowthModel.LOGISTIC])
def test_maximum_of_two_coordinates_is_not_beaten_nearby(model):
    data = series(BELL)
    found = maximise(curve_of(model)[0], data)
    steps = np.array([[x, y] for x in (-1e-3, 0, 1e-3) for y in (-1e-3, 0, 1e-3)])
    nearby, _ = profile(found.curve, data, found.at + steps)
    assert nearby.max() <= found.log_likelihood + 1e-9
    assert found.edge is Edge.NONE


def test_even_counts_have_no_finite_maximum():
    for model in (GrowthModel.EXPONENTIAL, GrowthModel.LOGISTIC):
        assert maximise(curve_of(model)[0], series((5,) * 12)).edge is not Edge.NONE
    assert maximise(curve_of(GrowthModel.EXPONENTIAL)[0], series((5,) * 12)).edge is Edge.ENDLESS


def test_rising_counts_have_no_finite_maximum():
    rising = (1, 1, 2, 3, 4, 6, 9, 13, 19, 28)
    for model in (GrowthModel.EXPONENTIAL, GrowthModel.DELAYED_S, GrowthModel.LOGISTIC):
        assert maximise(curve_of(model)[0], series(rising)).edge is Edge.ENDLESS


def test_falling_counts_have_no_inflection():
    assert maximise(curve_of(GrowthModel.LOGISTIC)[0], series(FALLING)).edge is Edge.NO_INFLECTION


def test_all_at_once_has_an_infinite_rate():
    assert maximise(curve_of(GrowthModel.EXPONENTIAL)[0], series((50, *(0,) * 150))).edge is Edge.SUDDEN


def test_maximum_does_not_depend_on_how_it_was_reached(monkeypatch):
    data = series(BELL)
    quick = maximise(curve_of(GrowthModel.GOMPERTZ)[0], data)
    monkeypatch.setattr("kaname.engine.growth.search._polished", lambda *_: None)
    slow = maximise(curve_of(GrowthModel.GOMPERTZ)[0], data)
    assert quick.at.tolist() == pytest.approx(slow.at.tolist(), abs=1e-6)
    assert quick.log_likelihood == pytest.approx(slow.log_likelihood, abs=1e-10)
