"""The plans of the sample company's projects: an outline, a case and its people as an engine's plan.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from kaname.engine.network.plan import (
    Assignment,
    ConstraintType,
    LagUnit,
    Link,
    LinkType,
    Plan,
    Resource,
    ScheduleRules,
    Task,
    TaskKind,
)
from kaname.engine.units import MINUTES_PER_DAY, day_number
from kaname.site.sample.cases import Case
from kaname.site.sample.outlines import OUTLINES, Stage
from kaname.site.sample.staff import BY_NUMBER

WORKDAY: Final = 480
_FIRST_SHIFT: Final = 540
_LAST_SHIFT: Final = 1080
_PLANNED_PERMILLE: Final = 900
"""How much of the agreed time the plan takes; the rest is its buffer."""
_OPENING, _EACH, _BESIDE, _CLOSING = 170, 580, 420, 170


@dataclass(slots=True)
class _Drawing:
    """A plan that is being drawn."""

    case: Case
    starts_on: date
    tasks: list[Task] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)

    def add(
        self,
        name: str,
        *,
        days: float = 0.0,
        parent: int | None = None,
        kind: TaskKind = TaskKind.WORK,
        people: Sequence[str] = (),
        units: int = 1000,
        deadline_at: int | None = None,
        not_before: int | None = None,
    ) -> int:
        """Add a task and return its uid; `days` are rounded to halves, at least one half."""
        uid = len(self.tasks) + 1
        minutes = max(1, round(days * 2)) * (WORKDAY // 2) if kind is TaskKind.WORK else None
        minutes = 0 if kind is TaskKind.MILESTONE else minutes
        self.tasks.append(
            Task(
                uid=uid,
                name=name,
                parent_uid=parent,
                kind=kind,
                duration_minutes=minutes,
                effort_minutes=minutes * units * len(people) // 1000 if minutes and people else None,
                deadline_at=deadline_at,
                constraint=ConstraintType.ASAP if not_before is None else ConstraintType.SNET,
                constraint_at=not_before,
            )
        )
        numbers = self.team
        self.assignments.extend(
            Assignment(task_uid=uid, resource_uid=numbers.index(person) + 1, units_permille=units) for person in people
        )
        return uid

    def link(
        self,
        before: int,
        after: int,
        kind: LinkType = LinkType.FS,
        *,
        lag: int = 0,
        unit: LagUnit = LagUnit.WORKING,
    ) -> None:
        """Let a task wait for another."""
        self.links.append(Link(predecessor_uid=before, successor_uid=after, type=kind, lag=lag, lag_unit=unit))

    @property
    def team(self) -> list[str]:
        """The employee numbers of those who do the work, PL first."""
        return [self.case.pl, *self.case.members]


def draw_plan(case: Case, *, starts_on: date) -> Plan:
    """Return the plan of a case whose first working day is `starts_on`, a Monday.

    Phases follow each other through their gates; within a phase the parts run side by side, as many as there are members,
    and each member goes on with the next part.  There are links of all four kinds, with lags in working time, elapsed time
    and percent; a task of the management's effort spans the whole.
    """
    drawing = _Drawing(case, starts_on)
    kick_off = drawing.add("キックオフ", kind=TaskKind.MILESTONE)
    management = drawing.add("プロジェクト管理", kind=TaskKind.HAMMOCK)
    drawing.link(kick_off, management)
    days = case.weeks * 5 * _PLANNED_PERMILLE / 1000
    gate = kick_off
    stages = OUTLINES[case.kind]
    for number, stage in enumerate(stages):
        gate = _draw_stage(drawing, stage, days * stage.share / 1000, after=gate, is_last=number == len(stages) - 1)
    drawing.link(gate, management, LinkType.FF)
    return Plan(
        name=case.name,
        start_at=day_number(starts_on) * MINUTES_PER_DAY + _FIRST_SHIFT,
        tasks=tuple(drawing.tasks),
        links=tuple(drawing.links),
        assignments=tuple(drawing.assignments),
        resources=tuple(
            Resource(
                uid=uid, name=BY_NUMBER[number].name, reading=BY_NUMBER[number].reading, email=BY_NUMBER[number].email
            )
            for uid, number in enumerate(drawing.team, start=1)
        ),
        rules=ScheduleRules(reschedules_remaining_work=True),
    )


def ends_before(case: Case, *, starts_on: date) -> date:
    """Return the first day on which the case's finish is too late."""
    return starts_on + timedelta(weeks=case.weeks)


