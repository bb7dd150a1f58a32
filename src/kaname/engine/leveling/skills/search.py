"""The search for schedules with teams: a first one at once, then islands of populations in epochs of a fixed amount of work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.arrays import Loads, Web
from kaname.engine.leveling.islands import TimeLeft, cycle_of, evolve_together, limits, seed_of
from kaname.engine.leveling.kernels.lists import read_list
from kaname.engine.leveling.skills.arrays import STATE_BEST, STATE_DONE, STATE_SIZE, Pool, Settings, Staff
from kaname.engine.leveling.skills.compile import CompiledSkills
from kaname.engine.leveling.skills.faults import MOST_NEEDS
from kaname.engine.leveling.skills.jit import PLAIN, Kernels, compiled_kernels, note_ready

SETTINGS: Final = Settings(
    children=2,
    window_share=60,
    least_window=10,
    insertion_share=100,
    most_insertions=1,
    accept_share=15,
    heir_share=70,
    firm_share=5,
    stray_share=3,
    rivals=3,
    least=4,
    cycle=0,
)
_LONGEST_CYCLE: Final = 800
"""Schedules of a cycle for each activity at most; then another population begins."""
_SIZES: Final = (20, 400)
"""The smallest and the largest population."""
_RATE: Final = 1_500_000
"""Placements of activities per second that a time limit is planned with."""
_EPOCH_WORK: Final = 100_000
"""Placements of activities in an epoch: about a twentieth of a second."""
_PER_PLACE: Final = ("best", "child", "firm", "made", "kept", "keys", "mark", "eligible", "chance", "moment")
_PER_TEAM: Final = ("best_team", "liked", "made_team", "kept_team")
_PER_GROUP: Final = ("left", "came", "mover_word", "mover", "queue", "seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Starts and teams (rows of masks) in the order of the arrays, the end, and how many schedules were made."""

    starts: Sequence[int]
    teams: Sequence[int]
    end: int
    schedules: int


class Bench:
    """Makes single schedules, with plain kernels on lists or compiled ones on arrays."""

    def __init__(self, compiled: CompiledSkills, kernels: Kernels) -> None:
        self.compiled = compiled
        self.kernels = kernels
        plain = compiled.plain
        self.webs, self.loads, self.staff = (plain.forward, plain.backward), plain.loads, compiled.staff
        self.pool = _pool(compiled, 1)
        if kernels is PLAIN:
            self.webs = (_listed(Web, plain.forward), _listed(Web, plain.backward))
            self.loads, self.staff, self.pool = (
                _listed(Loads, plain.loads),
                _listed(Staff, self.staff),
                _listed(Pool, self.pool),
            )

    def forward(self, keys: Sequence[int], end: int, *, teams: Sequence[int] | None = None) -> Found:
        """Schedule forward in the order of keys from 0 to `end`, the people of `teams` preferred."""
        return self._made(self.webs[0], keys, end, self.compiled.plain.origin, teams)

    def backward(self, found: Found) -> Found:
        """Schedule backward, from its end, what was scheduled forward, with its people preferred."""
        mirrored = self._mirrored(found)
        return self._made(self.webs[1], mirrored, found.end, self.compiled.plain.origin + found.end - 1, found.teams)

    def justified(self, found: Found) -> Found:
        """Schedule backward, then forward again."""
        later = self.backward(found)
        again = self.forward(self._mirrored(later), later.end, teams=later.teams)
        return Found(starts=again.starts, teams=again.teams, end=again.end, schedules=2)

    def _mirrored(self, found: Found) -> list[int]:
        durations = self.compiled.plain.loads.duration
        return [found.end - start - int(length) for start, length in zip(found.starts, durations, strict=True)]

    def _made(self, web: Web, keys: Sequence[int], end: int, origin: int, teams: Sequence[int] | None) -> Found:
        pool = self.pool
        pool.moment[:] = keys  # type: ignore[index]
        read_list(pool.moment, 0, web, self.loads, pool, pool.child, 0, end)  # type: ignore[arg-type]
        pool.liked[:] = [0] * len(pool.liked) if teams is None else teams  # type: ignore[index]
        length = self.kernels.staffed(web, self.loads, self.staff, pool, origin)
        return Found(starts=_plain(pool.made), teams=_plain(pool.made_team), end=int(length), schedules=1)


