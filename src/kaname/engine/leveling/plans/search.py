"""The search for better levelled plans: islands of populations, side by side, in epochs of a fixed amount of work."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.plans.arrays import FOLLOWS
from kaname.engine.leveling.plans.bench import Bench
from kaname.engine.leveling.plans.evolving import BEST, DONE, FILLED, STATE, Pool
from kaname.engine.leveling.plans.jit import Kernels, compiled_kernels
from kaname.engine.leveling.plans.judging import MEASURES, Goals
from kaname.engine.leveling.plans.model import PlanModel

_SIZE: Final = 60
_CYCLE: Final = 6_000
_EPOCH_WORK: Final = 200_000
"""Placements of tasks in an epoch: about a tenth of a second."""
_LEAST_SPREAD: Final = 2 * 1440
_NONE: Final = 1 << 40

type TimeLeft = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The starts of a schedule by position, its costs in order of importance, and how many schedules were made."""

    starts: Any
    costs: tuple[int, ...]
    schedules: int


class _Island:
    """One population on a bench of its own."""

    def __init__(
        self,
        model: PlanModel,
        kernels: Kernels,
        *,
        goals: Goals,
        grade: Any,
        late: Any,
        seeds: Sequence[Found],
        seed: int,
    ) -> None:
        self.bench = Bench(model, kernels)
        self.goals = goals
        self.dice = np.array([seed, 0], dtype=np.int64)
        self.state = np.zeros(STATE, dtype=np.int64)
        count = model.size
        movers = np.flatnonzero(model.limits.role != FOLLOWS).astype(np.int64)
        self.pool = Pool(
            size=_SIZE,
            cycle=_CYCLE,
            spread=min(int(np.ptp(late[movers])) + _LEAST_SPREAD, (1 << 31) - 2),
            starts=np.zeros(_SIZE * count, dtype=np.int64),
            costs=np.zeros((_SIZE + 1) * MEASURES, dtype=np.int64),
            trace=np.zeros(_SIZE, dtype=np.int64),
            movers=movers,
            grade=grade,
            late=late,
            **{name: np.zeros(count, dtype=np.int64) for name in ("keys", "order", "waiting", "heap")},
            measures=np.zeros(MEASURES, dtype=np.int64),
        )
        for place, found in enumerate(sorted(seeds, key=lambda each: each.costs)):
            self.pool.starts[place * count : (place + 1) * count] = found.starts  # type: ignore[index]
            self.pool.costs[place * MEASURES : (place + 1) * MEASURES] = found.costs  # type: ignore[index]
        self.state[FILLED] = len(seeds)

    @property
    def costs(self) -> tuple[int, ...]:
        """Return the costs of the best schedule."""
        at = int(self.state[BEST]) * MEASURES
        return tuple(self.pool.costs[at : at + MEASURES].tolist())  # type: ignore[index,attr-defined]

    @property
    def starts(self) -> Any:
        """Return the starts of the best schedule."""
        count = self.bench.model.size
        at = int(self.state[BEST]) * count
        return self.pool.starts[at : at + count].copy()  # type: ignore[index,attr-defined]

    @property
    def schedules(self) -> int:
        """Return how many schedules were made."""
        return int(self.state[DONE])

    def run(self, pause: int) -> None:
        """Evolve until so many schedules are made in all."""
        bench, model = self.bench, self.bench.model
        bench.kernels.evolve(
            pause, bench.eras, bench.days, bench.nodes, bench.before, bench.after, bench.extras, bench.dates,
            bench.takes, bench.whole, bench.lines, bench.stays, bench.limits, bench.waits, self.goals, self.pool, self.state,
            self.dice, model.network.origin, model.floor,
        )  # fmt: skip

    def receive(self, other: "_Island") -> None:
        """Take in the best schedule of another island in the place of the worst."""
        count = self.bench.model.size
        costs = [tuple(self.pool.costs[place * MEASURES : (place + 1) * MEASURES]) for place in range(_SIZE)]  # type: ignore[index]
        worst = max((place for place in range(_SIZE) if place != self.state[BEST]), key=lambda place: costs[place])
        self.pool.starts[worst * count : (worst + 1) * count] = other.starts  # type: ignore[index]
        self.pool.costs[worst * MEASURES : (worst + 1) * MEASURES] = other.costs  # type: ignore[index]
        if other.costs < self.costs:
            self.state[BEST] = worst


def search(
    model: PlanModel,
    *,
    goals: Goals,
    grade: Any,
    late: Any,
    seeds: Sequence[Found],
    is_enough: Callable[[Found], bool],
    seed: int,
    islands: int,
    threads: int,
    schedules: int | None,
    time_left: TimeLeft,
    on_epoch: Callable[[Found], None],
) -> Found:
    """Improve schedules until time or schedules are used up, or one is good enough.

    The same seed and number of schedules give the same result whatever the number of threads; time is looked at between
    epochs only.

    Parameters
    ----------
    grade, late
        By position, what comes before every other key, and latest starts.
    seeds
        Schedules that are there already, at least one.
    """
    found = min(seeds, key=lambda each: each.costs)
    if not (model.limits.role != FOLLOWS).any():
        return found
    kernels = compiled_kernels()
    made = [
        _Island(model, kernels, goals=goals, grade=grade, late=late, seeds=seeds, seed=_mixed(seed, place))
        for place in range(islands)
    ]
    left = _NONE if schedules is None else max(0, schedules - found.schedules)
    most = [left // islands + (place < left % islands) for place in range(islands)]
    epoch = max(8, _EPOCH_WORK // max(1, model.size))
    turn = 0
    with ThreadPoolExecutor(max_workers=threads) as workers:
        while (
            time_left() > 0
            and not is_enough(found)
            and any(island.schedules < limit for island, limit in zip(made, most, strict=True))
        ):
            pauses = [min(limit, island.schedules + epoch) for island, limit in zip(made, most, strict=True)]
            jobs = [workers.submit(island.run, pause) for island, pause in zip(made, pauses, strict=True)]
            for job in jobs:
                job.result()
            best = min(made, key=lambda island: island.costs)
            total = seeds[-1].schedules + sum(island.schedules for island in made)
            found = Found(starts=best.starts, costs=best.costs, schedules=total)
            on_epoch(found)
            turn += 1
            if turn % 5 == 0:
                _exchange(made)
    return found


def _exchange(made: Sequence[_Island]) -> None:
    if any(island.state[FILLED] < _SIZE for island in made):
        return
    for place, island in enumerate(made):
        if made[place - 1].costs < island.costs:
            island.receive(made[place - 1])


def _mixed(seed: int, place: int) -> int:
    return (seed * 0x9E3779B1 + place * 0x85EBCA77) & 0xFFFFFFFF
