"""From a plan to accounts: which budget, which actual, in money, effort or duration."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kaname.engine.calendar.kernels import CLOCK
from kaname.engine.earned_value.measure import measure_accounts
from kaname.engine.earned_value.types import Account, EarnedRule, EarnedValueReport, Measure, WeightedMilestone
from kaname.engine.network.plan import NOT_STARTED, Baseline, DurationKind, Plan, Progress, Task, TaskKind
from kaname.engine.network.timebook import Timebook

CLOCK_UID: Final = -(1 << 62)
"""Stands for the calendar that always works, on which tasks in clock time are spread."""

_NO_RULES: Mapping[int, EarnedRule] = MappingProxyType({})
_NO_MILESTONES: Mapping[int, tuple[WeightedMilestone, ...]] = MappingProxyType({})


def measure_plan(
    plan: Plan,
    *,
    status_at: int,
    measure: Measure,
    usual_rule: EarnedRule = EarnedRule.PERCENT,
    rules: Mapping[int, EarnedRule] = _NO_RULES,
    milestones: Mapping[int, tuple[WeightedMilestone, ...]] = _NO_MILESTONES,
    baseline_number: int = 0,
) -> EarnedValueReport:
    """Return the earned value of a plan on its own calendars.

    Parameters
    ----------
    plan, measure, usual_rule, rules, milestones, baseline_number
        As `plan_accounts`.
    status_at
        The status date, a wall minute.

    Raises
    ------
    CalendarError
        If a calendar of the plan cannot be computed with.
    NegativeValueError, TreeLoopError
        As `measure_accounts`.

    Examples
    --------
    >>> from kaname.engine.network.plan import Progress
    >>> monday = 4 * 1440
    >>> agreed = Baseline(number=0, start_at=monday + 480, finish_at=monday + 4 * 1440 + 1020, effort_minutes=2400)
    >>> half = Progress(percent_permille=500, actual_start_at=monday + 480, actual_effort_minutes=1500)
    >>> plan = Plan(tasks=(Task(uid=1, name="Design", progress=half, baselines=(agreed,)),))
    >>> found = measure_plan(plan, status_at=monday + 2 * 1440 + 1020, measure=Measure.EFFORT)
    >>> found.total.planned, found.total.earned, found.total.actual, found.forecast.indices.spi_t.rounded()
    (1440, 1200, 1500, 0.833)
    """
    accounts = plan_accounts(
        plan,
        measure=measure,
        usual_rule=usual_rule,
        rules=rules,
        milestones=milestones,
        baseline_number=baseline_number,
    )
    book = Timebook(plan)
    numbers = {uid: CLOCK if uid == CLOCK_UID else book.number(uid) for uid in {one.calendar_uid for one in accounts}}
    return measure_accounts(
        accounts,
        status_at=status_at,
        calendars={uid: book.measure(number) for uid, number in numbers.items() if uid is not None},
        project=book.measure(book.project),
    )


def plan_accounts(
    plan: Plan,
    *,
    measure: Measure,
    usual_rule: EarnedRule = EarnedRule.PERCENT,
    rules: Mapping[int, EarnedRule] = _NO_RULES,
    milestones: Mapping[int, tuple[WeightedMilestone, ...]] = _NO_MILESTONES,
    baseline_number: int = 0,
) -> tuple[Account, ...]:
    """Return the accounts of a plan, in outline order.

    Parameters
    ----------
    plan
        Its active tasks are taken, ghosts of other plans left out.
    measure
        In what value is counted.
    usual_rule, rules
        The earning rule of most tasks, and of others by uid; levels of effort earn as time passes unless named.
    milestones
        The weighted milestones of tasks by uid.
    baseline_number
        Which baseline is the plan.

    Returns
    -------
    tuple of Account
        Budgets of leaves are those of the baseline; a task without one has `None`, never zero.  A summary has its own
        fixed money only, so that nothing counts twice.
    """
    tasks = [task for task in plan.tasks if task.is_active and not task.is_external]
    uids = {task.uid for task in tasks}
    children: dict[int, list[Task]] = {}
    for task in tasks:
        if task.parent_uid in uids and task.parent_uid is not None:
            children.setdefault(task.parent_uid, []).append(task)
    reader = _Reader(measure, baseline_number)
    accounts = []
    for task in tasks:
        below = children.get(task.uid, [])
        rule = rules.get(task.uid, EarnedRule.LEVEL_OF_EFFORT if task.kind is TaskKind.HAMMOCK else usual_rule)
        budget, actual = reader.branch(task, below) if below else (reader.budget(task), reader.actual(task))
        accounts.append(
            _account(
                task,
                reader.baseline(task),
                parent_uid=task.parent_uid if task.parent_uid in uids else None,
                budget=budget,
                actual=actual,
                rule=rule,
                milestones=milestones.get(task.uid, ()),
            )
        )
    return tuple(accounts)


def best_measure(plan: Plan, *, baseline_number: int = 0) -> Measure:
    """Return money if a baseline of the plan has any, else effort, else duration."""
    leaves = [task for task in plan.tasks if task.kind is not TaskKind.SUMMARY and task.is_active]
    for measure in (Measure.MONEY, Measure.EFFORT):
        reader = _Reader(measure, baseline_number)
        if any(reader.budget(task) for task in leaves):
            return measure
    return Measure.DURATION


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads budgets and actuals in one measure."""

    measure: Measure
    number: int

    def baseline(self, task: Task) -> Baseline | None:
        return next((baseline for baseline in task.baselines if baseline.number == self.number), None)

    def budget(self, task: Task) -> int | None:
        baseline = self.baseline(task)
        if baseline is None:
            return None
        match self.measure:
            case Measure.MONEY:
                return baseline.cost
            case Measure.EFFORT:
                return baseline.effort_minutes
            case Measure.DURATION:
                return baseline.duration_minutes if task.duration_kind is DurationKind.WORKING else None

    def actual(self, task: Task) -> int | None:
        match self.measure:
            case Measure.MONEY:
                return task.progress.actual_cost
            case Measure.EFFORT:
                return task.progress.actual_effort_minutes
            case Measure.DURATION:
                return None

    def branch(self, task: Task, below: list[Task]) -> tuple[int, int]:
        """Return what a summary carries beside its children: its fixed money, where it has some."""
        if self.measure is not Measure.MONEY or not task.fixed_cost:
            return 0, 0
        budgets = [0 if self.baseline(child) is None else self.budget(child) for child in below]
        actuals = [self.actual(child) if child.progress != NOT_STARTED else 0 for child in below]
        return _beside(self.budget(task), budgets), _beside(self.actual(task), actuals)


