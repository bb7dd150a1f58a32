"""Who is whose parent: by level columns, WBS codes, outline levels, indents or heading rows - the first that speaks."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kaname.formats.wbs.headings import plain
from kaname.formats.wbs.outline_codes import code_parts, code_text, looks_like_code
from kaname.formats.wbs.types import Cell, CellStyle, ColumnFound, ColumnRole, Grid

LONGEST_NAME: Final = 1000
_ENOUGH_PERMILLE: Final = 600
_TREE_MARKS: Final = " \t　└├│─┗┣┃━∟"
_NO_NAMES: Final = frozenset({"-", "－", "―", "ー", "—", "〃"})
_NUMBERED_NAME: Final = re.compile(
    r"\s*(?P<code>[0-9０-９]{1,4}(?:[.．\-][0-9０-９]{1,4})*)[.．]?[\s　]+(?P<name>\S.*)", re.DOTALL
)
_TOTALS: Final = frozenset({"合計", "小計", "計", "総計", "total", "subtotal", "grandtotal", "sum"})
_FACTS: Final = frozenset(
    {
        ColumnRole.START, ColumnRole.FINISH, ColumnRole.DURATION, ColumnRole.EFFORT, ColumnRole.PROGRESS, ColumnRole.ASSIGNEE,
        ColumnRole.PREDECESSORS, ColumnRole.ACTUAL_START, ColumnRole.ACTUAL_FINISH, ColumnRole.ACTUAL_EFFORT,
    }
)  # fmt: skip


_MEASURES: Final = frozenset({ColumnRole.START, ColumnRole.FINISH, ColumnRole.DURATION, ColumnRole.EFFORT})
"""Where a table has none of these, a row with its name alone is no heading but a task of which little is known."""


class OutlineMethod(StrEnum):
    """What told the hierarchy."""

    LEVEL_COLUMNS = "level_columns"
    LEVEL_NUMBERS = "level_numbers"
    CODES = "codes"
    NUMBERED_NAMES = "numbered_names"
    ROW_OUTLINE = "row_outline"
    INDENT = "indent"
    HEADING_ROWS = "heading_rows"
    FLAT = "flat"


@dataclass(slots=True)
class OutlineRow:
    """One line of the outline; `is_group` = it stands for a repeated group cell and has no row of its own."""

    row: int
    column: int
    name: str
    level: int = 0
    code: str = ""
    number: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The lines in order, what told their levels, and the rows that are no tasks."""

    rows: Sequence[OutlineRow]
    method: OutlineMethod
    nameless_rows: Sequence[int] = ()
    total_rows: Sequence[int] = ()


def read_outline(grid: Grid, columns: Sequence[ColumnFound], first_row: int) -> Outline:
    """Return the lines of the outline with their levels, 0 = outermost; costs O(cells under the heading)."""
    level_columns = [column.index for column in columns if column.role in {ColumnRole.LEVEL_NAME, ColumnRole.NAME}]
    by_role = {column.role: column.index for column in columns}
    if not level_columns and ColumnRole.WBS_CODE in by_role:
        level_columns = [by_role[ColumnRole.WBS_CODE]]
    headings = {plain(column.heading) for column in columns} | {plain(column.label) for column in columns}
    table = _Table(
        grid,
        level_columns,
        by_role,
        headings,
        {column.index for column in columns if column.role is not ColumnRole.IGNORED},
    )
    return table.read(first_row)


