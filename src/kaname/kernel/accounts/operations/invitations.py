"""Inviting by mail: the only way to an account after the first start."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.addresses import normal_address, normal_name
from kaname.kernel.accounts.events import (
    AccountOpened,
    InvitationResent,
    InvitationWithdrawn,
    Invited,
    RolesChanged,
    account_subject,
)
from kaname.kernel.accounts.jobs import send_invitation
from kaname.kernel.accounts.models import Invitation, RoleGrant, User
from kaname.kernel.accounts.operations.roles import known_roles
from kaname.kernel.accounts.queries import find_pending_invitation
from kaname.kernel.accounts.rules import INVITE
from kaname.kernel.accounts.types import INVITATION_LASTS, LANGUAGES, Origin
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Missing


def invite(
    *, actor: Actor, email: str, name: str = "", language: str = "ja", roles: Iterable[str] = (), now: datetime
) -> Invitation:
    """Invite somebody by mail; the account is opened when the invitation is accepted.

    Permission `accounts.invite` (by delegation only into lower roles).  Publishes `Invited`; a job makes the link's token,
    keeps its hash and sends the mail, so that the token is never stored.

    Raises
    ------
    Refused
        Without the permission.
    ValidationError
        If the address is none, has an account or a pending invitation already.
    """
    if language not in dict(LANGUAGES):
        raise ValidationError({"language": _("This language is not offered.")}, code="invalid")
    invitation = Invitation(
        email=normal_address(email),
        name=normal_name(name) if name.strip() else "",
        language=language,
        roles=sorted(known_roles(roles)),
        invited_by_id=actor.actor_id,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    with transaction.atomic():
        require(actor, INVITE, invitation)
        _check_free(invitation.email)
        _save_unless_pending(invitation)
        publish(Invited(subject=_subject(invitation), roles=tuple(invitation.roles)), actor=actor, now=now)
        enqueue_on_commit(send_invitation, invitation_id=invitation.pk)
    return invitation


def resend_invitation(*, actor: Actor, invitation_id: int, expected_version: int, now: datetime) -> Invitation:
    """Send an invitation again with a new link and a new expiry; the former link stops working.

    Permission `accounts.invite`.  Publishes `InvitationResent`.

    Raises
    ------
    Missing
        If it was accepted or withdrawn.
    Stale
        If it has been changed meanwhile.
    """
    with transaction.atomic():
        invitation = _fetch_open(actor, invitation_id)
        change(invitation, expected_version=expected_version, expires_at=now + INVITATION_LASTS, token_hash="")
        publish(InvitationResent(subject=_subject(invitation)), actor=actor, now=now)
        enqueue_on_commit(send_invitation, invitation_id=invitation.pk)
    return invitation


def withdraw_invitation(*, actor: Actor, invitation_id: int, expected_version: int, now: datetime) -> Invitation:
    """Take an invitation back; its link stops working at once.

    Permission `accounts.invite`.  Publishes `InvitationWithdrawn`.

    Raises
    ------
    Missing
        If it was accepted or withdrawn.
    Stale
        If it has been changed meanwhile.
    """
    with transaction.atomic():
        invitation = _fetch_open(actor, invitation_id)
        change(invitation, expected_version=expected_version, withdrawn_at=now, token_hash="")
        publish(InvitationWithdrawn(subject=_subject(invitation)), actor=actor, now=now)
    return invitation


def accept_invitation(*, actor: Actor, token_hash: str, name: str, password: str, language: str, now: datetime) -> User:
    """Open the account of an invitation, once; the holder of the link is the permission.

    Publishes `AccountOpened` and, if the invitation carries roles, `RolesChanged`, both in the new account's name.  Locks
    the invitation.  `actor` is whoever sent the form and is not trusted with anything.

    Raises
    ------
    Missing
        If there is no pending invitation with this hash of a token.
    ValidationError
        If name, password or language are not acceptable.
    """
    if language not in dict(LANGUAGES):
        raise ValidationError({"language": _("This language is not offered.")}, code="invalid")
    kept_name = normal_name(name)
    waiting = find_pending_invitation(token_hash=token_hash, now=now)
    try:
        validate_password(password, User(email=waiting.email, name=kept_name))
    except ValidationError as error:
        raise ValidationError({"password": error.error_list}) from error
    hashed = make_password(password)
    with transaction.atomic():
        invitation = _lock_pending(token_hash=token_hash, now=now)
        _check_free(invitation.email)
        account = User.objects.create(
            email=invitation.email,
            name=kept_name,
            language=language,
            password=hashed,
            origin=Origin.INVITATION,
            joined_at=now,
        )
        RoleGrant.objects.bulk_create([RoleGrant(account=account, role=role) for role in invitation.roles])
        change(invitation, expected_version=invitation.version, accepted_at=now, token_hash="")
        opened = publish(
            AccountOpened(subject=account_subject(account.pk), origin=Origin.INVITATION), actor=account, now=now
        )
        if invitation.roles:
            event = RolesChanged(
                subject=account_subject(account.pk), granted=tuple(sorted(invitation.roles)), withdrawn=()
            )
            publish(event, actor=account, now=now, cause=opened)
    return account


def _fetch_open(actor: Actor, invitation_id: int) -> Invitation:
    open_ones = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    return fetch(actor, INVITE, open_ones, pk=invitation_id)


def _lock_pending(*, token_hash: str, now: datetime) -> Invitation:
    invitation = Invitation.objects.select_for_update().filter(token_hash=token_hash).first()
    if invitation is None or not invitation.is_pending(at=now):
        raise Missing
    return invitation


def _check_free(email: str) -> None:
    if User.objects.filter(email=email).exists():
        raise ValidationError({"email": _("There already is an account with this address.")}, code="taken")


def _save_unless_pending(invitation: Invitation) -> None:
    pending = Invitation.objects.filter(email=invitation.email, accepted_at=None, withdrawn_at=None)
    refusal = ValidationError(
        {"email": _("This address is already invited. Send the invitation again instead.")}, code="taken"
    )
    if pending.exists():
        raise refusal
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as error:
        raise refusal from error


def _subject(invitation: Invitation) -> Subject:
    return Subject("accounts.invitation", invitation.pk)
