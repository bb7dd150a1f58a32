"""A plan as the plan page shows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf

from kaname.engine.calendar import CalendarError, CompiledCalendar, compile_calendar
from kaname.engine.units import MINUTES_PER_DAY, PERMILLE, day_number
from kaname.kernel import clock
from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import scope
from kaname.kernel.rules.types import Actor
from kaname.pso.schedule.bridge import plan_calendars
from kaname.pso.schedule.models import Assignment, Baseline, Link, Plan, PlanCalendar, Task
from kaname.pso.schedule.rules import VIEW
from kaname.pso.schedule.types import TaskKind

_NO_END: Final = 2**31 - 1
"""A place behind the last line of any plan."""


@dataclass(frozen=True, slots=True)
class PlanLink:
    """What a task waits for: a row of the plan, by number and id."""

    link_id: int
    number: int
    task_id: int
    type: str
    lag: int
    lag_unit: str


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """Who works on a task; `person_id` is `None` for a name that only the plan's file knew."""

    name: str
    units_permille: int
    person_id: int | None
    resource_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One line of the plan; moments are wall minutes, amounts working minutes.

    `percent_permille` of a work package is what its tasks have done of their durations; `finish_difference_minutes` counts
    the plan's working time from the baseline's finish to the present one.
    """

    id: int
    version: int
    number: int
    level: int
    parent_id: int | None
    wbs_code: str
    name: str
    kind: str
    mode: str
    is_active: bool
    is_blocked: bool
    is_critical: bool
    is_estimated: bool
    duration_minutes: int | None
    duration_kind: str
    start_at: int | None
    finish_at: int | None
    actual_start_at: int | None
    actual_finish_at: int | None
    deadline_at: int | None
    constraint: str
    constraint_at: int | None
    percent_permille: int
    total_float_minutes: int | None
    predecessors: tuple[PlanLink, ...]
    people: tuple[PlanPerson, ...]
    baseline_start_at: int | None
    baseline_finish_at: int | None
    finish_difference_minutes: int | None

    @property
    def is_milestone(self) -> bool:
        """Whether it is a moment rather than a piece of work."""
        return self.kind in {TaskKind.MILESTONE, TaskKind.START_MILESTONE, TaskKind.FINISH_MILESTONE}

    @property
    def is_summary(self) -> bool:
        """Whether other rows stand below it."""
        return self.kind == TaskKind.SUMMARY


class _TaskLine(NamedTuple):
    """The columns of a task that its line is made of, and the dates that a baseline has for it."""

    pk: int
    version: int
    position: int
    level: int
    parent_id: int | None
    wbs_code: str
    name: str
    kind: str
    mode: str
    is_active: bool
    is_blocked: bool
    is_critical: bool
    is_estimated: bool
    duration_minutes: int | None
    duration_kind: str
    start_at: int | None
    finish_at: int | None
    actual_start_at: int | None
    actual_finish_at: int | None
    deadline_at: int | None
    constraint: str
    constraint_at: int | None
    percent_permille: int
    total_float_minutes: int | None
    agreed_start: int | None
    agreed_finish: int | None


@dataclass(frozen=True, slots=True)
class PlanTime:
    """The working time of a plan; `None` where its calendars are broken."""

    calendar: CompiledCalendar | None

    def working_minutes(self, start: int | None, finish: int | None) -> int | None:
        """Return the working minutes between two moments, `None` where one is unknown."""
        if start is None or finish is None:
            return None
        return self.calendar.between(start, finish) if self.calendar else finish - start

    def begin_of(self, day: date) -> int:
        """Return the moment at which work begins on a day, or next after it."""
        midnight = day_number(day) * MINUTES_PER_DAY
        return self.calendar.next_working(midnight) if self.calendar else midnight + 540

    def end_of(self, day: date) -> int:
        """Return the moment at which work ends on a day, or last before it."""
        midnight = (day_number(day) + 1) * MINUTES_PER_DAY
        return self.calendar.previous_working(midnight) if self.calendar else midnight - 360

    def days_off(self, starts_on: date, ends_before: date) -> tuple[int, ...]:
        """Return the numbers (`engine.units.day_number`) of the days in `[starts_on, ends_before)` that are not worked."""
        if self.calendar is None:
            return ()
        days = (starts_on + timedelta(days=offset) for offset in range((ends_before - starts_on).days))
        return tuple(day_number(day) for day in days if not self.calendar.is_business_day(day))


def find_plan(*, actor: Actor, project_id: int) -> Plan | None:
    """Return the plan of a project with the project and its department, `None` where there is none to be seen. 1 query.

    It knows whether it brought calendars of its own (`has_calendars`).
    """
    return next(iter(asked(_plan_of, scope(actor, VIEW), project=project_id)), None)


def _plan_of(reach: Q, *, project: int) -> QuerySet[Plan]:
    own = Exists(PlanCalendar.objects.filter(plan=OuterRef("pk")))
    plans = Plan.objects.select_related("project", "project__department", "project__calendar")
    return plans.filter(reach, project_id=project).annotate(has_calendars=own)


def baseline_numbered(plan: Plan, number: int) -> Baseline | None:
    """Return a baseline of a plan. 1 query."""
    return plan.baselines.filter(number=number).first()


def plan_time(plan: Plan) -> PlanTime:
    """Return the working time of a plan's own calendar, by which its tasks without people work. At most 4 queries."""
    calendars, uid = plan_calendars(plan, today=clock.today())
    if uid is None:
        return PlanTime(None)
    try:
        return PlanTime(compile_calendar(calendars.values(), uid))
    except CalendarError:
        return PlanTime(None)


