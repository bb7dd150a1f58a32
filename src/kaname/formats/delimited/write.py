"""Write a plan as a WBS table in delimited text."""

import csv
import io
from collections.abc import Mapping
from enum import StrEnum

from kaname.engine.network.plan import Plan, StoredDates
from kaname.formats.table.cells import cell_text
from kaname.formats.table.encoding import encode_cp932
from kaname.formats.wbs.export import export_rows, headings


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
        writer.writerow([cell_text(cell) for cell in row.cells])
    if encoding is TextEncoding.CP932:
        return encode_cp932(target.getvalue())[0]
    return target.getvalue().encode(encoding.value, errors="backslashreplace")
