"""Measure the calculation of synthetic plans: all of it, and after one changed task.

    python benchmarks/network_speed.py [--mpxj]

The plans have eight calendars with holidays, links of all four kinds with lags in working and elapsed time and leads,
every kind of constraint, deadlines, milestones, started and finished tasks and elapsed durations.  Prints CPU
milliseconds, the best of several warm runs.  With `--mpxj` (packages `mpxj` and `jpype1` and a Java 17 must be installed)
the schedulers of MPXJ calculate plans of the same tasks and links in the same run; reading the objects into Java is not
counted.  Theirs have not started, and mandatory dates are dates that must be met.
"""

import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from kaname.engine.calendar import Calendar, DayException, Shift
from kaname.engine.network import ScheduledTask, compile_plan, reschedule, schedule, schedule_network
from kaname.engine.network.plan import (
    ConstraintType,
    DurationKind,
    LagUnit,
    Link,
    LinkType,
    Plan,
    Progress,
    Task,
    TaskKind,
)
from kaname.engine.units import wall_minute, wall_moment

START = datetime(2026, 1, 5, 8, 0)  # noqa: DTZ001 - wall time
LAYER = 50
DEEP_STACK = 1 << 29
"""The peer walks the network by recursion."""
BARS_MS = {10_000: 5.0, 100_000: 50.0}


def synthetic_plan(count: int, seed: int = 1) -> Plan:
    """Return a layered plan of `count` tasks with about two links each.

    Constraint dates and deadlines lie a few days around the dates that the plan has without them, as in a real plan.
    """
    dice = random.Random(seed)
    origin = wall_minute(START)
    plan = Plan(
        name=f"synthetic {count}",
        start_at=origin,
        calendar_uid=1,
        calendars=tuple(_calendars(dice)),
        tasks=tuple(_tasks(dice, count)),
        links=tuple(_links(dice, count)),
    )
    free = schedule(plan)
    return replace(plan, tasks=tuple(_bound(dice, task, free.task(task.uid), origin) for task in plan.tasks))


def _calendars(dice: random.Random) -> Iterator[Calendar]:
    day = (Shift(480, 720), Shift(780, 1020))
    for uid in range(1, 9):
        holidays = []
        for _ in range(60):
            start = date(2026, 1, 1) + timedelta(days=dice.randrange(365 * 8))
            holidays.append(DayException(start, start + timedelta(days=dice.randint(1, 4))))
        length = dice.choice((4, 5, 5, 5, 6))
        week = tuple(day if weekday < length else () for weekday in range(7))
        yield Calendar(uid, f"calendar {uid}", week, tuple(holidays))


def _tasks(dice: random.Random, count: int) -> Iterator[Task]:
    yield Task(uid=0, name="whole", kind=TaskKind.SUMMARY)
    for uid in range(1, count):
        draw = dice.random()
        length = 0 if draw < 0.05 else 60 * dice.randint(1, 40)
        yield Task(
            uid=uid,
            name=f"task {uid}",
            parent_uid=0,
            kind=TaskKind.MILESTONE if length == 0 else TaskKind.WORK,
            duration_minutes=length,
            duration_kind=DurationKind.ELAPSED if 0.05 <= draw < 0.07 else DurationKind.WORKING,
            calendar_uid=dice.randint(1, 8),
        )


_CONSTRAINED = [kind for kind in ConstraintType if kind not in (ConstraintType.ASAP, ConstraintType.ALAP)]


def _bound(dice: random.Random, task: Task, dates: ScheduledTask, origin: int) -> Task:
    draw = dice.random()
    around = dates.start_at + 1440 * dice.randint(-2, 10)
    if task.uid < LAYER // 2 and task.duration_minutes:
        return replace(task, progress=Progress(actual_start_at=origin, percent_permille=500))
    if draw < 0.08 and task.uid:
        return replace(task, constraint=dice.choice(_CONSTRAINED), constraint_at=around)
    if draw < 0.12 and task.uid:
        return replace(task, deadline_at=around + 40 * 1440)
    return task


