"""A kind of record whose readers and writers a test can set."""

from dataclasses import dataclass, field

from kaname.kernel.files.owners import OWNERS, Owner

SUBJECT_TYPE = "tests.folder"


@dataclass(slots=True)
class Access:
    readers: set[tuple[int | None, int]] = field(default_factory=set)
    writers: set[tuple[int | None, int]] = field(default_factory=set)


ACCESS = Access()

if SUBJECT_TYPE not in OWNERS:
    OWNERS.fill(
        SUBJECT_TYPE,
        Owner(
            can_read=lambda actor, subject_id: (actor.actor_id, subject_id) in ACCESS.readers | ACCESS.writers,
            can_write=lambda actor, subject_id: (actor.actor_id, subject_id) in ACCESS.writers,
        ),
    )
