from kaname.pso.schedule.models import Task
from kaname.pso.schedule.operations import add_task, take_baseline
from kaname.pso.schedule.queries import my_tasks
from tests.pso.schedule.conftest import SignIn
from tests.rooms.company import NOW, Company


def test_face_shows_finish_against_baseline_and_milestones(company: Company, three: list[Task], sign_in: SignIn) -> None:
    plan = three[0].plan
    act = {"actor": company.pm, "now": NOW, "plan_id": plan.pk}
    take_baseline(**act)
    add_task(**act, name="受入完了", kind="milestone", constraint="snet", constraint_at=plan.start_at + 20 * 1440)
    page = sign_in(company.member).get(f"/projects/{company.own.pk}/").content.decode()
    assert "Computed finish" in page
    assert "13 days later than the baseline" in page
    assert "受入完了" in page


def test_my_tasks_are_open_ones_of_mine_with_lateness(company: Company, three: list[Task]) -> None:
    found = my_tasks(actor=company.member, today=NOW.date())
    assert [(task.name, task.days_late, task.project_code) for task in found] == [("要件定義", 3, "P-001")]
    assert my_tasks(actor=company.pm, today=NOW.date()) == ()
    assert my_tasks(actor=company.outsider, today=NOW.date()) == ()
