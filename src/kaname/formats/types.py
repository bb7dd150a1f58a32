"""What every reader returns and every writer takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kaname.engine.network.plan import Plan
from kaname.engine.text import Message


class FileKind(StrEnum):
    """The kinds of file that we know."""

    MSPDI = "mspdi"
    XER = "xer"
    XLSX = "xlsx"
    CSV = "csv"


class Outcome(StrEnum):
    """What became of an object of the file."""

    MAPPED = "mapped"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class LossEntry:
    """What became of one object, or of one field of many like objects.

    Parameters
    ----------
    outcome
        Mapped, changed or lost.
    subject
        The kind of object in the file's own word: `Task`, `Calendar`, `Task/Hyperlink`, a column heading.
    place
        Where: an element path, a line, a cell, the first of them when `count` > 1.
    label
        The object's name as the user knows it, or empty.
    count
        How many objects this entry stands for.
    message
        How it was changed or why it was lost; `None` for what was mapped.
    """

    outcome: Outcome
    subject: str
    place: str = ""
    label: str = ""
    count: int = 1
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LossReport:
    """The account of a file: every object of it stands in exactly one entry."""

    entries: tuple[LossEntry, ...] = ()

    def counts(self) -> Mapping[Outcome, int]:
        """Return how many objects were mapped, changed and lost."""
        totals = dict.fromkeys(Outcome, 0)
        for entry in self.entries:
            totals[entry.outcome] += entry.count
        return totals


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """A plan read from a file, with its account."""

    kind: FileKind
    plan: Plan
    loss: LossReport
    encoding: str = ""


class FileRefused(Exception):
    """The file cannot be read: says what is wrong, where, and what to do.

    Raised by every reader for bad input; nothing else leaves a reader.
    """

    def __init__(self, message: Message, *, file: str, place: str = "", advice: Message | None = None) -> None:
        self.message = message
        self.file = file
        self.place = place
        self.advice = advice
        super().__init__(str(self))

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        advice = f" {self.advice}" if self.advice else ""
        return f"{where}: {self.message}{advice}"
