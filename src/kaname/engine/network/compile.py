"""Compile a plan into a network: flat arrays in topological order."""

from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np

from kaname.engine.calendar.kernels import BEYOND, CLOCK
from kaname.engine.calendar.stacking import CalendarError, Eras
from kaname.engine.calendar.tables import MOST_DAYS, Tables, write_tables
from kaname.engine.network import arrays
from kaname.engine.network.errors import PlanError
from kaname.engine.network.jit import fitting, kernels_for
from kaname.engine.network.loops import loop_error
from kaname.engine.network.network import Network
from kaname.engine.network.outline import NOBODY, Outline
from kaname.engine.network.plan import (
    ConstraintType,
    Dialect,
    LagCalendar,
    LagUnit,
    Link,
    LinkType,
    Plan,
    ScheduleFrom,
    Task,
    TaskKind,
    TaskMode,
)
from kaname.engine.network.rows import Rows, compress, join_rows
from kaname.engine.network.shares import Share, Shares
from kaname.engine.network.terms import Terms, TermsReader
from kaname.engine.network.timebook import Timebook
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY

_SHAPES: Final = {
    LinkType.FS: arrays.FS,
    LinkType.SS: arrays.SS,
    LinkType.FF: arrays.FF,
    LinkType.SF: arrays.SF,
}
_MOST_LAG: Final = (1 << 31) - 1
_SPAN_STEP: Final = 512
"""Spans are rounded up to so many days, so that a plan that has moved finds its tables again."""

_YEARS_AROUND: Final = 400

Pair = tuple[int, int, Link]


def compile_plan(plan: Plan, *, book: Timebook | None = None) -> Network:
    """Compile a plan for calculation.

    Parameters
    ----------
    book
        The timebook of a plan with the same calendars, where there is one.

    Raises
    ------
    LoopError
        If tasks drive one another in a ring, naming each whole ring.
    PlanError
        If a uid is used twice, a parent or the end of a link is missing, a link joins a task to itself or a summary to
        what stands inside it, a calendar cannot be computed with, or nothing says when the plan starts.

    Notes
    -----
    O(tasks + links + assignments), and the size of the calendars once.
    """
    return _Compiler(plan, book).network()


