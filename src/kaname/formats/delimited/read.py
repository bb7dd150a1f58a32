"""Read a WBS table from delimited text into a plan."""

import csv
import io
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.formats.delimited.decoding import EMPTY, NO_TEXT_ADVICE, decode
from kaname.formats.types import FileKind, FileRefused, ReadResult
from kaname.formats.wbs import messages
from kaname.formats.wbs.interpreter import MOST_ROWS, interpret
from kaname.formats.wbs.mapping import apply_mapping
from kaname.formats.wbs.options import DEFAULT_OPTIONS, ReadOptions
from kaname.formats.wbs.survey import SEARCHED_ROWS, survey_grid, with_top
from kaname.formats.wbs.types import Cell, Grid, Survey, TableMapping

MOST_BYTES: Final = 32 * 1024 * 1024
LONGEST_LINE: Final = 200_000
LONGEST_CELL: Final = 131_072
_DELIMITERS: Final = (",", "\t", ";", "|")
_SNIFFED_CHARACTERS: Final = 50_000
_SNIFFED_RECORDS: Final = 40
_GUARDED: Final = "=+-@\t\r＝＋－＠"

TOO_LARGE: Final = gettext_noop("The file has %(megabytes)s MB; at most %(limit)s MB are read.")
LINE_TOO_LONG: Final = gettext_noop("The line is longer than %(limit)s characters.")
CELL_TOO_LONG: Final = gettext_noop(
    "A cell is longer than %(limit)s characters; a quotation mark is probably not closed."
)
UNCLOSED: Final = gettext_noop("A quotation mark is not closed.")
MISPLACED: Final = gettext_noop("A quotation mark stands within a cell.")
QUOTES_ADVICE: Final = gettext_noop("Check the quotation marks on this line; one inside a cell is written twice.")


def read_delimited(
    data: bytes,
    *,
    file: str,
    mapping: TableMapping | None = None,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> ReadResult:
    """Read a plan from CSV, TSV or other delimited text; encoding and delimiter are found out.

    Parameters
    ----------
    file
        The file's name, for messages and for the name of the plan.
    mapping
        A person's own choice of first row and columns; it wins over what we find.

    Raises
    ------
    FileRefused
        If it is no text, passes a limit, has unbalanced quotes, or holds no WBS.
    """
    grid, encoding = read_grid(data, file=file)
    survey = apply_mapping(grid, mapping, file=file) if mapping else survey_grid(grid)
    if not survey.score:
        raise FileRefused(Message(messages.NO_TABLE), file=file, advice=Message(messages.NO_TABLE_ADVICE))
    table = interpret(grid, survey, file=file, options=options)
    return ReadResult(kind=FileKind.CSV, plan=table.plan, loss=table.loss, encoding=encoding)


def survey_delimited(data: bytes, *, file: str) -> Survey:
    """Say what delimited text seems to hold: heading, columns with confidence and samples.

    Raises
    ------
    FileRefused
        If it is no text, passes a limit or has unbalanced quotes.
    """
    grid, _ = read_grid(data, file=file)
    return Survey(sheets=(with_top(grid, survey_grid(grid)),))


def read_grid(data: bytes, *, file: str) -> tuple[Grid, str]:
    """Return the cells of delimited text, all of them texts, and the name of the encoding."""
    if len(data) > MOST_BYTES:
        raise FileRefused(
            Message(TOO_LARGE, {"megabytes": len(data) // 1024**2 + 1, "limit": MOST_BYTES // 1024**2}),
            file=file,
            advice=Message(messages.TOO_MANY_ROWS_ADVICE),
        )
    text, encoding = decode(data, file=file)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise FileRefused(Message(EMPTY), file=file, advice=Message(NO_TEXT_ADVICE))
    _check_lines(text, file)
    return Grid(rows=_read_rows(text, find_delimiter(text), file)), encoding


def find_delimiter(text: str) -> str:
    r"""Return the delimiter that divides most of the first records into equally many cells.

    Examples
    --------
    >>> find_delimiter("No;タスク;工数\n1;設計;1,5\n"), find_delimiter("a\tb,c\n1\t2")
    (';', '\t')
    """
    sample = text[:_SNIFFED_CHARACTERS]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    widths: list[int] = []
    try:
        for record in csv.reader(io.StringIO(sample), delimiter=delimiter):
            if any(cell.strip() for cell in record):
                widths.append(len(record))
            if len(widths) == _SNIFFED_RECORDS:
                break
    except csv.Error:
        return (0, 0)
    divided = [width for width in widths if width > 1]
    if not divided:
        return (0, 0)
    usual = max(set(divided), key=divided.count)
    return (divided.count(usual), usual)


def _check_lines(text: str, file: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise FileRefused(
                Message(LINE_TOO_LONG, {"limit": LONGEST_LINE}),
                file=file,
                place=f"line {number}",
                advice=Message(QUOTES_ADVICE),
            )


def _read_rows(text: str, delimiter: str, file: str) -> tuple[tuple[Cell, ...], ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[Cell, ...]] = []
    whole_lines = 0
    try:
        for record in reader:
            rows.append(tuple(_cell(cell) for cell in record))
            whole_lines = reader.line_num
            if len(rows) > MOST_ROWS + SEARCHED_ROWS:
                break
    except csv.Error as error:
        raise _unreadable(error, whole_lines + 1, file) from error
    return tuple(rows)


def _unreadable(error: csv.Error, line: int, file: str) -> FileRefused:
    """Return the refusal of a record, named by the line on which it begins."""
    if "field larger" in str(error):
        message = Message(CELL_TOO_LONG, {"limit": LONGEST_CELL})
    else:
        message = Message(UNCLOSED if "unexpected end" in str(error) else MISPLACED)
    return FileRefused(message, file=file, place=f"line {line}", advice=Message(QUOTES_ADVICE))


def _cell(text: str) -> Cell:
    """Return the cell, the guard in front of what looks like a formula taken off again."""
    if text.startswith("'") and text[1:].lstrip()[:1] and (text[1] in _GUARDED or text[1:].lstrip()[0] in _GUARDED):
        text = text[1:]
    return text if text.strip() else None
