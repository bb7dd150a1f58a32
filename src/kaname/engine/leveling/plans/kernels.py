# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Place the tasks of a plan one after another, each where the network allows it and those whom it takes are free.

The serial schedule generation scheme (Kelley 1963) on top of the network's own kernels: those say where a node stands given
its predecessors and a moment before which it may not begin, so that a levelled date is a date of the network to the minute,
whatever calendars, lags and constraints are about.  Plain Python on sequences of integers that also runs compiled (see
`engine.leveling.plans.jit`); nothing here owns memory.
"""

from kaname.engine.calendar.kernels import BEYOND, Ints, finish_moment, start_moment, work_at
from kaname.engine.leveling.plans.arrays import FOLLOWS, NEVER, NOBODY, Limits, Lines, Stays, Takes, Waits
from kaname.engine.network.arrays import FLOOR, IDLE, RULE_WIDTH, STARTED, Dates, Extras, Links, Nodes
from kaname.engine.network.forward import early_bounds, forward_special


def step_at(lines: Lines, resource: int, moment: int) -> int:
    """Return the place of the step in which a moment lies."""
    low = lines.first[resource]
    high = low + lines.count[resource]
    while high - low > 1:
        middle = (low + high) >> 1
        if lines.moment[middle] <= moment:
            low = middle
        else:
            high = middle
    return low


def blocked_until(lines: Lines, resource: int, start: int, finish: int, need: int) -> int:
    """Return when the last stretch between two moments ends in which less than `need` is free; `-BEYOND` if there is none.

    `BEYOND` where it never ends.  Who needs so much for a stretch that reaches as far cannot begin before that moment.
    """
    step = step_at(lines, resource, start)
    last = lines.first[resource] + lines.count[resource] - 1
    blocked = -1
    while step <= last and lines.moment[step] < finish:
        if lines.free[step] < need:
            blocked = step
        step += 1
    if blocked < 0:
        return -BEYOND
    while blocked < last:
        blocked += 1
        if lines.free[blocked] >= need:
            return lines.moment[blocked]
    return BEYOND


def split_step(lines: Lines, resource: int, moment: int) -> int:
    """Let a step begin at a moment and return its place."""
    step = step_at(lines, resource, moment)
    if lines.moment[step] == moment:
        return step
    end = lines.first[resource] + lines.count[resource]
    for place in range(end, step + 1, -1):
        lines.moment[place] = lines.moment[place - 1]
        lines.free[place] = lines.free[place - 1]
    lines.moment[step + 1] = moment
    lines.free[step + 1] = lines.free[step]
    lines.count[resource] += 1
    return step + 1


def join_step(lines: Lines, resource: int, step: int) -> None:
    """Join a step with the one before where both have the same free."""
    first = lines.first[resource]
    if step <= first or lines.free[step] != lines.free[step - 1]:
        return
    end = first + lines.count[resource]
    for place in range(step, end - 1):
        lines.moment[place] = lines.moment[place + 1]
        lines.free[place] = lines.free[place + 1]
    lines.count[resource] -= 1


def take(lines: Lines, resource: int, start: int, finish: int, units: int) -> None:
    """Take units of a resource from `start` to `finish`."""
    if finish <= start:
        return
    low = split_step(lines, resource, start)
    high = split_step(lines, resource, finish)
    for step in range(low, high):
        lines.free[step] -= units
    join_step(lines, resource, high)
    join_step(lines, resource, low)


def clear(lines: Lines, whole: Lines, stays: Stays) -> None:
    """Give everything back."""
    for resource in range(len(whole.count)):
        stays.last[resource] = NOBODY
        first = lines.first[resource]
        source = whole.first[resource]
        lines.count[resource] = whole.count[resource]
        for step in range(whole.count[resource]):
            lines.moment[first + step] = whole.moment[source + step]
            lines.free[first + step] = whole.free[source + step]


def stretch_of(eras: Ints, days: Ints, takes: Takes, one: int, begin: int, finish: int, span: int) -> tuple[int, int]:
    """Return from when to when a person works on a task that goes on from `begin` to `finish` and is `span` long."""
    length = takes.length[one]
    if length < 0:
        return begin, finish
    planned = takes.planned[one]
    if span != planned and planned > 0:
        length = length * span // planned
    calendar = takes.calendar[one]
    work = work_at(eras, days, calendar, begin) + takes.offset[one]
    start = start_moment(eras, days, calendar, work)
    return min(start, finish), min(finish_moment(eras, days, calendar, work + length), finish)


def shared_until(
    eras: Ints, days: Ints, takes: Takes, whole: Lines, stays: Stays, one: int, start: int, finish: int
) -> int:
    """Return what `blocked_until` returns, for a resource that works at different hours on different tasks.

    Two stretches disturb one another where some hour of both is worked on both.  The moment returned is the first at which one
    of those who are in the way ends.
    """
    until = blocked_until(whole, takes.resource[one], start, finish, takes.need[one])
    if until > -BEYOND:
        return until
    reference = stays.last[takes.resource[one]]
    while reference >= 0:
        low = max(start, stays.begin[reference])
        if low < finish and stays.end[reference] > low:
            taken = takes.need[one]
            first = BEYOND
            other = stays.last[takes.resource[one]]
            while other >= 0:
                begin = max(start, stays.begin[other])
                end = min(finish, stays.end[other])
                if begin <= low < end:
                    at = (takes.calendar[one] + 1) * stays.width[0] + takes.calendar[other] + 1
                    calendar = stays.common[at]
                    if calendar != NEVER and work_at(eras, days, calendar, end) > work_at(eras, days, calendar, begin):
                        taken += takes.units[other]
                        first = min(first, stays.end[other])
                other = stays.previous[other]
            if first < BEYOND and taken > whole.free[step_at(whole, takes.resource[one], low)]:
                until = max(until, first)
        reference = stays.previous[reference]
    return until


def busy_until(
    eras: Ints,
    days: Ints,
    takes: Takes,
    whole: Lines,
    lines: Lines,
    stays: Stays,
    waits: Waits,
    node: int,
    begin: int,
    finish: int,
    span: int,
) -> int:
    """Return the moment before which a node that would go on from `begin` to `finish` cannot begin; `-BEYOND` if it fits.

    `BEYOND` if it fits nowhere.  Notes the resource that it waits for.
    """
    until = -BEYOND
    for one in range(takes.first[node], takes.first[node + 1]):
        low, high = stretch_of(eras, days, takes, one, begin, finish, span)
        if low < high:
            moment = blocked_until(lines, takes.resource[one], low, high, takes.need[one])
            if moment > -BEYOND and takes.is_mixed[one]:
                moment = shared_until(eras, days, takes, whole, stays, one, low, high)
            if -BEYOND < moment < BEYOND and takes.length[one] >= 0 and takes.offset[one] > 0:
                calendar = takes.calendar[one]
                earlier = work_at(eras, days, calendar, moment) - takes.offset[one]
                earlier = start_moment(eras, days, calendar, earlier)
                moment = earlier if earlier > begin else moment
            if moment > until:
                until = moment
                waits.held[node] = takes.resource[one]
    return until


def occupy(
    eras: Ints, days: Ints, takes: Takes, lines: Lines, stays: Stays, node: int, begin: int, finish: int, span: int
) -> None:
    """Take those who work on a node that goes on from `begin` to `finish`."""
    for one in range(takes.first[node], takes.first[node + 1]):
        low, high = stretch_of(eras, days, takes, one, begin, finish, span)
        if takes.is_mixed[one]:
            stays.begin[one] = low
            stays.end[one] = high
            stays.previous[one] = stays.last[takes.resource[one]]
            stays.last[takes.resource[one]] = one
        elif low < high:
            # Nobody else could use the time until the next shift: without it the line has half as many steps.
            calendar = takes.calendar[one]
            high = max(high, start_moment(eras, days, calendar, work_at(eras, days, calendar, high)))
        take(lines, takes.resource[one], low, high, takes.units[one])


def stand(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    extras: Extras,
    dates: Dates,
    node: int,
    is_plain: int,
    moment: int,
    origin: int,
    floor: int,
) -> None:
    """Write where the network puts a node that may not begin before `moment`."""
    rule = nodes.rule[node]
    if is_plain == 0:
        if rule >= 0:
            extras.rules[rule * RULE_WIDTH + FLOOR] = moment
        start, finish, work, driver = forward_special(eras, days, nodes, before, extras, dates, node, origin, floor)
        dates.start[node] = start
        dates.finish[node] = finish
        dates.work[node] = work
        dates.driver[node] = driver
        return
    start_bound, finish_bound, driver, finish_driver = early_bounds(
        eras, days, before.first, before.other, before.shape, before.lag, before.calendar, dates.start, dates.finish,
        nodes.slack_calendar, node, origin, floor,
    )  # fmt: skip
    calendar = nodes.calendar[node]
    span = nodes.span[node]
    work = work_at(eras, days, calendar, max(start_bound, moment))
    if finish_bound > -BEYOND:
        needed = work_at(eras, days, calendar, finish_bound) - span
        if needed > work:
            work = needed
            driver = finish_driver
    dates.start[node] = start_moment(eras, days, calendar, work)
    dates.finish[node] = finish_moment(eras, days, calendar, work + span)
    dates.work[node] = work
    dates.driver[node] = driver


def place_serially(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    extras: Extras,
    dates: Dates,
    takes: Takes,
    whole: Lines,
    lines: Lines,
    stays: Stays,
    limits: Limits,
    waits: Waits,
    order: Ints,
    count: int,
    origin: int,
    floor: int,
) -> int:
    """Place the first `count` nodes of a list, none before what drives it, and return how many take more than is free.

    `whole` is what is free while nothing is placed; `lines` and `stays` hold what is free before (see `clear`) and after.  Writes `dates` but for the late columns, and `waits`; uses the
    column `FLOOR` of the rules.
    """
    forced = 0
    for place in range(count):
        node = order[place]
        kind = nodes.kind[node]
        waits.held[node] = NOBODY
        waits.floor[node] = -BEYOND
        waits.forced[node] = 0
        if kind == IDLE:
            continue
        is_plain = limits.is_plain[node]
        stand(eras, days, nodes, before, extras, dates, node, is_plain, -BEYOND, origin, floor)
        waits.settled[node] = dates.start[node]
        release = limits.release[node]
        if release > dates.start[node]:
            waits.floor[node] = release
            stand(eras, days, nodes, before, extras, dates, node, is_plain, release, origin, floor)
        if takes.first[node] == takes.first[node + 1]:
            continue
        begin = dates.start[node]
        finish = dates.finish[node]
        if kind == STARTED:
            begin = min(max(begin, start_moment(eras, days, nodes.calendar[node], dates.work[node])), finish)
        elif limits.role[node] != FOLLOWS:
            forced += wait(
                eras, days, nodes, before, extras, dates, takes, whole, lines, stays, limits, waits, node, origin, floor
            )  # fmt: skip
            begin = dates.start[node]
            finish = dates.finish[node]
        occupy(eras, days, takes, lines, stays, node, begin, finish, nodes.span[node])
    return forced


def wait(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    extras: Extras,
    dates: Dates,
    takes: Takes,
    whole: Lines,
    lines: Lines,
    stays: Stays,
    limits: Limits,
    waits: Waits,
    node: int,
    origin: int,
    floor: int,
) -> int:
    """Move a node on until all whom it takes are free; return 1 where that never is, and it stays where it was."""
    is_plain = limits.is_plain[node]
    start = dates.start[node]
    finish = dates.finish[node]
    work = dates.work[node]
    driver = dates.driver[node]
    calendar = nodes.calendar[node]
    span = nodes.span[node]
    moment = -BEYOND
    while True:
        until = busy_until(
            eras, days, takes, whole, lines, stays, waits, node, dates.start[node], dates.finish[node], span
        )
        if until == -BEYOND:
            break
        if until < BEYOND:
            moment = until
            if is_plain:
                work_done = work_at(eras, days, calendar, until)
                dates.work[node] = work_done
                dates.start[node] = start_moment(eras, days, calendar, work_done)
                dates.finish[node] = finish_moment(eras, days, calendar, work_done + span)
            else:
                stand(eras, days, nodes, before, extras, dates, node, 0, until, origin, floor)
        if (
            until >= BEYOND
            or dates.start[node] > limits.latest_start[node]
            or (dates.finish[node] > limits.latest_finish[node])
        ):
            dates.start[node] = start
            dates.finish[node] = finish
            dates.work[node] = work
            dates.driver[node] = driver
            waits.forced[node] = 1
            return 1
    if moment > -BEYOND:
        waits.floor[node] = moment
    return 0
