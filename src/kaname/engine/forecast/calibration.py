"""How well a record forecasts itself: every case by all others."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kaname.engine.forecast.reference import SCORED, History

_Z95: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Held:
    """How often a percentile held.

    Attributes
    ----------
    cases
        Of how many it could be said; where too few cases are left nothing is.
    share
        Share of them that came out no higher.
    low, high
        95 % interval of the share (Wilson, 1927).
    """

    percent: int
    cases: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Each case forecast by the others.

    Attributes
    ----------
    held
        For P10 to P90.
    plan_error, class_error
        Mean absolute percentage error of the plan as it was made, and of plan × P50.
    """

    cases: int
    held: tuple[Held, ...]
    plan_error: float
    class_error: float

    def at(self, percent: int) -> Held:
        """Return how often a percentile held."""
        return next(held for held in self.held if held.percent == percent)


def calibrate(history: History) -> Calibration:
    """Forecast every case of a record by the others and count."""
    others = history.left_out()
    ratios = np.array([case.actual / case.planned for case in history.cases])
    held = []
    for percent in SCORED:
        said = [(ratio, factor) for ratio, other in zip(ratios.tolist(), others, strict=True)
                if (factor := other.factor(percent)) is not None]  # fmt: skip
        count = sum(ratio <= factor for ratio, factor in said)
        held.append(_held(percent, count, len(said)))
    medians = np.array([other.factor(50) or 1.0 for other in others])
    return Calibration(
        cases=len(ratios),
        held=tuple(held),
        plan_error=float(np.abs(1 / ratios - 1).mean()),
        class_error=float(np.abs(medians / ratios - 1).mean()),
    )


def _held(percent: int, count: int, cases: int) -> Held:
    if not cases:
        return Held(percent, 0, 0.0, 0.0, 1.0)
    share = count / cases
    square = _Z95 * _Z95
    middle = (share + square / (2 * cases)) / (1 + square / cases)
    half = _Z95 * ((share * (1 - share) + square / (4 * cases)) / cases) ** 0.5 / (1 + square / cases)
    return Held(percent, cases, share, max(middle - half, 0.0), min(middle + half, 1.0))
