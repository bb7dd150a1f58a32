"""What the record of closed projects says of the next one, and of one that runs."""

from kaname.engine.forecast.bias import (
    Bias,
    BiasError,
    BiasModel,
    ClosedTasks,
    TaskState,
    TotalLaw,
    learn_bias,
    project_bias,
    total_law,
)
from kaname.engine.forecast.calibration import Calibration, Held, calibrate
from kaname.engine.forecast.cost import (
    ClosedCost,
    CostByTask,
    CostHistory,
    CostHistoryError,
    CostShrinkage,
    cost_by_task,
    shrunk_cost,
)
from kaname.engine.forecast.methods import Estimate, Method, cost_estimates, duration_estimates
from kaname.engine.forecast.plan_tasks import PlanTask, closed_tasks, plan_tasks
from kaname.engine.forecast.reference import Case, History, HistoryError, Level, ReferenceClass
from kaname.engine.forecast.rerun import FinishForecast, forecast_finish, remaining_plan
from kaname.engine.forecast.track import Phase, Snapshot, Track, TrackError, phase_at, snapshot_of

__all__ = [
    "Bias",
    "BiasError",
    "BiasModel",
    "Calibration",
    "Case",
    "ClosedCost",
    "ClosedTasks",
    "CostByTask",
    "CostHistory",
    "CostHistoryError",
    "CostShrinkage",
    "Estimate",
    "FinishForecast",
    "Held",
    "History",
    "HistoryError",
    "Level",
    "Method",
    "Phase",
    "PlanTask",
    "ReferenceClass",
    "Snapshot",
    "TaskState",
    "TotalLaw",
    "Track",
    "TrackError",
    "calibrate",
    "closed_tasks",
    "cost_by_task",
    "cost_estimates",
    "duration_estimates",
    "forecast_finish",
    "learn_bias",
    "phase_at",
    "plan_tasks",
    "project_bias",
    "remaining_plan",
    "shrunk_cost",
    "snapshot_of",
    "total_law",
]
