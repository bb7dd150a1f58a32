"""Notices as rows that their owner reads."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import F

from kaname.kernel.accounts.models import User
from kaname.kernel.journal.models import Entry
from kaname.kernel.notices.models import Notice
from kaname.kernel.notices.types import Telling

_MOST: Final = 2_000
"""Accounts told of one fact at most."""


def write(telling: Telling, entry: Entry, *, now: datetime) -> list[int]:
    """Write one notice for each recipient who may see the thing, and return their accounts; needs a transaction.

    Writing the same entry again changes nothing.
    """
    recipients = [account for account in _accounts(telling, entry) if _may_see(telling, entry, account)]
    if not recipients:
        return []
    key = telling.fold(entry)[:120]
    values = {
        "entry": entry,
        "params": dict(telling.params(entry)),
        "object_id": telling.object_id(entry),
        "project_id": entry.project_id,
        "created_at": now,
        "mailed_at": None,
    }
    return [account.pk for account in recipients if _write_one(telling, account, key, values)]


def _accounts(telling: Telling, entry: Entry) -> Iterable[User]:
    wanted = {account for account in telling.to(entry) if account is not None}
    if not telling.tells_actor:
        wanted.discard(entry.actor_id or 0)
    if not wanted:
        return []
    told = Notice.objects.filter(entry=entry).values("account_id")
    found = User.objects.filter(pk__in=wanted, is_active=True).exclude(pk__in=told)
    return found.prefetch_related("role_grants").order_by("pk")[:_MOST]


def _may_see(telling: Telling, entry: Entry, account: User) -> bool:
    return telling.things(account).filter(pk=telling.object_id(entry)).exists()


def _write_one(telling: Telling, account: User, key: str, values: Mapping[str, Any]) -> bool:
    same = Notice.objects.filter(account=account, kind=telling.kind, fold_key=key)
    if key and telling.is_once and same.exists():
        return False
    if key and same.filter(read_at=None).update(**values, count=F("count") + 1):
        return True
    Notice.objects.create(account=account, kind=telling.kind, fold_key=key, **values)
    return True
