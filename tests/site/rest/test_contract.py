"""The API keeps its own description: generated requests get no 5xx and no answer that the description does not tell.

Numbers and versions are drawn from small ranges, so that many requests find a thing and get past its version.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi import checks

from kaname.kernel import clock
from kaname.kernel.accounts.operations import create_token
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.system import SYSTEM
from kaname.pmo.portfolio.operations import update_line
from kaname.pso.reports.operations import assess, rules_in_force
from kaname.pso.schedule.operations import add_task, begin_plan, link_tasks, remove_tasks, take_baseline
from kaname.site.rest.root import description
from tests.rooms.company import Company, account, found_company

EXAMPLES = 25
LARGEST_NUMBER = 4


def described() -> dict[str, Any]:
    """Return the description with small numbers."""
    made: dict[str, Any] = json.loads(json.dumps(description(), default=str))
    for methods in made["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path" and parameter["schema"].get("type") == "integer":
                    parameter["schema"]["maximum"] = LARGEST_NUMBER
                if parameter["name"] == "If-Match":
                    parameter["schema"] = {"type": "string", "enum": ['"1"', '"2"']}
    return made


def loaded() -> Any:
    """Return the description as schemathesis reads it, bound to the application."""
    schema = schemathesis.openapi.from_dict(described())
    schema.app = get_wsgi_application()
    return schema


SCHEMA = loaded()
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]


def draw_up_a_plan(company: Company) -> None:
    """Give the first project a plan with a bit of everything."""
    act: dict[str, Any] = {"actor": SYSTEM, "now": clock.now()}
    plan = begin_plan(**act, project=company.own)
    tasks = [add_task(**act, plan_id=plan.pk, name=name) for name in ("要件定義", "基本設計", "詳細設計", "製造")]
    link_tasks(**act, plan_id=plan.pk, predecessor_id=tasks[0].pk, successor_id=tasks[1].pk)
    take_baseline(**act, plan_id=plan.pk, name="初版")
    rules_in_force(now=clock.now())
    assess(**act, project=company.own)
    update_line(**act, project=company.own)
    remove_tasks(**act, plan_id=plan.pk, task_ids=[tasks[3].pk])


@pytest.fixture
def headers(db) -> dict[str, str]:
    draw_up_a_plan(found_company())
    everything = account("all@example.jp", "すべて 見る", *CompanyRole)
    until = clock.now() + timedelta(days=1)
    scopes = ["read", "write"]
    _token, secret = create_token(actor=everything, name="contract", scopes=scopes, expires_at=until, now=clock.now())
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.label for operation in OPERATIONS])
def test_answers_are_those_described(operation, headers):
    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def hold(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=[checks.positive_data_acceptance])

    hold()


def test_every_method_says_what_it_does_and_who_may():
    assert [operation.label for operation in OPERATIONS if not operation.definition.raw.get("description")] == []
    assert [operation.label for operation in OPERATIONS if not operation.definition.raw.get("x-permission")] == []
