"""Two people for one demand: one after the other, or side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from kaname.engine.matching.crew import ALONE, Crew, Int64s, scores
from kaname.engine.matching.types import Preferences, ProposalKind
from kaname.engine.units import PERMILLE

SHARES: Final = (500, 600, 700, 800, 900)
"""Shares of the load that the first of two people takes side by side, permille."""

_NEVER: Final = -(1 << 62)
"""The score of two who are no pair."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two candidates, as places in the crew, and what each takes in every period; `turn` is the period of the change."""

    kind: ProposalKind
    first: int
    second: int
    turn: int
    first_taken: Int64s
    second_taken: Int64s
    score: int


def best_pairs(crew: Crew, preferences: Preferences) -> list[Pair]:
    """Return the best pairs of both kinds, each kind best first.

    Only the best `pool` single people are paired, and only pairs that cover more than each of the two alone.  Of the two
    orders of a pair the better one counts, of equal ones that in the order of the crew; of equal turns the earliest, of
    equal shares the evenest.  Cost O(pool² x (periods + shares)).
    """
    order = np.argsort(-scores(crew, preferences.weights), kind="stable")[: preferences.pool]
    pool = np.sort(order)
    if pool.size < 2:
        return []
    by_time = list(_ways_by_time(crew, pool))
    by_load = list(_ways_by_load(crew, pool))
    return [
        *_best(crew, preferences, pool, by_time, ProposalKind.SPLIT_BY_TIME),
        *_best(crew, preferences, pool, by_load, ProposalKind.SPLIT_BY_LOAD),
    ]


Way = tuple[int, Int64s, Int64s]
"""The period of the change, and what every candidate would take as the first and as the second one."""


def _ways_by_time(crew: Crew, pool: Int64s) -> Iterator[Way]:
    wanted = np.flatnonzero((crew.need > 0) & (crew.minutes > 0))
    periods = np.arange(crew.need.size)
    taken = crew.taken[pool]
    for turn in wanted[1:].tolist():
        yield turn, np.where(periods < turn, taken, 0), np.where(periods < turn, 0, taken)


def _ways_by_load(crew: Crew, pool: Int64s) -> Iterator[Way]:
    for share in SHARES:
        larger = crew.need * share // PERMILLE
        yield 0, np.minimum(crew.free[pool], larger), np.minimum(crew.free[pool], crew.need - larger)


def _best(crew: Crew, preferences: Preferences, pool: Int64s, ways: list[Way], kind: ProposalKind) -> Iterator[Pair]:
    if not ways:
        return
    table = np.stack([_pair_scores(crew, preferences, pool, way) for way in ways])
    which = table.argmax(axis=0)
    best = np.take_along_axis(table, which[None], axis=0)[0]
    is_first_order = best >= best.T
    rows, columns = np.triu_indices(pool.size, 1)
    upper = np.maximum(best, best.T)[rows, columns]
    order = np.argsort(-upper, kind="stable")[: preferences.count]
    for place in order.tolist():
        one, other = int(rows[place]), int(columns[place])
        if upper[place] == _NEVER:
            return
        if not is_first_order[one, other]:
            one, other = other, one
        turn, as_first, as_second = ways[int(which[one, other])]
        yield Pair(kind, int(pool[one]), int(pool[other]), turn, as_first[one], as_second[other], int(best[one, other]))


def _pair_scores(crew: Crew, preferences: Preferences, pool: Int64s, way: Way) -> Int64s:
    """Return the score of every ordered pair, shape (pool, pool)."""
    weights = preferences.weights
    _, as_first, as_second = way
    first, second = (as_first @ crew.minutes)[:, None], (as_second @ crew.minutes)[None, :]
    both = first + second
    alone = crew.covered[pool]
    total = weights.capacity * (PERMILLE * both // crew.work) - weights.further_person * PERMILLE
    for criterion in ALONE:
        merit = crew.merits[criterion][pool]
        total += weights.of(criterion) * ((first * merit[:, None] + second * merit[None, :]) // np.maximum(both, 1))
    is_pair = (first > 0) & (second > 0) & (both > np.maximum(alone[:, None], alone[None, :]))
    np.fill_diagonal(is_pair, val=False)
    return np.where(is_pair, total, _NEVER)
