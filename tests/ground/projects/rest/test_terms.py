"""Portfolios, programmes and classes in the API: changed under their version, put away, taken out again."""

import pytest
from pytest_django import DjangoAssertNumQueries

from kaname.ground.projects.models import ProjectClass, ProjectGroup
from kaname.ground.projects.operations import create_group
from kaname.ground.projects.types import GroupKind
from kaname.kernel.rules.system import SYSTEM
from tests.rooms.company import NOW, Company
from tests.rooms.program import Program, program


@pytest.fixture
def office(company: Company) -> Program:
    return program(company.office)


def group(name: str, parent: ProjectGroup | None = None) -> ProjectGroup:
    return create_group(actor=SYSTEM, now=NOW, kind=GroupKind.PORTFOLIO, name=name, parent=parent)


def test_group_keeps_what_is_left_out(office: Program) -> None:
    made = office.post("groups/", {"kind": "portfolio", "name": "全社", "name_en": "Company", "position": 3}).json()
    changed = office.patch(f"groups/{made['id']}/", {"name": "全社案件"}, version=1)
    assert changed.json() == made | {"name": "全社案件", "version": 2}
    assert changed["ETag"] == '"2"'


def test_group_moves_with_all_below_it(office: Program) -> None:
    above, middle = group("上"), group("中")
    below = group("下", parent=middle)
    answer = office.patch(f"groups/{middle.pk}/", {"parent": above.pk}, version=1)
    assert answer.json()["path"] == f"/{above.pk}/{middle.pk}/"
    assert office.get(f"groups/{below.pk}/").json()["path"] == f"/{above.pk}/{middle.pk}/{below.pk}/"
    top = office.patch(f"groups/{middle.pk}/", {"parent": None}, version=2).json()
    assert (top["parent"], top["path"]) == (None, f"/{middle.pk}/")


def test_group_is_not_put_below_itself(office: Program) -> None:
    above = group("上")
    below = group("下", parent=above)
    assert office.patch(f"groups/{above.pk}/", {"parent": below.pk}, version=1).status_code == 422
    above.refresh_from_db()
    assert (above.parent_id, above.version) == (None, 1)


def test_stale_group_is_not_changed(office: Program) -> None:
    made = group("全社")
    answers = [
        office.patch(f"groups/{made.pk}/", {"name": "二"}, version=1),
        office.patch(f"groups/{made.pk}/", {"name": "三"}, version=1),
        office.patch(f"groups/{made.pk}/", {"name": "四"}),
    ]
    assert [answer.status_code for answer in answers] == [200, 412, 428]
    assert ProjectGroup.objects.get(pk=made.pk).name == "二"


def test_group_is_put_away_and_taken_out_again(office: Program) -> None:
    made = group("全社")
    assert office.post(f"groups/{made.pk}/archive/", version=1).json()["archived_at"] == "2026-04-06T01:00:00Z"
    assert office.post(f"groups/{made.pk}/restore/", version=2).json()["archived_at"] is None


def test_group_in_use_is_not_put_away(office: Program) -> None:
    above = group("上")
    group("下", parent=above)
    assert office.post(f"groups/{above.pk}/archive/", version=1).status_code == 422
    assert ProjectGroup.objects.get(pk=above.pk).archived_at is None


def test_class_keeps_its_phases_unless_others_are_sent(company: Company, office: Program) -> None:
    place = f"classes/{company.project_class.pk}/"
    before = office.get(place).json()
    assert [phase["name"] for phase in before["phases"]][:2] == ["要件定義", "基本設計"]
    assert office.patch(place, {"name": "開発"}, version=1).json() == before | {"name": "開発", "version": 2}
    phases = [{"name": "企画"}, {"name": "実行", "name_en": "Execution"}]
    changed = office.patch(place, {"phases": phases}, version=2).json()
    assert changed["phases"] == [{"name": "企画", "name_en": ""}, {"name": "実行", "name_en": "Execution"}]


@pytest.mark.parametrize("phases", [[], [{"name": ""}], [{"name": "企画"}] * 41, [{"title": "企画"}]])
def test_class_without_good_phases_is_refused(company: Company, office: Program, phases: list[dict[str, str]]) -> None:
    assert office.patch(f"classes/{company.project_class.pk}/", {"phases": phases}, version=1).status_code == 422
    assert ProjectClass.objects.get().phase_templates.count() == 6


def test_class_is_put_away_and_taken_out_again(company: Company, office: Program) -> None:
    place = f"classes/{company.project_class.pk}/"
    assert office.post(f"{place}archive/", version=1).json()["archived_at"] == "2026-04-06T01:00:00Z"
    assert office.post(f"{place}restore/", version=2).json()["archived_at"] is None


def test_member_reads_but_changes_nothing(company: Company) -> None:
    made = group("全社")
    reader = program(company.member)
    places = (f"groups/{made.pk}/", f"classes/{company.project_class.pk}/")
    assert [reader.get(place).status_code for place in places] == [200, 200]
    assert [reader.patch(place, {"name": "別名"}, version=1).status_code for place in places] == [404, 404]
    assert [reader.post(f"{place}archive/", version=1).status_code for place in places] == [404, 404]
    assert (ProjectGroup.objects.get().version, ProjectClass.objects.get().version) == (1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_many(
    office: Program, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        group(f"{number}")
    office.get("me/")
    with django_assert_num_queries(3):
        assert office.get("groups/").json()["count"] == count
