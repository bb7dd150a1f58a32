"""Measure Monte Carlo simulation with shared people: CPU seconds and wall seconds on two threads.

    python benchmarks/shared_people_speed.py

The synthetic plan of `simulation_speed.py` with 1,000 tasks, all that it asks, and 60 people: two of three tasks are done by one
of them, the others by two.  10,000 runs, in each of which every task waits until its people are free.  Prints the finish that
80 % of the runs hold, with and without shared people.
"""

import random
import sys
import time
from dataclasses import replace

from benchmarks.simulation_speed import layered, question
from kaname.engine.network.plan import Assignment, Plan, Resource
from kaname.engine.simulation import simulate, simulate_shared
from kaname.engine.simulation.jit import compiled_kernels, compiled_shared_kernels
from kaname.engine.units import wall_moment

TASKS = 1_000
PEOPLE = 60
RUNS = 10_000
BAR_SECONDS = 20.0


def staffed(plan: Plan, people: int, seed: int = 1) -> Plan:
    """Return a plan whose tasks are done by one or two of so many people."""
    dice = random.Random(seed)
    uids = range(1, people + 1)
    assignments = [
        Assignment(task_uid=task.uid, resource_uid=uid)
        for task in plan.tasks
        if task.uid and task.duration_minutes
        for uid in dice.sample(uids, dice.choice((1, 1, 2)))
    ]
    resources = tuple(Resource(uid=uid, name=f"person {uid}") for uid in uids)
    return replace(plan, resources=resources, assignments=tuple(assignments))


def main() -> int:
    """Measure and print."""
    compiled_kernels()
    compiled_shared_kernels()
    for calendars in (1, 4):
        plan = staffed(layered(TASKS, calendars), PEOPLE)
        asked = replace(question(plan, RUNS), threads=2)
        free = simulate(plan, asked)
        began, cpu = time.perf_counter(), time.process_time()
        shared = simulate_shared(plan, asked)
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
        days = [wall_moment(done.finish_percentile(80)).date() for done in (free, shared)]
        print(
            f"{TASKS} tasks on {calendars} calendars, {PEOPLE} people, {RUNS} runs: {cpu:.1f} CPU s, {wall:.1f} s on two threads "
            f"(bar {BAR_SECONDS:.0f}); P80 {days[0]} without, {days[1]} with shared people"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
