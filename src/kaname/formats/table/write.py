"""The one writer of tables."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kaname.formats.table.cells import cell_text, guarded
from kaname.formats.table.encoding import encode_cp932
from kaname.formats.table.types import Column, TableFile, TableKind, Value
from kaname.formats.table.workbook import write_sheet

MEDIA_TYPES: Final[Mapping[TableKind, str]] = {
    TableKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    TableKind.CSV: "text/csv; charset=utf-8",
    TableKind.CSV_CP932: "text/csv; charset=Shift_JIS",
    TableKind.TSV: "text/tab-separated-values; charset=utf-8",
}


def write_table(
    *, kind: TableKind, columns: Sequence[Column], rows: Iterable[Sequence[Value]], title: str, language: str
) -> TableFile:
    """Write a table.

    Parameters
    ----------
    rows
        Values in the order of the columns; a text is never taken for a number, a date or a formula.  A moment with a zone
        is written as the wall clock of that zone: bring it into the reader's first.
    title
        Names the sheet and stands above every printed page; not part of delimited text.
    language
        `ja` or `en`: forms of dates, font.

    Raises
    ------
    ValueError
        If a row has not as many values as there are columns.
    """
    if kind is TableKind.XLSX:
        content = write_sheet(columns=columns, rows=rows, title=title, language=language)
        return TableFile(content=content, media_type=MEDIA_TYPES[kind], extension="xlsx")
    text = _delimited(columns, rows, language, "\t" if kind is TableKind.TSV else ",")
    if kind is TableKind.CSV_CP932:
        content, unwritten = encode_cp932(text)
        return TableFile(content=content, media_type=MEDIA_TYPES[kind], extension="csv", unwritten=unwritten)
    return TableFile(
        content=text.encode("utf-8-sig", errors="backslashreplace"),
        media_type=MEDIA_TYPES[kind],
        extension=kind.value,
    )


def _delimited(columns: Sequence[Column], rows: Iterable[Sequence[Value]], language: str, delimiter: str) -> str:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([guarded(column.heading) for column in columns])
    for row in rows:
        writer.writerow(
            [cell_text(value, column.kind, language=language) for column, value in zip(columns, row, strict=True)]
        )
    return target.getvalue()
