"""One value as the text of a cell, guarded against spreadsheets that run text as formulas."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from kaname.formats.table.types import ColumnKind, Value

_FORMULA_SIGNS: Final = "=+-@＝＋－＠"
_CONTROLS: Final = "".join(map(chr, range(33))) + "\u00a0\u3000\ufeff\u200b"


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


def cell_text(value: Value, kind: ColumnKind = ColumnKind.TEXT, *, language: str = "ja") -> str:
    """Return a value as delimited text holds it: texts guarded, numbers bare, dates as Excel of the language reads them.

    Examples
    --------
    >>> cell_text(0.455, ColumnKind.PERCENT), cell_text(-3), cell_text("-3"), cell_text(date(2026, 7, 10))
    ('45.5%', '-3', "'-3", '2026/07/10')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, date):
        return _moment(value, "/" if language == "ja" else "-")
    if kind is ColumnKind.PERCENT:
        return f"{_plain(Decimal(repr(value) if isinstance(value, float) else value) * 100)}%"
    return _plain(value)


def _moment(value: date, mark: str) -> str:
    day = f"{value.year:04d}{mark}{value.month:02d}{mark}{value.day:02d}"
    return f"{day} {value.hour:02d}:{value.minute:02d}" if isinstance(value, datetime) else day


def _plain(value: float | Decimal) -> str:
    """Return a number without exponent and without zeros at its end."""
    text = f"{Decimal(repr(value)) if isinstance(value, float) else value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
