# ruff: noqa: PLR0917, C901 - compiled code is fastest when it is handed arrays one by one
"""The two passes of the critical path method, on flat arrays (Kelley & Walker, 1959).

Like `engine.calendar.kernels` this is plain Python on sequences of integers and also compiled code.  `dirty` has one byte
a node: only marked nodes are calculated, and with `spread` set a node whose dates change marks those that depend on it,
so that one changed task costs what it moves and no more.
"""

from kaname.engine.calendar.kernels import BEYOND, Ints, finish_moment, start_moment, work_at
from kaname.engine.network.arrays import (
    ASIDE,
    BY_CEILING,
    BY_CONSTRAINT,
    BY_DELAY,
    BY_FLOOR,
    BY_GIVEN,
    BY_NOTHING,
    BY_PROJECT_START,
    BY_STATUS,
    CHILD,
    CLOSING,
    DELAY,
    DONE,
    END_SHARE,
    EXPECTED_FINISH,
    FINISH_MAX,
    FINISH_MIN,
    FINISH_POINT,
    FIRST_SHARE,
    FIXED,
    FLAGS,
    FLOOR,
    GIVEN_FINISH,
    GIVEN_START,
    IDLE,
    IGNORES_LINKS,
    LAGGED,
    LATE_FINISH_MAX,
    LATE_FINISH_MIN,
    LATE_START_MAX,
    LATE_START_MIN,
    OPENING,
    OWN_CALENDAR,
    POINT,
    RESUME_MIN,
    RULE_WIDTH,
    SF,
    SHARE_LAGGED,
    SHARED,
    START_MAX,
    START_MIN,
    STARTED,
    WORK,
    Dates,
    Extras,
    Links,
    Nodes,
)

Flags = Ints


def later(eras: Ints, days: Ints, calendar: int, moment: int, lag: int) -> int:
    """Return the moment a lag after `moment`; a lead gives an earlier one."""
    if lag >= 0:
        return finish_moment(eras, days, calendar, work_at(eras, days, calendar, moment) + lag)
    return start_moment(eras, days, calendar, work_at(eras, days, calendar, moment) + lag)


def earlier(eras: Ints, days: Ints, calendar: int, moment: int, lag: int) -> int:
    """Return the latest moment from which a lag reaches `moment` at the latest."""
    return start_moment(eras, days, calendar, work_at(eras, days, calendar, moment) - lag)


def lag_of(
    eras: Ints, days: Ints, shape: int, lag: int, calendar: int, predecessor_start: int, predecessor_finish: int
) -> int:
    """Return a lag in minutes; a share of the predecessor's length where the shape says so."""
    if shape < SHARE_LAGGED:
        return lag
    length = work_at(eras, days, calendar, predecessor_finish) - work_at(eras, days, calendar, predecessor_start)
    return (length * lag + 500) // 1000


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
            lag = lag_of(eras, days, shape, lags[link], measures[other], starts[other], finishes[other])
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


def stretched(eras: Ints, days: Ints, calendar: int, finish: int, bound: int) -> int:
    """Return the start of the next shift for a finish that is bound to it, as by a successor's start, else `finish`."""
    work = work_at(eras, days, calendar, bound)
    if start_moment(eras, days, calendar, work) == bound and work_at(eras, days, calendar, finish) == work:
        return bound
    return finish


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


def place_share(
    eras: Ints, days: Ints, extras: Extras, row: int, start_bound: int, finish_bound: int
) -> tuple[int, int]:
    """Return start and finish of a task whose people work on different calendars, each from the same bound."""
    first = extras.rules[row + FIRST_SHARE]
    end = extras.rules[row + END_SHARE]
    if finish_bound > -BEYOND:
        needed = -BEYOND
        for share in range(first, end):
            calendar = extras.share_calendar[share]
            work = work_at(eras, days, calendar, finish_bound) - extras.share_span[share] - extras.share_delay[share]
            moment = start_moment(eras, days, calendar, work)
            needed = moment if share == first else min(needed, moment)
        start_bound = max(start_bound, needed)
    start = BEYOND
    finish = -BEYOND
    for share in range(first, end):
        calendar = extras.share_calendar[share]
        work = work_at(eras, days, calendar, start_bound) + extras.share_delay[share]
        start = min(start, start_moment(eras, days, calendar, work))
        finish = max(finish, finish_moment(eras, days, calendar, work + extras.share_span[share]))
    return start, finish


