"""Keep the account of a table while it is read."""

from collections import Counter
from dataclasses import replace
from typing import Final

from kaname.engine.text import Message
from kaname.formats.types import LossEntry, LossReport, Outcome

MOST_SINGLE_LOSSES: Final = 100
"""So many losses of one kind are listed one by one; further ones are counted with the last."""


class TableAccount:
    """Collects loss entries.

    What was mapped or changed in the same way is counted together under the place of the first; what was lost is listed
    one by one, so that each can be found.
    """

    def __init__(self) -> None:
        self._entries: dict[tuple[Outcome, str, str, int], LossEntry] = {}
        self._losses: Counter[tuple[str, str]] = Counter()

    def mapped(self, subject: str, *, place: str = "", label: str = "", count: int = 1) -> None:
        """Count objects that arrive as they are."""
        self._add(LossEntry(outcome=Outcome.MAPPED, subject=subject, place=place, label=label, count=count), 0)

    def changed(self, subject: str, message: Message, *, place: str = "", label: str = "", count: int = 1) -> None:
        """Count objects that arrive altered; `message` says how."""
        entry = LossEntry(
            outcome=Outcome.CHANGED, subject=subject, place=place, label=label, count=count, message=message
        )
        self._add(entry, 0)

    def lost(self, subject: str, message: Message, *, place: str = "", label: str = "", count: int = 1) -> None:
        """List objects that do not arrive; `message` says why."""
        number = self._losses[subject, message.template]
        self._losses[subject, message.template] += 1
        entry = LossEntry(outcome=Outcome.LOST, subject=subject, place=place, label=label, count=count, message=message)
        self._add(entry, min(number, MOST_SINGLE_LOSSES - 1))

    def report(self) -> LossReport:
        """Return the account: mapped first, then changed, then lost, each in the order of the file."""
        order = (Outcome.MAPPED, Outcome.CHANGED, Outcome.LOST)
        return LossReport(entries=tuple(sorted(self._entries.values(), key=lambda entry: order.index(entry.outcome))))

    def _add(self, entry: LossEntry, number: int) -> None:
        if not entry.count:
            return
        key = (entry.outcome, entry.subject, entry.message.template if entry.message else "", number)
        known = self._entries.get(key)
        self._entries[key] = replace(known, count=known.count + entry.count) if known else entry
