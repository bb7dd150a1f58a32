"""What the rooms let be found: by two characters, by reading, in either width, and only what one may see."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from kaname.ground.people.models import Person
from kaname.ground.people.operations import edit_person
from kaname.ground.projects.operations import edit_project
from kaname.kernel.accounts.models import User
from kaname.kernel.jobs.worker import drain
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.search.queries import find
from kaname.pso.schedule.models import Task
from kaname.pso.schedule.operations import add_task, begin_plan, edit_task, remove_tasks
from kaname.site.web.search import find_in_palette
from tests.rooms.company import NOW, Company, found_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Iterator[Company]:
    with time_machine.travel(NOW, tick=False):
        made = found_company()
        Person.objects.filter(pk=made.pm_person.pk).update(reading="やまだ たろう", name_latin="YAMADA Taro")
        edit_person(actor=made.office, now=NOW, person_id=made.pm_person.pk, expected_version=1, place="東京")
        hand_out(now=NOW)
        yield made


def names(actor: User, words: str) -> list[str]:
    return [hit.name for hit in find(actor=actor, query=words)]


@pytest.mark.parametrize("words", ["山田", "やまだ", "ヤマダ", "ﾔﾏﾀﾞ", "yamada", "ＹＡＭＡＤＡ", "たろ"])
def test_person_is_found_by_name_and_reading_in_every_width(company: Company, words: str) -> None:
    assert names(company.office, words) == ["山田 太郎"]


@pytest.mark.parametrize("words", ["基幹", "刷新", "P-001", "ｐ－００１"])
def test_project_is_found_by_two_characters_and_by_code(company: Company, words: str) -> None:
    assert names(company.pm, words) == ["P-001 基幹刷新"]


def test_foreign_project_is_not_found(company: Company) -> None:
    assert names(company.pm, "秘密") == []
    assert names(company.outsider, "秘密") == ["P-002 秘密計画"]


def test_index_follows_a_renamed_project_once_or_twice(company: Company) -> None:
    edit_project(actor=company.office, now=NOW, project_id=company.own.pk, expected_version=1, name="会計刷新")
    hand_out(now=NOW)
    assert names(company.pm, "会計") == ["P-001 会計刷新"]
    assert names(company.pm, "基幹") == []


def test_task_is_found_until_it_is_removed(company: Company) -> None:
    plan = begin_plan(actor=company.pm, now=NOW, project=company.own)
    task = add_task(actor=company.pm, now=NOW, plan_id=plan.pk, name="要件定義", duration_minutes=480)
    hand_out(now=NOW)
    (hit,) = find(actor=company.member, query="要件")
    assert hit.url == f"/projects/{company.own.pk}/schedule/tasks/{task.pk}/"
    assert names(company.outsider, "要件") == []

    edit_task(actor=company.pm, now=NOW, task_id=task.pk, expected_version=Task.objects.get().version, name="移行計画")
    hand_out(now=NOW)
    assert (names(company.pm, "要件"), names(company.pm, "移行")) == ([], ["移行計画"])

    remove_tasks(actor=company.pm, now=NOW, plan_id=plan.pk, task_ids=[task.pk])
    hand_out(now=NOW)
    drain()
    assert names(company.pm, "移行") == []


def test_what_is_found_says_its_project(company: Company) -> None:
    plan = begin_plan(actor=company.pm, now=NOW, project=company.own)
    add_task(actor=company.pm, now=NOW, plan_id=plan.pk, name="要件定義", duration_minutes=480)
    hand_out(now=NOW)
    client = Client()
    client.force_login(company.pm, backend="allauth.account.auth_backends.AuthenticationBackend")
    lines = client.get("/search/", {"q": "要件"}).context["lines"]
    assert [(line.hit.name, line.project.code) for line in lines] == [("要件定義", "P-001")]
    assert [line.project for line in client.get("/search/", {"q": "基幹"}).context["lines"]] == [None]
    (found,) = find_in_palette(company.pm, "要件")
    assert found.note.endswith(" · P-001")


def test_palette_finds_things_with_their_kind(company: Company) -> None:
    (found,) = find_in_palette(company.pm, "基幹")
    assert (found.label, found.url) == ("P-001 基幹刷新", f"/projects/{company.own.pk}/")


@pytest.mark.parametrize(("words", "status"), [("", 200), ("山田", 200), ("zzz", 200), ('"(*', 200)])
def test_page_answers_every_question(company: Company, client: Client, words: str, status: int) -> None:
    client.force_login(company.pm, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get("/search/", {"q": words, "kind": "people.person", "page": "9"})
    assert response.status_code == status
    assert ("<mark>山田</mark>" in response.content.decode()) is (words == "山田")
