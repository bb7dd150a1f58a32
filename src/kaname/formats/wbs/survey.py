"""Find the heading of a WBS table and say what each of its columns means.

Every row of the first `SEARCHED_ROWS` is tried as the lowest line of a heading of one to three lines; the one whose
columns find the most certain roles wins.  Columns are then given out greedily: the surest claim first, one column per role
where a role can be held once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kaname.formats.wbs.headings import GROUP_WORDS, LIKELY, plain, roles_of
from kaname.formats.wbs.outline_codes import looks_like_code
from kaname.formats.wbs.types import Cell, ColumnFound, ColumnRole, Grid, Merge, SheetSurvey

SEARCHED_ROWS: Final = 60
SEARCHED_COLUMNS: Final = 120
HEADING_LINES: Final = 3
SAMPLED_ROWS: Final = 200
SHOWN_SAMPLES: Final = 3
SAMPLE_LENGTH: Final = 40
SHOWN_ROWS: Final = 20
SHOWN_COLUMNS: Final = 60
_DEEPER_COSTS: Final = 30

_SHARED: Final = frozenset({ColumnRole.LEVEL_NAME, ColumnRole.ASSIGNEE, ColumnRole.DERIVED})
"""Roles that several columns may hold."""
_NAMING: Final = (ColumnRole.NAME, ColumnRole.LEVEL_NAME)
_TELLING: Final = frozenset(ColumnRole) - {
    *_NAMING,
    ColumnRole.NUMBER,
    ColumnRole.NOTES,
    ColumnRole.KEPT,
    ColumnRole.IGNORED,
}
_MARKS: Final = frozenset("○◯●◎〇✓✔")


def survey_grid(grid: Grid) -> SheetSurvey:
    """Return what one sheet seems to hold; `score` is 0 where no row looks like the heading of a WBS."""
    best = SheetSurvey(sheet=grid.name, score=0, row_count=len(grid.rows))
    for bottom in range(min(SEARCHED_ROWS, len(grid.rows))):
        for depth in range(1, min(HEADING_LINES, bottom + 1) + 1):
            columns, score = _try_heading(grid, bottom - depth + 1, bottom)
            if score > best.score:
                best = SheetSurvey(
                    sheet=grid.name, score=score, header_top=bottom - depth + 1, first_row=bottom + 1, columns=columns
                )
    if not best.score:
        return best
    return _settle(grid, best)


def with_top(grid: Grid, survey: SheetSurvey) -> SheetSurvey:
    """Return a survey with the first rows of its sheet as texts, as far as the table reaches into them and some more."""
    rows = grid.rows[: max(SHOWN_ROWS, min(survey.first_row + 3, SEARCHED_ROWS))]
    width = min(max((len(row) for row in rows), default=0), SHOWN_COLUMNS)
    top = tuple(tuple(_shown(grid.cell(row, column)) for column in range(width)) for row in range(len(rows)))
    return replace(survey, top=top)


def _shown(value: Cell) -> str:
    return "" if value is None else str(value).strip()[:SAMPLE_LENGTH]


def is_mark(value: Cell) -> bool:
    """Tell whether a cell holds nothing but a tick: the person named in the heading is meant."""
    return isinstance(value, str) and value.strip() in _MARKS


def _try_heading(grid: Grid, top: int, bottom: int) -> tuple[tuple[ColumnFound, ...], int]:
    headings = list(_heading_texts(grid, top, bottom))
    columns = _give_out(headings)
    if not _could_be_plan(columns):
        return (), 0
    score = sum(column.confidence_permille for column in columns) - _DEEPER_COSTS * (bottom - top)
    return columns, max(score, 0)


def _could_be_plan(columns: Sequence[ColumnFound]) -> bool:
    """Ask for a column that surely names tasks and one fact of a plan, or for two facts where the naming is doubtful.

    A history of changes has a category, a date and an author too.
    """
    roles = {column.role for column in columns}
    facts = len(roles & _TELLING)
    naming = [column.confidence_permille for column in columns if column.role in _NAMING]
    if not naming:
        return ColumnRole.WBS_CODE in roles and facts > 1
    return facts > (0 if max(naming) >= LIKELY - 50 else 1)


def _heading_texts(grid: Grid, top: int, bottom: int) -> Iterator[tuple[int, str, str]]:
    """Yield column, whole heading and its lowest line, blocks of merged cells and group words spread to the right."""
    lines = [_spread_line(grid, row) for row in range(top, bottom + 1)]
    for column in range(min(SEARCHED_COLUMNS, max(map(len, lines), default=0))):
        texts: list[str] = []
        for line in lines:
            text = line[column] if column < len(line) else ""
            if text and (not texts or texts[-1] != text):
                texts.append(text)
        if texts:
            yield column, "\n".join(texts), texts[-1]


def _spread_line(grid: Grid, row: int) -> list[str]:
    line = [_text(value) for value in grid.rows[row][:SEARCHED_COLUMNS]]
    merged = [merge for merge in grid.merges if merge.top == row and merge.right > merge.left]
    for merge in merged:
        if merge.left < len(line) and len(line[merge.left]) > 0:
            line.extend([""] * (min(merge.right + 1, SEARCHED_COLUMNS) - len(line)))
            for column in range(merge.left + 1, min(merge.right + 1, len(line))):
                line[column] = line[column] or line[merge.left]
    if not merged:
        _spread_groups(grid, row, line)
    return line


def _spread_groups(grid: Grid, row: int, line: list[str]) -> None:
    """Let 予定 and 実績 reach over the empty cells to their right where the next line has a heading of its own."""
    current = ""
    for column in range(len(line)):
        if line[column]:
            current = line[column] if plain(line[column]) in GROUP_WORDS else ""
        elif current and _text(grid.cell(row + 1, column)):
            line[column] = current
        else:
            current = ""


def _text(value: Cell) -> str:
    return value.strip() if isinstance(value, str) else ""


def _give_out(headings: Sequence[tuple[int, str, str]]) -> tuple[ColumnFound, ...]:
    claims = sorted(
        (
            (-confidence, column, role, heading, lowest)
            for column, heading, lowest in headings
            for role, confidence in _claims(heading, lowest)
        ),
        key=lambda claim: claim[:2],
    )
    taken: set[ColumnRole] = set()
    found: dict[int, ColumnFound] = {}
    for negative, column, role, heading, lowest in claims:
        if column in found or (role in taken and role not in _SHARED):
            continue
        taken.add(role)
        found[column] = ColumnFound(
            index=column, heading=heading, label=lowest, role=role, confidence_permille=-negative
        )
    for column, heading, lowest in headings:
        if column not in found:
            found[column] = ColumnFound(index=column, heading=heading, label=lowest, role=ColumnRole.KEPT)
    return tuple(found[column] for column in sorted(found))


def _claims(heading: str, lowest: str) -> tuple[tuple[ColumnRole, int], ...]:
    """Return the roles of the whole heading; failing that of its last line, or of its first where people are named below."""
    claims = roles_of(heading)
    if claims or lowest == heading:
        return claims
    first = heading.split("\n", 1)[0]
    if any(role is ColumnRole.ASSIGNEE for role, _ in roles_of(first)):
        return ((ColumnRole.ASSIGNEE, 700),)
    return tuple((role, confidence * 4 // 5) for role, confidence in roles_of(lowest))


def _settle(grid: Grid, survey: SheetSurvey) -> SheetSurvey:
    """Start below blocks merged downward, then let the contents decide where the words leave a doubt."""
    indexes = {column.index for column in survey.columns}
    first_row = survey.first_row
    for merge in grid.merges:
        if (
            merge.left in indexes
            and survey.header_top <= merge.top < survey.first_row <= merge.bottom < survey.first_row + HEADING_LINES
        ):
            first_row = max(first_row, merge.bottom + 1)
    lowest = {column: text for column, _, text in _heading_texts(grid, survey.header_top, first_row - 1)}
    columns = [
        _with_samples(grid, replace(column, label=lowest.get(column.index, column.label)), first_row)
        for column in survey.columns
    ]
    columns = _judge_contents(grid, columns, first_row)
    columns = _fold_names(columns, [merge for merge in grid.merges if survey.header_top <= merge.top < first_row])
    return SheetSurvey(
        sheet=survey.sheet,
        score=survey.score,
        header_top=survey.header_top,
        first_row=first_row,
        row_count=len(grid.rows) - first_row,
        columns=tuple(columns),
    )


def column_values(grid: Grid, column: int, first_row: int, limit: int = SAMPLED_ROWS) -> list[Cell]:
    """Return the filled cells of a column below the heading, at most `limit` rows deep."""
    rows = range(first_row, min(len(grid.rows), first_row + limit))
    return [value for row in rows if (value := grid.cell(row, column)) is not None]


def _with_samples(grid: Grid, column: ColumnFound, first_row: int) -> ColumnFound:
    shown = tuple(str(value)[:SAMPLE_LENGTH] for value in column_values(grid, column.index, first_row)[:SHOWN_SAMPLES])
    return replace(column, samples=shown)


def _judge_contents(grid: Grid, columns: list[ColumnFound], first_row: int) -> list[ColumnFound]:
    roles = {column.role for column in columns}
    judged = []
    for column in columns:
        role = column.role
        codes = _share_of_codes(column_values(grid, column.index, first_row))
        if role is ColumnRole.NUMBER and ColumnRole.WBS_CODE not in roles and codes.nested > 0:
            role = ColumnRole.WBS_CODE
        elif role is ColumnRole.WBS_CODE and codes.filled and codes.permille < 500:
            role = ColumnRole.KEPT if ColumnRole.NAME in roles else ColumnRole.NAME
        elif role is ColumnRole.DEADLINE and ColumnRole.FINISH not in roles:
            role = ColumnRole.FINISH
        elif role is ColumnRole.MILESTONE and not roles.intersection(_NAMING):
            role = ColumnRole.NAME
        roles.add(role)
        judged.append(replace(column, role=role))
    return judged


class _CodeShare:
    """How much of a column are outline codes, and how many of them have more than one part."""

    __slots__ = ("filled", "nested", "permille")

    def __init__(self, filled: int, codes: int, nested: int) -> None:
        self.filled = filled
        self.permille = codes * 1000 // filled if filled else 0
        self.nested = nested if self.permille >= 500 else 0


def _share_of_codes(values: Sequence[Cell]) -> _CodeShare:
    parts = [looks_like_code(value) for value in values]
    return _CodeShare(len(parts), sum(count > 0 for count in parts), sum(count > 1 for count in parts))


def _fold_names(columns: list[ColumnFound], merges: Sequence[Merge]) -> list[ColumnFound]:
    """Turn the columns under one wide name heading, and group columns left of it, into levels; drop groups elsewhere."""
    name = next((column for column in columns if column.role is ColumnRole.NAME), None)
    groups = [column for column in columns if column.role is ColumnRole.LEVEL_NAME]
    if name is None:
        return _promote_last_group(columns, groups)
    wide = next((merge.right for merge in merges if merge.left == name.index and merge.right > merge.left), name.index)
    folded = []
    for column in columns:
        role = column.role
        if name.index < column.index <= wide and column.role in {ColumnRole.KEPT, ColumnRole.LEVEL_NAME}:
            role = ColumnRole.LEVEL_NAME
        elif role is ColumnRole.LEVEL_NAME and column.index > name.index:
            role = ColumnRole.KEPT
        folded.append(replace(column, role=role))
    return folded


def _promote_last_group(columns: list[ColumnFound], groups: Sequence[ColumnFound]) -> list[ColumnFound]:
    if not groups:
        return columns
    last = groups[-1].index
    return [replace(column, role=ColumnRole.NAME) if column.index == last else column for column in columns]
