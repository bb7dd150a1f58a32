"""Tasks: adding, changing, placing, removing, restoring, and the people on them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet

from kaname.ground.people.models import Person
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Actor, Missing
from kaname.pso.schedule.events import AssignmentsChanged, TasksChanged
from kaname.pso.schedule.models import Assignment, Plan, Removal, Resource, Task
from kaname.pso.schedule.operations.outline import OutlineRefused, in_outline_order, renumber
from kaname.pso.schedule.operations.plans import fetch_plan_for_change
from kaname.pso.schedule.operations.recalculation import Trigger, recalculate
from kaname.pso.schedule.operations.snapshots import restore_rows, snapshot_tasks
from kaname.pso.schedule.rules import EDIT_TASK
from kaname.pso.schedule.types import TaskKind

TASK_FIELDS: Final = frozenset(
    {
        "name",
        "phase",
        "kind",
        "mode",
        "is_active",
        "duration_minutes",
        "duration_kind",
        "is_estimated",
        "ignores_resource_calendars",
        "constraint",
        "constraint_at",
        "deadline_at",
        "priority",
        "effort_minutes",
        "cost",
        "manual_start_at",
        "manual_finish_at",
        "notes",
        "leveling_delay_minutes",
    }
)
_WITHOUT_DATES: Final = frozenset({"name", "phase", "notes", "cost", "priority", "is_estimated"})
"""Fields whose change moves no date."""


def add_task(
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    name: str,
    parent_id: int | None = None,
    after_id: int | None = None,
    **values: Any,
) -> Task:
    """Add a task below a parent (or at the top), after a sibling or as the last, and recalculate.

    Permission `schedule.edit`; locks the plan; publishes `TasksChanged`.  Without a duration it lasts one day.

    Raises
    ------
    Missing
        If parent or sibling are not of this plan.
    PlanRefused
        If the plan cannot be calculated so.
    """
    _refuse_unknown(values)
    with transaction.atomic():
        plan = fetch_plan_for_change(actor, plan_id)
        parent = _of_plan(plan, parent_id)
        after = _of_plan(plan, after_id)
        position = _place_after(plan, parent, after)
        values.setdefault("duration_minutes", 0 if values.get("kind") == TaskKind.MILESTONE else plan.minutes_per_day)
        task = Task.objects.create(plan=plan, parent=parent, position=position, name=name, **values)
        renumber(plan)
        _tell_and_recalculate(plan, task, "added", actor=actor, now=now)
    task.refresh_from_db()
    return task


def edit_task(*, actor: Actor, now: datetime, task_id: int, expected_version: int, **values: Any) -> Task:
    """Change a task and recalculate where dates may move.

    Permission `schedule.edit_task`; locks the plan; publishes `TasksChanged`.

    Raises
    ------
    Stale
        If somebody changed it meanwhile.
    PlanRefused
        If the plan cannot be calculated so.
    """
    _refuse_unknown(values)
    with transaction.atomic():
        task = fetch(actor, EDIT_TASK, _tasks(), pk=task_id)
        plan = _locked_plan(task)
        change(task, expected_version=expected_version, **values)
        if _WITHOUT_DATES.issuperset(values):
            _tell(plan, task, "edited", actor=actor, now=now, fields=values)
        else:
            _tell_and_recalculate(plan, task, "edited", actor=actor, now=now, fields=values)
    task.refresh_from_db()
    return task


def place_task(
    *, actor: Actor, now: datetime, task_id: int, expected_version: int, parent_id: int | None, after_id: int | None
) -> Task:
    """Put a task with all below it elsewhere in the outline: below a parent, after a sibling (`None` = first).

    Permission `schedule.edit_task`; locks the plan; publishes `TasksChanged`; recalculates.

    Raises
    ------
    OutlineRefused
        If the new place lies inside the task itself.
    Stale
        If somebody changed it meanwhile.
    """
    with transaction.atomic():
        task = fetch(actor, EDIT_TASK, _tasks(), pk=task_id)
        plan = _locked_plan(task)
        parent = _of_plan(plan, parent_id)
        after = _of_plan(plan, after_id)
        inside = {row.pk for row in branch(plan, task.pk)}
        if (
            (parent and parent.pk in inside)
            or (after and after.pk in inside)
            or (after and after.parent_id != parent_id)
        ):
            raise OutlineRefused
        position = _first_below(plan, parent) if after is None else _place_after(plan, parent, after)
        change(task, expected_version=expected_version, parent=parent, position=position)
        renumber(plan)
        _tell_and_recalculate(plan, task, "placed", actor=actor, now=now)
    task.refresh_from_db()
    return task


def remove_tasks(*, actor: Actor, now: datetime, plan_id: int, task_ids: Sequence[int]) -> Removal:
    """Remove tasks with all below them; what hung on them is kept for the way back.

    Permission `schedule.edit`; locks the plan; publishes `TasksChanged`; recalculates.

    Raises
    ------
    Missing
        If one of them is not of this plan; nothing is removed.
    """
    with transaction.atomic():
        plan = fetch_plan_for_change(actor, plan_id)
        named = [_of_plan(plan, task_id) for task_id in task_ids]
        first = next((task for task in named if task is not None), None)
        if first is None:
            raise Missing
        doomed = list({row.pk: row for task in named if task for row in branch(plan, task.pk)})
        removal = Removal.objects.create(
            plan=plan,
            author_label=actor.actor_label,
            removed_at=now,
            task_name=first.name,
            tasks=len(doomed),
            content=snapshot_tasks(doomed),
        )
        Task.objects.filter(pk__in=doomed).delete()
        renumber(plan)
        _tell_and_recalculate(plan, first, "removed", actor=actor, now=now, count=len(doomed))
    return removal


def restore_removed(*, actor: Actor, now: datetime, plan_id: int, removal_id: int) -> Removal:
    """Bring removed tasks back where they stood, as far as their surroundings are still there.

    Permission `schedule.edit`; locks the plan; publishes `TasksChanged`; recalculates.  A parent that is gone meanwhile
    leaves its children at the top; dependencies and assignments whose other end is gone stay away.
    """
    with transaction.atomic():
        plan = fetch_plan_for_change(actor, plan_id)
        removal = plan.removals.select_for_update().filter(pk=removal_id, restored_at=None).first()
        if removal is None:
            raise Missing
        first_position = removal.content["Task"][0]["position"]
        plan.tasks.filter(position__gte=first_position).update(position=F("position") + removal.tasks)
        restore_rows(_still_fitting(plan, removal.content))
        removal.restored_at = now
        removal.save(update_fields=["restored_at"])
        renumber(plan)
        first = plan.tasks.get(pk=removal.content["Task"][0]["id"])
        _tell_and_recalculate(plan, first, "restored", actor=actor, now=now, count=removal.tasks)
    return removal


def assign_people(
    *,
    actor: Actor,
    now: datetime,
    task_id: int,
    expected_version: int,
    people: Mapping[Person, int],
    others: Mapping[int, int] | None = None,
) -> Task:
    """Say who works on a task with which units (permille); whoever is not named leaves it.

    `others` are resources of the plan by id that are no persons of the company: names, machines, material of its file.

    Permission `schedule.edit_task`; locks the plan; publishes `AssignmentsChanged`; recalculates.

    Raises
    ------
    Missing
        If one of the others is not of this plan.
    Stale
        If somebody changed the task meanwhile.
    """
    with transaction.atomic():
        task = fetch(actor, EDIT_TASK, _tasks(), pk=task_id)
        plan = _locked_plan(task)
        change(task, expected_version=expected_version)
        units_of = {resource.pk: people[person] for person, resource in _resources(plan, people).items()}
        units_of |= _others(plan, others or {})
        task.assignments.exclude(resource__in=units_of).delete()
        for resource_id, units in units_of.items():
            Assignment.objects.update_or_create(task=task, resource_id=resource_id, defaults={"units_permille": units})
        event = AssignmentsChanged(
            subject=Subject("schedule.task", task.pk), project_id=plan.project_id, task_name=task.name
        )
        cause = publish(event, actor=actor, now=now)
        recalculate(plan, actor=actor, now=now, trigger=Trigger("assignment", task.pk, cause))
    task.refresh_from_db()
    return task


def branch(plan: Plan, task_id: int) -> list[Task]:
    """Return a task and all below it in outline order. 1 query."""
    found: list[Task] = []
    inside: set[int] = set()
    for task in in_outline_order(list(plan.tasks.only("id", "plan_id", "parent_id", "position", "name"))):
        if task.pk == task_id or task.parent_id in inside:
            inside.add(task.pk)
            found.append(task)
    return found


def _tasks() -> QuerySet[Task]:
    return Task.objects.select_related("plan__project__department")


def _locked_plan(task: Task) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("project").get(pk=task.plan_id)


def _of_plan(plan: Plan, task_id: int | None) -> Task | None:
    if task_id is None:
        return None
    task = plan.tasks.filter(pk=task_id).first()
    if task is None:
        raise Missing
    return task


def _place_after(plan: Plan, parent: Task | None, after: Task | None) -> int:
    """Return a position for a new child of `parent`, with the positions behind it shifted to make room."""
    if after is not None:
        last = branch(plan, after.pk)[-1].position
    elif parent is not None:
        last = branch(plan, parent.pk)[-1].position
    else:
        last = plan.tasks.count()
    plan.tasks.filter(position__gt=last).update(position=F("position") + 1)
    return last + 1


def _first_below(plan: Plan, parent: Task | None) -> int:
    position = parent.position if parent is not None else 0
    plan.tasks.filter(position__gt=position).update(position=F("position") + 1)
    return position + 1


def _resources(plan: Plan, people: Mapping[Person, int]) -> dict[Person, Resource]:
    known = {resource.person_id: resource for resource in plan.resources.filter(person__in=people)}
    for person in people:
        if person.pk not in known:
            known[person.pk] = Resource.objects.create(plan=plan, person=person, name=person.name, email=person.email)
    return {person: known[person.pk] for person in people}


def _others(plan: Plan, others: Mapping[int, int]) -> dict[int, int]:
    if others and plan.resources.filter(pk__in=others).count() != len(others):
        raise Missing
    return dict(others)


def _still_fitting(plan: Plan, content: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    back = {row["id"] for row in content["Task"]}
    there = set(plan.tasks.values_list("id", flat=True)) | back
    resources = set(plan.resources.values_list("id", flat=True)) | {None}
    baselines = set(plan.baselines.values_list("id", flat=True))
    return {
        "Task": [
            {**row, "parent_id": row["parent_id"] if row["parent_id"] in there else None} for row in content["Task"]
        ],
        "Link": [row for row in content["Link"] if row["predecessor_id"] in there and row["successor_id"] in there],
        "Assignment": [row for row in content["Assignment"] if row["resource_id"] in resources],
        "BaselineTask": [row for row in content["BaselineTask"] if row["baseline_id"] in baselines],
        "ProgressReport": content["ProgressReport"],
    }


def _refuse_unknown(values: Mapping[str, Any]) -> None:
    unknown = set(values) - TASK_FIELDS
    if unknown:
        raise TypeError(f"a task has no {sorted(unknown)}")


def _tell(
    plan: Plan,
    task: Task,
    what: str,
    *,
    actor: Actor,
    now: datetime,
    fields: Mapping[str, Any] | None = None,
    count: int = 1,
) -> Any:
    event = TasksChanged(
        subject=Subject("schedule.task", task.pk),
        project_id=plan.project_id,
        change=what,
        task_name=task.name,
        fields=tuple(sorted(fields or {})),
        count=count,
    )
    return publish(event, actor=actor, now=now)


def _tell_and_recalculate(
    plan: Plan,
    task: Task,
    what: str,
    *,
    actor: Actor,
    now: datetime,
    fields: Mapping[str, Any] | None = None,
    count: int = 1,
) -> None:
    cause = _tell(plan, task, what, actor=actor, now=now, fields=fields, count=count)
    recalculate(plan, actor=actor, now=now, trigger=Trigger("task", task.pk, cause))
