import math

import numpy as np
import pytest

from kaname.engine.growth.averaging import Scatter, estimate, exceedance
from kaname.engine.growth.region import Profile


def parabola(value, spread, *, is_open=False):
    """Return the profile of a normal estimate."""
    rungs = np.linspace(value - 5 * spread, value + 5 * spread, 2001)
    return Profile(value=value, rungs=rungs, ratios=((rungs - value) / spread) ** 2, is_open=is_open)


def test_one_model_gives_the_profile_interval_with_half_the_error_above():
    found = estimate(100.0, [parabola(100.0, 10.0)], [1.0], scatter=Scatter(), confidence=0.95)
    assert (found.value, found.low) == (100.0, pytest.approx(80.4004, abs=1e-3))
    assert found.high == pytest.approx(122.4140, abs=1e-3)


def test_two_models_average_their_tails():
    profiles = [parabola(100.0, 10.0), parabola(140.0, 10.0)]
    found = estimate(100.0, profiles, [0.5, 0.5], scatter=Scatter(), confidence=0.95)
    assert found.low == pytest.approx(100 - 16.4485, abs=0.01)
    assert found.high == pytest.approx(140 + 19.5996, abs=0.01)


def test_an_open_profile_of_enough_weight_has_no_upper_bound():
    rungs = np.linspace(100.0, 3000.0, 200)
    open_ended = Profile(value=100.0, rungs=rungs, ratios=np.linspace(0, 1.0, 200), is_open=True)
    closed = parabola(100.0, 10.0)
    assert estimate(100.0, [open_ended], [1.0], scatter=Scatter(), confidence=0.95).high is None
    assert estimate(100.0, [closed, open_ended], [0.9, 0.1], scatter=Scatter(), confidence=0.95).high is None
    assert estimate(100.0, [closed, open_ended], [0.99, 0.01], scatter=Scatter(), confidence=0.95).high is not None


def test_scatter_widens_as_students_t():
    scatter = Scatter(dispersion=1.0, degrees=10)
    assert float(scatter.root(np.array([2.228139**2]))[0]) == pytest.approx(1.959964, abs=2e-3)
    assert math.sqrt(scatter.ratio(1.959964)) == pytest.approx(2.228139, abs=3e-3)
    assert Scatter(dispersion=4.0).ratio(2.0) == 16.0
    assert Scatter(dispersion=4.0).root(np.array([16.0])).tolist() == [2.0]


def test_exceedance_falls_from_one_to_zero():
    tails = exceedance(parabola(100.0, 10.0), Scatter(), np.array([0.0, 90.0, 100.0, 110.0, 500.0]))
    assert tails.tolist() == pytest.approx([1.0, 0.841345, 0.5, 0.158655, 0.0], abs=1e-5)
