"""Numbers and dates in the cells of a series."""

import math
import re
import unicodedata
from datetime import date
from typing import Final

from kaname.formats.wbs.dates import read_date
from kaname.formats.wbs.types import Cell

GREATEST: Final = 1e12
_LEAST: Final = 1e-9
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_PLAIN: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?")
_NUMBERED: Final = re.compile(r"[^\d.,+\-]{0,8}(\d{1,9}(\.\d{1,9})?)[^\d.,+\-]{0,6}")
_UNITS: Final = ("件", "個", "日", "週", "h", "時間")
_COMPACT: Final = re.compile(r"(19|20|21)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])")


def folded(cell: Cell) -> str:
    """Return the text of a cell in half-width characters, without blanks around it."""
    return "" if cell is None else unicodedata.normalize("NFKC", str(cell)[:80]).strip().lower()


def number_in(cell: Cell) -> float | None:
    """Return the number in a cell, with thousands separated and a unit or not; `None` if it is none.

    Examples
    --------
    >>> number_in("１，２３４件"), number_in("3.5"), number_in("n/a")
    (1234.0, 3.5, None)
    """
    text = folded(cell)
    for unit in _UNITS:
        text = text.removesuffix(unit).strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif not _PLAIN.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) and abs(number) <= GREATEST else None


def count_in(cell: Cell) -> int | None:
    """Return the whole number, 0 or more, in a cell; `None` if it is none."""
    number = number_in(cell)
    return int(number) if number is not None and number >= 0 and number == int(number) else None


def time_in(cell: Cell) -> float | None:
    """Return the number of a day or week, words around it or not; `None` if there is none.

    Examples
    --------
    >>> time_in("第3週"), time_in("Day 12"), time_in("0.267"), time_in("total")
    (3.0, 12.0, 0.267, None)
    """
    number = number_in(cell)
    if number is None and (found := _NUMBERED.fullmatch(folded(cell))):
        number = float(found[1])
    return None if number is None or 0 < abs(number) < _LEAST else number


def date_in(cell: Cell, *, near: date | None) -> date | None:
    """Return the date in a cell; one without a year is taken near another, and is none without it."""
    return read_date(cell, near=near).day if isinstance(cell, str) else None


def is_dated(cells: list[Cell]) -> bool:
    """Return whether a column holds dates: most of its cells are read as such, and plain numbers only of eight digits."""
    texts = [cell for cell in cells if folded(cell)]
    numbers = [cell for cell in texts if number_in(cell) is not None]
    if len(numbers) * 2 > len(texts):
        return all(_COMPACT.fullmatch(folded(cell)) for cell in numbers)
    near: date | None = None
    dated = 0
    for cell in texts:
        found = date_in(cell, near=near)
        near = found or near
        dated += found is not None
    return dated * 2 > len(texts)
