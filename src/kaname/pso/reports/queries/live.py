"""What is worked out from the plan at the moment of asking: earned value and the schedule clinic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from kaname.engine.calendar import CalendarError
from kaname.engine.earned_value import (
    EarnedValueReport,
    Indices,
    Measure,
    NegativeValueError,
    TreeLoopError,
    Values,
    indices,
)
from kaname.engine.network import PlanError, schedule
from kaname.engine.network.plan import Plan as EnginePlan
from kaname.engine.network.plan import TaskKind
from kaname.engine.quality import QualityReport, Thresholds, assess
from kaname.engine.text import Message
from kaname.engine.units import MINUTES_PER_DAY, day_number, day_of, wall_minute
from kaname.ground.projects.models import Project
from kaname.kernel.rules.types import Actor
from kaname.pso.reports.bridge import Earning, earning_of
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.queries.health import list_assessments
from kaname.pso.schedule.bridge import engine_plan, load
from kaname.pso.schedule.models import Plan

_MOST_WEEKS: Final = 40
_MOST_PACKAGES: Final = 300


class Incalculable(Exception):
    """The plan cannot be calculated; `message` says why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True, slots=True)
class Period:
    """The end of a week or month: values so far; earned and actual as they were assessed by then, `None` where unknown."""

    on: date
    planned: int
    earned: int | None
    actual: int | None


@dataclass(frozen=True, slots=True)
class Package:
    """A work package, or a task outside of one, with the values of all below it."""

    task_id: int
    name: str
    level: int
    values: Values
    indices: Indices


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedNow:
    """Earned value of a project: values are yen when `measure` is money, else minutes."""

    measure: Measure
    report: EarnedValueReport
    periods: tuple[Period, ...]
    packages: tuple[Package, ...]


def find_plan(*, project: Project, today: date) -> EnginePlan | None:
    """Return a project's plan as the engine takes it, with baselines; the project was found for the viewer. At most 14 queries."""
    plan = Plan.objects.filter(project=project).select_related("project").first()
    return engine_plan(load(plan, with_baselines=True), today=today) if plan else None


def measure_project(*, actor: Actor, now: datetime, project: Project, plan: EnginePlan) -> EarnedNow | None:
    """Return the earned value of a plan now and over its periods, `None` without a baseline. 1 query.

    Raises
    ------
    Incalculable
        If the plan's calendars, budgets or outline cannot be computed with.
    """
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=None)
    try:
        earning = earning_of(plan)
        if earning is None:
            return None
        report = earning.report(status_at=wall_minute(local))
        assessments = list_assessments(actor=actor, project_id=project.pk)
        periods = _periods(earning, report, assessments, today=local.date())
    except PlanError as error:
        raise Incalculable(error.messages[0]) from error
    except (CalendarError, NegativeValueError, TreeLoopError) as error:
        raise Incalculable(error.message) from error
    return EarnedNow(measure=earning.measure, report=report, periods=periods, packages=_packages(plan, report))


def examine_plan(*, project: Project, plan: EnginePlan) -> QualityReport:
    """Return the fourteen points of the schedule clinic, as the health is computed from them. No queries.

    Raises
    ------
    Incalculable
        If the plan cannot be calculated.
    """
    required = project.ends_before
    limit = day_number(required) * MINUTES_PER_DAY if required else None
    try:
        return assess(plan, schedule(plan), thresholds=Thresholds(required_finish_at=limit))
    except PlanError as error:
        raise Incalculable(error.messages[0]) from error


def _periods(
    earning: Earning, report: EarnedValueReport, assessments: Sequence[Assessment], *, today: date
) -> tuple[Period, ...]:
    start_at, finish_at = report.forecast.planned_start_at, report.forecast.planned_finish_at
    if start_at is None or finish_at is None:
        return ()
    first, last = day_of(start_at), max(day_of(finish_at), today)
    ends = _ends(first, last)
    planned = earning.planned_totals([(day_number(end) + 1) * MINUTES_PER_DAY for end in ends])
    present = next((end for end in ends if end >= today), ends[-1])
    found = []
    for end, value in zip(ends, planned, strict=True):
        known = next((one for one in reversed(assessments) if one.on <= end), None) if end <= present else None
        earned = _earned_then(known, report.total.budget)
        found.append(Period(end, value, earned, _actual_then(known, earned)))
    return tuple(found)


def _ends(first: date, last: date) -> list[date]:
    weeks = (last - first).days // 7 + 1
    if weeks <= _MOST_WEEKS:
        sunday = first + timedelta(days=6 - first.weekday())
        return [sunday + timedelta(weeks=week) for week in range((last - sunday).days // 7 + 2)]
    months = [first.replace(day=1)]
    while months[-1] <= last:
        months.append((months[-1] + timedelta(days=32)).replace(day=1))
    return [month - timedelta(days=1) for month in months[1:]]


def _earned_then(assessment: Assessment | None, budget: int) -> int | None:
    if assessment is None or assessment.done_permille is None:
        return None
    return budget * assessment.done_permille // 1000


def _actual_then(assessment: Assessment | None, earned: int | None) -> int | None:
    if assessment is None or earned is None or not assessment.cpi_permille:
        return None
    return earned * 1000 // assessment.cpi_permille


def _packages(plan: EnginePlan, report: EarnedValueReport) -> tuple[Package, ...]:
    levels: dict[int | None, int] = {None: -1}
    found = []
    for task in plan.tasks:
        levels[task.uid] = levels.get(task.parent_uid, -1) + 1
        values = report.by_uid.get(task.uid)
        if values is not None and (task.kind is TaskKind.SUMMARY or task.parent_uid is None):
            found.append(Package(task.uid, task.name, levels[task.uid], values, indices(values)))
    return tuple(found[:_MOST_PACKAGES])
