"""Measure the calculation of synthetic plans: all of it, and after one changed task.

    python benchmarks/network_speed.py [--mpxj]

The plans have eight calendars with holidays, links of all four kinds with lags in working and elapsed time and leads,
every kind of constraint, deadlines, milestones, started and finished tasks and elapsed durations.  Prints CPU
milliseconds, the best of several warm runs.  With `--mpxj` (packages `mpxj` and `jpype1` and a Java 17 must be installed)
the schedulers of MPXJ calculate plans of the same tasks and links in the same run; reading the objects into Java is not
counted.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from kaname.engine.calendar import Calendar, DayException, Shift
from kaname.engine.network import compile_plan, schedule_network
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
from kaname.engine.units import wall_minute

START = datetime(2026, 1, 5, 8, 0)  # noqa: DTZ001 - wall time
LAYER = 50
BARS_MS = {10_000: 5.0, 100_000: 50.0}


def synthetic_plan(count: int, seed: int = 1) -> Plan:
    """Return a layered plan of `count` tasks with about two links each."""
    dice = random.Random(seed)
    origin = wall_minute(START)
    tasks = tuple(_tasks(dice, count, origin))
    return Plan(
        name=f"synthetic {count}",
        start_at=origin,
        calendar_uid=1,
        calendars=tuple(_calendars(dice)),
        tasks=tasks,
        links=tuple(_links(dice, count)),
    )


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


_CONSTRAINED = [kind for kind in ConstraintType if kind not in (ConstraintType.ASAP, ConstraintType.ALAP)]


def _tasks(dice: random.Random, count: int, origin: int) -> Iterator[Task]:
    yield Task(uid=0, name="whole", kind=TaskKind.SUMMARY)
    for uid in range(1, count):
        draw = dice.random()
        length = 0 if draw < 0.05 else 60 * dice.randint(1, 40)
        around = origin + 1440 * (uid // LAYER) * dice.randint(1, 3)
        is_bound = 0.05 <= draw < 0.13
        yield Task(
            uid=uid,
            name=f"task {uid}",
            parent_uid=0,
            kind=TaskKind.MILESTONE if length == 0 else TaskKind.WORK,
            duration_minutes=length,
            duration_kind=DurationKind.ELAPSED if 0.13 <= draw < 0.15 else DurationKind.WORKING,
            calendar_uid=dice.randint(1, 8),
            constraint=dice.choice(_CONSTRAINED) if is_bound else ConstraintType.ASAP,
            constraint_at=around if is_bound else None,
            deadline_at=around + 40 * 1440 if 0.15 <= draw < 0.2 else None,
            progress=Progress(actual_start_at=origin, percent_permille=500)
            if uid < LAYER // 2 and length
            else Progress(),
        )


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


def main() -> int:
    """Measure and print."""
    for count in (1_000, 10_000, 100_000):
        plan = synthetic_plan(count)
        begun = time.process_time()
        network = compile_plan(plan)
        compiling = time.process_time() - begun
        schedule_network(network)
        whole = best_cpu_ms(lambda network=network: schedule_network(network), 9)
        bar = BARS_MS.get(count)
        print(f"{count:>7} tasks {len(plan.links):>7} links: whole plan {whole:8.2f} CPU ms"
              f"{f' (bar {bar:.0f})' if bar else '':10} compile {compiling * 1000:7.0f} ms")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
