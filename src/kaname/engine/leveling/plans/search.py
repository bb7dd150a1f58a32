"""The search for better levelled plans: islands of populations, side by side, in epochs of a fixed amount of work."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import log2
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.islands import TimeLeft, limits, seed_of
from kaname.engine.leveling.plans.arrays import FOLLOWS
from kaname.engine.leveling.plans.bench import Bench
from kaname.engine.leveling.plans.evolving import BEST, DONE, FILLED, STATE, Pool
from kaname.engine.leveling.plans.jit import Kernels, compiled_kernels, fitting
from kaname.engine.leveling.plans.judging import MEASURES, Goals
from kaname.engine.leveling.plans.model import PlanModel

_SIZES: Final = (16, 100)
"""The smallest and the largest population."""
_RATE: Final = 2_500_000
"""Placements of tasks per second that a time limit is planned with; faster machines begin another cycle."""
_LONGEST: Final = 86_400.0
_EPOCH_WORK: Final = 200_000
"""Placements of tasks in an epoch: about a tenth of a second."""
_LEAST_SPREAD: Final = 2 * 1440


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
        leans: bool,
        planned: int,
    ) -> None:
        self.bench = Bench(model, kernels)
        self.size = min(max(int(0.5 * planned**0.5), _SIZES[0], len(seeds)), _SIZES[1])
        self.goals = Goals(*(fitting(kernels, part) for part in goals))
        self.dice = fitting(kernels, np.array([seed, 0], dtype=np.int64))
        self.state = self.bench.room(STATE)
        self.pool = self._pool(grade, late, leans=leans)
        count = model.size
        for place, found in enumerate(sorted(seeds, key=lambda each: each.costs)):
            self.pool.starts[place * count : (place + 1) * count] = found.starts  # type: ignore[index]
            self.pool.costs[place * MEASURES : (place + 1) * MEASURES] = found.costs  # type: ignore[index]
        self.state[FILLED] = len(seeds)

    def _pool(self, grade: Any, late: Any, *, leans: bool) -> Pool:
        bench = self.bench
        count = bench.model.size
        movers = np.flatnonzero(bench.model.limits.role != FOLLOWS).astype(np.int64)
        return Pool(
            size=self.size,
            cycle=4 * self.size * self.size,
            spread=min(int(np.ptp(late[movers])) + _LEAST_SPREAD, (1 << 31) - 2),
            leans=int(leans),
            axis=bench.model.network.book.project,
            starts=bench.room(self.size * count),
            costs=bench.room((self.size + 2) * MEASURES),
            trace=bench.room(self.size),
            movers=fitting(bench.kernels, movers),
            grade=fitting(bench.kernels, grade),
            late=fitting(bench.kernels, late),
            measures=bench.room(MEASURES),
            **{name: bench.room(count) for name in ("keys", "order", "waiting", "heap", "leant", "lengths", "first")},
        )

    @property
    def costs(self) -> tuple[int, ...]:
        """Return the costs of the best schedule."""
        at = int(self.state[BEST]) * MEASURES
        return tuple(int(cost) for cost in self.pool.costs[at : at + MEASURES])  # type: ignore[index,attr-defined]

    @property
    def starts(self) -> Any:
        """Return the starts of the best schedule."""
        count = self.bench.model.size
        at = int(self.state[BEST]) * count
        return np.array(self.pool.starts[at : at + count], dtype=np.int64)  # type: ignore[index]

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
        costs = [tuple(self.pool.costs[place * MEASURES : (place + 1) * MEASURES]) for place in range(self.size)]  # type: ignore[index]
        worst = max((place for place in range(self.size) if place != self.state[BEST]), key=lambda place: costs[place])
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
    leans: bool,
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
    leans
        Whether schedules are justified: good where what is early is better.
    """
    found = min(seeds, key=lambda each: each.costs)
    if not (model.limits.role != FOLLOWS).any():
        return found
    kernels = compiled_kernels()
    planned = _planned(schedules, time_left(), islands=islands, count=model.size)
    made = [
        _Island(
            model,
            kernels,
            goals=goals,
            grade=grade,
            late=late,
            seeds=seeds,
            seed=seed_of(seed, place),
            leans=leans,
            planned=planned,
        )
        for place in range(islands)
    ]
    most = limits(None if schedules is None else schedules - found.schedules, islands)
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
    if any(island.state[FILLED] < island.size for island in made):
        return
    for place, island in enumerate(made):
        if made[place - 1].costs < island.costs:
            island.receive(made[place - 1])


def _planned(schedules: int | None, seconds: float, *, islands: int, count: int) -> int:
    """Return how many schedules an island will make; from a time, a power of two."""
    if schedules is not None:
        return max(1, schedules // islands)
    return 1 << int(log2(max(32.0, min(seconds, _LONGEST) * _RATE / max(1, count))))