def _beside(whole: int | None, parts: list[int | None]) -> int:
    """Return what a stored total holds beyond its parts; 0 where a part is unknown, as that cannot be told."""
    known = [part for part in parts if part is not None]
    return 0 if whole is None or len(known) < len(parts) else max(whole - sum(known), 0)


def _account(
    task: Task,
    baseline: Baseline | None,
    *,
    parent_uid: int | None,
    budget: int | None,
    actual: int | None,
    rule: EarnedRule,
    milestones: tuple[WeightedMilestone, ...],
) -> Account:
    progress = task.progress
    return Account(
        uid=task.uid,
        name=task.name,
        parent_uid=parent_uid,
        budget=budget,
        start_at=baseline.start_at if baseline else None,
        finish_at=baseline.finish_at if baseline else None,
        calendar_uid=CLOCK_UID if task.duration_kind is DurationKind.ELAPSED else task.calendar_uid,
        actual=actual,
        actual_start_at=progress.actual_start_at,
        actual_finish_at=progress.actual_finish_at,
        done_permille=_done_permille(progress, rule),
        rule=rule,
        milestones=milestones,
    )


def _done_permille(progress: Progress, rule: EarnedRule) -> int:
    spent, left = progress.actual_effort_minutes, progress.remaining_effort_minutes
    if rule is EarnedRule.EFFORT and spent is not None and left is not None and spent + left > 0:
        return (2000 * spent + spent + left) // (2 * (spent + left))
    # Files write a physical percentage of 0 for every task that does not use one.
    return progress.physical_permille or progress.percent_permille
