"""Measure the allocation of a company, beside the bare min-cost flow, and compare small ones with other ways.

    python benchmarks/people_allocation.py [PEOPLE] [PROJECTS] [SEED]
    python benchmarks/people_allocation.py rules [ROUNDS]

The company: 1,000 people with three of twelve skills, 120 projects with three demands each, twelve months, steps of 10 %.
Told are CPU milliseconds of the whole (arrays, flows, worths, sentences, independent check) and of one bare min-cost flow
over all months on arcs that are there already, in the same run, the best of three warm runs each; and that both cost the
same.  With `rules`: the same company with a least stint of three months, two projects at once and one stretched person a
project, and how cost and gap fall.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from kaname.engine.matching import Axis, Demand, Person, SkillNeed
from kaname.engine.matching.allocation import Rules, Staffing, allocate
from kaname.engine.matching.allocation.board import Board, set_up

SKILLS = 12
RULES = Rules(least_stint=3, most_projects=2, most_stretched=1)


def company(people: int = 1000, projects: int = 120, *, seed: int = 1, periods: int = 12) -> Staffing:
    """Return the question: demand is about as large as what is free, skill by skill not quite."""
    dice = random.Random(seed)
    edges = tuple(date(2026 + month // 12, month % 12 + 1, 1) for month in range(periods + 1))
    axis = Axis(edges, tuple(480 * dice.randint(18, 22) for _ in range(periods)))
    return Staffing(
        axis=axis,
        people=tuple(_person(dice, uid, periods) for uid in range(people)),
        demands=tuple(_demand(dice, 1 + place // 3, periods, people, projects) for place in range(3 * projects)),
        priorities={1 + project: dice.choice([50, 100, 100, 150, 300]) for project in range(projects)},
    )


def _person(dice: random.Random, uid: int, periods: int) -> Person:
    full = dice.choice([1000, 1000, 1000, 800, 600])
    return Person(
        uid=uid,
        name=f"person {uid}",
        capacity_permille=tuple(dice.choice([full, full, full, full - 200, full // 2]) for _ in range(periods)),
        levels={skill: dice.randint(1, 5) for skill in dice.sample(range(SKILLS), 3)},
        rate=100 * dice.randint(40, 120),
        place=dice.choice(["Tokyo", "Osaka"]),
        past_projects=frozenset(dice.sample(range(1, 121), 3)),
        wishes=frozenset(dice.sample(range(SKILLS), 2)),
    )


def _demand(dice: random.Random, project: int, periods: int, people: int, projects: int) -> Demand:
    skill, level = dice.randrange(SKILLS), dice.randint(2, 4)
    begin = dice.randrange(periods - 3)
    end = min(periods, begin + dice.randint(4, 10))
    load = 100 * dice.randint(10, max(10, 60 * people // (10 * projects)))
    return Demand(
        role=f"skill {skill} of project {project}",
        project_uid=project,
        load_permille=tuple(load if begin <= period < end else 0 for period in range(periods)),
        skills=(SkillNeed(skill_uid=skill, name=f"skill {skill}", level=level, least_level=level - 1),),
        place=dice.choice(["", "Tokyo", "Osaka"]),
        budget_rate=8000,
    )


def bare_flow(board: Board) -> Callable[[], int]:
    """Return the solving of one flow over all months, without building it, which returns its cost.

    Arcs of months of different lengths cost different amounts a step, so costs are multiplied by the minutes.
    """
    from ortools.graph.python import min_cost_flow

    minutes = np.array(board.staffing.axis.minutes)
    free, need = board.free.ravel(), board.need.ravel()
    periods = minutes.size
    capacity = np.minimum(board.free[board.person], board.need[board.demand])
    pair, period = np.nonzero(capacity)
    demands = free.size + np.arange(need.size)
    nobody, idle = free.size + need.size, free.size + need.size + 1
    unmet = (board.unmet[:, None] * minutes).ravel()
    tails = [board.person[pair] * periods + period, np.full(need.size, nobody), np.arange(free.size), [nobody]]
    heads = [free.size + board.demand[pair] * periods + period, demands, np.full(free.size, idle), [idle]]
    costs = [(board.paid + board.change)[pair] * minutes[period], unmet, np.zeros(free.size + 1)]
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate(tails).astype(np.int32),
        np.concatenate(heads).astype(np.int32),
        np.concatenate([capacity[pair, period], need, free, [need.sum()]]),
        np.concatenate(costs).astype(np.int64),
    )
    supplies = np.concatenate([free, -need, [need.sum()], [-free.sum()]])
    solver.set_nodes_supplies(np.arange(supplies.size, dtype=np.int32), supplies)
    print(f"arcs: {pair.size} from people to demands, {solver.num_arcs()} in all, {solver.num_nodes()} nodes")

    def solve() -> int:
        assert solver.solve() == solver.OPTIMAL
        return int(solver.optimal_cost())

    return solve


def cpu_ms(work: Callable[[], object], *, runs: int = 3) -> float:
    """Return the CPU milliseconds of the best run."""
    found = []
    for _ in range(runs):
        begin = time.process_time_ns()
        work()
        found.append((time.process_time_ns() - begin) / 1e6)
    return min(found)


def compare(staffing: Staffing) -> bool:
    """Print both times, and return whether both cost the same."""
    whole = allocate(staffing)
    board = set_up(staffing)
    bare = bare_flow(board)
    ours, building, alone = (
        cpu_ms(lambda: allocate(staffing)),
        cpu_ms(lambda: set_up(staffing)),
        cpu_ms(bare),
    )
    done = sum(sum(one.load_permille) for one in whole.allotments)
    left = sum(sum(one.load_permille) for one in whole.unmet)
    print(f"allotments: {len(whole.allotments)}, {done / 1000:.0f} person-months done, {left / 1000:.0f} unmet")
    print(
        f"whole: {ours:.0f} ms of CPU (arrays {building:.0f} ms); bare flow: {alone:.0f} ms; ratio {ours / alone:.2f}"
    )
    print(f"cost: {whole.points}, bare flow {bare()}, gap {whole.gap:.4f}, {whole.status.value}")
    return whole.points == bare()


def with_rules(staffing: Staffing, rounds: int) -> None:
    """Print how cost and gap fall."""
    begin = time.process_time()

    def told(progress: object) -> None:
        log.append((time.process_time() - begin, progress))

    log: list[tuple[float, object]] = []
    found = allocate(replace(staffing, rules=RULES), rounds=rounds, on_progress=told)
    for moment, progress in [*log[:1], *log[9::20], log[-1]]:
        gap = progress.points / progress.lower_bound - 1  # type: ignore[attr-defined]
        print(f"{moment:6.1f} s of CPU: {progress.points} points, gap {100 * gap:.2f} %")  # type: ignore[attr-defined]
    print(f"bound without rules {found.lower_bound}, {len(found.allotments)} allotments, {len(found.log)} improvements")


def main() -> int:
    """Print the figures; the exit code is 1 if the costs differ."""
    if sys.argv[1:2] == ["rules"]:
        with_rules(company(), int(sys.argv[2]) if len(sys.argv) > 2 else 60)
        return 0
    people, projects, seed = [*map(int, sys.argv[1:4]), *(1000, 120, 1)[len(sys.argv) - 1 :]]
    return int(not compare(company(people, projects, seed=seed)))


if __name__ == "__main__":
    sys.exit(main())
