"""Distributions: how far a duration, an impact or a price may come out from what was thought.

Each kind answers one question, `quantiles(shares)`: the values below which the given shares of outcomes lie.  A simulation
asks it once per distinct spread and works from tables afterwards.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from kaname.engine.text import Message, gettext_noop

Float64s = NDArray[np.float64]

_PERT_GRID: Final = 4097
_PERT_WEIGHT: Final = 4.0


class SpreadError(ValueError):
    """A spread makes no sense; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Spread(Protocol):
    """A distribution of one quantity."""

    def quantiles(self, shares: Float64s) -> Float64s:
        """Return the values below which the shares 0 < p < 1 of outcomes lie, never falling with p."""

    @property
    def steps(self) -> tuple[tuple[float, float], ...]:
        """Return the values of a discrete spread with their cumulated shares, nothing for a continuous one."""


class Continuous:
    """A spread without steps."""

    __slots__ = ()

    @property
    def steps(self) -> tuple[tuple[float, float], ...]:
        """Return nothing: any value in the range may come out."""
        return ()


@dataclass(frozen=True, slots=True)
class Uniform(Continuous):
    """Anything between two values, all alike."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Check the order of the values."""
        _rising(self.low, self.high)

    def quantiles(self, shares: Float64s) -> Float64s:
        """Return low + p (high - low)."""
        return self.low + shares * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Triangular(Continuous):
    """Best, most likely and worst value, with straight lines between them."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Check the order of the values."""
        _rising(self.low, self.mode, self.high)

    def quantiles(self, shares: Float64s) -> Float64s:
        """Return the inverse of the distribution function (Johnson, 1997)."""
        width = self.high - self.low
        if width == 0:
            return np.full_like(shares, self.low)
        turn = (self.mode - self.low) / width
        rising = self.low + np.sqrt(shares * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1 - shares) * width * (self.high - self.mode))
        return np.where(shares < turn, rising, falling)


@dataclass(frozen=True, slots=True)
class Pert(Continuous):
    """Best, most likely and worst value on a beta distribution; mean (low + 4 mode + high) / 6.

    Malcolm, Roseboom, Clark & Fazar (1959); the shape as in Vose (2008), with weight 4.
    """

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Check the order of the values."""
        _rising(self.low, self.mode, self.high)

    def quantiles(self, shares: Float64s) -> Float64s:
        """Return the inverse of the distribution function, integrated on a grid; error below 1e-5 of the range."""
        width = self.high - self.low
        if width == 0:
            return np.full_like(shares, self.low)
        one = _PERT_WEIGHT * (self.mode - self.low) / width
        other = _PERT_WEIGHT * (self.high - self.mode) / width
        grid, steps, log_rise, log_fall = _pert_grid()
        density = np.exp(one * log_rise + other * log_fall)
        sums = np.concatenate(([0.0], np.cumsum((density[1:] + density[:-1]) * steps)))
        return self.low + width * np.interp(shares, sums / sums[-1], grid)


@dataclass(frozen=True, slots=True)
class LogNormal(Continuous):
    """A median and how many times more or less: `exp(sigma)` is one standard deviation as a factor."""

    median: float
    sigma: float

    def __post_init__(self) -> None:
        """Check that both are possible."""
        _rising(0, self.median)
        _rising(0, self.sigma)

    def quantiles(self, shares: Float64s) -> Float64s:
        """Return median · exp(sigma · z)."""
        return self.median * np.exp(self.sigma * normal_quantiles(shares))


@dataclass(frozen=True, slots=True)
class Discrete:
    """A few outcomes with their weights."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        """Check that there are outcomes and that some weigh."""
        _numbers(*self.values, *self.weights)
        is_sound = len(self.values) == len(self.weights) > 0 and min(self.weights) >= 0 < sum(self.weights)
        if not is_sound:
            raise SpreadError(
                Message(gettext_noop("Discrete outcomes need one weight each, none negative, not all zero."))
            )

    @property
    def steps(self) -> tuple[tuple[float, float], ...]:
        """Return the values from the least to the greatest with the share of outcomes up to each."""
        total = math.fsum(self.weights)
        done = 0.0
        result = []
        for value, weight in sorted(zip(self.values, self.weights, strict=True)):
            done += weight
            result.append((value, min(done / total, 1.0)))
        return (*result[:-1], (result[-1][0], 1.0))

    def quantiles(self, shares: Float64s) -> Float64s:
        """Return the least value whose cumulated share reaches p."""
        values, sums = (np.array(column) for column in zip(*self.steps, strict=True))
        found: Float64s = values[np.minimum(np.searchsorted(sums, shares), len(values) - 1)]
        return found


@dataclass(frozen=True, slots=True)
class Empirical(Continuous):
    """What has been seen, such as actual by planned duration of closed projects; between two values a straight line."""

    values: tuple[float, ...]

    def __post_init__(self) -> None:
        """Check that something has been seen."""
        _numbers(*self.values)
        if not self.values:
            raise SpreadError(Message(gettext_noop("An empirical distribution needs at least one value.")))

    def quantiles(self, shares: Float64s) -> Float64s:
        """Return the order statistics at (i - 0.5) / n, joined by lines (Hazen, 1914)."""
        seen = np.sort(np.array(self.values, dtype=np.float64))
        return np.interp(shares, (np.arange(len(seen)) + 0.5) / len(seen), seen)


@cache
def _pert_grid() -> tuple[Float64s, Float64s, Float64s, Float64s]:
    """Return points between 0 and 1, the steps between them, and the logarithms of x and 1 - x.

    Cosine spacing puts points where a mode at an end makes the density steep; the ends stand a hair inside.
    """
    grid = (1 - np.cos(np.linspace(0, np.pi, _PERT_GRID))) / 2
    inside = np.clip(grid, 1e-300, 1 - 1e-16)
    return grid, np.diff(grid), np.log(inside), np.log1p(-inside)


def normal_quantiles(shares: Float64s) -> Float64s:
    """Return the standard normal values below which the shares lie."""
    from statistics import NormalDist  # noqa: PLC0415 - loads fractions and decimal

    inverse = NormalDist().inv_cdf
    return np.array([inverse(share) for share in shares.tolist()])


def normal_shares(values: Float64s) -> Float64s:
    """Return the shares of standard normal outcomes below the values."""
    return np.array([0.5 * math.erfc(-value / math.sqrt(2)) for value in values.tolist()])


def _rising(*values: float) -> None:
    _numbers(*values)
    if list(values) != sorted(values):
        template = gettext_noop("The values of a distribution must not fall: %(values)s.")
        raise SpreadError(Message(template, {"values": ", ".join(f"{value:g}" for value in values)}))


def _numbers(*values: float) -> None:
    if not all(map(math.isfinite, values)):
        raise SpreadError(Message(gettext_noop("A distribution needs finite numbers.")))


def is_constant(spread: Spread, shares: Sequence[float] = (0.001, 0.999)) -> bool:
    """Return whether a spread has one value only."""
    low, high = spread.quantiles(np.array(shares)).tolist()
    return bool(low == high)
