import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from kaname.kernel.accounts.models import User
from kaname.kernel.rules.system import SYSTEM
from kaname.kernel.search.index import LONGEST_TITLE, forget_unknown_sources, index, rebuild, refresh, remove
from kaname.kernel.search.jobs import rebuild_search_index
from kaname.kernel.search.models import IndexedText
from kaname.kernel.search.queries import find
from tests.kernel.search.shelves import OPEN, OTHER

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    return [hit.name for hit in find(actor=SYSTEM, query=query)]


def a_thing(name: str, email: str) -> User:
    return User.objects.create(name=name, email=email)


def test_index_replaces_the_words_before() -> None:
    thing = a_thing("物", "a@example.jp")
    index(source=OPEN, object_id=thing.pk, title="竜巻")
    index(source=OPEN, object_id=thing.pk, title="台風")
    assert (found("竜巻"), found("台風")) == ([], ["台風"])
    assert IndexedText.objects.count() == 1


def test_one_object_may_be_known_to_two_sources() -> None:
    thing = a_thing("物", "a@example.jp")
    index(source=OPEN, object_id=thing.pk, title="竜巻")
    index(source=OTHER, object_id=thing.pk, title="竜巻")
    remove(source=OPEN, object_ids=[thing.pk])
    assert [hit.source for hit in find(actor=SYSTEM, query="竜巻")] == [OTHER]


def test_remove_leaves_no_tokens_behind() -> None:
    thing = a_thing("物", "a@example.jp")
    index(source=OPEN, object_id=thing.pk, title="竜巻")
    remove(source=OPEN, object_ids=[thing.pk])
    assert IndexedText.objects.count() == 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_words")
            assert cursor.fetchone() == (0,)


def test_long_and_odd_texts_are_taken() -> None:
    thing = a_thing("物", "a@example.jp")
    index(source=OPEN, object_id=thing.pk, title="長\0い題" * 200, body="竜巻、" * 30_000)
    row = IndexedText.objects.get()
    assert (len(row.title), "\0" in row.title) == (LONGEST_TITLE, False)
    assert len(find(actor=SYSTEM, query="竜巻")) == 1


def test_refresh_reads_the_words_anew_and_removes_what_is_gone() -> None:
    kept, gone = a_thing("竜巻一", "a@example.jp"), a_thing("竜巻二", "b@example.jp")
    gone_id = gone.pk
    refresh(source=OPEN, object_ids=[kept.pk, gone_id])
    assert found("竜巻") == ["竜巻一", "竜巻二"]
    User.objects.filter(pk=kept.pk).update(name="台風")
    gone.delete()
    refresh(source=OPEN, object_ids=[kept.pk, gone_id])
    assert (found("竜巻"), found("台風")) == ([], ["台風"])


def test_refresh_of_an_unknown_source_is_an_error() -> None:
    with pytest.raises(KeyError):
        refresh(source="tests.unknown", object_ids=[1])


def test_rebuild_equals_what_refreshing_each_thing_gives() -> None:
    things = [a_thing(f"竜巻{number}", f"t{number}@example.jp") for number in range(3)]
    gone = things.pop()
    for thing in [*things, gone]:
        index(source=OPEN, object_id=thing.pk, title="古い竜巻")
    new = a_thing("竜巻新", "new@example.jp")
    gone.delete()
    assert rebuild(source=OPEN) == 3
    assert sorted(found("竜巻")) == ["竜巻0", "竜巻1", new.name]
    assert found("古い") == []


def test_job_rebuilds_all_sources_and_forgets_unknown_ones() -> None:
    a_thing("竜巻", "a@example.jp")
    IndexedText.objects.create(source="tests.removed", object_id=1, title="x")
    counts = rebuild_search_index.func()
    assert {name: counts[name] for name in (OPEN, OTHER)} == {OPEN: 1, OTHER: 1}
    assert IndexedText.objects.filter(source="tests.removed").count() == 0
    assert forget_unknown_sources() == 0


def test_index_costs_little(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    thing = a_thing("物", "a@example.jp")
    savepoint = 2
    with django_assert_num_queries(savepoint + (2 if connection.vendor == "postgresql" else 3)):
        index(source=OPEN, object_id=thing.pk, title="竜巻")
