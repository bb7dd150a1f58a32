"""Goodness of fit by Pearson's chi-square on pooled intervals, and the dispersion that it shows."""

import math
from typing import Final

import numpy as np

from kaname.engine.growth.curves import Floats
from kaname.engine.growth.likelihood import Observed
from kaname.engine.growth.search import Maximum
from kaname.engine.growth.types import GoodnessOfFit

LEAST_EXPECTED: Final = 5.0
"""Defects expected in each pooled interval at least (W. G. Cochran 1954, Biometrics 10(4))."""


def goodness_of_fit(maximum: Maximum, data: Observed) -> GoodnessOfFit:
    """Compare what was found with what the curve expects.

    Notes
    -----
    Neighbouring intervals are pooled from the first on until `LEAST_EXPECTED` are expected; what is left over goes to the
    last.  Failure times are counted in intervals of equal expectation.  The parameters were estimated from the unpooled
    series, so that the true distribution lies between chi-square with the degrees given and with as many more as there are
    parameters (H. Chernoff and E. L. Lehmann 1954): the p-value is somewhat too small, never too large.
    """
    expected, counts = _of_failures(maximum, data) if data.counts is None else _of_counts(maximum, data, data.counts)
    groups = _pool(expected, counts)
    degrees = len(groups) - maximum.curve.parameters
    chi_square = math.fsum((count - mean) ** 2 / mean for mean, count in groups)
    p_value = chi_square_tail(chi_square, degrees) if degrees > 0 else None
    return GoodnessOfFit(chi_square=chi_square, degrees=max(degrees, 0), p_value=p_value)


def chi_square_tail(value: float, degrees: int) -> float:
    """Return the probability that chi-square with so many degrees exceeds a value.

    The upper incomplete gamma function at half of both, by its series for small values and by Legendre's continued fraction
    for large ones (Abramowitz and Stegun 1964, equations 6.5.29 and 6.5.31).

    Examples
    --------
    >>> round(chi_square_tail(3.841459, 1), 6), round(chi_square_tail(18.307038, 10), 6)
    (0.05, 0.05)
    """
    shape, half = degrees / 2, value / 2
    if half <= 0:
        return 1.0
    front = math.exp(shape * math.log(half) - half - math.lgamma(shape))
    if half < shape + 1:
        term = total = 1 / shape
        step = shape
        while term > total * 1e-15:
            step += 1
            term *= half / step
            total += term
        return max(0.0, 1 - front * total)
    return front * _legendre(shape, half)


def _legendre(shape: float, half: float) -> float:
    """Evaluate the continued fraction by Lentz's method."""
    b = half + 1 - shape
    c, d = math.inf, 1 / b
    value = d
    for step in range(1, 10_000):
        a = -step * (step - shape)
        b += 2
        d = 1 / (a * d + b)
        c = b + a / c
        value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _of_counts(maximum: Maximum, data: Observed, counts: Floats) -> tuple[Floats, Floats]:
    """Return the expected and the found number of each interval."""
    curve = maximum.curve
    with np.errstate(all="ignore"):
        shares = curve.shares(maximum.at[None], data.times)[0]
    if not curve.starts_at_zero:
        shares[0] = 0.0
    return data.found / maximum.share * np.diff(shares), counts


def _of_failures(maximum: Maximum, data: Observed) -> tuple[Floats, Floats]:
    """Return the expected and the found number of intervals of equal expectation."""
    with np.errstate(all="ignore"):
        reached = maximum.curve.shares(maximum.at[None], data.times)[0] / maximum.share
    groups = max(1, int(data.found / LEAST_EXPECTED))
    places = np.minimum((reached * groups).astype(np.int64), groups - 1)
    counts = np.bincount(places, minlength=groups).astype(np.float64)
    return np.full(groups, data.found / groups), counts


def _pool(expected: Floats, counts: Floats) -> list[tuple[float, float]]:
    groups: list[tuple[float, float]] = []
    mean = count = 0.0
    for each, found in zip(expected.tolist(), counts.tolist(), strict=True):
        mean, count = mean + each, count + found
        if mean >= LEAST_EXPECTED:
            groups.append((mean, count))
            mean = count = 0.0
    if mean or count:
        last_mean, last_count = groups.pop() if groups else (0.0, 0.0)
        groups.append((last_mean + mean, last_count + count))
    return groups
