"""Saved views in the API: kept under a name, forgotten by their owner alone."""

import pytest

from kaname.pmo.portfolio.models import SavedView
from tests.rooms.company import Company, found_company
from tests.rooms.program import program


@pytest.fixture
def company(db: None) -> Company:
    return found_company()


def test_view_is_saved_replaced_and_forgotten(company: Company) -> None:
    office = program(company.office)
    first = office.post("portfolio/views/", {"name": "遅れ", "query": "health=danger"}).json()
    again = office.post("portfolio/views/", {"name": "遅れ", "query": "health=attention"}).json()
    assert (again["id"], again["query"]) == (first["id"], "health=attention")
    assert [office.delete(f"portfolio/views/{first['id']}/").status_code for _attempt in range(2)] == [204, 404]
    assert not SavedView.objects.exists()


def test_view_of_somebody_else_is_not_forgotten(company: Company) -> None:
    made = program(company.office).post("portfolio/views/", {"name": "遅れ"}).json()
    assert program(company.member).delete(f"portfolio/views/{made['id']}/").status_code == 404
    assert SavedView.objects.get().pk == made["id"]
