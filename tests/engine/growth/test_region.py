import math

import numpy as np
import pytest

from kaname.engine.growth.curves import curve_of
from kaname.engine.growth.likelihood import observed, profile
from kaname.engine.growth.region import explore, greater_root, lesser_root
from kaname.engine.growth.search import maximise
from kaname.engine.growth.types import GroupedCounts, GrowthModel

FALLING = (14, 12, 11, 9, 8, 7, 5, 6, 4, 3, 3, 2)
BELL = (1, 1, 3, 4, 8, 11, 13, 12, 9, 5, 3, 2, 1, 1)


def explored(model, counts, depth=5.0):
    data = observed(GroupedCounts(ends=tuple(range(1, len(counts) + 1)), counts=counts))
    return explore(maximise(curve_of(model)[0], data), data, depth=depth), data


def ratio_at(region, data, total):
    """Return twice the log-likelihood ratio of a total by a fine search over all coordinates."""
    curve, best = region.maximum.curve, region.maximum
    axes = [np.linspace(max(low, at - 3), min(high, at + 3), 1501 if len(best.at) == 1 else 301)
            for low, high, at in zip(curve.low, curve.high, best.at, strict=True)]  # fmt: skip
    points = np.stack([axis.ravel() for axis in np.meshgrid(*axes)], axis=1)
    likelihood, share = profile(curve, data, points)
    ratio = total * share / data.found
    return 2 * (best.log_likelihood - (likelihood - data.found * (ratio - 1 - np.log(ratio))).max())


def test_roots_solve_their_equation():
    slack = np.array([0.0, 1e-8, 0.01, 0.5, 3.0])
    for root in (greater_root(slack), lesser_root(slack)):
        np.testing.assert_allclose(root - 1 - np.log(root), slack, atol=1e-12)
    assert greater_root(slack)[-1] > 1 > lesser_root(slack)[-1]


@pytest.mark.parametrize(
    ("model", "counts"),
    [
        (GrowthModel.EXPONENTIAL, FALLING),
        (GrowthModel.DELAYED_S, BELL),
        (GrowthModel.GOMPERTZ, BELL),
        (GrowthModel.LOGISTIC, BELL),
    ],
)
def test_profile_of_the_total_equals_a_nested_search(model, counts):
    region, data = explored(model, counts)
    found = region.total(data)
    for total in (0.85 * found.value, 1.1 * found.value, 1.3 * found.value):
        inner = float(np.interp(total, found.rungs, found.ratios))
        assert inner == pytest.approx(ratio_at(region, data, total), abs=0.02)


def test_profile_of_the_day_is_exact_where_the_day_depends_on_the_rate_alone():
    region, data = explored(GrowthModel.EXPONENTIAL, FALLING)
    found = region.day(0.95)
    for day in (1.2, 1.6, 2.5):
        likelihood, _ = profile(region.maximum.curve, data, np.array([[math.log(-math.log(0.05) / day)]]))
        expected = 2 * (region.maximum.log_likelihood - likelihood[0])
        assert float(np.interp(day, found.rungs, found.ratios)) == pytest.approx(expected, abs=0.02)


def test_best_values_agree_with_one_another():
    region, data = explored(GrowthModel.LOGISTIC, BELL)
    total, left = region.total(data), region.left(data)
    assert total.value - left.value == pytest.approx(sum(BELL))
    assert total.ratios.min() == left.ratios.min() == 0


def test_profile_without_an_upper_end_is_open():
    region, data = explored(GrowthModel.EXPONENTIAL, (6, 5, 6, 5, 5, 5, 4, 5, 5, 4))
    assert region.total(data).is_open
    region, data = explored(GrowthModel.EXPONENTIAL, (30, 20, 12, 8, 5, 3, 2, 1, 1, 0))
    assert not region.total(data).is_open
