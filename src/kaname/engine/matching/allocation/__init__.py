"""Allocation: who of all people works on which demand of all projects in which period."""

from kaname.engine.matching.allocation.allocate import allocate
from kaname.engine.matching.allocation.checker import BrokenAllocation, check_allocation
from kaname.engine.matching.allocation.types import (
    Allocation,
    Allotment,
    Paid,
    Prices,
    Progress,
    Regret,
    Rules,
    Staffing,
    Status,
    Stretch,
    Unmet,
)

__all__ = [
    "Allocation",
    "Allotment",
    "BrokenAllocation",
    "Paid",
    "Prices",
    "Progress",
    "Regret",
    "Rules",
    "Staffing",
    "Status",
    "Stretch",
    "Unmet",
    "allocate",
    "check_allocation",
]
