"""Questions whose SQL is kept: equal to the plain question, whatever the numbers, and never for another reader."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kaname.kernel import prepared
from kaname.kernel.accounts.models import RoleGrant, User
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import NOTHING

pytestmark = pytest.mark.django_db


def within(reach: Q, *, least: int) -> QuerySet[User]:
    return User.objects.filter(reach, pk__gte=least).order_by("pk")


def first_names(limit: int, *, least: int) -> QuerySet[User, tuple[str, int]]:
    return User.objects.filter(pk__gte=least).order_by("pk").values_list("name", "pk")[:limit]


def with_grants(*, number: int) -> QuerySet[User]:
    return User.objects.filter(pk=number).prefetch_related("role_grants")


def named_for_reader(*, least: int) -> QuerySet[User, str]:
    built.append(translation.get_language())
    return User.objects.filter(pk__gte=least).values_list("name", flat=True)


def limited(*, limit: int) -> QuerySet[User]:
    return User.objects.all()[:limit]


built: list[str] = []


@pytest.fixture
def people() -> list[User]:
    return [User.objects.create(email=f"{number}@example.org", name=f"n{number}") for number in range(5)]


def test_the_answer_is_that_of_the_plain_question_with_any_numbers(people: list[User]) -> None:
    for reach in (Q(), Q(pk=people[3].pk), ~Q(pk__in=[people[1].pk]), Q(name="n2") | Q(pk=people[4].pk), NOTHING):
        for least in (people[0].pk, people[2].pk, 10**9):
            assert asked(within, reach, least=least) == list(within(reach, least=least))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_any_number_of_ids_may_be_named(people: list[User], count: int) -> None:
    chosen = [person.pk for person in people[:count]]
    assert [user.pk for user in asked(within, Q(pk__in=chosen), least=0)] == chosen


def test_lists_of_nearly_the_same_length_share_their_sql(people: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "_KEPT", type(prepared._KEPT)())
    for chosen in (people[:3], people[1:], [people[4], people[0], people[2]]):
        found = asked(within, Q(pk__in={person.pk for person in chosen}), least=0)
        assert {user.pk for user in found} == {person.pk for person in chosen}
    assert len(prepared._KEPT) == 1


def test_what_one_reader_reaches_is_never_shown_to_the_next(people: list[User]) -> None:
    assert asked(within, Q(pk__in=[people[0].pk]), least=0) == [people[0]]
    assert asked(within, Q(pk__in=[people[1].pk]), least=0) == [people[1]]
    assert asked(within, NOTHING, least=0) == []
    assert asked(within, Q(name="n2"), least=0) == [people[2]]
    assert asked(within, Q(name="n3"), least=0) == [people[3]]


def test_rows_of_values_and_a_limit(people: list[User]) -> None:
    least = people[1].pk
    assert asked(first_names, 2, least=least) == [("n1", people[1].pk), ("n2", people[2].pk)]
    assert asked(first_names, 3, least=least) == [(f"n{number}", people[number].pk) for number in (1, 2, 3)]


def test_what_is_fetched_along_comes_along(people: list[User]) -> None:
    RoleGrant.objects.create(account=people[0], role=CompanyRole.PMO_MANAGER)
    RoleGrant.objects.create(account=people[1], role=CompanyRole.ADMINISTRATOR)
    for person, role in ((people[0], CompanyRole.PMO_MANAGER), (people[1], CompanyRole.ADMINISTRATOR)):
        with CaptureQueriesContext(connection) as queries:
            assert asked(with_grants, number=person.pk)[0].role_codes == [role]
        assert len(queries) == 2


def test_a_condition_that_holds_a_question_is_asked_plainly(people: list[User]) -> None:
    reach = Q(pk__in=User.objects.filter(name="n4").values("pk"))
    assert asked(within, reach, least=0) == [people[4]]
    User.objects.filter(pk=people[3].pk).update(name="n4")
    assert asked(within, reach, least=0) == [people[3], people[4]]


def test_the_sql_is_worked_out_once_for_each_language(people: list[User]) -> None:
    built.clear()
    for language in ("ja", "en", "ja", "en"):
        with translation.override(language):
            assert asked(named_for_reader, least=people[4].pk) == ["n4"]
    assert built == ["ja", "en"]


def test_a_number_that_is_no_parameter_is_refused() -> None:
    with pytest.raises(RuntimeError, match="limited"):
        asked(limited, limit=3)


def test_only_so_many_questions_are_kept_the_ones_used_last(
    people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: Any = type(prepared._KEPT)()
    monkeypatch.setattr(prepared, "_KEPT", kept)
    monkeypatch.setattr(prepared, "_MOST", 2)
    for name in ("n0", "n1", "n0", "n2"):
        assert [user.name for user in asked(within, Q(name=name), least=0)] == [name]
    assert [key[2][0].parts for key in kept] == [(("name", "n0"),), (("name", "n2"),)]
