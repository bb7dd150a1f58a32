"""Read the cells of one row, each with its remark in the account."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kaname.engine.text import Message
from kaname.formats.wbs import messages
from kaname.formats.wbs.account import TableAccount
from kaname.formats.wbs.amounts import (
    AmountFlaw,
    MinutesRead,
    ProgressRead,
    State,
    Units,
    is_percent_scale,
    read_minutes,
    read_progress,
    read_state,
    unit_of_heading,
)
from kaname.formats.wbs.dates import FIRST_YEAR, LAST_YEAR, NO_DATE, DateFlaw, DateRead, read_date
from kaname.formats.wbs.references import Person, read_people
from kaname.formats.wbs.survey import column_values, is_mark
from kaname.formats.wbs.types import Cell, ColumnFound, ColumnRole, Grid

SHOWN_VALUE: Final = 60
_MINUTE_FLAWS: Final = {
    AmountFlaw.UNREADABLE: messages.AMOUNT_UNREADABLE,
    AmountFlaw.NEGATIVE: messages.AMOUNT_NEGATIVE,
    AmountFlaw.TOO_LARGE: messages.AMOUNT_TOO_LARGE,
}
_DATE_LOST: Final = {
    DateFlaw.UNREADABLE: messages.DATE_UNREADABLE,
    DateFlaw.OUT_OF_RANGE: messages.DATE_OUT_OF_RANGE,
    DateFlaw.YEAR_MISSING: messages.YEAR_MISSING,
}
_DATE_CHANGED: Final = {DateFlaw.YEAR_GUESSED: messages.YEAR_GUESSED, DateFlaw.PART_OF_MONTH: messages.PART_OF_MONTH}
_MILESTONE_MARKS: Final = ("◆", "◇", "★", "☆", "▲", "△", "▼", "▽", "【MS】", "[MS]")
_FINISHES: Final = frozenset(
    {ColumnRole.FINISH, ColumnRole.ACTUAL_FINISH, ColumnRole.BASELINE_FINISH, ColumnRole.DEADLINE}
)


def shown(value: Cell) -> str:
    """Return a cell's value as it is quoted in a remark."""
    return " ".join(str(value)[:SHOWN_VALUE].split())


