"""Plans written as tables, and a scheduler so plain that it can be checked by eye.

A line is `uid | name | days | predecessors | marks`.  A predecessor is a uid with an optional kind and lag in days:
`3`, `3SS`, `3FF-1`, `3FS+2`.  Marks:

    base=06-01..06-05     baseline start and finish (09:00 and 18:00), baseline duration in days after a slash: `/45`
    done=06-01..06-05     actual start and finish          begun=06-01   actual start, half done
    hard=MSO@06-08        a constraint                     deadline=06-08
    loe, milestone, summary, manual@06-08, inactive        under=4       its parent
    nobody                no resource                      elapsed       its duration is clock time

All dates are of 2026; 1 June is a Monday; work is 09:00-12:00 and 13:00-18:00, Monday to Friday.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kaname.engine.calendar import Calendar, Shift, compile_calendar
from kaname.engine.network.plan import (
    Assignment,
    Baseline,
    ConstraintType,
    DurationKind,
    Link,
    LinkType,
    Plan,
    Progress,
    Resource,
    Task,
    TaskKind,
    TaskMode,
)
from kaname.engine.quality import QualityReport, ScheduledTask, ScheduleView
from kaname.engine.units import day_number

GOLDEN = Path(__file__).parent / "golden"
DAY = (Shift(540, 720), Shift(780, 1080))
CALENDAR = Calendar(1, "five days", (DAY,) * 5 + ((), ()))
WEEK = compile_calendar([CALENDAR], 1)
KINDS = {"loe": TaskKind.HAMMOCK, "milestone": TaskKind.MILESTONE, "summary": TaskKind.SUMMARY}
PINS = {ConstraintType.MSO, ConstraintType.MANDATORY_START}
LINK = re.compile(r"(\d+)(FS|SS|FF|SF)?([+-]\d+)?$")


@dataclass(frozen=True)
class Golden:
    plan: Plan
    expected: list[str]


def day_at(text: str, hour: int) -> int:
    month, day = text.split("-")
    return day_number(date(2026, int(month), int(day))) * 1440 + hour * 60


def read_golden(name: str) -> Golden:
    head, _, tail = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").partition("\nfindings\n")
    lines = [line.strip() for line in head.splitlines() if line.strip() and not line.startswith("#")]
    plan = Plan(
        start_at=day_at("06-01", 9), calendar_uid=1, calendars=(CALENDAR,), resources=(Resource(uid=1, name="Aoi"),)
    )
    for line in lines:
        if line.startswith("status "):
            plan = replace(plan, status_at=day_at(line.removeprefix("status "), 18))
        else:
            plan = _with_line(plan, line)
    return Golden(plan, [line.strip() for line in tail.splitlines() if line.strip()])


def write_findings(report: QualityReport) -> list[str]:
    lines = []
    for point in report.points:
        count = "-" if point.numerator is None else f"{point.numerator}/{point.denominator}"
        named = "".join(f" {offender.uid}" for offender in point.offenders)
        seen = "".join(f" {offender.uid}" for offender in point.observations)
        words = f"{point.number} {point.code} {count} {point.verdict}"
        lines.append(words + (f" :{named}" if named else "") + (f" ({seen.strip()})" if seen else ""))
    return lines


def _with_line(plan: Plan, line: str) -> Plan:
    uid, name, days, predecessors, marks = (field.strip() for field in line.split("|"))
    words = marks.split()
    minutes = int(float(days) * 480) if days else None
    task = Task(uid=int(uid), name=name, duration_minutes=minutes)
    for word in words:
        task = _marked(task, word)
    links = tuple(_link(word, task.uid) for word in predecessors.split())
    assigned = (
        () if "nobody" in words or task.kind is not TaskKind.WORK else (Assignment(task_uid=task.uid, resource_uid=1),)
    )
    return replace(plan, tasks=(*plan.tasks, task), links=plan.links + links, assignments=plan.assignments + assigned)


def _link(word: str, successor: int) -> Link:
    uid, kind, lag = LINK.match(word).groups()
    return Link(
        predecessor_uid=int(uid),
        successor_uid=successor,
        type=LinkType((kind or "FS").lower()),
        lag=int(lag or 0) * 480,
    )


def _marked(task: Task, word: str) -> Task:
    mark, _, value = word.partition("=")
    if mark in KINDS:
        return replace(task, kind=KINDS[mark])
    if mark == "base":
        span, _, days = value.partition("/")
        start_at, finish_at = _span(span)
        duration = int(days) * 480 if days else WEEK.between(start_at, finish_at)
        return replace(
            task, baselines=(Baseline(number=0, start_at=start_at, finish_at=finish_at, duration_minutes=duration),)
        )
    if mark == "done":
        start_at, finish_at = _span(value)
        return replace(
            task, progress=Progress(percent_permille=1000, actual_start_at=start_at, actual_finish_at=finish_at)
        )
    if mark == "begun":
        return replace(task, progress=Progress(percent_permille=500, actual_start_at=day_at(value, 9)))
    if mark == "hard":
        kind, _, day = value.partition("@")
        constraint = ConstraintType(kind.lower())
        hour = 9 if constraint in PINS | {ConstraintType.SNLT} else 18
        return replace(task, constraint=constraint, constraint_at=day_at(day, hour))
    if mark.startswith("manual@"):
        start_at = day_at(mark.removeprefix("manual@"), 9)
        finish_at = WEEK.add(start_at, task.duration_minutes)
        return replace(task, mode=TaskMode.MANUAL, manual_start_at=start_at, manual_finish_at=finish_at)
    simple = {
        "deadline": lambda: {"deadline_at": day_at(value, 18)},
        "under": lambda: {"parent_uid": int(value)},
        "inactive": lambda: {"is_active": False},
        "elapsed": lambda: {"duration_kind": DurationKind.ELAPSED, "duration_minutes": task.duration_minutes * 3},
        "nobody": dict,
    }
    return replace(task, **simple[mark]())


def _span(text: str) -> tuple[int, int]:
    starts, finishes = text.split("..")
    return day_at(starts, 9), day_at(finishes, 18)


def schedule_plainly(plan: Plan) -> ScheduleView:
    """Both passes on a line of working minutes; leaves only, in an order that the tables keep."""
    tasks = {t.uid: t for t in plan.tasks if t.kind is not TaskKind.SUMMARY and t.is_active}
    links = [link for link in plan.links if link.predecessor_uid in tasks and link.successor_uid in tasks]
    start: dict[int, int] = {}
    finish: dict[int, int] = {}
    for uid, task in tasks.items():
        start[uid], finish[uid] = _early(
            plan, task, [link for link in links if link.successor_uid == uid], start, finish
        )
    end = max(finish.values(), default=0)
    late: dict[int, int] = {}
    for uid, task in reversed(tasks.items()):
        bounds = [_late_bound(link, late, finish, start) for link in links if link.predecessor_uid == uid]
        if task.deadline_at is not None:
            bounds.append(_work(plan, task.deadline_at))
        late[uid] = finish[uid] if task.constraint in PINS else min([end, *bounds])
    views = {
        uid: ScheduledTask(
            uid=uid,
            start_at=_start_at(plan, start[uid]) if finish[uid] > start[uid] else WEEK.add(plan.start_at, start[uid]),
            finish_at=WEEK.add(plan.start_at, finish[uid]),
            total_float_minutes=late[uid] - finish[uid],
            is_critical=late[uid] <= finish[uid],
        )
        for uid in tasks
    }
    drivers = {
        uid: _driver(task, [link for link in links if link.successor_uid == uid], start, finish)
        for uid, task in tasks.items()
    }
    return ScheduleView(
        tasks=views, start_at=plan.start_at, finish_at=WEEK.add(plan.start_at, end), driver_of=drivers.get
    )


def _early(plan: Plan, task: Task, links: list[Link], start: dict[int, int], finish: dict[int, int]) -> tuple[int, int]:
    duration = task.duration_minutes or 0
    progress = task.progress
    if progress.actual_finish_at is not None:
        return _work(plan, progress.actual_start_at), _work(plan, progress.actual_finish_at)
    if progress.actual_start_at is not None:
        return (begun := _work(plan, progress.actual_start_at)), begun + duration
    if task.mode is TaskMode.MANUAL:
        return _work(plan, task.manual_start_at), _work(plan, task.manual_finish_at)
    if task.constraint in PINS:
        return (pinned := _work(plan, task.constraint_at)), pinned + duration
    begins = 0
    for link in links:
        anchor = finish if link.type in {LinkType.FS, LinkType.FF} else start
        to_finish = link.type in {LinkType.FF, LinkType.SF}
        begins = max(begins, anchor[link.predecessor_uid] + link.lag - (duration if to_finish else 0))
    return begins, begins + duration


def _driver(task: Task, links: list[Link], start: dict[int, int], finish: dict[int, int]) -> int | None:
    """The predecessor whose link is tight, where the task's dates are not its own."""
    for link in links:
        anchor = finish if link.type in {LinkType.FS, LinkType.FF} else start
        driven = finish if link.type in {LinkType.FF, LinkType.SF} else start
        if anchor[link.predecessor_uid] + link.lag == driven[task.uid] and task.mode is not TaskMode.MANUAL:
            return link.predecessor_uid
    return None


def _late_bound(link: Link, late: dict[int, int], finish: dict[int, int], start: dict[int, int]) -> int:
    successor, uid = link.successor_uid, link.predecessor_uid
    into = (
        late[successor]
        if link.type in {LinkType.FF, LinkType.SF}
        else late[successor] - finish[successor] + start[successor]
    )
    return into - link.lag + (0 if link.type in {LinkType.FS, LinkType.FF} else finish[uid] - start[uid])


def _work(plan: Plan, moment: int) -> int:
    return WEEK.between(plan.start_at, moment)


def _start_at(plan: Plan, work: int) -> int:
    return WEEK.next_working(WEEK.add(plan.start_at, work))
