"""Signing in to the API by personal token."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from kaname.kernel import clock
from kaname.kernel.accounts.keys import hash_of
from kaname.kernel.accounts.models import AccessToken, User

_SEEN_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TokenActor:
    """An account behind a token: acts and is journalled as the account, limited to the token's scopes."""

    account: User
    token: AccessToken

    is_authenticated = True
    is_anonymous = False
    is_active = True
    is_known = True
    is_system = False

    @property
    def pk(self) -> int:
        """The account's id."""
        return self.account.pk

    @property
    def actor_id(self) -> int | None:
        """The account's id."""
        return self.account.pk

    @property
    def actor_label(self) -> str:
        """The account's name."""
        return self.account.name

    @property
    def company_roles(self) -> frozenset[str]:
        """The account's roles."""
        return self.account.company_roles

    @property
    def token_scopes(self) -> frozenset[str]:
        """What the token reaches."""
        return frozenset(self.token.scopes)

    @property
    def language(self) -> str:
        """The account's language."""
        return self.account.language

    @property
    def time_zone(self) -> str:
        """The account's time zone."""
        return self.account.time_zone


class TokenAuthentication(BaseAuthentication):
    """Accept `Authorization: Bearer kaname_…` and nothing else; void tokens and closed accounts get 401 at once."""

    def authenticate(self, request: Request) -> tuple[TokenActor, AccessToken] | None:
        """Return the actor behind a token, `None` when none was sent. 1 query, 1 more once a minute.

        Raises
        ------
        AuthenticationFailed
            If the token is malformed, unknown, expired or revoked, or its account closed: the same answer for all.
        """
        scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        if scheme.lower() != "bearer" or not 20 <= len(secret) <= 100:
            raise exceptions.AuthenticationFailed(_("This token is not valid."))
        now = clock.now()
        found = AccessToken.objects.filter(secret_hash=hash_of(secret), account__is_active=True)
        token = found.select_related("account").first()
        if token is None or not token.is_valid(at=now):
            raise exceptions.AuthenticationFailed(_("This token is not valid."))
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - _SEEN_EVERY)
        if token.last_used_at is None or token.last_used_at < now - _SEEN_EVERY:
            AccessToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
        return TokenActor(token.account, token), token

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return 'Bearer realm="kaname"'


class TokenScheme(OpenApiAuthenticationExtension):
    """How the API's description names it."""

    target_class = "kaname.kernel.accounts.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the scheme's description."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal token, made on the page “Tokens” of one's account.",
        }
