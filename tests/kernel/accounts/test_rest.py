"""Accounts in the API: what is left out of oneself stays, invitations are sent again and withdrawn."""

import pytest

from kaname.kernel.accounts.models import Invitation
from kaname.kernel.accounts.types import CompanyRole
from tests.rooms.company import account
from tests.rooms.program import Program, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def administration() -> Program:
    return program(account("admin@example.jp", "要 管理", CompanyRole.ADMINISTRATOR))


def invited(administration: Program) -> int:
    body = {"email": "new@example.jp", "roles": ["member"]}
    return administration.post("invitations/", body).json()["id"]


def test_own_account_keeps_what_is_left_out(administration: Program) -> None:
    before = administration.get("me/").json()
    changed = administration.patch("me/", {"theme": "dark"}, version=before["version"])
    assert changed.json() == before | {"theme": "dark", "version": before["version"] + 1}
    assert administration.patch("me/", {"theme": "light"}, version=before["version"]).status_code == 412
    assert administration.get("me/").json()["theme"] == "dark"


def test_invitation_is_sent_again_and_withdrawn(administration: Program) -> None:
    place = f"invitations/{invited(administration)}/"
    answers = [
        administration.post(f"{place}resend/"),
        administration.post(f"{place}resend/", version=1),
        administration.post(f"{place}withdraw/", version=1),
        administration.post(f"{place}withdraw/", version=2),
        administration.post(f"{place}resend/", version=3),
    ]
    assert [answer.status_code for answer in answers] == [428, 200, 412, 200, 404]
    assert administration.get("invitations/").json()["count"] == 0


def test_member_neither_sends_nor_withdraws(administration: Program) -> None:
    number = invited(administration)
    member = program(account("member@example.jp", "山田", CompanyRole.MEMBER))
    verbs = ("resend", "withdraw")
    assert [member.post(f"invitations/{number}/{verb}/", version=1).status_code for verb in verbs] == [404, 404]
    assert Invitation.objects.get().version == 1
