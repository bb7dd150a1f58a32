"""A table as it stands in a file, and what its columns were found to mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

type Cell = str | int | float | bool | date | datetime | time | timedelta | None


class ColumnRole(StrEnum):
    """What a column of a WBS table means."""

    NUMBER = "number"
    WBS_CODE = "wbs_code"
    LEVEL = "level"
    LEVEL_NAME = "level_name"
    """One of several name columns, outermost first: 大項目, 中項目, 小項目."""
    NAME = "name"
    KIND = "kind"
    MODE = "mode"
    ASSIGNEE = "assignee"
    START = "start"
    FINISH = "finish"
    DURATION = "duration"
    EFFORT = "effort"
    ACTUAL_EFFORT = "actual_effort"
    REMAINING_EFFORT = "remaining_effort"
    PROGRESS = "progress"
    STATUS = "status"
    ACTUAL_START = "actual_start"
    ACTUAL_FINISH = "actual_finish"
    BASELINE_START = "baseline_start"
    BASELINE_FINISH = "baseline_finish"
    PREDECESSORS = "predecessors"
    SUCCESSORS = "successors"
    CONSTRAINT = "constraint"
    CONSTRAINT_ON = "constraint_on"
    DEADLINE = "deadline"
    MILESTONE = "milestone"
    DELIVERABLE = "deliverable"
    NOTES = "notes"
    DERIVED = "derived"
    """What the engine computes again: float, critical, delay."""
    KEPT = "kept"
    """A column that we do not know: its text goes into the notes under its heading."""
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What the look of a cell tells about the outline."""

    indent: int = 0
    is_bold: bool = False
    is_filled: bool = False


PLAIN = CellStyle()
"""A cell without any style."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A block of merged cells; all four ends belong to it, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of one sheet or of one delimited file.

    Parameters
    ----------
    name
        The sheet's name; empty for delimited text, which has none.
    rows
        Cells by row and column from the top left corner of the sheet; rows may differ in length.
    merges, outline_levels, styles
        Merged blocks, outline level by row (absent = 0), style by row and column (absent = plain).
    coloured
        How many cells without a value carry a fill, by column: bars of a Gantt drawn by hand.
    """

    name: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    merges: tuple[Merge, ...] = ()
    outline_levels: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    styles: Mapping[tuple[int, int], CellStyle] = field(default_factory=lambda: MappingProxyType({}))
    coloured: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))

    def cell(self, row: int, column: int) -> Cell:
        """Return the value at a place, `None` outside the table."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    def style(self, row: int, column: int) -> CellStyle:
        """Return the style at a place."""
        return self.styles.get((row, column), PLAIN)

    def place(self, row: int, column: int) -> str:
        """Return the name of a place as spreadsheets write it.

        Examples
        --------
        >>> Grid(name="WBS").place(11, 27)
        'WBS!AB12'
        """
        address = f"{column_letters(column)}{row + 1}"
        return f"{self.name}!{address}" if self.name else address


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(26), column_letters(701)
    ('A', 'AA', 'ZZ')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFound:
    """One column under the heading and what we take it for; `confidence_permille` 0 = not known."""

    index: int
    heading: str
    role: ColumnRole
    confidence_permille: int = 0
    label: str = ""
    """The lowest line of a heading of several lines: the person's name under 担当."""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSurvey:
    """What one sheet seems to hold.  Rows count from 0; `score` 0 = no heading of a WBS found."""

    sheet: str
    score: int
    header_top: int = 0
    first_row: int = 0
    row_count: int = 0
    columns: tuple[ColumnFound, ...] = ()
    top: tuple[tuple[str, ...], ...] = ()
    """The first rows as texts, for a person who shows where the table begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All sheets of a file, in its order, and the one that would be read (empty = none)."""

    sheets: tuple[SheetSurvey, ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """A person's own choice: which sheet, where the first row of data is, which column means what."""

    sheet: str = ""
    first_row: int
    roles: Mapping[int, ColumnRole]
