from collections.abc import Iterator

import pytest

from kaname.ground.projects.operations import edit_project, report_status
from kaname.ground.projects.rules import VIEW
from kaname.ground.projects.types import (
    PROJECT_FIGURES,
    PROJECT_HEALTH,
    PROJECT_SECTIONS,
    PROJECT_SENTENCES,
    ComputedHealth,
    Health,
    ProjectSection,
)
from kaname.kernel.rules.system import SYSTEM
from kaname.kernel.slots import Slot
from kaname.ui.types import Figure
from tests.ground.conftest import Browse, CountQueries
from tests.rooms.company import NOW, Company

ACT = {"actor": SYSTEM, "now": NOW}


@pytest.fixture
def empty_slots() -> Iterator[None]:
    """Leave the slots as if no upper room had filled them."""
    slots: tuple[Slot, ...] = (PROJECT_FIGURES, PROJECT_HEALTH, PROJECT_SECTIONS, PROJECT_SENTENCES)
    kept = [dict(slot._contents) for slot in slots]
    for slot in slots:
        slot._contents.clear()
    yield
    for slot, contents in zip(slots, kept, strict=True):
        slot._contents.clear()
        slot._contents.update(contents)


def test_face_says_what_the_project_is_and_where_it_stands(company: Company, browse: Browse, empty_slots: None) -> None:
    context = browse(company.member).get(f"/projects/{company.own.pk}/").context
    assert context["paragraph"] == (
        "A “System development” project under Development. Led by PM 山田 太郎. "
        "It is in progress since Wed 1 Apr; no finish is planned."
    )
    assert [(figure.label, figure.value, figure.note) for figure in context["figures"]] == [
        ("People taking part", "2", "load of 1.5 in all")
    ]
    assert [row.role for row in context["memberships"]] == ["pm", "member"]
    assert context["computed"] is None


def test_upper_rooms_fill_the_face(company: Company, browse: Browse, empty_slots: None) -> None:
    PROJECT_FIGURES.fill("t", lambda actor, project: [Figure(label="SPI(t)", value="0.82")])
    PROJECT_SENTENCES.fill("t", lambda actor, project: ["It is 12 days late."])
    PROJECT_HEALTH.fill("t", lambda actor, project: ComputedHealth(health=Health.DANGER, says="7 tasks are overdue."))
    template = "projects/parts/none.html"
    PROJECT_SECTIONS.fill("t", ProjectSection(template=template, context=lambda request, project: {}, wanted=VIEW))
    PROJECT_SECTIONS.fill("u", ProjectSection(template=template, context=lambda request, project: None, wanted=VIEW))
    response = browse(company.member).get(f"/projects/{company.own.pk}/")
    assert response.context["figures"][0].label == "SPI(t)"
    assert response.context["paragraph"].endswith("It is 12 days late.")
    assert len(response.context["sections"]) == 1
    page = response.content.decode()
    assert "7 tasks are overdue." in page
    assert "mark-danger mark-computed" in page


def test_budget_is_seen_by_those_who_may(company: Company, browse: Browse) -> None:
    edit_project(**ACT, project_id=company.own.pk, expected_version=1, budget=184_500_000)
    assert "184,500" in browse(company.pm).get(f"/projects/{company.own.pk}/").content.decode()
    assert "184,500" not in browse(company.member).get(f"/projects/{company.own.pk}/").content.decode()
    assert "184,500" not in browse(company.member).get(f"/projects/{company.own.pk}/peek/").content.decode()


def test_face_offers_only_what_one_may_do(company: Company, browse: Browse) -> None:
    def offered(path: str, page: str) -> bool:
        return f"/projects/{company.own.pk}/{path}" in page

    own, pm, office = (
        browse(user).get(f"/projects/{company.own.pk}/").content.decode()
        for user in (company.member, company.pm, company.office)
    )
    assert [offered("edit/", page) for page in (own, pm, office)] == [False, True, True]
    assert [offered("archive/", page) for page in (own, pm, office)] == [False, False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_face_costs_the_same_for_many_reports(
    count: int, company: Company, browse: Browse, count_queries: CountQueries, empty_slots: None
) -> None:
    for _ in range(count):
        report_status(
            actor=company.pm, now=NOW, project_id=company.own.pk, on=NOW.date(), health=Health.WELL, reason="順調"
        )
    client = browse(company.pm)
    with count_queries("projects", 5):
        client.get(f"/projects/{company.own.pk}/")


def test_activity_names_people_and_fields(company: Company, browse: Browse) -> None:
    edit_project(**ACT, project_id=company.own.pk, expected_version=1, name="新", customer="東和")
    entries = browse(company.member).get(f"/projects/{company.own.pk}/activity/").context["entries"]
    assert [str(entry.says) for entry in entries] == [
        "Project changed: Customer, Name",
        "Membership changed: 佐藤 花子 Member 100%",
        "Membership changed: 山田 太郎 PM 50%",
        "Project registered",
    ]
