"""Accounts with passwords, and clients that sign in as people do."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from kaname.kernel.accounts.models import RoleGrant, User
from kaname.kernel.accounts.types import CompanyRole

NOW = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
NEW_PASSWORD = "another long sentence"

MakeAccount = Callable[..., User]


@pytest.fixture
def make_account(db: None) -> MakeAccount:
    def make(address: str, *roles: CompanyRole, language: str = "en") -> User:
        account = User(email=address, name=address.partition("@")[0], language=language)
        account.set_password(PASSWORD)
        account.save()
        RoleGrant.objects.bulk_create(RoleGrant(account=account, role=role) for role in roles)
        return account

    return make


@pytest.fixture
def hanako(make_account: MakeAccount) -> User:
    return make_account("hanako@example.jp", CompanyRole.MEMBER)


@pytest.fixture
def administrator(make_account: MakeAccount) -> User:
    return make_account("administrator@example.jp", CompanyRole.ADMINISTRATOR)


def sign_in(client: Client, address: str, password: str = PASSWORD) -> bool:
    """Send the form of the sign-in page and return whether the client is signed in then."""
    client.post("/sign-in/", {"login": address, "password": password})
    return "_auth_user_id" in client.session


def send(client: Client, path: str, **values: str) -> HttpResponse:
    """Send a form with its idempotency key."""
    return client.post(path, values | {"idempotency_key": secrets.token_urlsafe(24)})
