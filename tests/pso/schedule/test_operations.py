"""Verbs of the schedule against the engine, with exact dates."""

from datetime import datetime, timedelta

import pytest
import time_machine

from kaname.engine.units import wall_minute, wall_moment
from kaname.kernel.journal.models import Entry
from kaname.kernel.records import Stale
from kaname.kernel.rules.types import Missing, Refused
from kaname.pso.schedule.models import Link, Plan, Task
from kaname.pso.schedule.operations import (
    LinkExists,
    PlanRefused,
    ReportRefused,
    TaskReport,
    add_task,
    assign_people,
    begin_plan,
    edit_task,
    link_tasks,
    place_task,
    remove_tasks,
    report_progress,
    restore_removed,
    take_baseline,
)
from tests.rooms.company import NOW, Company, found_company

DAY = 480


def at(day: int, hour: int, month: int = 4) -> int:
    return wall_minute(datetime(2026, month, day, hour))


@pytest.fixture
def company(db) -> Company:
    with time_machine.travel(NOW, tick=False):
        yield found_company()


@pytest.fixture
def plan(company) -> Plan:
    return begin_plan(actor=company.pm, now=NOW, project=company.own)


def add(company, plan, name, days=1, **values) -> Task:
    return add_task(actor=company.pm, now=NOW, plan_id=plan.pk, name=name, duration_minutes=days * DAY, **values)


def link(company, plan, first, second, **values) -> Link:
    act = {"actor": company.pm, "now": NOW, "plan_id": plan.pk}
    return link_tasks(**act, predecessor_id=first.pk, successor_id=second.pk, **values)


def half(task: Task) -> TaskReport:
    return TaskReport(task_id=task.pk, expected_version=1, percent_permille=500)


def dates(task: Task) -> tuple[datetime, datetime]:
    task.refresh_from_db()
    return wall_moment(task.start_at), wall_moment(task.finish_at)


def test_begin_plan_of_project_starts_with_first_shift(plan):
    assert plan.start_at == at(1, 9)


def test_linked_tasks_follow_working_time(company, plan):
    first = add(company, plan, "要件定義", 3)
    second = add(company, plan, "基本設計", 2)
    link(company, plan, first, second)
    assert dates(first) == (datetime(2026, 4, 1, 9), datetime(2026, 4, 3, 18))
    assert dates(second) == (datetime(2026, 4, 6, 9), datetime(2026, 4, 7, 18))
    assert (second.driver_kind, second.driver_task_id) == ("predecessor", first.pk)
    plan.refresh_from_db()
    assert plan.finish_at == at(7, 18)


def test_public_holiday_is_not_worked(company, plan):
    add(company, plan, "長い作業", 21)
    task = Task.objects.get()
    assert wall_moment(task.finish_at) == datetime(2026, 4, 30, 18)


def test_closing_a_loop_is_refused_with_all_names_and_changes_nothing(company, plan):
    first, second, third = (add(company, plan, name) for name in ("甲", "乙", "丙"))
    link(company, plan, first, second)
    link(company, plan, second, third)
    entries = Entry.objects.count()
    with pytest.raises(PlanRefused) as refused:
        link(company, plan, third, first)
    assert all(name in str(refused.value) for name in ("甲", "乙", "丙"))
    assert (Link.objects.count(), Entry.objects.count()) == (2, entries)


def test_second_equal_link_is_refused(company, plan):
    first, second = add(company, plan, "甲"), add(company, plan, "乙")
    link(company, plan, first, second)
    with pytest.raises(LinkExists):
        link(company, plan, first, second)


def test_link_to_task_of_other_plan_is_missing(company, plan):
    other = begin_plan(actor=company.outsider, now=NOW, project=company.other)
    foreign = add_task(actor=company.outsider, now=NOW, plan_id=other.pk, name="秘密")
    mine = add(company, plan, "甲")
    with pytest.raises(Missing):
        link(company, plan, foreign, mine)
    assert Link.objects.count() == 0


