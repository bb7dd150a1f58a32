"""The schedule clinic: the DCMA 14 points with their real definitions, each with the tasks that it names."""

from kaname.engine.quality.assess import assess, assess_view, view_of
from kaname.engine.quality.page import write_page
from kaname.engine.quality.types import (
    Comparison,
    Offender,
    PointCode,
    QualityPoint,
    QualityReport,
    ScheduledTask,
    ScheduleView,
    TaskDates,
    Threshold,
    Thresholds,
    Verdict,
    WorkingTime,
)

__all__ = [
    "Comparison",
    "Offender",
    "PointCode",
    "QualityPoint",
    "QualityReport",
    "ScheduleView",
    "ScheduledTask",
    "TaskDates",
    "Threshold",
    "Thresholds",
    "Verdict",
    "WorkingTime",
    "assess",
    "assess_view",
    "view_of",
    "write_page",
]
