"""A small company and browsers signed in as its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from kaname.kernel.accounts.models import User
from tests.rooms.company import Company, found_company

SignIn = Callable[[User], Client]


@pytest.fixture
def company(db: None) -> Company:
    """Return the company."""
    return found_company()


@pytest.fixture
def sign_in() -> SignIn:
    """Return a signed-in browser that speaks English."""

    def sign_in_as(user: User) -> Client:
        User.objects.filter(pk=user.pk).update(language="en")
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in_as
