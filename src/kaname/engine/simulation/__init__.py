"""Monte Carlo simulation of a network: dates and cost with their confidence, and what drives them."""

from kaname.engine.simulation.questions import open_tasks, remaining_costs, same_for_all
from kaname.engine.simulation.shared import simulate_shared
from kaname.engine.simulation.simulate import simulate, simulate_network
from kaname.engine.simulation.spreads import (
    Discrete,
    Empirical,
    LogNormal,
    Pert,
    Spread,
    SpreadError,
    Triangular,
    Uniform,
)
from kaname.engine.simulation.types import (
    Impact,
    Occurrence,
    Question,
    QuestionError,
    RiskEvent,
    Simulation,
    SpreadUnit,
    TaskCost,
    TaskInfluence,
    TaskRisk,
)

__all__ = [
    "Discrete",
    "Empirical",
    "Impact",
    "LogNormal",
    "Occurrence",
    "Pert",
    "Question",
    "QuestionError",
    "RiskEvent",
    "Simulation",
    "Spread",
    "SpreadError",
    "SpreadUnit",
    "TaskCost",
    "TaskInfluence",
    "TaskRisk",
    "Triangular",
    "Uniform",
    "open_tasks",
    "remaining_costs",
    "same_for_all",
    "simulate",
    "simulate_network",
    "simulate_shared",
]
