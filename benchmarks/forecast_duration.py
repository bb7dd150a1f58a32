"""Forecast the finish of simulated executions, by earned value and by the network with a learned bias.

    python benchmarks/forecast_duration.py [DATA_DIR] [--set j30] [--runs 400] [--noise 0.5] [--unreported]

DATA_DIR holds `j30.zip` and `j120.zip` (default: `../shared/data/rcpsp`).  Per set 20 instances are carried out 20 times each as
`executions.py` tells, and forecast at each tenth of their life: three forecasts early, three in the middle, three late.
Mean, variances and how far to trust reports are learned from 40 other executions; nothing of the simulator is given.  Prints the
mean absolute percentage error by third, the mean percentage error, how often P10, P50, P80 and P90 of the network held, and
the ratio to ES-SPI(t).  Bar: at most 0.75 on both sets.  Below them the
combined forecast, each execution by weights learned from nine tenths of the others.  `--noise` disturbs the reported shares, for all methods alike;
`--unreported` keeps them from the network, though not from earned value.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from executions import DAY, START_AT, TENTHS, execute, projects

from kaname.engine.forecast import (
    Method,
    Outcome,
    Quantity,
    StoredForecast,
    Track,
    duration_estimates,
    forecast_finish,
    learn_bias,
    learn_combination,
    replay,
    score,
)
from kaname.engine.network import warm_up
from kaname.engine.network.timebook import Timebook

BAR = 0.75
LEARNED_FROM = 40
HELD = (10, 50, 80, 90)


def main() -> int:
    """Print the tables."""
    options = _options()
    warm_up()
    missed = False
    for name in options.set or ["j30", "j120"]:
        missed |= not _measure(options, name)
    return int(missed)


def _measure(options: argparse.Namespace, name: str) -> bool:
    begun = time.process_time()
    dice = np.random.default_rng(options.seed)
    known = projects(options.data, name)
    closed = [execute(known[place % len(known)], dice).closed(options.noise, dice) for place in range(LEARNED_FROM)]
    if options.unreported:
        closed = [type(each)(ratios=each.ratios) for each in closed]
    model = learn_bias(closed)
    book = Timebook(known[0].plan)
    clock = book.measure(book.project)
    errors: dict[str, list[list[float]]] = {}
    held = []
    stored: list[StoredForecast] = []
    outcomes: dict[str, Outcome] = {}
    for run in range(options.runs):
        done = execute(known[run % len(known)], dice)
        times = [tenth * done.duration for tenth in TENTHS]
        told = [done.reported(moment, options.noise, dice) for moment in times]
        track = done.track(times, told)
        row: dict[str, list[float]] = {}
        for place, moment in enumerate(times):
            for each in duration_estimates(track.up_to(place + 1)):
                value = track.planned_duration if each.value is None else each.value
                row.setdefault(each.method, []).append(value / done.duration - 1)
            plan, status_at = done.plan_at(moment, told[place], book)
            found = forecast_finish(plan, status_at=status_at, model=model, runs=options.draws, seed=run)
            days = {percent: clock.between(START_AT, found.at(percent)) / DAY for percent in HELD}
            row.setdefault(Method.NETWORK, []).append(days[50] / done.duration - 1)
            held.append([done.duration <= days[percent] for percent in HELD])
        outcomes[str(run)] = Outcome(duration=done.duration)
        for method, values in row.items():
            stored += _stored(str(run), method, track, [(1 + value) * done.duration for value in values])
            errors.setdefault(method, []).append(values)
    print(
        f"{name}: {options.runs} executions, learned from {model.projects} others with {model.tasks} tasks: mean {model.mean:.3f}, "
        f"project {model.project_deviation:.3f}, task {model.task_deviation:.3f}, reports {model.report_deviation}"
    )
    base = float(np.abs(errors[Method.EARNED_SCHEDULE]).mean())
    for method, rows in errors.items():
        found = 100 * np.abs(rows)
        thirds = " ".join(f"{found[:, 3 * third : 3 * third + 3].mean():6.2f}" for third in range(3))
        print(
            f"  {method:24}{thirds} all {found.mean():6.2f}  bias {100 * np.mean(rows):+6.2f}  "
            f"ratio {found.mean() / 100 / base:.3f}"
        )
    shares = 100 * np.mean(held, axis=0)
    print("  held: " + ", ".join(f"P{percent} {share:.1f} %" for percent, share in zip(HELD, shares, strict=True)))
    _combined(stored, outcomes, base)
    ratio = float(np.abs(errors[Method.NETWORK]).mean()) / base
    print(f"  {time.process_time() - begun:.0f} s CPU{'' if ratio <= BAR else '  BAR MISSED'}")
    return ratio <= BAR


def _stored(project: str, method: Method, track: Track, values: list[float]) -> list[StoredForecast]:
    return [
        StoredForecast(
            project=project, quantity=Quantity.DURATION, method=method, time=each.time, share=each.earned / track.budget, value=value
        )
        for each, value in zip(track.snapshots, values, strict=True)
    ]  # fmt: skip


def _combined(stored: list[StoredForecast], outcomes: dict[str, Outcome], base: float) -> None:
    """Print what one forecast would have been worth, its weights learned from the other executions."""
    played = replay(stored, outcomes, quantity=Quantity.DURATION)
    for each in score([*stored, *played], outcomes):
        if each.method == Method.COMBINED:
            held = "" if each.held is None else f"P10 to P90 held {100 * each.held:.1f} % of {each.held_projects}"
            phase = each.phase or f"all, ratio {each.error / base:.3f}"
            print(
                f"  combined {phase}: {100 * each.error:.2f} bias {100 * each.bias:+.2f} {held}, settled after {each.settled_after}"
            )
        elif each.phase is None:
            print(f"  {each.method} settled after {each.settled_after:.2f} of its life")
    weights = learn_combination(stored, outcomes, quantity=Quantity.DURATION)
    for share in (0.1, 0.5, 0.9):
        found = weights.combine(dict.fromkeys((each.method for each in stored), 1.0), share=share)
        print(
            f"  weights {found.phase}: "
            + ", ".join(f"{method} {weight:.2f}" for method, weight in found.weights.items())
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    default = Path(__file__).resolve().parents[2] / "shared" / "data" / "rcpsp"
    parser.add_argument("data", type=Path, nargs="?", default=default)
    parser.add_argument("--set", action="append")
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--draws", type=int, default=2600)
    parser.add_argument("--noise", type=float, default=0.0)
    parser.add_argument("--unreported", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
