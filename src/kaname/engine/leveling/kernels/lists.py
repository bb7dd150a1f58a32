# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Activity lists: read from schedules, crossed, changed."""

from kaname.engine.leveling.arrays import Loads, Pool, Room, Web
from kaname.engine.leveling.kernels.dice import below


def mirror(starts: Room, loads: Loads, end: int, into: Room, at: int) -> None:
    """Turn starts of one frame into starts of the other, of a schedule from 0 to `end`."""
    for activity in range(len(loads.duration)):
        into[at + activity] = end - starts[activity] - loads.duration[activity]


def read_list(starts: Room, at: int, web: Web, loads: Loads, pool: Pool, order: Room, at_order: int, end: int) -> None:
    """Sort activities by start, none before one that holds it.

    With leads an activity may start before its predecessor; it is sorted as if it started with it.
    """
    count = len(loads.duration)
    for moment in range(end + 2):
        pool.tally[moment] = 0
    activity = 0 if web.step > 0 else count - 1
    for _ in range(count):
        key = starts[at + activity]
        for link in range(web.first[activity], web.first[activity + 1]):
            key = max(key, pool.keys[web.other[link]])
        pool.keys[activity] = key
        pool.tally[key + 1] += 1
        activity += web.step
    for moment in range(1, end + 1):
        pool.tally[moment] += pool.tally[moment - 1]
    activity = 0 if web.step > 0 else count - 1
    for _ in range(count):
        key = pool.keys[activity]
        order[at_order + pool.tally[key]] = activity
        pool.tally[key] += 1
        activity += web.step


def transplant(mother: int, father: int, begin: int, finish: int, web: Web, loads: Loads, pool: Pool) -> None:
    """Keep what the father does between two moments, and the mother's order of what he does before and after.

    After the peak crossover of Valls, Ballestin and Quintanilla (2008), with windows of any place and width.  No activity
    comes before one that holds it, even where links let it finish first.
    """
    count = len(loads.duration)
    activity = 0 if web.step > 0 else count - 1
    for _ in range(count):
        start = pool.starts[father * count + activity]
        part = 0
        if start >= finish:
            part = 2
        elif start + loads.duration[activity] > begin:
            part = 1
        for link in range(web.first[activity], web.first[activity + 1]):
            part = max(part, pool.mark[web.other[link]])
        pool.mark[activity] = part
        activity += web.step
    place = copy_marked(mother, 0, 0, pool, count)
    place = copy_marked(father, 1, place, pool, count)
    copy_marked(mother, 2, place, pool, count)


def copy_marked(parent: int, wanted: int, place: int, pool: Pool, count: int) -> int:
    """Append the activities of a parent's list that carry a mark to the child; return its length."""
    for at in range(parent * count, parent * count + count):
        activity = pool.orders[at]
        if pool.mark[activity] == wanted:
            pool.child[place] = activity
            place += 1
    return place


def two_points(mother: int, father: int, begin: int, finish: int, pool: Pool, count: int) -> None:
    """Fill the places between two points in the father's order, those before and after in the mother's (Hartmann 1998)."""
    for activity in range(count):
        pool.mark[activity] = 0
    for place in range(begin):
        activity = pool.orders[mother * count + place]
        pool.mark[activity] = 1
        pool.child[place] = activity
    place = begin
    at = father * count
    while place < finish:
        activity = pool.orders[at]
        at += 1
        if pool.mark[activity] == 0:
            pool.mark[activity] = 1
            pool.child[place] = activity
            place += 1
    copy_marked(mother, 0, finish, pool, count)


def insert(web: Web, pool: Pool, count: int, dice: Room) -> None:
    """Move one activity of the child to another place between what holds it and what it holds."""
    place = below(dice, count)
    activity = pool.child[place]
    for other in range(count):
        pool.mark[other] = 0
    for link in range(web.first[activity], web.first[activity + 1]):
        pool.mark[web.other[link]] = 1
    for link in range(web.next_first[activity], web.next_first[activity + 1]):
        pool.mark[web.next[link]] = 1
    low = place
    while low > 0 and pool.mark[pool.child[low - 1]] == 0:
        low -= 1
    high = place
    while high < count - 1 and pool.mark[pool.child[high + 1]] == 0:
        high += 1
    target = low + below(dice, high - low + 1)
    while place > target:
        pool.child[place] = pool.child[place - 1]
        place -= 1
    while place < target:
        pool.child[place] = pool.child[place + 1]
        place += 1
    pool.child[place] = activity
