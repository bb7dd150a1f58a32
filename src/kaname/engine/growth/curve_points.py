"""Points of a fitted curve."""

import math
from collections.abc import Sequence

import numpy as np

from kaname.engine.growth.curves import curve_of
from kaname.engine.growth.types import ModelFit


def expected_found(fit: ModelFit, times: Sequence[float]) -> tuple[float, ...]:
    """Return the number of defects that a fitted model expects to be found by each time, shape as `times`.

    Raises
    ------
    ValueError
        If the fit has no finite maximum.
    """
    if fit.total is None:
        raise ValueError("the fit has no finite maximum")
    curve = next(form for form in curve_of(fit.model) if form.starts_at_zero == fit.starts_at_zero)
    scaled = fit.rate * fit.until
    at = [math.log(scaled)]
    if len(curve.low) > 1 and fit.inflection is not None:
        at.append(fit.rate * (fit.until - fit.inflection))
    with np.errstate(all="ignore"):
        shares = curve.shares(np.array([at]), np.asarray(times, dtype=np.float64) / fit.until)[0]
    return tuple((fit.total.value * shares).tolist())