def place_share_late(
    eras: Ints, days: Ints, extras: Extras, row: int, start_bound: int, finish_bound: int
) -> tuple[int, int]:
    """Return the latest start and finish of a task whose people work on different calendars."""
    first = extras.rules[row + FIRST_SHARE]
    end = extras.rules[row + END_SHARE]
    start = start_bound
    for share in range(first, end):
        calendar = extras.share_calendar[share]
        work = work_at(eras, days, calendar, finish_bound) - extras.share_span[share] - extras.share_delay[share]
        start = min(start, start_moment(eras, days, calendar, work))
    finish = -BEYOND
    for share in range(first, end):
        calendar = extras.share_calendar[share]
        if start < start_bound:
            finish = max(finish, finish_moment(eras, days, calendar, work_at(eras, days, calendar, finish_bound)))
        else:
            work = work_at(eras, days, calendar, start) + extras.share_delay[share] + extras.share_span[share]
            finish = max(finish, finish_moment(eras, days, calendar, work))
    return start, finish


def place_point(eras: Ints, days: Ints, kind: int, calendar: int, moment: int) -> int:
    """Return where a milestone stands that must not come before `moment`."""
    if kind == POINT:
        return moment
    work = work_at(eras, days, calendar, moment)
    if kind == FINISH_POINT and finish_moment(eras, days, calendar, work) == moment:
        return moment
    return start_moment(eras, days, calendar, work)


def place_point_late(eras: Ints, days: Ints, kind: int, calendar: int, moment: int) -> int:
    """Return where a milestone stands that must not come after `moment`."""
    if kind == POINT:
        return moment
    work = work_at(eras, days, calendar, moment)
    if start_moment(eras, days, calendar, work) == moment:
        return moment
    return finish_moment(eras, days, calendar, work)


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
    calendar = nodes.calendar[node]
    if kind == FIXED:
        start = extras.rules[row + GIVEN_START]
        return start, extras.rules[row + GIVEN_FINISH], work_at(eras, days, calendar, start), BY_GIVEN
    if kind == CLOSING:
        start, finish, driver = close_summary(before, dates, node)
        return start, finish, work_at(eras, days, calendar, start), driver
    if row >= 0 and max(extras.rules[row + START_MIN], extras.rules[row + FINISH_MIN]) > -BEYOND:
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
    start_max = BEYOND
    finish_max = BEYOND
    if row >= 0:
        if extras.rules[row + START_MIN] > start_bound:
            start_bound = extras.rules[row + START_MIN]
            driver = BY_CONSTRAINT
        if extras.rules[row + FINISH_MIN] > finish_bound:
            finish_bound = extras.rules[row + FINISH_MIN]
            finish_driver = BY_CONSTRAINT
        start_max = extras.rules[row + START_MAX]
        finish_max = extras.rules[row + FINISH_MAX]
    if kind == OPENING:
        if start_max < start_bound:
            return start_max, start_max, start_max, BY_CEILING
        return start_bound, start_bound, start_bound, driver
    if kind == SHARED:
        start, finish, driver = settle_share(eras, days, extras, row, start_bound, finish_bound, driver, finish_driver)
        return start, finish, work_at(eras, days, nodes.slack_calendar[node], start), driver
    if kind != WORK:
        moment, driver = settle_point(start_bound, finish_bound, min(start_max, finish_max), driver, finish_driver)
        moment = place_point(eras, days, kind, calendar, moment)
        if row >= 0:
            moment, driver = postponed(extras, row, moment, driver)
            moment = place_point(eras, days, kind, calendar, moment)
        return moment, moment, work_at(eras, days, calendar, moment), driver
    follows_start = finish_driver >= 0 and before.shape[finish_driver] == SF
    return settle_work(
        eras, days, extras, row, calendar, nodes.span[node], start_bound, finish_bound, driver, finish_driver,
        follows_start,
    )  # fmt: skip


def settle_work(
    eras: Ints,
    days: Ints,
    extras: Extras,
    row: int,
    calendar: int,
    span: int,
    start_bound: int,
    finish_bound: int,
    driver: int,
    finish_driver: int,
    follows_start: bool,
) -> tuple[int, int, int, int]:
    """Return start, finish, work before the start and driver of work on one calendar that has a rule."""
    start_max = extras.rules[row + START_MAX]
    finish_max = extras.rules[row + FINISH_MAX]
    work = work_at(eras, days, calendar, start_bound)
    if finish_bound > -BEYOND and work_at(eras, days, calendar, finish_bound) - span > work:
        work = work_at(eras, days, calendar, finish_bound) - span
        driver = finish_driver
    if start_max < BEYOND and work_at(eras, days, calendar, start_max) < work:
        work = work_at(eras, days, calendar, start_max)
        driver = BY_CEILING
    if finish_max < BEYOND and work_at(eras, days, calendar, finish_max) - span < work:
        work = work_at(eras, days, calendar, finish_max) - span
        driver = BY_CEILING
    if extras.rules[row + DELAY] != 0 or extras.rules[row + FLOOR] > -BEYOND:
        moment, driver = postponed(extras, row, start_moment(eras, days, calendar, work), driver)
        work = work_at(eras, days, calendar, moment)
    start = start_moment(eras, days, calendar, work)
    finish = finish_moment(eras, days, calendar, work + span)
    if finish < finish_bound and follows_start:
        finish = stretched(eras, days, calendar, finish, finish_bound)
    if extras.rules[row + EXPECTED_FINISH] > -BEYOND:
        finish = max(start, extras.rules[row + EXPECTED_FINISH])
    return start, finish, work, driver


