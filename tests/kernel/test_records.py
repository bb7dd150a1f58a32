"""Records of which several are written at once."""

import pytest
from django.db import transaction

from kaname.kernel.records import Stale, change_all, insert_values
from kaname.pso.schedule.models import Plan, Task
from tests.pso.schedule.conftest import add, company, plan, three

__all__ = ["add", "company", "plan", "three"]


def renamed(tasks: list[Task]) -> list[Task]:
    for task in tasks:
        task.name = f"{task.name}!"
    return tasks


def names() -> list[str]:
    return list(Task.objects.order_by("position").values_list("name", flat=True))


def test_records_are_written_and_their_versions_counted_up(
    three: list[Task], plan: Plan, django_assert_num_queries
) -> None:
    tasks = renamed(list(Task.objects.order_by("position")))
    versions = [task.version for task in tasks]
    with transaction.atomic(), django_assert_num_queries(1):
        change_all(tasks, expected_versions=versions, names=["name"])
    assert names() == ["要件定義!", "基本設計!", "製造!"]
    assert [task.version for task in Task.objects.order_by("position")] == [version + 1 for version in versions]
    assert [task.version for task in tasks] == [version + 1 for version in versions]


def test_one_stale_record_keeps_all_from_being_written(three: list[Task]) -> None:
    tasks = renamed(list(Task.objects.order_by("position")))
    versions = [task.version for task in tasks]
    Task.objects.filter(pk=tasks[1].pk).update(version=9)
    with pytest.raises(Stale) as stale, transaction.atomic():
        change_all(tasks, expected_versions=versions, names=["name"])
    assert (stale.value.current.pk, stale.value.expected_version) == (tasks[1].pk, versions[1])
    assert names() == ["要件定義", "基本設計", "製造"]


def test_record_named_twice_is_stale_the_second_time(three: list[Task]) -> None:
    task = Task.objects.order_by("position")[0]
    with pytest.raises(Stale), transaction.atomic():
        change_all([task, task], expected_versions=[task.version, task.version], names=["name"])
    assert Task.objects.get(pk=task.pk).version == task.version


def test_nothing_to_write_asks_nothing(db: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        change_all([], expected_versions=[], names=["name"])


def test_values_are_inserted_with_the_defaults_of_the_other_columns(
    three: list[Task], plan: Plan, django_assert_num_queries
) -> None:
    rows = [(plan.pk, 4, "移行", {"segments": [[1, 2]]}), (plan.pk, 5, "教育", {})]
    with transaction.atomic(), django_assert_num_queries(1):
        insert_values(Task, ("plan_id", "position", "name", "more"), rows)
    first, second = Task.objects.filter(position__gt=3).order_by("position")
    assert (first.name, first.more, second.name, second.more) == ("移行", {"segments": [[1, 2]]}, "教育", {})
    model = Task(plan=plan, position=4, name="移行", more=first.more)
    for field in Task._meta.concrete_fields:
        if not field.primary_key:
            assert getattr(first, field.attname) == getattr(model, field.attname), field.attname


def test_no_values_ask_nothing(db: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        insert_values(Task, ("name",), [])
