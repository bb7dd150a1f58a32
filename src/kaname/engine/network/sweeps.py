# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""What is counted over all nodes once the passes are done, and their order before.

Plain Python that also runs compiled (see `engine.network.jit`).
"""

from kaname.engine.calendar.kernels import BEYOND, Ints, work_at
from kaname.engine.network.arrays import (
    ASIDE,
    CHILD,
    DONE,
    FIXED,
    FLAGS,
    IDLE,
    LAGGED,
    OPENING,
    OWN_CALENDAR,
    RULE_WIDTH,
    SHARE_LAGGED,
    Dates,
    Extras,
    Links,
    Nodes,
)
from kaname.engine.network.lags import earlier, share_lag

Flags = Ints


def free_floats(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    after: Links,
    extras: Extras,
    dates: Dates,
    counted_on: int,
    tail: int,
    floats: Ints,
) -> None:
    """Find how far every node may slip before any successor does, and write it into `floats`; O(nodes + links).

    Gaps count on the calendar `counted_on`, or on that of the node where it is `OWN_CALENDAR`.  Where nothing follows, the
    float is the total one, or the gap to `tail` where that is not `BEYOND`.
    """
    first, others, shapes, lags, calendars = after
    for node in range(len(nodes.kind)):
        kind = nodes.kind[node]
        floats[node] = max(dates.total_float[node], 0)
        if kind in (OPENING, IDLE):
            continue
        if kind == FIXED and extras.rules[nodes.rule[node] * RULE_WIDTH + FLAGS] & DONE:
            continue
        own = nodes.slack_calendar[node]
        calendar = own if counted_on == OWN_CALENDAR else counted_on
        start = dates.start[node]
        finish = dates.finish[node]
        least = BEYOND
        for link in range(first[node], first[node + 1]):
            shape = shapes[link]
            if shape >= CHILD:
                continue
            other = others[link]
            moment = dates.start[other] if shape & 2 == 0 else dates.finish[other]
            if shape >= LAGGED:
                lag = lags[link]
                if shape >= SHARE_LAGGED:
                    lag = share_lag(eras, days, lag, own, start, finish)
                moment = earlier(eras, days, calendars[link], moment, lag)
            end = finish if shape & 1 == 0 else start
            least = min(least, work_at(eras, days, calendar, moment) - work_at(eras, days, calendar, end))
        if least == BEYOND and tail < BEYOND:
            least = work_at(eras, days, own, tail) - work_at(eras, days, own, finish)
        if least < BEYOND:
            floats[node] = max(least, 0)


def span_of(nodes: Nodes, extras: Extras, dates: Dates) -> tuple[int, int, int, int]:
    """Return the first start and the last finish of the nodes that count for the plan, then those of all its nodes.

    `BEYOND` the wrong way where there are none.
    """
    kinds, _, _, _, rules = nodes
    starts, finishes = dates.start, dates.finish
    first = BEYOND
    last = -BEYOND
    least = BEYOND
    most = -BEYOND
    for node in range(len(kinds)):
        if kinds[node] < OPENING:
            least = min(least, starts[node])
            most = max(most, finishes[node])
            rule = rules[node]
            if rule < 0 or extras.rules[rule * RULE_WIDTH + FLAGS] & ASIDE == 0:
                first = min(first, starts[node])
                last = max(last, finishes[node])
    return first, last, least, most


def roll_up(
    eras: Ints, days: Ints, nodes: Nodes, dates: Dates, parents: Ints, places: Ints, rolls: Flags, counts: Flags
) -> None:
    """Give summaries the span of their tasks, early and late, and the floats that follow from it.

    By task number, parents before children: `parents` or -1, `places` the positions, `rolls` marks the summaries to fill
    and `counts` the tasks that count for their parent.  O(tasks).
    """
    for number in range(len(parents)):
        if rolls[number]:
            place = places[number]
            dates.start[place] = BEYOND
            dates.finish[place] = -BEYOND
            dates.late_start[place] = BEYOND
            dates.late_finish[place] = -BEYOND
    for number in range(len(parents) - 1, -1, -1):
        place = places[number]
        if rolls[number] and dates.start[place] < BEYOND:
            calendar = nodes.slack_calendar[place]
            begun = work_at(eras, days, calendar, dates.start[place])
            done = work_at(eras, days, calendar, dates.finish[place])
            head = work_at(eras, days, calendar, dates.late_start[place]) - begun
            tail = work_at(eras, days, calendar, dates.late_finish[place]) - done
            dates.total_float[place] = min(head, tail)
        parent = parents[number]
        if parent >= 0 and rolls[parent] and counts[number] and dates.start[place] < BEYOND:
            upper = places[parent]
            dates.start[upper] = min(dates.start[upper], dates.start[place])
            dates.finish[upper] = max(dates.finish[upper], dates.finish[place])
            is_given = nodes.kind[place] == FIXED
            late_start = dates.start[place] if is_given else dates.late_start[place]
            late_finish = dates.finish[place] if is_given else dates.late_finish[place]
            dates.late_start[upper] = min(dates.late_start[upper], late_start)
            dates.late_finish[upper] = max(dates.late_finish[upper], late_finish)


def order(count: int, first: Ints, other: Ints, waiting: Ints, places: Ints) -> int:
    """Write the topological order of `count` nodes into `places` and return how many could be ordered.

    `first` and `other` list successors, `waiting` the number of predecessors of each node and is used up.  Nodes that
    stand on a loop or behind one are not ordered (Kahn, 1962).
    """
    end = 0
    for node in range(count):
        if waiting[node] == 0:
            places[end] = node
            end += 1
    head = 0
    while head < end:
        node = places[head]
        head += 1
        for link in range(first[node], first[node + 1]):
            successor = other[link]
            waiting[successor] -= 1
            if waiting[successor] == 0:
                places[end] = successor
                end += 1
    return end
