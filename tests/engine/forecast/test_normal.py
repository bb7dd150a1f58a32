"""The tables of the normal distribution against the standard library."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from kaname.engine.forecast.normal import beyond, log_survival

NORMAL = NormalDist()


def test_log_survival_is_that_of_the_normal_distribution():
    points = np.linspace(-7.9, 36.9, 1117)
    expected = [math.log(0.5 * math.erfc(point / math.sqrt(2))) for point in points.tolist()]
    assert log_survival(points) == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize("bound", [-8.0, -1.3, 0.0, 2.5])
def test_beyond_is_the_inverse_of_the_truncated_distribution(bound):
    shares = np.array([0.001, 0.1, 0.5, 0.9, 0.999])
    below = NORMAL.cdf(bound)
    expected = [NORMAL.inv_cdf(below + share * (1 - below)) for share in shares.tolist()]
    assert beyond(np.array(bound), shares) == pytest.approx(expected, abs=2e-5)


def test_beyond_far_out_stays_above_the_bound():
    """At a > 8 the truncated number lies about ln 2 / a above the bound; 1 - Φ cannot be told from 0 there."""
    [found] = beyond(np.array([20.0]), np.array([0.5])).tolist()
    assert found == pytest.approx(20 + math.log(2) / 20, abs=1e-3)
    assert beyond(np.array([50.0]), np.array([0.5])).tolist() == [50.0]
