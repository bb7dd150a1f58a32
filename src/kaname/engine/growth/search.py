"""The maximum of a log-likelihood over one or two coordinates: a grid over the whole box, then lattices that shrink."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from kaname.engine.growth.curves import Curve, Floats
from kaname.engine.growth.likelihood import Observed, pooled, profile

_GRID: Final = {1: (240,), 2: (25, 45)}
_SIDE: Final = {1: 21, 2: 9}
_FINE_SIDE: Final = 5
_SHRINK: Final = {1: 0.2, 2: 0.4}
_MOST_ROUNDS: Final = 60
_FINEST: Final = 1e-9
_NEAR: Final = 3e-3
_STEP: Final = 5e-5
_MOST_STEPS: Final = 8
_SLACK: Final = 1e-3

FAR: Final = 30.0
"""A total beyond so many times what is found, or a day beyond so many times the length of the test, counts as infinite."""


class Edge(StrEnum):
    """Whether a maximum is finite, else where the likelihood rises to."""

    NONE = "none"
    ENDLESS = "endless"
    """To an infinite total: what is found per interval does not fall."""
    NO_INFLECTION = "no_inflection"
    """To an inflection before the start of the test: the series is not S-shaped."""
    SUDDEN = "sudden"
    """To an infinite rate: all is found at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maximum:
    """Where the log-likelihood is greatest, and the grid over the whole box on which the search began.

    `at` has shape (coordinates,), `grid` (P, coordinates), `grid_likelihood` (P,), of the pooled series.
    """

    curve: Curve
    at: Floats
    log_likelihood: float
    share: float
    edge: Edge
    grid: Floats
    grid_likelihood: Floats


def maximise(curve: Curve, data: Observed) -> Maximum:
    """Find the maximum, of a long series first of the pooled one.

    O(1,125 n) for the grid of two coordinates, O(81 n) for each of some 25 lattices, O(25 n) for each where the pooled maximum
    is known.
    """
    low, high = np.array(curve.low), np.array(curve.high)
    sides = _GRID[len(low)]
    grid = lattice([np.linspace(least, most, side) for least, most, side in zip(low, high, sides, strict=True)])
    together = pooled(data)
    likelihood, _ = profile(curve, together, grid)
    best = _climb(curve, together, grid[int(np.argmax(likelihood))], 1.5 * grid_cell(curve), _SIDE[len(low)])
    if together is not data:
        best = _climb(curve, data, best, 0.1 * grid_cell(curve), _FINE_SIDE)
    greatest, share = (float(each[0]) for each in profile(curve, data, best[None]))
    return Maximum(
        curve=curve,
        at=best,
        log_likelihood=greatest,
        share=share,
        edge=_edge(curve, best, share),
        grid=grid,
        grid_likelihood=likelihood,
    )


def _climb(curve: Curve, data: Observed, best: Floats, reach: Floats, side: int) -> Floats:
    """Lay lattices around the best point: move while it lies on their rim, shrink them while it lies inside, and end by Newton's method."""
    low, high = np.array(curve.low), np.array(curve.high)
    greatest = float(profile(curve, data, best[None])[0][0])
    is_near = False
    for _ in range(_MOST_ROUNDS):
        near = lattice(
            [
                np.linspace(max(centre - width, least), min(centre + width, most), side)
                for centre, width, least, most in zip(best, reach, low, high, strict=True)
            ]
        )
        values, _ = profile(curve, data, near)
        at = int(np.argmax(values))
        if values[at] > greatest:
            is_on_rim = bool(np.any(np.abs(near[at] - best) > 0.99 * reach))
            best, greatest = near[at], float(values[at])
            if is_on_rim:
                continue
        reach = reach * _SHRINK[len(low)]
        if not is_near and np.all(reach < _NEAR):
            is_near = True
            if (polished := _polished(curve, data, best)) is not None:
                return polished
        if np.all(reach < _FINEST):
            break
    return best


def _polished(curve: Curve, data: Observed, best: Floats) -> Floats | None:
    """Return the maximum near a point by Newton's method on central differences; `None` where it lies on an edge."""
    size = len(best)
    steps = lattice([np.array([-_STEP, 0.0, _STEP])] * size)
    for _ in range(_MOST_STEPS):
        values = profile(curve, data, best + steps)[0].reshape((3,) * size)
        if not np.all(np.isfinite(values)):
            return None
        gradient, curvature = _differences(values)
        try:
            np.linalg.cholesky(-curvature)
        except np.linalg.LinAlgError:
            return None
        move = -np.linalg.solve(curvature, gradient)
        if np.any(np.abs(move) > 2 * _NEAR):
            return None
        best = best + move
        if np.all(np.abs(move) < _FINEST):
            return best
    return None


def _differences(values: Floats) -> tuple[Floats, Floats]:
    """Return gradient and Hessian at the centre of a lattice of three points a side."""
    if values.ndim == 1:
        return (
            np.array([values[2] - values[0]]) / (2 * _STEP),
            np.array([[values[2] - 2 * values[1] + values[0]]]) / _STEP**2,
        )
    gradient = np.array([values[2, 1] - values[0, 1], values[1, 2] - values[1, 0]]) / (2 * _STEP)
    first = values[2, 1] - 2 * values[1, 1] + values[0, 1]
    second = values[1, 2] - 2 * values[1, 1] + values[1, 0]
    mixed = (values[2, 2] - values[2, 0] - values[0, 2] + values[0, 0]) / 4
    return gradient, np.array([[first, mixed], [mixed, second]]) / _STEP**2


def lattice(axes: list[Floats]) -> Floats:
    """Return all points of a lattice, the last axis running fastest, shape (P, axes)."""
    return np.stack([axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")], axis=1)


def grid_cell(curve: Curve) -> Floats:
    """Return the sides of a cell of the grid, shape (coordinates,)."""
    sides = np.array(_GRID[len(curve.low)])
    return (np.array(curve.high) - np.array(curve.low)) / (sides - 1)


def _edge(curve: Curve, at: Floats, share: float) -> Edge:
    if len(at) == 2 and np.exp(at[0]) - at[1] < _SLACK:
        return Edge.NO_INFLECTION
    if share < 1 / FAR or np.any(at - np.array(curve.low) < _SLACK):
        return Edge.ENDLESS
    if np.any(np.array(curve.high) - at < _SLACK):
        return Edge.SUDDEN
    return Edge.NONE
