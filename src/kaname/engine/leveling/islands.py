"""Populations that evolve beside one another: epochs of a fixed amount of work, and an exchange now and then.

Neither time nor threads change what an epoch does, so that a seed and a number of schedules give one result.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import log2
from typing import Final, Protocol

UNLIMITED: Final = 1 << 40
_EXCHANGE_EVERY: Final = 20
_LONGEST: Final = 86_400.0
_LEAST_CYCLE: Final = 32.0

type TimeLeft = Callable[[], float]


class Population(Protocol):
    """What evolves: the end - or cost - of its best schedule, and how many schedules it made."""

    @property
    def end(self) -> int: ...

    @property
    def schedules(self) -> int: ...


def evolve_together[P: Population](
    made: Sequence[P],
    *,
    run: Callable[[P, int], None],
    receive: Callable[[P, P], None],
    on_epoch: Callable[[P], None],
    end: int,
    enough: int,
    most: Sequence[int],
    threads: int,
    time_left: TimeLeft,
) -> None:
    """Let populations evolve until time or schedules are used up, or one has a schedule as good as `enough`.

    Parameters
    ----------
    run
        Let one evolve for an epoch, up to so many schedules in all; called in threads.
    receive
        Let the first take in the best schedule of the second; between epochs, where the second has a better one.
    on_epoch
        Told of the best population after each epoch.
    end
        End of the best schedule before.
    most
        How many schedules each may make.
    """
    turn = 0
    with ThreadPoolExecutor(max_workers=threads) as workers:
        while (
            time_left() > 0
            and end > enough
            and any(one.schedules < limit for one, limit in zip(made, most, strict=True))
        ):
            jobs = [workers.submit(run, one, limit) for one, limit in zip(made, most, strict=True)]
            for job in jobs:
                job.result()
            best = min(made, key=lambda one: one.end)
            end = best.end
            on_epoch(best)
            turn += 1
            if turn % _EXCHANGE_EVERY == 0:
                for place, one in enumerate(made):
                    other = made[place - 1]
                    if other is not one and other.end < one.end:
                        receive(one, other)


def limits(schedules: int | None, populations: int) -> list[int]:
    """Return how many schedules each population may make.

    Examples
    --------
    >>> limits(7, 2)
    [4, 3]
    """
    if schedules is None:
        return [UNLIMITED] * populations
    return [
        max(0, schedules) // populations + (place < max(0, schedules) % populations) for place in range(populations)
    ]


def cycle_of(
    schedules: int | None, seconds: float, *, populations: int, per_second: float, longest: int = UNLIMITED
) -> int:
    """Return for how many schedules a population is planned; from a time, rounded down to quarters of powers of two.

    Examples
    --------
    >>> cycle_of(None, 1.5, populations=2, per_second=1_000.0)
    1280
    >>> cycle_of(1_000, 1.5, populations=2, per_second=1_000.0)
    500
    """
    by_time = max(_LEAST_CYCLE, min(seconds, _LONGEST) * per_second)
    rounded = 1 << int(log2(by_time))
    rounded += int(4 * (by_time - rounded) / rounded) * rounded // 4
    most = max(1, min(rounded, longest))
    return most if schedules is None else min(max(1, schedules // populations), most)


def seed_of(seed: int, place: int) -> int:
    """Return the seed of one of several populations, 32 bits."""
    return (seed * 0x9E3779B1 + place * 0x85EBCA77) & 0xFFFFFFFF
