"""The Gantt chart beside the table: one narrow column per week or month, coloured by rules that follow the dates."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kaname.engine.units import day_of
from kaname.formats.wbs.export import ROLES, ExportRow
from kaname.formats.wbs.types import ColumnRole
from kaname.formats.workbook.sheet import FIRST_ROW, HEADING_ROW
from kaname.formats.workbook.styles import Styles

MOST_WEEKS: Final = 156
MOST_MONTHS: Final = 240
_WEEK_WIDTH: Final = 4.2
_DONE: Final = "#2F6F9F"
_PLANNED: Final = "#9CC4E0"
_SUMMARY: Final = "#4A5560"
_CRITICAL: Final = "#D9534F"
_FIRST_YEAR: Final = 1900


def draw_chart(sheet: Worksheet, rows: Sequence[ExportRow], styles: Styles, *, left: int, last_row: int) -> int:
    """Draw the chart from column `left` on; return the last column that is used.

    A plan of more than three years has a column per month.  No chart is drawn where no task has dates.
    """
    periods, is_monthly = _periods(rows)
    if not periods:
        return left - 1
    for offset, day in enumerate(periods):
        moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a spreadsheet's dates have no zone
        sheet.write_datetime(HEADING_ROW, left + offset, moment, styles.period())
    right = left + len(periods) - 1
    sheet.set_column(left, right, _WEEK_WIDTH, styles.chart_cell())
    _add_rules(sheet, rows, styles, left=left, right=right, last_row=last_row, is_monthly=is_monthly)
    return right


def _periods(rows: Sequence[ExportRow]) -> tuple[list[date], bool]:
    starts = [day_of(row.start_at) for row in rows if row.start_at is not None]
    finishes = [day_of(row.finish_at) for row in rows if row.finish_at is not None]
    days = [day for day in (*starts, *finishes) if day.year >= _FIRST_YEAR]
    if not days:
        return [], False
    first, last = min(days), max(days)
    monday = first - timedelta(days=first.weekday())
    if (last - monday).days < MOST_WEEKS * 7:
        return [monday + timedelta(days=7 * week) for week in range((last - monday).days // 7 + 1)], False
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return [_month(first, ahead) for ahead in range(min(months, MOST_MONTHS))], True


def _month(first: date, ahead: int) -> date:
    years, month = divmod(first.month - 1 + ahead, 12)
    return date(first.year + years, month + 1, 1)


def _add_rules(
    sheet: Worksheet,
    rows: Sequence[ExportRow],
    styles: Styles,
    *,
    left: int,
    right: int,
    last_row: int,
    is_monthly: bool,
) -> None:
    """Colour by rules over whole columns, so that the chart follows when a date is edited; the first rule wins."""
    start, finish, progress, kind = (
        f"${xl_col_to_name(ROLES.index(role))}{FIRST_ROW + 1}"
        for role in (ColumnRole.START, ColumnRole.FINISH, ColumnRole.PROGRESS, ColumnRole.KIND)
    )
    opens = f"{xl_col_to_name(left)}${HEADING_ROW + 1}"
    closes = f"EDATE({opens},1)" if is_monthly else f"{opens}+7"
    inside = f"ISNUMBER({start}),ISNUMBER({finish}),{start}<{closes},{finish}>={opens}"
    summary = next((row.cells[ROLES.index(ColumnRole.KIND)] for row in rows if row.is_summary), None)
    rules = []
    if isinstance(summary, str):
        rules.append((f'=AND({inside},{kind}="{summary}")', _SUMMARY))
    rules.append((f"=AND({inside},{opens}<{start}+({finish}-{start})*{progress})", _DONE))
    rules.append((f"=AND({inside})", _PLANNED))
    for criteria, color in rules:
        sheet.conditional_format(
            FIRST_ROW, left, last_row, right,
            {"type": "formula", "criteria": criteria, "format": styles.bar(color), "stop_if_true": True},
        )  # fmt: skip
    _mark_critical(sheet, rows, styles)


def _mark_critical(sheet: Worksheet, rows: Sequence[ExportRow], styles: Styles) -> None:
    """Set off the name of critical tasks: their bars say how far, the name says that they matter."""
    column = ROLES.index(ColumnRole.NAME)
    style = styles.left_edge(_CRITICAL)
    for position, row in enumerate(rows):
        if row.is_critical and not row.is_summary:
            at = FIRST_ROW + position
            sheet.conditional_format(at, column, at, column, {"type": "no_errors", "format": style})