def plan_rows(
    plan: Plan, *, time: PlanTime, baseline: Baseline | None = None, places: range | None = None
) -> tuple[PlanRow, ...]:
    """Return the lines of a plan that the viewer was given by `find_plan`, in outline order.

    Parameters
    ----------
    baseline
        With which the finish is compared.
    places
        Only the lines at these places of the outline, 1 first, one after the other.

    Notes
    -----
    3 queries.
    """
    bounds = {} if places is None else {"first": places.start, "behind": places.stop}
    tasks = _lines(plan, baseline, bounds)
    links, people = _links(plan, bounds), _people(plan, bounds)
    percents = _rolled_up(tasks) if places is None else {task.pk: task.percent_permille for task in tasks}
    return tuple(
        _row(
            task,
            percent=percents[task.pk],
            links=links.get(task.pk, ()),
            people=people.get(task.pk, ()),
            time=time,
        )
        for task in tasks
    )


def _lines(plan: Plan, baseline: Baseline | None, bounds: Mapping[str, int]) -> list[_TaskLine]:
    """Return tasks of a plan as plain values: a plan has many, and models of them take three times as long."""
    compared = {} if baseline is None else {"baseline": baseline.pk}
    build = _page_of_tasks if bounds else _all_tasks
    return [_TaskLine._make(values) for values in asked(build, plan=plan.pk, **compared, **bounds)]


def _all_tasks(*, plan: int, baseline: int | None = None) -> QuerySet[Task, tuple[Any, ...]]:
    tasks = Task.objects.filter(plan=plan)
    return with_agreed(tasks, baseline).order_by("position").values_list(*_TaskLine._fields)


def _between(path: str, first: int | None, behind: int | None) -> Q:
    if first is None or behind is None:
        return Q()
    return Q(**{f"{path}position__gte": first, f"{path}position__lt": behind})


def _page_of_tasks(
    *, plan: int, first: int, behind: int, baseline: int | None = None
) -> QuerySet[Task, tuple[Any, ...]]:
    """Return the tasks at some places; the progress of a work package is worked out from the tasks below it."""
    after = Task.objects.filter(plan=plan, position__gt=OuterRef("position")).order_by("position")
    end = Coalesce(Subquery(after.filter(level__lte=OuterRef("level")).values("position")[:1]), Value(_NO_END))
    below = after.filter(position__lt=OuterRef("end"), is_active=True).exclude(kind=TaskKind.SUMMARY).order_by()
    done = Sum(F("duration_minutes") * F("percent_permille")) / NullIf(Sum("duration_minutes"), Value(0))
    share = below.values("plan").annotate(done=ExpressionWrapper(done, output_field=BigIntegerField())).values("done")
    rolled_up = Case(
        When(kind=TaskKind.SUMMARY, then=Coalesce(Subquery(share), Value(0))),
        default=F("percent_permille"),
        output_field=BigIntegerField(),
    )
    tasks = Task.objects.filter(_between("", first, behind), plan=plan).annotate(end=end, rolled_up=rolled_up)
    columns = ["rolled_up" if name == "percent_permille" else name for name in _TaskLine._fields]
    return with_agreed(tasks, baseline).order_by("position").values_list(*columns)


