"""Level public problems as plans, on working calendars, and compare with the best lengths known.

    python benchmarks/plan_leveling_published.py DATA_DIR --set j60 --sample 20 --schedules 5000

Each problem of PSPLIB becomes a plan: a unit of time is an hour of an office that works eight hours a day without a break, five days
a week; resources are teams.  The levelled plan's length in working hours is the length of a schedule of the problem, so that the
best lengths known are comparable.  Prints the mean gap of the first plan and of the search, and CPU seconds.
"""

import argparse
import statistics
import time
from datetime import datetime
from pathlib import Path

from benchmarks.rcpsp import best_known, instances
from kaname.engine.calendar import Calendar, Shift, compile_calendar
from kaname.engine.leveling import Problem
from kaname.engine.leveling.plans import level_plan, warm_up
from kaname.engine.network.plan import Assignment, Link, Plan, Resource, Task
from kaname.engine.units import wall_minute

OFFICE = (Calendar(1, "office", ((Shift(540, 1020),),) * 5 + ((), ())),)
ORIGIN = wall_minute(datetime(2026, 4, 1, 9, 0))  # noqa: DTZ001 - wall time


def plan_of(problem: Problem) -> Plan:
    """Return a problem as a plan."""
    taken = tuple(
        Assignment(task_uid=activity.uid, resource_uid=demand.resource, units_permille=demand.units * 1000)
        for activity in problem.activities
        for demand in activity.demands
        if demand.units
    )
    return Plan(
        start_at=ORIGIN,
        calendar_uid=1,
        calendars=OFFICE,
        tasks=tuple(
            Task(uid=activity.uid, name=activity.name, duration_minutes=activity.duration * 60)
            for activity in problem.activities
        ),
        links=tuple(
            Link(predecessor_uid=link.before_uid, successor_uid=link.after_uid, lag=link.lag * 60)
            for link in problem.links
        ),
        resources=tuple(
            Resource(uid=place, name=resource.name, max_units_permille=resource.capacity * 1000)
            for place, resource in enumerate(problem.resources)
        ),
        assignments=taken,
    )


def main() -> None:
    """Level the instances and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", default="j60")
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--schedules", type=int, default=5000)
    options = parser.parse_args()
    known = best_known(options.folder, options.set)
    measure = compile_calendar(OFFICE, 1)
    warm_up()
    firsts, gaps, cost = [], [], 0.0
    for name, problem in instances(options.folder, options.set, options.sample):
        best = known[Path(name).name]
        begun = time.process_time()
        found = level_plan(plan_of(problem), schedules=options.schedules)
        cost += time.process_time() - begun
        assert found.finish_at is not None
        firsts.append(measure.between(ORIGIN, found.log[0].finish_at) / 60 / best - 1)
        gaps.append(measure.between(ORIGIN, found.finish_at) / 60 / best - 1)
    first, gap = (100 * statistics.mean(values) for values in (firsts, gaps))
    print(
        f"{options.set}: {len(gaps)} instances, first {first:.2f} %, {options.schedules} schedules {gap:.2f} %, {cost:.1f} CPU s"
    )


if __name__ == "__main__":
    main()
