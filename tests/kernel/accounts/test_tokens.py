"""Tokens: what they reach, how long, and whose they are."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from kaname.kernel.accounts.models import AccessToken, User
from kaname.kernel.accounts.operations import close_account, create_token, revoke_token
from kaname.kernel.accounts.tokens import TokenActor
from kaname.kernel.journal.models import Entry
from kaname.kernel.rules.types import Missing, Refused
from tests.kernel.accounts.conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


def make(account: User, *scopes: str, expires_at: datetime = LATER) -> tuple[AccessToken, str]:
    return create_token(actor=account, name="script", scopes=scopes or ["read"], expires_at=expires_at, now=NOW)


def status(secret: str, path: str = "/api/v1/me/", *, at: datetime = NOW) -> int:
    with time_machine.travel(at, tick=False):
        return Client().get(path, headers={"Authorization": f"Bearer {secret}"}).status_code


def test_secret_is_kept_as_hash_only(hanako: User) -> None:
    token, secret = make(hanako)
    assert secret not in repr((list(AccessToken.objects.values()), list(Entry.objects.values())))
    assert (len(token.secret_hash), secret.startswith(f"kaname_{token.prefix}_")) == (64, True)


def test_token_opens_the_api_until_it_expires(hanako: User) -> None:
    _token, secret = make(hanako)
    assert [status(secret, at=LATER - timedelta(seconds=1)), status(secret, at=LATER)] == [200, 401]


def test_wrong_secret_is_refused(hanako: User) -> None:
    _token, secret = make(hanako)
    assert [status(secret[:-1] + "!"), status("x" * 40), status("")] == [401, 401, 401]


def test_revoked_token_is_refused_at_once(hanako: User) -> None:
    token, secret = make(hanako)
    revoke_token(actor=hanako, token_id=token.pk, now=NOW)
    revoke_token(actor=hanako, token_id=token.pk, now=NOW)
    assert status(secret) == 401
    assert Entry.objects.filter(name="accounts.token_revoked").count() == 1


def test_token_of_a_closed_account_is_refused(hanako: User, administrator: User) -> None:
    _token, secret = make(hanako)
    User.objects.filter(pk=hanako.pk).update(is_active=False)
    assert status(secret) == 401
    User.objects.filter(pk=hanako.pk).update(is_active=True)
    close_account(actor=administrator, account_id=hanako.pk, expected_version=hanako.version, now=NOW)
    assert not AccessToken.objects.filter(revoked_at=None).exists()


def test_token_reaches_what_its_scopes_say(administrator: User) -> None:
    _all, everything = make(administrator, "read")
    _one, journal = make(administrator, "journal:read")
    assert (status(everything, "/api/v1/accounts/"), status(journal, "/api/v1/accounts/")) == (200, 403)


def test_last_use_is_noted_at_most_once_a_minute(hanako: User) -> None:
    token, secret = make(hanako)
    for seconds, noted in ((0, 0), (59, 0), (61, 61)):
        status(secret, at=NOW + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at == NOW + timedelta(seconds=noted)


@pytest.mark.parametrize("expires_at", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=366)])
def test_expiry_outside_of_the_next_year_is_refused(hanako: User, expires_at: datetime) -> None:
    with pytest.raises(ValidationError):
        make(hanako, expires_at=expires_at)
    assert not AccessToken.objects.exists()


def test_unknown_scope_is_refused(hanako: User) -> None:
    with pytest.raises(ValidationError):
        make(hanako, "everything")


def test_token_makes_no_successor(hanako: User) -> None:
    token, _secret = make(hanako, "write")
    with pytest.raises(Refused):
        create_token(actor=TokenActor(hanako, token), name="next", scopes=["read"], expires_at=LATER, now=NOW)
    assert AccessToken.objects.count() == 1


def test_token_of_somebody_else_is_missing(hanako: User, administrator: User) -> None:
    token, secret = make(hanako)
    with pytest.raises(Missing):
        revoke_token(actor=administrator, token_id=token.pk, now=NOW)
    assert status(secret) == 200
