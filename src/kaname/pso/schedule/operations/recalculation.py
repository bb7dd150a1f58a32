"""Working the dates out again, and remembering why each of them moved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import lazy
from django.utils.text import format_lazy

from kaname.engine.network import PlanError, Schedule, ScheduledTask, schedule
from kaname.engine.text import Message
from kaname.kernel import clock
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import write_fields
from kaname.kernel.rules.types import Actor, Unacceptable
from kaname.kernel.text import translate
from kaname.pso.schedule.bridge import engine_plan, load
from kaname.pso.schedule.events import ScheduleRecalculated
from kaname.pso.schedule.models import Move, Plan, Run, Task

COMPUTED: Final = (
    "start_at",
    "finish_at",
    "early_start_at",
    "early_finish_at",
    "late_start_at",
    "late_finish_at",
    "total_float_minutes",
    "free_float_minutes",
    "is_critical",
    "driver_kind",
    "driver_task_id",
)


class PlanRefused(Unacceptable):
    """The plan cannot be calculated; `messages` say why, in sentences to translate."""

    def __init__(self, messages: tuple[Message, ...]) -> None:
        self.messages = messages
        super().__init__(format_lazy("{}" + " {}" * (len(messages) - 1), *map(_sentence, messages)))


_sentence = lazy(translate, str)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What set a recalculation off: a kind (`progress`, `task`, `link`, `import`, …), the task at its heart, the fact."""

    kind: str
    task_id: int | None = None
    cause: Entry | None = None


def recalculate(plan: Plan, *, actor: Actor, now: datetime, trigger: Trigger, tasks: list[Task] | None = None) -> Run:
    """Work out all dates of a plan, write those that changed and remember every move with its cause.

    Needs the transaction and the lock of the plan's row that its caller holds, so that the dates never disagree with the
    facts.  Publishes `ScheduleRecalculated` with the trigger's fact as its cause.

    Parameters
    ----------
    tasks
        All tasks of the plan in the order of the outline, as they are stored, where the caller has them; else they are read.

    Raises
    ------
    PlanRefused
        If the plan cannot be calculated (a loop, a calendar without working time); the caller's change is rolled back.

    Notes
    -----
    At most 18 queries.
    """
    rows = load(plan, tasks=tasks)
    try:
        result = schedule(engine_plan(rows, today=clock.today()))
    except PlanError as error:
        raise PlanRefused(error.messages) from error
    before = {task.pk: (task.start_at, task.finish_at) for task in rows.tasks}
    changed = [task for task, computed in zip(rows.tasks, result, strict=True) if _take_over(task, computed, result)]
    write_fields(changed, COMPUTED)
    run = _record(plan, rows.tasks, before, result, actor=actor, now=now, trigger=trigger)
    publish(
        ScheduleRecalculated(
            subject=Subject("schedule.plan", plan.pk),
            project_id=plan.project_id,
            run=run.number,
            moved=run.moved,
            finish_before_at=run.finish_before_at,
            finish_after_at=run.finish_after_at,
        ),
        actor=actor,
        now=now,
        cause=trigger.cause,
    )
    return run


def _take_over(task: Task, computed: ScheduledTask, result: Schedule) -> bool:
    cause = result.driven_by(task.pk)
    values = {
        "start_at": computed.start_at,
        "finish_at": computed.finish_at,
        "early_start_at": computed.early_start_at,
        "early_finish_at": computed.early_finish_at,
        "late_start_at": computed.late_start_at,
        "late_finish_at": computed.late_finish_at,
        "total_float_minutes": computed.total_float_minutes,
        "free_float_minutes": computed.free_float_minutes,
        "is_critical": computed.is_critical,
        "driver_kind": cause.kind.value,
        "driver_task_id": cause.task_uid,
    }
    if all(getattr(task, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(task, name, value)
    return True


def _record(
    plan: Plan,
    tasks: list[Task],
    before: dict[int, tuple[int | None, int | None]],
    result: Schedule,
    *,
    actor: Actor,
    now: datetime,
    trigger: Trigger,
) -> Run:
    moved = [
        task for task in tasks if before[task.pk] != (task.start_at, task.finish_at) and before[task.pk] != (None, None)
    ]
    run = Run.objects.create(
        plan=plan,
        number=plan.run_number + 1,
        at=now,
        cause_entry_id=trigger.cause.pk if trigger.cause else None,
        trigger=trigger.kind,
        trigger_task_id=trigger.task_id,
        actor_label=actor.actor_label,
        finish_before_at=plan.finish_at,
        finish_after_at=result.finish_at,
        moved=len(moved),
    )
    Move.objects.bulk_create(_moves(run, moved, tasks, before, trigger), batch_size=500)
    plan.run_number = run.number
    plan.finish_at = result.finish_at
    plan.calculated_at = now
    plan.save(update_fields=["run_number", "finish_at", "calculated_at"])
    return run


def _moves(
    run: Run, moved: list[Task], tasks: list[Task], before: dict[int, tuple[int | None, int | None]], trigger: Trigger
) -> list[Move]:
    by_id = {task.pk: task for task in tasks}
    moved_ids = {task.pk for task in moved}
    moves = []
    for task in moved:
        root = _root(task, by_id, moved_ids, trigger)
        start_before, finish_before = before[task.pk]
        moves.append(
            Move(
                run=run,
                task=task,
                start_before_at=start_before,
                start_after_at=task.start_at,
                finish_before_at=finish_before,
                finish_after_at=task.finish_at,
                driver_kind=task.driver_kind,
                driver_task_id=task.driver_task_id,
                root_kind=root.driver_kind if root.pk != trigger.task_id else trigger.kind,
                root_task_id=root.pk,
            )
        )
    return moves


def _root(task: Task, by_id: dict[int, Task], moved_ids: set[int], trigger: Trigger) -> Task:
    """Follow the drivers back while they moved too; stop at the task that set the run off."""
    seen = {task.pk}
    while task.pk != trigger.task_id and task.driver_task_id in moved_ids | {trigger.task_id}:
        driver = by_id.get(task.driver_task_id or 0)
        if driver is None or driver.pk in seen:
            return task
        seen.add(driver.pk)
        task = driver
    return task
