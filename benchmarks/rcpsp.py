"""Level public problems and compare with the best lengths known.

    python benchmarks/rcpsp.py DATA_DIR --set j120 --sample 20 --seconds 10 [--peer] [--seeds 1 2 3] [--record FILE]
    python benchmarks/rcpsp.py DATA_DIR --set j120 --schedules 50000
    python benchmarks/rcpsp.py DATA_DIR --set mplib --sample 12 --ends --seconds 10
    python benchmarks/rcpsp.py DATA_DIR --set mpsplib --seconds 1

`DATA_DIR` holds `j30.zip`, `j60.zip`, `j120.zip`, `mplib.zip`, `mpsplib.zip` and `bks.csv` (problem, category, instance, best
known).  A sample is spread evenly over the set in natural order; with `--ends` it has the first and the last.  Seconds are
core-equivalent: T seconds are 2 T seconds of CPU of the process, what T seconds on two idle cores give.

Prints, for each seed and as the median of the seeds, the mean gap to the best known, over all and over those where the critical
path is not the answer, the mean gap of our lower bound (no schedule can be below), and the mean deviation from the critical
path (devCPM).  With `--peer` CP-SAT alone (two workers, the same time, no hint) solves the same instances in the same run, turn
by turn.  For MPSPLIB, whose best lengths known are not public, the yardstick is the parallel scheme with least slack first (P-SGS
and MINSLK), the rule that the best published macro for MS Project follows.

With `--record` finished instances are kept in a file of JSON lines and not solved again: a run may be cut and taken up.
Every schedule has passed the independent checker.
"""

import argparse
import csv
import json
import re
import statistics
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from kaname.engine.leveling import Activity, Demand, Link, Problem, Resource, check_schedule, level
from kaname.engine.leveling.bounds import lower_bound
from kaname.engine.leveling.compile import compile_problem
from kaname.formats.psplib import read_psplib

CATEGORIES = {
    "j30": "PSPLIB-J30",
    "j60": "PSPLIB-J60",
    "j90": "PSPLIB-J90",
    "j120": "PSPLIB-J120",
    "mplib": "Set1.3",
    "mpsplib": "",
}


