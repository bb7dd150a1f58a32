"""Rows of a table by the meaning of their columns, and the tasks that they name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from kaname.engine.network.plan import Plan, Task
from kaname.engine.simulation.questions import open_tasks
from kaname.engine.text import Message, gettext_noop
from kaname.formats.delimited.read import read_grid
from kaname.formats.detect import detect_kind
from kaname.formats.series.cells import number_in
from kaname.formats.types import FileKind, FileRefused
from kaname.formats.wbs.types import Cell
from kaname.formats.wbs.vocabulary import folded_word

_SEARCHED: Final = 30

_NO_COLUMN: Final = gettext_noop("There is no column “%(column)s”.")
_NO_COLUMN_ADVICE: Final = gettext_noop("Give the table one row of headings, with these among them: %(columns)s.")
_NO_TASK: Final = gettext_noop("The plan has no task “%(task)s” whose duration is still open.")
_NO_TASK_ADVICE: Final = gettext_noop("Write the number or the exact name of a task that is not finished.")
_AMBIGUOUS: Final = gettext_noop("Several tasks are named “%(task)s”.")
_AMBIGUOUS_ADVICE: Final = gettext_noop("Write the number of the task instead of its name.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its file and line, and its cells by the meaning of their columns."""

    file: str
    line: int
    cells: Mapping[str, Cell]

    def text(self, role: str) -> str:
        """Return what a cell holds as text, empty where there is none."""
        cell = self.cells.get(role)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return "" if cell is None else str(cell).strip()

    def refuse(self, template: str, advice: str, **params: str | int) -> NoReturn:
        """Refuse the file because of this row."""
        self.refuse_with(Message(template, params), advice)

    def refuse_with(self, message: Message, advice: str) -> NoReturn:
        """Refuse the file because of this row, for a reason that another gives."""
        raise FileRefused(message, file=self.file, place=f"line {self.line}", advice=Message(advice))


def read_rows(data: bytes, *, file: str, headings: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Iterator[Row]:
    """Yield the rows below the headings of delimited text or of the first sheet of a workbook.

    Parameters
    ----------
    headings
        By meaning of a column: how it may be headed.
    needed
        Meanings without which there is no table.

    Raises
    ------
    FileRefused
        If it is no table, or a column is missing.
    """
    rows = _grid(data, file)
    meanings = {folded_word(word): role for role, words in headings.items() for word in words}
    found = [{meanings[folded_word(cell)]: at for at, cell in enumerate(row) if folded_word(cell) in meanings}
             for row in rows[:_SEARCHED]]  # fmt: skip
    best = max(range(len(found)), key=lambda at: (len(found[at]), -at), default=0)
    places = found[best] if found else {}
    missing = next((role for role in needed if role not in places), None)
    if missing is not None:
        columns = ", ".join(headings[role][0] for role in needed)
        raise FileRefused(
            Message(_NO_COLUMN, {"column": headings[missing][0]}),
            file=file,
            advice=Message(_NO_COLUMN_ADVICE, {"columns": columns}),
        )
    for line, row in enumerate(rows[best + 1 :], start=best + 2):
        cells = {role: row[at] for role, at in places.items() if at < len(row) and row[at] not in (None, "")}
        if cells:
            yield Row(file, line, cells)


def _grid(data: bytes, file: str) -> Sequence[Sequence[Cell]]:
    if detect_kind(data, file=file) is FileKind.XLSX:
        from kaname.formats.workbook.read import read_sheets  # noqa: PLC0415 - loads a parser that text does not need

        sheets = [sheet.rows for sheet in read_sheets(data, file=file) if sheet.rows]
        return sheets[0] if sheets else ()
    grid, _ = read_grid(data, file=file)
    return grid.rows


class Tasks:
    """The open tasks of a plan by number and name."""

    def __init__(self, plan: Plan) -> None:
        self._by_uid: dict[int, Task] = {}
        self._by_name: dict[str, list[Task]] = {}
        for task in open_tasks(plan):
            self._by_uid[task.uid] = task
            self._by_name.setdefault(task.name.strip(), []).append(task)

    def named(self, row: Row, text: str) -> Task:
        """Return the task that a row names, by its name or else by its number."""
        same = self._by_name.get(text, [])
        if len(same) > 1:
            row.refuse(_AMBIGUOUS, _AMBIGUOUS_ADVICE, task=text)
        if same:
            return same[0]
        number = number_in(text)
        task = self._by_uid.get(int(number)) if number is not None and number == int(number) else None
        if task is None:
            row.refuse(_NO_TASK, _NO_TASK_ADVICE, task=text[:80])
        return task
