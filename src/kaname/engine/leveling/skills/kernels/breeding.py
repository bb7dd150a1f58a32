# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""The evolution of one population of lists with teams, on two sides that feed each other.

As in `kaname.engine.leveling.kernels.evolving`: a list of one side is scheduled in that side's direction, and the schedule, read
from its other end, is a list of the other side.  With the list go the teams of the schedule.
The kernels of lists are shared; they read those places of a pool that both kinds of pool have.
"""

from kaname.engine.leveling.arrays import Loads, Room, Web
from kaname.engine.leveling.kernels.dice import below, throw
from kaname.engine.leveling.kernels.lists import insert, mirror, read_list, transplant, two_points
from kaname.engine.leveling.kernels.placing import sampled
from kaname.engine.leveling.skills.arrays import (
    STATE_BEGUN,
    STATE_BEST,
    STATE_CURRENT,
    STATE_DONE,
    STATE_FILLED,
    STATE_GENERATION,
    STATE_SIDE,
    Pool,
    Settings,
    Staff,
)
from kaname.engine.leveling.skills.kernels.staffing import staffed


def evolve_teams(
    pause: int,
    most: int,
    enough: int,
    origin: int,
    forward: Web,
    backward: Web,
    loads: Loads,
    staff: Staff,
    pool: Pool,
    settings: Settings,
    state: Room,
    dice: Room,
) -> None:
    """Evolve a population until `pause` schedules are made in all, or one is as short as `enough`; never more than `most`."""
    while state[STATE_DONE] < min(pause, most) and state[STATE_BEST] > enough:
        if state[STATE_FILLED] < pool.size:
            fill_teams(most, enough, origin, forward, backward, loads, staff, pool, settings, state, dice)
        elif state[STATE_SIDE] == 0:
            breed_teams(most, enough, origin, forward, backward, forward, loads, staff, pool, settings, state, dice)
        else:
            breed_teams(most, enough, origin, backward, forward, forward, loads, staff, pool, settings, state, dice)


def fill_teams(
    most: int,
    enough: int,
    origin: int,
    forward: Web,
    backward: Web,
    loads: Loads,
    staff: Staff,
    pool: Pool,
    settings: Settings,
    state: Room,
    dice: Room,
) -> None:
    """Make first schedules forward by chance and keep their lists on the backward side."""
    if state[STATE_FILLED] == 0:
        state[STATE_BEGUN] = state[STATE_DONE]
    while state[STATE_FILLED] < pool.size and state[STATE_DONE] < most and state[STATE_BEST] > enough:
        sampled(forward, loads, pool, dice)  # type: ignore[arg-type]
        forget(loads, staff, pool)
        stray(settings.stray_share, loads, staff, pool, dice)
        end = staffed(forward, loads, staff, pool, origin)
        state[STATE_DONE] += 1
        keep_best_teams(end, loads, staff, pool, state)
        keep_teams(
            pool.size + state[STATE_FILLED], end, enough, pool.made, pool.made_team, backward, loads, staff, pool
        )
        state[STATE_FILLED] += 1
    state[STATE_SIDE] = 1
    state[STATE_GENERATION] = 0
    state[STATE_CURRENT] = pool.size


def breed_teams(
    most: int,
    enough: int,
    origin: int,
    web: Web,
    other: Web,
    forward: Web,
    loads: Loads,
    staff: Staff,
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
        shortest = 1 << 30
        least = 1 << 60
        for child in range(settings.children):
            if child > 0 and state[STATE_DONE] >= most:
                break
            conceive_teams(source + place, source, current, web, loads, staff, pool, settings, dice)
            start = origin if web.step > 0 else origin + state[STATE_BEST] - 1
            end = staffed(web, loads, staff, pool, start)
            state[STATE_DONE] += 1
            if web.step > 0:
                keep_best_teams(end, loads, staff, pool, state)
            rank = ranked(end, enough, pool.made, loads, staff)
            if rank < least:
                least = rank
                shortest = end
                set_aside(count, count * staff.words, pool)
        if web.step < 0 and shortest < state[STATE_BEST] and state[STATE_DONE] < most:
            justify_teams(shortest, origin, forward, loads, staff, pool, state)
        into = target + place
        is_welcome = least <= pool.rank[into] or below(dice, 100) < settings.accept_share
        if state[STATE_GENERATION] == 0 or (
            is_welcome and is_new_schedule(target, current, shortest, loads, staff, pool)
        ):
            keep_teams(into, shortest, enough, pool.kept, pool.kept_team, other, loads, staff, pool)
    end_generation(count, staff.words, pool, settings, state)


def end_generation(count: int, words: int, pool: Pool, settings: Settings, state: Room) -> None:
    """Turn to the other side, with fewer places, or begin another cycle."""
    state[STATE_SIDE] = 1 - state[STATE_SIDE]
    state[STATE_GENERATION] += 1
    spent = state[STATE_DONE] - state[STATE_BEGUN]
    if spent >= settings.cycle:
        state[STATE_FILLED] = 0
    elif state[STATE_GENERATION] > 1:
        wanted = settings.least + (pool.size - settings.least) * (settings.cycle - spent) // settings.cycle
        shrink_teams(wanted, count, words, pool, state)


def set_aside(count: int, parts: int, pool: Pool) -> None:
    """Keep the schedule that was just made."""
    for activity in range(count):
        pool.kept[activity] = pool.made[activity]
    for part in range(parts):
        pool.kept_team[part] = pool.made_team[part]


def shrink_teams(wanted: int, count: int, words: int, pool: Pool, state: Room) -> None:
    """Let go of the worst places, both sides taken together, until no more than wanted live."""
    while state[STATE_CURRENT] > wanted:
        worst = 0
        for place in range(state[STATE_CURRENT]):
            if pool.rank[place] + pool.rank[pool.size + place] > pool.rank[worst] + pool.rank[pool.size + worst]:
                worst = place
        state[STATE_CURRENT] -= 1
        for side in range(2):
            into = side * pool.size + worst
            last = side * pool.size + state[STATE_CURRENT]
            pool.cost[into] = pool.cost[last]
            pool.rank[into] = pool.rank[last]
            pool.trace[into] = pool.trace[last]
            for activity in range(count):
                pool.orders[into * count + activity] = pool.orders[last * count + activity]
                pool.starts[into * count + activity] = pool.starts[last * count + activity]
            for part in range(count * words):
                pool.teams[into * count * words + part] = pool.teams[last * count * words + part]


def conceive_teams(
    father: int,
    source: int,
    current: int,
    web: Web,
    loads: Loads,
    staff: Staff,
    pool: Pool,
    settings: Settings,
    dice: Room,
) -> None:
    """Put a child of this father and of a mother, the best of some that are drawn, into `child`, `liked` and `firm`."""
    count = len(loads.duration)
    mother = source + below(dice, current)
    for _ in range(settings.rivals - 1):
        rival = source + below(dice, current)
        if pool.rank[rival] < pool.rank[mother]:
            mother = rival
    is_alike = pool.cost[mother] == pool.cost[father]
    if below(dice, 2) == 0:
        mother, father = father, mother
    if below(dice, 100) < settings.window_share:
        length = pool.cost[father]
        least = length * settings.least_window // 100
        width = least + below(dice, max(length - 2 * least, 0) + 1)
        begin = below(dice, length - width + 1)
        transplant(mother, father, begin, begin + width, web, loads, pool)  # type: ignore[arg-type]
    else:
        one = below(dice, count)
        two = below(dice, count)
        begin = min(one, two)
        finish = max(one, two)
        two_points(mother, father, begin, finish, pool, count)  # type: ignore[arg-type]
        for place in range(count):
            pool.mark[pool.child[place]] = 1 if begin <= place < finish else 0
    if below(dice, 100) < settings.heir_share:
        inherit(mother, father, staff.words, pool, count)
        if below(dice, 100) < settings.firm_share:
            insist(below(dice, 101), loads, staff, pool, dice)
    else:
        forget(loads, staff, pool)
    stray(settings.stray_share, loads, staff, pool, dice)
    if is_alike or below(dice, 100) < settings.insertion_share:
        for _ in range(1 + below(dice, settings.most_insertions)):
            insert(web, pool, count, dice)  # type: ignore[arg-type]


def inherit(mother: int, father: int, words: int, pool: Pool, count: int) -> None:
    """Like, for each activity, the team of the parent that gave it its place: the father where `mark` is 1."""
    for activity in range(count):
        parent = father if pool.mark[activity] == 1 else mother
        pool.firm[activity] = 0
        for word in range(words):
            pool.liked[activity * words + word] = pool.teams[(parent * count + activity) * words + word]


def insist(share: int, loads: Loads, staff: Staff, pool: Pool, dice: Room) -> None:
    """Let nobody but the liked do a share of the activities, where all of them are there in the end."""
    for activity in range(len(loads.duration)):
        if below(dice, 100) < share:
            is_lasting = True
            for word in range(staff.words):
                if pool.liked[activity * staff.words + word] & ~staff.lasting[word] != 0:
                    is_lasting = False
            if is_lasting:
                pool.firm[activity] = 1


def forget(loads: Loads, staff: Staff, pool: Pool) -> None:
    """Like nobody."""
    for activity in range(len(loads.duration)):
        pool.firm[activity] = 0
        for word in range(staff.words):
            pool.liked[activity * staff.words + word] = 0


def stray(share: int, loads: Loads, staff: Staff, pool: Pool, dice: Room) -> None:
    """Let a share of the activities like people drawn by chance, about every second one."""
    for activity in range(len(loads.duration)):
        if below(dice, 100) < share:
            pool.firm[activity] = 0
            for word in range(staff.words):
                drawn = (throw(dice) << 31) ^ throw(dice)
                pool.liked[activity * staff.words + word] = drawn & 0x3FFFFFFFFFFFFFFF


def justify_teams(end: int, origin: int, forward: Web, loads: Loads, staff: Staff, pool: Pool, state: Room) -> None:
    """Schedule forward what is kept of a backward schedule shorter than the best: only forward schedules count as best."""
    count = len(loads.duration)
    mirror(pool.kept, loads, end, pool.moment, 0)
    read_list(pool.moment, 0, forward, loads, pool, pool.child, 0, end)  # type: ignore[arg-type]
    for activity in range(count):
        pool.firm[activity] = 0
    for part in range(count * staff.words):
        pool.liked[part] = pool.kept_team[part]
    found = staffed(forward, loads, staff, pool, origin)
    state[STATE_DONE] += 1
    keep_best_teams(found, loads, staff, pool, state)


def keep_best_teams(end: int, loads: Loads, staff: Staff, pool: Pool, state: Room) -> None:
    """Remember a forward schedule that is shorter than all before."""
    if end < state[STATE_BEST]:
        state[STATE_BEST] = end
        for activity in range(len(loads.duration)):
            pool.best[activity] = pool.made[activity]
        for part in range(len(loads.duration) * staff.words):
            pool.best_team[part] = pool.made_team[part]


def ranked(end: int, enough: int, starts: Room, loads: Loads, staff: Staff) -> int:
    """Return the length of a schedule, then the person-units that it leaves behind the bound: less of them is nearer to it."""
    left = 0
    for activity in range(len(loads.duration)):
        left += staff.size[activity] * max(
            0, starts[activity] + loads.duration[activity] - max(enough, starts[activity])
        )
    return (end << 24) + min(left, (1 << 24) - 1)


def keep_teams(
    place: int, end: int, enough: int, starts: Room, teams: Room, other: Web, loads: Loads, staff: Staff, pool: Pool
) -> None:
    """Put a schedule into a place of the other side, as a list read from its other end."""
    count = len(loads.duration)
    pool.cost[place] = end
    pool.rank[place] = ranked(end, enough, starts, loads, staff)
    pool.trace[place] = traced_teams(starts, teams, count, count * staff.words)
    for part in range(count * staff.words):
        pool.teams[place * count * staff.words + part] = teams[part]
    mirror(starts, loads, end, pool.starts, place * count)
    read_list(pool.starts, place * count, other, loads, pool, pool.orders, place * count, end)  # type: ignore[arg-type]


def is_new_schedule(side: int, current: int, end: int, loads: Loads, staff: Staff, pool: Pool) -> bool:
    """Return whether no list of a side came from the schedule in `kept`."""
    count = len(loads.duration)
    trace = traced_teams(pool.kept, pool.kept_team, count, count * staff.words)
    found = 0
    for place in range(side, side + current):
        found += pool.trace[place] == trace and pool.cost[place] == end
    return found == 0


def traced_teams(starts: Room, teams: Room, count: int, parts: int) -> int:
    """Return a number that tells schedules apart."""
    trace = 0
    for activity in range(count):
        trace = (trace * 31 + starts[activity]) & 0xFFFFFFFFFFFF
    for part in range(parts):
        trace = (trace * 31 + (teams[part] ^ (teams[part] >> 31))) & 0xFFFFFFFFFFFF
    return trace


def receive_teams(
    backward: Web,
    loads: Loads,
    staff: Staff,
    pool: Pool,
    enough: int,
    end: int,
    starts: Room,
    teams: Room,
    state: Room,
    dice: Room,
) -> None:
    """Let a forward schedule of another population take a place on the backward side by chance."""
    place = pool.size + below(dice, max(1, state[STATE_CURRENT]))
    keep_teams(place, end, enough, starts, teams, backward, loads, staff, pool)
