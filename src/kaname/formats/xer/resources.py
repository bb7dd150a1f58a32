"""Resources, roles and assignments of an XER file."""

from collections.abc import Mapping
from typing import Final

from kaname.engine.network.plan import Assignment, Resource, ResourceKind
from kaname.engine.text import gettext_noop
from kaname.engine.units import PERMILLE
from kaname.formats.xer.cells import Cells

_KINDS: Final = {
    "RT_Labor": ResourceKind.WORK,
    "RT_Equip": ResourceKind.WORK,
    "RT_Mat": ResourceKind.MATERIAL,
    "": ResourceKind.WORK,
}
_MAX_UNITS: Final = 10**9

_KIND: Final = gettext_noop("“%(value)s” is no known type of resource; a person or machine was taken.")
_UNKNOWN_CALENDAR: Final = gettext_noop(
    "The calendar of the resource is not in the file; the project calendar was taken."
)
_NO_TASK: Final = gettext_noop("The activity of the assignment is not in the file; the assignment was left out.")
_NO_RESOURCE: Final = gettext_noop("The resource of the assignment is not in the file; the work is unassigned now.")


def read_resource(cells: Cells, uid: int, *, calendars: Mapping[str, int], rate: Cells | None) -> Resource:
    """Read one row of the table RSRC with its rate in force."""
    calendar_key = cells.text("clndr_id")
    if calendar_key and calendar_key not in calendars:
        cells.change("clndr_id", _UNKNOWN_CALENDAR)
    source = cells if rate is None else rate
    units = source.permille("max_qty_per_hr", of=1)
    return Resource(
        uid=uid,
        name=cells.text("rsrc_name"),
        kind=_kind(cells),
        max_units_permille=PERMILLE if not units or not 0 < units <= _MAX_UNITS else units,
        calendar_uid=calendars.get(calendar_key),
        rate_per_hour=source.cost("cost_per_qty"),
        email=cells.text("email_addr"),
        code=cells.text("rsrc_short_name"),
        notes=cells.text("rsrc_notes"),
        source_key=cells.text("rsrc_id"),
    )


def read_role(cells: Cells, uid: int) -> Resource:
    """Read one row of the table ROLES: somebody who can do it, nobody yet."""
    return Resource(
        uid=uid,
        name=cells.text("role_name"),
        code=cells.text("role_short_name"),
        is_generic=True,
        source_key=cells.text("role_id"),
    )


def read_assignment(
    cells: Cells, *, tasks: Mapping[str, int], resources: Mapping[str, int], roles: Mapping[str, int]
) -> Assignment | None:
    """Read one row of the table TASKRSRC; `None` where its activity is not there."""
    task_uid = tasks.get(cells.text("task_id"))
    if task_uid is None:
        cells.lose_row(_NO_TASK)
        return None
    key = cells.text("rsrc_id")
    resource_uid = resources.get(key) if key else roles.get(cells.text("role_id"))
    if resource_uid is None and (key or cells.text("role_id")):
        cells.change("rsrc_id" if key else "role_id", _NO_RESOURCE)
    units = cells.permille("target_qty_per_hr", of=1)
    actual = _sum(cells.signed_minutes("act_reg_qty"), cells.signed_minutes("act_ot_qty"))
    start, finish = cells.stored_moment("act_start_date"), cells.stored_moment("act_end_date")
    return Assignment(
        task_uid=task_uid,
        resource_uid=resource_uid,
        units_permille=PERMILLE if units is None or not 0 <= units <= _MAX_UNITS else units,
        effort_minutes=cells.signed_minutes("target_qty"),
        actual_effort_minutes=actual,
        remaining_effort_minutes=cells.signed_minutes("remain_qty"),
        delay_minutes=cells.signed_minutes("target_lag_drtn_hr_cnt") or 0,
        start_at=cells.stored_moment("target_start_date") if start is None else start,
        finish_at=cells.stored_moment("target_end_date") if finish is None else finish,
        cost=cells.cost("target_cost"),
        source_key=cells.text("taskrsrc_id"),
    )


def _kind(cells: Cells) -> ResourceKind:
    code = cells.text("rsrc_type")
    found = _KINDS.get(code)
    if found is None:
        cells.change("rsrc_type", _KIND, value=code[:40])
        return ResourceKind.WORK
    return found


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)
