# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Put activities into the profile of what is free: schedule generation schemes, in both directions of time.

Free capacity stands in words: each resource has a field of bits in one of them, with a guard bit on top that a demand too
large borrows.  One subtraction thus asks about all resources of a word at once.
"""

from kaname.engine.leveling.arrays import Ints, Loads, Pool, Room, Web
from kaname.engine.leveling.kernels.dice import below

MARGIN = 4


def fitting_moment(activity: int, at: int, loads: Loads, free: Room, origin: int, step: int) -> int:
    """Return the first moment from `at` on from which the activity has its capacity all through.

    The slots of a candidate are looked at from the last to the first: the first that does not fit rules out every start up
    to itself, and the slots behind it are known to fit.  Where the last one does not, what fits nowhere is passed over four
    slots at a time: one branch for four, where each would be guessed wrong.  `MARGIN` slots beyond the horizon are read.
    """
    first = loads.first[activity]
    last = loads.first[activity + 1]
    length = loads.duration[activity]
    begin = at
    if first == last or length == 0:
        return begin
    sure = at
    moment = at + length - 1
    if last - first == 1:
        demand = loads.demand[first]
        guards = loads.guards[loads.word[first]]
        base = origin + loads.word[first] * loads.slots
        while moment >= sure:
            if (free[base + step * moment] - demand) & guards == guards:
                moment -= 1
            else:
                sure = begin + length
                begin = moment + 1
                if begin == sure:
                    at_four = base + step * begin
                    while not (
                        ((free[at_four] - demand) & guards == guards)
                        | ((free[at_four + step] - demand) & guards == guards)
                        | ((free[at_four + 2 * step] - demand) & guards == guards)
                        | ((free[at_four + 3 * step] - demand) & guards == guards)
                    ):
                        begin += 4
                        at_four += 4 * step
                    sure = begin
                moment = begin + length - 1
        return begin
    while moment >= sure:
        fits = True
        for part in range(first, last):
            guards = loads.guards[loads.word[part]]
            if (free[origin + loads.word[part] * loads.slots + step * moment] - loads.demand[part]) & guards != guards:
                fits = False
        if fits:
            moment -= 1
        else:
            sure = begin + length
            begin = moment + 1
            moment += length
    return begin


def take(activity: int, moment: int, loads: Loads, free: Room, origin: int, step: int) -> None:
    """Take the demands of an activity that starts at a moment from what is free."""
    for part in range(loads.first[activity], loads.first[activity + 1]):
        base = origin + loads.word[part] * loads.slots
        demand = loads.demand[part]
        for slot in range(moment, moment + loads.duration[activity]):
            free[base + step * slot] -= demand


def clear(loads: Loads, free: Room, origin: int, step: int, end: int) -> None:
    """Give back what a schedule from 0 to `end` took."""
    low = origin if step > 0 else origin - end + 1
    for word in range(len(loads.guards)):
        base = low + word * loads.slots
        for slot in range(base, base + end):
            free[slot] = loads.whole[slot]


def linked_moment(activity: int, web: Web, starts: Room) -> int:
    """Return the earliest start that links and release allow."""
    moment = web.bound[activity]
    for link in range(web.first[activity], web.first[activity + 1]):
        held = starts[web.other[link]] + web.lag[link]
        moment = max(moment, held)
    return moment


def serial(order: Ints, at: int, web: Web, loads: Loads, free: Room, origin: int, starts: Room) -> int:
    """Start each activity of the list that begins at place `at` as early as possible; return the last finish.

    The serial schedule generation scheme (Kelley 1963).  The profile is clean before and after.
    """
    end = 0
    for place in range(at, at + len(loads.duration)):
        activity = order[place]
        moment = linked_moment(activity, web, starts)
        moment = fitting_moment(activity, moment, loads, free, origin, web.step)
        starts[activity] = moment
        end = max(end, moment + loads.duration[activity])
        take(activity, moment, loads, free, origin, web.step)
    clear(loads, free, origin, web.step, end)
    return end


def serial_from(
    order: Ints, at: int, web: Web, loads: Loads, free: Room, origin: int, floors: Ints, starts: Room
) -> int:
    """Start each activity of a list as early as possible, but not before its floor; return the last finish."""
    end = 0
    for place in range(at, at + len(loads.duration)):
        activity = order[place]
        moment = max(linked_moment(activity, web, starts), floors[activity])
        moment = fitting_moment(activity, moment, loads, free, origin, web.step)
        starts[activity] = moment
        end = max(end, moment + loads.duration[activity])
        take(activity, moment, loads, free, origin, web.step)
    clear(loads, free, origin, web.step, end)
    return end


def parallel(web: Web, loads: Loads, pool: Pool, origin: int, dice: Room) -> int:
    """Start, again and again, one of the activities that can start first; leave starts in `made`, return the last finish.

    The parallel schedule generation scheme (Kelley 1963); among those that can start the choice is by chance, biased by how
    much longer the rest behind an activity is than behind the least urgent one (regret, Drexl 1991; latest finish times).
    """
    count = 0
    for activity in range(len(loads.duration)):
        pool.mark[activity] = web.first[activity + 1] - web.first[activity]
        if pool.mark[activity] == 0:
            pool.eligible[count] = activity
            pool.moment[activity] = web.bound[activity]
            count += 1
    end = 0
    for _ in range(len(loads.duration)):
        now = first_moment(count, web, loads, pool, origin)
        place = chosen(count, now, web, pool, dice)
        activity = pool.eligible[place]
        count -= 1
        pool.eligible[place] = pool.eligible[count]
        pool.made[activity] = now
        end = max(end, now + loads.duration[activity])
        take(activity, now, loads, pool.free, origin, web.step)
        count = release_next(activity, count, web, pool)
    clear(loads, pool.free, origin, web.step, end)
    return end


def sampled(web: Web, loads: Loads, pool: Pool, dice: Room) -> None:
    """Make a list in `child` by choosing again and again among the activities whose predecessors are listed."""
    count = 0
    for activity in range(len(loads.duration)):
        pool.mark[activity] = web.first[activity + 1] - web.first[activity]
        pool.moment[activity] = 0
        pool.made[activity] = 0
        if pool.mark[activity] == 0:
            pool.eligible[count] = activity
            count += 1
    for place in range(len(loads.duration)):
        picked = chosen(count, 0, web, pool, dice)
        activity = pool.eligible[picked]
        count -= 1
        pool.eligible[picked] = pool.eligible[count]
        pool.child[place] = activity
        for link in range(web.next_first[activity], web.next_first[activity + 1]):
            after = web.next[link]
            pool.mark[after] -= 1
            if pool.mark[after] == 0:
                pool.eligible[count] = after
                count += 1


def first_moment(count: int, web: Web, loads: Loads, pool: Pool, origin: int) -> int:
    """Bring the earliest starts of the eligible up to date and return the first of them."""
    now = 1 << 60
    for place in range(count):
        activity = pool.eligible[place]
        moment = pool.moment[activity]
        if moment <= now:
            moment = fitting_moment(activity, moment, loads, pool.free, origin, web.step)
            pool.moment[activity] = moment
            now = min(now, moment)
    return now


def chosen(count: int, now: int, web: Web, pool: Pool, dice: Room) -> int:
    """Draw one of the eligible that can start now, with a weight of the square of its regret."""
    least = 1 << 60
    for place in range(count):
        activity = pool.eligible[place]
        if pool.moment[activity] == now:
            least = min(least, web.tail[activity])
    total = 0
    for place in range(count):
        activity = pool.eligible[place]
        if pool.moment[activity] == now:
            regret = min(web.tail[activity] - least + 1, 1 << 10)
            total += regret * regret
        pool.chance[place] = total
    drawn = below(dice, min(total, (1 << 31) - 1))
    place = 0
    while pool.chance[place] <= drawn:
        place += 1
    return place


def release_next(activity: int, count: int, web: Web, pool: Pool) -> int:
    """Make those eligible whose last open predecessor this activity was; return how many are eligible."""
    for link in range(web.next_first[activity], web.next_first[activity + 1]):
        after = web.next[link]
        pool.mark[after] -= 1
        if pool.mark[after] == 0:
            pool.eligible[count] = after
            pool.moment[after] = linked_moment(after, web, pool.made)
            count += 1
    return count
