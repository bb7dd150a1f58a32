"""What a task's own fields say about its dates: kind of node, length, bounds."""

from dataclasses import dataclass, field
from typing import Final

from kaname.engine.calendar.kernels import BEYOND, CLOCK
from kaname.engine.network import arrays
from kaname.engine.network.plan import (
    ConstraintType,
    Dialect,
    DurationKind,
    Plan,
    ProgressRule,
    ScheduleFrom,
    Task,
    TaskKind,
    TaskMode,
)
from kaname.engine.network.shares import Share, Shares

EMPTY_RULE: Final = (
    -BEYOND, -BEYOND, BEYOND, BEYOND, 0, -BEYOND, 0, -BEYOND, BEYOND, BEYOND, -BEYOND, -BEYOND, 0, 0, -BEYOND, 0, 0,
)  # fmt: skip


@dataclass(slots=True)
class Terms:
    """How one task is calculated; `rule` is `None` where nothing but links and length counts."""

    kind: int
    calendar: int
    slack_calendar: int
    span: int
    rule: list[int] | None = None
    shares: tuple[Share, ...] = field(default=())

    def bound(self, column: int, moment: int) -> None:
        """Tighten a bound: the greater of two minima, the smaller of two maxima."""
        rule = self.ruled()
        is_minimum = EMPTY_RULE[column] < 0
        rule[column] = max(rule[column], moment) if is_minimum else min(rule[column], moment)

    def put(self, column: int, value: int) -> None:
        """Set a column of the rule."""
        self.ruled()[column] = value

    def flag(self, bit: int) -> None:
        """Set a bit of the rule's flags."""
        self.ruled()[arrays.FLAGS] |= bit

    def ruled(self) -> list[int]:
        """Return the rule, an empty one where there was none."""
        if self.rule is None:
            self.rule = list(EMPTY_RULE)
        return self.rule


