# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""The evolution of one population: two sides of lists that feed each other.

A list of one side is scheduled in that side's direction; the schedule, read from its other end, is a list of the other side.
So every crossing is followed by a justification (Debels and Vanhoucke 2005, a bi-population genetic algorithm; double
justification after Valls, Ballestin and Quintanilla 2005), at the cost of one schedule.
"""

from kaname.engine.leveling.arrays import (
    STATE_BEGUN,
    STATE_BEST,
    STATE_CURRENT,
    STATE_DONE,
    STATE_FILLED,
    STATE_GENERATION,
    STATE_SIDE,
    Loads,
    Pool,
    Room,
    Settings,
    Web,
)
from kaname.engine.leveling.kernels.dice import below
from kaname.engine.leveling.kernels.lists import insert, mirror, read_list, transplant, two_points
from kaname.engine.leveling.kernels.placing import parallel, sampled, serial


def evolve(
    pause: int,
    most: int,
    enough: int,
    origin: int,
    forward: Web,
    backward: Web,
    loads: Loads,
    pool: Pool,
    settings: Settings,
    state: Room,
    dice: Room,
) -> None:
    """Evolve a population until `pause` schedules are made in all, or one is as short as `enough`.

    A generation that has begun is finished, unless it would make more than `most` schedules.  `state` says how far it is; the
    best starts are in `pool.best`.
    """
    while state[STATE_DONE] < min(pause, most) and state[STATE_BEST] > enough:
        if state[STATE_FILLED] < pool.size:
            fill(most, enough, origin, forward, backward, loads, pool, settings, state, dice)
        elif state[STATE_SIDE] == 0:
            breed(most, enough, origin, forward, backward, forward, loads, pool, settings, state, dice)
        else:
            breed(most, enough, origin, backward, forward, forward, loads, pool, settings, state, dice)


def fill(
    most: int,
    enough: int,
    origin: int,
    forward: Web,
    backward: Web,
    loads: Loads,
    pool: Pool,
    settings: Settings,
    state: Room,
    dice: Room,
) -> None:
    """Make first schedules forward by chance and keep their lists on the backward side."""
    if state[STATE_FILLED] == 0:
        state[STATE_BEGUN] = state[STATE_DONE]
    while state[STATE_FILLED] < pool.size and state[STATE_DONE] < most and state[STATE_BEST] > enough:
        if below(dice, 100) < settings.parallel_share:
            end = parallel(forward, loads, pool, origin, dice)
        else:
            sampled(forward, loads, pool, dice)
            end = serial(pool.child, 0, forward, loads, pool.free, origin, pool.made)
        state[STATE_DONE] += 1
        keep_best(end, loads, pool, state)
        keep(pool.size + state[STATE_FILLED], end, pool.made, backward, loads, pool)
        state[STATE_FILLED] += 1
    state[STATE_SIDE] = 1
    state[STATE_GENERATION] = 0
    state[STATE_CURRENT] = pool.size


def breed(
    most: int,
    enough: int,
    origin: int,
    web: Web,
    other: Web,
    forward: Web,
    loads: Loads,
    pool: Pool,
    settings: Settings,
    state: Room,
    dice: Room,
) -> None:
    """Make one generation: for each list of this side, children of which the best goes to the other side."""
    count = len(loads.duration)
    source = 0 if web.step > 0 else pool.size
    target = pool.size - source
    current = state[STATE_CURRENT]
    for place in range(current):
        if state[STATE_DONE] >= most or state[STATE_BEST] <= enough:
            break
        shortest = 1 << 60
        for child in range(settings.children):
            if child > 0 and state[STATE_DONE] >= most:
                break
            conceive(source + place, source, current, web, loads, pool, settings, dice)
            start = origin if web.step > 0 else origin + state[STATE_BEST] - 1
            end = serial(pool.child, 0, web, loads, pool.free, start, pool.made)
            state[STATE_DONE] += 1
            if web.step > 0:
                keep_best(end, loads, pool, state)
            elif end < state[STATE_BEST] and state[STATE_DONE] < most:
                justify(end, origin, forward, loads, pool, state)
            if end < shortest:
                shortest = end
                for activity in range(count):
                    pool.kept[activity] = pool.made[activity]
        into = target + place
        is_welcome = shortest <= pool.cost[into] or below(dice, 100) < settings.accept_share
        if state[STATE_GENERATION] == 0 or (is_welcome and is_new(target, current, shortest, pool.kept, loads, pool)):
            keep(into, shortest, pool.kept, other, loads, pool)
    state[STATE_SIDE] = 1 - state[STATE_SIDE]
    state[STATE_GENERATION] += 1
    spent = state[STATE_DONE] - state[STATE_BEGUN]
    if spent >= settings.cycle:
        state[STATE_FILLED] = 0
    elif state[STATE_GENERATION] > 1:
        wanted = settings.least + (pool.size - settings.least) * (settings.cycle - spent) // settings.cycle
        shrink(wanted, count, pool, state)


def shrink(wanted: int, count: int, pool: Pool, state: Room) -> None:
    """Let go of the worst places, both sides taken together, until no more than wanted live.

    Linear reduction of the population (after Tanabe and Fukunaga 2014, who use it for another evolution).
    """
    while state[STATE_CURRENT] > wanted:
        worst = 0
        for place in range(state[STATE_CURRENT]):
            if pool.cost[place] + pool.cost[pool.size + place] > pool.cost[worst] + pool.cost[pool.size + worst]:
                worst = place
        state[STATE_CURRENT] -= 1
        if len(pool.holds) > 0:
            for activity in range(count):
                pool.holds[worst * count + activity] = pool.holds[state[STATE_CURRENT] * count + activity]
        for side in range(2):
            into = side * pool.size + worst
            last = side * pool.size + state[STATE_CURRENT]
            pool.cost[into] = pool.cost[last]
            pool.length[into] = pool.length[last]
            pool.trace[into] = pool.trace[last]
            for activity in range(count):
                pool.orders[into * count + activity] = pool.orders[last * count + activity]
                pool.starts[into * count + activity] = pool.starts[last * count + activity]


def conceive(
    father: int, source: int, current: int, web: Web, loads: Loads, pool: Pool, settings: Settings, dice: Room
) -> None:
    """Put the list of a child of this father and of a mother, the best of some that are drawn, into `child`."""
    count = len(loads.duration)
    mother = source + below(dice, current)
    for _ in range(settings.rivals - 1):
        rival = source + below(dice, current)
        if pool.cost[rival] < pool.cost[mother]:
            mother = rival
    is_alike = pool.cost[mother] == pool.cost[father]
    if below(dice, 2) == 0:
        mother, father = father, mother
    if below(dice, 100) < settings.window_share:
        length = pool.length[father]
        least = length * settings.least_window // 100
        width = least + below(dice, max(length - 2 * least, 0) + 1)
        begin = below(dice, length - width + 1)
        transplant(mother, father, begin, begin + width, web, loads, pool)
    else:
        first = below(dice, count)
        second = below(dice, count)
        two_points(mother, father, min(first, second), max(first, second), pool, count)
    if is_alike or below(dice, 100) < settings.insertion_share:
        for _ in range(1 + below(dice, settings.most_insertions)):
            insert(web, pool, count, dice)


def justify(end: int, origin: int, forward: Web, loads: Loads, pool: Pool, state: Room) -> None:
    """Schedule forward what was scheduled backward in less time than the best: only forward schedules count as best."""
    mirror(pool.made, loads, end, pool.moment, 0)
    read_list(pool.moment, 0, forward, loads, pool, pool.chance, 0, end)
    found = serial(pool.chance, 0, forward, loads, pool.free, origin, pool.moment)
    state[STATE_DONE] += 1
    if found < state[STATE_BEST]:
        state[STATE_BEST] = found
        for activity in range(len(loads.duration)):
            pool.best[activity] = pool.moment[activity]


def keep_best(end: int, loads: Loads, pool: Pool, state: Room) -> None:
    """Remember a forward schedule that is shorter than all before."""
    if end < state[STATE_BEST]:
        state[STATE_BEST] = end
        for activity in range(len(loads.duration)):
            pool.best[activity] = pool.made[activity]


def keep(place: int, end: int, starts: Room, other: Web, loads: Loads, pool: Pool) -> None:
    """Put a schedule into a place of the other side, as a list read from its other end."""
    count = len(loads.duration)
    pool.cost[place] = end
    pool.length[place] = end
    pool.trace[place] = traced(starts, count)
    mirror(starts, loads, end, pool.starts, place * count)
    read_list(pool.starts, place * count, other, loads, pool, pool.orders, place * count, end)


def is_new(side: int, current: int, cost: int, starts: Room, loads: Loads, pool: Pool) -> bool:
    """Return whether no list of a side came from this schedule."""
    trace = traced(starts, len(loads.duration))
    found = 0
    for place in range(side, side + current):
        found += pool.trace[place] == trace and pool.cost[place] == cost
    return found == 0


def traced(starts: Room, count: int) -> int:
    """Return a number that tells schedules apart."""
    trace = 0
    for activity in range(count):
        trace = (trace * 31 + starts[activity]) & 0xFFFFFFFFFFFF
    return trace


def receive(backward: Web, loads: Loads, pool: Pool, end: int, starts: Room, state: Room, dice: Room) -> None:
    """Let a forward schedule of another population take a place on the backward side by chance."""
    place = pool.size + below(dice, max(1, state[STATE_CURRENT]))
    keep(place, end, starts, backward, loads, pool)