@dataclass(slots=True)
class CellReader:
    """Reads cells by role; counts per column which cells did not simply arrive."""

    grid: Grid
    columns: Sequence[ColumnFound]
    account: TableAccount
    units: Units
    near: date | None
    flawed: Counter[int] = field(default_factory=Counter)
    _by_role: dict[ColumnRole, ColumnFound] = field(default_factory=dict)
    _to_hundred: bool = False

    def __post_init__(self) -> None:
        for column in self.columns:
            self._by_role.setdefault(column.role, column)
        if progress := self._by_role.get(ColumnRole.PROGRESS):
            values = column_values(self.grid, progress.index, 0, limit=len(self.grid.rows))
            self._to_hundred = is_percent_scale(values)

    def has(self, role: ColumnRole) -> bool:
        """Tell whether the table has a column of a role."""
        return role in self._by_role

    def value(self, row: int, role: ColumnRole) -> Cell:
        """Return the cell of a role in a row."""
        column = self._by_role.get(role)
        return self.grid.cell(row, column.index) if column else None

    def date(self, row: int, role: ColumnRole) -> DateRead:
        """Return the date of a role; remarks where it is unreadable, out of range or completed by us."""
        column = self._by_role.get(role)
        if column is None:
            return NO_DATE
        value = self.grid.cell(row, column.index)
        read = read_date(value, near=self.near, is_finish=role in _FINISHES)
        if read.day is not None:
            self.near = read.day
        if read.flaw is not None:
            self._remark_date(row, column, value, read.flaw)
        return read

    def _remark_date(self, row: int, column: ColumnFound, value: Cell, flaw: DateFlaw) -> None:
        if flaw is DateFlaw.OUT_OF_RANGE:
            self.lost(row, column, messages.DATE_OUT_OF_RANGE, value=shown(value), first=FIRST_YEAR, last=LAST_YEAR)
        elif flaw in _DATE_LOST:
            self.lost(row, column, _DATE_LOST[flaw], value=shown(value))
        else:
            self.changed(row, column, _DATE_CHANGED[flaw], value=shown(value))

    def minutes(self, row: int, role: ColumnRole) -> MinutesRead:
        """Return the amount of time of a role; a bare number counts in the unit of the heading, else in days."""
        column = self._by_role.get(role)
        if column is None:
            return MinutesRead()
        value = self.grid.cell(row, column.index)
        read = read_minutes(value, unit=unit_of_heading(column.heading, "d"), units=self.units)
        if read.flaw is not None:
            self.lost(row, column, _MINUTE_FLAWS[read.flaw], value=shown(value))
        return read

    def progress(self, row: int) -> ProgressRead:
        """Return the progress of a row, from its percentage and its status; the percentage wins."""
        percent, status = self._percent(row), self._status(row)
        state = percent.state or status
        permille = percent.permille
        if permille is None and state in {State.DONE, State.NOT_STARTED}:
            permille = 1000 if state is State.DONE else 0
        return ProgressRead(permille, state)

    def _percent(self, row: int) -> ProgressRead:
        column = self._by_role.get(ColumnRole.PROGRESS)
        if column is None:
            return ProgressRead()
        value = self.grid.cell(row, column.index)
        read = read_progress(value, counts_to_hundred=self._to_hundred)
        if read.flaw is AmountFlaw.UNREADABLE:
            self.lost(row, column, messages.PROGRESS_UNREADABLE, value=shown(value))
        elif read.flaw is not None:
            self.changed(row, column, messages.PROGRESS_CLIPPED, value=shown(value))
        return read

    def _status(self, row: int) -> State | None:
        column = self._by_role.get(ColumnRole.STATUS)
        value = self.grid.cell(row, column.index) if column else None
        if column is None or value is None:
            return None
        state = read_state(str(value))
        if state is None:
            self.changed(row, column, messages.STATUS_UNKNOWN, value=shown(value))
        return state

    def unknown_status(self, row: int) -> str:
        """Return the status word of a row where it is none that we know."""
        value = self.value(row, ColumnRole.STATUS)
        return shown(value) if value is not None and read_state(str(value)) is None else ""

    def people(self, row: int) -> list[Person]:
        """Return the assignees of a row from all columns of people, each person once."""
        found: dict[str, Person] = {}
        for column in self.columns:
            if column.role is not ColumnRole.ASSIGNEE:
                continue
            value = self.grid.cell(row, column.index)
            named = read_people(column.label) if is_mark(value) else read_people(value)
            for person in named:
                found.setdefault(person.name, person)
        return list(found.values())

    def is_milestone(self, row: int, name: str) -> bool:
        """Tell whether a row is a milestone by its column, its kind or the mark before its name."""
        value = self.value(row, ColumnRole.MILESTONE)
        kind = self.value(row, ColumnRole.KIND)
        if isinstance(kind, str) and kind.strip().lower() in {"マイルストーン", "milestone", "ms"}:
            return True
        if isinstance(value, str):
            return value.strip().lower() not in {"", "-", "no", "n", "false", "いいえ", "×", "―", "ー"}
        return bool(value) or name.startswith(_MILESTONE_MARKS)

    def lost(self, row: int, column: ColumnFound, template: str, **params: str | int) -> None:
        """Remark that a cell does not arrive."""
        self.flawed[column.index] += 1
        self.account.lost(_subject(column), Message(template, params), place=self.grid.place(row, column.index))

    def changed(self, row: int, column: ColumnFound, template: str, **params: str | int) -> None:
        """Remark that a cell arrives altered."""
        self.flawed[column.index] += 1
        self.account.changed(_subject(column), Message(template, params), place=self.grid.place(row, column.index))

    def lost_role(self, row: int, role: ColumnRole, template: str, **params: str | int) -> None:
        """Remark that the cell of a role does not arrive, where it is filled."""
        column = self._by_role.get(role)
        if column is not None and self.grid.cell(row, column.index) is not None:
            self.lost(row, column, template, **params)

    def changed_role(self, row: int, role: ColumnRole, template: str, **params: str | int) -> None:
        """Remark that the cell of a role arrives altered, where it is filled."""
        column = self._by_role.get(role)
        if column is not None and self.grid.cell(row, column.index) is not None:
            self.changed(row, column, template, **params)


def _subject(column: ColumnFound) -> str:
    return " ".join(column.heading.split()) or column.role.value
