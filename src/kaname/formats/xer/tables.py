"""The tables of an XER file: `%T` names one, `%F` its columns, `%R` holds a row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.formats.account import Account
from kaname.formats.types import FileRefused

MAX_BYTES: Final = 256 * 1024 * 1024
IDLE: Final = frozenset({"", "0", "0.00", "0.0", "N"})

_NO_XER: Final = gettext_noop("This is no Primavera file: it does not begin with ERMHDR.")
_NO_TABLES: Final = gettext_noop("The file has no activities: there is no table TASK.")
_NO_KEY: Final = gettext_noop("An activity has no key: the column task_id is missing or empty.")
_TOO_LARGE: Final = gettext_noop("The file is larger than %(limit)s MB, which no plan needs.")
_ADVICE: Final = gettext_noop("In Primavera P6, export the project in the format XER and import that file.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table and the line that it stands on."""

    table: str
    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """Return a cell, empty where the table has no such column."""
        return self.cells.get(column, "")


@dataclass(slots=True)
class Tables:
    """All tables of a file.

    Attributes
    ----------
    header
        The words of the first line: version, date, user, database, currency.
    rows
        Rows by table in the order of the file.
    """

    header: tuple[str, ...] = ()
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def of(self, table: str) -> Sequence[Row]:
        """Return the rows of a table, none where the file does not have it."""
        return self.rows.get(table, ())


def split_tables(text: str, *, file: str) -> Tables:
    """Cut the text of a file into tables.

    Raises
    ------
    FileRefused
        If the text is no XER file, has no table of activities, or an activity without a key.
    """
    if len(text) > MAX_BYTES:
        limit = {"limit": MAX_BYTES // (1024 * 1024)}
        raise FileRefused(Message(_TOO_LARGE, limit), file=file, advice=Message(_ADVICE))
    lines = text.split("\n")
    if not lines[0].startswith("ERMHDR"):
        raise FileRefused(Message(_NO_XER), file=file, place="line 1", advice=Message(_ADVICE))
    tables = Tables(header=tuple(lines[0].rstrip("\r").split("\t")[1:]))
    table = ""
    columns: list[str] = []
    for number, words in _records(lines):
        match words[0]:
            case "%T":
                table, columns = (words[1].strip() if len(words) > 1 else ""), []
                tables.rows.setdefault(table, [])
            case "%F":
                columns = [word.strip() for word in words[1:]]
            case "%R":
                cells = dict(zip(columns, words[1:], strict=False))
                tables.rows.setdefault(table, []).append(Row(table, number, cells))
            case _:
                continue
    if "TASK" not in tables.rows:
        raise FileRefused(Message(_NO_TABLES), file=file, advice=Message(_ADVICE))
    keyless = next((row for row in tables.rows["TASK"] if not row.text("task_id").strip()), None)
    if keyless is not None:
        raise FileRefused(Message(_NO_KEY), file=file, place=f"line {keyless.line}, TASK", advice=Message(_ADVICE))
    return tables


def _records(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield records with their line; a line that begins without a mark continues the last cell of the record before it."""
    record: list[str] | None = None
    continued: list[str] = []
    begun = 0
    for number, raw in enumerate(lines[1:], start=2):
        line = raw.rstrip("\r")
        if line.startswith("%"):
            if record is not None:
                yield begun, _with_continuation(record, continued)
            record, begun = line.split("\t"), number
            continued.clear()
        elif record is not None and record[0] == "%R" and line:
            continued.append(line)
    if record is not None:
        yield begun, _with_continuation(record, continued)


def _with_continuation(record: list[str], lines: Sequence[str]) -> list[str]:
    if not lines:
        return record
    first, *rest = "\n".join(lines).split("\t")
    return [*record[:-1], f"{record[-1]}\n{first}", *rest]


def count_rows(account: Account, rows: Sequence[Row], *, subject: str) -> None:
    """Enter rows and their filled cells in the account."""
    if not rows:
        return
    place = f"line {rows[0].line}"
    account.see_many(subject, place=place, count=len(rows))
    filled: Counter[str] = Counter()
    idle: Counter[str] = Counter()
    for row in rows:
        for column, cell in row.cells.items():
            filled[column] += 1
            if cell in IDLE:
                idle[column] += 1
    for column, count in filled.items():
        account.see_many(f"{subject}/{column}", place=place, count=count, idle=idle[column])