def _row(
    task: _TaskLine,
    *,
    percent: int,
    links: tuple[PlanLink, ...],
    people: tuple[PlanPerson, ...],
    time: PlanTime,
) -> PlanRow:
    return PlanRow(
        id=task.pk,
        version=task.version,
        number=task.position,
        level=task.level,
        parent_id=task.parent_id,
        wbs_code=task.wbs_code,
        name=task.name,
        kind=task.kind,
        mode=task.mode,
        is_active=task.is_active,
        is_blocked=task.is_blocked,
        is_critical=task.is_critical,
        is_estimated=task.is_estimated,
        duration_minutes=(
            time.working_minutes(task.start_at, task.finish_at)
            if task.kind == TaskKind.SUMMARY
            else task.duration_minutes
        ),
        duration_kind=task.duration_kind,
        start_at=task.start_at,
        finish_at=task.finish_at,
        actual_start_at=task.actual_start_at,
        actual_finish_at=task.actual_finish_at,
        deadline_at=task.deadline_at,
        constraint=task.constraint,
        constraint_at=task.constraint_at,
        percent_permille=percent,
        total_float_minutes=task.total_float_minutes,
        predecessors=links,
        people=people,
        baseline_start_at=task.agreed_start,
        baseline_finish_at=task.agreed_finish,
        finish_difference_minutes=time.working_minutes(task.agreed_finish, task.finish_at),
    )


def progress_of(task: Task) -> int:
    """Return the progress of a task; that of a work package is worked out from the tasks below it. 1 query for a package."""
    if task.kind != TaskKind.SUMMARY:
        return task.percent_permille
    [line] = _lines(task.plan, None, {"first": task.position, "behind": task.position + 1})
    return line.percent_permille


def _rolled_up(tasks: Iterable[_TaskLine]) -> dict[int, int]:
    """Return progress by task; that of work packages is worked out from the tasks below them."""
    ordered = list(tasks)
    done: dict[int, int] = defaultdict(int)
    whole: dict[int, int] = defaultdict(int)
    percents: dict[int, int] = {}
    for task in reversed(ordered):
        if task.kind == TaskKind.SUMMARY:
            percents[task.pk] = done[task.pk] // whole[task.pk] if whole[task.pk] else 0
            share = (done[task.pk], whole[task.pk])
        else:
            percents[task.pk] = task.percent_permille
            duration = (task.duration_minutes or 0) if task.is_active else 0
            share = (duration * task.percent_permille, duration)
        if task.parent_id is not None:
            done[task.parent_id] += share[0]
            whole[task.parent_id] += share[1]
    return {pk: min(percent, PERMILLE) for pk, percent in percents.items()}


def _links(plan: Plan, bounds: Mapping[str, int]) -> dict[int, tuple[PlanLink, ...]]:
    found: dict[int, list[PlanLink]] = {}
    for after, *link in asked(_links_before, plan=plan.pk, **bounds):
        found.setdefault(after, []).append(PlanLink(*link))
    return {pk: tuple(lines) for pk, lines in found.items()}


def _links_before(*, plan: int, first: int | None = None, behind: int | None = None) -> QuerySet[Link, tuple[Any, ...]]:
    links = Link.objects.filter(_between("successor__", first, behind), plan=plan)
    return links.order_by("predecessor__position", "id").values_list(
        "successor_id", "pk", "predecessor__position", "predecessor_id", "type", "lag", "lag_unit"
    )


def _people(plan: Plan, bounds: Mapping[str, int]) -> dict[int, tuple[PlanPerson, ...]]:
    found: dict[int, list[PlanPerson]] = {}
    for task_id, person_name, resource_name, *line in asked(_assigned, plan=plan.pk, **bounds):
        found.setdefault(task_id, []).append(PlanPerson(person_name or resource_name, *line))
    return {pk: tuple(lines) for pk, lines in found.items()}


def _assigned(
    *, plan: int, first: int | None = None, behind: int | None = None
) -> QuerySet[Assignment, tuple[Any, ...]]:
    rows = Assignment.objects.filter(_between("task__", first, behind), task__plan=plan, resource__isnull=False)
    return rows.order_by("id").values_list(
        "task_id", "resource__person__name", "resource__name", "units_permille", "resource__person_id", "resource_id"
    )


def with_agreed(tasks: QuerySet[Task], baseline: int | None) -> QuerySet[Task]:
    """Return tasks with `agreed_start` and `agreed_finish`, the dates of a baseline, `None` where it has none."""
    if baseline is None:
        nothing = Value(None, output_field=BigIntegerField())
        return tasks.annotate(agreed_start=nothing, agreed_finish=nothing)
    agreed = FilteredRelation("baseline_tasks", condition=Q(baseline_tasks__baseline=baseline))
    return tasks.annotate(agreed=agreed).annotate(
        agreed_start=F("agreed__start_at"), agreed_finish=F("agreed__finish_at")
    )
