"""The page of background jobs: who sees it, what it costs, what its buttons do."""

import secrets

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.jobs.models import Run
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.jobs.worker import drain
from tests.kernel.jobs.sample import jobs
from tests.rooms.company import account

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(*roles: CompanyRole) -> Client:
    client = Client()
    User.objects.update(language="en")
    made = account(f"{len(roles)}{User.objects.count()}@example.jp", "reader", *roles)
    User.objects.filter(pk=made.pk).update(language="en")
    client.force_login(made, backend=BACKEND)
    return client


def parked() -> str:
    number = enqueue_on_commit(jobs.hopeless, job="lost")
    drain()
    return number


def act(client: Client, number: str, verb: str) -> int:
    key = secrets.token_urlsafe(24)
    return client.post(f"/administration/jobs/{number}/{verb}/", {"idempotency_key": key}).status_code


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_many_jobs(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = browser(CompanyRole.ADMINISTRATOR)
    for number in range(count):
        enqueue_on_commit(jobs.hopeless, job=f"{number}")
    client.get("/administration/jobs/?show=waiting")
    with django_assert_num_queries(10):
        page = client.get("/administration/jobs/?show=waiting")
    assert len(page.context["lines"]) == count


def test_parked_jobs_come_first_and_the_page_fetches_its_list_again() -> None:
    client = browser(CompanyRole.ADMINISTRATOR)
    number = parked()
    page = client.get("/administration/jobs/")
    assert [str(line["job"].id) for line in page.context["lines"]] == [number]
    fragment = client.get("/administration/jobs/?show=parked", headers={"HX-Request": "true"}).content.decode()
    assert fragment.startswith('<div id="jobs" hx-get="/administration/jobs/?show=parked&amp;page=1"')
    assert "<html" not in fragment


def test_administrator_runs_a_parked_job_again() -> None:
    client = browser(CompanyRole.ADMINISTRATOR)
    number = parked()
    assert act(client, number, "retry") == 302
    assert Run.objects.get(result_id=number).parked_at is None


def test_whoever_only_sees_jobs_changes_nothing() -> None:
    client = browser(CompanyRole.PMO_ADMINISTRATOR)
    number = parked()
    page = client.get(f"/administration/jobs/{number}/")
    assert (page.status_code, b"lost cannot be done." in page.content, b"/drop/" in page.content) == (200, True, False)
    assert act(client, number, "drop") in {403, 404}
    assert Run.objects.get(result_id=number).dropped_at is None


def test_member_finds_no_page() -> None:
    client = browser(CompanyRole.MEMBER)
    assert client.get("/administration/jobs/").status_code == 404
    assert client.get(f"/administration/jobs/{parked()}/").status_code == 404


def test_job_that_is_done_shows_no_progress_any_more() -> None:
    client = browser(CompanyRole.ADMINISTRATOR)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE contract_effect (job TEXT, step INTEGER, attempt INTEGER)")
    number = enqueue_on_commit(jobs.steps, job="walk", count=2, seconds=0.0)
    drain()
    page = client.get("/administration/jobs/?show=over")
    line = next(line for line in page.context["lines"] if str(line["job"].id) == number)
    assert line["job"].progress is not None
    assert b"Step 2" not in page.content
    assert b"Step 2" not in client.get(f"/administration/jobs/{number}/").content
