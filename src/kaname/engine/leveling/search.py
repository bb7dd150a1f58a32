"""The population search: islands that evolve beside one another and exchange their best at the end of an epoch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.arrays import STATE_BEST, STATE_DONE, STATE_SIZE, Loads, Pool, Settings, Web
from kaname.engine.leveling.compile import Compiled
from kaname.engine.leveling.islands import TimeLeft, cycle_of, evolve_together, limits, seed_of
from kaname.engine.leveling.jit import Kernels, compiled_kernels
from kaname.engine.leveling.kernels.lists import mirror, read_list
from kaname.engine.leveling.kernels.placing import serial
from kaname.engine.leveling.kernels.steering import PASSES
from kaname.engine.leveling.objective import Target, guide

_CHILDREN: Final = 2
_RIVALS: Final = 3
_NEAR_SHARE: Final = 50
_SEEDED_NEAR_SHARE: Final = 70
_WINDOW_SHARE: Final = 50
_LEAST_WINDOW: Final = 10
_LARGE: Final = 600
"""From so many activities on windows are used more often and may be narrower: there is more that can be kept."""
_LARGE_WINDOW_SHARE: Final = 80
_LARGE_LEAST_WINDOW: Final = 5
_LEAST: Final = 4
_SIZES: Final = (20, 1_000)
"""The smallest and the largest population."""
_RATE: Final = 9_000_000
_LARGE_RATE: Final = 6_500_000
"""Placements of activities per second that a time limit is planned with; faster machines begin another cycle."""
_EPOCH_WORK: Final = 600_000
"""Placements of activities in an epoch: about a twentieth of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A schedule in the order of the arrays, its end - or its cost, where that is sought -, and how many were made."""

    starts: Sequence[int]
    end: int
    schedules: int


class Island:
    """One population, its dice and its room to work in; with a target it is steered towards a low cost."""

    def __init__(
        self, compiled: Compiled, *, seed: int, cycle: int, first: Found, target: Target | None = None
    ) -> None:
        self.target = target
        self.guided = (
            compiled.forward if target is None else compiled.forward._replace(tail=guide(compiled, target.aims))
        )
        is_large = len(compiled.rows) >= _LARGE
        lists = cycle if target is None else cycle // PASSES
        size = min(max(int(1.1 * lists**0.5), _SIZES[0]), _SIZES[1])
        self.settings = Settings(
            children=_CHILDREN,
            window_share=_LARGE_WINDOW_SHARE if is_large else _WINDOW_SHARE,
            least_window=_LARGE_LEAST_WINDOW if is_large else _LEAST_WINDOW,
            insertion_share=100,
            most_insertions=1,
            accept_share=100,
            parallel_share=50,
            near_share=_near_share(target),
            rivals=_RIVALS,
            least=_LEAST,
            cycle=cycle,
        )
        self.compiled = compiled
        self.dice = np.array([seed, 0], dtype=np.int64)
        self.state = np.zeros(STATE_SIZE, dtype=np.int64)
        self.state[STATE_BEST] = first.end
        self.pool = _pool(compiled, size, is_stable=target is not None and bool(target.aims.is_stable))
        self.pool.best[:] = first.starts

    @property
    def end(self) -> int:
        """Return the end of the best schedule."""
        return int(self.state[STATE_BEST])

    @property
    def schedules(self) -> int:
        """Return how many schedules were made."""
        return int(self.state[STATE_DONE])

    def run(self, kernels: Kernels, *, epoch: int, most: int, enough: int) -> None:
        """Evolve for an epoch."""
        compiled, pause = self.compiled, self.schedules + epoch
        rules = (pause, most, enough, compiled.origin, self.guided, compiled.backward, compiled.loads)
        room = (self.pool, self.settings, self.state, self.dice)
        if self.target is None:
            kernels.evolve(*rules, *room)
        else:
            kernels.steer(*rules, self.target.aims, *room)

    def receive(self, kernels: Kernels, other: "Island") -> None:
        """Take in the best schedule of another island."""
        compiled, given = self.compiled, (self.pool, other.end, other.pool.best, self.state, self.dice)
        if self.target is None:
            kernels.receive(compiled.backward, compiled.loads, *given)
        else:
            kernels.welcome(self.guided, compiled.loads, self.target.aims, *given)


def first_schedule(compiled: Compiled) -> Found:
    """Return a schedule at once: the most urgent first, then justified backward and forward.

    In plain Python, so that nobody waits for a compiler: about 2 ms for 100 activities.
    """
    bench = _Bench(compiled)
    tails = [int(tail) for tail in compiled.forward.tail]
    urgency = [max(tails, default=0) - tail for tail in tails]
    end = bench.forward(urgency, max(urgency, default=0) + 1)
    best = list(bench.starts)
    later = bench.backward(end)
    mirrored = [0] * len(best)
    mirror(bench.starts, bench.loads, later, mirrored, 0)
    justified = bench.forward(mirrored, later)
    if justified < end:
        return Found(starts=list(bench.starts), end=justified, schedules=3)
    return Found(starts=best, end=end, schedules=3)


def compacted(compiled: Compiled, starts: Sequence[int]) -> Sequence[int]:
    """Return a schedule in which, in the order of the starts given, each activity starts as early as it can."""
    bench = _Bench(compiled)
    bench.forward(starts, max(starts, default=0) + 1)
    return bench.starts


class _Bench:
    """Makes single schedules with the plain kernels."""

    def __init__(self, compiled: Compiled) -> None:
        count = len(compiled.rows)
        self.loads = Loads(*(part if isinstance(part, int) else part.tolist() for part in compiled.loads))
        self._webs = [
            Web(*(part if isinstance(part, int) else part.tolist() for part in web))
            for web in (compiled.forward, compiled.backward)
        ]
        room: dict[str, Any] = {name: [0] * count for name in Pool._fields}
        self._pool = Pool(**{**room, "size": 0, "tally": [0] * (self.loads.slots + 2), "free": list(self.loads.whole)})
        self._order = [0] * count
        self._origin = compiled.origin
        self.starts = [0] * count

    def forward(self, keys: Sequence[int], end: int) -> int:
        """Schedule forward in the order of keys from 0 to `end`; return the last finish."""
        return self._made(self._webs[0], list(keys), end, self._origin)

    def backward(self, end: int) -> int:
        """Schedule backward, from its end, what was scheduled forward; return the length."""
        mirrored = list(self.starts)
        mirror(self.starts, self.loads, end, mirrored, 0)
        return self._made(self._webs[1], mirrored, end, self._origin + end - 1)

    def _made(self, web: Web, keys: list[int], end: int, origin: int) -> int:
        read_list(keys, 0, web, self.loads, self._pool, self._order, 0, end)
        return serial(self._order, 0, web, self.loads, self._pool.free, origin, self.starts)


def search(
    compiled: Compiled,
    *,
    first: Found,
    enough: int,
    seed: int,
    islands: int,
    threads: int,
    schedules: int | None,
    time_left: TimeLeft,
    on_epoch: Callable[[Found], None],
    target: Target | None = None,
) -> Found:
    """Improve a first schedule until time or schedules are used up, or one is as short as `enough`.

    With a target it is the cost that is to be small; `first.end` and `enough` are costs then.

    The same seed and number of schedules give the same result whatever the number of threads; time is looked at between
    epochs only.
    """
    kernels = compiled_kernels()
    count = max(1, len(compiled.rows))
    rate = _LARGE_RATE if count >= _LARGE else _RATE
    cycle = cycle_of(schedules, time_left(), populations=islands, per_second=rate / count)
    made = [
        Island(compiled, seed=seed_of(seed, place), cycle=cycle, first=first, target=target) for place in range(islands)
    ]
    most = limits(None if schedules is None else schedules - first.schedules, islands)
    if target is not None:
        most = [limit - limit % PASSES for limit in most]
    epoch = max(1, _EPOCH_WORK // count)
    found = first

    def note(best: Island) -> None:
        nonlocal found
        total = first.schedules + sum(island.schedules for island in made)
        found = Found(starts=best.pool.best.tolist(), end=best.end, schedules=total)  # type: ignore[attr-defined]
        on_epoch(found)

    evolve_together(
        made,
        run=lambda island, limit: island.run(kernels, epoch=epoch, most=limit, enough=enough),
        receive=lambda island, other: island.receive(kernels, other),
        on_epoch=note,
        end=first.end,
        enough=enough,
        most=most,
        threads=threads,
        time_left=time_left,
    )
    return found


def _near_share(target: Target | None) -> int:
    """Return the share of first lists near the best schedule; towards an earlier plan, lists by chance do better."""
    if target is not None and target.is_seeded:
        return _SEEDED_NEAR_SHARE
    return 0 if target is None or target.aims.is_stable else _NEAR_SHARE


def _pool(compiled: Compiled, size: int, *, is_stable: bool) -> Pool:
    count = len(compiled.rows)
    places = 2 * size

    def room(length: int) -> Any:
        return np.zeros(length, dtype=np.int64)

    return Pool(
        size=size,
        orders=room(places * count),
        starts=room(places * count),
        cost=room(places),
        trace=room(places),
        length=room(places),
        holds=room(places * count if is_stable else 0),
        tally=room(compiled.loads.slots + 2),
        free=np.array(compiled.loads.whole),
        **{
            name: room(count)
            for name in (
                "best",
                "child",
                "made",
                "kept",
                "keys",
                "mark",
                "eligible",
                "chance",
                "moment",
                "held",
                "floors",
            )
        },
    )
