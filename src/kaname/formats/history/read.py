"""Read a table of closed projects."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.formats.delimited.read import read_grid
from kaname.formats.series.cells import number_in
from kaname.formats.series.columns import find_column
from kaname.formats.types import FileRefused
from kaname.formats.wbs.types import Cell
from kaname.formats.wbs.vocabulary import folded_word

MOST_ROWS: Final = 20_000
_SEARCHED: Final = 30
_LONGEST_CLASS: Final = 80

_NO_ROWS: Final = gettext_noop("There is no row with a planned and an actual number above zero.")
_NO_ROWS_ADVICE: Final = gettext_noop("Give one row per closed project with what was planned and what it became.")
_TOO_MANY: Final = gettext_noop("The table has more than %(limit)s rows.")
_TOO_MANY_ADVICE: Final = gettext_noop("Keep the most recent projects.")


class Reason(StrEnum):
    """Why a row is left out."""

    PLANNED = "planned"
    """What was planned is missing, no number, or not above zero."""
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no closed project: its line and why."""

    line: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class HistoryTable:
    """The projects of a table: planned, actual and classes of each, the widest class first.

    Attributes
    ----------
    columns
        The headings of planned, actual and classes.
    left_out
        Rows below the heading that could not be taken; empty ones are not among them.
    """

    planned: tuple[float, ...]
    actual: tuple[float, ...]
    classes: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    encoding: str


def read_history(data: bytes, *, file: str, planned: str, actual: str, classes: Sequence[str] = ()) -> HistoryTable:
    """Read a table; columns are named by heading or by number from 1.

    Raises
    ------
    FileRefused
        If it is no table, a column is not there, it is too long, or no row can be taken.
    """
    grid, encoding = read_grid(data, file=file)
    wishes = [planned, actual, *classes]
    heading = _heading(grid.rows, wishes)
    headings = grid.rows[heading] if heading is not None else ()
    width = max((len(row) for row in grid.rows[:_SEARCHED]), default=0)
    places = [find_column(wish, headings, width, file) for wish in wishes]
    taken: list[tuple[float, float, tuple[str, ...]]] = []
    left_out: list[LeftOut] = []
    for line, row in enumerate(grid.rows, start=1):
        if (heading is not None and line <= heading + 1) or not any(cell not in (None, "") for cell in row):
            continue
        values = [_value(row, place) for place in places[:2]]
        if values[0] is None or values[1] is None:
            left_out.append(LeftOut(line, Reason.PLANNED if values[0] is None else Reason.ACTUAL))
            continue
        names = tuple(str(_cell(row, place) or "").strip()[:_LONGEST_CLASS] for place in places[2:])
        taken.append((values[0], values[1], names))
    if len(taken) > MOST_ROWS:
        raise FileRefused(Message(_TOO_MANY, {"limit": MOST_ROWS}), file=file, advice=Message(_TOO_MANY_ADVICE))
    if not taken:
        raise FileRefused(Message(_NO_ROWS), file=file, advice=Message(_NO_ROWS_ADVICE))
    return HistoryTable(
        planned=tuple(each[0] for each in taken),
        actual=tuple(each[1] for each in taken),
        classes=tuple(each[2] for each in taken),
        columns=tuple(_name(headings, place) for place in places),
        left_out=tuple(left_out),
        encoding=encoding,
    )


def _heading(rows: Sequence[Sequence[Cell]], wishes: Sequence[str]) -> int | None:
    """Return the row that holds most of the names; none where all columns are given by number and the first row is data."""
    wanted = {folded_word(wish) for wish in wishes if number_in(wish) is None}
    scores = [len(wanted & {folded_word(cell) for cell in row}) for row in rows[:_SEARCHED]]
    if max(scores, default=0) > 0:
        return scores.index(max(scores))
    is_data = bool(rows) and any(number_in(cell) is not None for cell in rows[0])
    return None if is_data or not rows else 0


def _value(row: Sequence[Cell], place: int) -> float | None:
    number = number_in(_cell(row, place))
    return number if number is not None and number > 0 else None


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else None


def _name(headings: Sequence[Cell], place: int) -> str:
    return str(headings[place]) if place < len(headings) else str(place + 1)
