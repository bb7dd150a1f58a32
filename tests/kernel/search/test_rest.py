"""Search in the API: what may be seen, by kind and by page."""

from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from kaname.ground.projects.operations import edit_project
from kaname.kernel.journal.deliveries import hand_out
from tests.rooms.company import NOW, Company, found_company
from tests.rooms.program import Program, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Iterator[Company]:
    with time_machine.travel(NOW, tick=False):
        made = found_company()
        edit_project(actor=made.office, now=NOW, project_id=made.own.pk, expected_version=1, purpose="会計の作り直し")
        hand_out(now=NOW)
        yield made


@pytest.fixture
def office(company: Company) -> Program:
    return program(company.office)


def test_hit_is_shown_with_its_title_excerpt_and_page(company: Company, office: Program) -> None:
    assert office.get("search/", q="会計").json()["results"] == [
        {
            "kind": "projects.project",
            "id": company.own.pk,
            "project": company.own.pk,
            "title": "P-001 基幹刷新",
            "excerpt": "会計の作り直し",
            "url": f"/projects/{company.own.pk}/",
        }
    ]


def test_kinds_are_counted_and_chosen(office: Program) -> None:
    kinds = office.get("search/kinds/", q="0").json()["results"]
    assert [(kind["kind"], kind["count"]) for kind in kinds] == [("projects.project", 2), ("people.person", 4)]
    counts = [office.get("search/", q="0", **asked).json()["count"] for asked in ({}, {"kind": "people.person"})]
    assert counts == [6, 4]


def test_pages_follow_one_another(office: Program) -> None:
    pages = [office.get("search/", q="0", page=page, page_size=4).json() for page in (1, 2)]
    ids = [(hit["kind"], hit["id"]) for page in pages for hit in page["results"]]
    assert ([len(page["results"]) for page in pages], len(set(ids))) == ([4, 2], 6)
    assert office.get("search/", q="0", page=3, page_size=4).status_code == 404


def test_hidden_project_is_neither_found_nor_counted(company: Company) -> None:
    readers = [program(company.pm), program(company.outsider)]
    assert [reader.get("search/", q="秘密").json()["count"] for reader in readers] == [0, 1]
    assert [len(reader.get("search/kinds/", q="秘密").json()["results"]) for reader in readers] == [0, 1]


def test_token_of_one_room_does_not_search(company: Company) -> None:
    assert program(company.office, "people:read").get("search/", q="0").status_code == 403


def test_search_costs_the_same_for_many(office: Program, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    office.get("me/")
    for words in ("会計", "0"):
        with django_assert_num_queries(4):
            office.get("search/", q=words)


@pytest.mark.parametrize(
    "query",
    [{}, {"q": " "}, {"q": "0", "kind": "secrets"}, {"q": "0" * 101}, {"q": "0", "page_size": 101}, {"words": "0"}],
)
def test_question_that_cannot_be_understood_is_refused(office: Program, query: dict[str, str]) -> None:
    assert office.get("search/", **query).status_code == 400