class _Table:
    """The rows under the heading, sorted into lines, nameless rows and totals."""

    def __init__(
        self, grid: Grid, level_columns: list[int], by_role: dict[ColumnRole, int], headings: set[str], known: set[int]
    ) -> None:
        self.grid = grid
        self.level_columns = level_columns
        self.by_role = by_role
        self.headings = headings
        self.known = known
        self.facts = [index for role, index in by_role.items() if role in _FACTS]
        self.nameless: list[int] = []
        self.totals: list[int] = []

    def read(self, first_row: int) -> Outline:
        if len(self.level_columns) > 1:
            lines, method = self._read_level_columns(first_row), OutlineMethod.LEVEL_COLUMNS
        else:
            lines, method = self._read_single_column(first_row)
        return Outline(rows=lines, method=method, nameless_rows=self.nameless, total_rows=self.totals)

    def _read_level_columns(self, first_row: int) -> list[OutlineRow]:
        lines: list[OutlineRow] = []
        path: list[str] = [""] * len(self.level_columns)
        for row in range(first_row, len(self.grid.rows)):
            texts = [_name_text(self.grid.cell(row, column)) for column in self.level_columns]
            deepest = max((level for level, text in enumerate(texts) if text), default=-1)
            if deepest < 0 or self._is_no_task(row, texts[deepest]):
                self._note_nameless(row, deepest)
                continue
            for level in range(deepest):
                if texts[level] and texts[level] != path[level]:
                    path[level:] = [texts[level], *[""] * (len(path) - level - 1)]
                    lines.append(OutlineRow(row, self.level_columns[level], texts[level], level, is_group=True))
            path[deepest:] = [texts[deepest], *[""] * (len(path) - deepest - 1)]
            lines.append(self._line(row, self.level_columns[deepest], texts[deepest], deepest))
        return lines

    def _read_single_column(self, first_row: int) -> tuple[list[OutlineRow], OutlineMethod]:
        column = self.level_columns[0]
        lines = []
        for row in range(first_row, len(self.grid.rows)):
            name = _name_text(self.grid.cell(row, column))
            if not name or self._is_no_task(row, name):
                self._note_nameless(row, 0 if name else -1)
                continue
            lines.append(self._line(row, column, name, 0))
        return lines, self._find_levels(lines, column)

    def _line(self, row: int, column: int, name: str, level: int) -> OutlineRow:
        code = self._code(row, ColumnRole.WBS_CODE)
        number = self._code(row, ColumnRole.NUMBER)
        return OutlineRow(row, column, name, level, code=code, number=number)

    def _code(self, row: int, role: ColumnRole) -> str:
        return code_text(self.grid.cell(row, self.by_role[role])) if role in self.by_role else ""

    def _is_no_task(self, row: int, name: str) -> bool:
        bare = plain(name)
        if bare in _TOTALS:
            self.totals.append(row)
            return True
        if bare in self.headings:
            others = [plain(str(value)) for index in self.known if (value := self.grid.cell(row, index)) is not None]
            return all(other in self.headings for other in others)
        return False

    def _note_nameless(self, row: int, deepest: int) -> None:
        if deepest < 0 and any(self.grid.cell(row, index) is not None for index in self.facts):
            self.nameless.append(row)

    def _find_levels(self, lines: list[OutlineRow], column: int) -> OutlineMethod:
        if self._from_level_numbers(lines):
            return OutlineMethod.LEVEL_NUMBERS
        if _from_codes(lines):
            return OutlineMethod.CODES
        if _from_numbered_names(lines):
            return OutlineMethod.NUMBERED_NAMES
        if _from_depths(lines, [self.grid.outline_levels.get(line.row, 0) for line in lines]):
            return OutlineMethod.ROW_OUTLINE
        if _from_depths(lines, [self._indent(line.row, column) for line in lines]):
            return OutlineMethod.INDENT
        if self._from_heading_rows(lines, column):
            return OutlineMethod.HEADING_ROWS
        return OutlineMethod.FLAT

    def _from_level_numbers(self, lines: list[OutlineRow]) -> bool:
        if ColumnRole.LEVEL not in self.by_role:
            return False
        levels = [self.grid.cell(line.row, self.by_role[ColumnRole.LEVEL]) for line in lines]
        numbers = [_level_number(level) for level in levels]
        if any(number is None for number in numbers):
            return False
        return _from_depths(lines, [number or 0 for number in numbers])

    def _indent(self, row: int, column: int) -> int:
        """Return the indent of a name: alignment counts in threes of a blank, leading blanks in halves of a full one."""
        value = self.grid.cell(row, column)
        text = value if isinstance(value, str) else ""
        blanks = sum(2 if character == "　" else 8 if character == "\t" else 1 for character in _leading(text))
        return self.grid.style(row, column).indent * 3 + blanks

    def _from_heading_rows(self, lines: list[OutlineRow], column: int) -> bool:
        """Take a bare name above rows with dates for their heading, as in a list divided by section lines."""
        bare = [not any(self.grid.cell(line.row, index) is not None for index in self.facts) for line in lines]
        if all(bare) or not any(bare) or not _MEASURES.intersection(self.by_role):
            return False
        styles = [self.grid.style(line.row, column) for line in lines]
        heads = _section_heads(bare, styles)
        if not any(heads):
            return False
        inside = False
        for line, is_head in zip(lines, heads, strict=True):
            inside = inside or is_head
            line.level = 1 if inside and not is_head else 0
        return True


