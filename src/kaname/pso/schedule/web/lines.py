"""Lines of the plan in the words of the page."""

from dataclasses import dataclass
from datetime import date

from kaname.pso.schedule.models import Plan
from kaname.pso.schedule.queries import PlanRow
from kaname.pso.schedule.queries.mine import finish_day, start_day
from kaname.pso.schedule.web import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row with what its cells say.

    Late is what is open though its agreed finish has passed, or misses its deadline; critical is only what is still
    open, for nothing that is done can move the finish.
    """

    row: PlanRow
    duration: str
    starts_on: date | None
    ends_on: date | None
    predecessors: str
    people: str
    total_float: str
    difference: str
    is_late: bool
    is_critical: bool

    @property
    def indent(self) -> int:
        """The class of indentation."""
        return min(self.row.level, 5)


def line(row: PlanRow, plan: Plan, *, today: date) -> Line:
    """Return a row in words."""
    day = plan.minutes_per_day
    return Line(
        row=row,
        duration=(
            words.whole_days(row.duration_minutes, day)
            if row.is_summary
            else words.duration(row.duration_minutes, day, row.duration_kind, is_estimated=row.is_estimated)
        ),
        starts_on=start_day(row.start_at),
        ends_on=finish_day(row.finish_at),
        predecessors=words.predecessors(row.predecessors, day),
        people=words.people(row.people),
        total_float=words.whole_days(row.total_float_minutes, day),
        difference=words.difference(row.finish_difference_minutes, day),
        is_late=is_late(row, today=today),
        is_critical=row.is_critical and is_open(row),
    )


def is_open(row: PlanRow) -> bool:
    """Return whether a row is not finished."""
    return row.actual_finish_at is None and row.percent_permille < 1000


def is_late(row: PlanRow, *, today: date) -> bool:
    """Return whether a row is not finished and its agreed or present finish has passed or lies behind its deadline."""
    if not is_open(row):
        return False
    ends_on, deadline, agreed = (
        finish_day(minute) for minute in (row.finish_at, row.deadline_at, row.baseline_finish_at)
    )
    is_behind = (agreed is not None and agreed < today) or (ends_on is not None and ends_on < today)
    return is_behind or (ends_on is not None and deadline is not None and ends_on > deadline)
