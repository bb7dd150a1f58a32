"""Warn of simulated executions that turn bad: false alarms, what is found and how early.

    python benchmarks/forecast_trouble.py [DATA_DIR] [--runs 400] [--history 60] [--rate 0.1]

DATA_DIR holds `j30.zip` and `j120.zip` (default: `../shared/data/rcpsp`).  Executions are those of `executions.py`, seen 25 times in their
planned duration (weekly in a project of half a year).  An execution is sound if it ends no later than 1.25 times its plan.
Thresholds are learned from a history of other executions.  Two kinds are watched: projects whose bias is there from the start, and
projects in which every task planned after 40 % of the plan takes 1.8 times as long, all of which count as bad.  Told are, over ten histories: the share of
sound projects that was warned of (asked for: the rate), of the bad ones that was, when, and the same for CPI and SPI below 0.9
three times running, as many a rule book has it.
"""

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from executions import Execution, execute, projects

from kaname.engine.forecast import Track, WatchedProject, learn_watch

SOUND = 1.25
LOOKS = 25
TURN_AT, TURN = 0.4, 1.8
HISTORIES = 10
RULE_BELOW, RULE_TIMES = 0.9, 3


@dataclass(frozen=True)
class Watched:
    """A track with what its project took and where it turned, as shares of the plan."""

    track: Track
    duration: float
    turned_at: float

    @property
    def is_sound(self) -> bool:
        """Whether it ended in time and did not turn on the way."""
        return self.duration <= SOUND and not self.turned_at


def main() -> int:
    """Print the tables."""
    options = _options()
    for name in ("j30", "j120"):
        begun = time.process_time()
        dice = np.random.default_rng(options.seed)
        known = projects(options.data, name)
        histories = [[_watched(known, place, dice) for place in range(options.history)] for _ in range(HISTORIES)]
        tests = {
            "from the start": [_watched(known, place, dice) for place in range(options.runs)],
            "turned": [_watched(known, place, dice, turn=TURN) for place in range(options.runs)],
        }
        for label, watched in tests.items():
            found = [_warned(history, watched, options.rate) for history in histories]
            _print(f"{name} {label}, history of {options.history}", watched, found)
            _print(f"{name} {label}, rule of {RULE_BELOW}", watched, [[_ruled(each.track) for each in watched]])
        print(f"  {time.process_time() - begun:.0f} s CPU")
    return 0


def _watched(known: list, place: int, dice: np.random.Generator, turn: float = 1.0) -> Watched:
    done = execute(known[place % len(known)], dice)
    project = done.project
    turned_at = TURN_AT if turn > 1 else 0.0
    if turn > 1:
        days = np.where(project.baseline[0] >= TURN_AT * project.duration, done.days * turn, done.days)
        done = Execution(project, days, *project.dates(days))
        late = project.baseline[0] >= TURN_AT * project.duration
        turned_at = float(done.start[late].min()) / project.duration
    times = np.arange(1, 1000) * project.duration / LOOKS
    times = times[times < done.duration].tolist()
    return Watched(
        done.track(times, [done.shares(each) for each in times]), done.duration / project.duration, turned_at
    )


def _warned(history: list[Watched], watched: list[Watched], rate: float) -> list[float | None]:
    watch = learn_watch(
        [WatchedProject(track=each.track, is_sound=each.is_sound) for each in history], false_alarm_rate=rate
    )
    alarms = [watch.first_alarm(each.track) for each in watched]
    return [
        None if alarm is None else alarm.time / each.track.planned_duration
        for alarm, each in zip(alarms, watched, strict=True)
    ]


def _ruled(track: Track) -> float | None:
    running = 0
    for each in track.snapshots:
        is_low = (
            min(each.earned / each.planned, each.earned / (each.spent or 1.0)) < RULE_BELOW if each.planned else False
        )
        running = running + 1 if is_low else 0
        if running == RULE_TIMES:
            return each.time / track.planned_duration
    return None


def _print(label: str, watched: list[Watched], found: list[list[float | None]]) -> None:
    sound = [place for place, each in enumerate(watched) if each.is_sound]
    false = [sum(row[place] is not None for place in sound) / max(len(sound), 1) for row in found]
    pairs = [(at, each) for row in found for at, each in zip(row, watched, strict=True) if not each.is_sound]
    told = [(at, each) for at, each in pairs if at is not None]
    life = [at / each.duration for at, each in told]
    after = [at - each.turned_at for at, each in told if at >= each.turned_at]
    warned = (
        f"false {100 * np.mean(false):5.1f} % ({100 * min(false):.1f} to {100 * max(false):.1f}) of {len(sound)}, "
        if sound
        else ""
    )
    print(
        f"  {label:40} {warned}found {100 * len(told) / len(pairs):5.1f} % of {len(watched) - len(sound)}, after {100 * np.median(life):.0f} % of their life "
        f"(quarter by {100 * np.percentile(life, 25):.0f} %), {100 * np.median(after):.0f} % of the plan after the turn; "
        f"before the turn {100 * (1 - len(after) / len(told)):.0f} %"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    default = Path(__file__).resolve().parents[2] / "shared" / "data" / "rcpsp"
    parser.add_argument("data", type=Path, nargs="?", default=default)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--history", type=int, default=60)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
