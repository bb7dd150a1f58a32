"""What hangs on a person in the API: entered, listed, taken back."""

import pytest

from kaname.ground.people.models import Leave, PartTimePeriod
from tests.rooms.company import Company
from tests.rooms.program import Program, program

WEEK = [[[540, 900]]] * 5 + [[], []]


@pytest.fixture
def office(company: Company) -> Program:
    return program(company.office)


def test_part_time_period_is_entered_and_taken_back(company: Company, office: Program) -> None:
    place = f"people/{company.member_person.pk}/part-time/"
    made = office.post(place, {"starts_on": "2026-06-01", "week": WEEK}).json()
    assert office.get(place).json()["results"] == [made]
    assert [office.delete(f"{place}{made['id']}/").status_code for _attempt in range(2)] == [204, 404]
    assert not PartTimePeriod.objects.exists()


def test_leave_is_entered_and_cancelled(company: Company, office: Program) -> None:
    place = f"people/{company.member_person.pk}/leave/"
    made = office.post(place, {"starts_on": "2026-06-01", "ends_before": "2026-06-03"}).json()
    assert (made["kind"], made["part"]) == ("paid", "whole")
    assert office.delete(f"{place}{made['id']}/").status_code == 204
    assert not Leave.objects.exists()


def test_period_is_taken_back_from_its_own_person_by_those_who_keep_it(company: Company, office: Program) -> None:
    made = office.post(
        f"people/{company.member_person.pk}/part-time/", {"starts_on": "2026-06-01", "week": WEEK}
    ).json()
    assert office.delete(f"people/{company.pm_person.pk}/part-time/{made['id']}/").status_code == 404
    assert program(company.pm).delete(f"people/{company.member_person.pk}/part-time/{made['id']}/").status_code == 403
    assert PartTimePeriod.objects.get().pk == made["id"]


def test_skill_of_a_person_is_assessed_again(company: Company, office: Program) -> None:
    skill = office.post("skills/", {"name": "Python"}).json()["id"]
    place = f"people/{company.member_person.pk}/skills/"
    for level in (2, 4):
        assert office.post(place, {"skill": skill, "level": level, "assessed_on": "2026-04-01"}).status_code == 201
    assert [row["level"] for row in office.get(place).json()["results"]] == [4]
