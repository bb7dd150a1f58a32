from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from kaname.ground.projects.operations import archive_project, close_project, register_project
from kaname.ground.projects.types import ProjectState
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.rules.system import SYSTEM
from kaname.pmo.portfolio.models import Line
from tests.rooms.company import Company
from tests.rooms.watermelon import LATER, browser_of


def codes(response) -> list[str]:
    """Return the codes of the drawn rows in their order."""
    html = "".join(band.rows for band in response.context["bands"])
    return [piece.partition("</span>")[0] for piece in html.split('<span class="quiet small">')[1:]]


def test_page_shows_both_colours_the_delay_and_the_reason(watermelon: Company) -> None:
    response = browser_of(watermelon.office).get("/portfolio/")
    assert response.status_code == 200
    assert codes(response) == ["P-001", "P-002"]
    html = response.content.decode()
    assert 'class="portfolio-differs"' in html
    assert "reported better than computed; forecast 28.1 working days late" in html
    summary = response.context["summary"]
    assert (summary.count, summary.watermelons, summary.late, summary.late_days_tenths) == (2, 1, 1, 281)


def test_page_speaks_japanese(watermelon: Company) -> None:
    html = browser_of(watermelon.office, "ja").get("/portfolio/").content.decode()
    assert "ポートフォリオ" in html
    assert "報告が計算結果より良好" in html


def test_member_sees_own_projects_only_counts_and_choices_included(watermelon: Company) -> None:
    response = browser_of(watermelon.member).get("/portfolio/")
    assert codes(response) == ["P-001"]
    assert response.context["summary"].count == 1
    assert "秘密計画" not in response.content.decode()
    assert "外山" not in response.content.decode()


def test_outsider_sees_nothing_of_a_foreign_project(watermelon: Company) -> None:
    client = browser_of(watermelon.outsider)
    assert codes(client.get("/portfolio/")) == ["P-002"]
    for path in ("peek/", "why/"):
        assert client.get(f"/portfolio/{watermelon.own.pk}/{path}").status_code == 404
        assert client.get(f"/portfolio/999999/{path}").status_code == 404
    exported = client.get("/portfolio/export/?as=csv").content.decode("utf-8-sig")
    assert "基幹刷新" not in exported
    assert exported.count("\r\n") == 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("only=watermelons", ["P-001"]),
        ("only=late", ["P-001"]),
        ("only=stale", ["P-002"]),
        ("computed=danger", ["P-001"]),
        ("computed=unknown", ["P-002"]),
        ("reported=well", ["P-001"]),
        ("q=秘密", ["P-002"]),
        ("q=山田", ["P-001"]),
        ("pm=外山 一", ["P-002"]),
        ("shown=closed", []),
        ("sort=-name", ["P-002", "P-001"]),
        ("sort=delay", ["P-001", "P-002"]),
        ("sort=computed", ["P-002", "P-001"]),
        ("by=department", ["P-001", "P-002"]),
        ("computed=nonsense&sort=nonsense&department=x", ["P-001", "P-002"]),
    ],
)
def test_filters_and_order(watermelon: Company, query: str, expected: list[str]) -> None:
    assert codes(browser_of(watermelon.office).get(f"/portfolio/?{query}")) == expected


def test_closed_and_archived_projects_are_left_out_by_default(watermelon: Company) -> None:
    act = {"actor": watermelon.office, "now": LATER}
    close_project(**act, project_id=watermelon.own.pk, expected_version=1, closed_on=date(2026, 4, 10))
    archive_project(**act, project_id=watermelon.other.pk, expected_version=1)
    hand_out(now=LATER)
    client = browser_of(watermelon.office)
    assert codes(client.get("/portfolio/?q=P-")) == []
    assert codes(client.get("/portfolio/?shown=closed")) == ["P-001"]
    assert codes(client.get("/portfolio/?shown=archived")) == ["P-002"]


def test_nothing_yet_is_taught(company_without_projects) -> None:
    html = browser_of(company_without_projects).get("/portfolio/").content.decode()
    assert "No project to look at yet" in html


@pytest.fixture
def company_without_projects(db: None):
    from tests.rooms.company import account

    return account("new@example.jp", "新人")


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_many_projects(
    watermelon: Company, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Line.objects.exclude(project=watermelon.own).delete()
    for number in range(count - 1):
        register_project(
            actor=SYSTEM,
            now=LATER,
            code=f"P-1{number}",
            name="追加",
            project_class=watermelon.project_class,
            department=watermelon.department,
            starts_on=date(2026, 4, 1),
            state=ProjectState.ACTIVE,
        )
    hand_out(now=LATER)
    client = browser_of(watermelon.office)
    client.get("/portfolio/")
    with django_assert_num_queries(7):
        response = client.get("/portfolio/")
    assert len(codes(response)) == count


def test_peek_names_the_tasks_behind_the_colour(watermelon: Company) -> None:
    html = browser_of(watermelon.member).get(f"/portfolio/{watermelon.own.pk}/peek/").content.decode()
    assert "要件定義" in html
    assert "lies on the critical path, 28.1 working days after its baseline" in html
    assert f"/projects/{watermelon.own.pk}/health/" in html


def test_why_says_the_rule_and_who_changed_it(watermelon: Company) -> None:
    html = browser_of(watermelon.member).get(f"/portfolio/{watermelon.own.pk}/why/").content.decode()
    assert "Danger, the worst of its indicators: Schedule forecast" in html
    assert "version 1" in html
    assert "山田 太郎" in html


def test_export_holds_what_the_filters_show(watermelon: Company) -> None:
    client = browser_of(watermelon.office, "ja")
    response = client.get("/portfolio/export/?as=csv&only=late")
    assert response["Content-Disposition"] == 'attachment; filename="portfolio-2026-04-13.csv"'
    lines = response.content.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("コード,プロジェクト,部署,")
    assert lines[1].startswith("P-001,基幹刷新,開発部,,進行中,山田 太郎,順調,2026/04/06,危険,")
    assert lines[2:] == [""]
    workbook = client.get("/portfolio/export/?as=xlsx").content
    assert workbook.startswith(b"PK")
    assert client.get("/portfolio/export/?as=exe").status_code == 404
