"""Verbs of the schedule; every one that moves dates recalculates in its own transaction."""

from kaname.pso.schedule.operations.imports import (
    ImportOutOfStep,
    ReadFacts,
    begin_taking_in,
    choose_columns,
    choose_project,
    discard_import,
    note_job,
    note_reading,
    note_refusal,
    read_again,
    take_in,
    undo_import,
    upload_plan_file,
)
from kaname.pso.schedule.operations.links import (
    LinkExists,
    LinkToItself,
    WantedLink,
    change_link,
    link_tasks,
    set_predecessors,
    unlink_tasks,
)
from kaname.pso.schedule.operations.outline import OutlineRefused
from kaname.pso.schedule.operations.plans import PlanExists, begin_plan, change_settings, take_baseline
from kaname.pso.schedule.operations.progress import ReportRefused, TaskReport, report_progress, report_tasks
from kaname.pso.schedule.operations.recalculation import PlanRefused, Trigger, recalculate
from kaname.pso.schedule.operations.tasks import (
    add_task,
    assign_people,
    edit_task,
    place_task,
    remove_tasks,
    restore_removed,
)
from kaname.pso.schedule.operations.writing import write_plan

__all__ = [
    "ImportOutOfStep",
    "LinkExists",
    "LinkToItself",
    "OutlineRefused",
    "PlanExists",
    "PlanRefused",
    "ReadFacts",
    "ReportRefused",
    "TaskReport",
    "Trigger",
    "WantedLink",
    "add_task",
    "assign_people",
    "begin_plan",
    "begin_taking_in",
    "change_link",
    "change_settings",
    "choose_columns",
    "choose_project",
    "discard_import",
    "edit_task",
    "link_tasks",
    "note_job",
    "note_reading",
    "note_refusal",
    "place_task",
    "read_again",
    "recalculate",
    "remove_tasks",
    "report_progress",
    "report_tasks",
    "restore_removed",
    "set_predecessors",
    "take_baseline",
    "take_in",
    "undo_import",
    "unlink_tasks",
    "upload_plan_file",
    "write_plan",
]
