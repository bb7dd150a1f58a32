"""Language and time zone of a person, in pages and by form."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.operations import change_preferences, choose_language
from kaname.kernel.accounts.visitor import Visitor
from kaname.kernel.journal.models import Entry
from kaname.kernel.records import Stale
from kaname.kernel.rules.types import Missing
from tests.kernel.accounts.conftest import NOW, send, sign_in

pytestmark = pytest.mark.django_db
KEPT = {"name": "花子", "language": "ja", "time_zone": "Europe/Berlin", "theme": "dark"}


def test_settings_are_kept_and_their_names_journalled(hanako: User) -> None:
    change_preferences(actor=hanako, expected_version=1, now=NOW, **KEPT)
    hanako.refresh_from_db()
    assert {name: getattr(hanako, name) for name in KEPT} == KEPT
    entry = Entry.objects.get(name="accounts.preferences_changed")
    assert entry.payload == {"fields": ["language", "name", "theme", "time_zone"]}


@pytest.mark.parametrize("change", [{"language": "fr"}, {"time_zone": "Mars/Base"}, {"theme": "pink"}, {"name": " "}])
def test_value_that_is_not_offered_changes_nothing(hanako: User, change: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        change_preferences(actor=hanako, expected_version=1, now=NOW, **(KEPT | change))
    assert User.objects.get().name == "hanako"


def test_stale_form_shows_what_was_typed_and_can_be_sent_again(client: Client, hanako: User) -> None:
    sign_in(client, hanako.email)
    User.objects.filter(pk=hanako.pk).update(version=2, name="elsewhere")
    answer = send(client, "/account/", **KEPT, version="1")
    assert answer.status_code == 409
    assert 'value="花子"' in answer.content.decode()
    assert User.objects.get().name == "elsewhere"
    assert send(client, "/account/", **KEPT, version="2").status_code == 302


def test_stale_change_is_refused(hanako: User) -> None:
    with pytest.raises(Stale):
        change_preferences(actor=hanako, expected_version=3, now=NOW, **KEPT)


@pytest.mark.parametrize(("language", "heading"), [("ja", "マイアカウント"), ("en", "My account")])
def test_page_speaks_the_accounts_language_whatever_the_browser_wants(
    client: Client, hanako: User, language: str, heading: str
) -> None:
    User.objects.filter(pk=hanako.pk).update(language=language)
    sign_in(client, hanako.email)
    answer = client.get("/account/", headers={"Accept-Language": "fr"})
    assert (answer.headers["Content-Language"], heading in answer.content.decode()) == (language, True)


def test_language_chosen_twice_is_journalled_once(hanako: User) -> None:
    for _time in range(2):
        choose_language(actor=hanako, language="ja", now=NOW)
    hanako.refresh_from_db()
    assert (hanako.language, hanako.version) == ("ja", 2)
    assert [entry.payload for entry in Entry.objects.filter(name="accounts.preferences_changed")] == [
        {"fields": ["language"]}
    ]


def test_language_that_is_not_offered_is_refused(hanako: User) -> None:
    with pytest.raises(ValidationError):
        choose_language(actor=hanako, language="fr", now=NOW)
    hanako.refresh_from_db()
    assert (hanako.language, hanako.version) == ("en", 1)


def test_visitor_has_no_language_to_keep() -> None:
    with pytest.raises(Missing):
        choose_language(actor=Visitor(), language="ja", now=NOW)
