from kaname.engine.units import wall_moment
from kaname.pso.schedule.models import Baseline, Plan, Task
from tests.pso.schedule.conftest import SignIn
from tests.rooms.company import Company


def address(company: Company, path: str) -> str:
    return f"/projects/{company.own.pk}/schedule/{path}"


def test_baseline_is_taken_and_compared(company: Company, three: list[Task], sign_in: SignIn) -> None:
    client = sign_in(company.pm)
    values = {"name": "合意版", "idempotency_key": "baseline-test-key-1"}
    assert client.post(address(company, "baselines/"), values).status_code == 302
    assert Baseline.objects.get().name == "合意版"
    Task.objects.filter(pk=three[1].pk).update(finish_at=three[1].finish_at + 1440)
    lines = client.get(address(company, "?baseline=0")).context["lines"]
    assert [line.difference for line in lines] == ["0d", "+1d", "0d"]
    assert client.get(address(company, "baselines/")).status_code == 200


def test_member_takes_no_baseline(company: Company, three: list[Task], sign_in: SignIn) -> None:
    values = {"name": "合意版", "idempotency_key": "baseline-test-key-2"}
    assert sign_in(company.member).post(address(company, "baselines/"), values).status_code in {403, 404}
    assert sign_in(company.outsider).post(address(company, "baselines/"), values).status_code == 404
    assert Baseline.objects.count() == 0


def settings(plan: Plan, **changes: object) -> dict[str, object]:
    return {
        "starts_on": "2026-04-01", "status_on": "", "hours_per_day": "8", "reschedules": "on", "version": plan.version,
        "idempotency_key": "settings-test-key-1", **changes,
    }  # fmt: skip


def test_settings_move_the_plan(company: Company, plan: Plan, three: list[Task], sign_in: SignIn) -> None:
    client = sign_in(company.pm)
    assert client.get(address(company, "settings/")).status_code == 200
    assert client.post(address(company, "settings/"), settings(plan, starts_on="2026-04-06")).status_code == 302
    three[0].refresh_from_db()
    assert wall_moment(three[0].start_at).isoformat() == "2026-04-06T09:00:00"


def test_stale_settings_show_both(company: Company, plan: Plan, three: list[Task], sign_in: SignIn) -> None:
    response = sign_in(company.pm).post(address(company, "settings/"), settings(plan, version=77))
    assert response.status_code == 422
    assert "Somebody changed the settings meanwhile: start Wed 1 Apr" in response.content.decode()
    plan.refresh_from_db()
    assert plan.version == 1


def change(task: Task, **changes: object) -> dict[str, object]:
    return {
        "name": task.name, "kind": "work", "duration": "3d", "mode": "auto", "constraint": "asap", "is_active": "on",
        "version": task.version, "idempotency_key": "change-test-key-001", **changes,
    }  # fmt: skip


def test_task_form_sets_constraint_and_deadline(company: Company, three: list[Task], sign_in: SignIn) -> None:
    client = sign_in(company.pm)
    path = address(company, f"tasks/{three[0].pk}/change/")
    assert client.get(path).status_code == 200
    values = change(three[0], constraint="snet", constraint_on="2026-04-09", deadline_on="2026-04-30", notes="要注意")
    assert client.post(path, values).status_code == 302
    three[0].refresh_from_db()
    moments = (three[0].start_at, three[0].deadline_at)
    assert [wall_moment(moment).isoformat() for moment in moments] == ["2026-04-09T09:00:00", "2026-04-30T18:00:00"]
    assert (three[0].duration_minutes, three[0].notes) == (1440, "要注意")


def test_task_form_asks_for_the_date_of_a_constraint(company: Company, three: list[Task], sign_in: SignIn) -> None:
    path = address(company, f"tasks/{three[0].pk}/change/")
    response = sign_in(company.pm).post(path, change(three[0], constraint="mso"))
    assert response.status_code == 422
    assert response.context["form"].errors["constraint_on"] == ["This constraint needs a date."]


def test_task_form_is_closed_to_members(company: Company, three: list[Task], sign_in: SignIn) -> None:
    path = address(company, f"tasks/{three[0].pk}/change/")
    assert sign_in(company.member).post(path, change(three[0], name="変更")).status_code in {403, 404}
    three[0].refresh_from_db()
    assert three[0].name == "要件定義"
