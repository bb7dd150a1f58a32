import io
from datetime import date

import openpyxl
import pytest
from django.test import Client

from kaname.ground.projects.models import Project
from kaname.ground.projects.operations import (
    archive_project,
    assign_member,
    create_group,
    edit_project,
    register_project,
)
from kaname.ground.projects.types import GroupKind, ProjectRole
from kaname.kernel.rules.system import SYSTEM
from tests.ground.conftest import Browse, CountQueries
from tests.rooms.company import NOW, Company

ACT = {"actor": SYSTEM, "now": NOW}


def codes(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/projects/{query}")
    assert response.status_code == 200
    return [project.code for project in response.context["rows"]]


def test_register_shows_office_all_and_member_own(company: Company, browse: Browse) -> None:
    assert codes(browse(company.office)) == ["P-001", "P-002"]
    assert codes(browse(company.member)) == ["P-001"]


def test_register_filters_and_sorts(company: Company, browse: Browse) -> None:
    client = browse(company.office)
    assert codes(client, "?q=秘密") == ["P-002"]
    assert codes(client, "?state=closed") == []
    assert codes(client, "?health=unknown") == ["P-001", "P-002"]
    assert codes(client, f"?pm={company.pm_person.pk}") == ["P-001"]
    assert codes(client, f"?department={company.department.pk}&sort=-code") == ["P-002", "P-001"]


def test_filter_that_names_nothing_known_narrows_nothing(company: Company, browse: Browse) -> None:
    assert codes(browse(company.office), "?pm=x&department=99999&state=odd&shelf=odd&sort=odd&page=z") == [
        "P-001",
        "P-002",
    ]


def test_archived_projects_stand_on_their_own_shelf(company: Company, browse: Browse) -> None:
    archive_project(**ACT, project_id=company.other.pk, expected_version=1)
    client = browse(company.office)
    assert codes(client) == ["P-001"]
    assert codes(client, "?shelf=archived") == ["P-002"]
    assert codes(client, "?shelf=all") == ["P-001", "P-002"]


def test_order_is_kept_for_the_next_visit(company: Company, browse: Browse) -> None:
    client = browse(company.office)
    codes(client, "?sort=-code")
    assert codes(client) == ["P-002", "P-001"]


def test_tree_announces_each_group_with_those_above(company: Company, browse: Browse) -> None:
    portfolio = create_group(**ACT, kind=GroupKind.PORTFOLIO, name="基幹")
    programme = create_group(**ACT, kind=GroupKind.PROGRAM, name="物流", parent=portfolio)
    edit_project(**ACT, project_id=company.other.pk, expected_version=1, group=programme)
    lines = browse(company.office).get("/projects/?view=tree").context["lines"]
    assert [(line.depth, line.group and line.group.name, line.project and line.project.code) for line in lines] == [
        (0, "基幹", None),
        (1, "物流", None),
        (2, None, "P-002"),
        (0, None, None),
        (0, None, "P-001"),
    ]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?view=tree"])
def test_register_costs_the_same_for_many_projects(
    count: int, query: str, company: Company, browse: Browse, count_queries: CountQueries
) -> None:
    create_group(**ACT, kind=GroupKind.PORTFOLIO, name="基幹")
    for number in range(count - 1):
        project = register_project(
            **ACT, code=f"P-1{number}", name="追加", project_class=company.project_class,
            department=company.department, starts_on=date(2026, 4, 1),
        )  # fmt: skip
        assign_member(
            **ACT, project_id=project.pk, person=company.pm_person, role=ProjectRole.PM, starts_on=date(2026, 4, 1)
        )
    client = browse(company.office)
    with count_queries("projects", 6):
        client.get(f"/projects/{query}")


def test_foreign_project_is_missing_everywhere(company: Company, browse: Browse) -> None:
    client = browse(company.member)
    for path in ("", "peek/", "neighbours/", "people/", "status/", "activity/"):
        assert client.get(f"/projects/{company.own.pk}/{path}").status_code == 200
        assert client.get(f"/projects/{company.other.pk}/{path}").status_code == 404
        assert client.get(f"/projects/999999/{path}").status_code == 404


def test_options_and_neighbours_propose_visible_projects_only(company: Company, browse: Browse) -> None:
    client = browse(company.member)
    proposed = client.get("/projects/options/?q=P-").content.decode()
    assert "P-001" in proposed
    assert "P-002" not in proposed
    assert "P-002" not in client.get(f"/projects/{company.own.pk}/neighbours/").content.decode()


def test_export_holds_what_the_filters_leave(company: Company, browse: Browse) -> None:
    client = browse(company.office)
    text = client.get("/projects/export/?as=csv&q=P-001").content.decode("utf-8-sig").splitlines()
    assert text[0].startswith("Code,Project name,Reported status,Reported on,Reason,State,PM")
    assert text[1:] == ["P-001,基幹刷新,,,,In progress,山田 太郎,Development,System development,,2026-04-01,,"]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/projects/export/").content))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == ["P-001", "P-002"]


def test_export_never_shows_foreign_projects(company: Company, browse: Browse) -> None:
    assert "P-002" not in browse(company.member).get("/projects/export/?as=tsv").content.decode()


def test_empty_register_teaches_and_offers_the_first_step(company: Company, browse: Browse) -> None:
    Project.objects.update(archived_at=NOW)
    page = browse(company.office).get("/projects/").content.decode()
    assert "Register the first project" in page
    assert "P-2026-014" in page