def test_report_moves_successor_and_names_the_cause(company, plan):
    first, second = add(company, plan, "甲", 2), add(company, plan, "乙", 1)
    link(company, plan, first, second)
    assign_people(actor=company.pm, now=NOW, task_id=first.pk, expected_version=1, people={company.member_person: 1000})
    report = TaskReport(task_id=first.pk, expected_version=2, percent_permille=500, remaining_minutes=5 * DAY)
    report_progress(actor=company.member, now=NOW, report=report)
    run = plan.runs.order_by("-number").first()
    moves = {move.task_id: move for move in run.moves.all()}
    assert set(moves) == {first.pk, second.pk}
    assert (moves[second.pk].driver_task_id, moves[second.pk].root_kind, moves[second.pk].root_task_id) == (
        first.pk,
        "progress",
        first.pk,
    )
    assert wall_moment(moves[second.pk].finish_before_at) == datetime(2026, 4, 3, 18)
    assert moves[second.pk].finish_after_at > moves[second.pk].finish_before_at


def test_report_by_somebody_not_assigned_is_refused_and_changes_nothing(company, plan):
    task = add(company, plan, "甲")
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        report_progress(actor=company.member, now=NOW, report=half(task))
    with pytest.raises(Missing):
        report_progress(actor=company.outsider, now=NOW, report=half(task))
    task.refresh_from_db()
    assert (task.percent_permille, Entry.objects.count()) == (0, entries)


def test_report_on_work_package_is_refused(company, plan):
    parent = add(company, plan, "親")
    add(company, plan, "子", parent_id=parent.pk)
    with pytest.raises(ReportRefused):
        report_progress(actor=company.pm, now=NOW, report=half(parent))


def test_stale_edit_is_refused_and_shows_present_version(company, plan):
    task = add(company, plan, "甲")
    edit_task(actor=company.pm, now=NOW, task_id=task.pk, expected_version=1, name="乙")
    with pytest.raises(Stale) as stale:
        edit_task(actor=company.pm, now=NOW, task_id=task.pk, expected_version=1, name="丙")
    assert (stale.value.current.name, stale.value.current.version) == ("乙", 2)


def test_outline_numbers_follow_the_tree(company, plan):
    first = add(company, plan, "一")
    second = add(company, plan, "二")
    child = add(company, plan, "一の子", parent_id=first.pk)
    place_task(actor=company.pm, now=NOW, task_id=second.pk, expected_version=1, parent_id=first.pk, after_id=child.pk)
    rows = list(plan.tasks.order_by("position").values_list("name", "wbs_code", "level", "kind"))
    assert rows == [("一", "1", 0, "summary"), ("一の子", "1.1", 1, "work"), ("二", "1.2", 1, "work")]


def test_removed_branch_comes_back_with_links(company, plan):
    first = add(company, plan, "一")
    child = add(company, plan, "一の子", 2, parent_id=first.pk)
    after = add(company, plan, "二")
    link(company, plan, child, after)
    before = list(plan.tasks.order_by("position").values_list("id", "name", "wbs_code", "start_at", "finish_at"))
    removal = remove_tasks(actor=company.pm, now=NOW, plan_id=plan.pk, task_ids=[first.pk])
    assert list(plan.tasks.values_list("name", "wbs_code")) == [("二", "1")]
    restore_removed(actor=company.pm, now=NOW, plan_id=plan.pk, removal_id=removal.pk)
    after_rows = list(plan.tasks.order_by("position").values_list("id", "name", "wbs_code", "start_at", "finish_at"))
    assert after_rows == before
    assert Link.objects.count() == 1


def test_second_baseline_moves_the_first_to_number_one(company, plan):
    add(company, plan, "甲")
    first = take_baseline(actor=company.pm, now=NOW, plan_id=plan.pk, name="初版")
    second = take_baseline(actor=company.pm, now=NOW + timedelta(days=1), plan_id=plan.pk, name="改訂")
    first.refresh_from_db()
    assert (first.number, second.number) == (1, 0)
