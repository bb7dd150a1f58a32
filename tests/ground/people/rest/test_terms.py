"""Departments, partner companies and skills in the API: made, changed under their version, taken out of use."""

from typing import Any

import pytest

from kaname.ground.people.models import Department, Partner, Skill
from tests.rooms.company import Company
from tests.rooms.program import Program, program

MADE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "departments": ({"name": "営業部"}, {"name": "第一営業部"}),
    "partners": ({"name": "協力社", "reading": "きょうりょくしゃ"}, {"name": "協力商会"}),
    "skills": ({"name": "Python", "category": "言語"}, {"category": "プログラミング"}),
}


@pytest.fixture
def office(company: Company) -> Program:
    return program(company.office)


@pytest.mark.parametrize("kind", MADE)
def test_term_keeps_what_is_left_out(office: Program, kind: str) -> None:
    body, change = MADE[kind]
    made = office.post(f"{kind}/", body)
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    place = f"{kind}/{made.json()['id']}/"
    assert office.get(place).json() == made.json()
    assert office.patch(place, change, version=1).json() == made.json() | change | {"version": 2}
    assert [office.patch(place, change, version=version).status_code for version in (1, None)] == [412, 428]
    assert office.get(place).json()["version"] == 2


@pytest.mark.parametrize("kind", MADE)
def test_term_is_taken_out_of_use_and_into_use_again(office: Program, kind: str) -> None:
    number = office.post(f"{kind}/", MADE[kind][0]).json()["id"]
    archived = office.post(f"{kind}/{number}/archive/", version=1).json()
    assert (archived["archived_at"], archived["version"]) == ("2026-04-06T01:00:00Z", 2)
    assert office.post(f"{kind}/{number}/restore/", version=2).json()["archived_at"] is None


@pytest.mark.parametrize("kind", MADE)
def test_member_reads_terms_and_changes_none(company: Company, office: Program, kind: str) -> None:
    number = office.post(f"{kind}/", MADE[kind][0]).json()["id"]
    reader, place = program(company.member), f"{kind}/{number}/"
    answers = [
        reader.get(place),
        reader.patch(place, MADE[kind][1], version=1),
        reader.post(f"{place}archive/", version=1),
        reader.post(f"{place}restore/", version=1),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404]
    assert office.get(place).json()["version"] == 1


def test_department_with_people_stays_in_use(company: Company, office: Program) -> None:
    answer = office.post(f"departments/{company.department.pk}/archive/", version=1)
    assert answer.status_code == 422
    assert Department.objects.get(pk=company.department.pk).archived_at is None


@pytest.mark.parametrize("kind", MADE)
def test_unknown_field_is_refused(office: Program, kind: str) -> None:
    answer = office.post(f"{kind}/", MADE[kind][0] | {"archived_at": None})
    assert (answer.status_code, answer.json()["fields"][0]["name"]) == (422, "archived_at")
    assert (Partner.objects.count(), Skill.objects.count()) == (0, 0)
