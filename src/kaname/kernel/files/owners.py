"""Whose files may be read and changed by whom: the room that owns the record says it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.types import Actor, Missing, Refused
from kaname.kernel.slots import Slot

Predicate = Callable[[Actor, int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """What a kind of record says about its files: who sees them, who adds and discards them (of the record's id)."""

    can_read: Predicate
    can_write: Predicate


OWNERS: Final[Slot[Owner]] = Slot("files.owners")
"""Rooms fill it by subject type (`issues.issue`) from their `AppConfig.ready`."""


class UnknownOwner(LookupError):
    """No room answers for files of this kind of record."""


def owner_of(subject_type: str) -> Owner:
    """Return who answers for a kind of record.

    Raises
    ------
    UnknownOwner
        If no room has registered it: its files are then closed to all.
    """
    if subject_type not in OWNERS:
        raise UnknownOwner(f"no room answers for files of {subject_type!r}")
    return OWNERS[subject_type]


def require_reading(actor: Actor, subject: Subject) -> None:
    """Raise `Missing` unless the actor may see the record's files."""
    if not owner_of(subject.type).can_read(actor, subject.id):
        raise Missing


def require_writing(actor: Actor, subject: Subject, refusal: str) -> None:
    """Raise `Missing` if the files may not be seen, `Refused` if they may be seen but not changed."""
    require_reading(actor, subject)
    if not owner_of(subject.type).can_write(actor, subject.id):
        raise Refused(refusal)
