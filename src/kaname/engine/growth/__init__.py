"""Software reliability growth: how many defects there are, how many are left, and when nearly all will be found."""

from kaname.engine.growth.curve_points import expected_found
from kaname.engine.growth.estimating import CLOSE_BELOW, LEAST_FOUND, LEAST_INTERVALS, estimate_growth
from kaname.engine.growth.search import FAR
from kaname.engine.growth.types import (
    MOST_FOUND,
    MOST_RECORDS,
    Estimate,
    FailureTimes,
    GoodnessOfFit,
    GroupedCounts,
    Growth,
    GrowthModel,
    ModelFit,
    Series,
    Verdict,
)

__all__ = [
    "CLOSE_BELOW",
    "FAR",
    "LEAST_FOUND",
    "LEAST_INTERVALS",
    "MOST_FOUND",
    "MOST_RECORDS",
    "Estimate",
    "FailureTimes",
    "GoodnessOfFit",
    "GroupedCounts",
    "Growth",
    "GrowthModel",
    "ModelFit",
    "Series",
    "Verdict",
    "estimate_growth",
    "expected_found",
]
