# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""The backward pass of the critical path method (Kelley & Walker, 1959) and the total floats, on flat arrays.

Plain Python that also runs compiled; `dirty` and `spread` as in `engine.network.forward`, from successor to predecessor.
"""

from kaname.engine.calendar.kernels import BEYOND, Ints, finish_moment, start_moment, work_at
from kaname.engine.network.arrays import (
    CHILD,
    CLOSING,
    DONE,
    EXPECTED_FINISH,
    FINISH_POINT,
    FIXED,
    FLAGS,
    IDLE,
    LAGGED,
    LATE_FINISH_MAX,
    LATE_FINISH_MIN,
    LATE_START_MAX,
    LATE_START_MIN,
    OPENING,
    RULE_WIDTH,
    SHARE_LAGGED,
    SHARED,
    STARTED,
    WORK,
    Dates,
    Extras,
    Links,
    Nodes,
)
from kaname.engine.network.lags import earlier, share_lag
from kaname.engine.network.placing import place_point_late, place_share_late

Flags = Ints


def late_bounds(
    eras: Ints,
    days: Ints,
    first: Ints,
    others: Ints,
    shapes: Ints,
    lags: Ints,
    calendars: Ints,
    starts: Ints,
    finishes: Ints,
    late_starts: Ints,
    late_finishes: Ints,
    kinds: Ints,
    node_calendars: Ints,
    measure: int,
    node: int,
    horizon: int,
) -> tuple[int, int]:
    """Return the latest finish and the latest start that the successors of a node and the horizon allow.

    A finish that drives a finish may lie anywhere between the shift in which the latter ends and the next one.
    """
    finish_bound = horizon
    start_bound = BEYOND
    for link in range(first[node], first[node + 1]):
        shape = shapes[link]
        other = others[link]
        if shape >= CHILD:
            if shape == CHILD:
                finish_bound = min(finish_bound, late_finishes[other])
                if starts[node] == starts[other]:
                    start_bound = min(start_bound, late_starts[other])
            continue
        moment = late_starts[other]
        if shape & 2:
            moment = late_finishes[other]
            calendar = node_calendars[other]
            if kinds[other] == WORK and (shape >= LAGGED or calendar != node_calendars[node]):
                moment = start_moment(eras, days, calendar, work_at(eras, days, calendar, moment))
        if shape >= LAGGED:
            lag = lags[link]
            if shape >= SHARE_LAGGED:
                lag = share_lag(eras, days, lag, measure, starts[node], finishes[node])
            moment = earlier(eras, days, calendars[link], moment, lag)
        if shape & 1 == 0:
            finish_bound = min(finish_bound, moment)
        else:
            start_bound = min(start_bound, moment)
    return finish_bound, start_bound


def backward(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    after: Links,
    extras: Extras,
    dates: Dates,
    dirty: Flags,
    spread: bool,
    horizon: int,
    own_horizon: bool,
) -> None:
    """Find the latest start and finish and the total float of every marked node, in reverse topological order.

    `horizon` is the finish of the plan; with `own_horizon` set a node that nothing follows may finish no later than it
    does now.  Writes late_start, late_finish and total_float; O(nodes + links).
    """
    kinds, node_calendars, measures, spans, rules = nodes
    first, others, shapes, lags, calendars = after
    starts, finishes, works, _, late_starts, late_finishes, totals = dates
    before_first, before_others = before.first, before.other
    for node in range(len(kinds) - 1, -1, -1):
        if dirty[node] == 0:
            continue
        kind = kinds[node]
        if kind == IDLE:
            continue
        limit = horizon
        if own_horizon and first[node] == first[node + 1]:
            limit = finishes[node]
        calendar = node_calendars[node]
        measure = measures[node]
        finish_bound, start_bound = late_bounds(
            eras, days, first, others, shapes, lags, calendars, starts, finishes, late_starts, late_finishes,
            kinds, node_calendars, measure, node, limit,
        )  # fmt: skip
        if kind == WORK and rules[node] < 0 and measure == calendar:
            span = spans[node]
            work = work_at(eras, days, calendar, finish_bound)
            if start_bound < BEYOND:
                work = min(work, work_at(eras, days, calendar, start_bound) + span)
            start = start_moment(eras, days, calendar, work - span)
            finish = finish_moment(eras, days, calendar, work)
            total = work - span - works[node]
        else:
            start, finish = backward_special(eras, days, nodes, extras, dates, node, finish_bound, start_bound)
            total = total_float(eras, days, nodes, extras, dates, node, start, finish)
        if spread and (start != late_starts[node] or finish != late_finishes[node]):
            for link in range(before_first[node], before_first[node + 1]):
                dirty[before_others[link]] = 1
        late_starts[node] = start
        late_finishes[node] = finish
        totals[node] = total


def backward_special(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    extras: Extras,
    dates: Dates,
    node: int,
    finish_bound: int,
    start_bound: int,
) -> tuple[int, int]:
    """Return the latest start and finish of a node that is not plain work."""
    kind = nodes.kind[node]
    row = nodes.rule[node] * RULE_WIDTH
    if kind == OPENING:
        moment = min(finish_bound, start_bound)
        return moment, moment
    if kind == CLOSING:
        if row >= 0:
            finish_bound = min(finish_bound, extras.rules[row + LATE_FINISH_MAX])
        return start_bound, finish_bound
    start_min = -BEYOND
    finish_min = -BEYOND
    if row >= 0:
        if kind == FIXED and extras.rules[row + FLAGS] & DONE:
            return dates.start[node], dates.finish[node]
        finish_bound = min(finish_bound, extras.rules[row + LATE_FINISH_MAX])
        start_bound = min(start_bound, extras.rules[row + LATE_START_MAX])
        start_min = extras.rules[row + LATE_START_MIN]
        finish_min = extras.rules[row + LATE_FINISH_MIN]
    calendar = nodes.calendar[node]
    if kind <= FINISH_POINT and kind != WORK:
        moment = max(min(finish_bound, start_bound), start_min, finish_min)
        moment = place_point_late(eras, days, kind, calendar, moment)
        return moment, moment
    if kind == SHARED:
        return place_share_late(eras, days, extras, row, max(start_bound, start_min), max(finish_bound, finish_min))
    span = nodes.span[node]
    if row >= 0 and extras.rules[row + EXPECTED_FINISH] > -BEYOND:
        span = work_at(eras, days, calendar, dates.finish[node]) - dates.work[node]
    work = work_at(eras, days, calendar, max(finish_bound, finish_min))
    if start_bound < BEYOND and kind != STARTED:
        work = min(work, work_at(eras, days, calendar, start_bound) + span)
    if start_min > -BEYOND:
        work = max(work, work_at(eras, days, calendar, start_min) + span)
    finish = finish_moment(eras, days, calendar, work)
    if span == 0:
        return finish, finish
    return start_moment(eras, days, calendar, work - span), finish


def total_float(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    extras: Extras,
    dates: Dates,
    node: int,
    late_start: int,
    late_finish: int,
) -> int:
    """Return the total float of a node that is not plain work: the smaller one of its start and of its finish."""
    kind = nodes.kind[node]
    if kind >= OPENING:
        return 0
    if kind == FIXED and extras.rules[nodes.rule[node] * RULE_WIDTH + FLAGS] & DONE:
        return 0
    calendar = nodes.slack_calendar[node]
    tail = work_at(eras, days, calendar, late_finish) - work_at(eras, days, calendar, dates.finish[node])
    if kind == STARTED:
        return tail
    head = work_at(eras, days, calendar, late_start) - work_at(eras, days, calendar, dates.start[node])
    return min(head, tail)
