"""Notices in the API: one's own alone, marked as read, with the mails' rhythm under its version."""

import pytest
from pytest_django import DjangoAssertNumQueries

from kaname.kernel.accounts.models import User
from kaname.kernel.notices.models import MailPreference, Notice
from tests.kernel.notices.conftest import roles_changed
from tests.rooms.program import Program, program


@pytest.fixture
def johns(john: User) -> Program:
    return program(john)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_many(
    john: User, johns: Program, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        roles_changed(john)
    johns.get("me/")
    with django_assert_num_queries(5):
        answer = johns.get("notices/")
    assert answer.json()["count"] == count


def test_notice_is_said_in_the_readers_language_and_leads_to_its_page(john: User, johns: Program) -> None:
    roles_changed(john)
    notice = Notice.objects.get()
    shown = johns.get(f"notices/{notice.pk}/").json()
    assert shown == johns.get("notices/").json()["results"][0]
    assert shown == {
        "id": notice.pk,
        "entry": notice.entry_id,
        "kind": "accounts.roles_changed",
        "words": "Your company roles were changed. Given: PMO member. Withdrawn: –.",
        "url": "/account/",
        "project": None,
        "count": 1,
        "created_at": "2026-04-01T00:00:00Z",
        "read_at": None,
    }


def test_reading_one_moves_it_among_the_read_ones(john: User, johns: Program) -> None:
    roles_changed(john)
    number = Notice.objects.get().pk
    first = johns.post(f"notices/{number}/read/").json()["read_at"]
    assert first is not None
    assert johns.post(f"notices/{number}/read/").json()["read_at"] == first
    assert [johns.get("notices/", read=read).json()["count"] for read in ("yes", "no")] == [1, 0]


def test_reading_up_to_an_entry_leaves_what_came_later(john: User, johns: Program) -> None:
    roles_changed(john)
    roles_changed(john)
    seen = Notice.objects.earliest("entry_id").entry_id
    assert johns.post("notices/read/", {"up_to": seen}).json() == {"count": 1}
    assert johns.get("notices/", read="no").json()["count"] == 1


def test_notice_of_somebody_else_is_missing_and_stays_unread(hanako: User, johns: Program) -> None:
    roles_changed(hanako)
    number = Notice.objects.get().pk
    answers = [johns.get(f"notices/{number}/"), johns.post(f"notices/{number}/read/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Notice.objects.get().read_at is None


def test_token_for_reading_marks_nothing(john: User) -> None:
    roles_changed(john)
    number = Notice.objects.get().pk
    assert program(john, "read").post(f"notices/{number}/read/").status_code == 403
    assert Notice.objects.get().read_at is None


def test_rhythm_of_mails_is_changed_under_its_version(john: User, johns: Program) -> None:
    before = johns.get("notices/mails/")
    assert (before.json(), before["ETag"]) == ({"version": 1, "rhythm": "daily", "mailed_at": None}, '"1"')
    answers = [
        johns.patch("notices/mails/", {"rhythm": "never"}),
        johns.patch("notices/mails/", {"rhythm": "never"}, version=1),
        johns.patch("notices/mails/", {"rhythm": "at_once"}, version=1),
    ]
    assert [answer.status_code for answer in answers] == [428, 200, 412]
    assert answers[2].json()["version"] == 2
    assert MailPreference.objects.get().rhythm == "never"


@pytest.mark.parametrize(
    ("path", "query"), [("notices/", {"read": "maybe"}), ("notices/", {"unread": "yes"}), ("notices/", {"page": "0"})]
)
def test_unknown_question_is_refused(johns: Program, path: str, query: dict[str, str]) -> None:
    assert johns.get(path, **query).status_code == 400


def test_unknown_field_is_refused_by_name(johns: Program) -> None:
    answer = johns.post("notices/read/", {"up_to": 1, "until": 2})
    assert (answer.status_code, [fault["name"] for fault in answer.json()["fields"]]) == (422, ["until"])
