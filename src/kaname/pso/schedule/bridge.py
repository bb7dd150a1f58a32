"""Rows of a plan as the engine takes them, and the engine's plan as rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from kaname.engine.calendar.types import Calendar, DayException, Shift, WorkWeek
from kaname.engine.network import CauseKind
from kaname.engine.network import plan as engine
from kaname.engine.quality import ScheduleView
from kaname.ground.calendars.bridge import stack_around
from kaname.ground.people.bridge import PERSON_UID_OFFSET, person_calendars
from kaname.pso.schedule.models import Assignment, Baseline, BaselineTask, Plan, PlanCalendar, Resource, Task

TASK_COLUMNS: Final = (
    "name",
    "wbs_code",
    "is_active",
    "is_external",
    "duration_minutes",
    "is_estimated",
    "calendar_uid",
    "ignores_resource_calendars",
    "constraint_at",
    "deadline_at",
    "priority",
    "leveling_delay_minutes",
    "effort_minutes",
    "cost",
    "manual_start_at",
    "manual_finish_at",
    "notes",
    "source_key",
)
"""Fields of the engine's task that have a column of the same name."""

PROGRESS_COLUMNS: Final = tuple(field.name for field in fields(engine.Progress))

_DRIVEN_BY_TASKS: Final = frozenset({CauseKind.PREDECESSOR, CauseKind.PARENT})
_MORE_PLAIN: Final = (
    "second_constraint_at",
    "expected_finish_at",
    "suspended_at",
    "resumed_at",
    "is_effort_driven",
    "fixed_cost",
    "external_start_at",
    "external_finish_at",
)


@dataclass(frozen=True, slots=True)
class PlanRows:
    """All of one plan, tasks in outline order; links and assignments as the engine takes them, as nobody writes them back."""

    plan: Plan
    tasks: list[Task]
    links: tuple[engine.Link, ...]
    resources: list[Resource]
    assignments: tuple[engine.Assignment, ...]
    baselines: Mapping[int, tuple[engine.Baseline, ...]]


def load(plan: Plan, *, with_baselines: bool = False, tasks: list[Task] | None = None) -> PlanRows:
    """Read all rows of a plan, but for the tasks where they are given. 4 queries, 5 with baselines."""
    return PlanRows(
        plan=plan,
        tasks=list(plan.tasks.order_by("position")) if tasks is None else tasks,
        links=_links(plan),
        resources=list(plan.resources.select_related("person", "person__partner").order_by("id")),
        assignments=_assignments(plan),
        baselines=_baselines(plan) if with_baselines else {},
    )


def engine_plan(rows: PlanRows, *, today: date) -> engine.Plan:
    """Return a plan as the engine takes it; tasks and resources keep their row ids as uids.

    A plan that came with calendars works by them; else by the project's calendar, or the company's, with every person's
    own hours and absences on top.  At most 8 queries.
    """
    calendars, calendar_uid = _calendars(rows, today=today)
    return engine.Plan(
        name=rows.plan.project.name,
        start_at=rows.plan.start_at,
        finish_at=rows.plan.finish_at,
        status_at=rows.plan.status_at,
        calendar_uid=calendar_uid,
        calendars=tuple(calendars.values()),
        tasks=tuple(engine_task(row, rows.baselines.get(row.pk, ())) for row in rows.tasks),
        links=rows.links,
        resources=tuple(_resource(row, calendars) for row in rows.resources),
        assignments=rows.assignments,
        rules=schedule_rules(rows.plan.rules),
        minutes_per_day=rows.plan.minutes_per_day,
        minutes_per_week=rows.plan.minutes_per_week,
        days_per_month=rows.plan.days_per_month,
        source_product=rows.plan.source_product,
    )


def dates_as_they_stand(rows: PlanRows) -> ScheduleView | None:
    """Return the dates that the last recalculation wrote, as `schedule` of the plan gave them; `None` before any. No queries."""
    if rows.plan.calculated_at is None:
        return None
    drivers = {row.pk: row.driver_task_id for row in rows.tasks if row.driver_kind in _DRIVEN_BY_TASKS}
    counted = [
        row for row in rows.tasks if row.is_active and not row.is_external and row.kind != engine.TaskKind.SUMMARY
    ]
    return ScheduleView(
        tasks={row.pk: row for row in rows.tasks},
        start_at=min((row.start_at for row in counted if row.start_at is not None), default=None),
        finish_at=max((row.finish_at for row in counted if row.finish_at is not None), default=None),
        driver_of=drivers.get,
    )


