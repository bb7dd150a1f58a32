"""The one way to publish."""

from collections.abc import Sequence
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
_NEWEST_HASH: Final = f"SELECT hash FROM {Entry._meta.db_table} ORDER BY id DESC LIMIT 1"  # noqa: S608 - a name of ours


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
    _begin_writing()
    entry = _entry(event, actor=actor, now=now, cause=cause, previous_hash=_newest_hash())
    entry.save(force_insert=True)
    _queue_reactions([(event, entry)])
    return entry


def publish_all(events: Sequence[Event], *, actor: Actor, now: datetime, cause: Entry | None = None) -> list[Entry]:
    """Write several events of one actor in their order, as `publish` for each, at the cost of one.

    Returns
    -------
    list of Entry
        The written rows in the order of the events.

    Raises
    ------
    RuntimeError
        Outside of a transaction.

    Notes
    -----
    2 queries; with reactions 1 more, and once in a transaction 2 more to queue them; none without events.
    """
    _begin_writing()
    entries: list[Entry] = []
    newest = _newest_hash() if events else ""
    for event in events:
        entries.append(_entry(event, actor=actor, now=now, cause=cause, previous_hash=newest))
        newest = entries[-1].hash
    Entry.objects.bulk_create(entries)
    _queue_reactions(list(zip(events, entries, strict=True)))
    return entries


def _begin_writing() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("publish() needs the transaction of the operation")
    _lock_chain()


def _lock_chain() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def _newest_hash() -> str:
    """Return the end of the chain; asked with every fact, so without building a query set each time."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_HASH)
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _entry(event: Event, *, actor: Actor, now: datetime, cause: Entry | None, previous_hash: str) -> Entry:
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
        previous_hash=previous_hash,
    )
    entry.hash = entry_hash(entry)
    return entry


def _queue_reactions(written: Sequence[tuple[Event, Entry]]) -> None:
    deliveries = [
        Delivery(entry=entry, reaction=reaction.name, project_id=entry.project_id, fold_key=reaction.fold_key(event))
        for event, entry in written
        for reaction in reactions_to(event.name)
        if reaction.hears(event)
    ]
    if deliveries:
        Delivery.objects.bulk_create(deliveries)
        enqueue_once_on_commit(deliver)
