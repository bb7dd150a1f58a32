"""The outline: from levels to parents."""

from typing import Final

from kaname.engine.text import gettext_noop
from kaname.formats.mspdi.record import Record

MAX_LEVEL: Final = 100

_DEEP: Final = gettext_noop("The outline is more than %(limit)s levels deep.")
_DEEP_ADVICE: Final = gettext_noop("Regroup the tasks into fewer levels; a plan that people can read has at most ten.")
_JUMP: Final = gettext_noop("The outline jumps to level %(level)s; the task was put on level %(used)s.")


class Outline:
    """Find the parent of each task in the order of the file."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def parent_of(self, record: Record, uid: int) -> int | None:
        """Place a task and return the number of its parent, `None` for the top level.

        Raises
        ------
        FileRefused
            If the outline is deeper than any person can follow.
        """
        level = _level(record)
        if level > MAX_LEVEL:
            element = record.element.child("OutlineLevel") or record.element
            raise record.refused(element, _DEEP, _DEEP_ADVICE, limit=MAX_LEVEL)
        used = min(max(level, 1), len(self._open) + 1)
        if used != level:
            record.change(record.element.child("OutlineLevel") or record.element, _JUMP, level=level, used=used)
        del self._open[used - 1 :]
        parent = self._open[-1] if self._open else None
        self._open.append(uid)
        return parent


def _level(record: Record) -> int:
    level = record.integer("OutlineLevel")
    if level is not None:
        return level
    number = record.text("OutlineNumber")
    return number.count(".") + 1 if number else 1