def engine_task(row: Task, baselines: tuple[engine.Baseline, ...] = ()) -> engine.Task:
    """Return one row as the engine's task."""
    more = row.more
    return engine.Task(
        uid=row.pk,
        parent_uid=row.parent_id,
        kind=engine.TaskKind(row.kind),
        mode=engine.TaskMode(row.mode),
        duration_kind=engine.DurationKind(row.duration_kind),
        constraint=engine.ConstraintType(row.constraint),
        second_constraint=engine.ConstraintType(more["second_constraint"]) if "second_constraint" in more else None,
        task_type=engine.TaskType(more.get("task_type", engine.TaskType.FIXED_UNITS)),
        segments=tuple(engine.Segment(*pair) for pair in more.get("segments", ())),
        progress=engine.Progress(**{name: getattr(row, name) for name in PROGRESS_COLUMNS}),
        baselines=baselines,
        **{name: getattr(row, name) for name in TASK_COLUMNS},
        **{name: more[name] for name in _MORE_PLAIN if name in more},
    )


def task_values(task: engine.Task) -> dict[str, Any]:
    """Return the column values of an engine's task, computed columns from what its file stored."""
    more: dict[str, Any] = {
        name: getattr(task, name) for name in _MORE_PLAIN if getattr(task, name) not in {None, False}
    }
    if task.second_constraint is not None:
        more["second_constraint"] = task.second_constraint.value
    if task.task_type is not engine.TaskType.FIXED_UNITS:
        more["task_type"] = task.task_type.value
    if task.segments:
        more["segments"] = [[segment.start_at, segment.finish_at] for segment in task.segments]
    return {
        "kind": task.kind.value,
        "mode": task.mode.value,
        "duration_kind": task.duration_kind.value,
        "constraint": task.constraint.value,
        "more": more,
        **{name: getattr(task, name) for name in TASK_COLUMNS},
        **{name: getattr(task.progress, name) for name in PROGRESS_COLUMNS},
    }


def schedule_rules(stored: Mapping[str, Any]) -> engine.ScheduleRules:
    """Return stored options as the engine's rules; what is not stored has its default."""
    kinds = {
        "dialect": engine.Dialect,
        "schedule_from": engine.ScheduleFrom,
        "lag_calendar": engine.LagCalendar,
        "progress_rule": engine.ProgressRule,
        "float_rule": engine.FloatRule,
    }
    known = {field.name for field in fields(engine.ScheduleRules)}
    values = {name: kinds[name](value) if name in kinds else value for name, value in stored.items() if name in known}
    return engine.ScheduleRules(**values)


def stored_rules(rules: engine.ScheduleRules) -> dict[str, Any]:
    """Return the engine's rules as they are stored."""
    values = {field.name: getattr(rules, field.name) for field in fields(rules)}
    return {name: value if isinstance(value, (bool, int)) else str(value.value) for name, value in values.items()}


def calendar_definition(calendar: Calendar) -> dict[str, Any]:
    """Return an engine's calendar as plain values."""
    return {
        "name": calendar.name,
        "base_uid": calendar.base_uid,
        "week": [None if day is None else _pairs(day) for day in calendar.week],
        "exceptions": [
            [item.starts_on.isoformat(), item.ends_before.isoformat(), _pairs(item.shifts), item.name]
            for item in calendar.exceptions
        ],
        "work_weeks": [
            [
                item.starts_on.isoformat(),
                item.ends_before.isoformat(),
                [None if day is None else _pairs(day) for day in item.week],
                item.name,
            ]
            for item in calendar.work_weeks
        ],
    }


def defined_calendar(uid: int, definition: Mapping[str, Any]) -> Calendar:
    """Return plain values as the engine's calendar."""
    return Calendar(
        uid=uid,
        name=definition["name"],
        base_uid=definition["base_uid"],
        week=tuple(None if day is None else _shifts(day) for day in definition["week"]),
        exceptions=tuple(
            DayException(date.fromisoformat(start), date.fromisoformat(end), _shifts(pairs), name)
            for start, end, pairs, name in definition["exceptions"]
        ),
        work_weeks=tuple(
            WorkWeek(
                date.fromisoformat(start),
                date.fromisoformat(end),
                tuple(None if day is None else _shifts(day) for day in week),
                name,
            )
            for start, end, week, name in definition["work_weeks"]
        ),
    )


def _pairs(day: Iterable[Shift]) -> list[list[int]]:
    return [[shift.start, shift.finish] for shift in day]


