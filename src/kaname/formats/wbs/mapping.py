"""A person's own choice of columns, made into a survey."""

from kaname.engine.text import Message
from kaname.formats.types import FileRefused
from kaname.formats.wbs import messages
from kaname.formats.wbs.headings import CERTAIN
from kaname.formats.wbs.types import Cell, ColumnFound, ColumnRole, Grid, SheetSurvey, TableMapping

_NAMING = frozenset({ColumnRole.NAME, ColumnRole.LEVEL_NAME, ColumnRole.WBS_CODE})


def apply_mapping(grid: Grid, mapping: TableMapping, *, file: str) -> SheetSurvey:
    """Return the survey that a person's choice amounts to; columns that it leaves out are ignored.

    Raises
    ------
    FileRefused
        If no column of it names the tasks, or the first row lies below the table.
    """
    if not _NAMING.intersection(mapping.roles.values()):
        raise FileRefused(
            Message(messages.NO_NAME_COLUMN), file=file, place=grid.name, advice=Message(messages.NO_NAME_COLUMN_ADVICE)
        )
    header = max(mapping.first_row - 1, 0)
    width = max((len(row) for row in grid.rows), default=0)
    columns = [
        ColumnFound(
            index=index,
            heading=_heading(grid.cell(header, index)) or grid.place(header, index),
            label=_heading(grid.cell(header, index)),
            role=mapping.roles.get(index, ColumnRole.IGNORED),
            confidence_permille=CERTAIN,
        )
        for index in range(width)
        if index in mapping.roles or _heading(grid.cell(header, index))
    ]
    return SheetSurvey(
        sheet=grid.name,
        score=CERTAIN,
        header_top=header,
        first_row=mapping.first_row,
        row_count=max(len(grid.rows) - mapping.first_row, 0),
        columns=tuple(columns),
    )


def _heading(value: Cell) -> str:
    return value.strip() if isinstance(value, str) else ""