def postponed(extras: Extras, row: int, moment: int, driver: int) -> tuple[int, int]:
    """Return a start after its levelling delay and not before its floor, and what then drives it."""
    if extras.rules[row + DELAY] != 0:
        moment += extras.rules[row + DELAY]
        driver = BY_DELAY
    if extras.rules[row + FLOOR] > moment:
        return extras.rules[row + FLOOR], BY_FLOOR
    return moment, driver


def settle_point(start_bound: int, finish_bound: int, ceiling: int, driver: int, finish_driver: int) -> tuple[int, int]:
    """Return the moment that bounds give a milestone, and which of them does."""
    if finish_bound > start_bound:
        start_bound = finish_bound
        driver = finish_driver
    if ceiling < start_bound:
        return ceiling, BY_CEILING
    return start_bound, driver


def settle_share(
    eras: Ints,
    days: Ints,
    extras: Extras,
    row: int,
    start_bound: int,
    finish_bound: int,
    driver: int,
    finish_driver: int,
) -> tuple[int, int, int]:
    """Return start, finish and driver of a task whose people work on different calendars."""
    start, finish = place_share(eras, days, extras, row, start_bound, -BEYOND)
    if finish_bound > finish:
        start, finish = place_share(eras, days, extras, row, start_bound, finish_bound)
        driver = finish_driver
    if start > extras.rules[row + START_MAX]:
        start, finish = place_share(eras, days, extras, row, extras.rules[row + START_MAX], -BEYOND)
        driver = BY_CEILING
    if finish > extras.rules[row + FINISH_MAX]:
        start, finish = place_share(eras, days, extras, row, -BEYOND, extras.rules[row + FINISH_MAX])
        driver = BY_CEILING
    moment, driver = postponed(extras, row, start, driver)
    if moment != start:
        start, finish = place_share(eras, days, extras, row, moment, -BEYOND)
    return start, finish, driver


def resume_work(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    extras: Extras,
    node: int,
    start_bound: int,
    finish_bound: int,
    driver: int,
) -> tuple[int, int, int, int]:
    """Return given start, finish, work before the remaining work and driver of a started task."""
    row = nodes.rule[node] * RULE_WIDTH
    calendar = nodes.calendar[node]
    resume = extras.rules[row + RESUME_MIN]
    if extras.rules[row + FLAGS] & IGNORES_LINKS == 0:
        if start_bound > resume:
            resume = start_bound
        else:
            driver = BY_STATUS
    else:
        driver = BY_STATUS
        finish_bound = -BEYOND
    work = work_at(eras, days, calendar, resume)
    span = nodes.span[node]
    finish_min = max(finish_bound, extras.rules[row + FINISH_MIN])
    if finish_min > -BEYOND:
        work = max(work, work_at(eras, days, calendar, finish_min) - span)
    start = extras.rules[row + GIVEN_START]
    finish = finish_moment(eras, days, calendar, work + span) if span > 0 else resume
    if extras.rules[row + EXPECTED_FINISH] > -BEYOND:
        finish = max(resume, extras.rules[row + EXPECTED_FINISH])
    return start, max(start, finish), work, driver


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
            lag = lag_of(eras, days, shape, lags[link], measure, starts[node], finishes[node])
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
                lag = lag_of(eras, days, shape, lags[link], own, start, finish)
                moment = earlier(eras, days, calendars[link], moment, lag)
            end = finish if shape & 1 == 0 else start
            least = min(least, work_at(eras, days, calendar, moment) - work_at(eras, days, calendar, end))
        if least == BEYOND and tail < BEYOND:
            least = work_at(eras, days, own, tail) - work_at(eras, days, own, finish)
        if least < BEYOND:
            floats[node] = max(least, 0)


def span_of(nodes: Nodes, extras: Extras, dates: Dates) -> tuple[int, int]:
    """Return the first start and the last finish of the nodes that count for the plan, `BEYOND` the wrong way if none."""
    first = BEYOND
    last = -BEYOND
    for node in range(len(nodes.kind)):
        if nodes.kind[node] < OPENING:
            rule = nodes.rule[node]
            if rule < 0 or extras.rules[rule * RULE_WIDTH + FLAGS] & ASIDE == 0:
                first = min(first, dates.start[node])
                last = max(last, dates.finish[node])
    return first, last


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
