"""Places in files as words: readers write them short, doors show them in the reader's language."""

import re
from typing import Final

from kaname.engine.text import Message, gettext_noop

_LINE: Final = re.compile(r"line (\d+)")
_LINE_WORDS: Final = gettext_noop("line %(number)s")


def place_parts(place: str) -> tuple[Message | str, ...]:
    """Return the parts of a place: a line as a sentence to translate, names and paths as they are.

    Examples
    --------
    >>> [str(part) for part in place_parts("line 12, Task/Duration, 設計")]
    ['line 12', 'Task/Duration', '設計']
    """
    parts = place.split(", ", 2) if place else []
    return tuple(_part(part) for part in parts)


def _part(text: str) -> Message | str:
    match = _LINE.fullmatch(text)
    return text if match is None else Message(_LINE_WORDS, {"number": int(match[1])})
