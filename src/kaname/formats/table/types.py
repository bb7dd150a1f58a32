"""What a table to write consists of."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

type Value = str | int | float | Decimal | date | datetime | None


class TableKind(StrEnum):
    """The kinds of file that a table is written as; the code is what stands in an address (`?as=csv`)."""

    XLSX = "xlsx"
    CSV = "csv"
    CSV_CP932 = "csv-cp932"
    TSV = "tsv"


class ColumnKind(StrEnum):
    """What the values of a column are; decides alignment, number format and width."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Parameters
    ----------
    heading
        As it stands above the column, translated by the caller.
    kind
        What its values are.  The value of a percent is a share of one: 0.45 is shown as 45%.
    width
        In characters of the workbook; `None` = as wide as its values need.
    """

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    r"""A written table.

    Parameters
    ----------
    unwritten
        The characters, each once, that the encoding does not have and that are written as their number (`\u2603`).
    """

    content: bytes
    media_type: str
    extension: str
    unwritten: str = ""
