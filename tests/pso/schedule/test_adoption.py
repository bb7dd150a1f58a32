"""A plan from elsewhere stands in its rows as if it had been entered here, and as it is kept in memory."""

import pytest
from django.forms.models import model_to_dict

from kaname.engine.network import plan as engine
from kaname.pso.schedule.models import Task
from kaname.pso.schedule.operations import Trigger, recalculate, write_plan
from kaname.pso.schedule.operations.adoption import adopt_plan
from kaname.pso.schedule.operations.outline import renumber
from tests.rooms.company import NOW, Company

pytestmark = pytest.mark.django_db

DAY = 480


def task(uid: int, name: str, parent: int | None = None, **values: object) -> engine.Task:
    return engine.Task(uid=uid, name=name, parent_uid=parent, **{"duration_minutes": DAY, **values})


CONTENT = engine.Plan(
    name="移行",
    tasks=(
        task(7, "準備"),
        task(1, "設計", wbs_code="D-1", source_key="a"),
        task(2, "基本設計", 7, segments=(engine.Segment(28_000_000, 28_000_060),)),
        task(3, "詳細設計", 7, is_active=False),
        task(9, "空の作業", kind=engine.TaskKind.SUMMARY),
        task(4, "製造", 3, deadline_at=29_000_000),
        task(5, "完了", kind=engine.TaskKind.MILESTONE, duration_minutes=0),
    ),
    links=(engine.Link(predecessor_uid=2, successor_uid=1), engine.Link(predecessor_uid=1, successor_uid=5, lag=60)),
)


def stored(plan: object) -> list[dict[str, object]]:
    return [model_to_dict(row) | {"id": row.pk, "version": row.version} for row in plan.tasks.order_by("position")]


def test_outline_is_numbered_as_by_hand(company: Company) -> None:
    plan = write_plan(actor=company.pm, now=NOW, project=company.own, content=CONTENT)
    lines = list(plan.tasks.order_by("position").values_list("position", "level", "wbs_code", "name", "kind"))
    assert lines == [
        (1, 0, "1", "準備", "summary"),
        (2, 1, "1.1", "基本設計", "work"),
        (3, 1, "1.2", "詳細設計", "summary"),
        (4, 2, "1.2.1", "製造", "work"),
        (5, 0, "D-1", "設計", "work"),
        (6, 0, "3", "空の作業", "work"),
        (7, 0, "4", "完了", "milestone"),
    ]
    before = stored(plan)
    renumber(plan)
    assert stored(plan) == before


def test_tasks_in_memory_are_those_that_are_stored(company: Company) -> None:
    plan, tasks = adopt_plan(company.own, None, CONTENT)
    assert [model_to_dict(row) | {"id": row.pk, "version": row.version} for row in tasks] == stored(plan)
    Task.objects.filter(pk=tasks[4].pk).update(is_blocked=True)
    again, tasks = adopt_plan(company.own, plan, CONTENT)
    assert [model_to_dict(row) | {"id": row.pk, "version": row.version} for row in tasks] == stored(again)
    assert [row.name for row in tasks if row.is_blocked] == ["設計"]


def test_dates_from_memory_are_those_from_the_rows(company: Company) -> None:
    plan = write_plan(actor=company.pm, now=NOW, project=company.own, content=CONTENT)
    before = stored(plan)
    assert recalculate(plan, actor=company.pm, now=NOW, trigger=Trigger("task")).moved == 0
    assert stored(plan) == before
    assert all(row["start_at"] is not None for row in before)


def test_task_that_stays_does_not_go_with_its_work_package(company: Company) -> None:
    package, inner = task(1, "工程", source_key="p"), task(2, "設計", 1, source_key="t")
    plan, before = adopt_plan(company.own, None, engine.Plan(tasks=(package, inner, task(3, "製造", 1))))
    _, tasks = adopt_plan(company.own, plan, engine.Plan(tasks=(task(2, "設計", source_key="t"),)))
    assert [row.pk for row in tasks] == [before[1].pk]
    lines = plan.tasks.values_list("pk", "parent_id", "position", "level", "wbs_code", "name")
    assert list(lines) == [(before[1].pk, None, 1, 0, "1", "設計")]
