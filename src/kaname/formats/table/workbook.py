"""A table as a workbook: headings frozen and filtered, dates and numbers as such, ready to print."""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kaname.formats.table.types import Column, ColumnKind, Value
from kaname.formats.workbook.styles import OPTIONS, Styles

LONGEST_TEXT: Final = 32_767
FIRST_YEAR: Final = 1900
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_NARROWEST: Final = 8
_WIDEST: Final = 48
_A4: Final = 9
_A3: Final = 8
_A4_WIDTH: Final = 150
"""So many characters stand beside each other legibly on A4 landscape; a wider table is printed on A3."""
_DATE_WIDTH: Final = {ColumnKind.DATE: 15, ColumnKind.MOMENT: 17}


def write_sheet(*, columns: Sequence[Column], rows: Iterable[Sequence[Value]], title: str, language: str) -> bytes:
    """Return the bytes of a workbook with one sheet; see `write_table`."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        workbook.set_properties({"title": title[:250]})
        sheet = workbook.add_worksheet(sheet_name(title))
        styles = Styles(workbook, language)
        widths = [column.width or _heading_width(column) for column in columns]
        last = 0
        for position, column in enumerate(columns):
            sheet.write_string(0, position, column.heading, styles.heading())
        for last, row in enumerate(rows, start=1):
            for position, (column, value) in enumerate(zip(columns, row, strict=True)):
                _write(sheet, (last, position), value, column.kind, styles)
                if column.width is None and isinstance(value, str):
                    widths[position] = max(widths[position], min(_text_width(value), _WIDEST))
        for position, width in enumerate(widths):
            sheet.set_column(position, position, width)
        _set_page(sheet, title, last_row=last, last_column=len(columns) - 1, width=sum(widths))
    return target.getvalue()


def sheet_name(title: str) -> str:
    """Return a title as the name of a sheet: what a name may not hold replaced, at most 31 characters.

    Examples
    --------
    >>> sheet_name("2026/07 要員[A]"), sheet_name("'")
    ('2026_07 要員_A_', 'Sheet')
    """
    readable = "".join(each for each in title.translate(_NOT_IN_NAMES) if unicodedata.category(each) != "Cc")
    name = readable[:_LONGEST_NAME].strip(" '")
    return "Sheet" if not name or name.casefold() == "history" else name


def _write(sheet: Worksheet, at: tuple[int, int], value: Value, kind: ColumnKind, styles: Styles) -> None:
    """Write a value as what it is; one that Excel cannot hold as such becomes a text."""
    row, position = at
    if value is None:
        sheet.write_blank(row, position, None, styles.text(is_summary=False))
    elif isinstance(value, datetime) and value.year >= FIRST_YEAR:
        sheet.write_datetime(row, position, value.replace(tzinfo=None), styles.moment(is_summary=False))
    elif isinstance(value, date) and value.year >= FIRST_YEAR:
        moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day of the calendar has no zone
        sheet.write_datetime(row, position, moment, styles.date(is_summary=False))
    elif isinstance(value, int | float | Decimal):
        is_share = kind is ColumnKind.PERCENT
        style = styles.percent(is_summary=False) if is_share else styles.number(is_summary=False)
        sheet.write_number(row, position, float(value), style)
    else:
        wraps = isinstance(value, str) and ("\n" in value or _text_width(value) > _WIDEST)
        sheet.write_string(row, position, str(value)[:LONGEST_TEXT], styles.text(is_summary=False, wraps=wraps))


def _heading_width(column: Column) -> int:
    """Leave room for the mark of the filter."""
    return max(_NARROWEST, _text_width(column.heading) + 4, _DATE_WIDTH.get(column.kind, 0))


def _text_width(text: str) -> int:
    """Return how many characters wide the longest line is; a Japanese one counts twice."""
    return max(
        (sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in line) for line in text.split("\n")),
        default=0,
    )


def _set_page(sheet: Worksheet, title: str, *, last_row: int, last_column: int, width: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, max(last_column, 0))
    sheet.set_row(0, 24)
    sheet.set_landscape()
    sheet.set_paper(_A4 if width <= _A4_WIDTH else _A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last_row, max(last_column, 0))
    # An ampersand begins a code in a header; doubled it is itself.
    sheet.set_header(f"&L&B{title.replace('&', '&&')[:100]}&R&D")
    sheet.set_footer("&R&P / &N")
    sheet.hide_gridlines(2)
