# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Lean a schedule of a plan on its end, to learn which tasks can wait: plain Python that also runs compiled.

Justification to the right (Valls, Ballestin and Quintanilla 2005), on one axis: the working time of the plan's calendar.  Each
task keeps the length that it has on it, whatever calendar it would meet elsewhere.  What comes of it is no schedule of the plan but an order in which to make the
next one.
"""

from kaname.engine.calendar.kernels import BEYOND, Ints, work_at
from kaname.engine.leveling.plans.arrays import Lines, Takes
from kaname.engine.leveling.plans.kernels import blocked_until, take
from kaname.engine.leveling.plans.listing import list_by_keys
from kaname.engine.network.arrays import (
    CHILD,
    FF,
    FIXED,
    FS,
    IDLE,
    LAGGED,
    SHARE_LAGGED,
    SS,
    STARTED,
    Dates,
    Links,
    Nodes,
)


def latest_end(after: Links, lengths: Ints, leant: Ints, node: int, end: int) -> int:
    """Return the latest finish of a node that its successors' leant starts allow."""
    latest = end
    length = lengths[node]
    for link in range(after.first[node], after.first[node + 1]):
        shape = after.shape[link]
        other = after.other[link]
        if leant[other] >= BEYOND or shape > CHILD:
            continue
        other_end = leant[other] + lengths[other]
        if shape == CHILD:
            latest = min(latest, other_end)
            continue
        lag = after.lag[link] if LAGGED <= shape < SHARE_LAGGED else 0
        kind = shape & 3
        if kind == FS:
            latest = min(latest, leant[other] - lag)
        elif kind == SS:
            latest = min(latest, leant[other] - lag + length)
        elif kind == FF:
            latest = min(latest, other_end - lag)
        else:
            latest = min(latest, other_end - lag + length)
    return latest


def lean(
    eras: Ints,
    days: Ints,
    axis: int,
    nodes: Nodes,
    before: Links,
    after: Links,
    dates: Dates,
    takes: Takes,
    whole: Lines,
    lines: Lines,
    counts: Ints,
    keys: Ints,
    waiting: Ints,
    heap: Ints,
    order: Ints,
    leant: Ints,
    lengths: Ints,
) -> None:
    """Write into `leant` the latest start of each node with which the schedule in `dates` ends as it does.

    Counted in working minutes of the calendar `axis`.  Uses `lines`, with time running backward, `keys`, `waiting`, `heap`,
    `order` and `lengths`.
    """
    end = -BEYOND
    for node in range(len(keys)):
        leant[node] = BEYOND
        lengths[node] = 0
        keys[node] = BEYOND
        if nodes.kind[node] != IDLE and dates.start[node] < BEYOND:
            finish = work_at(eras, days, axis, dates.finish[node])
            keys[node] = -finish
            lengths[node] = finish - work_at(eras, days, axis, dates.start[node])
            if counts[node]:
                end = max(end, finish)
    for resource in range(len(whole.count)):
        first = lines.first[resource]
        lines.count[resource] = 1
        lines.moment[first] = -BEYOND
        lines.free[first] = whole.free[whole.first[resource] + whole.count[resource] - 1]
    count = list_by_keys(after, before, keys, waiting, heap, order)
    for place in range(count):
        node = order[place]
        kind = nodes.kind[node]
        if kind == IDLE or keys[node] == BEYOND:
            continue
        length = lengths[node]
        placed = keys[node]
        low = placed
        if kind not in (FIXED, STARTED):
            low = min(low, -latest_end(after, lengths, leant, node, end))
            low = fitting(takes, lines, node, low, length, placed)
        for one in range(takes.first[node], takes.first[node + 1]):
            take(lines, takes.resource[one], low, low + length, takes.units[one])
        leant[node] = -(low + length)


def fitting(takes: Takes, lines: Lines, node: int, low: int, length: int, most: int) -> int:
    """Return the first moment from `low` to `most` from which on all whom a node takes are free so long; else `most`."""
    while low < most:
        until = -BEYOND
        for one in range(takes.first[node], takes.first[node + 1]):
            until = max(until, blocked_until(lines, takes.resource[one], low, low + length, takes.need[one]))
        if until == -BEYOND:
            return low
        low = until
    return most
