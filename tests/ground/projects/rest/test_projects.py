"""Projects in the API: their phases in order, taking a closed one up again."""

from typing import Any

import pytest

from kaname.ground.projects.models import Phase, Project
from tests.rooms.company import Company
from tests.rooms.program import Program, program


@pytest.fixture
def pm(company: Company) -> Program:
    return program(company.pm)


def order(company: Company) -> list[tuple[str, int]]:
    return list(company.own.phases.order_by("position").values_list("name", "position"))


def test_phases_are_renamed_moved_added_and_taken_out(company: Company, pm: Program) -> None:
    place = f"projects/{company.own.pk}/phases/"
    first, second, *_rest = pm.get(place).json()["results"]
    wanted = [
        {"id": second["id"], "name": second["name"]},
        {"name": "移行", "name_en": "Migration"},
        {"id": first["id"], "name": "要求整理"},
    ]
    answer = pm.post(f"{place}arrange/", {"phases": wanted}, version=1)
    assert (answer.status_code, answer.json()["version"], answer["ETag"]) == (200, 2, '"2"')
    shown = pm.get(place).json()["results"]
    assert [(phase["name"], phase["name_en"], phase["position"]) for phase in shown] == [
        ("基本設計", "", 1),
        ("移行", "Migration", 2),
        ("要求整理", "", 3),
    ]
    assert [shown[0]["id"], shown[2]["id"]] == [second["id"], first["id"]]


def test_phase_named_twice_is_refused(company: Company, pm: Program) -> None:
    before = order(company)
    number = company.own.phases.earliest("position").pk
    phases = [{"id": number, "name": "一"}, {"id": number, "name": "二"}]
    answer = pm.post(f"projects/{company.own.pk}/phases/arrange/", {"phases": phases}, version=1)
    assert (answer.status_code, answer.json()["detail"]) == (422, "A phase stands in the order twice. Name it once.")
    assert order(company) == before


def test_phase_of_another_project_is_missing(company: Company, pm: Program) -> None:
    before = order(company)
    phases = [{"id": Phase.objects.filter(project=company.other).earliest("position").pk, "name": "盗"}]
    assert pm.post(f"projects/{company.own.pk}/phases/arrange/", {"phases": phases}, version=1).status_code == 404
    assert order(company) == before


@pytest.mark.parametrize(
    "body", [{}, {"phases": []}, {"phases": [{"name": "x" * 61}]}, {"phases": [{"name": "一", "position": 1}]}]
)
def test_order_that_does_not_fit_is_refused(company: Company, pm: Program, body: dict[str, Any]) -> None:
    assert pm.post(f"projects/{company.own.pk}/phases/arrange/", body, version=1).status_code == 422
    assert len(order(company)) == 6


def test_order_of_a_stale_project_is_refused(company: Company, pm: Program) -> None:
    place, phases = f"projects/{company.own.pk}/phases/arrange/", {"phases": [{"name": "一"}]}
    assert [pm.post(place, phases, version=version).status_code for version in (7, None)] == [412, 428]
    assert len(order(company)) == 6


def test_member_and_outsider_arrange_nothing(company: Company) -> None:
    place, phases = f"projects/{company.own.pk}/phases/arrange/", {"phases": [{"name": "一"}]}
    asking = (company.member, company.outsider)
    assert [program(account).post(place, phases, version=1).status_code for account in asking] == [404, 404]
    assert len(order(company)) == 6


def test_closed_project_is_taken_up_again(company: Company, pm: Program) -> None:
    place = f"projects/{company.own.pk}/"
    closed = pm.post(f"{place}close/", {"closed_on": "2026-04-30"}, version=1).json()
    assert (closed["state"], closed["closed_on"]) == ("closed", "2026-04-30")
    again = pm.post(f"{place}reopen/", version=2).json()
    assert (again["state"], again["closed_on"], again["version"]) == ("active", None, 3)


def test_facts_that_are_left_out_stay(company: Company, pm: Program) -> None:
    before = pm.get(f"projects/{company.own.pk}/").json()
    changed = pm.patch(f"projects/{company.own.pk}/", {"customer": "山川商事"}, version=1).json()
    assert changed == before | {"customer": "山川商事", "version": 2}
    assert Project.objects.get(pk=company.own.pk).name == "基幹刷新"