def instances(folder: Path, name: str, sample: int | None, *, has_ends: bool = False) -> Iterator[tuple[str, Problem]]:
    """Yield the problems of a set, or of a sample spread evenly over it."""
    with zipfile.ZipFile(folder / f"{name}.zip") as archive:
        names = sorted(archive.namelist(), key=lambda each: [int(digits) for digits in re.findall(r"\d+", each)])
        chosen = names
        if sample is not None and has_ends:
            chosen = [names[round(place * (len(names) - 1) / (sample - 1))] for place in range(sample)]
        elif sample is not None:
            chosen = [names[place * len(names) // sample] for place in range(sample)]
        for each in chosen:
            text = archive.read(each)
            yield each, read_mpsplib(text) if name == "mpsplib" else read_psplib(text, file=each)


def read_mpsplib(text: bytes) -> Problem:
    """Read a portfolio of MPSPLIB: activities as (duration, lag, predecessors, units by resource)."""
    found = json.loads(text)
    activities, links = [], []
    for uid, (duration, lag, predecessors, units) in enumerate(found["acts"]):
        demands = tuple(Demand(resource=int(place), units=amount) for place, amount in units.items())
        activities.append(Activity(uid=uid, duration=duration, demands=demands))
        links += [Link(before_uid=before, after_uid=uid, lag=lag) for before in predecessors]
    resources = tuple(Resource(name=f"R{place}", capacity=units) for place, units in enumerate(found["cap"]))
    return Problem(activities=tuple(activities), links=tuple(links), resources=resources)


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
    solver.parameters.num_workers = 2
    begun, is_over = time.process_time(), threading.Event()

    def watch() -> None:
        while not is_over.wait(0.05):
            if time.process_time() - begun > 2 * seconds:
                solver.stop_search()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        solver.solve(model)
    finally:
        is_over.set()
        watcher.join()
    return int(solver.value(end))


def least_slack(problem: Problem) -> int:
    """Return the length by the parallel scheme, the activity with the least slack first (P-SGS and MINSLK)."""
    web = compile_problem(problem).forward
    path = critical_path(problem)
    rows = compile_problem(problem).rows
    slack = {place: path - int(web.bound[row] + web.tail[row]) for row, place in enumerate(rows)}
    order = sorted(slack, key=lambda place: (slack[place], place))
    held: dict[int, list[tuple[int, int]]] = {}
    for link in problem.links:
        held.setdefault(problem.places[link.after_uid], []).append(
            (problem.places[link.before_uid], problem.start_lag(link))
        )
    starts: dict[int, int] = {}
    moment = 0
    free = [resource.capacity for resource in problem.resources]
    running: list[tuple[int, int]] = []
    while len(starts) < len(order):
        for end, place in [each for each in running if each[0] <= moment]:
            running.remove((end, place))
            for demand in problem.activities[place].demands:
                free[demand.resource] += demand.units
        is_open = True
        while is_open:
            is_open = False
            for place in order:
                if place in starts or any(
                    before not in starts or starts[before] + lag > moment for before, lag in held.get(place, ())
                ):
                    continue
                activity = problem.activities[place]
                if all(free[demand.resource] >= demand.units for demand in activity.demands):
                    starts[place] = moment
                    is_open = True
                    if activity.duration:
                        running.append((moment + activity.duration, place))
                        for demand in activity.demands:
                            free[demand.resource] -= demand.units
        moment += 1
    made = tuple(starts[place] for place in range(len(problem.activities)))
    check_schedule(problem, made)
    return max(start + each.duration for start, each in zip(made, problem.activities, strict=True))


def solved(name: str, problem: Problem, known: int | None, options: argparse.Namespace, seed: int) -> dict[str, object]:
    """Solve an instance and return what is to be recorded."""
    left = None if options.seconds is None else cpu_left(options.seconds)
    begun = time.process_time()
    found = level(problem, seed=seed, schedules=options.schedules, time_left=left)
    spent = time.process_time() - begun
    record: dict[str, object] = {
        "instance": name,
        "seed": seed,
        "best": least_slack(problem) if known is None else known,
        "path": critical_path(problem),
        "found": found.makespan,
        "bound": max(found.lower_bound, lower_bound(compile_problem(problem))),
        "schedules": found.schedules,
        "cpu": round(spent, 2),
    }
    if options.peer:
        begun = time.process_time()
        record["peer"] = peer(problem, options.seconds)
        record["peer_cpu"] = round(time.process_time() - begun, 2)
    return record


def judged(records: list[dict[str, int]]) -> dict[str, float]:
    """Return the means of a seed, in percent of the best known."""
    hard = [each for each in records if each["best"] != each["path"]]

    def mean(name: str, over: list[dict[str, int]]) -> float:
        return statistics.mean([100 * (each[name] - each["best"]) / each["best"] for each in over] or [0.0])

    said = {
        "gap": mean("found", records),
        "gap of the hard": mean("found", hard),
        "gap of bound": mean("bound", records),
    }
    if all("peer" in each for each in records):
        said |= {"cp-sat": mean("peer", records), "cp-sat of the hard": mean("peer", hard)}
        said["ratio"] = said["gap"] / said["cp-sat"] if said["cp-sat"] else 0.0
    said["devCPM"] = statistics.mean(100 * (each["found"] - each["path"]) / each["path"] for each in records)
    said["optimal"] = sum(each["found"] == each["bound"] for each in records)
    said["longer than best"] = sum(each["found"] > each["best"] for each in records)
    said["CPU s"] = sum(each["cpu"] for each in records)
    return said


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", choices=CATEGORIES, default="j120")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--ends", action="store_true", help="let the sample have the first and the last")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--schedules", type=int)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--record", type=Path, help="keep finished instances in this file and take the run up from it")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    known = best_known(options.folder, options.set)
    budget = [options.set, options.seconds, options.schedules, options.peer]
    lines = options.record.read_text().splitlines() if options.record and options.record.exists() else []
    done = {(one["instance"], one["seed"]): one for one in map(json.loads, lines) if one["budget"] == budget}
    level(next(instances(options.folder, "j30", None))[1], schedules=500)
    said = []
    for seed in options.seeds:
        records = []
        for name, problem in instances(options.folder, options.set, options.sample, has_ends=options.ends):
            record = done.get((name, seed))
            if record is None:
                record = {**solved(name, problem, known.get(name), options, seed), "budget": budget}
                if options.record:
                    with options.record.open("a") as file:
                        file.write(json.dumps(record) + "\n")
            records.append(record)
            if not options.quiet:
                print({key: value for key, value in record.items() if key != "budget"}, flush=True)
        said.append(judged(records))
        print(f"seed {seed}, {len(records)} instances:", *(f"{key} {value:.3f}" for key, value in said[-1].items()))
    if len(said) > 1:
        print("median:", *(f"{key} {statistics.median(each[key] for each in said):.3f}" for key in said[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
