"""Who is told, what is folded, and reading."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from kaname.kernel.accounts.models import User
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.journal.models import Delivery, Entry
from kaname.kernel.notices.models import MailPreference, Notice
from kaname.kernel.notices.operations import choose_mail_rhythm, mark_all_read, mark_read
from kaname.kernel.notices.queries import find_mail_preference, line_of, list_notices, unread_count
from kaname.kernel.notices.reactions import tell_people
from kaname.kernel.records import Stale
from kaname.kernel.rules.types import Missing
from tests.kernel.notices.conftest import NOW, locked, roles_changed

pytestmark = pytest.mark.django_db


def test_concerned_account_is_told_in_the_readers_language(hanako: User) -> None:
    roles_changed(hanako)
    (notice,) = list_notices(actor=hanako)
    with translation.override("en"):
        assert line_of(notice).words == "Your company roles were changed. Given: PMO member. Withdrawn: –."
    assert line_of(notice).url == "/account/"
    assert unread_count(hanako) == 1


def test_whoever_acted_is_not_told(hanako: User) -> None:
    roles_changed(hanako, actor=hanako)
    assert not Notice.objects.exists()


def test_closed_account_is_not_told(hanako: User) -> None:
    User.objects.filter(pk=hanako.pk).update(is_active=False)
    roles_changed(hanako)
    assert not Notice.objects.exists()


def test_entry_handed_out_twice_is_told_once(hanako: User) -> None:
    roles_changed(hanako)
    tell_people(Entry.objects.get(name="accounts.roles_changed"), NOW)
    assert (Notice.objects.count(), Notice.objects.get().count) == (1, 1)


def test_equal_unread_notices_become_one_with_their_number(hanako: User) -> None:
    locked(hanako)
    locked(hanako, now=NOW + timedelta(hours=1))
    notice = Notice.objects.get()
    assert (notice.count, notice.created_at, notice.mailed_at) == (2, NOW + timedelta(hours=1), None)


def test_equal_notice_after_reading_stands_by_itself(hanako: User) -> None:
    locked(hanako)
    mark_read(actor=hanako, notice_id=Notice.objects.get().pk, now=NOW)
    locked(hanako, now=NOW + timedelta(hours=1))
    assert list(Notice.objects.order_by("id").values_list("count", flat=True)) == [1, 1]
    assert unread_count(hanako) == 1


def test_notice_of_somebody_else_is_missing(hanako: User, john: User) -> None:
    roles_changed(hanako)
    notice = Notice.objects.get()
    with pytest.raises(Missing):
        mark_read(actor=john, notice_id=notice.pk, now=NOW)
    notice.refresh_from_db()
    assert notice.read_at is None
    assert list(list_notices(actor=john)) == []


def test_mark_all_leaves_what_came_meanwhile(hanako: User, john: User) -> None:
    roles_changed(hanako)
    seen = Notice.objects.latest("id").entry_id
    roles_changed(hanako)
    roles_changed(john)
    assert mark_all_read(actor=hanako, up_to=seen, now=NOW) == 1
    assert (unread_count(hanako), unread_count(john)) == (1, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_unread_are_counted_with_two_queries(
    hanako: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _time in range(number):
        roles_changed(hanako)
    reader = User.objects.get(pk=hanako.pk)
    assert reader.company_roles == frozenset()
    with django_assert_num_queries(2):
        assert unread_count(reader) == number


def test_nothing_unread_is_known_after_one_query(
    hanako: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader = User.objects.get(pk=hanako.pk)
    assert reader.company_roles == frozenset()
    with django_assert_num_queries(1):
        assert unread_count(reader) == 0


def test_delivery_of_a_told_entry_is_gone_afterwards(hanako: User) -> None:
    roles_changed(hanako)
    assert (Delivery.objects.count(), hand_out(now=NOW)) == (0, 0)


def test_mail_rhythm_is_chosen_and_told_to_the_journal(hanako: User) -> None:
    shown = find_mail_preference(actor=hanako)
    assert (shown.rhythm, shown.version) == ("daily", 1)
    choose_mail_rhythm(actor=hanako, rhythm="never", expected_version=1, now=NOW)
    assert find_mail_preference(actor=hanako).rhythm == "never"
    assert Entry.objects.get(name="notices.mail_rhythm_chosen").payload == {"rhythm": "never"}


def test_mail_rhythm_that_was_chosen_elsewhere_meanwhile_is_stale(hanako: User) -> None:
    choose_mail_rhythm(actor=hanako, rhythm="never", expected_version=1, now=NOW)
    with pytest.raises(Stale):
        choose_mail_rhythm(actor=hanako, rhythm="at_once", expected_version=1, now=NOW)
    assert MailPreference.objects.get().rhythm == "never"


def test_unknown_mail_rhythm_changes_nothing(hanako: User) -> None:
    with pytest.raises(ValidationError):
        choose_mail_rhythm(actor=hanako, rhythm="hourly", expected_version=1, now=NOW)
    assert not MailPreference.objects.exists()
