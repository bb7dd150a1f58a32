"""Read a series of defects found from delimited text."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NoReturn

import numpy as np

from kaname.engine.growth import MOST_FOUND, MOST_RECORDS, FailureTimes, GroupedCounts
from kaname.engine.text import Message
from kaname.formats.delimited.read import read_grid
from kaname.formats.series import messages
from kaname.formats.series.cells import count_in, date_in, folded, is_dated, number_in, time_in
from kaname.formats.series.columns import Columns, find_columns
from kaname.formats.series.contents import LAST_DAY, NO_CHOICE, Choice, DefectSeries, Quantity, TimeUnit
from kaname.formats.types import FileRefused
from kaname.formats.wbs.types import Cell

_TOTALS: Final = frozenset({"合計", "総計", "計", "total", "sum", "totals"})
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the series: its line, its time as a cell, and its value as a cell."""

    line: int
    time: Cell
    value: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """The times of the rows, begin of the test 0, and what they mean."""

    ends: tuple[float, ...]
    unit: TimeUnit
    offset: float = 0.0
    starts_on: date | None = None


def read_series(data: bytes, *, file: str, choice: Choice = NO_CHOICE) -> DefectSeries:
    """Read how many defects were found when.

    Parameters
    ----------
    data
        Delimited text in any encoding and with any delimiter that `formats.delimited` reads.
    file
        Its name, for messages.
    choice
        Columns and end of the observation that a person chose; they win over what is recognised.

    Notes
    -----
    Understood are counts per interval, cumulative counts, failure times, times between failures, and lists with one dated
    row per defect.  Rows are days where the file has dates: working days if no row falls on a week-end, else calendar days.
    Without any time each row is one interval.

    Raises
    ------
    FileRefused
        If it is no text, no column is recognised, a cell cannot be read, or a limit is passed.
    """
    grid, encoding = read_grid(data, file=file)
    columns = find_columns(grid.rows, choice, file=file)
    rows = list(_rows(grid.rows, columns))
    if not rows:
        raise FileRefused(Message(messages.NO_ROWS), file=file, advice=Message(messages.NO_ROWS_ADVICE))
    match columns.quantity:
        case Quantity.PER_INTERVAL | Quantity.CUMULATIVE:
            series = _grouped(rows, columns, choice, file)
        case Quantity.FAILURE_TIMES | Quantity.TIMES_BETWEEN:
            series = _failures(rows, columns, choice, file)
        case Quantity.DATED_DEFECTS:
            series = _listed(rows, columns, choice, file)
    return replace(series, encoding=encoding)


def _rows(rows: Sequence[Sequence[Cell]], columns: Columns) -> Iterator[_Row]:
    """Yield the rows of the series, without blank ones, totals below, and those at the end that are still to come."""
    found = [
        _Row(line=line, time=_cell(row, columns.time), value=_cell(row, columns.value))
        for line, row in enumerate(rows[columns.first :], start=columns.first + 1)
    ]
    decisive = "time" if columns.value is None else "value"
    while found and (not folded(getattr(found[-1], decisive)) or folded(found[-1].time) in _TOTALS):
        found.pop()
    yield from (row for row in found if folded(row.time) or folded(row.value))


