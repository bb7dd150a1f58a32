"""Plans as the health rules look at them: as they stand, and as they would go on from now."""

from dataclasses import dataclass, replace

from kaname.engine.calendar import CompiledCalendar
from kaname.engine.network import Schedule, schedule
from kaname.engine.network.plan import ConstraintType, Plan, Task, TaskKind, TaskMode
from kaname.engine.text import Message
from kaname.ground.projects.types import Health
from kaname.pso.reports.types import Indicator, IndicatorCode, Limits, Offence

_MOVABLE = frozenset({ConstraintType.ASAP, ConstraintType.ALAP, ConstraintType.SNET})


@dataclass(frozen=True, slots=True)
class Outlook:
    """A plan with its dates as they stand (`planned`) and as they follow when what is not done can only happen from now
    on (`forecast`).
    """

    plan: Plan
    planned: Schedule
    forecast: Schedule
    status_at: int

    @property
    def working(self) -> CompiledCalendar:
        """The project's calendar."""
        book = self.planned.network.book
        return book.measure(book.project)

    def days(self, minutes: int) -> int:
        """Return working minutes as tenths of working days, rounded away from zero at the half."""
        tenths, rest = divmod(abs(minutes) * 10, self.plan.minutes_per_day)
        tenths += 2 * rest >= self.plan.minutes_per_day
        return tenths if minutes >= 0 else -tenths


def look_out(plan: Plan, *, status_at: int) -> Outlook:
    """Calculate a plan as it stands and from now on.  Two calculations.

    Raises
    ------
    PlanError
        If the plan cannot be calculated.
    """
    return Outlook(plan, schedule(plan), schedule(from_now_on(plan, status_at=status_at)), status_at)


def from_now_on(plan: Plan, *, status_at: int) -> Plan:
    """Return a plan whose remaining work cannot lie before `status_at`.

    Tasks that have not begun start no earlier; dates pinned in the past and dates set by hand that are past give way.
    """
    rules = replace(plan.rules, reschedules_remaining_work=True)
    tasks = tuple(_from_now_on(task, status_at) for task in plan.tasks)
    return replace(plan, tasks=tasks, rules=rules, status_at=status_at)


def _from_now_on(task: Task, status_at: int) -> Task:
    progress = task.progress
    begun = progress.actual_start_at is not None or progress.percent_permille > 0
    if begun or task.kind is TaskKind.SUMMARY or task.is_external or not task.is_active:
        return task
    if task.mode is TaskMode.MANUAL:
        if task.manual_start_at is None or task.manual_start_at >= status_at:
            return task
        return replace(task, mode=TaskMode.AUTO, constraint=ConstraintType.SNET, constraint_at=status_at)
    if task.constraint in _MOVABLE:
        given = task.constraint_at if task.constraint is ConstraintType.SNET else None
        return replace(task, constraint=ConstraintType.SNET, constraint_at=max(status_at, given or status_at))
    if task.constraint_at is None or task.constraint_at >= status_at:
        return task
    return replace(task, constraint=ConstraintType.SNET, constraint_at=status_at)


def stored_message(message: Message) -> dict[str, object]:
    """Return a message as plain values."""
    return {"template": message.template, "params": dict(message.params)}


def stored_indicator(indicator: Indicator) -> dict[str, object]:
    """Return an indicator as plain values."""
    return {
        "code": indicator.code.value,
        "health": indicator.health.value,
        "sentence": stored_message(indicator.sentence),
        "values": dict(indicator.values),
        "limits": dict(indicator.limits),
        "offences": [[item.task_id, item.name, stored_message(item.why)] for item in indicator.offences],
        "offence_count": indicator.offence_count,
    }


def kept_message(stored: dict[str, object]) -> Message:
    """Return plain values as a message."""
    return Message(str(stored["template"]), stored["params"])  # type: ignore[arg-type]


def kept_indicator(stored: dict[str, object]) -> Indicator:
    """Return plain values as an indicator."""
    return Indicator(
        code=IndicatorCode(stored["code"]),
        health=Health(stored["health"]),
        sentence=kept_message(stored["sentence"]),  # type: ignore[arg-type]
        values=stored["values"],  # type: ignore[arg-type]
        limits=stored["limits"],  # type: ignore[arg-type]
        offences=tuple(Offence(pk, name, kept_message(why)) for pk, name, why in stored["offences"]),  # type: ignore[union-attr, attr-defined]
        offence_count=stored["offence_count"],  # type: ignore[arg-type]
    )


def limits(stored: dict[str, int]) -> Limits:
    """Return stored limits, defaults where nothing is stored.

    Raises
    ------
    TypeError
        If a limit is stored that the rules do not know.
    """
    return Limits(**stored)
