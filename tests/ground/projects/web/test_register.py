from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kaname.ground.projects.operations import assign_member, register_project
from kaname.ground.projects.types import ProjectRole
from kaname.kernel.rules.system import SYSTEM
from tests.ground.projects.conftest import SignIn
from tests.rooms.company import NOW, Company


def codes(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/projects/{query}")
    assert response.status_code == 200
    return [project.code for project in response.context["rows"]]


def test_register_shows_office_all_and_member_own(company: Company, sign_in: SignIn) -> None:
    assert codes(sign_in(company.office)) == ["P-001", "P-002"]
    assert codes(sign_in(company.member)) == ["P-001"]


def test_register_filters_and_sorts(company: Company, sign_in: SignIn) -> None:
    client = sign_in(company.office)
    assert codes(client, "?q=秘密") == ["P-002"]
    assert codes(client, "?state=closed") == []
    assert codes(client, f"?pm={company.pm_person.pk}") == ["P-001"]
    assert codes(client, f"?department={company.department.pk}&sort=-code") == ["P-002", "P-001"]


def test_order_is_kept_for_the_next_visit(company: Company, sign_in: SignIn) -> None:
    client = sign_in(company.office)
    codes(client, "?sort=-code")
    assert codes(client) == ["P-002", "P-001"]


@pytest.mark.parametrize("count", [1, 3])
def test_register_costs_the_same_for_many_projects(
    count: int, company: Company, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count - 1):
        project = register_project(
            actor=SYSTEM, now=NOW, code=f"P-1{number}", name="追加", project_class=company.project_class,
            department=company.department, starts_on=date(2026, 4, 1),
        )  # fmt: skip
        assign_member(
            actor=SYSTEM, now=NOW, project_id=project.pk, person=company.pm_person, role=ProjectRole.PM,
            starts_on=date(2026, 4, 1),
        )  # fmt: skip
    client = sign_in(company.office)
    client.get("/projects/")
    with django_assert_num_queries(10):
        client.get("/projects/")


def test_foreign_project_is_missing_everywhere(company: Company, sign_in: SignIn) -> None:
    client = sign_in(company.member)
    for path in ("", "peek/", "neighbours/"):
        assert client.get(f"/projects/{company.own.pk}/{path}").status_code == 200
        assert client.get(f"/projects/{company.other.pk}/{path}").status_code == 404
        assert client.get(f"/projects/999999/{path}").status_code == 404


def test_options_and_neighbours_propose_visible_projects_only(company: Company, sign_in: SignIn) -> None:
    client = sign_in(company.member)
    proposed = client.get("/projects/options/?q=P-").content.decode()
    assert "P-001" in proposed
    assert "P-002" not in proposed
    assert "P-002" not in client.get(f"/projects/{company.own.pk}/neighbours/").content.decode()
