"""Signing in, and how long guessing goes on."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from kaname.kernel.accounts.models import Attempt, User
from kaname.kernel.journal.models import Entry
from tests.kernel.accounts.conftest import NOW, PASSWORD, sign_in

pytestmark = pytest.mark.django_db
WRONG = "not the password at all"


def sentences(client: Client, address: str, password: str) -> list[str]:
    response = client.post("/sign-in/", {"login": address, "password": password})
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


@pytest.mark.parametrize("address", ["hanako@example.jp", " Hanako@Example.JP "])
def test_right_password_signs_in_whatever_the_form_of_the_address(client: Client, hanako: User, address: str) -> None:
    assert sign_in(client, address)
    entry = Entry.objects.get(name="accounts.signed_in")
    assert (entry.actor_id, entry.payload) == (hanako.pk, {"method": "password"})


def test_wrong_password_and_unknown_address_get_the_same_answer(client: Client, hanako: User) -> None:
    given = [{"login": address, "password": WRONG} for address in (hanako.email, "nobody@example.jp")]
    assert [client.post("/sign-in/", words).status_code for words in [*given, {}]] == [422, 422, 422]
    known = sentences(client, hanako.email, WRONG)
    unknown = sentences(client, "nobody@example.jp", WRONG)
    assert known == unknown != []
    assert not Entry.objects.filter(name="accounts.signed_in").exists()


def test_closed_account_does_not_sign_in(client: Client, hanako: User) -> None:
    User.objects.filter(pk=hanako.pk).update(is_active=False)
    assert not sign_in(client, hanako.email)


def test_ten_wrong_passwords_lock_even_the_right_one_for_a_quarter(client: Client, hanako: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for _try in range(10):
            assert not sign_in(client, hanako.email, WRONG)
        assert not sign_in(client, hanako.email)
        clock.shift(timedelta(minutes=15, seconds=1))
        assert sign_in(client, hanako.email)
    assert Entry.objects.filter(name="accounts.sign_in_locked", subject_id=hanako.pk).count() == 1


def test_unknown_address_is_locked_alike(client: Client, hanako: User) -> None:
    answers = [sentences(client, "nobody@example.jp", WRONG) for _try in range(11)]
    assert answers[0] != answers[10]
    assert not Entry.objects.filter(name="accounts.sign_in_locked").exists()


def test_own_sign_in_between_gives_no_further_tries_at_another_account(client: Client, hanako: User) -> None:
    victim = User(email="victim@example.jp", name="victim")
    victim.set_password(PASSWORD)
    victim.save()
    for _try in range(5):
        sign_in(Client(), victim.email, WRONG)
    assert sign_in(Client(), hanako.email)
    for _try in range(5):
        sign_in(Client(), victim.email, WRONG)
    assert not sign_in(Client(), victim.email)


def test_no_address_lies_in_the_counts(client: Client, hanako: User) -> None:
    sign_in(client, hanako.email, WRONG)
    assert [len(key) for key in Attempt.objects.values_list("key", flat=True)] == [64, 64, 64]


def test_session_gets_a_new_key_when_signing_in(client: Client, hanako: User) -> None:
    client.get("/sign-in/")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    assert sign_in(client, hanako.email)
    assert client.session.session_key != before


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com/", "/\\example.com"])
def test_sign_in_never_leads_to_another_host(client: Client, hanako: User, target: str) -> None:
    answer = client.post("/sign-in/", {"login": hanako.email, "password": PASSWORD, "next": target})
    assert (answer.status_code, answer["Location"]) == (302, "/")
