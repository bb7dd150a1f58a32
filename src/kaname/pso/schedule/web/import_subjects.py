"""What plan files call their objects and fields, in the reader's words."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kaname.pso.schedule.web.import_elements import ELEMENTS
from kaname.ui.types import Text

_PROJECT: Final[Text] = _("Project")
_TASK: Final[Text] = _("Task")
_LINK: Final[Text] = _("Dependency")
_RESOURCE: Final[Text] = _("Resource")
_ASSIGNMENT: Final[Text] = _("Assignment")
_CALENDAR: Final[Text] = _("Calendar")
_CONSTRAINT: Final[Text] = _("Constraint")
_EFFORT: Final[Text] = _("Effort")

_OBJECTS: Final[Mapping[str, Text]] = {
    "Plan": _("Plan"),
    "Project": _PROJECT,
    "Task": _TASK,
    "Link": _LINK,
    "Resource": _RESOURCE,
    "Assignment": _ASSIGNMENT,
    "Calendar": _CALENDAR,
    "Sheet": pgettext_lazy("of a workbook", "Sheet"),
    "Row": pgettext_lazy("of a table", "Row"),
    "Text": _("Text beside the table"),
    "Gantt": _("Gantt chart"),
    "PROJECT": _PROJECT,
    "PROJWBS": _("Work package"),
    "TASK": _TASK,
    "TASKPRED": _LINK,
    "RSRC": _RESOURCE,
    "TASKRSRC": _ASSIGNMENT,
    "CALENDAR": _CALENDAR,
    "PredecessorLink": _LINK,
    "ExtendedAttribute": _("Custom field"),
    "ExtendedAttributes": _("Custom fields"),
    "ACCOUNT": pgettext_lazy("of a plan file", "Cost account"),
    "ACTVCODE": pgettext_lazy("of a plan file", "Activity code"),
    "ACTVTYPE": pgettext_lazy("of a plan file", "Kind of activity code"),
    "COSTTYPE": pgettext_lazy("of a plan file", "Kind of cost"),
    "CURRTYPE": pgettext_lazy("of a plan file", "Currency"),
    "FINTMPL": pgettext_lazy("of a plan file", "Financial periods"),
    "MEMOTYPE": pgettext_lazy("of a plan file", "Kind of note"),
    "OBS": pgettext_lazy("of a plan file", "Organisation"),
    "POBS": pgettext_lazy("of a plan file", "Organisation of the project"),
    "PROJCOST": pgettext_lazy("of a plan file", "Expense"),
    "ROLERATE": pgettext_lazy("of a plan file", "Rate of a role"),
    "ROLES": pgettext_lazy("of a plan file", "Role"),
    "RSRCRATE": pgettext_lazy("of a plan file", "Rate of a resource"),
    "RSRCROLE": pgettext_lazy("of a plan file", "Role of a resource"),
    "SCHEDOPTIONS": pgettext_lazy("of a plan file", "Settings of the calculation"),
    "TASKACTV": pgettext_lazy("of a plan file", "Activity code of a task"),
    "TASKMEMO": pgettext_lazy("of a plan file", "Note of a task"),
    "TASKPROC": pgettext_lazy("of a plan file", "Step of a task"),
    "UDFTYPE": pgettext_lazy("of a plan file", "User-defined field"),
    "UDFVALUE": pgettext_lazy("of a plan file", "Value of a user-defined field"),
    "UMEASURE": pgettext_lazy("of a plan file", "Unit of measure"),
}

_FIELDS: Final[Mapping[str, Text]] = {
    "Name": pgettext_lazy("of a plan file", "Name"),
    "Title": pgettext_lazy("of a plan file", "Title"),
    "Notes": pgettext_lazy("of a task", "Notes"),
    "WBS": _("WBS code"),
    "OutlineLevel": _("Outline level"),
    "Start": _("Start"),
    "StartDate": _("Start"),
    "Finish": _("Finish"),
    "FinishDate": _("Finish"),
    "Dates": _("Dates"),
    "Duration": _("Duration"),
    "Work": _EFFORT,
    "ActualWork": _("Actual effort"),
    "RemainingWork": _("Remaining effort"),
    "Cost": _("Cost"),
    "Priority": _("Priority"),
    "Progress": _("Progress"),
    "PercentComplete": _("Progress"),
    "PercentWorkComplete": _("Progress"),
    "ActualStart": _("Actual start"),
    "ActualFinish": _("Actual finish"),
    "StatusDate": _("Status date"),
    "Baseline": _("Baseline"),
    "Deadline": _("Deadline"),
    "ConstraintType": _CONSTRAINT,
    "ConstraintDate": _("Constraint date"),
    "Milestone": _("Milestone"),
    "Hyperlink": pgettext_lazy("of a plan file", "Link"),
    "WeekDays": _("Working days"),
    "Exceptions": _("Days that differ"),
    "Value": pgettext_lazy("of a plan file", "Value"),
    "rules": _("Plan settings"),
    "constraint": _CONSTRAINT,
    "second_constraint": _("Second constraint"),
    "kind": _("Kind of task"),
    "expected_finish_at": _("Expected finish"),
    "suspended_at": _("Suspension"),
}

SUBJECTS: Final[Mapping[str, Text]] = {**ELEMENTS, **_OBJECTS, **_FIELDS}
"""The objects and fields that have a word of their own here; others keep the word of their file."""
