"""A small plan in a small company, and a signed-in client."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
import time_machine
from django.test import Client

from kaname.kernel.accounts.models import User
from kaname.pso.schedule.models import Plan, Task
from kaname.pso.schedule.operations import add_task, assign_people, begin_plan, link_tasks
from tests.rooms.company import NOW, Company, found_company

DAY = 480

SignIn = Callable[[User], Client]
AddTask = Callable[..., Task]


@pytest.fixture
def company(db: None) -> Iterator[Company]:
    with time_machine.travel(NOW, tick=False):
        yield found_company()


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(account: User) -> Client:
        User.objects.filter(pk=account.pk).update(language="en")
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def plan(company: Company) -> Plan:
    return begin_plan(actor=company.pm, now=NOW, project=company.own)


@pytest.fixture
def add(company: Company, plan: Plan) -> AddTask:
    def add_one(name: str, days: float = 1, **values: object) -> Task:
        return add_task(
            actor=company.pm, now=NOW, plan_id=plan.pk, name=name, duration_minutes=int(days * DAY), **values
        )

    return add_one


@pytest.fixture
def three(company: Company, plan: Plan, add: AddTask) -> list[Task]:
    """Requirements (3 days, the member's) before design (2 days) before build (1 day)."""
    tasks = [add("要件定義", 3), add("基本設計", 2), add("製造", 1)]
    act = {"actor": company.pm, "now": NOW}
    for before, after in pairwise(tasks):
        link_tasks(**act, plan_id=plan.pk, predecessor_id=before.pk, successor_id=after.pk)
    assign_people(**act, task_id=tasks[0].pk, expected_version=1, people={company.member_person: 1000})
    for task in tasks:
        task.refresh_from_db()
    return tasks
