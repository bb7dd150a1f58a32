"""The first start happens once, and sample persons are switched in sample companies only."""

import pytest
from django.test import Client

from kaname.kernel.accounts.models import Instance, User
from kaname.kernel.accounts.operations import (
    AlreadyStarted,
    finish_sample,
    open_sample_account,
    start_empty,
    start_sample,
    switch_person,
)
from kaname.kernel.accounts.types import InstanceMode
from kaname.kernel.accounts.visitor import Visitor
from kaname.kernel.journal.models import Entry
from kaname.kernel.rules.system import SYSTEM
from kaname.kernel.rules.types import Missing
from tests.kernel.accounts.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db
FIRST = {"name": "管理者", "email": "first@example.jp", "password": PASSWORD, "language": "ja"}


def sample_person() -> User:
    start_sample(actor=Visitor(), now=NOW)
    return open_sample_account(
        actor=SYSTEM,
        email="sample@example.jp",
        name="見本",
        language="ja",
        time_zone="Asia/Tokyo",
        roles=["member"],
        now=NOW,
    )


def test_first_administrator_is_the_only_one_to_start() -> None:
    account = start_empty(actor=Visitor(), now=NOW, **FIRST)
    assert account.role_codes == ["administrator", "pmo_manager"]
    with pytest.raises(AlreadyStarted):
        start_empty(actor=Visitor(), now=NOW, **(FIRST | {"email": "second@example.jp"}))
    with pytest.raises(AlreadyStarted):
        start_sample(actor=Visitor(), now=NOW)
    assert (User.objects.count(), Instance.objects.get().mode) == (1, InstanceMode.REAL)


def test_visitor_goes_on_as_a_sample_person() -> None:
    person = sample_person()
    finish_sample(actor=SYSTEM)
    assert switch_person(actor=Visitor(), account_id=person.pk, language="en", now=NOW) == person
    assert Entry.objects.get(name="accounts.person_switched").actor_id == person.pk


def test_sample_person_speaks_the_visitors_language() -> None:
    person = sample_person()
    finish_sample(actor=SYSTEM)
    assert switch_person(actor=Visitor(), account_id=person.pk, language="en", now=NOW).language == "en"
    person.refresh_from_db()
    assert (person.language, person.version) == ("en", 2)


def test_page_of_a_sample_person_stays_in_the_visitors_language(client: Client) -> None:
    person = sample_person()
    finish_sample(actor=SYSTEM)
    client.cookies["kaname_language"] = "en"
    assert client.post(f"/start/sample/people/{person.pk}/").status_code == 302
    assert client.get("/account/").headers["Content-Language"] == "en"


def test_nobody_is_switched_while_the_sample_is_being_built() -> None:
    person = sample_person()
    with pytest.raises(Missing):
        switch_person(actor=Visitor(), account_id=person.pk, language="en", now=NOW)


def test_nobody_is_switched_in_a_real_company() -> None:
    account = start_empty(actor=Visitor(), now=NOW, **FIRST)
    with pytest.raises(Missing):
        switch_person(actor=account, account_id=account.pk, language="en", now=NOW)
    assert not Entry.objects.filter(name="accounts.person_switched").exists()


def test_account_with_a_password_is_no_sample_person() -> None:
    sample_person()
    finish_sample(actor=SYSTEM)
    other = User.objects.create(email="real@example.jp", name="本物")
    with pytest.raises(Missing):
        switch_person(actor=Visitor(), account_id=other.pk, language="en", now=NOW)


def test_only_the_system_opens_sample_accounts() -> None:
    start_sample(actor=Visitor(), now=NOW)
    with pytest.raises(Missing):
        open_sample_account(
            actor=Visitor(), email="x@example.jp", name="x", language="ja", time_zone="Asia/Tokyo", roles=[], now=NOW
        )
    assert not User.objects.exists()
