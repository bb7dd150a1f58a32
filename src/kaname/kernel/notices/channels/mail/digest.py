"""Who is due for a mail, what it says, and sending it at most once.

A mail is claimed before it is sent: its notices are marked in a transaction of their own, under a lock on the recipient's
preference.  A process that dies between claim and sending loses that mail and never repeats it; the notices themselves stay
on their page.  Whether the mail server can be reached is found out before anything is claimed.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, time
from smtplib import SMTPServerDisconnected
from typing import Any, Final
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from kaname.kernel.accounts.models import User
from kaname.kernel.notices.models import MailPreference, Notice
from kaname.kernel.notices.queries import line_of, unread_notices
from kaname.kernel.notices.types import Digest, MailRhythm

FIRST_HOUR: Final = time(7, 0)
"""From when on, in the recipient's zone, the mail of a day may go."""
LINES_AT_MOST: Final = 40

logger = logging.getLogger(__name__)


def unmailed() -> Any:
    """Return the notices that were neither read nor mailed. 1 query when read."""
    return Notice.objects.filter(read_at=None, mailed_at=None)


def accounts_due(*, now: datetime) -> Iterator[User]:
    """Yield the open accounts whose daily mail may go now: it is morning there, and none went today. 2 queries."""
    waiting = unmailed().filter(account_id=OuterRef("pk"))
    other = MailPreference.objects.filter(account_id=OuterRef("pk")).exclude(rhythm=MailRhythm.DAILY)
    accounts = User.objects.filter(Exists(waiting), ~Exists(other), is_active=True).order_by("pk")
    found = list(accounts.prefetch_related("role_grants"))
    last = dict(MailPreference.objects.filter(account__in=found).values_list("account_id", "mailed_at"))
    for account in found:
        if _is_morning(account, last.get(account.pk), now=now):
            yield account


def send_digest(account: User, *, connection: Any, now: datetime, rhythm: MailRhythm) -> bool:
    """Mail an account what it has not read, at most once; return whether there was anything to say.

    Parameters
    ----------
    connection
        An open mail connection.
    rhythm
        What the account must have chosen for this mail to go.

    Raises
    ------
    SMTPServerDisconnected
        When the server hangs up, so that the job ends and is tried again for the others.
    """
    digest = _claim(account, now=now, rhythm=rhythm)
    if digest is None:
        return False
    try:
        connection.send_messages([_message(account, digest)])
    except SMTPServerDisconnected:
        raise
    except OSError:
        logger.exception("the digest of account %s could not be mailed; its notices stay on their page", account.pk)
    return True


def _claim(account: User, *, now: datetime, rhythm: MailRhythm) -> Digest | None:
    with (
        transaction.atomic(),
        translation.override(account.language),
        timezone.override(ZoneInfo(account.time_zone)),
    ):
        preference = MailPreference.objects.select_for_update().get_or_create(account=account)[0]
        if preference.rhythm != rhythm or not _is_due(account, preference, now=now):
            return None
        waiting = list(unread_notices(actor=account).filter(mailed_at=None))
        if not waiting:
            return None
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(mailed_at=now)
        MailPreference.objects.filter(pk=account.pk).update(mailed_at=now)
        lines = tuple(line_of(notice) for notice in waiting[:LINES_AT_MOST])
        return Digest(lines=lines, more=len(waiting) - len(lines))


def _is_due(account: User, preference: MailPreference, *, now: datetime) -> bool:
    return preference.rhythm == MailRhythm.AT_ONCE or _is_morning(account, preference.mailed_at, now=now)


def _is_morning(account: User, mailed_at: datetime | None, *, now: datetime) -> bool:
    zone = ZoneInfo(account.time_zone)
    here = now.astimezone(zone)
    return here.time() >= FIRST_HOUR and (mailed_at is None or mailed_at.astimezone(zone).date() < here.date())


def _message(account: User, digest: Digest) -> EmailMultiAlternatives:
    count = len(digest.lines) + digest.more
    with translation.override(account.language), timezone.override(ZoneInfo(account.time_zone)):
        context = {
            "account": account,
            "lines": [(line, _full(line.url)) for line in digest.lines],
            "more": digest.more,
            "count": count,
            "notices_url": _full(reverse("notices")),
            "settings_url": _full(reverse("account_notices")),
            "language": account.language,
        }
        subject = ngettext("Kaname: %(count)d new notice", "Kaname: %(count)d new notices", count) % {"count": count}
        message = EmailMultiAlternatives(
            subject=subject, body=render_to_string("notices/mail/digest.txt", context), to=[account.email]
        )
        message.attach_alternative(render_to_string("notices/mail/digest.html", context), "text/html")
    return message


def _full(path: str) -> str:
    """Return the full address of a page, built from the configured address and never from a request."""
    return urljoin(settings.BASE_URL + "/", path.lstrip("/")) if path else ""
