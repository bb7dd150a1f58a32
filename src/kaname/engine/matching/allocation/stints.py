"""How long stints have to be: the same for the search and for the first allocation that respects the rules."""

from collections.abc import Iterator, Sequence

import numpy as np

from kaname.engine.matching.allocation.board import Board
from kaname.engine.matching.crew import Int64s


def capacity_of(board: Board) -> Int64s:
    """Return the most steps that each pair can do, shape (pairs, periods)."""
    return np.minimum(board.free[board.person], board.need[board.demand])


def runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the first place of each run of true flags, and the place after its last.

    Examples
    --------
    >>> list(runs([True, True, False, True]))
    [(0, 2), (3, 4)]
    """
    first = None
    for place, flag in enumerate([*flags, False]):
        if flag and first is None:
            first = place
        elif not flag and first is not None:
            yield first, place
            first = None


def short_stints(
    flags: Sequence[bool], *, could: Sequence[bool], least: int, goes_on: bool
) -> Iterator[tuple[int, int]]:
    """Yield the stints that are too short: neither `least` periods long, nor the whole of a run in which there could be one.

    Parameters
    ----------
    goes_on
        Whether a stint from the first period on began before it, so that it may end at any time.
    """
    for begin, end in runs(could):
        for first, after in runs(flags[begin:end]):
            if after - first < min(least, end - begin) and not (goes_on and begin + first == 0):
                yield begin + first, begin + after
