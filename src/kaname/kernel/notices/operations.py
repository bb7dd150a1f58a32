"""What people do with their notices."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.events import account_subject
from kaname.kernel.journal.operations import publish
from kaname.kernel.notices.events import MailRhythmChosen
from kaname.kernel.notices.models import MailPreference, Notice
from kaname.kernel.notices.queries import list_notices
from kaname.kernel.notices.rules import KEEP
from kaname.kernel.notices.types import MailRhythm
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Missing


def mark_read(*, actor: Actor, notice_id: int, now: datetime) -> Notice:
    """Mark one of the own notices as read; no event, and nothing happens when it is read already.

    Permission `notices.keep`; begins a transaction.

    Raises
    ------
    Missing
        If it is not one's own, or speaks of what one may no longer see.
    """
    with transaction.atomic():
        notice = fetch(actor, KEEP, list_notices(actor=actor), pk=notice_id)
        if Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now):
            notice.read_at = now
    return notice


def mark_all_read(*, actor: Actor, up_to: int, now: datetime) -> int:
    """Mark all own unread notices up to a number as read and return how many; no event.

    Permission `notices.keep`; begins a transaction.  `up_to` is the highest number that the reader has seen, so that what
    came meanwhile stays unread.
    """
    require(actor, KEEP)
    with transaction.atomic():
        seen = Notice.objects.filter(account_id=actor.actor_id, read_at=None, entry_id__lte=up_to)
        return seen.update(read_at=now)


def choose_mail_rhythm(*, actor: Actor, rhythm: str, expected_version: int, now: datetime) -> MailPreference:
    """Choose how often one's own notices come by mail.

    Permission `notices.keep`; publishes `MailRhythmChosen` when it differs; begins a transaction.

    Raises
    ------
    ValidationError
        If the rhythm is not offered.
    Stale
        If it was chosen elsewhere meanwhile.
    """
    require(actor, KEEP)
    if actor.actor_id is None:
        raise Missing
    if rhythm not in MailRhythm.values:
        raise ValidationError({"rhythm": _("This choice is not offered.")}, code="invalid")
    with transaction.atomic():
        preference = MailPreference.objects.select_for_update().get_or_create(account_id=actor.actor_id)[0]
        before = preference.rhythm
        change(preference, expected_version=expected_version, rhythm=rhythm)
        if before != rhythm:
            event = MailRhythmChosen(subject=account_subject(actor.actor_id), rhythm=rhythm)
            publish(event, actor=actor, now=now)
    return preference
