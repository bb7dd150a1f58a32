"""Measure the planned curve of 10,000 tasks over 100 weeks beside a plain loop over its million cells.

    python benchmarks/planned_curve.py

The loop is a yardstick that a busy or slow machine stretches as well.  Prints CPU milliseconds, the best of nine runs each, and
their ratio; the bar is two loops.  The exit code is 1 when it is missed.
"""

import random
import sys
from datetime import datetime

from network_speed import best_cpu_ms

from kaname.engine.calendar import Calendar, Shift, compile_calendar
from kaname.engine.earned_value import Account, planned_curve
from kaname.engine.units import wall_minute

ORIGIN = wall_minute(datetime(2026, 10, 1))  # noqa: DTZ001 - wall time
TASKS, WEEKS, RUNS, MOST_LOOPS = 10_000, 100, 9, 2.0


def accounts() -> list[Account]:
    """Return a tree of accounts, ten children to a parent."""
    source = random.Random(1)
    made = [Account(uid=0)]
    for uid in range(1, TASKS):
        start_at = ORIGIN + source.randrange(700 * 1440)
        finish_at = start_at + source.randrange(60 * 1440)
        budget = source.randrange(10**7) if uid >= TASKS // 10 else 0
        made.append(
            Account(
                uid=uid,
                parent_uid=(uid - 1) // 10,
                budget=budget,
                start_at=start_at,
                finish_at=finish_at,
                calendar_uid=1,
            )
        )
    return made


def loop() -> int:
    """Add up as many numbers as the curve has cells."""
    total = 0
    for cell in range(TASKS * WEEKS):
        total += cell
    return total


def main() -> int:
    """Measure and print; return 1 when the bar is missed."""
    day = (Shift(540, 720), Shift(780, 1080))
    week = compile_calendar([Calendar(1, "week", (day,) * 5 + ((), ()))], 1)
    tree = accounts()
    moments = [ORIGIN + 7 * 1440 * number for number in range(1, WEEKS + 1)]
    curve = best_cpu_ms(lambda: planned_curve(tree, moments=moments, calendars={1: week}, project=week), RUNS)
    floor = best_cpu_ms(loop, RUNS)
    print(f"{TASKS} tasks x {WEEKS} weeks: {curve:.1f} CPU ms, {curve / floor:.2f} plain loops (bar {MOST_LOOPS:g})")
    return int(curve > MOST_LOOPS * floor)


if __name__ == "__main__":
    sys.exit(main())
