"""Personal tokens."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.addresses import normal_name
from kaname.kernel.accounts.events import TokenCreated, TokenRevoked, account_subject
from kaname.kernel.accounts.keys import hash_of, make_key
from kaname.kernel.accounts.models import AccessToken
from kaname.kernel.accounts.queries import token_scopes
from kaname.kernel.accounts.rules import MANAGE_TOKENS
from kaname.kernel.accounts.types import TOKEN_LASTS_AT_MOST
from kaname.kernel.journal.operations import publish
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Refused

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def create_token(
    *, actor: Actor, name: str, scopes: Iterable[str], expires_at: datetime, now: datetime
) -> tuple[AccessToken, str]:
    """Make a personal token; return it with its secret, which cannot be shown again.

    Permission `accounts.manage_tokens`, never through a token.  Publishes `TokenCreated`.

    Raises
    ------
    Refused
        When asked through a token: a token must not make its successor.
    ValidationError
        If a scope is unknown, none is given, or the expiry is not within the next year.
    """
    require(actor, MANAGE_TOKENS)
    if actor.token_scopes is not None or actor.actor_id is None:
        raise Refused(_("Tokens can only be made on the page, not through a token."))
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= set(token_scopes()):
        raise ValidationError({"scopes": _("Choose at least one of the offered scopes.")}, code="invalid")
    if not now < expires_at <= now + TOKEN_LASTS_AT_MOST:
        raise ValidationError({"expires_at": _("A token expires within a year at the latest.")}, code="invalid")
    prefix = "".join(secrets.choice(_LETTERS) for _letter in range(8))
    secret = f"kaname_{prefix}_{make_key()}"
    token = AccessToken(
        account_id=actor.actor_id,
        name=normal_name(name),
        prefix=prefix,
        secret_hash=hash_of(secret),
        scopes=wanted,
        created_at=now,
        expires_at=expires_at,
    )
    with transaction.atomic():
        token.save(force_insert=True)
        event = TokenCreated(
            subject=account_subject(actor.actor_id),
            token_id=token.pk,
            prefix=prefix,
            scopes=tuple(wanted),
            expires_at=expires_at,
        )
        publish(event, actor=actor, now=now)
    return token, secret


def revoke_token(*, actor: Actor, token_id: int, now: datetime) -> AccessToken:
    """Make one of the own tokens void at once; revoking a revoked one does nothing.

    Permission `accounts.manage_tokens`.  Publishes `TokenRevoked`.

    Raises
    ------
    Missing
        If it is not one's own.
    """
    with transaction.atomic():
        token = fetch(actor, MANAGE_TOKENS, AccessToken.objects.all(), pk=token_id)
        if not AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
            return token
        token.revoked_at = now
        event = TokenRevoked(subject=account_subject(token.account_id), token_id=token.pk, prefix=token.prefix)
        publish(event, actor=actor, now=now)
    return token
