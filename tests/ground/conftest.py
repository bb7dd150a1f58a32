"""A company on its Monday, and browsers of its accounts."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kaname.kernel.accounts.models import User
from tests.rooms.company import NOW, Company, found_company

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

Browse = Callable[[User], Client]


@pytest.fixture
def company(db: None) -> Iterator[Company]:
    with time_machine.travel(NOW, tick=False):
        yield found_company()


@pytest.fixture
def browse() -> Browse:
    """Sign an account in, reading English."""

    def signed_in(account: User) -> Client:
        User.objects.filter(pk=account.pk).update(language="en")
        client = Client()
        client.force_login(account, backend=BACKEND)
        return client

    return signed_in


CountQueries = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def count_queries() -> CountQueries:
    """Count the statements that read or write a room's own tables; what the frame of a page asks is not the room's."""

    @contextmanager
    def counted(room: str, expected: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as captured:
            yield
        asked = [query["sql"] for query in captured if 'FROM "notices_' not in query["sql"]]
        own = [sql for sql in asked if re.search(rf'(FROM|INTO|UPDATE) "{room}_', sql)]
        assert len(own) == expected, own

    return counted
