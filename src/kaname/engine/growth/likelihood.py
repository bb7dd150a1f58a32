"""The log-likelihood of a series under the non-homogeneous Poisson process of a growth curve, the total at its best."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from kaname.engine.growth.curves import Curve, Floats
from kaname.engine.growth.types import GroupedCounts, Series

_MOST_CELLS: Final = 1_000_000
_LEAST_SHARE: Final = 1e-300
_MOST_EXACT: Final = 512
_POOLED: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A series with its time scaled to 0…1.

    Parameters
    ----------
    times
        Of counts the bounds of the intervals, 0 first, shape (n + 1,); of failure times these, shape (n,).
    counts
        Shape (n,), or `None` for failure times.
    found
        All defects found.
    constant
        The part of the log-likelihood that no parameter changes.
    until
        What 1 stands for.
    """

    times: Floats
    counts: Floats | None
    found: int
    constant: float
    until: float

    @property
    def records(self) -> int:
        """Intervals or failure times."""
        return len(self.times) if self.counts is None else len(self.counts)


def observed(series: Series) -> Observed:
    """Return a series with its time scaled to 0…1."""
    if isinstance(series, GroupedCounts):
        return Observed(
            times=np.concatenate(([0.0], np.asarray(series.ends, dtype=np.float64) / series.until)),
            counts=np.asarray(series.counts, dtype=np.float64),
            found=series.found,
            constant=-math.fsum(math.lgamma(count + 1) for count in series.counts),
            until=series.until,
        )
    return Observed(
        times=np.asarray(series.times, dtype=np.float64) / series.until,
        counts=None,
        found=series.found,
        constant=-series.found * math.log(series.until),
        until=series.until,
    )


def pooled(data: Observed) -> Observed:
    """Return a long series with its neighbouring intervals, or failures, counted together in some 256 intervals.

    Intervals are computed from it, which moves their bounds by well under one per cent and saves time; maxima
    are those of the whole series.
    """
    if data.records <= _MOST_EXACT:
        return data
    places = np.unique(np.linspace(0, data.records, _POOLED + 1).round().astype(np.int64))
    if data.counts is None:
        bounds = np.unique(np.concatenate(([0.0], data.times[places[1:] - 1], [1.0])))
        # A failure on a bound belongs to the interval that ends there.
        at = np.searchsorted(bounds, data.times, side="left") - 1
        counts = np.bincount(at, minlength=len(bounds) - 1).astype(np.float64)
    else:
        bounds = data.times[places]
        counts = np.add.reduceat(data.counts, places[:-1])
    constant = -math.fsum(math.lgamma(count + 1) for count in counts.tolist())
    return Observed(times=bounds, counts=counts, found=data.found, constant=constant, until=data.until)


def profile(curve: Curve, data: Observed, coordinates: Floats) -> tuple[Floats, Floats]:
    """Return the log-likelihood with the total at its best, and the share found at the end, both shape (P,).

    Parameters
    ----------
    coordinates
        Of the curve, shape (P, coordinates).

    Notes
    -----
    With F the share found at the end and N the defects found, the best total is N ÷ F in closed form, since the
    log-likelihood is Σ n_i log(ω ΔF_i) - ω F - Σ log n_i! (Goel and Okumoto 1979, equation 12; for failure times
    Σ log(ω f(t_i)) - ω F).  Coordinates that are not allowed, and those under which the series is impossible, give -inf.
    At least one defect must be found.  O(P n).
    """
    size = max(1, _MOST_CELLS // len(data.times))
    if len(coordinates) > size:
        parts = [profile(curve, data, coordinates[at : at + size]) for at in range(0, len(coordinates), size)]
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    with np.errstate(all="ignore"):
        logarithms, kept = (
            _of_failures(curve, data, coordinates)
            if data.counts is None
            else _of_counts(curve, data, data.counts, coordinates)
        )
        start = curve.held_at_start(coordinates)
        best = data.found * (math.log(data.found) - 1 - np.log(kept))
        likelihood = logarithms + best + data.constant
        usable = curve.is_allowed(coordinates) & np.isfinite(likelihood) & (kept > 0)
        return np.where(usable, likelihood, -np.inf), np.clip(kept / (1 - start), _LEAST_SHARE, 1.0)


def _of_counts(curve: Curve, data: Observed, counts: Floats, coordinates: Floats) -> tuple[Floats, Floats]:
    found = curve.found(coordinates, data.times)
    if not curve.starts_at_zero:
        found[:, 0] = 0
    holding = counts > 0
    increments = np.maximum(np.diff(found, axis=1)[:, holding], _LEAST_SHARE)
    return np.log(increments) @ counts[holding], found[:, -1] - found[:, 0]


def _of_failures(curve: Curve, data: Observed, coordinates: Floats) -> tuple[Floats, Floats]:
    found = curve.found(coordinates, np.array([0.0, 1.0]))
    return curve.density(coordinates, data.times).sum(axis=1), found[:, 1] - found[:, 0]
