"""Finding, on whichever database the tests run."""

from itertools import count

import pytest
from pytest_django import DjangoAssertNumQueries

from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.visitor import Visitor
from kaname.kernel.rules.system import SYSTEM
from kaname.kernel.search.index import index
from kaname.kernel.search.queries import MOST_HITS, count_by_source, find
from tests.kernel.search.shelves import OPEN, OTHER

pytestmark = pytest.mark.django_db
NUMBERS = count(1)


@pytest.fixture
def reader(db: None) -> User:
    return User.objects.create(email="reader@example.jp", name="読者")


def put(title: str, body: str = "", *, source: str = OPEN, is_hidden: bool = False) -> int:
    thing = User.objects.create(email=f"thing{next(NUMBERS)}@example.jp", name="隠れた物" if is_hidden else "物")
    index(source=source, object_id=thing.pk, project_id=5, title=title, body=body)
    return thing.pk


def found(actor: object, query: str, **wishes: object) -> list[int]:
    return [hit.object_id for hit in find(actor=actor, query=query, **wishes)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "hits", "misses"),
    [
        ("竜巻注意報", ["竜巻", "竜", "巻", "報", "注意", "巻注意"], ["竜注", "巻竜", "意注", "竜巻警報"]),
        ("特殊語彙検索の設計", ["特殊語彙検索", "語彙", "検索", "設計", "計", "特殊 設計"], ["特殊設計", "語彙設計"]),
        ("ﾌﾟﾛｼﾞｪｸﾄ計画書", ["プロジェクト", "ﾌﾟﾛｼﾞｪｸﾄ", "計画", "プロジェクト計画"], ["プロジェクト書"]),
        ("プロジェクト・マネージャー", ["プロジェクトマネージャー", "マネージャー"], ["マネジャー"]),
        ("ＷＢＳ見直し Ｖ２", ["wbs", "WBS", "ｗｂｓ見直し", "v2", "wb"], ["bs", "wb 見直し", "wbsx"]),
        ("2026年11月の定例会", ["2026", "2026年", "11月", "定例会", "20"], ["026", "1月", "12月"]),
        ("Schedule risk", ["schedule", "SCHED", "risk schedule", "schedule ris"], ["sched risk", "isk"]),
        ("𠮷野家様との会議", ["𠮷野", "𠮷", "野家", "会議"], ["吉野"]),
        ('C++ と O\'Neil "100%" の話', ["o'neil", "100%", "c++", '"100'], ["10%の話題"]),
        ("バックスラッシュ\\と'引用'", ["引用", "\\と", "'引用'"], ["引下", "と引用"]),
    ],
)
def test_title_is_found_by_its_words_only(reader: User, title: str, hits: list[str], misses: list[str]) -> None:
    thing = put(title)
    put("別の話")
    assert {query: found(reader, query) for query in hits} == {query: [thing] for query in hits}
    assert {query: found(reader, query) for query in misses} == {query: [] for query in misses}


def test_phrase_does_not_reach_from_title_into_body(reader: User) -> None:
    put("前半竜", "巻の後半")
    assert found(reader, "竜巻") == []


def test_word_in_the_title_comes_before_the_same_in_a_body(reader: User) -> None:
    in_body = put("一般の報告", "竜巻について少し触れた報告です。")
    in_title = put("竜巻の報告", "これは天候についての報告です。")
    assert found(reader, "竜巻") == [in_title, in_body]


def test_shorter_and_denser_text_comes_first(reader: User) -> None:
    thin = put("報告一", "竜巻 " + "ほかの長い話が続きます。" * 40)
    dense = put("報告二", "竜巻と竜巻と竜巻")
    assert found(reader, "竜巻") == [dense, thin]


def test_hidden_thing_is_neither_found_nor_counted(reader: User) -> None:
    put("極秘竜巻計画CANARY", is_hidden=True)
    seen = put("竜巻")
    assert found(reader, "竜巻") == [seen]
    assert found(reader, "canary") == []
    assert [(row.source, row.count) for row in count_by_source(actor=reader, query="竜巻")] == [(OPEN, 1)]
    assert count_by_source(actor=reader, query="canary") == []
    assert len(found(SYSTEM, "竜巻")) == 2
    assert [(row.source, row.count) for row in count_by_source(actor=SYSTEM, query="竜巻")] == [(OPEN, 2)]


def test_hidden_things_do_not_take_places_of_a_page(reader: User) -> None:
    for _number in range(5):
        put("竜巻", is_hidden=True)
    seen = [put("竜巻") for _number in range(3)]
    assert found(reader, "竜巻", limit=2) == seen[:2]
    assert found(reader, "竜巻", limit=2, offset=2) == seen[2:]


def test_visitor_finds_nothing() -> None:
    put("竜巻")
    assert found(Visitor(), "竜巻") == []
    assert count_by_source(actor=Visitor(), query="竜巻") == []


def test_kinds_are_counted_in_their_order_and_searched_alone(reader: User) -> None:
    paper = put("竜巻", source=OTHER)
    books = [put("竜巻"), put("竜巻")]
    counts = count_by_source(actor=reader, query="竜巻")
    assert [(row.source, row.label, row.count) for row in counts] == [(OPEN, "Books", 2), (OTHER, "Papers", 1)]
    assert found(reader, "竜巻", source=OPEN) == books
    assert found(reader, "竜巻", source=OTHER) == [paper]
    assert found(reader, "竜巻", source="tests.unknown") == []


def test_hit_says_what_it_is_and_where(reader: User) -> None:
    thing = put("竜巻 <注意>", "前書き。竜巻の話。")
    hit = find(actor=reader, query="竜巻")[0]
    assert (hit.source, hit.label, hit.icon, hit.name) == (OPEN, "Books", "book", "竜巻 <注意>")
    assert hit.url == f"/projects/5/{thing}/"
    assert [(piece.text, piece.is_match) for piece in hit.title] == [("竜巻", True), (" <注意>", False)]
    assert [(piece.text, piece.is_match) for piece in hit.excerpt] == [
        ("前書き。", False),
        ("竜巻", True),
        ("の話。", False),
    ]


@pytest.mark.parametrize(
    "query", ["", "   ", "、。", '"', "*", "()", "\0", "'; DROP TABLE search_indexedtext; --", "NEAR(a b)"]
)
def test_query_of_signs_finds_nothing_and_breaks_nothing(reader: User, query: str) -> None:
    put("竜巻")
    assert found(reader, query) == []


@pytest.mark.parametrize("things", [1, 3])
def test_finding_is_one_query(reader: User, things: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _number in range(things):
        put("竜巻")
    assert reader.company_roles == frozenset()
    with django_assert_num_queries(1):
        assert len(found(reader, "竜巻")) == things
    with django_assert_num_queries(1):
        assert [row.count for row in count_by_source(actor=reader, query="竜巻")] == [things]


def test_number_of_hits_is_bounded(reader: User) -> None:
    things = [put("竜巻") for _number in range(MOST_HITS + 1)]
    assert found(reader, "竜巻", limit=10_000) == things[:MOST_HITS]
