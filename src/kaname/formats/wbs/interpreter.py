"""Make a plan of a table: the lines of the outline, their dates, links, people and progress, with an account of all cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kaname.engine.network.plan import Link, Plan, ScheduleRules, Task
from kaname.engine.text import Message
from kaname.formats.types import FileRefused, LossReport
from kaname.formats.wbs import messages
from kaname.formats.wbs.account import TableAccount
from kaname.formats.wbs.dates import read_date
from kaname.formats.wbs.dating import Dating
from kaname.formats.wbs.drafting import Draft, draft_task, finish_task
from kaname.formats.wbs.facts import CellReader
from kaname.formats.wbs.headings import plain
from kaname.formats.wbs.identity import task_keys
from kaname.formats.wbs.linking import LinkSource, read_links
from kaname.formats.wbs.options import DEFAULT_OPTIONS, ReadOptions
from kaname.formats.wbs.outline import Outline, OutlineRow, parents_of, read_outline
from kaname.formats.wbs.staffing import Staffing
from kaname.formats.wbs.types import Cell, ColumnFound, ColumnRole, Grid, SheetSurvey
from kaname.formats.wbs.worktime import WorkingTime

MOST_ROWS: Final = 30_000
DEEPEST_OUTLINE: Final = 100
_TITLE_ROWS: Final = 12
_LONGEST_TITLE: Final = 60
_TITLE_WORDS: Final = re.compile("プロジェクト|wbs|スケジュール|工程表|計画|作業一覧|案件|project|plan|schedule")
_TITLE_LABELS: Final = frozenset(
    {"プロジェクト名", "プロジェクト", "pj名", "projectname", "project", "計画", "予定", "plan"}
)


@dataclass(frozen=True, slots=True)
class TableRead:
    """A plan made of a table, with its account."""

    plan: Plan
    loss: LossReport


def interpret(grid: Grid, survey: SheetSurvey, *, file: str, options: ReadOptions = DEFAULT_OPTIONS) -> TableRead:
    """Make a plan of a surveyed table.

    Raises
    ------
    FileRefused
        If there is no task below the heading, or more rows or levels than a plan can have.
    """
    _check_size(grid, survey, file)
    outline = read_outline(grid, survey.columns, survey.first_row)
    if not outline.rows:
        raise FileRefused(
            Message(messages.NO_TASKS),
            file=file,
            place=grid.place(survey.first_row, 0),
            advice=Message(messages.NO_TASKS_ADVICE),
        )
    _check_depth(grid, outline.rows, file)
    account = TableAccount()
    reading = _Reading(grid, survey, options, account)
    plan = reading.make_plan(outline, title=_title(grid, survey.header_top) or _stem(file) or grid.name)
    _account_for_cells(grid, survey, outline, reading.cells, account)
    return TableRead(plan, account.report())


def _check_size(grid: Grid, survey: SheetSurvey, file: str) -> None:
    rows = len(grid.rows) - survey.first_row
    if rows > MOST_ROWS:
        raise FileRefused(
            Message(messages.TOO_MANY_ROWS, {"rows": rows, "limit": MOST_ROWS}),
            file=file,
            place=grid.name,
            advice=Message(messages.TOO_MANY_ROWS_ADVICE),
        )


def _check_depth(grid: Grid, lines: Sequence[OutlineRow], file: str) -> None:
    deepest = max(lines, key=lambda line: line.level)
    if deepest.level >= DEEPEST_OUTLINE:
        raise FileRefused(
            Message(messages.TOO_DEEP, {"depth": deepest.level + 1, "limit": DEEPEST_OUTLINE}),
            file=file,
            place=grid.place(deepest.row, deepest.column),
            advice=Message(messages.TOO_DEEP_ADVICE),
        )


class _Reading:
    """One reading of one table."""

    def __init__(self, grid: Grid, survey: SheetSurvey, options: ReadOptions, account: TableAccount) -> None:
        self.grid = grid
        self.options = options
        self.account = account
        self.clock = WorkingTime(options.calendars, options.calendar_uid)
        self.cells = CellReader(
            grid, survey.columns, account, options.units, options.near or _any_date(grid, survey) or options.saved_on
        )

    def make_plan(self, outline: Outline, *, title: str) -> Plan:
        lines = outline.rows
        parents = parents_of(line.level for line in lines)
        summaries = {parent for parent in parents if parent is not None}
        keys = task_keys(lines, parents, self.cells)
        drafts = [
            draft_task(
                position, line, parents[position], key=keys[position], is_summary=position in summaries,
                cells=self.cells, clock=self.clock, minutes_per_day=self.options.minutes_per_day,
            )
            for position, line in enumerate(lines)
        ]  # fmt: skip
        links = read_links(
            LinkSource(lines=lines, parents=parents, cells=self.cells, account=self.account, units=self.options.units)
        )
        staffing = Staffing(drafts, self.cells)
        tasks = self._finish(drafts, links)
        self._count(lines, staffing)
        return self._plan(title, tasks, links, staffing, drafts)

    def _finish(self, drafts: Sequence[Draft], links: Sequence[Link]) -> list[Task]:
        incoming: dict[int, list[Link]] = {}
        for link in links:
            incoming.setdefault(link.successor_uid, []).append(link)
        spans = _spans(drafts)
        return [
            finish_task(draft, incoming.get(draft.task.uid, ()), spans, cells=self.cells, clock=self.clock)
            for draft in drafts
        ]

    def _plan(
        self, title: str, tasks: Sequence[Task], links: tuple[Link, ...], staffing: Staffing, drafts: Sequence[Draft]
    ) -> Plan:
        starts = [draft.dating.start_at for draft in drafts if draft.dating.start_at is not None]
        starts += [task.progress.actual_start_at for task in tasks if task.progress.actual_start_at is not None]
        return Plan(
            name=title,
            start_at=min(starts, default=None),
            calendar_uid=self.options.calendar_uid,
            calendars=self.options.calendars,
            tasks=tuple(tasks),
            links=links,
            resources=staffing.resources,
            assignments=staffing.assignments,
            rules=ScheduleRules(),
            minutes_per_day=self.options.minutes_per_day,
            minutes_per_week=self.options.units.week,
            days_per_month=self.options.days_per_month,
        )

    def _count(self, lines: Sequence[OutlineRow], staffing: Staffing) -> None:
        own = [line for line in lines if not line.is_group]
        self.account.mapped(
            "Task", place=self.grid.place(lines[0].row, lines[0].column), label=lines[0].name, count=len(own)
        )
        groups = [line for line in lines if line.is_group]
        if groups:
            place = self.grid.place(groups[0].row, groups[0].column)
            self.account.changed(
                "Task", Message(messages.GROUP_FROM_COLUMN), place=place, label=groups[0].name, count=len(groups)
            )
        self.account.mapped("Resource", count=len(staffing.resources))
        self.account.mapped("Assignment", count=len(staffing.assignments))


def _spans(drafts: Sequence[Draft]) -> dict[int, Dating]:
    """Return the written dates by uid, those of a summary from its subtasks."""
    spans = {draft.task.uid: draft.dating for draft in drafts}
    for draft in reversed(drafts):
        parent = draft.task.parent_uid
        if parent is None:
            continue
        upper, own = spans[parent], spans[draft.task.uid]
        starts = [each for each in (upper.start_at, own.start_at) if each is not None]
        finishes = [each for each in (upper.finish_at, own.finish_at) if each is not None]
        spans[parent] = replace(upper, start_at=min(starts, default=None), finish_at=max(finishes, default=None))
    return spans


def _title(grid: Grid, header_top: int) -> str:
    """Return the first text above the heading that reads like the name of a plan."""
    for row in grid.rows[: min(header_top, _TITLE_ROWS)]:
        for value in row:
            text = " ".join(value.split()) if isinstance(value, str) else ""
            if len(text) <= _LONGEST_TITLE and _TITLE_WORDS.search(text.lower()) and plain(text) not in _TITLE_LABELS:
                return text
    return ""


def _stem(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]


def _any_date(grid: Grid, survey: SheetSurvey) -> date | None:
    """Return the first whole date of the table, else of the lines above it: it tells the year of the others."""
    dated = (*range(survey.first_row, len(grid.rows)), *range(survey.first_row))
    for row in dated:
        for value in grid.rows[row]:
            if not isinstance(value, date) and not _has_digits(value):
                continue
            read = read_date(value, near=None)
            if read.day is not None and read.flaw is None:
                return read.day
    return None


def _has_digits(value: Cell) -> bool:
    return isinstance(value, str) and any(character.isdigit() for character in value[:12])


def _account_for_cells(
    grid: Grid, survey: SheetSurvey, outline: Outline, cells: CellReader, account: TableAccount
) -> None:
    """Put every filled cell of the table that no remark speaks of into the account, by column."""
    for row in outline.nameless_rows:
        account.lost("Row", Message(messages.ROW_NAMELESS), place=grid.place(row, 0))
    for row in outline.total_rows:
        account.lost("Row", Message(messages.ROW_TOTAL), place=grid.place(row, 0))
    rows = sorted({line.row for line in outline.rows})
    for column in survey.columns:
        _account_for_column(grid, column, rows, cells, account)
    _account_for_rest(grid, survey, account)


def _account_for_column(
    grid: Grid, column: ColumnFound, rows: Sequence[int], cells: CellReader, account: TableAccount
) -> None:
    filled = sum(grid.cell(row, column.index) is not None for row in rows) - cells.flawed[column.index]
    if filled <= 0:
        return
    subject = " ".join(column.heading.split())
    place = grid.place(survey_row(rows), column.index)
    if column.role in {ColumnRole.KEPT, ColumnRole.DELIVERABLE}:
        account.changed(subject, Message(messages.KEPT_IN_NOTES), place=place, count=filled)
    elif column.role is ColumnRole.DERIVED:
        account.changed(subject, Message(messages.DERIVED_AGAIN), place=place, count=filled)
    elif column.role is ColumnRole.IGNORED:
        account.lost(subject, Message(messages.COLUMN_IGNORED), place=place, count=filled)
    else:
        account.mapped(subject, place=place, label=column.role.value, count=filled)


def survey_row(rows: Sequence[int]) -> int:
    """Return the first row of data."""
    return rows[0] if rows else 0


def _account_for_rest(grid: Grid, survey: SheetSurvey, account: TableAccount) -> None:
    """Count what stands beside the table: bars and day marks of a Gantt chart, remarks without a heading."""
    known = {column.index for column in survey.columns}
    beside = [
        (row, column)
        for row in range(survey.header_top, len(grid.rows))
        for column, value in enumerate(grid.rows[row])
        if column not in known and value is not None
    ]
    chart = [place for place in beside if _is_chart_cell(grid.cell(*place))]
    drawn = len(chart) + sum(count for column, count in grid.coloured.items() if column not in known)
    if drawn:
        place = grid.place(*chart[0]) if chart else grid.name
        account.lost("Gantt", Message(messages.GANTT_CELLS), place=place, count=drawn)
    stray = [place for place in beside if not _is_chart_cell(grid.cell(*place))]
    if stray:
        account.lost("Text", Message(messages.OUTSIDE_TABLE), place=grid.place(*stray[0]), count=len(stray))


def _is_chart_cell(value: Cell) -> bool:
    return not isinstance(value, str) or len(value) <= 2
