import pytest
from pytest_django import DjangoAssertNumQueries

from kaname.kernel.rules.memory import remembering
from kaname.pso.schedule.models import Assignment, Baseline, BaselineTask, Link, Resource, Task
from kaname.pso.schedule.operations import add_task, take_baseline
from kaname.pso.schedule.queries import led_tasks, my_tasks, plan_ahead, tasks_in_trouble, who_waits
from tests.pso.schedule.conftest import SignIn
from tests.rooms.company import NOW, Company


def test_face_shows_finish_against_baseline_and_milestones(
    company: Company, three: list[Task], sign_in: SignIn
) -> None:
    plan = three[0].plan
    act = {"actor": company.pm, "now": NOW, "plan_id": plan.pk}
    take_baseline(**act)
    add_task(**act, name="受入完了", kind="milestone", constraint="snet", constraint_at=plan.start_at + 20 * 1440)
    page = sign_in(company.member).get(f"/projects/{company.own.pk}/").content.decode()
    assert "Computed finish" in page
    assert "13 days later than the baseline" in page
    assert "受入完了" in page


def test_plan_ahead_names_milestones_not_reached_by_their_dates(
    company: Company, three: list[Task], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = three[0].plan
    for place, (name, day, reached) in enumerate((("後", 9, None), ("先", 4, None), ("済", 2, plan.start_at))):
        at = plan.start_at + day * 1440
        Task.objects.create(
            plan=plan, position=10 + place, name=name, kind="milestone", finish_at=at, actual_finish_at=reached
        )
    with remembering():
        ahead = plan_ahead(actor=company.member, project_id=company.own.pk)
        with django_assert_num_queries(0):
            assert plan_ahead(actor=company.member, project_id=company.own.pk) == ahead
    assert [milestone.name for milestone in ahead.milestones] == ["先", "後"]
    assert ahead.status_at == plan.status_at
    assert plan_ahead(actor=company.outsider, project_id=company.own.pk) is None


def test_my_tasks_are_open_ones_of_mine_with_lateness(company: Company, three: list[Task]) -> None:
    found = my_tasks(actor=company.member, today=NOW.date())
    assert [(task.name, task.days_late, task.project_code) for task in found] == [("要件定義", 3, "P-001")]
    assert my_tasks(actor=company.pm, today=NOW.date()) == ()
    assert my_tasks(actor=company.outsider, today=NOW.date()) == ()


def test_task_is_late_once_its_agreed_finish_has_passed(company: Company, three: list[Task]) -> None:
    baseline = Baseline.objects.create(plan=three[0].plan, number=0, name="初版", taken_at=NOW)
    BaselineTask.objects.create(baseline=baseline, task=three[0], finish_at=three[0].finish_at - 4 * 1440)
    found = my_tasks(actor=company.member, today=NOW.date())
    assert [(task.name, task.days_late, (task.due_on - task.agreed_on).days) for task in found] == [("要件定義", 7, 4)]


def test_day_names_who_waits_for_my_task(company: Company, three: list[Task], sign_in: SignIn) -> None:
    before, after, _ = three
    assert who_waits(actor=company.member, task_ids=[before.pk]) == {}
    resource = Resource.objects.create(plan=before.plan, name="山口 花子")
    Assignment.objects.create(task=after, resource=resource)
    Link.objects.get_or_create(plan=before.plan, predecessor=before, successor=after)
    found = who_waits(actor=company.member, task_ids=[before.pk])
    assert [(row.person_name, row.task_id) for row in found[before.pk]] == [("山口 花子", after.pk)]
    assert who_waits(actor=company.outsider, task_ids=[before.pk]) == {}
    page = sign_in(company.member).get("/").content.decode()
    assert "山口 花子" in page


def test_led_tasks_are_the_late_and_blocked_of_others_the_blocked_first(
    company: Company, three: list[Task], sign_in: SignIn
) -> None:
    late, _, blocked = three
    Task.objects.filter(pk=blocked.pk).update(is_blocked=True)
    found = led_tasks(actor=company.pm, today=NOW.date())
    names = [(row.task.name, row.task.is_blocked, row.task.days_late, row.people) for row in found.worst]
    assert names == [(blocked.name, True, 0, ()), (late.name, False, 3, ("佐藤 花子",))]
    assert (found.late_count, found.blocked_count, found.count) == (1, 1, 2)
    assert [row.task.name for row in led_tasks(actor=company.pm, today=NOW.date(), limit=1).worst] == [blocked.name]
    for stranger in (company.member, company.outsider, company.office):
        assert led_tasks(actor=stranger, today=NOW.date()).count == 0
    page = sign_in(company.pm).get("/").content.decode()
    assert 'id="led-tasks"' in page
    assert "Late 1 · Blocked 1" in page
    assert late.name in page
    assert 'id="led-tasks"' not in sign_in(company.member).get("/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_led_tasks_cost_the_same_for_any_number(
    company: Company, three: list[Task], rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Task.objects.filter(pk__in=[task.pk for task in three[:rows]]).update(is_blocked=True)
    with django_assert_num_queries(1):
        assert led_tasks(actor=company.pm, today=NOW.date()).blocked_count == rows


def test_face_shows_the_tasks_in_trouble(company: Company, three: list[Task], sign_in: SignIn) -> None:
    page = sign_in(company.member).get(f"/projects/{company.own.pk}/").content.decode()
    assert 'id="trouble"' in page
    assert "Late 1 · Blocked 0" in page
    assert tasks_in_trouble(actor=company.outsider, project_id=company.own.pk, today=NOW.date()).count == 0
    Task.objects.update(percent_permille=1000)
    page = sign_in(company.member).get(f"/projects/{company.own.pk}/").content.decode()
    assert 'id="trouble"' not in page
