"""Facts about plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.types import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBegun(Event):
    """A project got its plan."""

    name: ClassVar[str] = "schedule.plan_begun"
    label: ClassVar[Any] = _("Plan begun")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettingsChanged(Event):
    """Start, status date or options of a plan changed."""

    name: ClassVar[str] = "schedule.plan_settings_changed"
    label: ClassVar[Any] = _("Plan settings changed")
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksChanged(Event):
    """Tasks were added, changed, moved in the outline or removed; the subject is the first of them."""

    name: ClassVar[str] = "schedule.tasks_changed"
    label: ClassVar[Any] = _("Tasks changed")
    change: str
    task_name: str
    fields: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksChanged(Event):
    """A dependency was made, changed or removed; the subject is the successor."""

    name: ClassVar[str] = "schedule.links_changed"
    label: ClassVar[Any] = _("Dependencies changed")
    change: str
    predecessor_id: int
    successor_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentsChanged(Event):
    """The people of a task changed."""

    name: ClassVar[str] = "schedule.assignments_changed"
    label: ClassVar[Any] = _("Assignments changed")
    task_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReported(Event):
    """Somebody said how far a task is."""

    name: ClassVar[str] = "schedule.progress_reported"
    label: ClassVar[Any] = _("Progress reported")
    task_name: str
    percent_permille: int
    remaining_minutes: int | None
    is_blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineTaken(Event):
    """The plan as it stands was agreed."""

    name: ClassVar[str] = "schedule.baseline_taken"
    label: ClassVar[Any] = _("Baseline taken")
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRecalculated(Event):
    """The engine worked the dates out again."""

    name: ClassVar[str] = "schedule.recalculated"
    label: ClassVar[Any] = _("Schedule recalculated")
    run: int
    moved: int
    finish_before_at: int | None
    finish_after_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBegun(Event):
    """A plan file was uploaded."""

    name: ClassVar[str] = "schedule.import_begun"
    label: ClassVar[Any] = _("Plan file uploaded")
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRead(Event):
    """An uploaded plan file was read and can be taken in."""

    name: ClassVar[str] = "schedule.import_read"
    label: ClassVar[Any] = _("Plan file read")
    file_name: str
    batch: str
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRefused(Event):
    """A plan file cannot be read or taken in; `message` is the reason, its template and values."""

    name: ClassVar[str] = "schedule.import_refused"
    label: ClassVar[Any] = _("Plan file refused")
    file_name: str
    message: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanImported(Event):
    """A file was taken in as the project's plan."""

    name: ClassVar[str] = "schedule.plan_imported"
    label: ClassVar[Any] = _("Plan imported")
    file_name: str
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportUndone(Event):
    """An import was taken back."""

    name: ClassVar[str] = "schedule.import_undone"
    label: ClassVar[Any] = _("Import undone")
    file_name: str
