"""Questions about how projects are."""

from kaname.pso.reports.queries.changes import SinceReport, since_report
from kaname.pso.reports.queries.health import (
    DayOfHealth,
    JudgedBy,
    cause_of,
    days_of_health,
    find_project,
    list_assessments,
    list_reported,
    list_rules,
    newest_assessment,
    newest_healths,
)
from kaname.pso.reports.queries.live import (
    EarnedNow,
    Incalculable,
    Package,
    Period,
    examine_plan,
    find_plan,
    measure_project,
)

__all__ = [
    "DayOfHealth",
    "EarnedNow",
    "Incalculable",
    "JudgedBy",
    "Package",
    "Period",
    "SinceReport",
    "cause_of",
    "days_of_health",
    "examine_plan",
    "find_plan",
    "find_project",
    "list_assessments",
    "list_reported",
    "list_rules",
    "measure_project",
    "newest_assessment",
    "newest_healths",
    "since_report",
]
