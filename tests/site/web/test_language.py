"""One click changes the language, and it is remembered."""

import pytest
from django.http import HttpResponse
from django.test import Client

from kaname.kernel.accounts.models import User
from tests.kernel.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanako() -> User:
    account = User(email="hanako@example.jp", name="花子", language="ja")
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def signed_in(client: Client, hanako: User) -> Client:
    client.post("/sign-in/", {"login": hanako.email, "password": PASSWORD})
    return client


def choose(client: Client, language: str, next_page: str = "/account/") -> HttpResponse:
    return client.post("/language/", {"language": language, "next": next_page})


def spoken(client: Client, path: str = "/account/") -> str:
    return client.get(path).headers["Content-Language"]


def test_one_click_changes_the_language_of_who_is_signed_in(signed_in: Client, hanako: User) -> None:
    assert spoken(signed_in) == "ja"
    answer = choose(signed_in, "en")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    hanako.refresh_from_db()
    assert (hanako.language, spoken(signed_in)) == ("en", "en")


def test_language_is_remembered_on_another_device(signed_in: Client, hanako: User) -> None:
    choose(signed_in, "en")
    elsewhere = Client()
    elsewhere.post("/sign-in/", {"login": hanako.email, "password": PASSWORD})
    assert spoken(elsewhere) == "en"


def test_language_stays_after_signing_out(signed_in: Client) -> None:
    choose(signed_in, "en")
    signed_in.post("/sign-out/")
    assert spoken(signed_in, "/sign-in/") == "en"


def test_visitor_is_remembered_by_the_browser_alone(client: Client, hanako: User) -> None:
    choose(client, "en", "/sign-in/")
    hanako.refresh_from_db()
    assert (spoken(client, "/sign-in/"), hanako.language) == ("en", "ja")


@pytest.mark.parametrize("wish", ["fr", "", "ja\n"])
def test_unknown_language_changes_nothing(signed_in: Client, hanako: User, wish: str) -> None:
    answer = choose(signed_in, wish)
    hanako.refresh_from_db()
    assert (answer.status_code, hanako.language, hanako.version) == (302, "ja", 1)


def test_other_hosts_are_not_led_to(signed_in: Client) -> None:
    assert choose(signed_in, "en", "https://elsewhere.example/")["Location"] == "/"
