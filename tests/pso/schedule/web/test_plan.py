import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kaname.pso.schedule.models import Plan, Task
from tests.pso.schedule.conftest import AddTask, SignIn
from tests.rooms.company import Company

KEY = "plan-test-key-000001"


def address(company: Company) -> str:
    return f"/projects/{company.own.pk}/schedule/"


def test_plan_shows_lines_in_words(company: Company, three: list[Task], sign_in: SignIn) -> None:
    response = sign_in(company.member).get(address(company))
    lines = response.context["lines"]
    assert response.status_code == 200
    assert [(line.row.number, line.row.name, line.predecessors, line.people) for line in lines] == [
        (1, "要件定義", "", "佐藤 花子"),
        (2, "基本設計", "1", ""),
        (3, "製造", "2", ""),
    ]
    assert [line.ends_on.isoformat() for line in lines] == ["2026-04-03", "2026-04-07", "2026-04-08"]
    assert lines[0].is_late


@pytest.mark.parametrize("count", [1, 3, 300])
def test_plan_costs_the_same_for_many_lines(
    count: int, company: Company, plan: Plan, add: AddTask, sign_in: SignIn
) -> None:
    task = add("作業 1")
    Task.objects.bulk_create(
        Task(plan=plan, position=number, name=f"作業 {number}", duration_minutes=480, start_at=task.start_at,
             finish_at=task.finish_at)
        for number in range(2, count + 1)
    )  # fmt: skip
    client = sign_in(company.pm)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address(company))
    of_schedule = [query["sql"] for query in queries if 'FROM "schedule_' in query["sql"]]
    assert (len(of_schedule), len(queries) <= 12) == (6, True)
    assert len(response.context["lines"]) == min(count, 200)


def test_foreign_plan_is_missing(company: Company, three: list[Task], sign_in: SignIn) -> None:
    client = sign_in(company.outsider)
    for path in ("", "changes/", "changes/1/", f"tasks/{three[0].pk}/", f"tasks/{three[0].pk}/peek/"):
        assert client.get(address(company) + path).status_code == 404


def test_task_of_another_project_is_missing(company: Company, three: list[Task], sign_in: SignIn) -> None:
    client = sign_in(company.office)
    assert client.get(f"/projects/{company.other.pk}/schedule/tasks/{three[0].pk}/").status_code == 404


def test_project_without_plan_says_how_to_begin(company: Company, sign_in: SignIn) -> None:
    client = sign_in(company.pm)
    assert "schedule/begin/" in client.get(address(company)).content.decode()
    response = client.post(f"{address(company)}begin/", {"idempotency_key": KEY})
    assert (response.status_code, Plan.objects.count()) == (302, 1)


def test_member_may_not_begin_a_plan(company: Company, sign_in: SignIn) -> None:
    client = sign_in(company.member)
    assert "schedule/begin/" not in client.get(address(company)).content.decode()
    assert client.post(f"{address(company)}begin/", {"idempotency_key": KEY}).status_code in {403, 404}
    assert Plan.objects.count() == 0


def test_task_page_explains_the_start(company: Company, three: list[Task], sign_in: SignIn) -> None:
    client = sign_in(company.member)
    path = f"{address(company)}tasks/{three[1].pk}/"
    response = client.get(path, headers={"Accept-Language": "en"})
    facts = response.context["facts"]
    assert facts.waits_for[0][2] is True
    assert facts.why.inputs[0].value == "要件定義"
    assert client.get(f"{path}peek/").status_code == 200
    assert client.get(f"{path}why/").status_code == 200
    assert client.get(f"{address(company)}changes/").status_code == 200


def test_plan_is_read_by_pages(company: Company, plan: Plan, add: AddTask, sign_in: SignIn) -> None:
    add("作業 1")
    Task.objects.bulk_create(Task(plan=plan, position=number, name=f"作業 {number}") for number in range(2, 451))
    client = sign_in(company.member)
    for asked, first, last in (
        ("", 1, 200),
        ("?page=2", 201, 400),
        ("?page=3", 401, 450),
        ("?page=9", 401, 450),
        ("?page=x", 1, 200),
    ):
        lines = client.get(address(company) + asked).context["lines"]
        assert (lines[0].row.number, lines[-1].row.number, len(lines)) == (first, last, last - first + 1)


def test_only_who_changes_the_plan_is_told_who_can_be_assigned(
    company: Company, three: list[Task], sign_in: SignIn
) -> None:
    told = {
        who: sign_in(getattr(company, who)).get(f"{address(company)}rows/").json()["members"]
        for who in ("pm", "member")
    }
    assert told == {"pm": ["山田 太郎", "佐藤 花子"], "member": []}
