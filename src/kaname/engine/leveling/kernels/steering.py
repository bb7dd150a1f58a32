# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""The evolution of one population of forward schedules towards a cost."""

from kaname.engine.leveling.arrays import (
    STATE_BEGUN,
    STATE_BEST,
    STATE_CURRENT,
    STATE_DONE,
    STATE_FILLED,
    STATE_GENERATION,
    Aims,
    Loads,
    Pool,
    Room,
    Settings,
    Web,
)
from kaname.engine.leveling.kernels.dice import below
from kaname.engine.leveling.kernels.evolving import conceive, is_new, shrink, traced
from kaname.engine.leveling.kernels.lists import insert, read_list
from kaname.engine.leveling.kernels.placing import parallel, sampled
from kaname.engine.leveling.kernels.weighing import made_of

MOST_NEAR = 8
PASSES = 3
"""Schedules that one list counts for: it is scheduled, and shifted from its end and back."""


def steer(
    pause: int,
    most: int,
    enough: int,
    origin: int,
    forward: Web,
    backward: Web,
    loads: Loads,
    aims: Aims,
    pool: Pool,
    settings: Settings,
    state: Room,
    dice: Room,
) -> None:
    """Evolve a population until `pause` schedules are made in all, or one costs no more than `enough`.

    Never more than `most` schedules are made.  `forward.tail` says how urgent activities are; `state` says how far the
    population is; the best starts are in `pool.best`.
    """
    most -= PASSES - 1
    while state[STATE_DONE] < min(pause, most) and state[STATE_BEST] > enough:
        if state[STATE_FILLED] < pool.size:
            gather(most, enough, origin, forward, backward, loads, aims, pool, settings, state, dice)
        else:
            replace(most, enough, origin, forward, backward, loads, aims, pool, settings, state, dice)


def gather(
    most: int,
    enough: int,
    origin: int,
    forward: Web,
    backward: Web,
    loads: Loads,
    aims: Aims,
    pool: Pool,
    settings: Settings,
    state: Room,
    dice: Room,
) -> None:
    """Make first schedules: the best one so far, the one nearest to the targets, others by chance."""
    count = len(loads.duration)
    if state[STATE_FILLED] == 0:
        state[STATE_BEGUN] = state[STATE_DONE]
    while state[STATE_FILLED] < pool.size and state[STATE_DONE] < most and state[STATE_BEST] > enough:
        place = state[STATE_FILLED]
        is_held = 1 if place == 1 else below(dice, 2)
        for activity in range(count):
            pool.held[activity] = is_held
            if place == 0:
                pool.held[activity] = 1 if pool.best[activity] >= aims.target[activity] else 0
            pool.moment[activity] = aims.target[activity] if aims.move[activity] else pool.best[activity]
        if place == 0:
            read_list(pool.best, 0, forward, loads, pool, pool.child, 0, longest(pool.best, loads))
        elif place == 1 and aims.is_stable:
            read_list(pool.moment, 0, forward, loads, pool, pool.child, 0, longest(pool.moment, loads))
        elif below(dice, 100) < settings.near_share:
            for activity in range(count):
                pool.held[activity] = 1 if pool.best[activity] >= aims.target[activity] else 0
            read_list(pool.best, 0, forward, loads, pool, pool.child, 0, longest(pool.best, loads))
            for _ in range(1 + below(dice, MOST_NEAR)):
                insert(forward, pool, count, dice)
        elif below(dice, 100) < settings.parallel_share:
            end = parallel(forward, loads, pool, origin, dice)
            read_list(pool.made, 0, forward, loads, pool, pool.child, 0, end)
        else:
            sampled(forward, loads, pool, dice)
        cost = made_of(pool.child, origin, forward, backward, loads, aims, pool)
        settle(place, cost, forward, loads, aims, pool, state)
        state[STATE_FILLED] += 1
    state[STATE_GENERATION] = 0
    state[STATE_CURRENT] = pool.size


def replace(
    most: int,
    enough: int,
    origin: int,
    forward: Web,
    backward: Web,
    loads: Loads,
    aims: Aims,
    pool: Pool,
    settings: Settings,
    state: Room,
    dice: Room,
) -> None:
    """Make one generation: children of each list, which take its place if they cost no more."""
    current = state[STATE_CURRENT]
    for turn in range(current * settings.children):
        if state[STATE_DONE] >= most or state[STATE_BEST] <= enough:
            break
        place = turn // settings.children
        conceive(place, 0, current, forward, loads, pool, settings, dice)
        if aims.is_stable:
            inherit(place, below(dice, current), len(loads.duration), pool, dice)
        cost = made_of(pool.child, origin, forward, backward, loads, aims, pool)
        if cost <= pool.cost[place] and is_new(0, current, cost, pool.made, loads, pool):
            settle(place, cost, forward, loads, aims, pool, state)
        else:
            state[STATE_DONE] += PASSES
    state[STATE_GENERATION] += 1
    spent = state[STATE_DONE] - state[STATE_BEGUN]
    if spent >= settings.cycle:
        state[STATE_FILLED] = 0
    else:
        wanted = settings.least + (pool.size - settings.least) * (settings.cycle - spent) // settings.cycle
        shrink(wanted, len(loads.duration), pool, state)


def inherit(father: int, mother: int, count: int, pool: Pool, dice: Room) -> None:
    """Let each activity of the child be held or not as in one of two lists, one of them by chance otherwise."""
    for activity in range(count):
        parent = father if below(dice, 2) == 0 else mother
        pool.held[activity] = pool.holds[parent * count + activity]
    activity = below(dice, count)
    pool.held[activity] = 1 - pool.held[activity]


def settle(place: int, cost: int, forward: Web, loads: Loads, aims: Aims, pool: Pool, state: Room) -> None:
    """Put the schedule in `made` into a place and remember it if none was cheaper."""
    count = len(loads.duration)
    state[STATE_DONE] += PASSES
    end = longest(pool.made, loads)
    pool.cost[place] = cost
    pool.length[place] = end
    pool.trace[place] = traced(pool.made, count)
    for activity in range(count):
        pool.starts[place * count + activity] = pool.made[activity]
        if aims.is_stable:
            pool.holds[place * count + activity] = pool.held[activity]
    read_list(pool.made, 0, forward, loads, pool, pool.orders, place * count, end)
    if cost < state[STATE_BEST]:
        state[STATE_BEST] = cost
        for activity in range(count):
            pool.best[activity] = pool.made[activity]


def longest(starts: Room, loads: Loads) -> int:
    """Return the last finish of a schedule."""
    end = 0
    for activity in range(len(loads.duration)):
        end = max(end, starts[activity] + loads.duration[activity])
    return end


def welcome(
    forward: Web, loads: Loads, aims: Aims, pool: Pool, cost: int, starts: Room, state: Room, dice: Room
) -> None:
    """Let a schedule of another population take a place by chance."""
    for activity in range(len(loads.duration)):
        pool.made[activity] = starts[activity]
        pool.held[activity] = below(dice, 2)
    done = state[STATE_DONE]
    settle(below(dice, max(1, state[STATE_CURRENT])), cost, forward, loads, aims, pool, state)
    state[STATE_DONE] = done
