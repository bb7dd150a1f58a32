"""Turning an engine's plan into rows."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import count
from typing import Any, NamedTuple

from kaname.engine.calendar.types import Calendar
from kaname.engine.network import plan as engine
from kaname.ground.people.models import Person
from kaname.ground.projects.models import Project
from kaname.kernel import clock
from kaname.kernel.records import insert_rows, insert_values, write_fields
from kaname.pso.schedule.bridge import (
    ASSIGNMENT_MORE,
    RESOURCE_MORE,
    calendar_definition,
    further,
    stored_rules,
    task_values,
)
from kaname.pso.schedule.models import Assignment, Baseline, BaselineTask, Link, Plan, PlanCalendar, Resource, Task
from kaname.pso.schedule.operations.outline import outline
from kaname.pso.schedule.operations.plans import first_minute

_BATCH = 500
_OF_LINK = ("plan_id", "predecessor_id", "successor_id", "type", "lag", "lag_unit", "external_reference")
_OF_ASSIGNMENT = ("task_id", "resource_id", "units_permille", "effort_minutes", "more")
_OF_BASELINE = ("baseline_id", "task_id", "start_at", "finish_at", "duration_minutes", "effort_minutes", "cost")


def adopt_plan(project: Project, plan: Plan | None, content: engine.Plan) -> tuple[Plan, list[Task]]:
    """Make a plan of a project hold exactly what an engine's plan holds; needs a transaction; does not recalculate.

    Returns the plan and its tasks in the order of the outline.  Tasks with the key of a task that is there keep its row.
    A dozen queries and one for every 500 tasks that go and every level of the outline.
    """
    plan = _plan_row(project, plan, content)
    _adopt_calendars(plan, content.calendars)
    tasks = _adopt_tasks(plan, content.tasks)
    _adopt_links(plan, content.links, tasks)
    resources = _adopt_resources(plan, content.resources)
    _adopt_assignments(plan, content.assignments, tasks, resources)
    _adopt_baselines(plan, content.tasks, tasks)
    return plan, sorted(tasks.values(), key=lambda row: row.position)


def _plan_row(project: Project, plan: Plan | None, content: engine.Plan) -> Plan:
    starts = [task.stored.start_at for task in content.tasks if task.stored and task.stored.start_at is not None]
    start_at = content.start_at if content.start_at is not None else min(starts, default=None)
    values = {
        "start_at": start_at if start_at is not None else first_minute(project, project.starts_on),
        "finish_at": content.finish_at,
        "status_at": content.status_at,
        "calendar_uid": content.calendar_uid if content.calendars else None,
        "minutes_per_day": content.minutes_per_day,
        "minutes_per_week": content.minutes_per_week,
        "days_per_month": content.days_per_month,
        "rules": stored_rules(content.rules),
        "source_product": content.source_product[:200],
    }
    if plan is None:
        return Plan.objects.create(project=project, **values)
    for name, value in values.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(values))
    return plan


def _adopt_calendars(plan: Plan, calendars: Iterable[Calendar]) -> None:
    plan.calendars.all().delete()
    rows = [
        PlanCalendar(plan=plan, uid=calendar.uid, name=calendar.name[:200], definition=calendar_definition(calendar))
        for calendar in calendars
    ]
    PlanCalendar.objects.bulk_create(rows, batch_size=_BATCH)


def _adopt_tasks(plan: Plan, tasks: tuple[engine.Task, ...]) -> Mapping[int, Task]:
    there = {row.source_key: row for row in plan.tasks.exclude(source_key="")}
    rows: dict[int, Task] = {}
    lines = {place.pk: line for place, line in outline(map(_Place.of, tasks, count(1)))}
    # By place a row costs half of what it costs by name, and there are thousands.
    blank = [plan.pk if field.attname == "plan_id" else field.get_default() for field in Task._meta.concrete_fields]
    for task in tasks:
        row = there.pop(task.source_key, None) if task.source_key else None
        row = row or Task(*blank)
        for name, value in task_values(task).items():
            setattr(row, name, value)
        row.name = row.name[:400]
        if row.wbs_code:
            row.more["keeps_code"] = True
        for name, value in lines[task.uid]._asdict().items():
            setattr(row, name, value)
        rows[task.uid] = row
    _remove_all_but(plan, {row.pk for row in rows.values() if row.pk})
    _write_by_level(tasks, rows)
    return rows


def _remove_all_but(plan: Plan, kept: Set[int]) -> None:
    """Remove tasks with all that hangs on them; those that are kept do not go along with their work packages."""
    doomed = [pk for pk in plan.tasks.values_list("pk", flat=True) if pk not in kept]
    if kept and doomed:
        plan.tasks.exclude(source_key="").update(parent=None)
    for first in range(0, len(doomed), _BATCH):
        Task.objects.filter(pk__in=doomed[first : first + _BATCH]).only("pk").delete()


class _Place(NamedTuple):
    """A task of a file as far as the outline goes; the code that the file gives it is kept."""

    pk: int
    parent_id: int | None
    position: int
    wbs_code: str
    kind: str

    @classmethod
    def of(cls, task: engine.Task, position: int) -> "_Place":
        return cls(task.uid, task.parent_uid, position, task.wbs_code[:100], task.kind.value)

    @property
    def keeps_code(self) -> bool:
        return bool(self.wbs_code)


def _write_by_level(tasks: tuple[engine.Task, ...], rows: Mapping[int, Task]) -> None:
    by_level: dict[int, list[engine.Task]] = {}
    for task in tasks:
        by_level.setdefault(rows[task.uid].level, []).append(task)
    updated = ["parent", "position", "level", *task_values(tasks[0])] if tasks else []
    for level in sorted(by_level):
        for task in by_level[level]:
            rows[task.uid].parent_id = rows[task.parent_uid].pk if task.parent_uid is not None else None
        fresh = [rows[task.uid] for task in by_level[level] if not rows[task.uid].pk]
        known = [rows[task.uid] for task in by_level[level] if rows[task.uid].pk]
        write_fields(known, updated)
        _insert(fresh)


def _insert(tasks: Sequence[Task]) -> None:
    """Insert the tasks of one level and give each its key."""
    if not tasks:
        return
    insert_rows(tasks)
    level = Task.objects.filter(plan_id=tasks[0].plan_id, level=tasks[0].level)
    keys = dict(level.values_list("position", "pk").order_by("pk"))
    for task in tasks:
        task.pk = keys[task.position]
        task._state.adding = False


def _adopt_links(plan: Plan, links: Iterable[engine.Link], tasks: Mapping[int, Task]) -> None:
    plan.links.all().delete()
    rows = [
        (
            plan.pk,
            tasks[link.predecessor_uid].pk,
            tasks[link.successor_uid].pk,
            link.type.value,
            link.lag,
            link.lag_unit.value,
            link.external_reference[:300],
        )
        for link in links
    ]
    insert_values(Link, _OF_LINK, rows)


def _adopt_resources(plan: Plan, resources: tuple[engine.Resource, ...]) -> Mapping[int, Resource]:
    plan.resources.all().delete()
    people = _people_by_name_or_address(resources)
    taken: set[int] = set()
    rows: dict[int, Resource] = {}
    for resource in resources:
        person = people.get(_folded(resource.email)) if resource.email else None
        person = person or people.get(_folded(resource.name))
        if person is not None and person.pk in taken:
            person = None
        if person is not None:
            taken.add(person.pk)
        rows[resource.uid] = Resource(
            plan=plan,
            person=person,
            name=resource.name[:200],
            kind=resource.kind.value,
            max_units_permille=resource.max_units_permille,
            calendar_uid=resource.calendar_uid,
            rate_per_hour=resource.rate_per_hour,
            email=resource.email[:254],
            source_key=resource.source_key[:200],
            more=further(resource, RESOURCE_MORE),
        )
    Resource.objects.bulk_create(list(rows.values()), batch_size=_BATCH)
    return rows


def _people_by_name_or_address(resources: tuple[engine.Resource, ...]) -> Mapping[str, Person]:
    """Return the people in the company by folded name or address; a name that two bear names nobody. 1 query."""
    if not any(resource.kind is engine.ResourceKind.WORK for resource in resources):
        return {}
    found: dict[str, Person | None] = {}
    today = clock.today()
    for person in Person.objects.exclude(left_before__lte=today):
        for key in {_folded(person.name), _folded(person.email), _folded(person.name_latin)} - {""}:
            found[key] = None if key in found else person
    return {key: person for key, person in found.items() if person is not None}


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _adopt_assignments(
    plan: Plan, assignments: Iterable[engine.Assignment], tasks: Mapping[int, Task], resources: Mapping[int, Resource]
) -> None:
    Assignment.objects.filter(task__plan=plan).delete()
    rows: dict[tuple[int, int | None], tuple[Any, ...]] = {}
    for assignment in assignments:
        row = (
            tasks[assignment.task_uid].pk,
            resources[assignment.resource_uid].pk if assignment.resource_uid is not None else None,
            assignment.units_permille,
            assignment.effort_minutes,
            further(assignment, ASSIGNMENT_MORE),
        )
        rows.setdefault((assignment.task_uid, assignment.resource_uid), row)
    insert_values(Assignment, _OF_ASSIGNMENT, list(rows.values()))


def _adopt_baselines(plan: Plan, tasks: Iterable[engine.Task], rows: Mapping[int, Task]) -> None:
    found: dict[int, list[tuple[engine.Task, engine.Baseline]]] = {}
    for task in tasks:
        for baseline in task.baselines:
            found.setdefault(baseline.number, []).append((task, baseline))
    plan.baselines.filter(number__in=found).delete()
    now = clock.now()
    for number, pairs in sorted(found.items()):
        kept = Baseline.objects.create(plan=plan, number=number, name="", taken_at=now)
        agreed = [
            (kept.pk, rows[task.uid].pk, *(getattr(item, name) for name in _OF_BASELINE[2:])) for task, item in pairs
        ]
        insert_values(BaselineTask, _OF_BASELINE, agreed)
