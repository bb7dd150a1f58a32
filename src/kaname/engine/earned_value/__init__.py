"""Earned value and earned schedule: how far, at what price, and when it will be finished."""

from kaname.engine.earned_value.accounts import best_measure, measure_plan, plan_accounts
from kaname.engine.earned_value.earned_schedule import earned_periods, time_indices
from kaname.engine.earned_value.earning import apportion, earned_value
from kaname.engine.earned_value.indices import indices
from kaname.engine.earned_value.measure import NegativeValueError, measure_accounts, planned_curve
from kaname.engine.earned_value.rollup import TreeLoopError, roll_up
from kaname.engine.earned_value.types import (
    Account,
    EarnedRule,
    EarnedValueReport,
    Figure,
    Indices,
    Measure,
    ScheduleForecast,
    TimeIndices,
    Values,
    WeightedMilestone,
    WorkingTime,
)

__all__ = [
    "Account",
    "EarnedRule",
    "EarnedValueReport",
    "Figure",
    "Indices",
    "Measure",
    "NegativeValueError",
    "ScheduleForecast",
    "TimeIndices",
    "TreeLoopError",
    "Values",
    "WeightedMilestone",
    "WorkingTime",
    "apportion",
    "best_measure",
    "earned_periods",
    "earned_value",
    "indices",
    "measure_accounts",
    "measure_plan",
    "plan_accounts",
    "planned_curve",
    "roll_up",
    "time_indices",
]
