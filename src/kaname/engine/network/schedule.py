"""The dates of a plan, and what caused each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import takewhile
from typing import Any

import numpy as np

from kaname.engine.calendar.kernels import BEYOND
from kaname.engine.network import arrays
from kaname.engine.network.arrays import Dates, Int64s
from kaname.engine.network.jit import fitting, fitting_tables, kernels_for
from kaname.engine.network.network import NO_LINK, Network
from kaname.engine.network.plan import ConstraintType, Dialect, Link, Task
from kaname.engine.text import Message


class CauseKind(StrEnum):
    """What decides the dates of a task."""

    PREDECESSOR = "predecessor"
    """A link; see `Cause.link`."""
    PARENT = "parent"
    """A link or a constraint of a summary above; see `Cause.task_uid`."""
    CHILDREN = "children"
    """A summary: its tasks decide."""
    CONSTRAINT = "constraint"
    """A date of the task's own that it may not come before."""
    CEILING = "ceiling"
    """A date of the task's own that it may not come after, against its links."""
    PROJECT_START = "project_start"
    STATUS_DATE = "status_date"
    """Remaining work goes on where it stopped, or after the status date."""
    ACTUAL = "actual"
    """It has happened."""
    MANUAL = "manual"
    """A person set the dates."""
    EXTERNAL = "external"
    """Another plan set the dates."""
    LEVELING = "leveling"
    """Postponed because people are busy."""
    AS_LATE_AS_POSSIBLE = "as_late_as_possible"
    HAMMOCK = "hammock"
    """Stretches between the tasks it is linked to."""
    NOTHING = "nothing"
    """A summary without tasks: it has no dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a task starts when it does.

    Attributes
    ----------
    kind
        What decides.
    at
        The moment it allows, before the calendar has its say; `None` if there is none.
    link
        The driving link, for `PREDECESSOR`.
    task_uid
        The task behind it: predecessor, summary, last child.
    waits_minutes
        Clock minutes that pass from `at` until the calendar lets the task start.
    """

    kind: CauseKind
    at: int | None = None
    link: Link | None = None
    task_uid: int | None = None
    waits_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledTask:
    """The computed dates of one task; moments are wall minutes, floats working minutes of its calendar.

    `late_*` and floats are `None` where the product of the dialect knows none, dates are `None` for a summary without
    tasks.
    """

    uid: int
    start_at: int | None
    finish_at: int | None
    early_start_at: int | None
    early_finish_at: int | None
    late_start_at: int | None
    late_finish_at: int | None
    total_float_minutes: int | None
    free_float_minutes: int | None
    is_critical: bool


