"""Who is due for a mail, what it says, and sending it until the mail server has taken it.

A mail is claimed before it is sent: its notices are marked and the try is counted in a transaction of their own, under a
lock on the recipient's preference.  When the server has taken it, the claim is closed, and its notices are never mailed
again.  A claim that was not closed, because the server hung up, refused, or the process died, is tried again after 10
minutes and then ever later, six times in all; then it is given up, and the notices stay on their page.  Only a process that
dies between the server's yes and the closing sends a mail twice; both carry one Message-ID, by which mailboxes know it.
Whether the mail server can be reached is found out before anything is claimed.
"""

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
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
TRIES_AT_MOST: Final = 6
_FIRST_REST: Final = timedelta(minutes=10)
"""Longer than a try can take, so that no mail is tried by two processes at once; three times as long after each try."""
_CLOSED: Final = {"mail_key": "", "mail_tries": 0, "mail_retry_at": None}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    key: str
    tries: int
    digest: Digest


def unmailed() -> Any:
    """Return the notices that were neither read nor mailed. 1 query when read."""
    return Notice.objects.filter(read_at=None, mailed_at=None)


def accounts_due(*, now: datetime) -> Iterator[User]:
    """Yield the open accounts whose mail may go now. 2 queries.

    It is morning there, none went today, and there is something to say; or a mail was not taken and its rest is over.
    """
    waiting = unmailed().filter(account_id=OuterRef("pk"))
    other = MailPreference.objects.filter(account_id=OuterRef("pk")).exclude(rhythm=MailRhythm.DAILY)
    again = MailPreference.objects.filter(account_id=OuterRef("pk"), mail_retry_at__lte=now)
    wanted = Q(Exists(waiting), ~Exists(other)) | Exists(again)
    found = list(User.objects.filter(wanted, is_active=True).order_by("pk").prefetch_related("role_grants"))
    preferences = MailPreference.objects.in_bulk([account.pk for account in found])
    for account in found:
        preference = preferences.get(account.pk) or MailPreference(account=account)
        if preference.mail_retry_at is not None:
            if preference.mail_retry_at <= now:
                yield account
        elif _is_morning(account, preference.mailed_at, now=now):
            yield account


def send_digest(account: User, *, connection: Any, now: datetime, rhythm: MailRhythm) -> bool:
    """Mail an account what it has not read; return whether the mail server took a mail.

    Parameters
    ----------
    connection
        An open mail connection.
    rhythm
        What the account must have chosen for a new mail to go; one that was not taken is tried again for any but `never`.

    Raises
    ------
    SMTPServerDisconnected
        When the server hangs up, so that the job ends and is tried again for the others.
    """
    claim = _claim(account, now=now, rhythm=rhythm)
    if claim is None:
        return False
    try:
        connection.send_messages([_message(account, claim)])
    except OSError as error:
        _note_failure(account, claim, error)
        if isinstance(error, SMTPServerDisconnected):
            raise
        return False
    _close(account, claim)
    return True


def _claim(account: User, *, now: datetime, rhythm: MailRhythm) -> _Claim | None:
    with (
        transaction.atomic(),
        translation.override(account.language),
        timezone.override(ZoneInfo(account.time_zone)),
    ):
        preference = MailPreference.objects.select_for_update().get_or_create(account=account)[0]
        own = MailPreference.objects.filter(pk=account.pk)
        if preference.rhythm == MailRhythm.NEVER:
            own.update(**_CLOSED)
            return None
        if not _may_go(account, preference, now=now, rhythm=rhythm):
            return None
        belongs = Q(mailed_at=None)
        if preference.mail_tries:
            belongs |= Q(mailed_at=preference.mailed_at)
        waiting = list(unread_notices(actor=account).filter(belongs))
        if not waiting:
            own.update(**_CLOSED)
            return None
        key, tries = preference.mail_key or secrets.token_hex(16), preference.mail_tries + 1
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(mailed_at=now)
        own.update(mailed_at=now, mail_key=key, mail_tries=tries, mail_retry_at=now + _rest_after(tries))
        lines = tuple(line_of(notice) for notice in waiting[:LINES_AT_MOST])
        return _Claim(key=key, tries=tries, digest=Digest(lines=lines, more=len(waiting) - len(lines)))


def _may_go(account: User, preference: MailPreference, *, now: datetime, rhythm: MailRhythm) -> bool:
    if preference.mail_retry_at is not None:
        return preference.mail_retry_at <= now
    return preference.rhythm == rhythm and _is_due(account, preference, now=now)


def _rest_after(tries: int) -> timedelta:
    return _FIRST_REST * 3 ** (tries - 1)


def _note_failure(account: User, claim: _Claim, error: OSError) -> None:
    if claim.tries < TRIES_AT_MOST:
        logger.warning("try %s of the digest of account %s failed", claim.tries, account.pk, exc_info=error)
        return
    logger.error(
        "the digest of account %s could not be mailed; its notices stay on their page", account.pk, exc_info=error
    )
    _close(account, claim)


def _close(account: User, claim: _Claim) -> None:
    with transaction.atomic():
        MailPreference.objects.filter(pk=account.pk, mail_key=claim.key).update(**_CLOSED)


def _is_due(account: User, preference: MailPreference, *, now: datetime) -> bool:
    return preference.rhythm == MailRhythm.AT_ONCE or _is_morning(account, preference.mailed_at, now=now)


def _is_morning(account: User, mailed_at: datetime | None, *, now: datetime) -> bool:
    zone = ZoneInfo(account.time_zone)
    here = now.astimezone(zone)
    return here.time() >= FIRST_HOUR and (mailed_at is None or mailed_at.astimezone(zone).date() < here.date())


def _message(account: User, claim: _Claim) -> EmailMultiAlternatives:
    digest = claim.digest
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
            subject=subject,
            body=render_to_string("notices/mail/digest.txt", context),
            to=[account.email],
            headers={"Message-ID": f"<{claim.key}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"},
        )
        message.attach_alternative(render_to_string("notices/mail/digest.html", context), "text/html")
    return message


def _full(path: str) -> str:
    """Return the full address of a page, built from the configured address and never from a request."""
    return urljoin(settings.BASE_URL + "/", path.lstrip("/")) if path else ""
