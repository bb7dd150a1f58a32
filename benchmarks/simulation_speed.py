"""Measure Monte Carlo simulation: activity-samples per second and core, with everything that the engine offers.

    python benchmarks/simulation_speed.py [--peer]

Synthetic layered plans of 300, 1,000 and 10,000 tasks with about two links each (17 of 20 finish to start, the others start to
start and finish to finish; a fifth with lags), on one calendar with holidays and on four.  Every task has a distribution
(PERT, triangular, log-normal, uniform) and follows one of ten factors; forty risk events strike with time and money; all
tasks cost by the hour; finish, cost, criticality, cruciality, SSI and tornado are kept.  Prints CPU time on one thread, with
all that is prepared before the first run; the 1,000 tasks also with few runs, where that weighs more.  With
`--peer` pmcontrols (the package must be installed) runs PERT on the 1,000 tasks in the same run: finish-to-start links, no
calendars, no lags, no factors, no events, no cost.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from benchmarks.network_speed import synthetic_plan
from kaname.engine.network import compile_plan
from kaname.engine.network.plan import ConstraintType, DurationKind, LagUnit, LinkType, Plan, Progress
from kaname.engine.simulation import (
    Impact,
    LogNormal,
    Occurrence,
    Pert,
    Question,
    RiskEvent,
    SpreadUnit,
    TaskCost,
    TaskRisk,
    Triangular,
    Uniform,
    simulate_network,
)
from kaname.engine.simulation.jit import compiled_kernels

SPREADS = (Pert(0.8, 1.0, 1.6), Triangular(0.9, 1.0, 1.3), LogNormal(1.0, 0.2), Uniform(0.9, 1.2))
FACTORS = 10
EVENTS = 40
PEER_TASKS = 1_000
PEER_RUNS = 2_000
PEER_LEAST = 100_000
BAR_RATIO = 25.0


def layered(count: int, calendars: int) -> Plan:
    """Return a plan without constraints and progress, whose tasks work on so many calendars."""
    plan = synthetic_plan(count)
    tasks = [
        replace(
            task,
            constraint=ConstraintType.ASAP,
            constraint_at=None,
            deadline_at=None,
            progress=Progress(),
            duration_kind=DurationKind.WORKING,
            calendar_uid=None if task.uid == 0 else 1 + task.uid // 50 % calendars,
        )
        for task in plan.tasks
    ]
    links = [
        replace(link, type=LinkType.FF if link.type == LinkType.SF else link.type, lag_unit=LagUnit.WORKING)
        for link in plan.links
    ]
    return replace(plan, tasks=tuple(tasks), links=tuple(links))


def question(plan: Plan, runs: int, seed: int = 1) -> Question:
    """Return everything that can be asked."""
    dice = random.Random(seed)
    uids = [task.uid for task in plan.tasks if task.uid and task.duration_minutes]
    return Question(
        risks=tuple(
            TaskRisk(
                task_uid=uid,
                spread=dice.choice(SPREADS),
                unit=SpreadUnit.FACTOR,
                loadings=tuple(0.5 if number == uid % FACTORS else 0.0 for number in range(FACTORS)),
            )
            for uid in uids
        ),
        events=tuple(
            RiskEvent(
                uid=number,
                before=Occurrence(
                    probability=0.3,
                    impacts=(Impact(task_uid=dice.choice(uids), spread=Triangular(100, 500, 2000)),),
                    cost=Uniform(1_000, 100_000),
                ),
            )
            for number in range(EVENTS)
        ),
        costs=tuple(TaskCost(task_uid=uid, rate_per_hour=8_000) for uid in uids),
        runs=runs,
        threads=1,
    )


def best_cpu(action: Callable[[], object], times: int) -> float:
    """Return the least CPU seconds of several runs."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        action()
        best = min(best, time.process_time() - begun)
    return best


def main() -> int:
    """Measure and print."""
    compiled_kernels()
    ours: list[float] = []
    for count, runs in ((300, 204_800), (1_000, 102_400), (1_000, 10_240), (10_000, 10_240)):
        for calendars in (1, 4):
            plan = layered(count, calendars)
            network, asked = compile_plan(plan), question(plan, runs)
            seconds = best_cpu(lambda network=network, asked=asked: simulate_network(network, asked), 3)
            rate = count * runs / seconds / 1e6
            print(
                f"{count:>6} tasks on {calendars} calendars, {runs:>6} runs: {seconds:6.2f} CPU s, {rate:6.1f} M/s a core"
            )
            if count == PEER_TASKS and runs >= PEER_LEAST:
                ours.append(rate)
    if "--peer" in sys.argv:
        peer = peer_rate()
        print(
            f"pmcontrols, {PEER_TASKS} tasks, {PEER_RUNS} runs: {peer:.2f} M/s; ours {ours[0] / peer:.1f} times that, "
            f"{ours[1] / peer:.1f} on four calendars (bar {BAR_RATIO:.0f})"
        )
    return 0


def peer_rate() -> float:
    """Return the million activity-samples per CPU second of pmcontrols' PERT on the same tasks and links."""
    import pmcontrols

    plan = layered(PEER_TASKS, 1)
    before: dict[int, list[str]] = {}
    for link in plan.links:
        before.setdefault(link.successor_uid, []).append(str(link.predecessor_uid))
    activities = [
        {
            "id": str(task.uid),
            "predecessors": before.get(task.uid, []),
            "a": 0.8 * (task.duration_minutes or 0),
            "m": 1.0 * (task.duration_minutes or 0),
            "b": 1.6 * (task.duration_minutes or 0),
        }
        for task in plan.tasks[1:]
    ]
    seconds = best_cpu(lambda: pmcontrols.pert(activities, n_sim=PEER_RUNS, seed=1), 3)
    return PEER_TASKS * PEER_RUNS / seconds / 1e6


if __name__ == "__main__":
    sys.exit(main())
