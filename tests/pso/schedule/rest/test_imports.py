"""Plan files sent through the API."""

import secrets

import pytest
import time_machine
from django.test import Client

from kaname.kernel.accounts.operations import create_token
from kaname.pso.schedule.models import PlanImport
from tests.rooms.company import NOW, Company

ADDRESS = "/api/v1/imports/files/plan.csv/"


@pytest.fixture
def bearer(company: Company) -> dict[str, str]:
    later = NOW.replace(year=NOW.year + 1)
    _token, secret = create_token(actor=company.pm, name="script", scopes=["read", "write"], expires_at=later, now=NOW)
    return {"Authorization": f"Bearer {secret}", "Idempotency-Key": secrets.token_urlsafe(24)}


def test_a_sent_file_is_kept_for_reading(bearer: dict[str, str]) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = Client().post(
            ADDRESS, "WBS,タスク名\n1,設計\n".encode(), content_type="application/octet-stream", headers=bearer
        )
    assert (answer.status_code, [row.file_name for row in PlanImport.objects.all()]) == (201, ["plan.csv"])


@pytest.mark.parametrize("content_type", ["", "application/octet-stream"])
def test_nothing_sent_is_refused(bearer: dict[str, str], content_type: str) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = Client().post(ADDRESS, b"", content_type=content_type, headers=bearer)
    assert (answer.status_code, PlanImport.objects.count()) == (422, 0)
    assert "空です" in answer.content.decode()
