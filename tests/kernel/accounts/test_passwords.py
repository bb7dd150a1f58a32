"""Changing and resetting passwords."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from kaname.kernel.accounts.models import AccessToken, Attempt, Invitation, User
from kaname.kernel.accounts.operations import change_password, create_token, request_password_reset
from kaname.kernel.jobs.worker import drain
from kaname.kernel.journal.models import Entry
from tests.kernel.accounts.conftest import NEW_PASSWORD, NOW, PASSWORD, MakeAccount, send, sign_in

pytestmark = pytest.mark.django_db


def ask(client: Client, address: str) -> tuple[int, str]:
    answer = send(client, "/password/", email=address)
    return answer.status_code, answer.headers.get("Location", "")


def link_of(number: int = 0) -> str:
    return re.search(r"http://[^/]+(/password/link/\S+)", mail.outbox[number].body).group(1)


def follow(client: Client, link: str) -> int:
    return client.get(link, follow=True).status_code


def set_to(client: Client, password: str) -> int:
    return send(client, "/password/new/", password1=password, password2=password).status_code


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, hanako: User) -> None:
    assert ask(client, hanako.email) == ask(client, "nobody@example.jp") == (302, "/password/asked/")
    drain()
    assert [message.to for message in mail.outbox] == [[hanako.email]]


@pytest.mark.parametrize(
    ("language", "subject"), [("ja", "Kanameのパスワード再設定"), ("en", "New password for Kaname")]
)
def test_mail_speaks_the_recipients_language(
    client: Client, make_account: MakeAccount, language: str, subject: str
) -> None:
    ask(client, make_account("reader@example.jp", language=language).email)
    drain()
    assert mail.outbox[0].subject == subject


def test_link_sets_the_password_once_and_ends_sessions_and_tokens(client: Client, hanako: User) -> None:
    elsewhere = Client()
    assert sign_in(elsewhere, hanako.email)
    create_token(
        actor=hanako,
        name="script",
        scopes=["read"],
        expires_at=NOW + timedelta(days=9_000),
        now=NOW + timedelta(days=8_900),
    )
    ask(client, hanako.email)
    drain()
    link = link_of()
    assert follow(client, link) == 200
    assert set_to(client, NEW_PASSWORD) == 302
    assert elsewhere.get("/account/").status_code == 302
    assert not AccessToken.objects.filter(revoked_at=None).exists()
    assert (follow(Client(), link), set_to(client, PASSWORD)) == (404, 404)
    assert sign_in(Client(), hanako.email, NEW_PASSWORD)


def test_link_expires_after_an_hour(client: Client, hanako: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        ask(client, hanako.email)
        drain()
        clock.shift(timedelta(hours=1, seconds=2))
        assert follow(client, link_of()) == 404


def test_link_is_void_after_another_password(client: Client, hanako: User) -> None:
    ask(client, hanako.email)
    drain()
    hanako.set_password(NEW_PASSWORD)
    hanako.save()
    assert follow(client, link_of()) == 404


def test_no_token_of_a_link_rests_in_the_database(client: Client, hanako: User) -> None:
    ask(client, hanako.email)
    drain()
    token = link_of().rstrip("/").rpartition("/")[2]
    hanako.refresh_from_db()
    assert token not in repr((hanako.__dict__, list(Entry.objects.values()), list(Attempt.objects.values())))
    assert not Invitation.objects.exists()


def test_sixth_request_within_an_hour_sends_nothing(client: Client, hanako: User) -> None:
    for _time in range(6):
        assert ask(client, hanako.email)[0] == 302
    drain()
    assert len(mail.outbox) == 5


def test_reset_unlocks_sign_in(client: Client, hanako: User) -> None:
    for _try in range(11):
        sign_in(Client(), hanako.email, "not the password at all")
    ask(client, hanako.email)
    drain()
    follow(client, link_of())
    set_to(client, NEW_PASSWORD)
    assert sign_in(Client(), hanako.email, NEW_PASSWORD)


def test_change_ends_the_other_sessions_and_keeps_this_one(hanako: User) -> None:
    here, elsewhere = Client(), Client()
    assert sign_in(here, hanako.email)
    assert sign_in(elsewhere, hanako.email)
    answer = send(here, "/account/password/", oldpassword=PASSWORD, password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    assert answer.status_code == 302
    assert (here.get("/account/").status_code, elsewhere.get("/account/").status_code) == (200, 302)
    drain()
    assert [message.subject for message in mail.outbox] == ["Your password was changed"]


@pytest.mark.parametrize(("present", "new"), [("wrong", NEW_PASSWORD), (PASSWORD, "short"), (PASSWORD, "1234567890")])
def test_refused_change_changes_nothing(hanako: User, present: str, new: str) -> None:
    with pytest.raises(ValidationError):
        change_password(actor=hanako, present_password=present, new_password=new, session_key="", now=NOW)
    hanako.refresh_from_db()
    assert hanako.check_password(PASSWORD)
    assert not Entry.objects.filter(name="accounts.password_changed").exists()


@pytest.mark.parametrize(
    ("present", "new", "again", "field"),
    [
        ("wrong", NEW_PASSWORD, NEW_PASSWORD, "oldpassword"),
        (PASSWORD, "short", "short", "password1"),
        (PASSWORD, NEW_PASSWORD, "another one", "password2"),
        ("", "", "", "oldpassword"),
    ],
)
def test_refused_change_is_told_beside_the_form(hanako: User, present: str, new: str, again: str, field: str) -> None:
    here = Client()
    assert sign_in(here, hanako.email)
    answer = send(here, "/account/password/", oldpassword=present, password1=new, password2=again)
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    hanako.refresh_from_db()
    assert hanako.check_password(PASSWORD)


def test_form_for_the_link_is_shown_again_with_what_was_typed(client: Client, hanako: User) -> None:
    answer = send(client, "/password/", email="no address")
    assert (answer.status_code, 'value="no address"' in answer.content.decode()) == (422, True)
    assert mail.outbox == []


def test_password_that_is_too_weak_is_refused_behind_the_link(client: Client, hanako: User) -> None:
    ask(client, hanako.email)
    drain()
    assert follow(client, link_of()) == 200
    assert set_to(client, "short") == 422
    hanako.refresh_from_db()
    assert hanako.check_password(PASSWORD)


def test_request_for_no_address_is_refused(hanako: User) -> None:
    with pytest.raises(ValidationError):
        request_password_reset(actor=hanako, email="no address", address="127.0.0.1", now=NOW)


def test_sessions_are_listed_once_each(hanako: User) -> None:
    sign_in(Client(), hanako.email)
    sign_in(Client(), hanako.email)
    assert UserSession.objects.filter(user=hanako).count() == 2
