"""The API keeps its own description: generated requests get no 5xx and no answer that the description does not tell.

Numbers, versions, days and words are drawn from small sets, so that many requests find a thing, get past its version and
reach the operation behind.  The other half of the requests breaks the description in one place or another.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from kaname.kernel import clock
from kaname.kernel.accounts.operations import create_token
from kaname.kernel.accounts.types import CompanyRole
from kaname.site.rest.root import description
from tests.rooms.company import account, found_company
from tests.site.rest.contract_world import JOB, fill

pytestmark = pytest.mark.django_db

EXAMPLES: Final = {GenerationMode.POSITIVE: 25, GenerationMode.NEGATIVE: 10}
LARGEST_NUMBER: Final = 4
LARGEST_ID: Final = 2**63 - 1
DAYS: Final = ["2026-04-01", "2026-06-15", "2027-03-31"]
MOMENTS: Final = ["2026-04-06T09:00", "2026-06-15T17:30", "2027-03-31T18:00"]
WORDS: Final = ["基幹", "0", "要件 定義", "*"]


def described(mode: GenerationMode) -> dict[str, Any]:
    """Return the description with small numbers in addresses; for good requests with small sets of all that is sent."""
    made: dict[str, Any] = json.loads(json.dumps(description(), default=str))
    is_good = mode is GenerationMode.POSITIVE
    for name, component in made["components"]["schemas"].items():
        if is_good and name.endswith("Request"):
            for schema in schemas_in(component):
                narrow(schema)
    for methods in made["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                if is_good or parameter["in"] == "path":
                    narrow_parameter(parameter)
    return made


def schemas_in(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a schema and all schemas in it."""
    yield schema
    for inner in (*schema.get("properties", {}).values(), *filter(None, [schema.get("items")])):
        yield from schemas_in(inner)


def narrow(schema: dict[str, Any]) -> None:
    """Leave few values of a field."""
    nothing = [None] if schema.get("nullable") else []
    if schema.get("maximum") == LARGEST_ID and schema.get("minimum") == 1:
        schema["maximum"] = LARGEST_NUMBER
    elif schema.get("format") == "date":
        schema["enum"] = DAYS + nothing
    elif str(schema.get("pattern", "")).endswith("T[0-2][0-9]:[0-5][0-9]$"):
        schema["enum"] = MOMENTS + nothing


def narrow_parameter(parameter: dict[str, Any]) -> None:
    """Leave few values of a parameter."""
    schema = parameter["schema"]
    if schema.get("type") == "integer":
        schema["maximum"] = LARGEST_NUMBER
    elif schema.get("format") == "uuid":
        parameter["schema"] = {"type": "string", "enum": [JOB]}
    elif parameter["name"] == "If-Match":
        parameter["schema"] = {"type": "string", "enum": ['"1"', '"2"']}
    elif parameter["name"] == "q":
        parameter["schema"] = {"type": "string", "enum": WORDS}


def operations(mode: GenerationMode) -> list[Any]:
    """Return what can be asked, as schemathesis reads the description, bound to the application."""
    schema = schemathesis.openapi.from_dict(described(mode))
    schema.app = get_wsgi_application()
    return [result.ok() for result in schema.get_all_operations()]


OPERATIONS: Final = [(operation, mode) for mode in EXAMPLES for operation in operations(mode)]


@pytest.fixture(scope="module")
def secret(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Build the world once and return the token of somebody who may do everything."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def headers(secret: str) -> Iterator[dict[str, str]]:
    """Return the headers of a request; what was done is taken back."""
    with transaction.atomic():
        yield {"Authorization": f"Bearer {secret}"}
        transaction.set_rollback(True)


def build() -> str:
    """Build the world."""
    company = found_company()
    everything = account("all@example.jp", "すべて 見る", *CompanyRole)
    fill(company, reader=everything)
    until = clock.now() + timedelta(days=1)
    scopes = ["read", "write"]
    return create_token(actor=everything, name="contract", scopes=scopes, expires_at=until, now=clock.now())[1]


@pytest.mark.parametrize(
    ("operation", "mode"), OPERATIONS, ids=[f"{operation.label} {mode.value}" for operation, mode in OPERATIONS]
)
def test_answers_are_those_described(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES[mode],
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def hold(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=[checks.positive_data_acceptance])

    hold()


def test_every_method_says_what_it_does_and_who_may() -> None:
    methods = [operation for operation, _mode in OPERATIONS]
    assert [operation.label for operation in methods if not operation.definition.raw.get("description")] == []
    assert [operation.label for operation in methods if not operation.definition.raw.get("x-permission")] == []
