"""A plan that uses everything that a WBS table can hold, and what of it comes back."""

from dataclasses import replace
from datetime import datetime

from kaname.engine.network.plan import (
    Assignment,
    Baseline,
    ConstraintType,
    DurationKind,
    LagUnit,
    Link,
    LinkType,
    Plan,
    Progress,
    Resource,
    StoredDates,
    Task,
    TaskKind,
    TaskMode,
)
from kaname.engine.units import wall_minute


def at(text: str) -> int:
    return wall_minute(datetime.fromisoformat(text))


def dated(start: str, finish: str) -> StoredDates:
    return StoredDates(start_at=at(start), finish_at=at(finish))


FULL = Plan(
    name="基幹システム刷新プロジェクト",
    tasks=(
        Task(uid=10, name="要件定義", kind=TaskKind.SUMMARY, wbs_code="A", stored=dated("2026-04-01 09:00", "2026-04-10 18:00")),
        Task(
            uid=20,
            name="業務要件①",
            parent_uid=10,
            wbs_code="A-1",
            duration_minutes=1440,
            effort_minutes=2880,
            constraint=ConstraintType.SNET,
            constraint_at=at("2026-04-01 09:00"),
            stored=dated("2026-04-01 09:00", "2026-04-03 18:00"),
            progress=Progress(percent_permille=1000, actual_start_at=at("2026-04-01 09:00"), actual_finish_at=at("2026-04-02 17:00")),
            baselines=(Baseline(number=0, start_at=at("2026-03-30 09:00"), finish_at=at("2026-04-01 18:00")),),
            notes="=SUM(A1)ではない\n二行目",
        ),
        Task(
            uid=30,
            name="=cmd|'/c calc'!A1",
            parent_uid=10,
            wbs_code="A-2",
            duration_minutes=1500,
            effort_minutes=1500,
            stored=dated("2026-04-06 09:00", "2026-04-09 09:25"),
            progress=Progress(percent_permille=335, actual_start_at=at("2026-04-06 09:00")),
            deadline_at=at("2026-04-10 18:00"),
        ),
        Task(uid=40, name="◆要件確定", wbs_code="B", kind=TaskKind.MILESTONE, duration_minutes=0, stored=dated("2026-04-09 09:25", "2026-04-09 09:25")),
        Task(
            uid=50,
            name="養生",
            wbs_code="C",
            duration_minutes=4320,
            duration_kind=DurationKind.ELAPSED,
            constraint=ConstraintType.FNLT,
            constraint_at=at("2026-05-01 18:00"),
            stored=dated("2026-04-09 09:25", "2026-04-12 09:25"),
        ),
        Task(
            uid=60,
            name="立会い",
            wbs_code="D",
            mode=TaskMode.MANUAL,
            duration_minutes=480,
            manual_start_at=at("2026-04-11 09:00"),
            manual_finish_at=at("2026-04-11 18:00"),
            is_active=False,
        ),
    ),
    links=(
        Link(predecessor_uid=20, successor_uid=30),
        Link(predecessor_uid=20, successor_uid=40, type=LinkType.SS, lag=960),
        Link(predecessor_uid=30, successor_uid=40, type=LinkType.FF, lag=-90),
        Link(predecessor_uid=30, successor_uid=50, lag=500, lag_unit=LagUnit.PERCENT),
        Link(predecessor_uid=40, successor_uid=50, type=LinkType.SF, lag=2880, lag_unit=LagUnit.ELAPSED),
    ),
    resources=(Resource(uid=5, name="山田 太郎"), Resource(uid=6, name="鈴木")),
    assignments=(
        Assignment(task_uid=20, resource_uid=5, effort_minutes=1920),
        Assignment(task_uid=20, resource_uid=6, units_permille=500, effort_minutes=960),
        Assignment(task_uid=30, resource_uid=6, effort_minutes=1500),
    ),
)  # fmt: skip


def kept(plan: Plan) -> list[Task]:
    """Return the tasks as far as a table holds them, numbered by position."""
    numbers = {task.uid: position + 1 for position, task in enumerate(plan.tasks)}
    return [
        replace(
            task,
            uid=numbers[task.uid],
            parent_uid=None if task.parent_uid is None else numbers[task.parent_uid],
            source_key="",
            stored=task.stored if task.mode is TaskMode.AUTO else None,
        )
        for task in plan.tasks
    ]


def kept_links(plan: Plan) -> list[Link]:
    numbers = {task.uid: position + 1 for position, task in enumerate(plan.tasks)}
    return [
        replace(link, predecessor_uid=numbers[link.predecessor_uid], successor_uid=numbers[link.successor_uid])
        for link in plan.links
    ]


def kept_work(plan: Plan) -> list[tuple[str, str, int, int | None]]:
    names = {resource.uid: resource.name for resource in plan.resources}
    tasks = {task.uid: task.name for task in plan.tasks}
    return [
        (tasks[each.task_uid], names[each.resource_uid], each.units_permille, each.effort_minutes)
        for each in plan.assignments
        if each.resource_uid is not None
    ]
