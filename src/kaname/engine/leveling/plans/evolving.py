# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""The evolution of a population of schedules of one plan.

A schedule is kept as its starts: read as keys they are a list that gives the same schedule or a better one.  A child does in a
window of time what one parent does there, in that order, and before and after it what the other does (after the peak crossover
of Valls, Ballestin and Quintanilla 2008); some tasks then take another's turn.  Plain Python that also runs compiled.
"""

from typing import Final, NamedTuple

from kaname.engine.calendar.kernels import BEYOND, Ints
from kaname.engine.leveling.kernels.dice import below
from kaname.engine.leveling.plans.arrays import Limits, Lines, Stays, Takes, Waits
from kaname.engine.leveling.plans.judging import MEASURES, Goals, is_better, judge
from kaname.engine.leveling.plans.kernels import clear, place_serially
from kaname.engine.leveling.plans.leaning import lean
from kaname.engine.leveling.plans.listing import list_by_keys
from kaname.engine.network.arrays import Dates, Extras, Links, Nodes

DONE: Final = 0
FILLED: Final = 1
BEST: Final = 2
"""Place of the best schedule of the population."""
CYCLE: Final = 3
"""Schedules since the population was filled."""
STATE: Final = 4

PART: Final = 1 << 40
GRADE: Final = 1 << 44
RIVALS: Final = 3


class Pool(NamedTuple):
    """A population and the room to work in.

    `starts` and `costs` hold one row for each of `size` places, `costs` two more for a child; `movers` are the positions that may wait, `grade` what comes
    before every other key, `late` the latest starts of the network, `spread` how far chance may throw them at first.
    Where `leans` is 1, every schedule is leant on its end and made once more in the order that this gives, counted on the
    calendar `axis`; `leant`, `lengths` and `first` are room for it.
    `cycle` schedules after it was filled, a population is filled anew but for its best.
    """

    size: int
    cycle: int
    spread: int
    leans: int
    axis: int
    starts: Ints
    costs: Ints
    trace: Ints
    movers: Ints
    grade: Ints
    late: Ints
    keys: Ints
    order: Ints
    waiting: Ints
    heap: Ints
    measures: Ints
    leant: Ints
    lengths: Ints
    first: Ints


def evolve(
    pause: int,
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    after: Links,
    extras: Extras,
    dates: Dates,
    takes: Takes,
    whole: Lines,
    lines: Lines,
    stays: Stays,
    limits: Limits,
    waits: Waits,
    goals: Goals,
    pool: Pool,
    state: Ints,
    dice: Ints,
    origin: int,
    floor: int,
) -> None:
    """Make schedules until there are `pause` of them in all; the best is in the place `state[BEST]`."""
    count = len(pool.keys)
    while state[DONE] < pause:
        father = state[FILLED]
        if father < pool.size:
            sample(pool, dice)
        else:
            father = conceive(pool, dice)
        list_by_keys(before, after, pool.keys, pool.waiting, pool.heap, pool.order)
        clear(lines, whole, stays)
        place_serially(
            eras, days, nodes, before, extras, dates, takes, whole, lines, stays, limits, waits, pool.order, count,
            origin, floor,
        )  # fmt: skip
        judge(dates, waits, goals, pool.measures, pool.costs, pool.size * MEASURES)
        state[DONE] += 1
        state[CYCLE] += 1
        for node in range(count):
            pool.first[node] = dates.start[node]
        if pool.leans and state[DONE] < pause:
            lean(
                eras, days, pool.axis, nodes, before, after, dates, takes, whole, lines, goals.counts, pool.keys, pool.waiting, pool.heap,
                pool.order, pool.leant, pool.lengths,
            )  # fmt: skip
            for node in range(count):
                pool.keys[node] = pool.grade[node] * GRADE + min(pool.leant[node], PART)
            list_by_keys(before, after, pool.keys, pool.waiting, pool.heap, pool.order)
            clear(lines, whole, stays)
            place_serially(
                eras, days, nodes, before, extras, dates, takes, whole, lines, stays, limits, waits, pool.order, count,
                origin, floor,
            )  # fmt: skip
            judge(dates, waits, goals, pool.measures, pool.costs, (pool.size + 1) * MEASURES)
            state[DONE] += 1
            state[CYCLE] += 1
            if not is_better(pool.costs, pool.size * MEASURES, (pool.size + 1) * MEASURES):
                for node in range(count):
                    pool.first[node] = dates.start[node]
                for place in range(MEASURES):
                    pool.costs[pool.size * MEASURES + place] = pool.costs[(pool.size + 1) * MEASURES + place]
        keep(father, pool, state, dice)


def sample(pool: Pool, dice: Ints) -> None:
    """Write the latest starts, thrown about by chance, into the keys."""
    width = 1 + below(dice, pool.spread)
    for node in range(len(pool.keys)):
        pool.keys[node] = pool.grade[node] * GRADE + pool.late[node]
    for place in range(len(pool.movers)):
        pool.keys[pool.movers[place]] += below(dice, width)


def conceive(pool: Pool, dice: Ints) -> int:
    """Write the keys of a child of two parents and return the place of the one that it may replace."""
    count = len(pool.keys)
    father = below(dice, pool.size)
    mother = below(dice, pool.size)
    for _ in range(RIVALS - 1):
        rival = below(dice, pool.size)
        if is_better(pool.costs, rival * MEASURES, mother * MEASURES):
            mother = rival
    inner = father
    outer = mother
    if below(dice, 2):
        inner = mother
        outer = father
    low = BEYOND
    high = -BEYOND
    for place in range(len(pool.movers)):
        start = pool.starts[inner * count + pool.movers[place]]
        low = min(low, start)
        high = max(high, start)
    length = max(high - low, 1)
    width = length // 10 + below(dice, length)
    begin = low - width // 2 + below(dice, length)
    for node in range(count):
        start = pool.starts[inner * count + node]
        part = 1
        if start < begin:
            part = 0
        elif start >= begin + width:
            part = 2
        if part != 1:
            start = pool.starts[outer * count + node]
        pool.keys[node] = pool.grade[node] * GRADE + part * PART + start
    for _ in range(1 + below(dice, 3)):
        place = pool.movers[below(dice, len(pool.movers))]
        other = pool.movers[below(dice, len(pool.movers))]
        if pool.grade[place] == pool.grade[other]:
            pool.keys[place] = pool.keys[other] - 1 + 2 * below(dice, 2)
    return father


def keep(father: int, pool: Pool, state: Ints, dice: Ints) -> None:
    """Let a child, whose starts are in `first`, take the place of its father where it is no worse and new, or by chance where it is new."""
    count = len(pool.keys)
    at = father * MEASURES
    trace = traced(pool.first, pool)
    is_filling = father == state[FILLED]
    if not is_filling:
        for place in range(pool.size):
            if pool.trace[place] == trace:
                return
        is_worse = is_better(pool.costs, at, pool.size * MEASURES)
        if is_worse and (father == state[BEST] or below(dice, 10) > 0):
            return
    for node in range(count):
        pool.starts[father * count + node] = pool.first[node]
    for place in range(MEASURES):
        pool.costs[at + place] = pool.costs[pool.size * MEASURES + place]
    pool.trace[father] = trace
    if is_filling:
        state[FILLED] += 1
    if father != state[BEST] and is_better(pool.costs, at, state[BEST] * MEASURES):
        state[BEST] = father
    if state[CYCLE] >= pool.cycle and state[FILLED] == pool.size:
        renew(pool, state)


def renew(pool: Pool, state: Ints) -> None:
    """Begin a new population with the best schedule of the old one."""
    count = len(pool.keys)
    best = state[BEST]
    for node in range(count):
        pool.starts[node] = pool.starts[best * count + node]
    for place in range(MEASURES):
        pool.costs[place] = pool.costs[best * MEASURES + place]
    pool.trace[0] = pool.trace[best]
    state[BEST] = 0
    state[FILLED] = 1
    state[CYCLE] = 0


def traced(starts: Ints, pool: Pool) -> int:
    """Return a number that tells schedules apart."""
    trace = 0
    for place in range(len(pool.movers)):
        trace = (trace * 31 + starts[pool.movers[place]]) & 0xFFFFFFFFFFFF
    return trace
