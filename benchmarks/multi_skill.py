"""Level people, and compare with known optima and with CP-SAT alone.

    python benchmarks/multi_skill.py --known [--seconds 10] [--seeds 1,2,3]
    python benchmarks/multi_skill.py --large [--seconds 10] [--instances 3] [--seeds 1,2,3]

`--known`: problems of up to 10, 20 and 30 activities with the optimum known from how they are made (`skill_sets.packed_case`),
4 to 8 people, three shares of skills, without and with people who have common skills only.  Prints how many optima are found and
how soon.

`--large`: problems of 60, 100 and 300 activities with 12, 20 and 60 people (`skill_sets.free_case`).  Prints when the first schedule
is there, how far above the best bound known it and the last schedule are, and the same of CP-SAT alone (the model of `proof`, no
hint, two workers, the same CPU time, turn by turn).

Seconds are core-equivalent: T seconds are 2 T seconds of CPU of the process, what T seconds on two idle cores give.  The kernels
are compiled before.  Every schedule, those of CP-SAT too, has passed the independent checker.
"""

import argparse
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable

from benchmarks.skill_sets import free_case, packed_case
from kaname.engine.leveling.skills import SkillProblem, check_people, level_skills
from kaname.engine.leveling.skills.compile import compile_skills
from kaname.engine.leveling.skills.level import people_of
from kaname.engine.leveling.skills.proof import Model

LARGE = ((60, 12, 5, 0.35), (100, 20, 6, 0.3), (300, 60, 10, 0.2))
"""Activities, people, skills, share of skills that a person has."""


def cpu_left(seconds: float) -> Callable[[], float]:
    """Return a clock that counts core-equivalent seconds down."""
    begun = time.process_time()
    return lambda: seconds - (time.process_time() - begun) / 2


def known(options: argparse.Namespace) -> None:
    """Solve problems with a known optimum."""
    for activities, people in ((10, 4), (20, 5), (30, 6), (30, 8)):
        for commons in (0, 3):
            times, found, proved, total, above = [], 0, 0, 0, []
            for versatility in (0.3, 0.5, 0.8):
                for place in range(options.instances):
                    dice = random.Random(f"{activities} {people} {commons} {versatility} {place}")
                    problem, optimum = packed_case(
                        dice, activities=activities, people=people, versatility=versatility, commons=commons
                    )
                    for seed in options.seeds:
                        begun = time.process_time()
                        result = level_skills(problem, seed=seed, time_left=cpu_left(options.seconds))
                        spent = (time.process_time() - begun) / 2
                        total += 1
                        found += result.makespan == optimum
                        proved += result.status == "optimal"
                        above.append(100 * (result.makespan - optimum) / optimum)
                        if result.makespan == optimum:
                            times.append(spent)
            mean, worst = (statistics.mean(times), max(times)) if times else (0, 0)
            print(f"{activities:3} activities {people} people {commons} with common skills only: optimum {found} of {total}, "
                  f"proved {proved}, mean {mean:.2f} s, worst {worst:.2f} s, mean gap {statistics.mean(above):.2f} %",
                  flush=True)  # fmt: skip


def large(options: argparse.Namespace) -> None:
    """Compare with CP-SAT alone on larger problems."""
    for activities, people, skills, versatility in LARGE:
        rows = []
        for place in range(options.instances):
            problem = large_case(activities, people, skills, versatility, place=place)
            at_once, first = first_note(problem)
            lengths = []
            for seed in options.seeds:
                result = level_skills(problem, seed=seed, time_left=cpu_left(options.seconds))
                lengths.append(result.makespan)
            peer, peer_bound = alone(problem, options.seconds) if options.peer else (None, 0)
            bound = max(result.lower_bound, peer_bound)
            middle = int(statistics.median(lengths))
            rows.append((at_once, first, middle, peer, bound))
            print(f"{activities:3} x {people:2} no. {place}: first {first} after {1000 * at_once:.0f} ms, {lengths} "
                  f"(median {middle}), CP-SAT alone {peer}, bound {bound}", flush=True)  # fmt: skip
        gaps = [statistics.mean(100 * (row[at] - row[4]) / row[4] for row in rows) for at in (1, 2)]
        with_peer = [row for row in rows if row[3] is not None]
        other = statistics.mean(100 * (row[3] - row[4]) / row[4] for row in with_peer) if with_peer else float("nan")
        print(f"{activities:3} x {people:2}: first {1000 * statistics.median(row[0] for row in rows):.0f} ms, above the bound: "
              f"first {gaps[0]:.2f} %, after {options.seconds:g} s {gaps[1]:.2f} %, CP-SAT alone {other:.2f} % "
              f"({len(with_peer)} of {len(rows)} solved)", flush=True)  # fmt: skip


def large_case(activities: int, people: int, skills: int, versatility: float, *, place: int) -> SkillProblem:
    """Return a larger problem by its number."""
    return free_case(
        random.Random(f"{activities} {place}"),
        activities=activities,
        people=people,
        skills=skills,
        versatility=versatility,
        teams=(1, 2, 2, 3, 4, 5),
    )


def first_note(problem: SkillProblem) -> tuple[float, int]:
    """Return the CPU seconds until the first checked schedule is told, from the problem on, and its length."""
    told: list[tuple[float, int]] = []
    fresh = SkillProblem(
        activities=problem.activities,
        links=problem.links,
        resources=problem.resources,
        skills=problem.skills,
        people=problem.people,
    )
    begun = time.process_time()
    level_skills(fresh, on_progress=lambda each: told.append((time.process_time() - begun, each.makespan)))
    return told[0]


def alone(problem: SkillProblem, seconds: float) -> tuple[int | None, int]:
    """Return the length that CP-SAT alone finds, `None` if it finds none, and its bound."""
    from ortools.sat.python import cp_model

    compiled = compile_skills(problem)
    model = Model(cp_model, compiled, bound=0, most=problem.horizon)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    begun = time.process_time()
    statuses: list[object] = []
    worker = threading.Thread(target=lambda: statuses.append(solver.solve(model.model)))
    worker.start()
    while worker.is_alive():
        worker.join(0.05)
        if time.process_time() - begun > 2 * seconds:
            solver.stop_search()
    bound = int(solver.best_objective_bound)
    if statuses[0] not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None, bound
    found = model.found(solver)
    check_people(problem, compiled.plain.starts(found.starts), people_of(compiled, found.teams))
    return found.end, bound


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--known", action="store_true")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--instances", type=int, default=3)
    parser.add_argument("--seeds", type=lambda text: [int(each) for each in text.split(",")], default=[1])
    parser.add_argument("--peer", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    plain = [first_note(large_case(300, 60, 10, 0.2, place=place))[0] for place in range(3)]
    print(f"300 x 60 by plain kernels: first checked schedule after {1000 * statistics.median(plain):.0f} ms")
    level_skills(free_case(random.Random(1), activities=12, people=5, skills=3), schedules=200)
    if options.known:
        known(options)
    if options.large:
        large(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
