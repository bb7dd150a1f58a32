"""The table of a written workbook: headings, rows, outline, drop-downs, page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kaname.engine.network.plan import Plan
from kaname.formats.wbs.export import ROLES, ExportRow, headings
from kaname.formats.wbs.types import Cell, ColumnRole
from kaname.formats.wbs.vocabulary import CONSTRAINTS, KINDS, MODES, STATES
from kaname.formats.workbook.styles import Styles

TITLE_ROW: Final = 0
HEADING_ROW: Final = 1
FIRST_ROW: Final = 2
DEEPEST_GROUP: Final = 7
LONGEST_TEXT: Final = 32_767
_SPARE_ROWS: Final = 200
"""Drop-downs reach so far below the last task, for tasks that are added."""
_A3: Final = 8
_FIRST_YEAR: Final = 1900

_WIDTHS: Final = {
    ColumnRole.NUMBER: 6, ColumnRole.LEVEL: 6, ColumnRole.WBS_CODE: 10, ColumnRole.NAME: 44, ColumnRole.KIND: 14,
    ColumnRole.MODE: 8, ColumnRole.ASSIGNEE: 18, ColumnRole.STATUS: 12, ColumnRole.START: 16, ColumnRole.FINISH: 16,
    ColumnRole.DURATION: 10, ColumnRole.EFFORT: 11, ColumnRole.PROGRESS: 9, ColumnRole.ACTUAL_START: 16,
    ColumnRole.ACTUAL_FINISH: 16, ColumnRole.BASELINE_START: 16, ColumnRole.BASELINE_FINISH: 16,
    ColumnRole.PREDECESSORS: 16, ColumnRole.CONSTRAINT: 20, ColumnRole.CONSTRAINT_ON: 16, ColumnRole.DEADLINE: 16,
    ColumnRole.DERIVED: 10, ColumnRole.NOTES: 40,
}  # fmt: skip
_TUCKED_AWAY: Final = frozenset({ColumnRole.LEVEL, ColumnRole.MODE})
"""Columns that only reading the file again needs."""
_HIDDEN_WHEN_EMPTY: Final = frozenset(
    {ColumnRole.BASELINE_START, ColumnRole.BASELINE_FINISH, ColumnRole.CONSTRAINT, ColumnRole.CONSTRAINT_ON}
)
_WRAPPING: Final = frozenset({ColumnRole.NAME, ColumnRole.NOTES, ColumnRole.ASSIGNEE})


def write_table(sheet: Worksheet, plan: Plan, rows: Sequence[ExportRow], styles: Styles, language: str) -> int:
    """Write headings, rows and page settings; return the number of columns."""
    sheet.write_string(TITLE_ROW, 0, plan.name[:LONGEST_TEXT], styles.title())
    sheet.set_row(TITLE_ROW, 24)
    sheet.set_row(HEADING_ROW, 30)
    for column, heading in enumerate(headings(language)):
        sheet.write_string(HEADING_ROW, column, heading, styles.heading())
    for position, row in enumerate(rows):
        _write_row(sheet, FIRST_ROW + position, row, styles)
    _set_columns(sheet, rows)
    _add_choices(sheet, FIRST_ROW + len(rows) - 1 + _SPARE_ROWS, language)
    _set_page(sheet, plan)
    return len(ROLES)


def _write_row(sheet: Worksheet, at: int, row: ExportRow, styles: Styles) -> None:
    level = min(row.level, DEEPEST_GROUP)
    sheet.set_row(at, None, None, {"level": level} if level else {})
    for column, (role, value) in enumerate(zip(ROLES, row.cells, strict=True)):
        _write_cell(sheet, at, column, value, _style(role, value, row, styles))


def _write_cell(sheet: Worksheet, row: int, column: int, value: Cell, style: Format) -> None:
    """Write a value as what it is; a text stays a text, whatever it begins with."""
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, datetime) and value.year >= _FIRST_YEAR:
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value)[:LONGEST_TEXT], style)


def _style(role: ColumnRole, value: Cell, row: ExportRow, styles: Styles) -> Format:
    if role is ColumnRole.NAME:
        return styles.text(is_summary=row.is_summary, indent=row.level, wraps=True)
    if role is ColumnRole.PROGRESS:
        return styles.percent(is_summary=row.is_summary)
    if isinstance(value, datetime):
        return styles.date(is_summary=row.is_summary)
    if isinstance(value, int | float):
        return styles.number(is_summary=row.is_summary)
    return styles.text(is_summary=row.is_summary, wraps=role in _WRAPPING)


def _set_columns(sheet: Worksheet, rows: Sequence[ExportRow]) -> None:
    filled = {role for row in rows for role, value in zip(ROLES, row.cells, strict=True) if value is not None}
    for column, role in enumerate(ROLES):
        hidden = role in _TUCKED_AWAY or (role in _HIDDEN_WHEN_EMPTY and role not in filled)
        sheet.set_column(column, column, _WIDTHS[role], None, {"hidden": hidden})


def _add_choices(sheet: Worksheet, last_row: int, language: str) -> None:
    for role, words in (
        (ColumnRole.STATUS, STATES.values()),
        (ColumnRole.MODE, MODES.values()),
        (ColumnRole.KIND, KINDS.values()),
        (ColumnRole.CONSTRAINT, CONSTRAINTS.values()),
    ):
        source = [word.get(language, word["en"]) for word in words]
        column = ROLES.index(role)
        sheet.data_validation(FIRST_ROW, column, last_row, column, {"validate": "list", "source": source})
    column = ROLES.index(ColumnRole.PROGRESS)
    sheet.data_validation(
        FIRST_ROW, column, last_row, column, {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    )


def _set_page(sheet: Worksheet, plan: Plan) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    # An ampersand begins a code in a footer; doubled it is itself.
    sheet.set_footer(f"&L{plan.name.replace('&', '&&')[:100]}&R&P / &N")
    sheet.freeze_panes(FIRST_ROW, ROLES.index(ColumnRole.NAME) + 1)
    sheet.outline_settings(visible=True, symbols_below=False)
    sheet.hide_gridlines(2)
