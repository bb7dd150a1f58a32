"""Write the tasks of a plan in the order of elements that the schema wants."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kaname.engine.network.plan import (
    Baseline,
    ConstraintType,
    DurationKind,
    LagUnit,
    Link,
    Plan,
    StoredDates,
    Task,
    TaskKind,
    TaskMode,
)
from kaname.formats.mspdi.codes import (
    CONSTRAINTS,
    ESTIMATED_OFFSET,
    FORMAT_DAYS,
    FORMAT_ELAPSED_DAYS,
    FORMAT_ELAPSED_PERCENT,
    FORMAT_PERCENT,
    LINK_TYPES,
    TASK_TYPES,
)
from kaname.formats.mspdi.markup import Markup, decimal_text, duration_text, moment_text, tenths_text

_CONSTRAINT_CODES: Final = {constraint: code for code, constraint in CONSTRAINTS.items()} | {
    ConstraintType.MANDATORY_START: 2,
    ConstraintType.MANDATORY_FINISH: 3,
}
_LINK_CODES: Final = {kind: code for code, kind in LINK_TYPES.items()}
_TASK_TYPE_CODES: Final = {kind: code for code, kind in TASK_TYPES.items()}
_LAG_FORMATS: Final = {
    LagUnit.WORKING: FORMAT_DAYS,
    LagUnit.ELAPSED: FORMAT_ELAPSED_DAYS,
    LagUnit.PERCENT: FORMAT_PERCENT,
    LagUnit.ELAPSED_PERCENT: FORMAT_ELAPSED_PERCENT,
}
_MILESTONES: Final = frozenset({TaskKind.MILESTONE, TaskKind.START_MILESTONE, TaskKind.FINISH_MILESTONE})
_NOTHING: Final = StoredDates()


@dataclass(frozen=True, slots=True)
class Line:
    """A task with its place in the outline."""

    task: Task
    row: int
    level: int
    number: str


def outline(tasks: Sequence[Task]) -> tuple[Line, ...]:
    """Return the tasks with row, level and outline number (`1.2.1`)."""
    lines: dict[int, Line] = {}
    children: dict[int | None, int] = {}
    for row, task in enumerate(tasks, start=1):
        parent = lines.get(task.parent_uid) if task.parent_uid is not None else None
        key = task.parent_uid if parent is not None else None
        children[key] = children.get(key, 0) + 1
        number = f"{parent.number}.{children[key]}" if parent is not None else str(children[key])
        lines[task.uid] = Line(task, row, parent.level + 1 if parent is not None else 1, number)
    return tuple(lines.values())


def write_tasks(markup: Markup, plan: Plan, *, dates: Mapping[int, StoredDates], digits: int) -> None:
    """Write the line of the whole project and all tasks."""
    links: dict[int, list[Link]] = {}
    for link in plan.links:
        links.setdefault(link.successor_uid, []).append(link)
    markup.open("Tasks")
    if all(task.uid != 0 for task in plan.tasks):
        _write_project_line(markup, plan, dates)
    for line in outline(plan.tasks):
        shown = dates.get(line.task.uid) or line.task.stored or _NOTHING
        _write_task(markup, line, shown, links.get(line.task.uid, ()), digits=digits)
    markup.close()


def _write_project_line(markup: Markup, plan: Plan, dates: Mapping[int, StoredDates]) -> None:
    shown = [dates.get(task.uid) or task.stored or _NOTHING for task in plan.tasks]
    starts = [each.start_at for each in shown if each.start_at is not None]
    finishes = [each.finish_at for each in shown if each.finish_at is not None]
    markup.open("Task")
    markup.leaf("UID", 0)
    markup.leaf("ID", 0)
    markup.filled("Name", plan.name)
    markup.flag("Active", is_set=True)
    markup.flag("Manual", is_set=False)
    markup.leaf("Type", 1)
    markup.flag("IsNull", is_set=False)
    markup.leaf("WBS", "0")
    markup.leaf("OutlineNumber", "0")
    markup.leaf("OutlineLevel", 0)
    markup.leaf("Start", moment_text(min(starts, default=plan.start_at)))
    markup.leaf("Finish", moment_text(max(finishes, default=plan.finish_at)))
    markup.flag("Summary", is_set=True)
    markup.close()


def _write_task(markup: Markup, line: Line, shown: StoredDates, links: Iterable[Link], *, digits: int) -> None:
    task = line.task
    markup.open("Task")
    _write_identity(markup, line)
    _write_duration(markup, task, shown)
    _write_character(markup, task, shown)
    _write_computed(markup, shown)
    _write_progress(markup, task, digits)
    _write_constraint(markup, task)
    for link in links:
        _write_link(markup, link)
    for baseline in task.baselines:
        _write_baseline(markup, baseline, digits)
    markup.close()


def _write_identity(markup: Markup, line: Line) -> None:
    task = line.task
    markup.leaf("UID", task.uid)
    markup.filled("GUID", task.source_key)
    markup.leaf("ID", line.row)
    markup.filled("Name", task.name)
    markup.flag("Active", task.is_active)
    markup.flag("Manual", task.mode is TaskMode.MANUAL)
    markup.leaf("Type", _TASK_TYPE_CODES[task.task_type])
    markup.flag("IsNull", is_set=False)
    markup.filled("WBS", task.wbs_code)
    markup.leaf("OutlineNumber", line.number)
    markup.leaf("OutlineLevel", line.level)
    markup.leaf("Priority", task.priority)


def _write_duration(markup: Markup, task: Task, shown: StoredDates) -> None:
    start, finish = shown.start_at, shown.finish_at
    if task.mode is TaskMode.MANUAL:
        start = task.manual_start_at if start is None else start
        finish = task.manual_finish_at if finish is None else finish
    if task.is_external:
        start, finish = task.external_start_at, task.external_finish_at
    markup.leaf("Start", moment_text(start))
    markup.leaf("Finish", moment_text(finish))
    markup.leaf("Duration", duration_text(task.duration_minutes))
    if task.mode is TaskMode.MANUAL:
        markup.leaf("ManualStart", moment_text(task.manual_start_at))
        markup.leaf("ManualFinish", moment_text(task.manual_finish_at))
        markup.leaf("ManualDuration", duration_text(task.duration_minutes))
    markup.leaf("DurationFormat", _duration_format(task))
    markup.leaf("Work", duration_text(task.effort_minutes))
    markup.leaf("Stop", moment_text(task.progress.stop_at))
    markup.leaf("Resume", moment_text(task.progress.resume_at))


def _duration_format(task: Task) -> int:
    plain = FORMAT_ELAPSED_DAYS if task.duration_kind is DurationKind.ELAPSED else FORMAT_DAYS
    return plain + ESTIMATED_OFFSET if task.is_estimated else plain


def _write_character(markup: Markup, task: Task, shown: StoredDates) -> None:
    markup.flag("EffortDriven", task.is_effort_driven)
    markup.flag("Estimated", task.is_estimated)
    markup.flag("Milestone", task.kind in _MILESTONES)
    markup.flag("Summary", task.kind is TaskKind.SUMMARY)
    if shown.is_critical is not None:
        markup.flag("Critical", shown.is_critical)
    markup.flag("ExternalTask", task.is_external)


def _write_computed(markup: Markup, shown: StoredDates) -> None:
    markup.leaf("EarlyStart", moment_text(shown.early_start_at))
    markup.leaf("EarlyFinish", moment_text(shown.early_finish_at))
    markup.leaf("LateStart", moment_text(shown.late_start_at))
    markup.leaf("LateFinish", moment_text(shown.late_finish_at))
    markup.leaf("FreeSlack", tenths_text(shown.free_float_minutes))
    markup.leaf("TotalSlack", tenths_text(shown.total_float_minutes))


def _write_progress(markup: Markup, task: Task, digits: int) -> None:
    progress = task.progress
    markup.leaf("FixedCost", cost_text(task.fixed_cost, digits))
    markup.leaf("PercentComplete", (progress.percent_permille + 5) // 10)
    markup.leaf("Cost", cost_text(task.cost, digits))
    markup.leaf("ActualStart", moment_text(progress.actual_start_at))
    markup.leaf("ActualFinish", moment_text(progress.actual_finish_at))
    markup.leaf("ActualDuration", duration_text(progress.actual_duration_minutes))
    markup.leaf("ActualCost", cost_text(progress.actual_cost, digits))
    markup.leaf("ActualWork", duration_text(progress.actual_effort_minutes))
    markup.leaf("RemainingDuration", duration_text(progress.remaining_duration_minutes))
    markup.leaf("RemainingWork", duration_text(progress.remaining_effort_minutes))


def _write_constraint(markup: Markup, task: Task) -> None:
    markup.leaf("ConstraintType", _CONSTRAINT_CODES[task.constraint])
    markup.leaf("CalendarUID", -1 if task.calendar_uid is None else task.calendar_uid)
    markup.leaf("ConstraintDate", moment_text(task.constraint_at))
    markup.leaf("Deadline", moment_text(task.deadline_at))
    markup.leaf("LevelingDelay", task.leveling_delay_minutes * 10)
    markup.leaf("LevelingDelayFormat", FORMAT_ELAPSED_DAYS)
    markup.flag("IgnoreResourceCalendar", task.ignores_resource_calendars)
    markup.filled("Notes", task.notes)
    if task.progress.physical_permille is not None:
        markup.leaf("PhysicalPercentComplete", (task.progress.physical_permille + 5) // 10)


def _write_link(markup: Markup, link: Link) -> None:
    is_percent = link.lag_unit in {LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT}
    markup.open("PredecessorLink")
    markup.leaf("PredecessorUID", link.predecessor_uid)
    markup.leaf("Type", _LINK_CODES[link.type])
    markup.flag("CrossProject", bool(link.external_reference))
    markup.filled("CrossProjectName", link.external_reference)
    markup.leaf("LinkLag", link.lag // 10 if is_percent else link.lag * 10)
    markup.leaf("LagFormat", _LAG_FORMATS[link.lag_unit])
    markup.close()


def _write_baseline(markup: Markup, baseline: Baseline, digits: int) -> None:
    markup.open("Baseline")
    markup.leaf("Number", baseline.number)
    markup.leaf("Start", moment_text(baseline.start_at))
    markup.leaf("Finish", moment_text(baseline.finish_at))
    markup.leaf("Duration", duration_text(baseline.duration_minutes))
    markup.leaf("DurationFormat", FORMAT_DAYS)
    markup.leaf("Work", duration_text(baseline.effort_minutes))
    markup.leaf("Cost", cost_text(baseline.cost, digits))
    markup.close()


def cost_text(minor: int | None, digits: int) -> str | None:
    """Return minor units in hundredths of the currency.

    Examples
    --------
    >>> cost_text(2250, 2), cost_text(1500, 0)
    ('2250', '150000')
    """
    return None if minor is None else decimal_text(Decimal(minor).scaleb(2 - digits))
