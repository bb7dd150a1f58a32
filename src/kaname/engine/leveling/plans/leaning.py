# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Lean a schedule of a plan on its end, to learn which tasks can wait: plain Python that also runs compiled.

Justification to the right (Valls, Ballestin and Quintanilla 2005), on the clock: each task keeps the length that it has on the
clock, whatever calendar it would meet elsewhere.  What comes of it is no schedule of the plan but an order in which to make the
next one.
"""

from kaname.engine.calendar.kernels import BEYOND, Ints
from kaname.engine.leveling.plans.arrays import Lines, Takes
from kaname.engine.leveling.plans.kernels import blocked_until, list_by_keys, take
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


def latest_end(after: Links, dates: Dates, leant: Ints, node: int, length: int, end: int) -> int:
    """Return the latest finish of a node that its successors' leant starts allow."""
    latest = end
    for link in range(after.first[node], after.first[node + 1]):
        shape = after.shape[link]
        other = after.other[link]
        if leant[other] >= BEYOND or shape > CHILD:
            continue
        other_end = leant[other] + dates.finish[other] - dates.start[other]
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
) -> None:
    """Write into `leant` the latest start of each node, on the clock, with which the schedule in `dates` ends as it does.

    Uses `lines`, with time running backward, `keys`, `waiting`, `heap` and `order`.
    """
    end = -BEYOND
    for node in range(len(keys)):
        leant[node] = BEYOND
        keys[node] = -dates.finish[node]
        if counts[node]:
            end = max(end, dates.finish[node])
    for resource in range(len(whole.count)):
        first = lines.first[resource]
        lines.count[resource] = 1
        lines.moment[first] = -BEYOND
        lines.free[first] = whole.free[whole.first[resource] + whole.count[resource] - 1]
    count = list_by_keys(after, before, keys, waiting, heap, order)
    for place in range(count):
        node = order[place]
        kind = nodes.kind[node]
        if kind == IDLE:
            continue
        length = dates.finish[node] - dates.start[node]
        low = -dates.finish[node]
        if kind not in (FIXED, STARTED):
            low = min(low, -latest_end(after, dates, leant, node, length, end))
            low = fitting(takes, lines, node, low, length, -dates.finish[node])
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