@dataclass(frozen=True)
class Schedule:
    """A calculated plan.

    Single tasks are looked up by `task`, all of them by iteration in outline order; both read the arrays on demand, so a
    plan of 100,000 tasks costs nothing until somebody looks.

    Attributes
    ----------
    network
        What was calculated.
    early, dates
        Results by position, before and after late tasks are moved; the same object where there are none.
    start_at, finish_at
        First start and last finish, `None` for a plan without tasks.
    warnings
        What the reader of the plan should know.
    """

    network: Network
    early: Dates
    dates: Dates
    start_at: int | None
    finish_at: int | None
    warnings: tuple[Message, ...] = ()

    @cached_property
    def free_floats(self) -> Int64s:
        """Free floats by position, counted when first asked for; O(tasks + links)."""
        network = self.network
        kernels = kernels_for(network.size)
        is_primavera = network.plan.rules.dialect == Dialect.PRIMAVERA
        inputs = (network.nodes, network.after, network.extras, self.dates)
        floats = fitting(kernels, np.zeros(len(network.nodes.kind), dtype=np.int64))
        tail, counted_on = BEYOND, network.book.project
        if is_primavera:
            counted_on = arrays.OWN_CALENDAR
            tail = int(np.max(self.dates.finish[network.nodes.kind < arrays.OPENING], initial=-BEYOND))
        fitted = (*fitting_tables(kernels, network.tables), *(fitting(kernels, part) for part in inputs))
        kernels.free_floats(*fitted, counted_on, tail, floats)
        return np.asarray(floats, dtype=np.int64)

    def __iter__(self) -> Iterator[ScheduledTask]:
        columns = [column.tolist() for column in self._columns()]
        return (self._task(number, columns) for number in range(len(self.network.plan.tasks)))

    def __len__(self) -> int:
        return len(self.network.plan.tasks)

    def task(self, uid: int) -> ScheduledTask:
        """Return the dates of one task.

        Raises
        ------
        KeyError
            If the plan has no task `uid`.
        """
        return self._task(self.network.outline.numbers[uid], self._columns())

    def driven_by(self, uid: int) -> Cause:
        """Return why a task starts when it does.

        Raises
        ------
        KeyError
            If the plan has no task `uid`.
        """
        number = self.network.outline.numbers[uid]
        task = self.network.plan.tasks[number]
        place = int(self.network.position[number])
        start = int(self.dates.start[place])
        if number in self.network.hammocks:
            return Cause(kind=CauseKind.HAMMOCK, at=start)
        if self.network.outline.summaries[number] and self.network.nodes.kind[place] != arrays.FIXED:
            return self._summary_cause(number, start)
        driver = int(self.dates.driver[place])
        if driver >= 0:
            return self._link_cause(driver, place)
        return self._own_cause(task, driver, place)

    def chain(self, uid: int) -> tuple[int, ...]:
        """Return the uids from a task back through what drives it, ending where no other task does; O(length)."""
        uids = [uid]
        while (before := self.driven_by(uids[-1]).task_uid) is not None and before not in uids:
            uids.append(before)
        return tuple(uids)

    def critical_uids(self) -> tuple[int, ...]:
        """Return the uids of the critical tasks in outline order."""
        return tuple(task.uid for task in self if task.is_critical)

    def _columns(self) -> tuple[Any, ...]:
        """Return what `_task` reads: positions by number, then by position kinds, the six moments, total and free floats."""
        return (
            self.network.position,
            self.network.nodes.kind,
            self.dates.start,
            self.dates.finish,
            self.early.start,
            self.early.finish,
            self.dates.late_start,
            self.dates.late_finish,
            self.dates.total_float,
            self.free_floats,
        )

    def _task(self, number: int, columns: Sequence[Any]) -> ScheduledTask:
        """Return the dates of one task from `_columns`, which are lists where all tasks are asked for."""
        network = self.network
        task = network.plan.tasks[number]
        positions, kinds, *moments, totals, frees = columns
        place = int(positions[number])
        start, finish, early_start, early_finish, late_start, late_finish = [
            moment if -BEYOND < (moment := int(column[place])) < BEYOND else None for column in moments
        ]
        total, free = int(totals[place]), int(frees[place])
        is_done = task.progress.actual_finish_at is not None
        has_floats = start is not None and not (is_done and network.plan.rules.dialect == Dialect.PRIMAVERA)
        if kinds[place] == arrays.STARTED and network.plan.rules.dialect == Dialect.MICROSOFT:
            late_start = start
        if task.constraint == ConstraintType.ALAP and network.plan.rules.dialect == Dialect.MICROSOFT:
            total = min(total, 0)
        limit = network.plan.rules.critical_float_minutes
        return ScheduledTask(
            uid=task.uid,
            start_at=start,
            finish_at=finish,
            early_start_at=early_start,
            early_finish_at=early_finish,
            late_start_at=late_start,
            late_finish_at=late_finish,
            total_float_minutes=total if has_floats else None,
            free_float_minutes=free if has_floats else None,
            is_critical=has_floats and not is_done and task.is_active and total <= limit,
        )

    def _summary_cause(self, number: int, start: int) -> Cause:
        if start >= BEYOND:
            return Cause(kind=CauseKind.NOTHING)
        outline, position = self.network.outline, self.network.position
        inside = takewhile(lambda inner: outline.parents[inner] >= number, range(number + 1, len(outline.parents)))
        starting = (
            inner for inner in inside if outline.parents[inner] == number and self.dates.start[position[inner]] == start
        )
        child = next(starting, None)
        uid = None if child is None else self.network.plan.tasks[child].uid
        return Cause(kind=CauseKind.CHILDREN, at=start, task_uid=uid)

    def _link_cause(self, driver: int, place: int) -> Cause:
        network = self.network
        other = int(network.before.other[driver])
        task = network.plan.tasks[int(network.task[other])]
        plan_link = int(network.plan_link[driver])
        finishes = network.before.shape[driver] & 1 == 0
        at = int(self.dates.finish[other] if finishes else self.dates.start[other])
        if plan_link == NO_LINK:
            waits = max(int(self.dates.start[place]) - at, 0)
            return Cause(kind=CauseKind.PARENT, at=at, task_uid=task.uid, waits_minutes=waits)
        link = network.plan.links[plan_link]
        drives_start = network.before.shape[driver] & 3 < arrays.FF
        waits = int(self.dates.start[place]) - at if drives_start and link.lag == 0 else 0
        return Cause(kind=CauseKind.PREDECESSOR, at=at, link=link, task_uid=task.uid, waits_minutes=max(waits, 0))

    def _own_cause(self, task: Task, driver: int, place: int) -> Cause:
        start = int(self.dates.start[place])
        if driver == arrays.BY_NOTHING and start >= BEYOND:
            return Cause(kind=CauseKind.NOTHING)
        if driver == arrays.BY_GIVEN:
            if task.is_external:
                return Cause(kind=CauseKind.EXTERNAL, at=start)
            is_done = task.progress.actual_finish_at is not None
            return Cause(kind=CauseKind.ACTUAL if is_done else CauseKind.MANUAL, at=start)
        if driver == arrays.BY_PROJECT_START:
            origin = self.network.origin
            return Cause(kind=CauseKind.PROJECT_START, at=origin, waits_minutes=max(start - origin, 0))
        if driver in (arrays.BY_CONSTRAINT, arrays.BY_CEILING):
            kind = CauseKind.CONSTRAINT if driver == arrays.BY_CONSTRAINT else CauseKind.CEILING
            at = task.constraint_at
            waits = start - at if at is not None and task.constraint in _START_CONSTRAINTS else 0
            return Cause(kind=kind, at=at, waits_minutes=max(waits, 0))
        return Cause(kind=_OWN_KINDS[driver], at=start)


_START_CONSTRAINTS = (ConstraintType.SNET, ConstraintType.MSO, ConstraintType.MANDATORY_START)
_OWN_KINDS = {
    arrays.BY_STATUS: CauseKind.STATUS_DATE,
    arrays.BY_DELAY: CauseKind.LEVELING,
    arrays.BY_FLOOR: CauseKind.AS_LATE_AS_POSSIBLE,
    arrays.BY_NOTHING: CauseKind.NOTHING,
}
