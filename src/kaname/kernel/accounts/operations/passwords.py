"""Passwords: changed by the owner, or set anew by a mailed link."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.addresses import normal_address
from kaname.kernel.accounts.attempts import claim, forget, reset_limits, sign_in_limits
from kaname.kernel.accounts.events import PasswordChanged, PasswordReset, account_subject
from kaname.kernel.accounts.jobs import send_password_notice, send_password_reset
from kaname.kernel.accounts.models import AccessToken, User
from kaname.kernel.accounts.rules import CHANGE_SELF
from kaname.kernel.accounts.sessions import end_all_sessions
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.journal.operations import publish
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Actor, Missing


def change_password(*, actor: Actor, present_password: str, new_password: str, session_key: str, now: datetime) -> User:
    """Change the own password; all sessions but the one with this key end, and the owner is told by mail.

    Permission `accounts.change_self`.  Publishes `PasswordChanged`.  Hashes before its transaction begins.

    Raises
    ------
    ValidationError
        If the present password is wrong or the new one is too weak.
    """
    account = fetch(actor, CHANGE_SELF, User.objects.all(), pk=actor.actor_id)
    if not account.check_password(present_password):
        raise ValidationError({"oldpassword": _("This is not your present password.")}, code="invalid")
    hashed = _hashed(account, new_password)
    with transaction.atomic():
        change(account, expected_version=account.version, password=hashed)
        end_all_sessions(account, but=session_key)
        publish(PasswordChanged(subject=account_subject(account.pk)), actor=actor, now=now)
        enqueue_on_commit(send_password_notice, account_id=account.pk)
    return account


def request_password_reset(*, actor: Actor, email: str, address: str, now: datetime) -> None:
    """Queue the mail with the link for a new password, whether or not the address has an account.

    Open to everybody.  No event here: the job publishes `PasswordResetSent` when there is an account.  Asking more often
    than 5 times an hour is answered alike and sends nothing.

    Parameters
    ----------
    address
        Network address of the asker, for the limit.
    """
    kept = normal_address(email)
    if claim(reset_limits(email=kept, address=address), now=now) is None:
        enqueue_on_commit(send_password_reset, email=kept)


def reset_password(
    *, actor: Actor, account_id: int, state: str, new_password: str, address: str, now: datetime
) -> User:
    """Set a new password by a followed link; all sessions and tokens end, and sign-in is unlocked.

    Whoever has followed the link is the permission.  Publishes `PasswordReset` in the account's name.

    Parameters
    ----------
    state
        What `get_session_auth_hash` gave when the link was followed; it changes with the password, so the link works once.

    Raises
    ------
    Missing
        If the account was closed or its password has changed since.
    ValidationError
        If the password is too weak.
    """
    account = User.objects.filter(pk=account_id, is_active=True).first()
    if account is None or account.get_session_auth_hash() != state:
        raise Missing
    hashed = _hashed(account, new_password)
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=account_id)
        if not locked.is_active or locked.get_session_auth_hash() != state:
            raise Missing
        change(locked, expected_version=locked.version, password=hashed)
        end_all_sessions(locked)
        AccessToken.objects.filter(account=locked, revoked_at=None).update(revoked_at=now)
        publish(PasswordReset(subject=account_subject(locked.pk)), actor=locked, now=now)
        enqueue_on_commit(send_password_notice, account_id=locked.pk)
    forget(sign_in_limits(email=locked.email, address=address)[:2])
    return locked


def _hashed(account: User, password: str) -> str:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise ValidationError({"password1": error.error_list}) from error
    return make_password(password)
