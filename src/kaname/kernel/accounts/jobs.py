"""Queued mails: the tokens of their links are made here, so that no queue and no table ever holds one."""

from datetime import time

from django.db import transaction
from django.tasks import task
from django.utils.translation import gettext_lazy as _

from kaname.kernel import clock
from kaname.kernel.accounts.attempts import forget_past_windows
from kaname.kernel.accounts.events import PasswordResetSent, account_subject
from kaname.kernel.accounts.keys import hash_of, make_key
from kaname.kernel.accounts.mails import mail_invitation, mail_password_changed, mail_password_reset
from kaname.kernel.accounts.models import Invitation, User
from kaname.kernel.accounts.resets import reset_tokens
from kaname.kernel.jobs.policies import one_transaction, policy
from kaname.kernel.jobs.timers import Daily, timed
from kaname.kernel.journal.operations import publish
from kaname.kernel.rules.system import SYSTEM


@task()
@policy(label=_("Mail an invitation"))
def send_invitation(invitation_id: int) -> bool:
    """Mail an invitation with a new token; return whether it was still pending. A repeat makes the former link void."""
    token = make_key()
    pending = Invitation.objects.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None)
    with transaction.atomic():
        if not pending.update(token_hash=hash_of(token)):
            return False
    mail_invitation(pending.select_related("invited_by").get(), token=token)
    return True


@task()
@policy(label=_("Mail the link for a new password"))
def send_password_reset(email: str) -> bool:
    """Mail the link for a new password if the address has an open account; return whether it has.

    The lookup is here and not in the request, so that known and unknown addresses get their answer in equal time.
    """
    account = User.objects.filter(email=email, is_active=True).first()
    if account is None:
        return False
    with transaction.atomic():
        publish(PasswordResetSent(subject=account_subject(account.pk)), actor=SYSTEM, now=clock.now())
    mail_password_reset(account, token=reset_tokens.make_token(account))
    return True


@task()
@policy(label=_("Mail that a password was changed"))
def send_password_notice(account_id: int) -> None:
    """Mail that the password was changed."""
    mail_password_changed(User.objects.get(pk=account_id))


@timed(Daily(at=time(3, 30)))
@task()
@policy(label=_("Forget counts of attempts"))
@one_transaction
def sweep_attempts() -> int:
    """Delete counts of attempts whose window has ended; return how many."""
    return forget_past_windows(now=clock.now())