def _cell(row: Sequence[Cell], column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else None


def _grouped(rows: list[_Row], columns: Columns, choice: Choice, file: str) -> DefectSeries:
    _limited(len(rows), file)
    rows, clock = _timed(rows, columns, file)
    values = [_count(row, file) for row in rows]
    if columns.quantity is Quantity.CUMULATIVE:
        values = _increments(rows, values, file)
    if sum(values) > MOST_FOUND:
        raise FileRefused(Message(messages.TOO_MANY_FOUND, {"limit": MOST_FOUND}), file=file)
    ends, counts = _merged(clock.ends, values)
    if choice.until is not None and (until := _until(choice.until, clock, ends[-1], file)) > ends[-1]:
        ends, counts = [*ends, until], [*counts, 0]
    return DefectSeries(
        series=GroupedCounts(ends=tuple(ends), counts=tuple(counts)),
        quantity=columns.quantity,
        unit=clock.unit,
        columns=columns.names,
        offset=clock.offset,
        starts_on=clock.starts_on,
    )


def _timed(rows: list[_Row], columns: Columns, file: str) -> tuple[list[_Row], _Clock]:
    """Return the rows in order of time, and their times."""
    if columns.time is None:
        return rows, _Clock(ends=tuple(float(at) for at in range(1, len(rows) + 1)), unit=TimeUnit.ROW)
    if is_dated([row.time for row in rows]):
        days = _dates(rows, file)
        rows, days = _in_order(rows, days, columns, file)
        return rows, _calendar(days, is_whole=True)
    times: list[float] = []
    for row in rows:
        time = time_in(row.time)
        if time is None:
            _refuse(row, messages.NO_NUMBER, messages.CORRECT_ADVICE, file, text=folded(row.time))
        times.append(time)
    rows, times = _in_order(rows, times, columns, file)
    return _numbered(rows, times)


def _in_order[Time: (date, float)](
    rows: list[_Row], times: list[Time], columns: Columns, file: str
) -> tuple[list[_Row], list[Time]]:
    """Return rows and times ascending: newest first is turned round, counts per interval may stand in any order."""
    if len(times) > 1 and all(later < earlier for earlier, later in itertools.pairwise(times)):
        return rows[::-1], times[::-1]
    if columns.quantity is Quantity.PER_INTERVAL:
        order = sorted(range(len(times)), key=lambda at: times[at])
        return [rows[at] for at in order], [times[at] for at in order]
    for at in range(1, len(times)):
        if times[at] <= times[at - 1]:
            _refuse(rows[at], messages.OUT_OF_ORDER, messages.OUT_OF_ORDER_ADVICE, file, text=folded(rows[at].time))
    return rows, times


def _dates(rows: list[_Row], file: str) -> list[date]:
    days: list[date] = []
    for row in rows:
        day = date_in(row.time, near=days[-1] if days else None)
        if day is None:
            _refuse(row, messages.NO_DATE, messages.CORRECT_ADVICE, file, text=folded(row.time))
        days.append(day)
    return days


def _calendar(days: Sequence[date], *, is_whole: bool) -> _Clock:
    """Count working days where no date falls on a week-end though several weeks are spanned, else calendar days.

    Where the dates end whole intervals (`is_whole`), the first one is as long as the others usually are.
    """
    distinct = sorted(set(days))
    steps = [(later - earlier).days for earlier, later in itertools.pairwise(distinct)]
    usual = sorted(steps)[(len(steps) - 1) // 2] if steps else 1
    if 1 in steps and (distinct[-1] - distinct[0]).days > 6 and all(day.weekday() < _SATURDAY for day in distinct):
        first = np.datetime64(distinct[0])
        counted = np.busday_count(first, np.array(days, dtype="datetime64[D]"))
        ends = tuple(float(each) + 1 for each in counted.tolist())
        return _Clock(ends=ends, unit=TimeUnit.WORKING_DAY, starts_on=distinct[0])
    starts_on = distinct[0] - timedelta(days=usual - 1 if is_whole else 0)
    return _Clock(ends=tuple(float((day - starts_on).days + 1) for day in days), unit=TimeUnit.DAY, starts_on=starts_on)


def _numbered(rows: list[_Row], times: list[float]) -> tuple[list[_Row], _Clock]:
    """Begin one step before the first row where the steps are equal, as with week numbers, else at 0 if that is earlier."""
    distinct = sorted(set(times))
    steps = [later - earlier for earlier, later in itertools.pairwise(distinct)]
    usual = sorted(steps)[(len(steps) - 1) // 2] if steps else 1.0
    if distinct[0] == 0 and count_in(rows[0].value) == 0 and len(distinct) > 1:
        kept = [at for at, time in enumerate(times) if time > 0]
        rows, times = [rows[at] for at in kept], [times[at] for at in kept]
        offset = 0.0
    elif distinct[0] <= 0 or all(abs(step - usual) <= 1e-6 * usual for step in steps):
        offset = distinct[0] - usual
    else:
        offset = 0.0
    ends = tuple(time - offset for time in times)
    return rows, _Clock(ends=ends, unit=TimeUnit.NUMBER, offset=offset)


def _count(row: _Row, file: str) -> int:
    if not folded(row.value):
        _refuse(row, messages.MISSING, messages.MISSING_ADVICE, file)
    count = count_in(row.value)
    if count is None:
        _refuse(row, messages.NO_COUNT, messages.CORRECT_ADVICE, file, text=folded(row.value))
    return count


def _increments(rows: list[_Row], values: list[int], file: str) -> list[int]:
    for at in range(1, len(values)):
        if values[at] < values[at - 1]:
            _refuse(rows[at], messages.FALLING, messages.FALLING_ADVICE, file, before=values[at - 1], after=values[at])
    return [values[0], *(later - earlier for earlier, later in itertools.pairwise(values))]


def _merged(ends: Sequence[float], counts: Sequence[int]) -> tuple[list[float], list[int]]:
    """Add up the counts of rows with the same time."""
    merged: dict[float, int] = {}
    for end, count in zip(ends, counts, strict=True):
        merged[end] = merged.get(end, 0) + count
    return list(merged), list(merged.values())


def _failures(rows: list[_Row], columns: Columns, choice: Choice, file: str) -> DefectSeries:
    _limited(len(rows), file)
    times: list[float] = []
    for row in rows:
        number = number_in(row.value)
        if number is None or number < 0:
            _refuse(row, messages.NO_NUMBER, messages.CORRECT_ADVICE, file, text=folded(row.value))
        if columns.quantity is Quantity.TIMES_BETWEEN:
            number += times[-1] if times else 0.0
        if number <= 0:
            _refuse(row, messages.NOT_POSITIVE, messages.CORRECT_ADVICE, file, text=folded(row.value))
        times.append(number)
    times.sort()
    clock = _Clock(ends=tuple(times), unit=TimeUnit.NUMBER)
    until = times[-1] if choice.until is None else _until(choice.until, clock, times[-1], file)
    return DefectSeries(
        series=FailureTimes(times=tuple(times), until=until),
        quantity=columns.quantity,
        unit=clock.unit,
        columns=columns.names,
    )


def _listed(rows: list[_Row], columns: Columns, choice: Choice, file: str) -> DefectSeries:
    """Count a list of dated defects per day, days without any among them."""
    if len(rows) > MOST_FOUND:
        raise FileRefused(Message(messages.TOO_MANY_FOUND, {"limit": MOST_FOUND}), file=file)
    clock = _calendar(_dates([row for row in rows if folded(row.time)], file), is_whole=False)
    last = max(clock.ends)
    until = last if choice.until is None else _until(choice.until, clock, last, file)
    _limited(int(until), file)
    counts = [0] * int(until)
    for end in clock.ends:
        counts[int(end) - 1] += 1
    return DefectSeries(
        series=GroupedCounts(ends=tuple(float(at) for at in range(1, len(counts) + 1)), counts=tuple(counts)),
        quantity=columns.quantity,
        unit=clock.unit,
        columns=columns.names,
        starts_on=clock.starts_on,
    )


def _until(wish: str, clock: _Clock, last: float, file: str) -> float:
    end: float | None = None
    if clock.starts_on is not None:
        day = date_in(wish, near=clock.starts_on)
        if day is not None and clock.starts_on <= day <= LAST_DAY:
            if clock.unit is TimeUnit.WORKING_DAY:
                end = float(np.busday_count(clock.starts_on, day + timedelta(days=1)))
            else:
                end = float((day - clock.starts_on).days + 1)
    elif (number := number_in(wish)) is not None:
        end = number - clock.offset
    if end is None or end < last:
        raise FileRefused(
            Message(messages.BAD_UNTIL, {"text": wish[:80]}), file=file, advice=Message(messages.BAD_UNTIL_ADVICE)
        )
    return end


def _limited(rows: int, file: str) -> None:
    if rows > MOST_RECORDS:
        raise FileRefused(
            Message(messages.TOO_MANY, {"limit": MOST_RECORDS}), file=file, advice=Message(messages.TOO_MANY_ADVICE)
        )


def _refuse(row: _Row, template: str, advice: str, file: str, **params: str | int) -> NoReturn:
    raise FileRefused(Message(template, params), file=file, place=f"line {row.line}", advice=Message(advice))
