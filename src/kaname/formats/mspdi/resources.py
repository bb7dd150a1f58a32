"""Resources and assignments of a project file."""

from dataclasses import replace
from typing import Final

from kaname.engine.network.plan import Assignment, Resource, ResourceKind
from kaname.engine.text import gettext_noop
from kaname.formats.mspdi.codes import CONTOURS, RESOURCE_KINDS
from kaname.formats.mspdi.record import Record
from kaname.formats.mspdi.values import MAX_UID

_BLANK: Final = gettext_noop("A blank line of the resource sheet; it carries nothing.")
_UNASSIGNED: Final = gettext_noop(
    "The stand-in for unassigned work is no person; its assignments became unassigned work."
)
_NO_UID: Final = gettext_noop("A resource without a valid number cannot be referred to; it was left out.")
_SAME_UID: Final = gettext_noop("Two resources carry the number %(uid)s; the first was kept.")
_UNKNOWN_CALENDAR: Final = gettext_noop("The calendar %(uid)s is not in the file; the project calendar was taken.")
_NEGATIVE_UNITS: Final = gettext_noop("%(value)s is no possible number of units; 100 %% was taken.")
_NO_TASK: Final = gettext_noop("The assignment is to number %(uid)s, which is no task of the plan; it was left out.")
_NO_RESOURCE: Final = gettext_noop("The resource %(uid)s is not in the file; the work is unassigned now.")
_CONTOUR: Final = gettext_noop("“%(value)s” is no known contour; the work is spread evenly.")
MAX_UNITS_PERMILLE: Final = 10**9


class ResourceReader:
    """Collect the resources of a file."""

    def __init__(self) -> None:
        self._resources: dict[int, Resource] = {}
        self._records: dict[int, Record] = {}

    def add(self, record: Record) -> None:
        """Read one `Resource` record."""
        if record.flag("IsNull"):
            record.lose(record.element, _BLANK)
            return
        uid = record.integer("UID")
        if uid is None or not 0 <= uid <= MAX_UID:
            record.lose(record.element, _NO_UID)
            return
        if uid == 0 and not record.text("Name"):
            record.change(record.element, _UNASSIGNED)
            return
        if uid in self._resources:
            record.lose(record.element, _SAME_UID, uid=uid)
            return
        self._records[uid] = record
        self._resources[uid] = _resource(record, uid)

    def finish(self, *, calendar_uids: frozenset[int]) -> tuple[Resource, ...]:
        """Return the resources in the order of the file, every calendar known."""
        return tuple(self._with_known_calendar(resource, calendar_uids) for resource in self._resources.values())

    def _with_known_calendar(self, resource: Resource, calendar_uids: frozenset[int]) -> Resource:
        if resource.calendar_uid is None or resource.calendar_uid in calendar_uids:
            return resource
        record = self._records[resource.uid]
        record.change(
            record.element.child("CalendarUID") or record.element, _UNKNOWN_CALENDAR, uid=resource.calendar_uid
        )
        return replace(resource, calendar_uid=None)


def read_assignment(record: Record, *, tasks: frozenset[int], resources: dict[int, ResourceKind]) -> Assignment | None:
    """Return an assignment, `None` where its task is not in the plan."""
    task_uid, resource_uid = record.integer("TaskUID"), record.integer("ResourceUID")
    if task_uid is None or task_uid not in tasks:
        record.lose(record.element, _NO_TASK, uid="?" if task_uid is None else task_uid)
        return None
    if resource_uid is not None and resource_uid not in resources:
        if resource_uid > 0:
            record.change(record.element.child("ResourceUID") or record.element, _NO_RESOURCE, uid=resource_uid)
        resource_uid = None
    return Assignment(
        task_uid=task_uid,
        resource_uid=resource_uid,
        units_permille=_units(record, "Units"),
        effort_minutes=record.effort("Work"),
        actual_effort_minutes=record.effort("ActualWork"),
        remaining_effort_minutes=record.effort("RemainingWork"),
        delay_minutes=record.tenths("Delay") or 0,
        leveling_delay_minutes=record.tenths("LevelingDelay") or 0,
        start_at=record.stored_moment("Start"),
        finish_at=record.stored_moment("Finish"),
        cost=record.cost("Cost"),
        contour=_contour(record),
        source_key=record.text("GUID"),
    )


def _resource(record: Record, uid: int) -> Resource:
    calendar_uid = record.integer("CalendarUID")
    return Resource(
        uid=uid,
        name=record.text("Name"),
        reading=record.text("Phonetics"),
        kind=_kind(record),
        max_units_permille=_units(record, "MaxUnits"),
        calendar_uid=None if calendar_uid is None or calendar_uid < 0 else calendar_uid,
        rate_per_hour=record.rate("StandardRate"),
        overtime_rate_per_hour=record.rate("OvertimeRate"),
        cost_per_use=record.cost("CostPerUse"),
        email=record.text("EmailAddress"),
        group=record.text("Group"),
        code=record.text("Code"),
        is_generic=record.flag("IsGeneric"),
        notes=record.text("Notes"),
        source_key=record.text("GUID"),
    )


def _kind(record: Record) -> ResourceKind:
    if record.flag("IsCostResource"):
        return ResourceKind.COST
    code = record.integer("Type")
    return ResourceKind.WORK if code is None else RESOURCE_KINDS.get(code, ResourceKind.WORK)


def _units(record: Record, tag: str) -> int:
    units = record.permille(tag, of=1)
    if units is None:
        return 1000
    if not 0 <= units <= MAX_UNITS_PERMILLE:
        record.change(record.element.child(tag) or record.element, _NEGATIVE_UNITS, value=record.text(tag)[:20])
        return 1000
    return units


def _contour(record: Record) -> str:
    code = record.integer("WorkContour") or 0
    if code not in CONTOURS:
        record.change(
            record.element.child("WorkContour") or record.element, _CONTOUR, value=record.text("WorkContour")[:20]
        )
    return CONTOURS.get(code, "")
