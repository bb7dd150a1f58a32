"""Sessions: seen, ended, idle."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.operations import close_account, end_session, end_sessions_of
from kaname.kernel.accounts.queries import list_sessions
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.types import Missing, Refused
from tests.kernel.accounts.conftest import NOW, MakeAccount, send, sign_in

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_ended_session_is_over_at_once(hanako: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, hanako.email)
    sign_in(elsewhere, hanako.email)
    other = UserSession.objects.get(session_key=elsewhere.session.session_key)
    assert send(here, f"/account/sessions/{other.pk}/end/").status_code == 302
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert [session.session_key for session in list_sessions(actor=hanako)] == [here.session.session_key]


def test_all_others_are_ended(hanako: User) -> None:
    clients = [Client() for _number in range(3)]
    for client in clients:
        sign_in(client, hanako.email)
    send(clients[0], "/account/sessions/end-others/")
    assert [is_in(client) for client in clients] == [True, False, False]


def test_session_of_somebody_else_is_missing(hanako: User, administrator: User) -> None:
    client = Client()
    sign_in(client, hanako.email)
    session = UserSession.objects.get()
    with pytest.raises(Missing):
        end_session(actor=administrator, session_id=session.pk, now=NOW)
    assert is_in(client)


def test_keeper_ends_sessions_of_lower_roles_only(make_account: MakeAccount, hanako: User) -> None:
    keeper = make_account("keeper@example.jp", CompanyRole.PMO_ADMINISTRATOR)
    equal = make_account("equal@example.jp", CompanyRole.PMO_MEMBER)
    clients = {account.pk: Client() for account in (hanako, equal)}
    for account in (hanako, equal):
        sign_in(clients[account.pk], account.email)
    assert end_sessions_of(actor=keeper, account_id=hanako.pk, now=NOW) == 1
    with pytest.raises(Refused):
        end_sessions_of(actor=keeper, account_id=equal.pk, now=NOW)
    assert (is_in(clients[hanako.pk]), is_in(clients[equal.pk])) == (False, True)


def test_closed_account_is_out_at_once(hanako: User, administrator: User) -> None:
    client = Client()
    sign_in(client, hanako.email)
    close_account(actor=administrator, account_id=hanako.pk, expected_version=hanako.version, now=NOW)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("remember", "hours", "stays"), [("", 11, True), ("", 13, False), ("on", 160, True), ("on", 170, False)]
)
def test_unused_session_ends(hanako: User, remember: str, hours: int, stays: bool) -> None:
    client = Client()
    with time_machine.travel(NOW, tick=False) as clock:
        client.post("/sign-in/", {"login": hanako.email, "password": "correct horse battery", "remember": remember})
        clock.shift(timedelta(hours=hours))
        assert is_in(client) is stays
