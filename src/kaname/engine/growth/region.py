"""Profile likelihoods of what a user asks for: the total, the defects left, the day by which a share is found.

The likelihood is laid out on lattices that just hold the coordinates within some depth below the maximum.  For given
coordinates the total ω enters as -N (r - 1 - log r) with r = ω ÷ ω̂, so its profile is exact at every point and needs no
inner search; the day is interpolated along each column.  D. J. Venzon and S. H. Moolgavkar (1988), Applied Statistics
37(1): the interval is where twice the log-likelihood ratio stays below the quantile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from kaname.engine.growth.curves import Curve, Floats
from kaname.engine.growth.likelihood import Observed, profile
from kaname.engine.growth.search import FAR, Maximum, grid_cell, lattice

_SIDE: Final = {1: 161, 2: 31}
_RUNGS: Final = 161
_MOST_ROUNDS: Final = 10
_LEAST_LEFT: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Twice the log-likelihood ratio of a value.

    Parameters
    ----------
    value
        The best value.
    rungs
        Values, ascending, shape (R,).
    ratios
        Twice the log-likelihood ratio at each, not negative, shape (R,); `inf` outside the lattices.
    is_open
        Whether the rungs end at the furthest value that is told, not at the depth of the lattices.
    """

    value: float
    rungs: Floats
    ratios: Floats
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The lattices around a maximum: coordinates (P, coordinates), log-likelihood (P,) and shares (P,) of each."""

    maximum: Maximum
    lattices: tuple[tuple[Floats, Floats, Floats], ...]
    depth: float

    def total(self, data: Observed) -> Profile:
        """Return the profile of the total."""
        return self._scaled(data, lambda share: 1 / share, least=0.0)

    def left(self, data: Observed) -> Profile:
        """Return the profile of the defects left at the end of the observation."""
        return self._scaled(data, lambda share: np.maximum(1 - share, 1e-12) / share, least=_LEAST_LEFT)

    def day(self, share: float) -> Profile:
        """Return the profile of the scaled time by which a share of the total is found."""
        curve, maximum = self.maximum.curve, self.maximum
        with np.errstate(all="ignore"):
            value = float(curve.time_of(maximum.at[None], share)[0])
            columns = [column for each in self.lattices for column in self._columns(each, share)]
        inside = np.concatenate([days[ratios <= 2 * self.depth] for days, ratios in columns] + [np.array([value])])
        rungs, is_open = _ladder(float(inside.min()), float(inside.max()), value, most=FAR)
        ratios = np.full(len(rungs), np.inf)
        for days, column in columns:
            ratios = np.minimum(ratios, np.interp(rungs, days, column, left=np.inf, right=np.inf))
        return Profile(value=value, rungs=rungs, ratios=_with_value(rungs, ratios, value), is_open=is_open)

    def _columns(self, each: tuple[Floats, Floats, Floats], share: float) -> list[tuple[Floats, Floats]]:
        """Return days, ascending, and ratios of each column of a lattice: all points with the same first coordinate."""
        coordinates, likelihood, _ = each
        curve = self.maximum.curve
        side = _SIDE[coordinates.shape[1]]
        days = curve.time_of(coordinates, share).reshape(-1, side)[:, ::-1]
        ratios = (2 * (self.maximum.log_likelihood - likelihood)).reshape(-1, side)[:, ::-1]
        kept = [np.isfinite(ratio) & np.isfinite(day) for day, ratio in zip(days, ratios, strict=True)]
        return [
            (day[keep], np.maximum(ratio[keep], 0.0))
            for day, ratio, keep in zip(days, ratios, kept, strict=True)
            if keep.sum() > 1
        ]

    def _scaled(self, data: Observed, factor: Callable[[Floats], Floats], *, least: float) -> Profile:
        """Return the profile of a value that is ω times a function of the coordinates alone."""
        likelihood = np.concatenate([each[1] for each in self.lattices] + [[self.maximum.log_likelihood]])
        share = np.concatenate([each[2] for each in self.lattices] + [[self.maximum.share]])
        near = likelihood > self.maximum.log_likelihood - self.depth
        likelihood, centres = likelihood[near], data.found * factor(share[near])
        slack = (likelihood - (self.maximum.log_likelihood - self.depth)) / data.found
        value = float(data.found * factor(np.array([self.maximum.share]))[0])
        low = max(float((centres * lesser_root(slack)).min()), least)
        high = float((centres * greater_root(slack)).max())
        rungs, is_open = _ladder(low, high, value, most=FAR * data.found)
        logarithm = np.log(rungs)[:, None] - np.log(centres)[None]
        fallen = data.found * (rungs[:, None] / centres[None] - 1 - logarithm) - likelihood[None]
        ratios = 2 * np.maximum(self.maximum.log_likelihood + fallen.min(axis=1), 0.0)
        return Profile(value=value, rungs=rungs, ratios=_with_value(rungs, ratios, value), is_open=is_open)


def explore(maximum: Maximum, data: Observed, *, depth: float) -> Region:
    """Lay lattices that just hold what lies within `depth` below the maximum, and within a third of it."""
    return Region(
        maximum=maximum,
        lattices=tuple(_fitted_lattice(maximum, data, part) for part in (depth, depth / 3)),
        depth=depth,
    )


def greater_root(slack: Floats) -> Floats:
    """Return the root above 1 of r - 1 - log r = slack, by Newton's method from above."""
    slack = np.maximum(slack, 0.0)
    root = 1 + np.sqrt(2 * slack) + slack
    for _ in range(8):
        root = root - (root - 1 - np.log(root) - slack) / np.maximum(1 - 1 / root, 1e-9)
    return np.maximum(root, 1.0)


