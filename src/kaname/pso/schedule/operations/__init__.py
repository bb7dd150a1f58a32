"""Verbs of the schedule; every one that moves dates recalculates in its own transaction."""

from kaname.pso.schedule.operations.links import LinkExists, LinkToItself, change_link, link_tasks, unlink_tasks
from kaname.pso.schedule.operations.outline import OutlineRefused
from kaname.pso.schedule.operations.plans import PlanExists, begin_plan, change_settings, take_baseline
from kaname.pso.schedule.operations.progress import ReportRefused, report_progress
from kaname.pso.schedule.operations.recalculation import PlanRefused, Trigger, recalculate
from kaname.pso.schedule.operations.tasks import (
    add_task,
    assign_people,
    edit_task,
    place_task,
    remove_tasks,
    restore_removed,
)

__all__ = [
    "LinkExists",
    "LinkToItself",
    "OutlineRefused",
    "PlanExists",
    "PlanRefused",
    "ReportRefused",
    "Trigger",
    "add_task",
    "assign_people",
    "begin_plan",
    "change_link",
    "change_settings",
    "edit_task",
    "link_tasks",
    "place_task",
    "recalculate",
    "remove_tasks",
    "report_progress",
    "restore_removed",
    "take_baseline",
    "unlink_tasks",
]
