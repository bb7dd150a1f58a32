import numpy as np
import pytest

from kaname.engine.growth.curves import CURVES, curve_of
from kaname.engine.growth.types import GrowthModel

ONE, TWO = np.array([[0.7]]), np.array([[1.6, 2.0]])
TIMES = np.linspace(0.01, 1, 50)


def at(curve):
    return ONE if len(curve.low) == 1 else TWO


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: f"{curve.model}-{curve.starts_at_zero}")
def test_time_of_inverts_shares(curve):
    end = curve.shares(at(curve), np.ones(1))[0, 0]
    assert float(curve.time_of(at(curve), end)[0]) == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: f"{curve.model}-{curve.starts_at_zero}")
def test_density_is_the_derivative(curve):
    step = 1e-6
    rise = (curve.found(at(curve), TIMES + step) - curve.found(at(curve), TIMES - step)) / (2 * step)
    np.testing.assert_allclose(np.exp(curve.density(at(curve), TIMES)), rise, rtol=1e-6)


@pytest.mark.parametrize("model", GrowthModel)
def test_first_form_holds_nothing_at_the_start_and_all_at_the_end(model):
    curve = curve_of(model)[0]
    shares = curve.shares(at(curve), np.array([0.0, 1e3]))[0]
    assert shares.tolist() == pytest.approx([0.0, 1.0], abs=1e-12)


def test_shares_of_the_published_equations():
    exponential, delayed = curve_of(GrowthModel.EXPONENTIAL)[0], curve_of(GrowthModel.DELAYED_S)[0]
    gompertz, logistic = curve_of(GrowthModel.GOMPERTZ)[1], curve_of(GrowthModel.LOGISTIC)[1]
    half = np.array([0.5])
    rate, before_end = np.exp(0.7), 2.0
    assert exponential.shares(ONE, half)[0, 0] == pytest.approx(1 - np.exp(-rate / 2))
    assert delayed.shares(ONE, half)[0, 0] == pytest.approx(1 - (1 + rate / 2) * np.exp(-rate / 2))
    rate = np.exp(1.6)
    assert gompertz.shares(TWO, half)[0, 0] == pytest.approx(np.exp(-np.exp(-(before_end - rate / 2))))
    assert logistic.shares(TWO, half)[0, 0] == pytest.approx(1 / (1 + np.exp(-(before_end - rate / 2))))


def test_an_inflection_before_the_start_is_not_allowed():
    logistic = curve_of(GrowthModel.LOGISTIC)[0]
    points = np.array([[np.log(3.0), 2.9], [np.log(3.0), 3.1]])
    assert logistic.is_allowed(points).tolist() == [True, False]
    assert curve_of(GrowthModel.DELAYED_S)[0].is_allowed(ONE).tolist() == [True]
