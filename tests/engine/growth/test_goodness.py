import pytest

from kaname.engine.growth.curves import curve_of
from kaname.engine.growth.goodness import chi_square_tail, goodness_of_fit
from kaname.engine.growth.likelihood import observed
from kaname.engine.growth.search import maximise
from kaname.engine.growth.types import FailureTimes, GroupedCounts, GrowthModel

EXPONENTIAL = curve_of(GrowthModel.EXPONENTIAL)[0]


def judged(series):
    data = observed(series)
    return goodness_of_fit(maximise(EXPONENTIAL, data), data)


@pytest.mark.parametrize(
    ("value", "degrees", "tail"),
    [
        (3.841459, 1, 0.05),
        (6.634897, 1, 0.01),
        (18.307038, 10, 0.05),
        (2.0, 2, 0.3678794),
        (124.342113, 100, 0.05),
        (0.0, 3, 1.0),
    ],
)
def test_tail_of_chi_square(value, degrees, tail):
    assert chi_square_tail(value, degrees) == pytest.approx(tail, abs=1e-6)


def test_intervals_are_pooled_until_five_are_expected():
    found = judged(GroupedCounts(ends=tuple(range(1, 13)), counts=(14, 12, 11, 9, 8, 7, 5, 6, 4, 3, 3, 2)))
    assert found.degrees == 9 - 2
    assert found.chi_square == pytest.approx(0.411, abs=1e-3)
    assert found.p_value == pytest.approx(0.99971, abs=1e-5)


def test_clusters_are_rejected():
    found = judged(GroupedCounts(ends=tuple(range(1, 13)), counts=(40, 0, 0, 30, 0, 0, 20, 0, 0, 10, 0, 0)))
    assert found.p_value is not None
    assert found.p_value < 1e-6


def test_too_few_defects_leave_no_degree_of_freedom():
    found = judged(GroupedCounts(ends=(1, 2, 3), counts=(3, 2, 1)))
    assert (found.degrees, found.p_value) == (0, None)


def test_failure_times_are_counted_in_intervals_of_equal_expectation():
    times = tuple(float(step * step) for step in range(1, 41))
    found = judged(FailureTimes(times=times, until=1600.0))
    assert found.degrees == 8 - 2
    assert found.chi_square < 8
