"""`kaname simulate FILE`: how probable the dates of a plan file are.

All open tasks get one distribution, as a factor of their remaining duration; `--spread` and `--correlation` say which.  Tables of
`--estimates` and `--events` bring distributions of single tasks and risk events.  With
`--json` the answer is an object: `file`, `runs`, `seed`, `spread`, `correlation`, `planned_finish` and its `confidence`,
`finish` and `cost` (percentile to local ISO time or minor units; `cost` is `null` where the file has no rates),
`half_width_days` (half the 95 % interval of P80), `cancelled`, and `tasks`, the most influential first, with `uid`, `name`,
`criticality`, `ssi`, `cruciality`, `mean_hours`, `deviation_hours`, `finish_if_short_hours`, `finish_if_long_hours`.
With `--shared-people` every run waits for the people assigned to its tasks, and `without_shared_people` tells `planned_finish`,
`confidence` and `finish` of the same runs without; it is missing where the simulation was ended before it could be told.
Progress goes to standard error; Ctrl-C ends the simulation with what there is.
"""

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from kaname.engine.network import PlanError
from kaname.engine.network.plan import Plan
from kaname.engine.simulation import (
    Pert,
    Question,
    RiskEvent,
    Simulation,
    SpreadError,
    TaskInfluence,
    TaskRisk,
    remaining_costs,
    same_for_all,
    simulate,
    simulate_shared,
)
from kaname.engine.simulation.types import MOST_RUNS
from kaname.engine.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, wall_moment
from kaname.formats.types import FileRefused
from kaname.site.cli.plan_files import add_file_arguments, file_bytes, print_json, printed, read_plan, refuse
from kaname.site.cli.sentences import chosen_language
from kaname.site.cli.simulate_page import print_page
from kaname.site.cli.words import gettext_noop, say

PERCENTILES: Final = (1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99)
_MOST_FACTOR: Final = 100.0
_PREPARING: Final = gettext_noop("Preparing; on a machine that simulates for the first time this takes about a minute.")
_RUNS: Final = gettext_noop("%(done)s of %(total)s runs")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb."""
    add_file_arguments(parser)
    parser.add_argument("--runs", type=_count, default=10_000, metavar="N", help="how many runs; 10,000 by default")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same answer")
    parser.add_argument(
        "--spread", type=_spread, default=Pert(0.9, 1.0, 1.5), metavar="LOW,MODE,HIGH",
        help="best, most likely and worst remaining duration as factors (PERT); 0.9,1,1.5 by default",
    )  # fmt: skip
    parser.add_argument(
        "--correlation", type=_share, default=0.2, metavar="R",
        help="how much tasks come out late together, 0 to 1; 0.2 by default",
    )  # fmt: skip
    parser.add_argument(
        "--error-days", type=_days, default=0.0, metavar="D",
        help="end early when the 95 %% interval of P80 is no wider than this",
    )  # fmt: skip
    parser.add_argument(
        "--estimates", type=Path, metavar="TABLE",
        help="three-point estimates of tasks (CSV or XLSX), in working hours; the others follow --spread",
    )  # fmt: skip
    parser.add_argument("--events", type=Path, metavar="TABLE", help="risk events with their probability (CSV or XLSX)")
    parser.add_argument("--with-responses", action="store_true", help="take risk events as after their responses")
    parser.add_argument(
        "--shared-people", action="store_true",
        help="let every task wait until the people assigned to it are free, in every run",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Simulate a file and print what came out; return 0, or 1 where the file or its plan is refused."""
    try:
        plan = read_plan(options.file, project=options.project).plan
        question = Question(
            risks=_risks(options, plan),
            events=_events(options, plan),
            with_responses=options.with_responses,
            costs=remaining_costs(plan),
            runs=options.runs,
            seed=options.seed,
            error_days=options.error_days,
        )
        with _watched() as follow:
            done = simulate(plan, question, on_progress=follow)
            free = None
            if options.shared_people and not follow.is_told_to_end:
                free, done = done, simulate_shared(plan, question, on_progress=follow)
    except (FileRefused, PlanError) as refusal:
        return refuse(options, refusal)
    if options.json:
        return printed(lambda: print_json(_answer(options, plan, question, done, free)))
    has_cost = _has_cost(question)
    language = chosen_language(options.language)
    return printed(lambda: print_page(plan, done, free=free, has_cost=has_cost, language=language))