def _links(dice: random.Random, count: int) -> Iterator[Link]:
    kinds = [LinkType.FS] * 17 + [LinkType.SS, LinkType.FF, LinkType.SF]
    for uid in range(LAYER + 1, count):
        layer_start = max(1, (uid // LAYER - 1) * LAYER)
        for before in {dice.randrange(layer_start, layer_start + LAYER) for _ in range(2)}:
            lag = dice.choice((480, 960, -240)) if dice.random() < 0.2 else 0
            unit = dice.choice((LagUnit.WORKING, LagUnit.WORKING, LagUnit.ELAPSED)) if lag else LagUnit.WORKING
            yield Link(predecessor_uid=before, successor_uid=uid, type=dice.choice(kinds), lag=lag, lag_unit=unit)


def best_cpu_ms(action: Callable[[], object], runs: int) -> float:
    """Return the least CPU time of several runs in milliseconds."""
    times = []
    for _ in range(runs):
        begun = time.process_time_ns()
        action()
        times.append(time.process_time_ns() - begun)
    return min(times) / 1e6


def measure(count: int) -> Plan:
    """Measure one size, print its line and return the plan."""
    plan = synthetic_plan(count)
    begun = time.process_time()
    network = compile_plan(plan)
    compiling = 1000 * (time.process_time() - begun)
    result = schedule_network(network)
    whole = best_cpu_ms(lambda: schedule_network(network), 15)
    free = best_cpu_ms(lambda: replace(result).free_floats, 5)
    one = plan.tasks[count // 2]
    lengths = iter(range(41, 60))
    single = best_cpu_ms(lambda: reschedule(result, [replace(one, duration_minutes=60 * next(lengths))]), 9)
    bar = BARS_MS.get(count)
    print(
        f"{count:>7} tasks {len(plan.links):>7} links: whole plan {whole:7.2f} CPU ms"
        f"{f' (bar {bar:.0f})' if bar else '':9} one changed task {single:6.2f}  free floats {free:6.2f}  "
        f"compiling once {compiling:5.0f}"
    )
    return plan


def beside_peer(plan: Plan, scheduler: str) -> tuple[float, float]:
    """Return the wall milliseconds of the best of five runs of an MPXJ scheduler, and our CPU milliseconds beside it.

    Ours are measured between theirs, so that a machine that slows down slows both down.
    """
    import jpype
    import jpype.imports
    import mpxj  # noqa: F401 - puts its jars on the class path

    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx3g")
    cpm = jpype.JPackage("org").mpxj.cpm
    project, start = _peer_project(plan, jpype.JPackage("org").mpxj)
    network = compile_plan(plan)
    times: list[float] = []
    ours: list[float] = []

    def run() -> None:
        for _ in range(5):
            begun = time.perf_counter_ns()
            getattr(cpm, scheduler)().schedule(project, start)
            times.append((time.perf_counter_ns() - begun) / 1e6)
            ours.append(best_cpu_ms(lambda: schedule_network(network), 15))

    threading.stack_size(DEEP_STACK)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return min(times), min(ours)


_PEER_LINKS = {"fs": "FINISH_START", "ss": "START_START", "ff": "FINISH_FINISH", "sf": "START_FINISH"}
_PEER_CONSTRAINTS = {
    "snet": "START_NO_EARLIER_THAN",
    "snlt": "START_NO_LATER_THAN",
    "fnet": "FINISH_NO_EARLIER_THAN",
    "fnlt": "FINISH_NO_LATER_THAN",
    "mso": "MUST_START_ON",
    "mfo": "MUST_FINISH_ON",
    "mandatory_start": "MUST_START_ON",
    "mandatory_finish": "MUST_FINISH_ON",
}


def _peer_project(plan: Plan, mpxj: Any) -> tuple[Any, Any]:
    """Build the same plan from the peer's objects: calendars, tasks, constraints, deadlines, links, lags."""
    file = mpxj.ProjectFile()
    calendars = {calendar.uid: _peer_calendar(file, calendar, mpxj) for calendar in plan.calendars}
    file.setDefaultCalendar(calendars[plan.calendar_uid])
    rows = {task.uid: _peer_task(file, task, calendars, mpxj) for task in plan.tasks[1:]}
    for link in plan.links:
        unit = mpxj.TimeUnit.ELAPSED_MINUTES if link.lag_unit == LagUnit.ELAPSED else mpxj.TimeUnit.MINUTES
        builder = mpxj.Relation.Builder().predecessorTask(rows[link.predecessor_uid])
        builder.type(getattr(mpxj.RelationType, _PEER_LINKS[link.type.value]))
        rows[link.successor_uid].addPredecessor(builder.lag(mpxj.Duration.getInstance(float(link.lag), unit)))
    return file, _peer_moment(wall_minute(START))


def _peer_moment(minute: int) -> Any:
    import jpype

    moment = wall_moment(minute)
    return jpype.JClass("java.time.LocalDateTime").of(moment.year, moment.month, moment.day, moment.hour, moment.minute)


def _peer_calendar(file: Any, calendar: Calendar, mpxj: Any) -> Any:
    import jpype

    days, dates = jpype.JClass("java.time.DayOfWeek"), jpype.JClass("java.time.LocalDate")
    made = file.addDefaultBaseCalendar()
    made.setName(calendar.name)
    for weekday, shifts in enumerate(calendar.week):
        day = days.of(weekday + 1)
        made.setWorkingDay(day, bool(shifts))
        if shifts and made.getCalendarHours(day).isEmpty():
            made.getCalendarHours(day).addAll(made.getCalendarHours(days.MONDAY))
    for holiday in calendar.exceptions:
        first, last = holiday.starts_on, holiday.ends_before - timedelta(days=1)
        made.addCalendarException(
            dates.of(first.year, first.month, first.day), dates.of(last.year, last.month, last.day)
        )
    return made


def _peer_task(file: Any, task: Task, calendars: dict[int, Any], mpxj: Any) -> Any:
    is_elapsed = task.duration_kind == DurationKind.ELAPSED
    unit = mpxj.TimeUnit.ELAPSED_MINUTES if is_elapsed else mpxj.TimeUnit.MINUTES
    row = file.addTask()
    row.setName(task.name)
    row.setActivityType(mpxj.ActivityType.TASK_DEPENDENT)
    row.setCalendar(calendars[task.calendar_uid])
    length = mpxj.Duration.getInstance(float(task.duration_minutes or 0), unit)
    row.setDuration(length)
    row.setRemainingDuration(length)
    row.setActualDuration(mpxj.Duration.getInstance(0.0, unit))
    row.setMilestone(task.duration_minutes == 0)
    if task.constraint_at is not None:
        row.setConstraintType(getattr(mpxj.ConstraintType, _PEER_CONSTRAINTS[task.constraint.value]))
        row.setConstraintDate(_peer_moment(task.constraint_at))
    if task.deadline_at is not None:
        row.setDeadline(_peer_moment(task.deadline_at))
    return row


def main() -> int:
    """Measure and print."""
    plans = [measure(count) for count in (1_000, 10_000, 100_000)]
    if "--mpxj" in sys.argv:
        plan = plans[-1]
        for scheduler in ("MicrosoftScheduler", "PrimaveraScheduler"):
            peer, ours = beside_peer(plan, scheduler)
            print(f"MPXJ {scheduler}, {len(plan.tasks)} tasks of the same plan, none started: "
                  f"{peer:.0f} ms, {peer / ours:.0f} times our {ours:.2f}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
