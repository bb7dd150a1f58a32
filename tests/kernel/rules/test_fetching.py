"""Many things are fetched as one is: all or none."""

import pytest

from kaname.kernel.rules.decisions import fetch_all
from kaname.kernel.rules.types import Missing, Refused
from kaname.pso.schedule.models import Plan, Task
from kaname.pso.schedule.rules import EDIT_TASK, REPORT_PROGRESS
from tests.pso.schedule.conftest import add, company, plan, three
from tests.rooms.company import Company

__all__ = ["add", "company", "plan", "three"]


def things():
    return Task.objects.select_related("plan__project__department")


def test_things_come_by_id_and_the_actor_is_asked_once(
    company: Company, three: list[Task], django_assert_num_queries
) -> None:
    ids = [task.pk for task in three]
    list(company.pm.company_roles)
    with django_assert_num_queries(2):
        found = fetch_all(company.pm, EDIT_TASK, things(), ids=ids)
    assert sorted(found) == sorted(ids)


def test_one_thing_that_is_not_there_is_missing(company: Company, three: list[Task]) -> None:
    with pytest.raises(Missing):
        fetch_all(company.pm, EDIT_TASK, things(), ids=[three[0].pk, 0])


def test_things_of_others_are_missing(company: Company, three: list[Task]) -> None:
    with pytest.raises(Missing):
        fetch_all(company.outsider, REPORT_PROGRESS, things(), ids=[three[0].pk])


def test_one_thing_that_may_only_be_seen_refuses_all(company: Company, three: list[Task], plan: Plan) -> None:
    assert fetch_all(company.member, REPORT_PROGRESS, things(), ids=[three[0].pk]).keys() == {three[0].pk}
    with pytest.raises(Refused):
        fetch_all(company.member, REPORT_PROGRESS, things(), ids=[three[0].pk, three[1].pk])
