"""Calculate a network: early dates, late dates, floats, and what stands outside the passes."""

from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn

import numpy as np
from numpy.typing import NDArray

from kaname.engine.calendar.kernels import BEYOND
from kaname.engine.calendar.stacking import END_DAY, FIRST_DAY
from kaname.engine.network import arrays
from kaname.engine.network.arrays import Dates
from kaname.engine.network.compile import compile_plan
from kaname.engine.network.errors import PlanError
from kaname.engine.network.floats import count_floats
from kaname.engine.network.hammocks import stretch_hammocks
from kaname.engine.network.jit import Kernels, compiled_kernels, fitting, fitting_tables, kernels_for
from kaname.engine.network.network import Network
from kaname.engine.network.plan import Dialect, FloatRule, Link, Plan, ScheduleFrom, Task, TaskKind
from kaname.engine.network.schedule import Schedule
from kaname.engine.network.timebook import Timebook
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY

Marks = NDArray[np.uint8]
Span = tuple[int, int]

_FIRST_MINUTE: Final = FIRST_DAY * MINUTES_PER_DAY
_END_MINUTE: Final = END_DAY * MINUTES_PER_DAY


def schedule(plan: Plan, *, book: Timebook | None = None) -> Schedule:
    """Calculate all dates of a plan.

    Parameters
    ----------
    book
        The timebook of a plan with the same calendars, so that they are not compiled once more: that of the calculation
        which this one is to be compared with.

    Raises
    ------
    LoopError
        If tasks drive one another in a ring.
    PlanError
        If the plan cannot be calculated, or a date would leave the years 1 to 9999.

    Examples
    --------
    >>> from kaname.engine.network.plan import Link, Plan, Task
    >>> dig, pour = Task(uid=1, name="dig", duration_minutes=480), Task(uid=2, name="pour", duration_minutes=960)
    >>> done = schedule(Plan(start_at=480, tasks=(dig, pour), links=(Link(predecessor_uid=1, successor_uid=2),)))
    >>> done.task(2).start_at, done.finish_at, done.driven_by(2).link.predecessor_uid
    (1920, 6780, 1)
    """
    return schedule_network(compile_plan(plan, book=book))


def schedule_network(network: Network) -> Schedule:
    """Calculate all dates of a compiled plan; O(tasks + links).

    Raises
    ------
    PlanError
        If a date would leave the years 1 to 9999.
    """
    run = Run(network, kernels_for(network.size))
    if network.plan.rules.schedule_from == ScheduleFrom.FINISH:
        return run.from_finish()
    return run.from_start()


def first_and_last(network: Network) -> tuple[int | None, int | None]:
    """Return the first start and the last finish of a compiled plan, `None` where nothing counts.

    Half of the passes are enough unless tasks are to be late.

    Raises
    ------
    PlanError
        If a date would leave the years 1 to 9999.
    """
    if network.plan.rules.schedule_from == ScheduleFrom.FINISH or len(network.late_tasks):
        done = schedule_network(network)
        return done.start_at, done.finish_at
    run = Run(network, kernels_for(network.size))
    early = run.fresh()
    run.forward(early, run.everything, spread=False)
    first, last = run.span(early)
    return (first, last) if first <= last else (None, None)


def warm_up() -> None:
    """Load the compiled kernels, and compile them where no earlier run has.

    A process that will calculate large plans calls this when it starts, in a thread of its own if it likes: it takes some
    ten seconds the first time on a machine and half a second after that.
    """
    tasks = (
        Task(uid=0, name="", kind=TaskKind.SUMMARY),
        Task(uid=1, name="", parent_uid=0, duration_minutes=60),
        Task(uid=2, name="", parent_uid=0, duration_minutes=60),
    )
    plan = Plan(start_at=0, tasks=tasks, links=(Link(predecessor_uid=1, successor_uid=2),))
    kernels = compiled_kernels()
    network = compile_plan(plan)
    list(Run(network, kernels).from_start())


