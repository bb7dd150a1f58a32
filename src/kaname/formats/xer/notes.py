"""Notes of activities: Primavera keeps them as HTML, Kaname as text."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Final

from kaname.engine.text import gettext_noop
from kaname.formats.xer.cells import Cells

_BREAKS: Final = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/tr)\b[^<>]*>")
_TAGS: Final = re.compile(r"<[^<>]*>")
_BLANK_LINES: Final = re.compile(r"\n\s*\n+")
_NO_TASK: Final = gettext_noop("The activity of the note is not in the plan; the note was left out.")
_PLAIN: Final = gettext_noop("The note kept its text and lost its formatting.")


def read_notes(rows: Iterable[Cells], tasks: Mapping[str, int]) -> Mapping[int, str]:
    """Return the notes of each activity by its number, several joined in the order of the file."""
    notes: dict[int, list[str]] = {}
    for cells in rows:
        uid = tasks.get(cells.text("task_id"))
        if uid is None:
            cells.lose_row(_NO_TASK)
            continue
        written = cells.text("task_memo")
        text = plain_text(written)
        if text != written:
            cells.change("task_memo", _PLAIN)
        if text:
            notes.setdefault(uid, []).append(text)
    return {uid: "\n\n".join(texts) for uid, texts in notes.items()}


def plain_text(markup: str) -> str:
    r"""Return the text of a piece of HTML.

    Examples
    --------
    >>> plain_text("<p>Check &amp; sign</p><p>then file</p>")
    'Check & sign\nthen file'
    """
    text = html.unescape(_TAGS.sub("", _BREAKS.sub("\n", markup.replace("\x7f", "\n"))))
    lines = (line.strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