def _shifts(pairs: Iterable[Iterable[int]]) -> tuple[Shift, ...]:
    return tuple(Shift(start, finish) for start, finish in pairs)


def plan_calendars(plan: Plan, *, today: date) -> tuple[dict[int, Calendar], int | None]:
    """Return the calendars that a plan can work by, without those of people, and which of them is its own.

    4 queries at most; 3 when the plan says that it `has_calendars` or has not.
    """
    own = _own_calendars(plan) if getattr(plan, "has_calendars", True) else {}
    if own:
        return own, plan.calendar_uid
    stack = stack_around(today)
    return dict(stack.calendars), plan.project.calendar_id or stack.company_id


def _calendars(rows: PlanRows, *, today: date) -> tuple[dict[int, Calendar], int | None]:
    own = _own_calendars(rows.plan)
    if own:
        return own, rows.plan.calendar_uid
    stack = stack_around(today)
    company_id = stack.company_id
    kept = dict(stack.calendars)
    people = [row.person for row in rows.resources if row.person is not None]
    kept.update({calendar.uid: calendar for calendar in person_calendars(people, company_id=company_id).values()})
    return kept, rows.plan.project.calendar_id or company_id


def _own_calendars(plan: Plan) -> dict[int, Calendar]:
    return {row.uid: defined_calendar(row.uid, row.definition) for row in PlanCalendar.objects.filter(plan=plan)}


def _links(plan: Plan) -> tuple[engine.Link, ...]:
    names = ("predecessor_id", "successor_id", "type", "lag", "lag_unit", "external_reference")
    return tuple(
        engine.Link(
            predecessor_uid=predecessor,
            successor_uid=successor,
            type=engine.LinkType(kind),
            lag=lag,
            lag_unit=engine.LagUnit(unit),
            external_reference=reference,
        )
        for predecessor, successor, kind, lag, unit, reference in plan.links.order_by("id").values_list(*names)
    )


def _resource(row: Resource, calendars: Mapping[int, Calendar]) -> engine.Resource:
    calendar_uid = row.calendar_uid
    if calendar_uid is None and row.person_id is not None and PERSON_UID_OFFSET + row.person_id in calendars:
        calendar_uid = PERSON_UID_OFFSET + row.person_id
    return engine.Resource(
        uid=row.pk,
        name=row.name,
        kind=engine.ResourceKind(row.kind),
        max_units_permille=row.max_units_permille,
        calendar_uid=calendar_uid,
        rate_per_hour=row.rate_per_hour,
        email=row.email,
        source_key=row.source_key,
        **row.more,
    )


def _assignments(plan: Plan) -> tuple[engine.Assignment, ...]:
    rows = Assignment.objects.filter(task__plan=plan).order_by("id")
    return tuple(
        engine.Assignment(task_uid=task, resource_uid=resource, units_permille=units, effort_minutes=effort, **more)
        for task, resource, units, effort, more in rows.values_list(
            "task_id", "resource_id", "units_permille", "effort_minutes", "more"
        )
    )


RESOURCE_MORE: Final = ("overtime_rate_per_hour", "cost_per_use", "group", "code", "is_generic", "notes")
ASSIGNMENT_MORE: Final = (
    "actual_effort_minutes",
    "remaining_effort_minutes",
    "delay_minutes",
    "leveling_delay_minutes",
    "start_at",
    "finish_at",
    "cost",
    "contour",
    "source_key",
)


def further(thing: engine.Resource | engine.Assignment, names: Iterable[str]) -> dict[str, Any]:
    """Return those further facts of a file's resource or assignment that say anything."""
    return {name: value for name in names if (value := getattr(thing, name)) not in {None, "", 0}}


def _baselines(plan: Plan) -> dict[int, tuple[engine.Baseline, ...]]:
    found: dict[int, list[engine.Baseline]] = {}
    facts = ("baseline__number", "start_at", "finish_at", "duration_minutes", "effort_minutes", "cost")
    rows = BaselineTask.objects.filter(baseline__plan=plan).order_by("baseline__number")
    for task_id, number, start_at, finish_at, duration, effort, cost in rows.values_list("task_id", *facts):
        found.setdefault(task_id, []).append(
            engine.Baseline(
                number=number,
                start_at=start_at,
                finish_at=finish_at,
                duration_minutes=duration,
                effort_minutes=effort,
                cost=cost,
            )
        )
    return {task_id: tuple(items) for task_id, items in found.items()}


def in_force(plan: Plan) -> Baseline | None:
    """Return the baseline in force, if one was taken. 1 query."""
    return plan.baselines.filter(number=0).first()
