"""Quantiles against closed forms and worked values."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaname.engine.simulation import Discrete, Empirical, LogNormal, Pert, SpreadError, Triangular, Uniform


def at(spread, *shares):
    return spread.quantiles(np.array(shares)).tolist()


def test_uniform_is_a_straight_line():
    assert at(Uniform(10, 30), 0.1, 0.5, 0.9) == pytest.approx([12, 20, 28])


def test_triangular_has_its_textbook_quantiles():
    assert at(Triangular(0, 1, 4), 0.25, 0.5) == pytest.approx([1, 4 - math.sqrt(6)])
    assert at(Triangular(2, 2, 2), 0.3) == [2]
    assert at(Triangular(0, 0, 2), 0.75) == pytest.approx([1])


def test_pert_with_the_mode_in_the_middle_is_symmetric_and_has_its_mean():
    shares = (np.arange(100_000) + 0.5) / 100_000
    values = Pert(2, 4, 12).quantiles(shares)
    assert values.mean() == pytest.approx((2 + 4 * 4 + 12) / 6, rel=1e-4)
    low, middle, high = at(Pert(0, 5, 10), 0.2, 0.5, 0.8)
    assert (middle, low + high) == pytest.approx((5, 10), abs=1e-4)


def test_pert_with_the_mode_at_an_end_is_a_power_of_the_share():
    """With mode = low the density is 5 (1 - x)^4, so that the quantile is 1 - (1 - p)^(1/5)."""
    shares = (0.01, 0.5, 0.99)
    assert at(Pert(0, 0, 1), *shares) == pytest.approx([1 - (1 - share) ** 0.2 for share in shares], abs=1e-5)


def test_log_normal_has_its_median_and_one_deviation():
    assert at(LogNormal(100, 0.5), 0.5, 0.841344746) == pytest.approx([100, 100 * math.exp(0.5)], rel=1e-6)


def test_discrete_gives_each_outcome_its_share():
    spread = Discrete((30, 10), (1, 3))
    assert at(spread, 0.1, 0.75, 0.76) == [10, 10, 30]
    assert spread.steps == ((10, 0.75), (30, 1.0))


def test_empirical_joins_what_was_seen_by_lines():
    assert at(Empirical((4, 1, 2)), 1 / 6, 0.5, 5 / 6, 0.999) == pytest.approx([1, 2, 4, 4])


@pytest.mark.parametrize(
    "make",
    [
        lambda: Triangular(3, 2, 4),
        lambda: Pert(0, 5, 4),
        lambda: Uniform(2, 1),
        lambda: Uniform(0, math.inf),
        lambda: LogNormal(-1, 0.2),
        lambda: LogNormal(1, -0.2),
        lambda: Discrete((), ()),
        lambda: Discrete((1, 2), (1,)),
        lambda: Discrete((1, 2), (0, 0)),
        lambda: Discrete((1, 2), (2, -1)),
        lambda: Empirical(()),
        lambda: Empirical((1, math.nan)),
    ],
)
def test_values_that_make_no_sense_are_refused(make):
    with pytest.raises(SpreadError):
        make()


THREE = st.lists(st.floats(0, 1e6), min_size=3, max_size=3).map(sorted)


@given(THREE, st.sampled_from([Triangular, Pert]))
def test_quantiles_never_fall_and_stay_in_the_range(values, kind):
    found = kind(*values).quantiles(np.linspace(0.001, 0.999, 50))
    assert (np.diff(found) >= -1e-6 * (1 + values[2])).all()
    assert values[0] - 1e-6 <= found[0]
    assert found[-1] <= values[2] * (1 + 1e-9) + 1e-6