def lesser_root(slack: Floats) -> Floats:
    """Return the root below 1 of r - 1 - log r = slack, by Newton's method on log r from below."""
    slack = np.maximum(slack, 0.0)
    logarithm = -np.sqrt(2 * slack) - slack
    for _ in range(8):
        grown = np.expm1(logarithm)
        logarithm = logarithm - (grown - logarithm - slack) / np.minimum(grown, -1e-9)
    return np.minimum(np.exp(logarithm), 1.0)


def _fitted_lattice(maximum: Maximum, data: Observed, depth: float) -> tuple[Floats, Floats, Floats]:
    curve = maximum.curve
    floor = maximum.log_likelihood - depth
    least, most = np.array(curve.low), np.array(curve.high)
    cell = grid_cell(curve)
    inside = np.vstack([maximum.grid[maximum.grid_likelihood > floor], maximum.at[None]])
    low, high = _around(inside, cell, least, most)
    side = _SIDE[len(least)]
    found = _laid(curve, data, low, high, side)
    for _ in range(_MOST_ROUNDS):
        points, likelihood, _ = found
        within = np.vstack([points[likelihood > floor], maximum.at[None]])
        tighter = _around(within, (high - low) / (side - 1), least, most)
        if np.all(tighter[1] - tighter[0] > 0.8 * (high - low)):
            break
        low, high = tighter
        found = _laid(curve, data, low, high, side)
    return found


def _around(points: Floats, margin: Floats, least: Floats, most: Floats) -> tuple[Floats, Floats]:
    return np.maximum(points.min(axis=0) - margin, least), np.minimum(points.max(axis=0) + margin, most)


def _laid(curve: Curve, data: Observed, low: Floats, high: Floats, side: int) -> tuple[Floats, Floats, Floats]:
    points = lattice([np.linspace(start, end, side) for start, end in zip(low, high, strict=True)])
    likelihood, share = profile(curve, data, points)
    return points, likelihood, share


def _ladder(low: float, high: float, value: float, *, most: float) -> tuple[Floats, bool]:
    """Return rungs from `low` to `high` in equal ratios, the value among them, and whether `most` cut them off."""
    low = max(min(low, value), 1e-9)
    cut = max(min(high, most), value, low * (1 + 1e-9))
    rungs = np.geomspace(low, cut, _RUNGS)
    return np.unique(np.append(rungs, value)), high > most


def _with_value(rungs: Floats, ratios: Floats, value: float) -> Floats:
    return np.where(rungs == value, 0.0, ratios)
