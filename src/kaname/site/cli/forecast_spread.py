"""How wide the forecast of a running plan is told, in JSON and on the page."""

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kaname.engine.forecast import Bias

PERCENTILES: Final = (10, 50, 80, 90)
_NORMAL_P90: Final = 1.2816


def factors(bias: "Bias") -> tuple[float, float, float]:
    """Return P10, P50 and P90 of how many times their plan the tasks of a project take."""
    low, middle, high = (math.exp(bias.mean + step * _NORMAL_P90 * bias.deviation) for step in (-1, 0, 1))
    return low, middle, high
