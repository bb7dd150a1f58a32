"""The pages of notices."""

import secrets

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kaname.kernel.accounts.models import User
from kaname.kernel.notices.models import MailPreference, Notice
from tests.kernel.notices.conftest import roles_changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return User.objects.create(email="reader@example.jp", name="reader", language="en")


@pytest.fixture
def client(reader: User) -> Client:
    made = Client()
    made.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def send(client: Client, path: str, **values: str) -> int:
    return client.post(path, values | {"idempotency_key": secrets.token_urlsafe(24)}).status_code


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_many(
    client: Client, reader: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        roles_changed(reader)
    with django_assert_num_queries(8):
        page = client.get("/notices/")
    assert len(page.context["lines"]) == count


def test_following_a_notice_leads_on_and_marks_it_as_read(client: Client, reader: User) -> None:
    roles_changed(reader)
    notice = Notice.objects.get()
    answer = client.get(f"/notices/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert client.get("/notices/").context["lines"] == []
    assert [line.is_read for line in client.get("/notices/?show=all").context["lines"]] == [True]


def test_foreign_notice_is_missing(client: Client) -> None:
    other = User.objects.create(email="other@example.jp", name="other")
    roles_changed(other)
    number = Notice.objects.get().pk
    assert (client.get(f"/notices/{number}/").status_code, send(client, f"/notices/{number}/read/")) == (404, 404)
    assert Notice.objects.get().read_at is None


def test_all_that_was_shown_are_marked_as_read(client: Client, reader: User) -> None:
    roles_changed(reader)
    up_to = client.get("/notices/").context["up_to"]
    roles_changed(reader)
    assert send(client, "/notices/read/", up_to=str(up_to)) == 302
    assert len(client.get("/notices/").context["lines"]) == 1


def test_rhythm_of_mails_is_chosen_and_a_stale_choice_shown(client: Client) -> None:
    assert send(client, "/account/notices/", rhythm="never", version="1") == 302
    assert send(client, "/account/notices/", rhythm="at_once", version="1") == 409
    assert send(client, "/account/notices/", rhythm="hourly", version="2") == 422
    assert MailPreference.objects.get().rhythm == "never"