class TermsReader:
    """Reads the terms of tasks under the rules of one plan."""

    def __init__(self, plan: Plan, shares: Shares) -> None:
        self._plan = plan
        self._rules = plan.rules
        self._shares = shares
        self._book = shares.book
        self._is_primavera = plan.rules.dialect == Dialect.PRIMAVERA

    def read(self, task: Task) -> Terms:
        """Return the terms of a task that is no summary."""
        terms = self._lengths(task)
        if self._comes_late(task):
            terms.ruled()
        if (
            task.constraint == ConstraintType.ASAP
            and task.progress.actual_start_at is None
            and task.progress.actual_finish_at is None
            and task.mode == TaskMode.AUTO
            and task.deadline_at is None
            and task.is_active
            and not task.is_external
            and not task.leveling_delay_minutes
            and task.second_constraint is None
            and task.expected_finish_at is None
        ):
            return terms
        if task.is_external:
            self._external(task, terms)
        elif task.progress.actual_finish_at is not None:
            self._finished(task, terms)
        elif task.progress.actual_start_at is not None:
            self._started(task, terms)
        elif task.mode == TaskMode.MANUAL:
            self._manual(task, terms)
        self._constrained(task, terms)
        return terms

    def bound_summary(self, task: Task, terms: Terms) -> None:
        """Put a summary's own constraint on its opening node."""
        if task.constraint != ConstraintType.ASAP and task.constraint_at is not None:
            self._constraint(task.constraint, task.constraint_at, terms)

    def _comes_late(self, task: Task) -> bool:
        if self._rules.schedule_from == ScheduleFrom.FINISH:
            return task.constraint != ConstraintType.ASAP
        return task.constraint == ConstraintType.ALAP

    def _lengths(self, task: Task) -> Terms:
        own = self._book.number(task.calendar_uid)
        length = max(task.duration_minutes or 0, 0)
        if task.duration_kind == DurationKind.ELAPSED:
            return Terms(arrays.WORK if length else arrays.POINT, CLOCK, CLOCK, length)
        if length == 0:
            return Terms(self._point(task), own, own, 0)
        shares = self._shares.of(task, own, length)
        if len(shares) > 1:
            terms = Terms(arrays.SHARED, own, own, length, shares=shares)
            terms.ruled()
            return terms
        calendar, span = (shares[0].calendar, shares[0].span) if shares else (own, length)
        return Terms(arrays.WORK, calendar, own, span + self._gaps(task, calendar))

    def _point(self, task: Task) -> int:
        if not self._is_primavera:
            return arrays.POINT
        return arrays.START_POINT if task.kind == TaskKind.START_MILESTONE else arrays.FINISH_POINT

    def _gaps(self, task: Task, calendar: int, from_moment: int = -BEYOND) -> int:
        if len(task.segments) < 2:
            return 0
        measure = self._book.measure(calendar)
        return sum(
            max(measure.between(max(before.finish_at, from_moment), max(after.start_at, from_moment)), 0)
            for before, after in zip(task.segments, task.segments[1:], strict=False)
        )

    def _external(self, task: Task, terms: Terms) -> None:
        start = task.external_start_at
        finish = task.external_finish_at
        known = [moment for moment in (start, finish) if moment is not None]
        if known:
            self._give(terms, known[0], known[-1])
        terms.flag(arrays.ASIDE)

    def _finished(self, task: Task, terms: Terms) -> None:
        finish = task.progress.actual_finish_at
        start = task.progress.actual_start_at
        assert finish is not None  # noqa: S101 - the caller looked
        self._give(terms, finish if start is None else start, finish)
        terms.flag(arrays.DONE)

    def _manual(self, task: Task, terms: Terms) -> None:
        start, finish = task.manual_start_at, task.manual_finish_at
        measure = self._book.measure(terms.calendar)
        if start is None and finish is not None:
            start = measure.subtract(finish, terms.span)
        if start is not None:
            self._give(terms, start, measure.add(start, terms.span) if finish is None else finish)

    def _give(self, terms: Terms, start: int, finish: int) -> None:
        terms.kind = arrays.FIXED
        terms.shares = ()
        finish = max(start, finish)
        terms.span = self._book.measure(terms.calendar).between(start, finish)
        terms.put(arrays.GIVEN_START, start)
        terms.put(arrays.GIVEN_FINISH, finish)

    def _started(self, task: Task, terms: Terms) -> None:
        progress = task.progress
        start = progress.actual_start_at
        assert start is not None  # noqa: S101 - the caller looked
        length = max(task.duration_minutes or 0, 0)
        done = progress.actual_duration_minutes
        if done is None:
            done = length * min(progress.percent_permille, 1000) // 1000
        left = progress.remaining_duration_minutes
        if left is None:
            left = max(length - done, 0)
        if terms.shares:
            longest = max(terms.shares, key=lambda share: share.span)
            terms.calendar, terms.shares = longest.calendar, ()
        terms.kind = arrays.STARTED
        terms.put(arrays.GIVEN_START, start)
        resume = self._resume(task, terms.calendar, start, done)
        terms.put(arrays.RESUME_MIN, resume)
        terms.span = left + self._gaps(task, terms.calendar, resume)
        if self._ignores_links(done):
            terms.flag(arrays.IGNORES_LINKS)

    def _resume(self, task: Task, calendar: int, start: int, done: int) -> int:
        status = self._plan.status_at
        if self._is_primavera:
            known = (self._plan.start_at, status, task.resumed_at, task.progress.resume_at)
            return max((moment for moment in known if moment is not None), default=start)
        resume = start
        if done > 0:
            measure = self._book.measure(calendar)
            resume = measure.next_working(measure.add(start, done))
            resume = max(resume, task.progress.resume_at or resume)
        if self._rules.reschedules_remaining_work and status is not None:
            resume = max(resume, status)
        return resume

    def _ignores_links(self, done: int) -> bool:
        if self._is_primavera:
            return self._rules.progress_rule == ProgressRule.PROGRESS_OVERRIDE
        return done == 0 or not self._rules.splits_in_progress

    def _constrained(self, task: Task, terms: Terms) -> None:
        if task.constraint_at is not None:
            self._constraint(task.constraint, task.constraint_at, terms)
        if task.second_constraint is not None and task.second_constraint_at is not None:
            self._constraint(task.second_constraint, task.second_constraint_at, terms)
        if task.deadline_at is not None and not self._is_primavera:
            terms.bound(arrays.LATE_FINISH_MAX, task.deadline_at)
        if task.expected_finish_at is not None and self._is_primavera:
            terms.put(arrays.EXPECTED_FINISH, task.expected_finish_at)
        if task.leveling_delay_minutes:
            terms.put(arrays.DELAY, task.leveling_delay_minutes)
        if not task.is_active:
            terms.flag(arrays.ASIDE)
        if self._is_primavera and terms.rule is not None and self._plan.status_at is not None:
            terms.bound(arrays.START_MIN, self._plan.status_at)

    def _constraint(self, kind: ConstraintType, moment: int, terms: Terms) -> None:
        for column in self._columns(kind):
            terms.bound(column, moment)

    def _columns(self, kind: ConstraintType) -> tuple[int, ...]:
        hard = self._rules.honors_constraints and not self._is_primavera
        backward = self._rules.schedule_from == ScheduleFrom.FINISH
        return _COLUMNS[kind] + (_HARD.get(kind, ()) if hard else ()) + (_BACKWARD.get(kind, ()) if backward else ())


_COLUMNS: Final[dict[ConstraintType, tuple[int, ...]]] = {
    ConstraintType.ASAP: (),
    ConstraintType.ALAP: (),
    ConstraintType.SNET: (arrays.START_MIN,),
    ConstraintType.FNET: (arrays.FINISH_MIN,),
    ConstraintType.SNLT: (arrays.LATE_START_MAX,),
    ConstraintType.FNLT: (arrays.LATE_FINISH_MAX,),
    ConstraintType.MSO: (arrays.START_MIN, arrays.LATE_START_MAX),
    ConstraintType.MFO: (arrays.FINISH_MIN, arrays.LATE_FINISH_MAX),
    ConstraintType.MANDATORY_START: (
        arrays.START_MIN,
        arrays.START_MAX,
        arrays.LATE_START_MAX,
        arrays.LATE_START_MIN,
    ),
    ConstraintType.MANDATORY_FINISH: (
        arrays.FINISH_MIN,
        arrays.FINISH_MAX,
        arrays.LATE_FINISH_MAX,
        arrays.LATE_FINISH_MIN,
    ),
}
_HARD: Final[dict[ConstraintType, tuple[int, ...]]] = {
    ConstraintType.SNLT: (arrays.START_MAX,),
    ConstraintType.FNLT: (arrays.FINISH_MAX,),
    ConstraintType.MSO: (arrays.START_MAX, arrays.LATE_START_MIN),
    ConstraintType.MFO: (arrays.FINISH_MAX, arrays.LATE_FINISH_MIN),
}
_BACKWARD: Final[dict[ConstraintType, tuple[int, ...]]] = {
    ConstraintType.SNET: (arrays.LATE_START_MIN,),
    ConstraintType.FNET: (arrays.LATE_FINISH_MIN,),
}
