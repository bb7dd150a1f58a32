"""Measure how long one levelled schedule of a plan takes once it is compiled, and how long it takes to compile a plan.

    python benchmarks/plan_leveling_speed.py [TASKS] [PEOPLE]

The plan has layers of tasks with about two links each, working lags, five calendars, and one or two people a task, half of them
for half of their time.  Prints CPU microseconds a schedule, the best of several rounds, beside those of the network's forward
pass on the same plan, and how much longer the levelled plan is.
"""

import random
import sys
import time
from datetime import datetime

import numpy as np

from kaname.engine.calendar import Calendar, Shift
from kaname.engine.leveling.plans import Bench, prepare_plan
from kaname.engine.leveling.plans.jit import compiled_kernels
from kaname.engine.network import schedule, schedule_network, warm_up
from kaname.engine.network.plan import Assignment, Link, LinkType, Plan, Resource, Task
from kaname.engine.units import wall_minute

DAY = (Shift(540, 720), Shift(780, 1080))
ORIGIN = wall_minute(datetime(2026, 4, 1, 9, 0))  # noqa: DTZ001 - wall time


def staffed_plan(count: int, people: int, seed: int = 1) -> Plan:
    """Return a layered plan of `count` tasks, one in fifty of them a milestone, shared by `people` people."""
    dice = random.Random(seed)
    calendars = (
        Calendar(1, "office", (DAY,) * 5 + ((), ())),
        *(
            Calendar(2 + number, f"early {number}", ((Shift(480, 720 + 60 * number),),) * 5 + ((), ()))
            for number in range(4)
        ),
    )
    tasks, links, assignments = [], [], []
    for uid in range(1, count + 1):
        length = 0 if uid % 50 == 0 else 60 * dice.randint(4, 60)
        tasks.append(Task(uid=uid, name=f"task {uid}", duration_minutes=length, priority=dice.choice([400, 500, 600])))
        for before in {dice.randint(max(1, uid - 60), uid - 1) for _ in range(2) if uid > 1}:
            kind = dice.choice([LinkType.FS] * 6 + [LinkType.SS, LinkType.FF])
            links.append(Link(predecessor_uid=before, successor_uid=uid, type=kind, lag=dice.choice([0, 0, 0, 480])))
        taken = dice.sample(range(1, people + 1), dice.choice([1, 1, 2]))
        units = dice.choice([1000, 500])
        assignments += [Assignment(task_uid=uid, resource_uid=person, units_permille=units) for person in taken]
    resources = tuple(
        Resource(uid=uid, name=f"person {uid}", calendar_uid=dice.choice([None, None, None, 2, 3, 4, 5]))
        for uid in range(1, people + 1)
    )
    return Plan(
        start_at=ORIGIN, calendar_uid=1, calendars=calendars, tasks=tuple(tasks), links=tuple(links),
        resources=resources, assignments=tuple(assignments),
    )  # fmt: skip


def best(call, rounds: int, repeats: int) -> float:
    """Return the least CPU microseconds of a call."""
    call()
    found = []
    for _ in range(rounds):
        begun = time.process_time()
        for _ in range(repeats):
            call()
        found.append((time.process_time() - begun) / repeats)
    return min(found) * 1e6


def main() -> None:
    """Print the figures."""
    count, people = (int(word) for word in (*sys.argv[1:3], *("1000", "60")[len(sys.argv) - 1 :]))
    plan = staffed_plan(count, people)
    warm_up()
    kernels = compiled_kernels()
    model = prepare_plan(plan)
    bench = Bench(model, kernels)
    free = schedule(plan)
    late = np.asarray(free.dates.late_start)
    order = bench.listed(late)
    level = best(lambda: bench.run(order), 20, 100)
    listing = best(lambda: bench.list_into(late, order), 20, 100)
    passes = best(lambda: schedule_network(model.network), 20, 100)
    compiling = best(lambda: prepare_plan(plan), 5, 2)
    bench.run(order)
    longer = (bench.finish - ORIGIN) / (free.finish_at - ORIGIN)
    moved = int((np.asarray(bench.waits.floor) > np.asarray(bench.waits.settled)).sum())
    print(
        f"{count} tasks, {len(plan.links)} links, {people} people, {len(plan.assignments)} assignments, {moved} moved"
    )
    print(f"one levelled schedule {level:8.1f} us   list by keys {listing:6.1f} us")
    print(f"network, both passes  {passes:8.1f} us   ratio {level / passes:6.2f}")
    print(f"preparing the plan    {compiling:8.0f} us")
    print(f"levelled plan is {longer:.2f} times as long; who is forced: {int(np.asarray(bench.waits.forced).sum())}")


if __name__ == "__main__":
    main()