def _section_heads(bare: Sequence[bool], styles: Sequence[CellStyle]) -> list[bool]:
    """Tell the section lines: bare, just above a filled row; in a run of bare rows the first, or those that look like heads."""
    direct = [
        bare[i] and i + 1 < len(bare) and not bare[i + 1] and (i == 0 or not bare[i - 1]) for i in range(len(bare))
    ]
    look = {style for style, is_head in zip(styles, direct, strict=True) if is_head}
    look -= {style for style, is_bare in zip(styles, bare, strict=True) if not is_bare}
    heads = list(direct)
    for i, is_bare in enumerate(bare):
        if not is_bare or direct[i]:
            continue
        begins_run = i == 0 or not bare[i - 1]
        ends = next((j for j in range(i, len(bare)) if not bare[j]), None)
        heads[i] = styles[i] in look if look else begins_run and ends is not None
    return heads


def _from_codes(lines: list[OutlineRow]) -> bool:
    parts = [code_parts(line.code) if looks_like_code(line.code) else () for line in lines]
    coded = [part for part in parts if part]
    if not coded or len(coded) * 1000 < len(lines) * _ENOUGH_PERMILLE // 2 or max(map(len, coded)) < 2:
        return False
    if len(coded) == len(lines) and len(set(map(len, coded))) == 1:
        return True
    depths: list[int] = []
    for part in parts:
        if part:
            depths.append(len(part))
        else:
            depths.append(_depth_without_code(depths, parts[len(depths) - 1]) if depths else 1)
    return _from_depths(lines, depths)


def _depth_without_code(depths: Sequence[int], previous: tuple[str, ...]) -> int:
    """Put a row without a code below the coded row above it, beside other rows without one."""
    return depths[-1] + 1 if previous else depths[-1]


def _from_numbered_names(lines: list[OutlineRow]) -> bool:
    if any(line.code for line in lines):
        return False
    found = [_NUMBERED_NAME.fullmatch(line.name) for line in lines]
    if sum(match is not None for match in found) * 1000 < len(lines) * _ENOUGH_PERMILLE or not lines:
        return False
    for line, match in zip(lines, found, strict=True):
        if match:
            line.code, line.name = code_text(match["code"]), match["name"].strip()
    if _from_codes(lines):
        return True
    for line, match in zip(lines, found, strict=True):
        if match:
            line.code, line.name = "", match[0].strip()
    return False


def _from_depths(lines: list[OutlineRow], depths: Sequence[int]) -> bool:
    """Set levels from any growing measure of depth; refuse where all rows are equally deep."""
    if len(set(depths)) < 2:
        return False
    open_depths: list[int] = []
    for line, depth in zip(lines, depths, strict=True):
        while open_depths and open_depths[-1] >= depth:
            open_depths.pop()
        line.level = len(open_depths)
        open_depths.append(depth)
    return True


def parents_of(levels: Iterable[int]) -> list[int | None]:
    """Return for every line the position of its parent, `None` for the outermost."""
    stack: list[tuple[int, int]] = []
    parents: list[int | None] = []
    for position, level in enumerate(levels):
        while stack and stack[-1][0] >= level:
            stack.pop()
        parents.append(stack[-1][1] if stack else None)
        stack.append((level, position))
    return parents


def _level_number(value: Cell) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if abs(value) < 10_000 else None
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", str(value))[:20])
    return int(digits) if digits and len(digits) < 5 else None


def _leading(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" \t　"))]


def _name_text(value: Cell) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = " ".join(str(value).strip(_TREE_MARKS + "\r\n").split("\n"))
    return "" if text in _NO_NAMES else text[:LONGEST_NAME]
