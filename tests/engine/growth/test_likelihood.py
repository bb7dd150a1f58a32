import math

import numpy as np
import pytest

from kaname.engine.growth.curves import CURVES, curve_of
from kaname.engine.growth.likelihood import observed, pooled, profile
from kaname.engine.growth.types import FailureTimes, GroupedCounts, GrowthModel

EXPONENTIAL = curve_of(GrowthModel.EXPONENTIAL)[0]
COUNTS = GroupedCounts(ends=(1, 2, 4), counts=(5, 3, 0))
TIMES = FailureTimes(times=(1.0, 2.5, 2.5), until=4.0)


def test_grouped_log_likelihood_is_that_of_poisson():
    rate = 0.4
    found, share = profile(EXPONENTIAL, observed(COUNTS), np.array([[math.log(rate * 4)]]))
    total = 8 / (1 - math.exp(-rate * 4))
    expected = 0.0
    for start, end, count in ((0, 1, 5), (1, 2, 3), (2, 4, 0)):
        mean = total * (math.exp(-rate * start) - math.exp(-rate * end))
        expected += count * math.log(mean) - mean - math.lgamma(count + 1)
    assert found[0] == pytest.approx(expected, abs=1e-12)
    assert share[0] == pytest.approx(8 / total, abs=1e-12)


def test_failure_time_log_likelihood_is_that_of_the_intensity():
    rate = 0.4
    found, _ = profile(EXPONENTIAL, observed(TIMES), np.array([[math.log(rate * 4)]]))
    total = 3 / (1 - math.exp(-rate * 4))
    expected = sum(math.log(total * rate) - rate * time for time in TIMES.times) - 3
    assert found[0] == pytest.approx(expected, abs=1e-12)


def test_first_interval_holds_what_the_classical_curve_has_at_the_start():
    classical = curve_of(GrowthModel.LOGISTIC)[1]
    at = np.array([[math.log(4.0), 1.0]])
    found, share = profile(classical, observed(COUNTS), at)
    grown = [1 / (1 + math.exp(-(1 - 4 * (1 - time)))) for time in (0.25, 0.5, 1)]
    total = 8 / grown[2]
    means = [total * grown[0], total * (grown[1] - grown[0]), total * (grown[2] - grown[1])]
    expected = sum(
        count * math.log(mean) - mean - math.lgamma(count + 1) for count, mean in zip((5, 3, 0), means, strict=True)
    )
    assert found[0] == pytest.approx(expected, abs=1e-12)
    assert share[0] == pytest.approx(grown[2], abs=1e-12)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: f"{curve.model}-{curve.starts_at_zero}")
def test_many_points_give_the_same_as_few(curve, monkeypatch):
    points = np.linspace(np.array(curve.low) / 2, np.array(curve.high) / 2, 7)
    whole = profile(curve, observed(COUNTS), points)
    monkeypatch.setattr("kaname.engine.growth.likelihood._MOST_CELLS", 8)
    parts = profile(curve, observed(COUNTS), points)
    assert parts[0].tolist() == whole[0].tolist()
    assert parts[1].tolist() == whole[1].tolist()


def test_short_series_are_not_pooled():
    data = observed(COUNTS)
    assert pooled(data) is data


def test_long_series_are_pooled_without_losing_a_defect():
    counts = tuple(at % 7 for at in range(1000))
    together = pooled(observed(GroupedCounts(ends=tuple(range(1, 1001)), counts=counts)))
    assert (len(together.times), together.times[0], together.times[-1]) == (257, 0.0, 1.0)
    assert together.counts.sum() == together.found == sum(counts)
    failures = pooled(observed(FailureTimes(times=tuple(float(at // 3 + 1) for at in range(900)), until=400.0)))
    assert (failures.times[0], failures.times[-1]) == (0.0, 1.0)
    assert failures.counts.tolist()[-1] == 0.0
    assert failures.counts.sum() == 900
