"""A plan as rows of a WBS table, for the writers of workbooks and of delimited text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kaname.engine.network.plan import (
    Assignment,
    Baseline,
    ConstraintType,
    DurationKind,
    LagUnit,
    Link,
    LinkType,
    Plan,
    StoredDates,
    Task,
    TaskKind,
    TaskMode,
)
from kaname.engine.units import wall_moment
from kaname.formats.wbs.types import Cell, ColumnRole
from kaname.formats.wbs.vocabulary import CONSTRAINTS, HEADINGS, KINDS, LINK_TYPES, MODES, STATES

ROLES: Final = tuple(HEADINGS)
"""The columns of a table that we write, in their order."""

NO_DATES: Final = StoredDates()
_MILESTONES: Final = frozenset({TaskKind.MILESTONE, TaskKind.START_MILESTONE, TaskKind.FINISH_MILESTONE})
_SEPARATORS: Final = str.maketrans(
    {",": "，", ";": "；", "/": "／", "&": "＆", "+": "＋", "、": "，", "\n": " ", "\r": " "}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow:
    """One task as cells in the order of `ROLES`."""

    task: Task
    level: int
    is_summary: bool
    start_at: int | None
    finish_at: int | None
    is_critical: bool
    cells: tuple[Cell, ...]


def headings(language: str) -> tuple[str, ...]:
    """Return the headings of `ROLES` in a language; English for one that we do not have."""
    return tuple(words.get(language, words["en"]) for words in HEADINGS.values())


def export_rows(plan: Plan, *, dates: Mapping[int, StoredDates] | None, language: str) -> list[ExportRow]:
    """Return the rows of a plan in outline order.

    Parameters
    ----------
    dates
        Computed dates by task uid; `None` = those that the plan stores.
    """
    exporter = _Exporter(plan, dates, language)
    return [exporter.row(position, task) for position, task in enumerate(plan.tasks)]


class _Exporter:
    """Knows the neighbours of every task while rows are made."""

    def __init__(self, plan: Plan, dates: Mapping[int, StoredDates] | None, language: str) -> None:
        self._language = language
        self._day = plan.minutes_per_day
        self._dates = dates
        self._numbers = {task.uid: position + 1 for position, task in enumerate(plan.tasks)}
        self._levels = _levels(plan.tasks)
        self._codes = _codes(plan.tasks, self._levels)
        self._parents = {task.parent_uid for task in plan.tasks}
        self._names = {resource.uid: resource.name.translate(_SEPARATORS) for resource in plan.resources}
        self._links: dict[int, list[Link]] = {}
        for link in plan.links:
            if link.predecessor_uid in self._numbers:
                self._links.setdefault(link.successor_uid, []).append(link)
        self._work: dict[int, list[Assignment]] = {}
        for assignment in plan.assignments:
            self._work.setdefault(assignment.task_uid, []).append(assignment)

    def row(self, position: int, task: Task) -> ExportRow:
        dates = self._dates_of(task)
        is_summary = task.kind is TaskKind.SUMMARY or task.uid in self._parents
        cells = {
            ColumnRole.NUMBER: position + 1,
            ColumnRole.LEVEL: self._levels[position] + 1,
            ColumnRole.WBS_CODE: self._codes[position],
            ColumnRole.NAME: task.name,
            ColumnRole.KIND: self._word(KINDS[_kind(task, is_summary=is_summary)]),
            ColumnRole.MODE: self._word(MODES[task.mode]),
            ColumnRole.START: _moment(dates.start_at),
            ColumnRole.FINISH: _moment(dates.finish_at),
            ColumnRole.DURATION: self._duration(task),
            ColumnRole.NOTES: task.notes or None,
            **self._people(task),
            **self._progress(task),
            **self._baseline(task),
            **self._logic(task),
            ColumnRole.DERIVED: self._days(dates.total_float_minutes),
        }
        return ExportRow(
            task=task,
            level=self._levels[position],
            is_summary=is_summary,
            start_at=dates.start_at,
            finish_at=dates.finish_at,
            is_critical=bool(dates.is_critical),
            cells=tuple(cells.get(role) for role in ROLES),
        )

    def _dates_of(self, task: Task) -> StoredDates:
        if self._dates is not None and task.uid in self._dates:
            return self._dates[task.uid]
        if task.mode is TaskMode.MANUAL and task.manual_start_at is not None:
            return StoredDates(start_at=task.manual_start_at, finish_at=task.manual_finish_at)
        return task.stored or NO_DATES

    def _word(self, words: Mapping[str, str]) -> str:
        return words.get(self._language, words["en"])

    def _days(self, minutes: int | None) -> Cell:
        if minutes is None:
            return None
        return minutes // self._day if minutes % self._day == 0 else minutes / self._day

    def _duration(self, task: Task) -> Cell:
        if task.duration_minutes is None or task.duration_kind is DurationKind.WORKING:
            return self._days(task.duration_minutes)
        return _elapsed(task.duration_minutes)

    def _people(self, task: Task) -> dict[ColumnRole, Cell]:
        work = self._work.get(task.uid, [])
        names = [
            self._names[each.resource_uid] + ("" if each.units_permille == 1000 else f"({each.units_permille // 10}%)")
            for each in work
            if each.resource_uid in self._names
        ]
        efforts = [each.effort_minutes for each in work if each.effort_minutes is not None]
        effort = task.effort_minutes if task.effort_minutes is not None else sum(efforts) if efforts else None
        separator = "、" if self._language == "ja" else "; "
        return {ColumnRole.ASSIGNEE: separator.join(names) or None, ColumnRole.EFFORT: self._days(effort)}

    def _progress(self, task: Task) -> dict[ColumnRole, Cell]:
        done = task.progress
        started = done.percent_permille > 0 or done.actual_start_at is not None
        state = "done" if done.percent_permille >= 1000 else "running" if started else "not_started"
        return {
            ColumnRole.STATUS: self._word(STATES[state if task.is_active else "dropped"]),
            ColumnRole.PROGRESS: done.percent_permille / 1000,
            ColumnRole.ACTUAL_START: _moment(done.actual_start_at),
            ColumnRole.ACTUAL_FINISH: _moment(done.actual_finish_at),
        }

    def _baseline(self, task: Task) -> dict[ColumnRole, Cell]:
        agreed = next((each for each in task.baselines if each.number == 0), Baseline(number=0))
        return {
            ColumnRole.BASELINE_START: _moment(agreed.start_at),
            ColumnRole.BASELINE_FINISH: _moment(agreed.finish_at),
        }

    def _logic(self, task: Task) -> dict[ColumnRole, Cell]:
        links = [self._reference(link) for link in self._links.get(task.uid, [])]
        constrained = task.constraint is not ConstraintType.ASAP
        return {
            ColumnRole.PREDECESSORS: ", ".join(links) or None,
            ColumnRole.CONSTRAINT: self._word(CONSTRAINTS[task.constraint]) if constrained else None,
            ColumnRole.CONSTRAINT_ON: _moment(task.constraint_at),
            ColumnRole.DEADLINE: _moment(task.deadline_at),
        }

    def _reference(self, link: Link) -> str:
        number = self._numbers[link.predecessor_uid]
        if link.type is LinkType.FS and not link.lag:
            return str(number)
        return f"{number}{LINK_TYPES[link.type]}{_lag(link, self._day)}"


def _kind(task: Task, *, is_summary: bool) -> str:
    if is_summary:
        return "summary"
    return "milestone" if task.kind in _MILESTONES else "work"


def _moment(minute: int | None) -> datetime | None:
    return None if minute is None else wall_moment(minute)


def _lag(link: Link, day: int) -> str:
    """Return a lag in the largest unit that keeps it whole; an empty text for none."""
    if not link.lag:
        return ""
    sign, amount = "+" if link.lag > 0 else "-", abs(link.lag)
    if link.lag_unit in {LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT}:
        share = f"{amount // 10}" if amount % 10 == 0 else f"{amount / 10:.1f}"
        return f"{sign}{share}{'%' if link.lag_unit is LagUnit.PERCENT else 'e%'}"
    if link.lag_unit is LagUnit.ELAPSED:
        return sign + _elapsed(amount)
    for unit, minutes in (("d", day), ("h", 60)):
        if amount % minutes == 0:
            return f"{sign}{amount // minutes}{unit}"
    return f"{sign}{amount}min"


def _elapsed(minutes: int) -> str:
    for unit, size in (("ed", 1440), ("eh", 60)):
        if minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}em"


def _levels(tasks: Sequence[Task]) -> list[int]:
    levels: dict[int, int] = {}
    for task in tasks:
        levels[task.uid] = 0 if task.parent_uid is None else levels.get(task.parent_uid, -1) + 1
    return [levels[task.uid] for task in tasks]


def _codes(tasks: Sequence[Task], levels: Sequence[int]) -> list[str]:
    """Return the tasks' own codes where every task has one of its own, else 1, 1.1, 1.2, 2, ... by the outline."""
    own = [task.wbs_code for task in tasks]
    if all(own) and len(set(own)) == len(own):
        return own
    counters: list[int] = []
    codes = []
    for level in levels:
        counters[level + 1 :] = []
        counters.extend([0] * (level + 1 - len(counters)))
        counters[level] += 1
        codes.append(".".join(map(str, counters)))
    return codes
