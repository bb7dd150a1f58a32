"""Write a plan as a WBS table in delimited text."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from kaname.engine.network.plan import Plan, StoredDates
from kaname.formats.wbs.export import export_rows, headings
from kaname.formats.wbs.types import Cell

_FORMULA_SIGNS: Final = "=+-@＝＋－＠"
_CONTROLS: Final = "".join(map(chr, range(33))) + "\u00a0\u3000\ufeff\u200b"


class TextEncoding(StrEnum):
    """The encodings that we write: UTF-8 with a mark opens in Excel everywhere, CP932 in old Japanese programs."""

    UTF8 = "utf-8"
    UTF8_MARKED = "utf-8-sig"
    CP932 = "cp932"
    UTF16 = "utf-16"


def write_delimited(
    plan: Plan,
    *,
    dates: Mapping[int, StoredDates] | None = None,
    language: str = "ja",
    delimiter: str = ",",
    encoding: TextEncoding = TextEncoding.UTF8_MARKED,
) -> bytes:
    r"""Write a plan as a table, one task per row; the same columns as the workbook's.

    Parameters
    ----------
    dates
        Computed dates by task uid; `None` = those that the plan stores.
    encoding
        A character that CP932 does not have is written as its number in the form `\u2603`.

    Notes
    -----
    A cell that a spreadsheet would take for a formula begins with an apostrophe; `read_delimited` takes it off.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headings(language))
    for row in export_rows(plan, dates=dates, language=language):
        writer.writerow([guarded(_text(cell)) if isinstance(cell, str) else _text(cell) for cell in row.cells])
    return target.getvalue().encode(encoding.value, errors="backslashreplace")


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("  ＝cmd"), guarded("-5 days"), guarded("設計")
    ("'=1+1", "'  ＝cmd", "'-5 days", '設計')
    """
    bare = text.lstrip(_CONTROLS)
    risky = bare.startswith(tuple(_FORMULA_SIGNS)) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if risky else text


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y/%m/%d %H:%M}"
    return str(cell)