def _draw_stage(drawing: _Drawing, stage: Stage, days: float, *, after: int, is_last: bool) -> int:
    """Draw a phase behind a gate and return its own gate."""
    summary = drawing.add(stage.name, kind=TaskKind.SUMMARY)
    lead = drawing.case.pl
    opening = drawing.add(stage.opening, days=days * _OPENING / 1000, parent=summary, people=[lead])
    drawing.link(after, opening)
    ends = _draw_parts(drawing, stage, days, summary=summary, opening=opening)
    beside = _draw_beside(drawing, stage, days, summary=summary, opening=opening)
    closing = drawing.add(stage.closing, days=days * _CLOSING / 1000, parent=summary, people=[lead])
    for end in ends:
        drawing.link(end, closing)
    for number, end in enumerate(beside):
        if is_last and number == len(beside) - 1 and len(beside) > 1:
            drawing.link(closing, end, LinkType.SF)
        elif number == 0 and ends:
            drawing.link(end, closing, LinkType.FF, lag=WORKDAY)
        else:
            drawing.link(end, closing)
    due = drawing.starts_on + timedelta(weeks=drawing.case.weeks)
    deadline = (day_number(due) - 1) * MINUTES_PER_DAY + _LAST_SHIFT if is_last else None
    gate = drawing.add(stage.gate, kind=TaskKind.MILESTONE, parent=summary, deadline_at=deadline)
    drawing.link(closing, gate)
    return gate


def _draw_parts(drawing: _Drawing, stage: Stage, days: float, *, summary: int, opening: int) -> list[int]:
    if not stage.each:
        return []
    members = drawing.case.members or (drawing.case.pl,)
    parts = drawing.case.parts
    rounds = -(-len(parts) // len(members))
    each = days * _EACH / 1000 / rounds
    ends: dict[int, int] = {}
    for number, part in enumerate(parts):
        place = number % len(members)
        share = (0.82, 1.0, 0.9, 0.74, 0.96)[number % 5]
        end = _draw_chain(drawing, stage, part, each * share, summary=summary, member=members[place])
        first = end - len(stage.each) + 1
        if place in ends:
            drawing.link(ends[place], first)
        elif place == 1:
            drawing.link(opening, first, lag=-WORKDAY // 2)
        else:
            drawing.link(opening, first)
        ends[place] = end
    return list(ends.values())


def _draw_chain(drawing: _Drawing, stage: Stage, part: str, days: float, *, summary: int, member: str) -> int:
    """Draw what is done for one part: the second of two begins when a third of the first is done and ends a day after it."""
    if len(stage.each) == 1:
        return drawing.add(stage.each[0].format(part), days=days, parent=summary, people=[member])
    first = drawing.add(stage.each[0].format(part), days=days * 0.7, parent=summary, people=[member], units=600)
    second = drawing.add(stage.each[1].format(part), days=days * 0.6, parent=summary, people=[member], units=400)
    drawing.link(first, second, LinkType.SS, lag=330, unit=LagUnit.PERCENT)
    drawing.link(first, second, LinkType.FF, lag=WORKDAY)
    return second


def _draw_beside(drawing: _Drawing, stage: Stage, days: float, *, summary: int, opening: int) -> list[int]:
    team = drawing.team
    found = []
    for number, name in enumerate(stage.beside):
        share = _BESIDE if stage.each else _EACH - 40 * number
        person = team[-1 - number % len(team)]
        uid = drawing.add(
            name, days=days * share / 1000, parent=summary, people=[person], units=500 if stage.each else 1000
        )
        if "納品" in name:
            drawing.link(opening, uid, lag=3 * MINUTES_PER_DAY, unit=LagUnit.ELAPSED)
        elif number % 2:
            drawing.link(opening, uid, LinkType.SS, lag=WORKDAY)
        else:
            drawing.link(opening, uid)
        found.append(uid)
    return found
