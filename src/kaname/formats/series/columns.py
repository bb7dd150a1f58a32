"""Find the heading and the columns of a series."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from kaname.engine.text import Message
from kaname.formats.series import messages
from kaname.formats.series.cells import date_in, folded, is_dated, number_in
from kaname.formats.series.contents import Choice, Quantity
from kaname.formats.series.headings import SeriesRole, may_count_per_interval, roles_of
from kaname.formats.types import FileRefused
from kaname.formats.wbs.types import Cell
from kaname.formats.wbs.vocabulary import folded_word

_SEARCHED: Final = 30
_SHOWN: Final = 120
_VALUES: Final = (
    (SeriesRole.FOUND, Quantity.PER_INTERVAL),
    (SeriesRole.CUMULATIVE, Quantity.CUMULATIVE),
    (SeriesRole.BETWEEN, Quantity.TIMES_BETWEEN),
    (SeriesRole.TIMES, Quantity.FAILURE_TIMES),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns are read and what they mean; `first` is the first row below the headings."""

    first: int
    quantity: Quantity
    time: int | None
    value: int | None
    names: tuple[str, ...]


def find_columns(rows: Sequence[Sequence[Cell]], choice: Choice, *, file: str) -> Columns:
    """Return the columns of a series.

    Raises
    ------
    FileRefused
        If a chosen column is not there, or none was recognised.
    """
    at = _heading_row(rows, choice)
    headings = rows[at] if at is not None else ()
    first = 0 if at is None else at + 1
    roles = _chosen(rows, headings, choice, file) or _recognised(rows[first:], headings)
    for role, quantity in _VALUES:
        if role in roles:
            time = roles.get(SeriesRole.TIME) if quantity in (Quantity.PER_INTERVAL, Quantity.CUMULATIVE) else None
            return Columns(
                first=first, quantity=quantity, time=time, value=roles[role], names=_names(headings, time, roles[role])
            )
    time = roles.get(SeriesRole.TIME)
    if time is None:
        raise FileRefused(
            Message(messages.NO_COLUMN, {"headings": _shown(headings or (rows[0] if rows else ()))}),
            file=file,
            place="line 1" if at is None else f"line {at + 1}",
            advice=Message(messages.NO_COLUMN_ADVICE),
        )
    cells = [row[time] for row in rows[first:] if time < len(row)]
    quantity = Quantity.DATED_DEFECTS if is_dated(cells) else Quantity.FAILURE_TIMES
    return Columns(
        first=first,
        quantity=quantity,
        time=time if quantity is Quantity.DATED_DEFECTS else None,
        value=None if quantity is Quantity.DATED_DEFECTS else time,
        names=_names(headings, time, None),
    )


def _heading_row(rows: Sequence[Sequence[Cell]], choice: Choice) -> int | None:
    """Return the row of headings: the first that names a column, else the first that holds words alone."""
    wanted = {folded_word(name) for name in _wishes(choice).values() if number_in(name) is None}
    for at, row in enumerate(rows[:_SEARCHED]):
        if any(folded_word(cell) in wanted for cell in row) or (roles_of(row) and not _is_data(row)):
            return at
    for at, row in enumerate(rows[:_SEARCHED]):
        if any(folded(cell) for cell in row):
            return None if _is_data(row) else at
    return None


def _is_data(row: Sequence[Cell]) -> bool:
    return any(number_in(cell) is not None or date_in(cell, near=None) is not None for cell in row)


def _wishes(choice: Choice) -> dict[SeriesRole, str]:
    roles = {field.name: getattr(choice, field.name) for field in fields(choice) if field.name != "until"}
    return {SeriesRole(name): wish for name, wish in roles.items() if wish is not None}


def _chosen(
    rows: Sequence[Sequence[Cell]], headings: Sequence[Cell], choice: Choice, file: str
) -> dict[SeriesRole, int]:
    """Return the columns that a person chose; the time may still be recognised."""
    wishes = _wishes(choice)
    if not wishes:
        return {}
    width = max((len(row) for row in rows[:_SEARCHED]), default=0)
    roles = {role: find_column(wish, headings, width, file) for role, wish in wishes.items()}
    known = roles_of(headings)
    if set(roles) == {SeriesRole.TIME}:
        return {**{role: column for role, column in known.items() if column not in roles.values()}, **roles}
    if SeriesRole.TIME not in roles and known.get(SeriesRole.TIME) not in (None, *roles.values()):
        roles[SeriesRole.TIME] = known[SeriesRole.TIME]
    return roles


def find_column(wish: str, headings: Sequence[Cell], width: int, file: str) -> int:
    """Return the place of a column that a person named by its heading or its number from 1.

    Raises
    ------
    FileRefused
        If there is none.
    """
    words = [folded_word(cell) for cell in headings]
    if folded_word(wish) in words:
        return words.index(folded_word(wish))
    number = number_in(wish)
    if number is not None and number == int(number) and 1 <= number <= width:
        return int(number) - 1
    raise FileRefused(
        Message(messages.UNKNOWN_COLUMN, {"name": wish[:_SHOWN], "headings": _shown(headings)}),
        file=file,
        advice=Message(messages.UNKNOWN_COLUMN_ADVICE),
    )


def _recognised(rows: Sequence[Sequence[Cell]], headings: Sequence[Cell]) -> dict[SeriesRole, int]:
    """Return the columns by their headings, else - of one or two columns - by their place."""
    roles = roles_of(headings)
    filled = [row for row in rows if any(folded(cell) for cell in row)]
    width = max((len(row) for row in filled), default=0)
    if not roles and width == 1:
        is_date = is_dated([row[0] for row in filled])
        return {SeriesRole.TIME if is_date else SeriesRole.FOUND: 0}
    if not roles and width == 2:
        return {SeriesRole.TIME: 0, SeriesRole.CUMULATIVE if _rises(filled, 1) else SeriesRole.FOUND: 1}
    total = roles.get(SeriesRole.CUMULATIVE)
    if total is not None and may_count_per_interval(headings[total]) and not _rises(filled, total):
        roles.setdefault(SeriesRole.FOUND, total)
    return roles


def _rises(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    """Tell whether the numbers of a column never fall."""
    values = [number_in(row[column]) for row in rows if column < len(row)]
    numbers = [value for value in values if value is not None]
    return numbers == sorted(numbers)


def _names(headings: Sequence[Cell], *columns: int | None) -> tuple[str, ...]:
    return tuple(
        str(headings[column])[:_SHOWN] if column < len(headings) and headings[column] is not None else str(column + 1)
        for column in columns
        if column is not None
    )


def _shown(headings: Sequence[Cell]) -> str:
    return ", ".join(str(cell) for cell in headings if cell is not None)[:_SHOWN] or "-"
