"""Told events become notices."""

from collections.abc import Iterable
from datetime import datetime

from kaname.kernel.jobs.queue import enqueue_once_on_commit
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.reactions import reacts_to
from kaname.kernel.notices.channels.in_app import write
from kaname.kernel.notices.declarations import is_told, tellings
from kaname.kernel.notices.jobs import send_at_once
from kaname.kernel.notices.models import MailPreference
from kaname.kernel.notices.types import MailRhythm


def tell_people(entry: Entry, now: datetime) -> None:
    """Write the notices of an entry, and queue the mails of those who want them at once."""
    for telling in tellings().values():
        if telling.event.name == entry.name and telling.when(entry.payload):
            _queue_mails(write(telling, entry, now=now))


def listen() -> None:
    """Hear every event that some room tells of; called once, when all rooms have declared theirs."""
    reacts_to(*{telling.event for telling in tellings().values()}, hears=is_told)(tell_people)


def _queue_mails(accounts: Iterable[int]) -> None:
    told = list(accounts)
    if not told:
        return
    wanted = MailPreference.objects.filter(account_id__in=told, rhythm=MailRhythm.AT_ONCE)
    for account_id in wanted.order_by("account_id").values_list("account_id", flat=True):
        enqueue_once_on_commit(send_at_once, account_id=account_id)
