"""Lists of public holidays from files."""

import csv
import io
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from kaname.engine.text import Message, gettext_noop
from kaname.formats.types import FileRefused
from kaname.kernel.rules.types import Unacceptable
from kaname.kernel.text import translate

LARGEST_FILE: Final = 1_000_000
LONGEST_NAME: Final = 60
_DATE: Final = re.compile(r"\s*(\d{4})[/-](\d{1,2})[/-](\d{1,2})\s*")


@dataclass(frozen=True, slots=True)
class Holiday:
    """One public holiday of a list."""

    on: date
    name: str


class ListRefused(Unacceptable):
    """A file is no list of public holidays: which file, which line, what is wrong and what to do."""


def holidays_of_file(data: bytes, *, file: str) -> tuple[Holiday, ...]:
    """Read a list of public holidays; see `read_holidays`.

    Raises
    ------
    ListRefused
        If it cannot be read, with the reason in the reader's language.
    """
    try:
        return read_holidays(data, file=file)
    except FileRefused as refusal:
        raise ListRefused(_refusal_words(refusal)) from refusal


def holiday_lines(days: Iterable[Holiday]) -> str:
    """Return a list as one text, a day a line, to be read again by `read_holiday_lines`.

    Examples
    --------
    >>> holiday_lines([Holiday(date(2026, 1, 1), "元日")])
    '2026-01-01 元日'
    """
    return "\n".join(f"{day.on.isoformat()} {day.name}" for day in days)


def read_holiday_lines(text: str) -> tuple[Holiday, ...]:
    """Return the list that a text holds; lines that are none are left out."""
    found: dict[date, str] = {}
    for line in text.splitlines():
        day, _space, name = line.partition(" ")
        match = _DATE.fullmatch(day)
        if match and name.strip():
            with suppress(ValueError):
                found[date(*(int(part) for part in match.groups()))] = name.strip()[:LONGEST_NAME]
    return tuple(Holiday(day, name) for day, name in sorted(found.items()))


def read_holidays(data: bytes, *, file: str) -> tuple[Holiday, ...]:
    """Read the Cabinet Office's list, in CP932 or UTF-8, in its long layout (date, name) or its wide one (years side by side).

    Every cell that is a date takes the nearest text beside it as its name: after it in the long layout, before it in the
    wide one, where the name column stands first.

    Raises
    ------
    FileRefused
        If the file is too large, no text of these encodings, or holds no dated holiday.
    """
    if len(data) > LARGEST_FILE:
        raise FileRefused(
            Message(gettext_noop("The file is larger than any list of holidays.")),
            file=file,
            advice=Message(gettext_noop("Choose the CSV file that the Cabinet Office publishes.")),
        )
    found: dict[date, str] = {}
    for number, row in enumerate(csv.reader(io.StringIO(_text(data, file))), start=1):
        found.update(_row_holidays(row, file=file, line=number))
    if not found:
        raise FileRefused(
            Message(gettext_noop("No row holds a date and a name of a holiday.")),
            file=file,
            advice=Message(gettext_noop("The first column must hold dates such as 2026/1/1, the second the names.")),
        )
    return tuple(Holiday(day, name) for day, name in sorted(found.items()))


def _text(data: bytes, file: str) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(
        Message(gettext_noop("The text is neither UTF-8 nor Shift_JIS (CP932).")),
        file=file,
        advice=Message(gettext_noop("Save the list as CSV in one of these encodings.")),
    )


def _row_holidays(row: list[str], *, file: str, line: int) -> dict[date, str]:
    found: dict[date, str] = {}
    names = {index: cell.strip() for index, cell in enumerate(row) if cell.strip() and not _DATE.fullmatch(cell)}
    for index, cell in enumerate(row):
        match = _DATE.fullmatch(cell)
        if match is None:
            continue
        name = names.get(index - 1) or names.get(index + 1)
        if name is None:
            continue
        try:
            found[date(*(int(part) for part in match.groups()))] = name[:LONGEST_NAME]
        except ValueError:
            raise FileRefused(
                Message(gettext_noop("%(text)s is no date."), {"text": cell.strip()}),
                file=file,
                place=str(line),
                advice=Message(gettext_noop("Correct the line and import the file again.")),
            ) from None
    return found


def _refusal_words(refusal: FileRefused) -> str:
    values = {"file": refusal.file, "line": refusal.place}
    where = _("%(file)s, line %(line)s:") % values if refusal.place else f"{refusal.file}:"
    words = [where, translate(refusal.message), *([translate(refusal.advice)] if refusal.advice else [])]
    return " ".join(words)
