"""Who takes part in a project, in the API: another role from a day on, an entry made by mistake taken out."""

import pytest

from kaname.ground.projects.models import Membership
from tests.rooms.company import Company
from tests.rooms.program import Program, program


@pytest.fixture
def pm(company: Company) -> Program:
    return program(company.pm)


def membership(company: Company) -> Membership:
    return Membership.objects.get(project=company.own, person=company.member_person)


def test_new_role_begins_where_the_former_ends(company: Company, pm: Program) -> None:
    former = membership(company)
    body = {"role": "pl", "starts_on": "2026-06-01", "load_permille": 800}
    answer = pm.post(f"projects/{company.own.pk}/memberships/{former.pk}/role/", body, version=1)
    assert answer.json() | {"id": 0} == {
        "id": 0,
        "version": 1,
        "person": company.member_person.pk,
        "role": "pl",
        "starts_on": "2026-06-01",
        "ends_before": None,
        "load_permille": 800,
    }
    former.refresh_from_db()
    assert f"{former.ends_before}" == "2026-06-01"


def test_same_role_again_is_refused(company: Company, pm: Program) -> None:
    former = membership(company)
    body = {"role": "member", "starts_on": "2026-06-01", "load_permille": 800}
    assert pm.post(f"projects/{company.own.pk}/memberships/{former.pk}/role/", body, version=1).status_code == 422
    assert membership(company).ends_before is None


def test_entry_made_by_mistake_is_taken_out(company: Company, pm: Program) -> None:
    place = f"projects/{company.own.pk}/memberships/{membership(company).pk}/"
    assert [pm.delete(place, version=version).status_code for version in (None, 7)] == [428, 412]
    assert membership(company).version == 1
    assert pm.delete(place, version=1).status_code == 204
    assert not Membership.objects.filter(project=company.own, person=company.member_person).exists()


def test_member_takes_nobody_out(company: Company) -> None:
    number = membership(company).pk
    answer = program(company.member).delete(f"projects/{company.own.pk}/memberships/{number}/", version=1)
    assert answer.status_code == 404
    assert membership(company).pk == number
