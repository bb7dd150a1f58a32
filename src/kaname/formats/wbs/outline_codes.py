"""WBS codes: `1.2.3`, `1-2-3`, `1.2.3.`, `A-1`, `１．２`."""

import re
import unicodedata
from typing import Final

from kaname.formats.wbs.types import Cell

LONGEST_CODE: Final = 200
LONGEST_LETTERS: Final = 3
"""A longer word without any digit is a name."""
_CODE: Final = re.compile(r"[0-9a-z]{1,6}([.\-_][0-9a-z]{1,6})*[.\-]?|[(\[<]?[0-9]{1,4}[)\]>]")
_SEPARATORS: Final = re.compile(r"[.\-_]")


def code_text(value: Cell) -> str:
    """Return the code that a cell shows: a number that a spreadsheet made of `1.2` is `1.2` again.

    Examples
    --------
    >>> code_text(3.0), code_text(1.2), code_text("１－２．"), code_text(True)
    ('3', '1.2', '1-2', '')
    """
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        return ""
    folded = unicodedata.normalize("NFKC", value).strip()
    return folded.replace("−", "-").replace("‐", "-").replace("―", "-").rstrip(".-、")


def code_parts(code: str) -> tuple[str, ...]:
    """Return the parts of a code, outermost first, zeros in front cut off.

    Examples
    --------
    >>> code_parts("1.02-3"), code_parts("")
    (('1', '2', '3'), ())
    """
    return tuple(part.lstrip("0") or part[:1] for part in _SEPARATORS.split(code.lower().strip("()[]<>")) if part)


def looks_like_code(value: Cell) -> int:
    """Return the number of parts if the cell holds an outline code, else 0."""
    code = code_text(value)
    if not code or len(code) > LONGEST_CODE or not _CODE.fullmatch(code.lower()):
        return 0
    if len(code) > LONGEST_LETTERS and not any(character.isdigit() for character in code):
        return 0
    return len(code_parts(code))
