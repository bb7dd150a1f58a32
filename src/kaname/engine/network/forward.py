# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""The forward pass of the critical path method (Kelley & Walker, 1959), on flat arrays.

Plain Python on sequences of integers that also runs compiled (see `engine.network.jit`).  `dirty` has one byte a node:
only marked nodes are calculated, and with `spread` set a node whose dates change marks those that depend on it, so that
one changed task costs what it moves and no more.
"""

from kaname.engine.calendar.kernels import BEYOND, Ints, finish_moment, start_moment, work_at
from kaname.engine.network.arrays import (
    BY_CONSTRAINT,
    BY_GIVEN,
    BY_NOTHING,
    BY_PROJECT_START,
    CHILD,
    CLOSING,
    FINISH_MIN,
    FIXED,
    GIVEN_FINISH,
    GIVEN_START,
    IDLE,
    LAGGED,
    RULE_WIDTH,
    SF,
    SHARE_LAGGED,
    START_MIN,
    STARTED,
    WORK,
    Dates,
    Extras,
    Links,
    Nodes,
)
from kaname.engine.network.lags import later, share_lag
from kaname.engine.network.placing import resume_work, settle_other, settle_work, stretched

Flags = Ints


def early_bounds(
    eras: Ints,
    days: Ints,
    first: Ints,
    others: Ints,
    shapes: Ints,
    lags: Ints,
    calendars: Ints,
    starts: Ints,
    finishes: Ints,
    measures: Ints,
    node: int,
    origin: int,
    floor: int,
) -> tuple[int, int, int, int]:
    """Return the bounds that links put on start and finish of a node, and which link each is.

    `origin` bounds the start where no link does, `floor` in any case.
    """
    start_beyond = -BEYOND
    finish_bound = -BEYOND
    start_driver = BY_PROJECT_START
    finish_driver = BY_NOTHING
    for link in range(first[node], first[node + 1]):
        shape = shapes[link]
        other = others[link]
        moment = finishes[other] if shape & 1 == 0 else starts[other]
        if shape >= LAGGED:
            lag = lags[link]
            if shape >= SHARE_LAGGED:
                lag = share_lag(eras, days, lag, measures[other], starts[other], finishes[other])
            moment = later(eras, days, calendars[link], moment, lag)
        if shape & 2:
            if moment > finish_bound:
                finish_bound = moment
                finish_driver = link
        else:
            start_driver = link if moment >= start_beyond else start_driver
            start_beyond = max(start_beyond, moment + 1)
    start_bound = origin if start_driver < 0 else start_beyond - 1
    if start_bound < floor:
        start_bound = floor
        start_driver = BY_PROJECT_START
    return start_bound, finish_bound, start_driver, finish_driver


def close_summary(before: Links, dates: Dates, node: int) -> tuple[int, int, int]:
    """Return the first start and the last finish among the children of a closing node, and the child with the latter."""
    start = BEYOND
    finish = -BEYOND
    driver = BY_NOTHING
    for link in range(before.first[node], before.first[node + 1]):
        other = before.other[link]
        if before.shape[link] == CHILD and dates.start[other] < BEYOND:
            start = min(start, dates.start[other])
            if dates.finish[other] > finish:
                finish = dates.finish[other]
                driver = link
    return start, finish, driver


def forward(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    after: Links,
    extras: Extras,
    dates: Dates,
    dirty: Flags,
    spread: bool,
    origin: int,
    floor: int,
) -> None:
    """Find the earliest start and finish of every marked node, in topological order.

    A node that no link holds begins at `origin`; none begins before `floor`.  Writes start, finish, work and driver;
    O(nodes + links).
    """
    kinds, node_calendars, measures, spans, rules = nodes
    first, others, shapes, lags, calendars = before
    starts, finishes, works, drivers = dates.start, dates.finish, dates.work, dates.driver
    after_first, after_others = after.first, after.other
    for node in range(len(kinds)):
        if dirty[node] == 0:
            continue
        kind = kinds[node]
        if kind == IDLE:
            continue
        if kind == WORK and rules[node] < 0:
            start_bound, finish_bound, driver, finish_driver = early_bounds(
                eras, days, first, others, shapes, lags, calendars, starts, finishes, measures, node, origin, floor
            )
            calendar = node_calendars[node]
            span = spans[node]
            work = work_at(eras, days, calendar, start_bound)
            if finish_bound > -BEYOND:
                needed = work_at(eras, days, calendar, finish_bound) - span
                if needed > work:
                    work = needed
                    driver = finish_driver
            start = start_moment(eras, days, calendar, work)
            finish = finish_moment(eras, days, calendar, work + span)
            if finish < finish_bound and shapes[finish_driver] == SF:
                finish = stretched(eras, days, calendar, finish, finish_bound)
        else:
            start, finish, work, driver = forward_special(eras, days, nodes, before, extras, dates, node, origin, floor)
        if spread and (start != starts[node] or finish != finishes[node]):
            for link in range(after_first[node], after_first[node + 1]):
                dirty[after_others[link]] = 1
        starts[node] = start
        finishes[node] = finish
        works[node] = work
        drivers[node] = driver


def forward_special(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    extras: Extras,
    dates: Dates,
    node: int,
    origin: int,
    floor: int,
) -> tuple[int, int, int, int]:
    """Return start, finish, work before the start and driver of a node that is not plain work."""
    kind = nodes.kind[node]
    row = nodes.rule[node] * RULE_WIDTH
    if kind == FIXED:
        start = extras.rules[row + GIVEN_START]
        work = work_at(eras, days, nodes.calendar[node], start)
        return start, extras.rules[row + GIVEN_FINISH], work, BY_GIVEN
    if kind == CLOSING:
        start, finish, driver = close_summary(before, dates, node)
        return start, finish, work_at(eras, days, nodes.calendar[node], start), driver
    if kind == STARTED or (row >= 0 and max(extras.rules[row + START_MIN], extras.rules[row + FINISH_MIN]) > -BEYOND):
        origin = -BEYOND
    start_bound, finish_bound, driver, finish_driver = early_bounds(
        eras,
        days,
        before.first,
        before.other,
        before.shape,
        before.lag,
        before.calendar,
        dates.start,
        dates.finish,
        nodes.slack_calendar,
        node,
        origin,
        floor,
    )
    if kind == STARTED:
        return resume_work(eras, days, nodes, extras, node, start_bound, finish_bound, driver)
    follows_start = finish_driver >= 0 and before.shape[finish_driver] == SF
    if row >= 0:
        if extras.rules[row + START_MIN] > start_bound:
            start_bound = extras.rules[row + START_MIN]
            driver = BY_CONSTRAINT
        if extras.rules[row + FINISH_MIN] > finish_bound:
            finish_bound = extras.rules[row + FINISH_MIN]
            finish_driver = BY_CONSTRAINT
            follows_start = False
    if kind == WORK:
        return settle_work(
            eras, days, extras, row, nodes.calendar[node], nodes.span[node], start_bound, finish_bound, driver,
            finish_driver, follows_start,
        )  # fmt: skip
    return settle_other(eras, days, nodes, extras, node, start_bound, finish_bound, driver, finish_driver)