@dataclass(slots=True)
class Working:
    """Results while they are being made, in the form that the kernels read."""

    dates: Any

    def frozen(self) -> Dates:
        """Return the results as arrays."""
        if isinstance(self.dates.start, list):
            kinds = (np.int64, np.int64, np.int64, np.int32, np.int64, np.int64, np.int64)
            return Dates(*(np.array(part, dtype=kind) for part, kind in zip(self.dates, kinds, strict=True)))
        done: Dates = self.dates
        return done


class Run:
    """One calculation of a network with one form of the kernels."""

    def __init__(self, network: Network, kernels: Kernels) -> None:
        self.network = network
        self.kernels = kernels
        self.eras, self.days = fitting_tables(kernels, network.tables)
        self.nodes = fitting(kernels, network.nodes)
        self.before = fitting(kernels, network.before)
        self.after = fitting(kernels, network.after)
        self.extras = fitting(kernels, network.extras)
        self.everything = np.ones(len(network.nodes.kind), dtype=np.uint8)

    @property
    def floor(self) -> int:
        """The moment before which nothing begins, whatever drives it: in Primavera the data date."""
        return self.network.origin if self.network.plan.rules.dialect == Dialect.PRIMAVERA else -BEYOND

    def from_start(self) -> Schedule:
        """Calculate a plan that goes forward from its start."""
        network = self.network
        early = self.fresh()
        self.forward(early, self.everything, spread=False)
        dates = early
        span = self.span(dates)
        self.backward(dates, self.everything, spread=False, horizon=self.horizon(span))
        if len(network.late_tasks):
            early, dates = self.postpone(early, dates, span)
            span = self.span(dates)
        return self.finished(early, dates, span)

    def from_finish(self) -> Schedule:
        """Calculate a plan that goes backward from its finish."""
        network = self.network
        late = self.fresh()
        self.forward(late, self.everything, spread=False)
        horizon = self.horizon(self.span(late)) if network.plan.finish_at is None else network.plan.finish_at
        self.backward(late, self.everything, spread=False, horizon=horizon)
        starts = np.array(late.late_start)[network.nodes.kind < arrays.OPENING]
        origin = int(starts.min()) if len(starts) else horizon
        self.network = replace(network, origin=origin)
        early = self.fresh()
        self.forward(early, self.everything, spread=False)
        span = self.span(early)
        self.backward(early, self.everything, spread=False, horizon=horizon)
        dates = early
        if len(network.late_tasks):
            early, dates = self.postpone(early, early, span)
            span = self.span(dates)
        return self.finished(early, dates, span)

    def postpone(self, early: Any, dates: Any, span: Span) -> tuple[Any, Any]:
        """Move the tasks that are to be late, and what follows them; return early and final dates."""
        if self.network.plan.rules.dialect == Dialect.PRIMAVERA:
            moved = self.use_free_float(dates, span)
            return moved, moved
        floored = self.with_floors(dates)
        moved = self.copy(dates)
        marks = np.zeros_like(self.everything)
        marks[self.network.late_tasks] = 1
        plain, self.extras = self.extras, floored
        self.forward(moved, marks, spread=True)
        self.extras = plain
        kept = self.copy(moved)
        for place in self.network.late_tasks.tolist():
            kept.start[place], kept.finish[place] = early.start[place], early.finish[place]
        self.backward(moved, self.everything, spread=False, horizon=self.horizon(self.span(moved)))
        return kept, moved

    def with_floors(self, dates: Any) -> Any:
        """Return the rules with the late starts of late tasks as floors."""
        rules = np.array(self.network.extras.rules)
        for place in self.network.late_tasks.tolist():
            rules[int(self.network.nodes.rule[place]) * arrays.RULE_WIDTH + arrays.FLOOR] = dates.late_start[place]
        return fitting(self.kernels, self.network.extras._replace(rules=rules))

    def use_free_float(self, dates: Any, span: Span) -> Any:
        """Move late tasks as far as their successors' early dates let them."""
        trial = self.copy(dates)
        for target, source in ((trial.late_start, dates.start), (trial.late_finish, dates.finish)):
            target[:] = source[:]
        marks = np.zeros_like(self.everything)
        marks[self.network.late_tasks] = 1
        self.backward(trial, marks, spread=False, horizon=self.horizon(span))
        moved = self.copy(dates)
        for place in self.network.late_tasks.tolist():
            moved.start[place], moved.finish[place] = trial.late_start[place], trial.late_finish[place]
            measure = self.network.book.measure(int(self.network.nodes.slack_calendar[place]))
            moved.total_float[place] = measure.between(int(moved.finish[place]), int(moved.late_finish[place]))
            moved.driver[place] = arrays.BY_FLOOR
        return moved

    def fitted(self, dates: Dates) -> Any:
        """Return finished results in the form that the kernels read."""
        return fitting(self.kernels, dates)

    def fresh(self) -> Any:
        """Return empty results."""
        return fitting(self.kernels, self.network.empty_dates())

    def copy(self, dates: Any) -> Any:
        """Return a copy of results."""
        return type(dates)(*(part.copy() for part in dates))

    def forward(self, dates: Any, marks: Marks, *, spread: bool) -> None:
        """Run the forward pass over marked nodes."""
        self.kernels.forward(
            self.eras, self.days, self.nodes, self.before, self.after, self.extras, dates,
            fitting(self.kernels, marks), spread, self.network.origin, self.floor,
        )  # fmt: skip

    def backward(self, dates: Any, marks: Marks, *, spread: bool, horizon: int) -> None:
        """Run the backward pass over marked nodes."""
        self.kernels.backward(
            self.eras, self.days, self.nodes, self.before, self.after, self.extras, dates,
            fitting(self.kernels, marks), spread, horizon, self.network.plan.rules.multiple_critical_paths,
        )  # fmt: skip

    def roll_up(self, dates: Any) -> None:
        """Give summaries the span of their tasks."""
        network = self.network
        if network.rolls.any():
            columns = (network.parents, network.position, network.rolls, network.counts)
            self.kernels.roll_up(
                self.eras, self.days, self.nodes, dates, *(fitting(self.kernels, column) for column in columns)
            )

    def span(self, dates: Any) -> Span:
        """Return the first start and the last finish of what counts for the plan; refuse dates outside the years 1 to 9999."""
        first, last, least, most = self.kernels.span_of(self.nodes, self.extras, dates)
        if least < _FIRST_MINUTE or most > _END_MINUTE:
            self._refuse(dates)
        return int(first), int(last)

    def horizon(self, span: Span) -> int:
        """Return what late dates are counted back from."""
        plan = self.network.plan
        _, last = span
        if last == -BEYOND:
            return self.network.origin
        return last if plan.must_finish_at is None else plan.must_finish_at

    def _refuse(self, dates: Any) -> NoReturn:
        kind = self.network.nodes.kind
        start, finish = np.array(dates.start), np.array(dates.finish)
        is_out = (kind < arrays.OPENING) & ((finish > _END_MINUTE) | (start < _FIRST_MINUTE))
        tasks = self.network.plan.tasks
        task = tasks[min(int(self.network.task[place]) for place in np.flatnonzero(is_out))]
        template = gettext_noop(
            "Task %(uid)s “%(name)s” would leave the years 1 to 9999. Look at its duration, its lags and its calendar."
        )
        raise PlanError([Message(template, {"uid": task.uid, "name": task.name})])

    def finished(self, early: Any, dates: Any, span: Span) -> Schedule:
        """Roll up, stretch, count floats as the plan wants them, and freeze; `span` is that of the final dates."""
        network = self.network
        is_one = early is dates
        for result in (dates,) if is_one else (early, dates):
            stretch_hammocks(network, result)
            self.roll_up(result)
        first, last = span
        final = Working(dates).frozen()
        begun = final if is_one else Working(early).frozen()
        if network.plan.rules.float_rule != FloatRule.SMALLEST:
            count_floats(network, final)
        start, finish = span if first <= last else (None, None)
        return Schedule(network, begun, final, start, finish, network.warnings)
