"""The one way to publish."""

from datetime import datetime
from typing import Final

from django.db import connection

from kaname.kernel.jobs.queue import enqueue_once_on_commit
from kaname.kernel.journal.chain import entry_hash
from kaname.kernel.journal.jobs import deliver
from kaname.kernel.journal.models import Delivery, Entry
from kaname.kernel.journal.reactions import reactions_to
from kaname.kernel.journal.types import Actor, Event

_CHAIN_LOCK: Final = 0x6B616E616D65
"""Key of PostgreSQL's advisory lock on the end of the chain ("kaname")."""


def publish(event: Event, *, actor: Actor, now: datetime, cause: Entry | None = None) -> Entry:
    """Write an event into the journal and queue its reactions; needs a transaction.

    On PostgreSQL the end of the chain is locked until the transaction ends; on SQLite the transaction itself is the lock.

    Returns
    -------
    Entry
        The written row; hand it as `cause` to what follows from it.

    Raises
    ------
    RuntimeError
        Outside of a transaction: the fact and its change must stand or fall together.

    Notes
    -----
    2 queries; with reactions 1 more, and once in a transaction 2 more to queue them; on PostgreSQL 1 more for the lock.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("publish() needs the transaction of the operation")
    _lock_chain()
    entry = Entry(
        at=now,
        actor_id=actor.actor_id,
        actor_label=actor.actor_label[:200],
        name=event.name,
        project_id=event.project_id,
        subject_type=event.subject.type,
        subject_id=event.subject.id,
        payload=event.facts(),
        cause_id=cause.pk if cause else None,
        previous_hash=Entry.objects.order_by("-id").values_list("hash", flat=True).first() or "",
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    _queue_reactions(event, entry)
    return entry


def _lock_chain() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def _queue_reactions(event: Event, entry: Entry) -> None:
    deliveries = [
        Delivery(entry=entry, reaction=reaction.name, project_id=entry.project_id, fold_key=reaction.fold_key(event))
        for reaction in reactions_to(event.name)
    ]
    if deliveries:
        Delivery.objects.bulk_create(deliveries)
        enqueue_once_on_commit(deliver)
