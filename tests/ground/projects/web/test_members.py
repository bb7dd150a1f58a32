from datetime import date

import pytest

from kaname.ground.projects.models import Membership
from kaname.ground.projects.operations import assign_member, change_membership
from kaname.ground.projects.types import ProjectRole
from kaname.kernel.rules.system import SYSTEM
from tests.ground.conftest import Browse, CountQueries
from tests.ground.projects.sending import send
from tests.rooms.company import NOW, Company

ACT = {"actor": SYSTEM, "now": NOW}


def of_member(company: Company) -> Membership:
    return Membership.objects.get(project=company.own, person=company.member_person)


def test_pm_adds_a_person_until_a_last_day(company: Company, browse: Browse) -> None:
    response = send(
        browse(company.pm), f"/projects/{company.own.pk}/people/add/", person=company.member_person.pk, role="pl",
        load_percent=30, starts_on="2026-05-01", ends_on="2026-05-31",
    )  # fmt: skip
    assert response.status_code == 302
    added = Membership.objects.get(project=company.own, role=ProjectRole.PL)
    assert (added.starts_on, added.ends_before, added.load_permille) == (date(2026, 5, 1), date(2026, 6, 1), 300)


def test_overlap_is_refused_with_a_sentence_and_the_form_as_typed(company: Company, browse: Browse) -> None:
    response = send(
        browse(company.pm), f"/projects/{company.own.pk}/people/add/", person=company.member_person.pk, role="member",
        load_percent=30, starts_on="2026-05-01", ends_on="",
    )  # fmt: skip
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["starts_on"]
    assert "This person already has this role in the project during that time." in response.content.decode()
    assert company.member_person.name in response.content.decode()
    assert Membership.objects.filter(project=company.own).count() == 2


def test_member_sees_the_team_and_changes_nothing(company: Company, browse: Browse) -> None:
    client = browse(company.member)
    membership = of_member(company)
    page = client.get(f"/projects/{company.own.pk}/people/")
    assert [row["membership"].role for row in page.context["rows"]] == ["pm", "member"]
    for path in ("add/", f"{membership.pk}/", f"{membership.pk}/remove/"):
        assert send(client, f"/projects/{company.own.pk}/people/{path}", version=1).status_code == 404
    assert of_member(company).version == 1


def test_part_is_ended_by_its_last_day(company: Company, browse: Browse) -> None:
    membership = of_member(company)
    send(
        browse(company.pm), f"/projects/{company.own.pk}/people/{membership.pk}/", starts_on="2026-04-01",
        ends_on="2026-04-30", load_percent=50, version=1,
    )  # fmt: skip
    membership.refresh_from_db()
    assert (membership.ends_before, membership.load_permille, membership.version) == (date(2026, 5, 1), 500, 2)


def test_role_changes_in_one_step_and_lasts_as_long_as_the_former(company: Company, browse: Browse) -> None:
    membership = of_member(company)
    change_membership(
        **ACT, project_id=company.own.pk, membership_id=membership.pk, expected_version=1, ends_before=date(2026, 10, 1)
    )
    values = {"new-role": "pl", "new-starts_on": "2026-06-01", "new-load_percent": "60", "new-version": "2"}
    page = f"/projects/{company.own.pk}/people/{membership.pk}/role/"
    assert send(browse(company.member), page, **values).status_code == 404
    assert Membership.objects.filter(project=company.own, person=company.member_person).count() == 1
    assert send(browse(company.pm), page, **values).status_code == 302
    parts = Membership.objects.filter(project=company.own, person=company.member_person).order_by("starts_on")
    assert [(row.role, row.starts_on, row.ends_before, row.load_permille) for row in parts] == [
        ("member", membership.starts_on, date(2026, 6, 1), membership.load_permille),
        ("pl", date(2026, 6, 1), date(2026, 10, 1), 600),
    ]


@pytest.mark.parametrize(
    ("role", "day", "field"),
    [("member", "2026-06-01", "role"), ("pl", "2020-01-01", "starts_on"), ("pl", "", "starts_on")],
)
def test_role_change_that_cannot_be_is_told_beside_its_field(
    role: str, day: str, field: str, company: Company, browse: Browse
) -> None:
    membership = of_member(company)
    refused = send(
        browse(company.pm), f"/projects/{company.own.pk}/people/{membership.pk}/role/",
        **{"new-role": role, "new-starts_on": day, "new-load_percent": "60", "new-version": "1"},
    )  # fmt: skip
    assert (refused.status_code, list(refused.context["role_form"].errors)) == (422, [field])
    assert of_member(company).version == 1


def test_late_change_shows_both_versions(company: Company, browse: Browse) -> None:
    membership = of_member(company)
    change_membership(
        **ACT, project_id=company.own.pk, membership_id=membership.pk, expected_version=1, load_permille=200
    )
    late = send(
        browse(company.pm), f"/projects/{company.own.pk}/people/{membership.pk}/", starts_on="2026-04-01", ends_on="",
        load_percent=50, version=1,
    )  # fmt: skip
    assert late.status_code == 409
    assert [(field.mine, field.theirs) for field in late.context["form"].conflict.fields] == [("50", "20")]
    membership.refresh_from_db()
    assert membership.load_permille == 200


def test_mistaken_part_is_taken_out_once(company: Company, browse: Browse) -> None:
    membership = of_member(company)
    client = browse(company.pm)
    send(client, f"/projects/{company.own.pk}/people/{membership.pk}/remove/", version=9)
    assert of_member(company) == membership
    send(client, f"/projects/{company.own.pk}/people/{membership.pk}/remove/", version=1)
    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert send(client, f"/projects/{company.own.pk}/people/{membership.pk}/remove/", version=1).status_code == 404


def test_membership_of_another_project_is_missing(company: Company, browse: Browse) -> None:
    foreign = Membership.objects.get(project=company.other)
    assert browse(company.pm).get(f"/projects/{company.own.pk}/people/{foreign.pk}/").status_code == 404


def test_load_above_one_person_is_told_over_visible_projects_only(company: Company, browse: Browse) -> None:
    assign_member(
        **ACT, project_id=company.other.pk, person=company.member_person, role=ProjectRole.PL,
        starts_on=date(2026, 4, 1), load_permille=400,
    )  # fmt: skip
    seen_by_office = browse(company.office).get(f"/projects/{company.own.pk}/people/").context["rows"]
    assert [row["overload"] and row["overload"].load_permille for row in seen_by_office] == [None, 1400]
    seen_by_pm = browse(company.pm).get(f"/projects/{company.own.pk}/people/").context["rows"]
    assert [row["overload"] for row in seen_by_pm] == [None, None]


@pytest.mark.parametrize("count", [1, 3])
def test_team_costs_the_same_for_many_people(
    count: int, company: Company, browse: Browse, count_queries: CountQueries
) -> None:
    Membership.objects.filter(project=company.own, role=ProjectRole.MEMBER).delete()
    for number in range(count - 1):
        assign_member(
            **ACT, project_id=company.own.pk, person=company.member_person, role=ProjectRole.MEMBER,
            starts_on=date(2026, 4 + number, 1), ends_before=date(2026, 5 + number, 1),
        )  # fmt: skip
    client = browse(company.office)
    with count_queries("projects", 3):
        client.get(f"/projects/{company.own.pk}/people/")
