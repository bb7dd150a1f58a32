"""Inviting, accepting, and what a link is worth afterwards."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from kaname.kernel.accounts.models import Invitation, User
from kaname.kernel.accounts.operations import accept_invitation, invite, resend_invitation, withdraw_invitation
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.accounts.visitor import Visitor
from kaname.kernel.jobs.worker import drain
from kaname.kernel.journal.models import Entry
from kaname.kernel.records import Stale
from kaname.kernel.rules.types import Missing, Refused
from tests.kernel.accounts.conftest import NEW_PASSWORD, NOW, PASSWORD, MakeAccount, send, sign_in

pytestmark = pytest.mark.django_db
WANTED = {"name": "新人", "password": PASSWORD, "language": "ja"}


@pytest.fixture
def invitation(administrator: User) -> Invitation:
    made = invite(actor=administrator, email="New@Example.jp", roles=["member"], now=NOW)
    drain()
    made.refresh_from_db()
    return made


def token_of(number: int = -1) -> str:
    return re.search(r"/invitation/([^/\s]+)/", mail.outbox[number].body).group(1)


def accept(invitation: Invitation, **changes: object) -> User:
    values = {"actor": Visitor(), "token_hash": invitation.token_hash, "now": NOW} | WANTED | changes
    return accept_invitation(**values)


def test_invitation_is_mailed_in_its_language_with_a_token_kept_as_hash(invitation: Invitation) -> None:
    assert (mail.outbox[0].to, mail.outbox[0].subject) == (["new@example.jp"], "Kanameへのご招待")
    assert len(invitation.token_hash) == 64
    assert token_of() not in repr((list(Invitation.objects.values()), list(Entry.objects.values())))


def test_link_opens_the_account_with_its_roles_once(invitation: Invitation) -> None:
    with time_machine.travel(NOW, tick=False):
        client = Client()
        client.get(f"/invitation/{token_of()}/", follow=True)
        answer = send(client, "/invitation/", **WANTED)
    assert answer.status_code == 302
    account = User.objects.get(email="new@example.jp")
    assert (account.name, account.role_codes) == ("新人", ["member"])
    with pytest.raises(Missing):
        accept(invitation)
    assert User.objects.count() == 2
    assert sign_in(Client(), account.email)


@pytest.mark.parametrize("when", [NOW + timedelta(days=7), NOW + timedelta(days=400)])
def test_expired_link_opens_nothing(invitation: Invitation, when: object) -> None:
    with pytest.raises(Missing):
        accept(invitation, now=when)
    assert User.objects.count() == 1


def test_withdrawn_invitation_opens_nothing(invitation: Invitation, administrator: User) -> None:
    withdraw_invitation(actor=administrator, invitation_id=invitation.pk, expected_version=invitation.version, now=NOW)
    with pytest.raises(Missing):
        accept(invitation)


def test_former_link_is_void_when_sent_again(invitation: Invitation, administrator: User) -> None:
    resend_invitation(actor=administrator, invitation_id=invitation.pk, expected_version=invitation.version, now=NOW)
    drain()
    with pytest.raises(Missing):
        accept(invitation)
    assert token_of(0) != token_of(1)
    invitation.refresh_from_db()
    assert accept(invitation).email == "new@example.jp"


def test_stale_resend_changes_nothing(invitation: Invitation, administrator: User) -> None:
    with pytest.raises(Stale):
        resend_invitation(actor=administrator, invitation_id=invitation.pk, expected_version=9, now=NOW)
    assert Invitation.objects.get().token_hash == invitation.token_hash


@pytest.mark.parametrize("password", ["short", "password1234"])
def test_weak_password_opens_nothing(invitation: Invitation, password: str) -> None:
    with pytest.raises(ValidationError):
        accept(invitation, password=password)
    assert User.objects.count() == 1


def test_address_is_invited_once(invitation: Invitation, administrator: User) -> None:
    with pytest.raises(ValidationError):
        invite(actor=administrator, email="new@example.JP", now=NOW)
    with pytest.raises(ValidationError):
        invite(actor=administrator, email=administrator.email, now=NOW)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("own", "given", "may"),
    [
        (CompanyRole.PMO_ADMINISTRATOR, CompanyRole.MEMBER, True),
        (CompanyRole.PMO_ADMINISTRATOR, CompanyRole.PMO_MEMBER, False),
        (CompanyRole.PMO_ADMINISTRATOR, CompanyRole.ADMINISTRATOR, False),
        (CompanyRole.PMO_MANAGER, CompanyRole.MEMBER, False),
        (CompanyRole.MEMBER, CompanyRole.EXTERNAL, False),
        (CompanyRole.ADMINISTRATOR, CompanyRole.ADMINISTRATOR, True),
    ],
)
def test_one_invites_into_lower_roles_only(
    make_account: MakeAccount, own: CompanyRole, given: CompanyRole, may: bool
) -> None:
    actor = make_account("actor@example.jp", own)
    if may:
        invite(actor=actor, email="new@example.jp", roles=[given], now=NOW)
    else:
        with pytest.raises(Refused):
            invite(actor=actor, email="new@example.jp", roles=[given], now=NOW)
    assert Invitation.objects.exists() is may


def test_name_and_password_that_were_typed_come_back_with_the_errors(invitation: Invitation) -> None:
    with time_machine.travel(NOW, tick=False):
        client = Client()
        client.get(f"/invitation/{token_of()}/", follow=True)
        answer = send(client, "/invitation/", **(WANTED | {"password": "short"}))
    assert answer.status_code == 422
    assert "新人" in answer.content.decode()
    assert NEW_PASSWORD not in answer.content.decode()
