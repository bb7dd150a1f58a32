"""Compare the dates of random networks with those of MPXJ's MicrosoftScheduler.

    python benchmarks/network_peers.py [NETWORKS]

Needs the packages `mpxj` and `jpype1` and a Java 17.  The networks have eight calendars with holidays, links of all four kinds,
lags and leads in working time, lags in elapsed time (after FS and SS) and the six dated constraints of Microsoft Project; every
task begins after the start of the plan.  Prints how many tasks were compared and how many start or finish at another moment.

Left out, since the two follow different rules on purpose: tasks before the start of the plan, elapsed durations (MPXJ moves
them into working time), milestones on calendars of their own (MPXJ moves them as well), constraint dates outside of working
time, elapsed lags to a finish (MPXJ adds them to the start), and SF without a lag (a finish bound to a start shows that start,
as in Microsoft Project; MPXJ shows the end of the shift before, and what follows on another calendar follows from there).
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from network_speed import START, _calendars, _peer_project

from kaname.engine.calendar import Calendar, CompiledCalendar, DayException, compile_calendar
from kaname.engine.network import schedule
from kaname.engine.network.plan import ConstraintType, LagUnit, Link, LinkType, Plan, Task, TaskKind
from kaname.engine.units import wall_minute, wall_moment

SIZES = (12, 24, 60, 200)
GATES = 3
"""Tasks that hold all others, long after the start of the plan."""
GATE_DAYS = 300
_CONSTRAINTS = [
    ConstraintType.SNET,
    ConstraintType.SNLT,
    ConstraintType.FNET,
    ConstraintType.FNLT,
    ConstraintType.MSO,
    ConstraintType.MFO,
]
_OF_FINISH = (ConstraintType.FNET, ConstraintType.FNLT, ConstraintType.MFO)


def random_plan(seed: int) -> Plan:
    """Return a plan of 12 to 200 tasks."""
    dice = random.Random(seed)
    count = dice.choice(SIZES)
    calendars = tuple(_with_holidays(dice))
    plan = Plan(
        name=f"random {seed}",
        start_at=wall_minute(START),
        calendar_uid=1,
        calendars=calendars,
        tasks=tuple(_tasks(dice, count)),
        links=tuple(_links(dice, count)),
    )
    books = {calendar.uid: compile_calendar(calendars, calendar.uid) for calendar in calendars}
    gated = replace(plan, tasks=tuple(_gate(task, books) for task in plan.tasks))
    free = schedule(gated)
    return replace(gated, tasks=tuple(_bound(dice, task, free.task(task.uid).start_at, books) for task in gated.tasks))


def _with_holidays(dice: random.Random) -> Iterator[Calendar]:
    for calendar in _calendars(dice):
        day, holidays = date(2026, 1, 12), []
        while day < date(2030, 1, 1):
            day += timedelta(days=dice.randint(3, 40))
            end = day + timedelta(days=dice.randint(1, 4))
            holidays.append(DayException(day, end))
            day = end
        yield replace(calendar, exceptions=tuple(holidays))


def _tasks(dice: random.Random, count: int) -> Iterator[Task]:
    yield Task(uid=0, name="whole", kind=TaskKind.SUMMARY)
    for uid in range(1, count):
        length, calendar = 30 * dice.randint(1, 80), dice.randint(1, 8)
        yield Task(uid=uid, name=f"task {uid}", parent_uid=0, duration_minutes=length, calendar_uid=calendar)


def _links(dice: random.Random, count: int) -> Iterator[Link]:
    for uid in range(GATES + 1, count):
        for before in {dice.randrange(max(1, uid - 40), uid) for _ in range(dice.choice((1, 1, 2, 3)))}:
            kind = dice.choice((LinkType.FS, LinkType.FS, *LinkType))
            lag = dice.choice((480, 960, -240, 90)) if kind == LinkType.SF or dice.random() < 0.4 else 0
            units = (LagUnit.WORKING, LagUnit.ELAPSED) if kind in (LinkType.FS, LinkType.SS) else (LagUnit.WORKING,)
            yield Link(predecessor_uid=before, successor_uid=uid, type=kind, lag=lag, lag_unit=dice.choice(units))


def _gate(task: Task, books: dict[int, CompiledCalendar]) -> Task:
    if not 1 <= task.uid <= GATES:
        return task
    moment = wall_minute(START) + GATE_DAYS * 1440
    return replace(task, constraint=ConstraintType.SNET, constraint_at=_working_start(books[_own(task)], moment))


def _bound(dice: random.Random, task: Task, start: int, books: dict[int, CompiledCalendar]) -> Task:
    """Put a date around its start on some tasks, on a moment at which work can begin or end."""
    if task.uid <= GATES or dice.random() > 0.15:
        return task
    kind = dice.choice(_CONSTRAINTS)
    around = start + 1440 * dice.randint(-2, 10) + 60 * dice.randint(0, 9)
    book = books[_own(task)]
    moment = book.add(book.subtract(around, 1), 1) if kind in _OF_FINISH else _working_start(book, around)
    return replace(task, constraint=kind, constraint_at=moment)


def _own(task: Task) -> int:
    return task.calendar_uid or 1


def _working_start(book: CompiledCalendar, moment: int) -> int:
    return book.subtract(book.add(moment, 1), 1)


def compare(seed: int, mpxj: Any) -> tuple[int, list[str]]:
    """Return how many tasks one network has, and the differences."""
    plan = random_plan(seed)
    file, start = _peer_project(plan, mpxj)
    mpxj.cpm.MicrosoftScheduler().schedule(file, start)
    ours = schedule(plan)
    differences = []
    for task, row in zip(plan.tasks[1:], file.getTasks(), strict=True):
        found = ours.task(task.uid)
        begun, ended = _minute(row.getStart()), _minute(row.getFinish())
        if (found.start_at, found.finish_at) == (begun, ended):
            continue
        dates = " ".join(str(wall_moment(moment)) for moment in (found.start_at, found.finish_at, begun, ended))
        differences.append(f"network {seed} task {task.uid}: {dates}")
    return len(plan.tasks) - 1, differences


def _minute(moment: Any) -> int:
    return wall_minute(datetime.fromisoformat(str(moment)))


def main() -> int:
    """Compare and print; return 1 where dates differ."""
    import jpype
    import jpype.imports
    import mpxj  # noqa: F401 - puts its jars on the class path

    networks = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    jpype.startJVM("-Xmx1g")
    peers = jpype.JPackage("org").mpxj
    tasks, differences = 0, []
    for seed in range(networks):
        count, found = compare(seed, peers)
        tasks += count
        differences += found
    for line in differences[:20]:
        print(line)
    print(f"{networks} networks, {tasks} tasks: {len(differences)} with another date")
    return int(bool(differences))


if __name__ == "__main__":
    sys.exit(main())
