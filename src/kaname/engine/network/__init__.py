"""The network of tasks and links: dates, floats, critical path, and what caused each date."""

from kaname.engine.network.compile import compile_plan
from kaname.engine.network.errors import LoopError, PlanError
from kaname.engine.network.network import Network
from kaname.engine.network.passes import first_and_last, schedule, schedule_network, warm_up
from kaname.engine.network.reschedule import reschedule
from kaname.engine.network.schedule import Cause, CauseKind, Schedule, ScheduledTask

__all__ = [
    "Cause",
    "CauseKind",
    "LoopError",
    "Network",
    "PlanError",
    "Schedule",
    "ScheduledTask",
    "compile_plan",
    "first_and_last",
    "reschedule",
    "schedule",
    "schedule_network",
    "warm_up",
]
