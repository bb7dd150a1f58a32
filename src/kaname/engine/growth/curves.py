"""The growth curves: the share of all defects found by a time, and its inverse.

Time is scaled so that the test is observed from 0 to 1.  A curve has one coordinate or two: `log x`, where `x` is its rate
times the length of the test, and for curves with an inflection of their own `u`, the rate times the time from the
inflection to the end.  `u` below 0 means that the inflection is still to come.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.growth.types import GrowthModel

type Floats = NDArray[np.float64]

_SCALED: Final = 0
_BEFORE_END: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A growth curve over scaled time.

    Parameters
    ----------
    model
        Which one.
    parameters
        How many are estimated, the total among them.
    low, high
        The box of coordinates that is searched.
    found, density
        Functions of coordinates, shape (P, coordinates), and times, shape (n,), giving the unscaled distribution function
        and the logarithm of its density, both (P, n).
    quantile
        Function of coordinates and probabilities, shape (P,): the scaled time by which that share is reached.
    starts_at_zero
        Whether what the curve holds at time 0 is taken off; otherwise it belongs to the first interval.
    """

    model: GrowthModel
    parameters: int
    low: tuple[float, ...]
    high: tuple[float, ...]
    found: Callable[[Floats, Floats], Floats]
    density: Callable[[Floats, Floats], Floats]
    quantile: Callable[[Floats, Floats], Floats]
    starts_at_zero: bool = True

    def held_at_start(self, coordinates: Floats) -> Floats:
        """Return what the curve holds at time 0 and is taken off, shape (P,)."""
        if not self.starts_at_zero:
            return np.zeros(len(coordinates))
        return self.found(coordinates, np.zeros(1))[:, 0]

    def shares(self, coordinates: Floats, times: Floats) -> Floats:
        """Return the share of the total found by each time, shape (P, n)."""
        start = self.held_at_start(coordinates)[:, None]
        return (self.found(coordinates, times) - start) / (1 - start)

    def time_of(self, coordinates: Floats, share: float) -> Floats:
        """Return the scaled time by which a share of the total is found, shape (P,); at least 0."""
        start = self.held_at_start(coordinates)
        return np.maximum(self.quantile(coordinates, start + share * (1 - start)), 0.0)

    def is_allowed(self, coordinates: Floats) -> NDArray[np.bool_]:
        """Tell where an inflection, if the curve has one of its own, does not lie before the start of the test."""
        if len(self.low) == 1:
            return np.ones(len(coordinates), dtype=np.bool_)
        return coordinates[:, _BEFORE_END] <= np.exp(coordinates[:, _SCALED])


def curve_of(model: GrowthModel) -> tuple[Curve, ...]:
    """Return the forms of a model, the one that starts at zero first."""
    return tuple(curve for curve in CURVES if curve.model is model)


def _rate(coordinates: Floats) -> Floats:
    return np.exp(coordinates[:, _SCALED])[:, None]


def _standard(coordinates: Floats, times: Floats) -> Floats:
    """Return the standardised time of a curve with an inflection of its own: 0 there."""
    return coordinates[:, _BEFORE_END][:, None] - _rate(coordinates) * (1 - times)


def _exponential_found(coordinates: Floats, times: Floats) -> Floats:
    return -np.expm1(-_rate(coordinates) * times)


def _exponential_density(coordinates: Floats, times: Floats) -> Floats:
    return coordinates[:, _SCALED][:, None] - _rate(coordinates) * times


def _exponential_quantile(coordinates: Floats, shares: Floats) -> Floats:
    return -np.log1p(-shares) / _rate(coordinates)[:, 0]


def _delayed_found(coordinates: Floats, times: Floats) -> Floats:
    scaled = _rate(coordinates) * times
    return -np.expm1(-scaled + np.log1p(scaled))


def _delayed_density(coordinates: Floats, times: Floats) -> Floats:
    return 2 * coordinates[:, _SCALED][:, None] + np.log(np.maximum(times, 1e-300)) - _rate(coordinates) * times


def _delayed_quantile(coordinates: Floats, shares: Floats) -> Floats:
    """Solve (1 + y) exp(-y) = 1 - share by Newton's method on y - log(1 + y), which is convex."""
    wanted = -np.log1p(-shares)
    scaled = wanted + np.sqrt(2 * wanted)
    for _ in range(12):
        scaled -= (scaled - np.log1p(scaled) - wanted) * (1 + scaled) / np.maximum(scaled, 1e-12)
    return scaled / _rate(coordinates)[:, 0]


def _gompertz_found(coordinates: Floats, times: Floats) -> Floats:
    return np.exp(-np.exp(-np.maximum(_standard(coordinates, times), -6.0)))


def _gompertz_density(coordinates: Floats, times: Floats) -> Floats:
    standard = np.maximum(_standard(coordinates, times), -6.0)
    return coordinates[:, _SCALED][:, None] - standard - np.exp(-standard)


def _gompertz_quantile(coordinates: Floats, shares: Floats) -> Floats:
    return 1 - (coordinates[:, _BEFORE_END] + np.log(-np.log(shares))) / _rate(coordinates)[:, 0]


def _logistic_found(coordinates: Floats, times: Floats) -> Floats:
    return 1 / (1 + np.exp(-_standard(coordinates, times)))


def _logistic_density(coordinates: Floats, times: Floats) -> Floats:
    standard = _standard(coordinates, times)
    return coordinates[:, _SCALED][:, None] - standard - 2 * np.log1p(np.exp(-standard))


def _logistic_quantile(coordinates: Floats, shares: Floats) -> Floats:
    return 1 - (coordinates[:, _BEFORE_END] - np.log(shares / (1 - shares))) / _rate(coordinates)[:, 0]


_ONE_LOW: Final = (-7.0,)
_TWO_LOW: Final = (-3.0, -8.0)
_GOMPERTZ_LOW: Final = (-3.0, -2.3)
_TWO_HIGH: Final = (5.0, 14.0)

CURVES: Final = (
    Curve(
        model=GrowthModel.EXPONENTIAL,
        parameters=2,
        low=_ONE_LOW,
        high=(5.0,),
        found=_exponential_found,
        density=_exponential_density,
        quantile=_exponential_quantile,
    ),
    Curve(
        model=GrowthModel.DELAYED_S,
        parameters=2,
        low=(-4.0,),
        high=(5.5,),
        found=_delayed_found,
        density=_delayed_density,
        quantile=_delayed_quantile,
    ),
    *(
        Curve(
            model=GrowthModel.GOMPERTZ,
            parameters=3,
            low=_GOMPERTZ_LOW,
            high=_TWO_HIGH,
            found=_gompertz_found,
            density=_gompertz_density,
            quantile=_gompertz_quantile,
            starts_at_zero=starts_at_zero,
        )
        for starts_at_zero in (True, False)
    ),
    *(
        Curve(
            model=GrowthModel.LOGISTIC,
            parameters=3,
            low=_TWO_LOW,
            high=_TWO_HIGH,
            found=_logistic_found,
            density=_logistic_density,
            quantile=_logistic_quantile,
            starts_at_zero=starts_at_zero,
        )
        for starts_at_zero in (True, False)
    ),
)
