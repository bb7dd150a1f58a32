"""Plans as the health rules look at them: as they stand, and as they would go on from now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kaname.engine.calendar import CompiledCalendar
from kaname.engine.calendar.kernels import CLOCK
from kaname.engine.earned_value import (
    Account,
    EarnedValueReport,
    Measure,
    WorkingTime,
    best_measure,
    measure_accounts,
    plan_accounts,
    planned_curve,
)
from kaname.engine.earned_value.accounts import CLOCK_UID
from kaname.engine.network import Schedule, schedule
from kaname.engine.network.plan import NOT_STARTED, ConstraintType, Plan, Task, TaskKind, TaskMode
from kaname.engine.network.timebook import Timebook
from kaname.engine.quality import QualityReport, ScheduleView, Thresholds, assess_view, view_of
from kaname.engine.text import Message
from kaname.ground.projects.types import Health
from kaname.pso.reports.types import Indicator, IndicatorCode, Limits, Offence

_MOVABLE = frozenset({ConstraintType.ASAP, ConstraintType.ALAP, ConstraintType.SNET})


@dataclass(frozen=True, slots=True)
class Outlook:
    """A plan with its dates as they stand (`planned`, as they were written when it was last recalculated), as they follow when what is not done can only happen from now on
    (`forecast`), and as they were agreed (`agreed`, with its floats), where a baseline says so.
    """

    plan: Plan
    planned: ScheduleView
    forecast: Schedule
    status_at: int
    agreed: Schedule | None = None

    @property
    def book(self) -> Timebook:
        """The plan's calendars, compiled once for all that is counted on them."""
        return self.forecast.network.book

    @property
    def working(self) -> CompiledCalendar:
        """The project's calendar."""
        book = self.book
        return book.measure(book.project)

    def examined(self, *, thresholds: Thresholds) -> QualityReport:
        """Return the schedule clinic's findings on the plan as it stands.  One calculation, of the plan with one task delayed."""
        return assess_view(
            self.plan,
            self.planned,
            working=self.working,
            reschedule=lambda changed: view_of(schedule(changed, book=self.book)),
            thresholds=thresholds,
        )

    def days(self, minutes: int) -> int:
        """Return working minutes as tenths of working days, rounded away from zero at the half."""
        tenths, rest = divmod(abs(minutes) * 10, self.plan.minutes_per_day)
        tenths += 2 * rest >= self.plan.minutes_per_day
        return tenths if minutes >= 0 else -tenths


def look_out(plan: Plan, *, status_at: int, planned: ScheduleView | None = None) -> Outlook:
    """Set a plan as it stands beside what it is from now on and as it was agreed, all on the same calendars.

    Each of them is calculated once: from now on, as agreed where there is a baseline, and as it stands where `planned`,
    its dates, are not known already.

    Raises
    ------
    PlanError
        If the plan cannot be calculated.
    """
    agreed = as_agreed(plan)
    forecast = schedule(from_now_on(plan, status_at=status_at))
    book = forecast.network.book
    return Outlook(
        plan=plan,
        planned=view_of(schedule(plan, book=book)) if planned is None else planned,
        forecast=forecast,
        status_at=status_at,
        agreed=schedule(agreed, book=book) if agreed is not None else None,
    )


def as_agreed(plan: Plan) -> Plan | None:
    """Return a plan with the durations of the baseline in force and without progress, on today's dependencies; `None` without one.

    A baseline keeps dates, not floats; the floats that were agreed are those of this plan.
    """
    if not any(baseline.number == 0 for task in plan.tasks for baseline in task.baselines):
        return None
    rules = replace(plan.rules, reschedules_remaining_work=False)
    return replace(plan, tasks=tuple(_as_agreed(task) for task in plan.tasks), rules=rules, status_at=None)


def _as_agreed(task: Task) -> Task:
    baseline = next((item for item in task.baselines if item.number == 0), None)
    duration = task.duration_minutes
    if baseline is not None and baseline.duration_minutes is not None and task.kind is TaskKind.WORK:
        duration = baseline.duration_minutes
    return replace(task, progress=NOT_STARTED, duration_minutes=duration, segments=())


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


@dataclass(frozen=True, slots=True)
class Earning:
    """A plan's accounts with the calendars on which they are measured."""

    measure: Measure
    accounts: tuple[Account, ...]
    calendars: Mapping[int, WorkingTime]
    project: WorkingTime

    def report(self, *, status_at: int) -> EarnedValueReport:
        """Measure at a wall minute."""
        return measure_accounts(self.accounts, status_at=status_at, calendars=self.calendars, project=self.project)

    def planned_totals(self, moments: Sequence[int]) -> list[int]:
        """Return the planned value of the whole at each moment."""
        curve = planned_curve(self.accounts, moments=moments, calendars=self.calendars, project=self.project)
        known = {account.uid for account in self.accounts}
        roots = [row for row, account in enumerate(self.accounts) if account.parent_uid not in known]
        return [int(value) for value in curve[roots].sum(axis=0)]


def earning_of(plan: Plan, *, book: Timebook | None = None) -> Earning | None:
    """Return a plan's accounts in the best measure that its baseline knows; `None` where nothing is planned.

    `book` holds the plan's calendars where they are compiled already.

    Raises
    ------
    CalendarError
        If a calendar of the plan cannot be computed with.
    """
    measure = best_measure(plan)
    accounts = plan_accounts(plan, measure=measure)
    if not any(account.is_planned for account in accounts):
        return None
    book = book or Timebook(plan)
    uids = {account.calendar_uid for account in accounts if account.calendar_uid is not None}
    numbers = {uid: CLOCK if uid == CLOCK_UID else book.number(uid) for uid in uids}
    return Earning(
        measure=measure,
        accounts=accounts,
        calendars={uid: book.measure(number) for uid, number in numbers.items()},
        project=book.measure(book.project),
    )


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
