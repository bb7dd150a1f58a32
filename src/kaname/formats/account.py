"""The account of a file while it is read: every object is counted once and ends in exactly one entry of the report."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kaname.engine.text import Message
from kaname.formats.types import LossEntry, LossReport, Outcome

ENTRIES_PER_KIND: Final = 100
"""So many single entries of one kind are listed; the rest is folded into one entry with a count."""

MAX_SUBJECTS: Final = 2_000
OTHER_SUBJECTS: Final = "*"
"""Lost kinds beyond the 2,000th - no product writes as many - are counted together under this one."""


class Account:
    """Count the objects of a file and remember what became of the remarkable ones.

    Parameters
    ----------
    reason_of
        Says of the kind of an object why it is lost, or `None` where it is mapped.  Asked once per kind.

    Notes
    -----
    An object is first seen (`see`) and may later be taken out for an entry of its own (`change`, `lose`).  What is left
    at the end is mapped or lost as `reason_of` says of its kind.  An object of a lost kind that holds nothing - empty,
    zero, false - has nothing to lose and counts as mapped.
    """

    def __init__(self, reason_of: Callable[[str], Message | None]) -> None:
        self._reason_of = reason_of
        self._reasons: dict[str, Message | None] = {}
        self._seen: Counter[str] = Counter()
        self._idle: Counter[str] = Counter()
        self._first_place: dict[str, str] = {}
        self._single: dict[tuple[Outcome, str, str], list[LossEntry]] = {}
        self._folded: Counter[tuple[Outcome, str, str]] = Counter()

    def see(self, subject: str, *, place: str, is_idle: bool = False) -> None:
        """Count one object; `is_idle` says that it holds nothing."""
        self.see_many(subject, place=place, count=1, idle=int(is_idle))

    def see_many(self, subject: str, *, place: str, count: int, idle: int = 0) -> None:
        """Count many objects of one kind at once, `idle` of which hold nothing."""
        if subject not in self._reasons:
            reason = self._reason_of(subject)
            if reason is not None and len(self._reasons) >= MAX_SUBJECTS:
                subject = OTHER_SUBJECTS
            self._reasons[subject] = reason
            self._first_place[subject] = place
        elif idle < count and self._seen[subject] == self._idle[subject]:
            self._first_place[subject] = place
        self._seen[subject] += count
        self._idle[subject] += idle

    def change(self, subject: str, message: Message, *, place: str = "", label: str = "") -> None:
        """Take one seen object out and enter how it was changed."""
        self._take(Outcome.CHANGED, subject, message, place, label, is_idle=False)

    def lose(self, subject: str, message: Message, *, place: str = "", label: str = "", is_idle: bool = False) -> None:
        """Take one seen object out and enter why it was lost; `is_idle` as it was seen."""
        self._take(Outcome.LOST, subject, message, place, label, is_idle=is_idle)

    def lose_alike(self, subject: str, message: Message, *, place: str = "", is_idle: bool = False) -> None:
        """Take one seen object out and count it with all that were lost for the same reason, under one entry."""
        key = (Outcome.LOST, subject, message.template)
        if not self._single.get(key):
            self.lose(subject, message, place=place, is_idle=is_idle)
        elif self._seen[subject] > 0:
            self._seen[subject] -= 1
            self._idle[subject] -= int(is_idle)
            self._folded[key] += 1

    def report(self) -> LossReport:
        """Return the account: mapped first, then changed, then lost, each in the order of the file."""
        entries = [*self._mapped(), *self._singles(Outcome.CHANGED), *self._singles(Outcome.LOST), *self._lost_kinds()]
        return LossReport(entries=tuple(entries))

    def _take(self, outcome: Outcome, subject: str, message: Message, place: str, label: str, *, is_idle: bool) -> None:
        if self._seen[subject] <= 0:
            # An object has one entry: a second remark on it would count it twice.
            return
        self._seen[subject] -= 1
        if is_idle:
            self._idle[subject] -= 1
        key = (outcome, subject, message.template)
        listed = self._single.setdefault(key, [])
        if len(listed) < ENTRIES_PER_KIND:
            listed.append(LossEntry(outcome=outcome, subject=subject, place=place, label=label, message=message))
        else:
            self._folded[key] += 1

    def _mapped(self) -> list[LossEntry]:
        entries = []
        for subject, seen in self._seen.items():
            count = seen if self._reasons.get(subject) is None else self._idle[subject]
            if count > 0:
                place = self._first_place[subject]
                entries.append(LossEntry(outcome=Outcome.MAPPED, subject=subject, place=place, count=count))
        return entries

    def _singles(self, outcome: Outcome) -> list[LossEntry]:
        entries = []
        for key, listed in self._single.items():
            if key[0] is not outcome:
                continue
            last = listed[-1]
            entries.extend(listed[:-1])
            folded = self._folded[key]
            entries.append(replace(last, count=folded + 1, label="") if folded else last)
        return entries

    def _lost_kinds(self) -> list[LossEntry]:
        entries = []
        for subject, seen in self._seen.items():
            reason = self._reasons.get(subject)
            count = seen - self._idle[subject]
            if reason is not None and count > 0:
                place = self._first_place[subject]
                entries.append(
                    LossEntry(outcome=Outcome.LOST, subject=subject, place=place, count=count, message=reason)
                )
        return entries
