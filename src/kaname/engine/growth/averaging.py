"""Intervals from profiles, of one model and averaged over several."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from kaname.engine.growth.curves import Floats
from kaname.engine.growth.region import Profile
from kaname.engine.growth.types import Estimate

UPPER_PART: Final = 0.5
"""How much of its half of the error the upper bound may use.

A number is told only where there is an upper bound.  Where half of all series have one, a true value above it is missed twice
as often among those that are told; halving its part keeps the confidence among them.
"""
_NORMAL: Final = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter:
    """How much more than Poisson's the counts scatter, and from how many degrees of freedom that is known."""

    dispersion: float = 1.0
    degrees: float = math.inf

    def root(self, ratios: Floats) -> Floats:
        """Return the normal deviate of twice a log-likelihood ratio.

        Divided by the dispersion it is compared with Student's t squared (P. McCullagh and J. A. Nelder 1989, Generalized
        Linear Models, 9.2), which is turned into a normal deviate by D. L. Wallace (1959), Annals of Mathematical
        Statistics 30(4), equation 2.12.
        """
        scaled = ratios / self.dispersion
        if math.isinf(self.degrees):
            return np.sqrt(scaled)
        eighths = 8 * self.degrees
        return (eighths + 1) / (eighths + 3) * np.sqrt(self.degrees * np.log1p(scaled / self.degrees))

    def ratio(self, deviate: float) -> float:
        """Return the greatest twice log-likelihood ratio within a normal deviate: the inverse of `root`."""
        if math.isinf(self.degrees):
            return deviate**2 * self.dispersion
        eighths = 8 * self.degrees
        return (
            self.dispersion * self.degrees * math.expm1((deviate * (eighths + 3) / (eighths + 1)) ** 2 / self.degrees)
        )


def exceedance(profile: Profile, scatter: Scatter, values: Floats) -> Floats:
    """Return the one-sided confidence that the true value exceeds each value, from 1 down to 0, shape as `values`.

    Beyond the last rung of an open profile it stays what it was there: no value is too great.
    """
    deviates = np.where(profile.rungs > profile.value, -1, 1) * scatter.root(profile.ratios)
    tails = 0.5 * np.array([math.erfc(-deviate / math.sqrt(2)) for deviate in deviates.tolist()])
    tails = np.minimum.accumulate(tails)
    return np.interp(values, profile.rungs, tails, left=1.0, right=float(tails[-1]) if profile.is_open else 0.0)


def estimate(
    value: float, profiles: Sequence[Profile], weights: Sequence[float], *, scatter: Scatter, confidence: float
) -> Estimate:
    """Return a value with the interval over several models: model-averaged tail areas.

    The lower bound is where the weighted mean of the models' one-sided tail areas equals half of what the confidence leaves,
    the upper one where it equals `UPPER_PART` of that half (D. Turek and D. Fletcher 2012, Computational Statistics and Data
    Analysis 56(9); with profiles D. Fletcher and D. Turek 2011, Journal of Agricultural, Biological, and Environmental
    Statistics 17(1)).  With one model it is its profile-likelihood interval.
    """
    values = np.unique(np.concatenate([profile.rungs for profile in profiles]))
    tails = np.sum(
        [weight * exceedance(each, scatter, values) for each, weight in zip(profiles, weights, strict=True)], axis=0
    )
    half = (1 - confidence) / 2
    low = _crossing(values, tails, 1 - half)
    high = _crossing(values, tails, half * UPPER_PART)
    return Estimate(
        value=value, low=min(value, values[0] if low is None else low), high=None if high is None else max(value, high)
    )


def _crossing(values: Floats, tails: Floats, level: float) -> float | None:
    """Return where the tails first fall below a level; `None` if they never do."""
    below = tails < level
    if not below.any():
        return None
    at = int(np.argmax(below))
    if at == 0:
        return float(values[0])
    before, after = _NORMAL.inv_cdf(_inner(tails[at - 1])), _NORMAL.inv_cdf(_inner(tails[at]))
    wanted = _NORMAL.inv_cdf(level)
    part = (before - wanted) / (before - after) if before > after else 1.0
    return float(values[at - 1] + min(max(part, 0.0), 1.0) * (values[at] - values[at - 1]))


def _inner(tail: float) -> float:
    return min(max(float(tail), 1e-12), 1 - 1e-12)