def first_schedule(compiled: CompiledSkills, kernels: Kernels) -> Found:
    """Return a schedule at once: the most urgent first; with compiled kernels also justified backward and forward."""
    bench = Bench(compiled, kernels)
    tails = [int(tail) for tail in compiled.plain.forward.tail]
    urgency = [max(tails, default=0) - tail for tail in tails]
    first = bench.forward(urgency, max(urgency, default=0) + 1)
    if kernels is PLAIN:
        return first
    other = bench.justified(first)
    best = min(first, other, key=lambda each: each.end)
    return Found(starts=best.starts, teams=best.teams, end=best.end, schedules=3)


class Island:
    """One population, its dice and its room to work in."""

    def __init__(self, compiled: CompiledSkills, *, seed: int, cycle: int, first: Found, settings: Settings) -> None:
        size = min(max(int(1.1 * cycle**0.5), _SIZES[0]), _SIZES[1])
        self.settings = settings._replace(cycle=cycle)
        self.compiled = compiled
        self.dice = np.array([seed, 0], dtype=np.int64)
        self.state = np.zeros(STATE_SIZE, dtype=np.int64)
        self.state[STATE_BEST] = first.end
        self.pool = _pool(compiled, size)
        self.pool.best[:] = first.starts  # type: ignore[index]
        self.pool.best_team[:] = first.teams  # type: ignore[index]

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
        plain, staff = self.compiled.plain, self.compiled.staff
        pause = self.schedules + epoch
        webs = (plain.forward, plain.backward)
        kernels.evolve(
            pause,
            most,
            enough,
            plain.origin,
            *webs,
            plain.loads,
            staff,
            self.pool,
            self.settings,
            self.state,
            self.dice,
        )

    def receive(self, kernels: Kernels, other: "Island", *, enough: int) -> None:
        """Take in the best schedule of another island."""
        plain, best = self.compiled.plain, (other.end, other.pool.best, other.pool.best_team)
        kernels.receive(
            plain.backward, plain.loads, self.compiled.staff, self.pool, enough, *best, self.state, self.dice
        )


def search(
    compiled: CompiledSkills,
    *,
    first: Found,
    enough: int,
    seed: int,
    islands: int,
    threads: int,
    schedules: int | None,
    time_left: TimeLeft,
    on_epoch: Callable[[Found], None],
    settings: Settings = SETTINGS,
) -> Found:
    """Improve a first schedule until time or schedules are used up, or one is as short as `enough`.

    The same seed and number of schedules give the same result whatever the number of threads; time is looked at between
    epochs only.
    """
    count = max(1, len(compiled.plain.rows))
    kernels = compiled_kernels()
    cycle = cycle_of(
        schedules, time_left(), populations=islands, per_second=_RATE / count, longest=_LONGEST_CYCLE * count
    )
    made = [
        Island(compiled, seed=seed_of(seed, place), cycle=cycle, first=first, settings=settings)
        for place in range(islands)
    ]
    epoch = max(1, _EPOCH_WORK // count)
    found = first

    def note(best: Island) -> None:
        nonlocal found
        note_ready()
        found = Found(
            starts=_plain(best.pool.best),
            teams=_plain(best.pool.best_team),
            end=best.end,
            schedules=first.schedules + sum(island.schedules for island in made),
        )
        on_epoch(found)

    evolve_together(
        made,
        run=lambda island, limit: island.run(kernels, epoch=epoch, most=limit, enough=enough),
        receive=lambda island, other: island.receive(kernels, other, enough=enough),
        on_epoch=note,
        end=first.end,
        enough=enough,
        most=limits(None if schedules is None else schedules - first.schedules, islands),
        threads=threads,
        time_left=time_left,
    )
    return found


def _plain(values: Any) -> list[int]:
    return list(values) if isinstance(values, list) else values.tolist()  # type: ignore[no-any-return]


def _copy(values: Sequence[int]) -> Any:
    return np.array(values)


def _listed(kind: Any, arrays: Any) -> Any:
    return kind(*(part if isinstance(part, int) else part.tolist() for part in arrays))


def _pool(compiled: CompiledSkills, size: int) -> Pool:
    count, words, places = len(compiled.plain.rows), compiled.staff.words, 2 * size

    def room(length: int) -> Any:
        return np.zeros(length, dtype=np.int64)

    return Pool(
        size=size,
        orders=room(places * count),
        starts=room(places * count),
        teams=room(places * count * words),
        cost=room(places),
        rank=room(places),
        trace=room(places),
        tally=room(compiled.plain.loads.slots + 2),
        free=_copy(compiled.plain.loads.whole),
        here=_copy(compiled.staff.whole),
        crew=room(words),
        held=room(MOST_NEEDS * words),
        **{name: room(count) for name in _PER_PLACE},
        **{name: room(count * words) for name in _PER_TEAM},
        **{name: room(MOST_NEEDS) for name in _PER_GROUP},
    )
