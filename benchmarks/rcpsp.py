"""Level public problems and compare with the best lengths known.

    python benchmarks/rcpsp.py DATA_DIR --set j120 --sample 20 --seconds 10 [--peer] [--seed 1]
    python benchmarks/rcpsp.py DATA_DIR --set j120 --schedules 50000

`DATA_DIR` holds `j30.zip`, `j60.zip`, `j120.zip`, `mplib.zip` and `bks.csv` (problem, category, instance, best known).  A
sample is spread evenly over the set in natural order.  Seconds are core-equivalent: T seconds are 2 T seconds of CPU of the
process, what T seconds on two idle cores give.  Prints the mean gap to the best known, over all and over those where the
critical path is not the answer, and the mean deviation from the critical path (devCPM).  With `--peer` CP-SAT alone (two
workers, the same time, no hint) solves the same instances in the same run, turn by turn.  Every schedule has passed the
independent checker.
"""

import argparse
import csv
import re
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from kaname.engine.leveling import Problem, level
from kaname.engine.leveling.compile import compile_problem
from kaname.formats.psplib import read_psplib

CATEGORIES = {"j30": "PSPLIB-J30", "j60": "PSPLIB-J60", "j90": "PSPLIB-J90", "j120": "PSPLIB-J120", "mplib": "Set1.3"}


def instances(folder: Path, name: str, sample: int | None) -> Iterator[tuple[str, Problem]]:
    """Yield the problems of a set, or of a sample spread evenly over it."""
    with zipfile.ZipFile(folder / f"{name}.zip") as archive:
        names = sorted(archive.namelist(), key=lambda each: [int(digits) for digits in re.findall(r"\d+", each)])
        chosen = names if sample is None else [names[place * len(names) // sample] for place in range(sample)]
        for each in chosen:
            yield each, read_psplib(archive.read(each), file=each)


def best_known(folder: Path, name: str) -> dict[str, int]:
    """Return the best known lengths of a set by instance."""
    with (folder / "bks.csv").open() as lines:
        return {
            row["instance"]: int(row["bks"]) for row in csv.DictReader(lines) if row["category"] == CATEGORIES[name]
        }


def critical_path(problem: Problem) -> int:
    """Return the length by links alone."""
    web = compile_problem(problem).forward
    return max(int(head + tail) for head, tail in zip(web.bound, web.tail, strict=True))


def cpu_left(seconds: float) -> Callable[[], float]:
    """Return a clock that counts core-equivalent seconds down."""
    begun = time.process_time()
    return lambda: seconds - (time.process_time() - begun) / 2


def peer(problem: Problem, seconds: float) -> int:
    """Return the length that CP-SAT alone finds."""
    from ortools.sat.python import cp_model

    from kaname.engine.leveling.proof import _model

    model, _, end = _model(cp_model, problem, bound=0, most=problem.horizon)
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = 4 * seconds
    solver.parameters.num_workers = 2
    begun = time.process_time()

    class Stop(cp_model.CpSolverSolutionCallback):
        def on_best_bound(self, _bound: float) -> None:
            if time.process_time() - begun > 2 * seconds:
                solver.stop_search()

    solver.solve(model)
    return int(solver.value(end))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", choices=CATEGORIES, default="j120")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--schedules", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    known = best_known(options.folder, options.set)
    gaps: dict[str, list[float]] = {"kaname": [], "cp-sat": []}
    deviations, trivial, optimal, made = [], [], 0, 0
    level(next(instances(options.folder, options.set, None))[1], schedules=500)
    begun = time.process_time()
    for name, problem in instances(options.folder, options.set, options.sample):
        best, path = known[name], critical_path(problem)
        left = None if options.seconds is None else cpu_left(options.seconds)
        found = level(problem, seed=options.seed, schedules=options.schedules, time_left=left)
        gaps["kaname"].append(100 * (found.makespan - best) / best)
        deviations.append(100 * (found.makespan - path) / path)
        trivial.append(best == path)
        optimal += found.status == "optimal"
        made += found.schedules
        line = f"{name:24} best known {best:5} found {found.makespan:5} bound {found.lower_bound:5}"
        if options.peer:
            other = peer(problem, options.seconds)
            gaps["cp-sat"].append(100 * (other - best) / best)
            line += f" cp-sat {other:5}"
        if not options.quiet:
            print(f"{line} schedules {found.schedules}", flush=True)
    spent = time.process_time() - begun
    for solver, values in gaps.items():
        if values:
            hard = [value for value, easy in zip(values, trivial, strict=True) if not easy]
            print(f"{solver}: mean gap {statistics.mean(values):.3f} %, of the {len(hard)} not trivial "
                  f"{statistics.mean(hard or [0]):.3f} %")  # fmt: skip
    print(f"devCPM {statistics.mean(deviations):.3f} %, proved optimal {optimal} of {len(deviations)}, "
          f"{made / spent:.0f} schedules per CPU second, {spent:.0f} CPU s")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
