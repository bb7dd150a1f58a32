"""What recalculations did, what was agreed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet

from kaname.kernel.rules.types import Missing
from kaname.pso.schedule.models import Baseline, Move, Plan, Run, Task
from kaname.pso.schedule.queries.tasks import named_tasks


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move with the tasks that its cause names."""

    move: Move
    driver: Task | None
    root: Task | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage:
    """A recalculation; `trigger_task` set it off, where a task did."""

    run: Run
    trigger_task: Task | None


def runs(plan: Plan) -> QuerySet[Run]:
    """Return the recalculations of a plan, the latest first."""
    return plan.runs.order_by("-number")


def latest_run(plan: Plan) -> Run | None:
    """Return the last recalculation. 1 query."""
    return runs(plan).first()


def run_page(plan: Plan, *, number: int) -> RunPage:
    """Return a recalculation by its number. 2 queries.

    Raises
    ------
    Missing
        If the plan has none of this number.
    """
    run = plan.runs.filter(number=number).first()
    if run is None:
        raise Missing
    return RunPage(run=run, trigger_task=named_tasks(plan, {run.trigger_task_id}).get(run.trigger_task_id or 0))


def moves_of(run: Run, *, only_later: bool = False, words: str = "") -> QuerySet[Move]:
    """Return the moves of a run in outline order, filtered by direction and by words of the task's name."""
    found = run.moves.select_related("task").order_by("task__position")
    if only_later:
        found = found.filter(finish_after_at__gt=F("finish_before_at"))
    return found.filter(task__name__icontains=words) if words else found


def move_lines(plan: Plan, moves: list[Move]) -> tuple[MoveLine, ...]:
    """Return moves with the tasks that their causes name. 1 query."""
    told = {move.driver_task_id for move in moves} | {move.root_task_id for move in moves}
    named: Mapping[int, Task] = named_tasks(plan, told)
    return tuple(
        MoveLine(move, named.get(move.driver_task_id or 0), named.get(move.root_task_id or 0)) for move in moves
    )


def trigger_tasks(plan: Plan, listed: list[Run]) -> Mapping[int, Task]:
    """Return the tasks that set runs off, by id. 1 query."""
    return named_tasks(plan, {run.trigger_task_id for run in listed})


def baselines(plan: Plan) -> tuple[Baseline, ...]:
    """Return the baselines of a plan, the one in force first, with who took them. 1 query."""
    return tuple(plan.baselines.select_related("author").order_by("number"))