class _Compiler:
    def __init__(self, plan: Plan, book: Timebook | None) -> None:
        self.plan = plan
        self.outline = Outline(plan)
        try:
            self.book = book or Timebook(plan)
            self.shares = Shares(plan, self.book)
            self.reader = TermsReader(plan, self.shares)
            self.terms = [self._terms(number, task) for number, task in enumerate(plan.tasks)]
        except CalendarError as error:
            raise PlanError([error.message]) from error
        self.warnings: list[Message] = []
        self.hammocks = tuple(
            number
            for number, task in enumerate(plan.tasks)
            if task.kind == TaskKind.HAMMOCK and task.progress.actual_finish_at is None
        )
        self.opening: dict[int, int] = {}

    def network(self) -> Network:
        pairs, hammock_links = self._pairs()
        self.outline.join([(before, after, link) for _, (before, after, link) in pairs])
        self._open_summaries()
        rows = self._rows(pairs)
        order = self._order(rows)
        position = np.empty(len(self.terms), dtype=np.int32)
        position[order] = np.arange(len(self.terms), dtype=np.int32)
        before, after, plan_link = join_rows(rows, position, self._silent())
        count = len(self.plan.tasks)
        opening = np.full(count, -1, dtype=np.int32)
        for number, node in self.opening.items():
            opening[number] = position[node]
        owner = np.concatenate((np.arange(count), list(self.opening))).astype(np.int32)
        origin = self._origin()
        nodes = self._nodes(order)
        return Network(
            plan=self.plan,
            outline=self.outline,
            book=self.book,
            reader=self.reader,
            tables=self._tables(origin),
            nodes=nodes,
            idle=np.flatnonzero(nodes.kind == arrays.IDLE).astype(np.int32),
            before=before,
            after=after,
            extras=self._extras(order),
            position=position[:count],
            opening=opening,
            task=owner[order],
            plan_link=plan_link,
            hammocks=self.hammocks,
            hammock_links=tuple(hammock_links),
            parents=np.array(self.outline.parents, dtype=np.int32),
            rolls=np.array(self._rolls(), dtype=np.uint8),
            counts=np.array([task.is_active and not task.is_external for task in self.plan.tasks], dtype=np.uint8),
            origin=origin,
            late_tasks=np.sort(position[: len(self.plan.tasks)][self._late_tasks()]).astype(np.int32),
            warnings=tuple(chain(self.book.warnings, self.warnings)),
        )

    def _terms(self, number: int, task: Task) -> Terms:
        if self.outline.summaries[number]:
            own = self.book.number(task.calendar_uid)
            if task.mode == TaskMode.MANUAL and task.manual_start_at is not None:
                return self.reader.read(task)
            return Terms(arrays.IDLE, own, own, 0)
        if task.kind == TaskKind.HAMMOCK and task.progress.actual_finish_at is None:
            own = self.book.number(task.calendar_uid)
            return Terms(arrays.IDLE, own, own, 0)
        if task.kind == TaskKind.SUMMARY and task.duration_minutes is None:
            return Terms(arrays.IDLE, self.book.project, self.book.project, 0)
        return self.reader.read(task)

    def _pairs(self) -> tuple[list[tuple[int, Pair]], list[Pair]]:
        faults: list[Message] = []
        pairs: list[tuple[int, Pair]] = []
        stretching: list[Pair] = []
        hammocks = set(self.hammocks)
        numbers = self.outline.numbers
        for place, link in enumerate(self.plan.links):
            before = numbers.get(link.predecessor_uid, NOBODY)
            after = numbers.get(link.successor_uid, NOBODY)
            fault = self._fault(link, before, after)
            if fault is not None:
                faults.append(fault)
            elif before in hammocks or after in hammocks:
                stretching.append((before, after, link))
            elif self._is_alive(before, after, link):
                pairs.append((place, (before, after, link)))
        if faults:
            raise PlanError(faults)
        return pairs, stretching

    def _fault(self, link: Link, before: int, after: int) -> Message | None:
        tasks = self.plan.tasks
        if NOBODY in (before, after):
            template = gettext_noop(
                "A link from task %(before)s to task %(after)s leads nowhere: task %(missing)s does not exist."
            )
            missing = link.predecessor_uid if before == NOBODY else link.successor_uid
            names = {"before": link.predecessor_uid, "after": link.successor_uid, "missing": missing}
            return Message(template, names)
        if before == after:
            template = gettext_noop("Task %(uid)s “%(name)s” is linked to itself.")
            return Message(template, {"uid": link.predecessor_uid, "name": tasks[before].name})
        summaries = self.outline.summaries
        if (summaries[before] and self.outline.is_inside(after, before)) or (
            summaries[after] and self.outline.is_inside(before, after)
        ):
            template = gettext_noop("“%(before)s” is linked to “%(after)s”, but one of them contains the other.")
            return Message(template, {"before": tasks[before].name, "after": tasks[after].name})
        if abs(link.lag) > _MOST_LAG:
            template = gettext_noop("The lag between “%(before)s” and “%(after)s” is longer than 4,000 years.")
            return Message(template, {"before": tasks[before].name, "after": tasks[after].name})
        return None

    def _is_alive(self, before: int, after: int, link: Link) -> bool:
        terms = self.terms
        if not self.plan.tasks[before].is_active:
            return False
        if self.outline.summaries[after] and link.type in (LinkType.FF, LinkType.SF):
            template = gettext_noop(
                "The link from “%(before)s” to the finish of the summary “%(after)s” has no effect: "
                "a summary finishes with its last task."
            )
            names = {"before": self.plan.tasks[before].name, "after": self.plan.tasks[after].name}
            self.warnings.append(Message(template, names))
            return False
        is_empty = terms[before].kind == arrays.IDLE and not self.outline.summaries[before]
        return not is_empty and not (terms[after].kind == arrays.IDLE and not self.outline.summaries[after])

    def _open_summaries(self) -> None:
        for number in sorted(self.outline.opens):
            self.opening[number] = len(self.terms)
            terms = Terms(arrays.OPENING, CLOCK, CLOCK, 0)
            self.reader.bound_summary(self.plan.tasks[number], terms)
            self._hand_down(number, terms)
            self.terms.append(terms)
        for number in self.outline.closes:
            if self.terms[number].kind == arrays.IDLE:
                self.terms[number].kind = arrays.CLOSING

    def _hand_down(self, number: int, terms: Terms) -> None:
        """Bound every task inside a summary by the summary's own latest finish."""
        latest = BEYOND if terms.rule is None else terms.rule[arrays.LATE_FINISH_MAX]
        if latest == BEYOND:
            return
        for inner in range(number + 1, len(self.plan.tasks)):
            if not self.outline.is_inside(inner, number):
                break
            if not self.outline.summaries[inner] and self.terms[inner].kind != arrays.IDLE:
                self.terms[inner].bound(arrays.LATE_FINISH_MAX, latest)

    def _rows(self, pairs: list[tuple[int, Pair]]) -> Rows:
        rows = Rows()
        for number, parent in enumerate(self.outline.parents):
            if parent == NOBODY:
                continue
            opener = self.outline.opener(number)
            is_open = number in self.opening
            if opener != NOBODY and (is_open or not self.outline.summaries[number]):
                rows.bond(self.opening[opener], self.opening.get(number, number), arrays.FS)
            if self.terms[parent].kind == arrays.CLOSING and self.plan.tasks[number].is_active:
                rows.bond(number, parent, arrays.CHILD)
        shapes = _SHAPES
        for place, (before, after, link) in pairs:
            node = self.opening[after] if self.outline.summaries[after] else after
            terms = (shapes[link.type], 0, CLOCK) if link.lag == 0 else self._lag(before, after, link)
            rows.link(before, node, place, terms)
        return rows

    def _lag(self, before: int, after: int, link: Link) -> tuple[int, int, int]:
        shape = _SHAPES[link.type] + arrays.LAGGED
        calendar = (
            CLOCK if link.lag_unit in (LagUnit.ELAPSED, LagUnit.ELAPSED_PERCENT) else self._lag_calendar(before, after)
        )
        if link.lag_unit in (LagUnit.WORKING, LagUnit.ELAPSED):
            return shape, link.lag, calendar
        if self.outline.summaries[before]:
            return _SHAPES[link.type] + arrays.SHARE_LAGGED, link.lag, calendar
        length = self.plan.tasks[before].duration_minutes or 0
        return shape, (length * link.lag + 500) // 1000, calendar

    def _lag_calendar(self, before: int, after: int) -> int:
        match self.plan.rules.lag_calendar:
            case LagCalendar.SUCCESSOR:
                return self.terms[after].slack_calendar
            case LagCalendar.PREDECESSOR:
                return self.terms[before].slack_calendar
            case LagCalendar.PROJECT:
                return self.book.project
            case LagCalendar.CLOCK:
                return CLOCK

    def _silent(self) -> np.ndarray:
        """Return which nodes put no late bound on their predecessors."""
        return np.array(
            [
                terms.rule is not None and bool(terms.rule[arrays.FLAGS] & (arrays.DONE | arrays.ASIDE))
                for terms in self.terms
            ],
            dtype=bool,
        )

    def _order(self, rows: Rows) -> np.ndarray:
        count = len(self.terms)
        after = np.array(rows.after, dtype=np.int64)
        before = np.array(rows.before, dtype=np.int64)
        first, other = compress(before, after, count)
        kernels = kernels_for(count + len(rows.after))
        waiting = fitting(kernels, np.bincount(after, minlength=count))
        places = fitting(kernels, np.zeros(count, dtype=np.int64))
        ordered = kernels.order(count, fitting(kernels, first), fitting(kernels, other), waiting, places)
        if ordered < count:
            owner = [*range(len(self.plan.tasks)), *self.opening]
            stuck = set(range(count)) - set(np.array(places[:ordered]).tolist())
            raise loop_error(stuck, before=before.tolist(), after=after.tolist(), owner=owner, tasks=self.plan.tasks)
        return np.array(places, dtype=np.int64)

    def _nodes(self, order: np.ndarray) -> arrays.Nodes:
        def column(read: Callable[[Terms], int], kind: type) -> np.ndarray:
            values: np.ndarray = np.array([read(terms) for terms in self.terms], dtype=kind)
            return np.take(values, order)

        ruled = np.array([terms.rule is not None for terms in self.terms], dtype=bool)[order]
        rule = np.where(ruled, np.cumsum(ruled) - 1, -1).astype(np.int32)
        return arrays.Nodes(
            column(lambda terms: terms.kind, np.int8),
            column(lambda terms: terms.calendar, np.int32),
            column(lambda terms: terms.slack_calendar, np.int32),
            column(lambda terms: terms.span, np.int64),
            rule,
        )

    def _extras(self, order: np.ndarray) -> arrays.Extras:
        rules: list[int] = []
        shares: list[Share] = []
        for node in order.tolist():
            terms = self.terms[node]
            if terms.shares:
                terms.put(arrays.FIRST_SHARE, len(shares))
                shares += terms.shares
                terms.put(arrays.END_SHARE, len(shares))
            if terms.rule is not None:
                rules += terms.rule
        return arrays.Extras(
            np.array(rules, dtype=np.int64),
            np.array([share.calendar for share in shares], dtype=np.int32),
            np.array([share.span for share in shares], dtype=np.int64),
            np.array([share.delay for share in shares], dtype=np.int64),
        )

    def _rolls(self) -> list[bool]:
        summaries = self.outline.summaries
        kinds = (arrays.IDLE, arrays.CLOSING)
        return [summaries[number] and self.terms[number].kind in kinds for number in range(len(summaries))]

    def _late_tasks(self) -> list[int]:
        plan = self.plan
        if plan.rules.schedule_from == ScheduleFrom.FINISH:
            kept = (ConstraintType.ASAP,)
            return [number for number in self._movable() if plan.tasks[number].constraint not in kept]
        return [number for number in self._movable() if plan.tasks[number].constraint == ConstraintType.ALAP]

    def _movable(self) -> list[int]:
        moving = (arrays.WORK, arrays.POINT, arrays.START_POINT, arrays.FINISH_POINT, arrays.SHARED)
        return [number for number in range(len(self.plan.tasks)) if self.terms[number].kind in moving]

    def _origin(self) -> int:
        plan = self.plan
        if plan.rules.dialect == Dialect.PRIMAVERA and plan.status_at is not None:
            return plan.status_at
        if plan.start_at is not None:
            return plan.start_at
        if plan.rules.schedule_from == ScheduleFrom.FINISH and plan.finish_at is not None:
            return plan.finish_at
        known = [
            moment
            for task in plan.tasks
            for moment in (task.progress.actual_start_at, task.manual_start_at, task.constraint_at)
            if moment is not None
        ]
        if not known:
            template = gettext_noop("Nothing says when the plan starts. Give it a start date.")
            raise PlanError([Message(template)])
        return min(known)

    def _tables(self, origin: int) -> Tables:
        work = sum(terms.span for terms in self.terms)
        days = work // 240 + _YEARS_AROUND * 2
        span = min(-(-days // _SPAN_STEP) * _SPAN_STEP, MOST_DAYS)
        return _written_tables(self.book.eras, origin // MINUTES_PER_DAY - _YEARS_AROUND, span)


@lru_cache(maxsize=64)
def _written_tables(eras: tuple[Eras, ...], first_day: int, count: int) -> Tables:
    """Write the tables of calendars once for all calculations that need the same days; nobody changes them."""
    return write_tables(eras, first_day=first_day, count=count)
