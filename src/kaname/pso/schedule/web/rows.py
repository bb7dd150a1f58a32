"""Lines of the plan for the island: compact rows, and the frame of time in which they are drawn."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, JsonResponse

from kaname.engine.units import MINUTES_PER_DAY, day_number, day_of
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.pso.schedule.models import Plan
from kaname.pso.schedule.queries import PlanRow, PlanTime, members_of, plan_rows, plan_time
from kaname.pso.schedule.rules import EDIT, VIEW
from kaname.pso.schedule.types import TaskMode
from kaname.pso.schedule.web.frame import plan_of
from kaname.pso.schedule.web.lines import Line, line
from kaname.pso.schedule.web.plan import compared_baseline

COLUMNS: Final = (
    "id", "version", "number", "level", "parent", "wbs", "name", "kind", "flags", "start", "finish", "percent",
    "duration", "predecessors", "links", "people", "float", "baselineStart", "baselineFinish", "difference", "deadline",
)  # fmt: skip
"""What a row holds, in order; the island reads it by these names."""

_MOST_DAYS: Final = 40 * 366

Cell = str | int | None | list[list[int | str]]
Cells = list[Cell]


@door(reads=VIEW)
def rows(request: HttpRequest, project: int) -> JsonResponse:
    """Return all lines of a plan, and to who may change it who can be assigned."""
    plan = plan_of(request, project)
    time = plan_time(plan)
    baseline = compared_baseline(request, list(plan.baselines.order_by("number")))
    lines = plan_rows(plan, time=time, baseline=baseline)
    today = clock.today()
    body = {"columns": COLUMNS, "rows": [cells(row, plan, today=today) for row in lines]}
    members = members_of(project, today=today) if decide(request.user, EDIT, plan) else ()
    frame = {"plan": plan_facts(plan), "daysOff": _days_off(lines, plan, time, today=today)}
    response = JsonResponse({**body, **frame, "members": [person.name for person in members]})
    response["Cache-Control"] = "no-store"
    return response


def plan_facts(plan: Plan) -> dict[str, int | None]:
    """Return what the island must know of the plan itself."""
    return {
        "run": plan.run_number,
        "start": plan.start_at,
        "finish": plan.finish_at,
        "status": plan.status_at,
        "today": day_number(clock.today()) * MINUTES_PER_DAY,
    }


def cells(row: PlanRow, plan: Plan, *, today: date) -> Cells:
    """Return the cells of a row in the order of `COLUMNS`."""
    said = line(row, plan, today=today)
    return [
        row.id,
        row.version,
        row.number,
        row.level,
        row.parent_id,
        row.wbs_code,
        row.name,
        "milestone" if row.is_milestone else row.kind,
        _flags(row, said),
        row.start_at,
        row.finish_at,
        row.percent_permille,
        said.duration,
        said.predecessors,
        [[link.task_id, link.type] for link in row.predecessors],
        said.people,
        said.total_float,
        row.baseline_start_at,
        row.baseline_finish_at,
        said.difference,
        row.deadline_at,
    ]


def _flags(row: PlanRow, said: Line) -> int:
    states = (
        said.is_critical,
        said.is_late,
        row.is_blocked,
        not row.is_active,
        row.mode == TaskMode.MANUAL,
        row.actual_start_at is not None,
        row.actual_finish_at is not None,
    )
    return sum(1 << bit for bit, state in enumerate(states) if state)


def _days_off(lines: Iterable[PlanRow], plan: Plan, time: PlanTime, *, today: date) -> tuple[int, ...]:
    """Return the days off from a month before the first to three months after the last date that is drawn."""
    moments = [
        moment
        for row in lines
        for moment in (row.start_at, row.finish_at, row.baseline_start_at, row.baseline_finish_at)
        if moment is not None
    ]
    days = [day_of(min(moments)), day_of(max(moments))] if moments else []
    first = min([*days, today, day_of(plan.start_at)]) - timedelta(days=31)
    last = max([*days, today]) + timedelta(days=92)
    return time.days_off(first, min(last, first + timedelta(days=_MOST_DAYS)))