def _risks(options: argparse.Namespace, plan: Plan) -> tuple[TaskRisk, ...]:
    """Return the estimates of a table, and one spread for the tasks that it does not name."""
    usual = same_for_all(plan, options.spread, correlation=options.correlation)
    if options.estimates is None:
        return usual
    from kaname.formats.estimates import read_estimates

    path: Path = options.estimates
    told = read_estimates(file_bytes(path), file=path.name, plan=plan, first_factor=1)
    uids = {risk.task_uid for risk in told}
    return (*told, *(risk for risk in usual if risk.task_uid not in uids))


def _events(options: argparse.Namespace, plan: Plan) -> tuple[RiskEvent, ...]:
    if options.events is None:
        return ()
    from kaname.formats.estimates import read_events

    path: Path = options.events
    return read_events(file_bytes(path), file=path.name, plan=plan)


def _has_cost(question: Question) -> bool:
    return bool(question.costs) or any(event.before.cost or event.response_cost for event in question.events)


class _Follower:
    """Shows how far a simulation is, and remembers that it is to end."""

    def __init__(self) -> None:
        self.is_told_to_end = False
        self._is_seen = sys.stderr.isatty()
        if self._is_seen:
            print(say(_PREPARING), file=sys.stderr)

    def __call__(self, done: int, total: int) -> bool:
        if self._is_seen:
            end = "\n" if done == total else ""
            print(f"\r{say(_RUNS, done=f'{done:,}', total=f'{total:,}')}", end=end, file=sys.stderr, flush=True)
        return not self.is_told_to_end

    def interrupt(self, _number: int, _frame: FrameType | None) -> None:
        """End after this epoch on the first Ctrl-C, at once on the second."""
        if self.is_told_to_end:
            raise KeyboardInterrupt
        self.is_told_to_end = True


@contextmanager
def _watched() -> Iterator[_Follower]:
    follower = _Follower()
    before = signal.signal(signal.SIGINT, follower.interrupt)
    try:
        yield follower
    finally:
        signal.signal(signal.SIGINT, before)


def _answer(
    options: argparse.Namespace, plan: Plan, question: Question, done: Simulation, free: Simulation | None
) -> dict[str, object]:
    names = {task.uid: task.name for task in plan.tasks}
    spread: Pert = options.spread
    return {
        "file": options.file.name,
        "runs": done.runs,
        "seed": done.seed,
        "spread": [spread.low, spread.mode, spread.high],
        "correlation": options.correlation,
        **_finish(done),
        **({} if free is None else {"without_shared_people": _finish(free)}),
        "cost": {f"P{each}": done.cost_percentile(each) for each in PERCENTILES} if _has_cost(question) else None,
        "half_width_days": round(done.half_width_minutes / MINUTES_PER_DAY, 3),
        "cancelled": done.is_cancelled,
        "tasks": [_influence(each, names) for each in done.influences],
    }


def _finish(done: Simulation) -> dict[str, object]:
    planned = done.planned_finish_at
    is_empty = planned is None
    return {
        "planned_finish": _moment(planned),
        "confidence": None if planned is None else round(done.finish_confidence(planned), 4),
        "finish": {} if is_empty else {f"P{each}": _moment(done.finish_percentile(each)) for each in PERCENTILES},
    }


def _influence(influence: TaskInfluence, names: dict[int, str]) -> dict[str, object]:
    return {
        "uid": influence.task_uid,
        "name": names[influence.task_uid],
        "criticality": round(influence.criticality, 4),
        "ssi": round(influence.ssi, 4),
        "cruciality": round(influence.cruciality, 4),
        "mean_hours": round(influence.mean_minutes / MINUTES_PER_HOUR, 2),
        "deviation_hours": round(influence.deviation_minutes / MINUTES_PER_HOUR, 2),
        "finish_if_short_hours": _hours(influence.finish_if_short),
        "finish_if_long_hours": _hours(influence.finish_if_long),
    }


def _hours(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes / MINUTES_PER_HOUR, 2)


def _moment(minute: int | None) -> str | None:
    return None if minute is None else wall_moment(minute).isoformat()


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_RUNS:
        raise argparse.ArgumentTypeError(f"between 1 and {MOST_RUNS}")
    return number


def _spread(text: str) -> Pert:
    try:
        low, mode, high = (float(part) for part in text.split(","))
        spread = Pert(low, mode, high)
    except (ValueError, SpreadError) as error:
        raise argparse.ArgumentTypeError("three rising factors such as 0.9,1,1.5") from error
    if low < 0 or high > _MOST_FACTOR:
        raise argparse.ArgumentTypeError(f"factors between 0 and {_MOST_FACTOR:g}")
    return spread


def _share(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError("between 0 and 1")
    return number


def _days(text: str) -> float:
    number = float(text)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError("0 or more days")
    return number
