"""The hash chain over journal entries."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Chained(Protocol):
    """What of an entry is bound by its hash."""

    id: int
    at: datetime
    actor_id: int | None
    actor_label: str
    name: str
    project_id: int | None
    subject_type: str
    subject_id: int | None
    payload: object
    cause_id: int | None
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The result of a check of the chain.

    `broken_id` is the first entry whose hash or link does not fit, `None` when all fit; `head` is the last good hash, to
    be kept outside of the system.
    """

    entries: int
    head: str
    broken_id: int | None = None
    reason: str = ""


def entry_hash(entry: Chained) -> str:
    """Return the SHA-256 over the canonical JSON of an entry and the hash before it, as 64 hex digits.

    The id is left out: it is given by the database when the row is written.  Order is bound by the chain itself.
    """
    facts = [
        entry.previous_hash,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_label,
        entry.name,
        entry.project_id,
        entry.subject_type,
        entry.subject_id,
        entry.payload,
        entry.cause_id,
    ]
    canonical = json.dumps(facts, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def verify(entries: Iterable[Chained]) -> Verdict:
    """Check entries in ascending order of id from the first on; stop at the first that does not fit. O(n)."""
    head = ""
    count = 0
    for entry in entries:
        if entry.previous_hash != head:
            return Verdict(entries=count, head=head, broken_id=entry.id, reason="link")
        if entry_hash(entry) != entry.hash:
            return Verdict(entries=count, head=head, broken_id=entry.id, reason="content")
        head = entry.hash
        count += 1
    return Verdict(entries=count, head=head)
