"""Background jobs in the API: who sees them, one with its progress, what may be done to it."""

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.jobs.models import Run
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.jobs.worker import drain
from tests.kernel.jobs.sample import jobs
from tests.rooms.company import account
from tests.rooms.program import Program, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def administration() -> Program:
    return program(account("admin@example.jp", "要 管理", CompanyRole.ADMINISTRATOR))


def parked() -> str:
    number = enqueue_on_commit(jobs.hopeless, job="lost")
    drain()
    return number


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_many_jobs(
    administration: Program, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        enqueue_on_commit(jobs.hopeless, job=f"{number}")
    administration.get("me/")
    with django_assert_num_queries(4):
        answer = administration.get("jobs/", shelf="waiting")
    assert [job["state"] for job in answer.json()["results"]] == ["waiting"] * count


def test_shelves_hold_what_stands_on_them(administration: Program) -> None:
    number = parked()
    counts = {shelf: administration.get("jobs/", shelf=shelf).json()["count"] for shelf in ("running", "waiting")}
    assert counts == {"running": 0, "waiting": 0}
    assert [job["id"] for job in administration.get("jobs/", shelf="parked").json()["results"]] == [number]
    assert administration.get("jobs/").json()["count"] == 0


def test_job_is_shown_with_its_progress_and_its_error(administration: Program) -> None:
    number = parked()
    Run.objects.filter(result_id=number).update(done=30, total=120, message="")
    shown = administration.get(f"jobs/{number}/").json()
    assert shown["progress"] == {"done": 30, "total": 120, "percent": 25, "message": "", "left_seconds": None}
    assert (shown["state"], shown["arguments"]) == ("parked", "job='lost'")
    assert shown["error_text"].strip().rpartition("\n")[2] == shown["error"]


def test_parked_job_is_queued_again_once(administration: Program) -> None:
    number = parked()
    answers = [administration.post(f"jobs/{number}/retry/") for _attempt in range(2)]
    assert [answer.status_code for answer in answers] == [200, 403]
    assert answers[0].json()["state"] == "waiting"


def test_parked_job_is_dropped(administration: Program) -> None:
    number = parked()
    assert administration.post(f"jobs/{number}/drop/").json()["state"] == "dropped"


def test_waiting_job_is_stopped(administration: Program) -> None:
    number = enqueue_on_commit(jobs.hopeless, job="unwanted")
    assert administration.post(f"jobs/{number}/stop/").json()["state"] == "cancelled"
    assert administration.post(f"jobs/{number}/stop/").status_code == 403


def test_pmo_administrator_sees_but_does_not_act() -> None:
    number = parked()
    watching = program(account("pmo@example.jp", "見る", CompanyRole.PMO_ADMINISTRATOR))
    assert watching.get(f"jobs/{number}/").json()["state"] == "parked"
    assert [watching.post(f"jobs/{number}/{verb}/").status_code for verb in ("retry", "drop", "stop")] == [404] * 3
    assert watching.get(f"jobs/{number}/").json()["state"] == "parked"


def test_everyone_else_finds_no_jobs() -> None:
    number = parked()
    outside = program(account("member@example.jp", "外", CompanyRole.MEMBER))
    places = ("jobs/", f"jobs/{number}/", "jobs/workers/", "jobs/timed/")
    assert [outside.get(place).status_code for place in places] == [404] * 4


def test_job_that_is_not_there_is_missing(administration: Program) -> None:
    place = f"jobs/{uuid4()}/"
    assert [administration.get(place).status_code, administration.post(f"{place}stop/").status_code] == [404, 404]


def test_workers_and_timed_jobs_are_listed(administration: Program) -> None:
    assert administration.get("jobs/workers/").json()["results"] == []
    assert administration.get("jobs/timed/").json()["results"] == []
