"""Write the resources and assignments of a plan."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from kaname.engine.network.plan import Assignment, Plan, Resource, ResourceKind, Segment, Task
from kaname.engine.units import PERMILLE
from kaname.formats.mspdi.codes import CONTOURS, RESOURCE_KINDS, UNASSIGNED
from kaname.formats.mspdi.markup import Markup, decimal_text, duration_text, moment_text
from kaname.formats.mspdi.write_tasks import cost_text

_KIND_CODES: Final = {kind: code for code, kind in RESOURCE_KINDS.items()} | {ResourceKind.COST: 0}
_CONTOUR_CODES: Final = {contour: code for code, contour in CONTOURS.items()}
_RATE_PER_HOUR: Final = 2
_RATE_PER_UNIT: Final = 8
_REMAINING_WORK: Final = 1
_UNIT_DAYS: Final = 2
_CONTOURED: Final = 8


def write_resources(markup: Markup, resources: Sequence[Resource], *, digits: int) -> None:
    """Write all resources."""
    markup.open("Resources")
    for row, resource in enumerate(resources, start=1):
        _write_resource(markup, resource, row=row, digits=digits)
    markup.close()


def write_assignments(markup: Markup, plan: Plan, *, digits: int) -> None:
    """Write all assignments; those of split tasks say when the work is done."""
    split = {task.uid: task for task in plan.tasks if len(task.segments) > 1}
    first: set[int] = set()
    markup.open("Assignments")
    for uid, assignment in enumerate(_with_bearers_of_splits(plan, split), start=1):
        task = split.get(assignment.task_uid)
        is_bearer = task is not None and assignment.task_uid not in first
        first.add(assignment.task_uid)
        _write_assignment(markup, assignment, task if is_bearer else None, uid=uid, digits=digits)
    markup.close()


def _with_bearers_of_splits(plan: Plan, split: dict[int, Task]) -> Iterator[Assignment]:
    """Yield the assignments, and one of nobody for each split task that has none, or the splits would be lost."""
    yield from plan.assignments
    assigned = {assignment.task_uid for assignment in plan.assignments}
    for uid, task in split.items():
        if uid not in assigned:
            yield Assignment(task_uid=uid, resource_uid=None, effort_minutes=task.effort_minutes)


def _write_resource(markup: Markup, resource: Resource, *, row: int, digits: int) -> None:
    is_material = resource.kind is ResourceKind.MATERIAL
    rate_format = _RATE_PER_UNIT if is_material else _RATE_PER_HOUR
    markup.open("Resource")
    markup.leaf("UID", resource.uid)
    markup.filled("GUID", resource.source_key)
    markup.leaf("ID", row)
    markup.filled("Name", resource.name)
    markup.leaf("Type", _KIND_CODES[resource.kind])
    markup.flag("IsNull", is_set=False)
    markup.filled("Phonetics", resource.reading)
    markup.filled("Code", resource.code)
    markup.filled("Group", resource.group)
    markup.filled("EmailAddress", resource.email)
    markup.leaf("MaxUnits", _units_text(resource.max_units_permille))
    markup.leaf("StandardRate", _rate_text(resource.rate_per_hour, digits))
    markup.leaf("StandardRateFormat", rate_format)
    markup.leaf("OvertimeRate", _rate_text(resource.overtime_rate_per_hour, digits))
    markup.leaf("OvertimeRateFormat", _RATE_PER_HOUR)
    markup.leaf("CostPerUse", cost_text(resource.cost_per_use, digits))
    markup.leaf("CalendarUID", -1 if resource.calendar_uid is None else resource.calendar_uid)
    markup.filled("Notes", resource.notes)
    markup.flag("IsGeneric", resource.is_generic)
    markup.flag("IsCostResource", resource.kind is ResourceKind.COST)
    markup.close()


def _write_assignment(markup: Markup, assignment: Assignment, split: Task | None, *, uid: int, digits: int) -> None:
    contour = _CONTOUR_CODES.get(assignment.contour, _CONTOURED)
    markup.open("Assignment")
    markup.leaf("UID", uid)
    markup.filled("GUID", assignment.source_key)
    markup.leaf("TaskUID", assignment.task_uid)
    markup.leaf("ResourceUID", UNASSIGNED if assignment.resource_uid is None else assignment.resource_uid)
    markup.leaf("ActualWork", duration_text(assignment.actual_effort_minutes))
    markup.leaf("Cost", cost_text(assignment.cost, digits))
    markup.leaf("Delay", assignment.delay_minutes * 10)
    markup.leaf("Finish", moment_text(assignment.finish_at))
    markup.leaf("LevelingDelay", assignment.leveling_delay_minutes * 10)
    markup.leaf("RemainingWork", duration_text(assignment.remaining_effort_minutes))
    markup.leaf("Start", moment_text(assignment.start_at))
    markup.leaf("Units", _units_text(assignment.units_permille))
    markup.leaf("Work", duration_text(assignment.effort_minutes))
    markup.leaf("WorkContour", contour)
    if split is not None:
        _write_stretches(markup, split.segments, assignment, uid=uid)
    markup.close()


def _write_stretches(markup: Markup, segments: Sequence[Segment], assignment: Assignment, *, uid: int) -> None:
    """Spread the work over the segments by their length; between them stands a zero."""
    lengths = [segment.finish_at - segment.start_at for segment in segments]
    effort = assignment.effort_minutes or sum(lengths)
    done = 0
    for index, segment in enumerate(segments):
        until = effort * sum(lengths[: index + 1]) // sum(lengths)
        if index:
            _write_stretch(markup, segments[index - 1].finish_at, segment.start_at, 0, uid=uid)
        _write_stretch(markup, segment.start_at, segment.finish_at, max(until - done, 1), uid=uid)
        done = until


def _write_stretch(markup: Markup, start: int, finish: int, minutes: int, *, uid: int) -> None:
    markup.open("TimephasedData")
    markup.leaf("Type", _REMAINING_WORK)
    markup.leaf("UID", uid)
    markup.leaf("Start", moment_text(start))
    markup.leaf("Finish", moment_text(finish))
    markup.leaf("Unit", _UNIT_DAYS)
    markup.leaf("Value", duration_text(minutes))
    markup.close()


def _units_text(permille: int) -> str:
    return decimal_text(Decimal(permille) / PERMILLE)


def _rate_text(minor: int | None, digits: int) -> str | None:
    return None if minor is None else decimal_text(Decimal(minor).scaleb(-digits))
