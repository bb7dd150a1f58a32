"""Company roles: who gives them, and the last administrator."""

import pytest

from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.operations import change_roles, close_account
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.journal.models import Entry
from kaname.kernel.records import Stale
from kaname.kernel.rules.types import Missing, Refused
from tests.kernel.accounts.conftest import NOW, MakeAccount

pytestmark = pytest.mark.django_db


def roles_of(account: User) -> list[str]:
    return User.objects.get(pk=account.pk).role_codes


def change(actor: User, account: User, *roles: str, version: int = 1) -> User:
    return change_roles(actor=actor, account_id=account.pk, expected_version=version, roles=roles, now=NOW)


def test_administrator_gives_and_withdraws(administrator: User, hanako: User) -> None:
    change(administrator, hanako, "pmo_member", "department_manager")
    assert roles_of(hanako) == ["department_manager", "pmo_member"]
    entry = Entry.objects.get(name="accounts.roles_changed")
    assert entry.payload == {"granted": ["department_manager", "pmo_member"], "withdrawn": ["member"]}


def test_same_roles_are_no_fact(administrator: User, hanako: User) -> None:
    change(administrator, hanako, "member")
    assert not Entry.objects.filter(name="accounts.roles_changed").exists()


def test_stale_change_changes_nothing(administrator: User, hanako: User) -> None:
    with pytest.raises(Stale):
        change(administrator, hanako, "pmo_member", version=7)
    assert roles_of(hanako) == ["member"]


@pytest.mark.parametrize(
    ("role", "refusal"),
    [(CompanyRole.PMO_ADMINISTRATOR, Refused), (CompanyRole.PMO_MANAGER, Missing), (CompanyRole.MEMBER, Missing)],
)
def test_nobody_else_gives_roles(
    make_account: MakeAccount, hanako: User, role: CompanyRole, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        change(make_account("actor@example.jp", role), hanako, "administrator")
    assert roles_of(hanako) == ["member"]


def test_last_administrator_stays(administrator: User, make_account: MakeAccount) -> None:
    with pytest.raises(Refused):
        change(administrator, administrator, "member")
    second = make_account("second@example.jp", CompanyRole.ADMINISTRATOR)
    change(administrator, administrator, "member")
    with pytest.raises(Refused):
        change(second, second)
    assert (roles_of(administrator), roles_of(second)) == (["member"], ["administrator"])


def test_closed_administrator_does_not_count_as_another(administrator: User, make_account: MakeAccount) -> None:
    second = make_account("second@example.jp", CompanyRole.ADMINISTRATOR)
    close_account(actor=administrator, account_id=second.pk, expected_version=1, now=NOW)
    with pytest.raises(Refused):
        change(administrator, administrator, "member")
    assert roles_of(administrator) == ["administrator"]


def test_nobody_closes_the_own_account(administrator: User) -> None:
    with pytest.raises(Refused):
        close_account(actor=administrator, account_id=administrator.pk, expected_version=1, now=NOW)
    assert User.objects.get().is_active
