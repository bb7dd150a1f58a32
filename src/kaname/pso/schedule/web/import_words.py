"""What imports are told in: stored messages, causes and moments as words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kaname.engine.network import CauseKind
from kaname.engine.text import Message
from kaname.engine.units import wall_moment
from kaname.formats.places import place_parts
from kaname.formats.types import FileKind, Outcome
from kaname.formats.wbs.types import ColumnRole
from kaname.kernel.text import translate
from kaname.pso.schedule.web.import_subjects import SUBJECTS
from kaname.ui.components.dates import UNKNOWN, day_words
from kaname.ui.types import Text

KINDS: Final[Mapping[str, Text]] = {
    FileKind.MSPDI: _("Microsoft Project XML"),
    FileKind.XER: _("Primavera P6 XER"),
    FileKind.XLSX: _("Excel workbook"),
    FileKind.CSV: _("CSV or TSV"),
}

OUTCOMES: Final[Mapping[str, Text]] = {
    Outcome.MAPPED: _("Taken over"),
    Outcome.CHANGED: _("Changed"),
    Outcome.LOST: _("Lost"),
}

CAUSES: Final[Mapping[str, Text]] = {
    CauseKind.PREDECESSOR: _("The predecessor “%(task)s” decides"),
    CauseKind.PARENT: _("A link or constraint of the summary “%(task)s” decides"),
    CauseKind.CHILDREN: _("Its tasks decide"),
    CauseKind.CONSTRAINT: _("A date constraint decides"),
    CauseKind.CEILING: _("A latest date decides, against the links"),
    CauseKind.PROJECT_START: _("Begins with the project and its working time"),
    CauseKind.STATUS_DATE: _("Remaining work goes on after the status date"),
    CauseKind.ACTUAL: _("Actual dates decide"),
    CauseKind.MANUAL: _("Set by hand"),
    CauseKind.EXTERNAL: _("Another plan decides"),
    CauseKind.LEVELING: _("Levelling postpones it"),
    CauseKind.AS_LATE_AS_POSSIBLE: _("As late as possible"),
    CauseKind.HAMMOCK: _("Stretches between its links"),
    CauseKind.NOTHING: _("Nothing decides"),
}

ROLES: Final[Mapping[str, Text]] = {
    ColumnRole.IGNORED: _("(leave out)"),
    ColumnRole.NAME: _("Task name"),
    ColumnRole.LEVEL_NAME: _("Name at one level of the outline"),
    ColumnRole.NUMBER: pgettext_lazy("of a row", "Number"),
    ColumnRole.WBS_CODE: _("WBS code"),
    ColumnRole.LEVEL: _("Outline level"),
    ColumnRole.START: _("Planned start"),
    ColumnRole.FINISH: _("Planned finish"),
    ColumnRole.DURATION: _("Duration"),
    ColumnRole.EFFORT: _("Effort"),
    ColumnRole.ASSIGNEE: _("Assignee"),
    ColumnRole.PROGRESS: _("Progress"),
    ColumnRole.STATUS: _("State"),
    ColumnRole.ACTUAL_START: _("Actual start"),
    ColumnRole.ACTUAL_FINISH: _("Actual finish"),
    ColumnRole.ACTUAL_EFFORT: _("Actual effort"),
    ColumnRole.REMAINING_EFFORT: _("Remaining effort"),
    ColumnRole.BASELINE_START: _("Baseline start"),
    ColumnRole.BASELINE_FINISH: _("Baseline finish"),
    ColumnRole.PREDECESSORS: _("Predecessors"),
    ColumnRole.SUCCESSORS: _("Successors"),
    ColumnRole.CONSTRAINT: _("Constraint"),
    ColumnRole.CONSTRAINT_ON: _("Constraint date"),
    ColumnRole.DEADLINE: _("Deadline"),
    ColumnRole.MILESTONE: _("Milestone"),
    ColumnRole.KIND: _("Kind of task"),
    ColumnRole.MODE: _("Scheduling"),
    ColumnRole.DELIVERABLE: _("Deliverable"),
    ColumnRole.NOTES: pgettext_lazy("of a task", "Notes"),
    ColumnRole.DERIVED: _("Calculated again (float, delay)"),
    ColumnRole.KEPT: _("Into the notes, under its heading"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a file was refused, where, and what to do."""

    says: str
    place: str
    advice: str


def sentence(stored: Mapping[str, Any] | None) -> str:
    """Return a stored message in the reader's language."""
    return translate(Message(stored["template"], stored["params"])) if stored else ""


def subject_words(subject: str) -> str:
    """Return a kind of object in the reader's language, as far as it is known."""
    return " / ".join(str(SUBJECTS.get(part, part)) for part in subject.split("/"))


def place_words(place: str) -> str:
    """Return a place of a file in the reader's language."""
    return ", ".join(part if isinstance(part, str) else translate(part) for part in place_parts(place))


def refusal_words(stored: Mapping[str, Any] | None) -> Refusal | None:
    """Return a stored refusal in the reader's language."""
    if not stored:
        return None
    return Refusal(
        says=sentence(stored["message"]), place=place_words(stored["place"]), advice=sentence(stored["advice"])
    )


def cause_words(kind: str, task: str) -> str:
    """Return what decides a date."""
    words = str(CAUSES.get(kind, ""))
    return words % {"task": task} if "%(task)s" in words else words


def plan_moment(minute: int | None) -> str:
    """Return a moment of a plan, day and time, in the form of lists."""
    if minute is None:
        return UNKNOWN
    moment = wall_moment(minute)
    return f"{day_words(moment.date())} {moment.hour}:{moment:%M}"


def plan_day(minute: int | None) -> str:
    """Return the day of a moment of a plan."""
    return UNKNOWN if minute is None else day_words(wall_moment(minute).date())


def kind_words(kind: str) -> str:
    """Return the kind of a file."""
    return str(KINDS.get(kind, gettext("Unknown kind of file")))
