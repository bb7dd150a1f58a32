"""Handing entries to reactions: in order per project, at least once, equal pending work folded into one."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from kaname.kernel.journal.models import Delivery, Entry
from kaname.kernel.journal.reactions import Reaction, reactions

MAX_ATTEMPTS: Final = 5
_BACK_OFF_SECONDS: Final = 10
_AT_ONCE: Final = 100
"""Deliveries looked up at once; what they add comes after them, because its numbers are higher."""

logger = logging.getLogger(__name__)


def hand_out(*, now: datetime, limit: int = 500) -> int:
    """Run due deliveries, oldest first, and return how many reactions were run.

    A reaction and the deletion of its delivery are one transaction.  A reaction that fails holds back the later
    deliveries of its project until it succeeds or is parked after `MAX_ATTEMPTS`.
    """
    done = 0
    held: set[int | None] = set(
        Delivery.objects.filter(parked_at=None, retry_at__gt=now).values_list("project_id", flat=True)
    )
    last_id = 0
    while done < limit and (due := _due(now, after_id=last_id, held=held, limit=min(limit - done, _AT_ONCE))):
        heard: set[int] = set()
        for delivery in due:
            last_id = delivery.pk
            if delivery.pk in heard or delivery.project_id in held:
                continue
            if not _hand_out_one(delivery, heard, now=now):
                held.add(delivery.project_id)
            done += 1
    return done


def _due(now: datetime, *, after_id: int, held: set[int | None], limit: int) -> list[Delivery]:
    due = Delivery.objects.filter(parked_at=None, pk__gt=after_id).filter(Q(retry_at=None) | Q(retry_at__lte=now))
    for project_id in held:
        due = due.exclude(project_id=project_id) if project_id is not None else due.exclude(project_id__isnull=True)
    return list(due.order_by("id")[:limit])


def is_any_due(*, now: datetime) -> bool:
    """Return whether any delivery waits for its turn. 1 query."""
    return Delivery.objects.filter(parked_at=None).filter(Q(retry_at=None) | Q(retry_at__lte=now)).exists()


def _hand_out_one(delivery: Delivery, heard: set[int], *, now: datetime) -> bool:
    try:
        with transaction.atomic():
            own = Delivery.objects.select_for_update(of=("self",)).select_related("entry").filter(pk=delivery.pk)
            locked = next(iter(own), None)
            if locked is None:
                return True
            reaction = reactions().get(locked.reaction)
            if reaction is None:
                raise LookupError(
                    f"no reaction is named {locked.reaction!r}; it was removed while deliveries were pending"
                )
            heard.update(_run_folded(reaction, locked, now=now))
    except Exception as error:
        logger.exception("reaction %s failed for entry %s", delivery.reaction, delivery.entry_id)
        _postpone(delivery, error, now=now)
        return False
    return True


def _run_folded(reaction: Reaction, delivery: Delivery, *, now: datetime) -> list[int]:
    """Run a reaction on the newest of the entries that are one to it; return which deliveries that settles."""
    entry, settled = delivery.entry, [delivery.pk]
    if delivery.fold_key:
        same = Delivery.objects.filter(reaction=delivery.reaction, fold_key=delivery.fold_key, parked_at=None)
        pairs = list(same.order_by("id").values_list("id", "entry_id"))
        settled, newest = [pk for pk, _ in pairs], pairs[-1][1]
        entry = entry if entry.pk == newest else Entry.objects.get(pk=newest)
    reaction.run(entry, now)
    Delivery.objects.filter(pk__in=settled).delete()
    return settled


def _postpone(delivery: Delivery, error: Exception, *, now: datetime) -> None:
    attempts = delivery.attempts + 1
    parked_at = now if attempts >= MAX_ATTEMPTS else None
    retry_at = now + timedelta(seconds=_BACK_OFF_SECONDS * 2**attempts)
    reason = f"{type(error).__name__}: {error}"[:2000]
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            attempts=attempts, retry_at=retry_at, parked_at=parked_at, error=reason
        )
