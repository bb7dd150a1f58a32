# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""The forward pass of many runs side by side, and the way back along what drove the finish.

Whatever belongs to a node is a row of `block` runs, so that the innermost loops go over runs and become vector
instructions.  A node counts time in working minutes of its own calendar (its *space*), points and given dates in minutes of
the clock: within one space a link is an addition and a maximum.  Plain Python that also runs compiled.
"""

from kaname.engine.calendar.kernels import Ints, finish_moment, start_moment, work_at
from kaname.engine.network.arrays import (
    CHILD,
    END_SHARE,
    FIRST_SHARE,
    LAGGED,
    RULE_WIDTH,
    SHARED,
    Dates,
    Extras,
    Links,
    Nodes,
)
from kaname.engine.network.forward import forward_special
from kaname.engine.network.lags import later
from kaname.engine.simulation.arrays import FAST, SAME, SKIPPED, UNBOUND, Passes, Ways


def moment_of(eras: Ints, days: Ints, space: int, value: int, is_start: int) -> int:
    """Return the moment of a start or of a finish that is counted in a space."""
    if space < 0:
        return value
    if is_start:
        return start_moment(eras, days, space, value)
    return finish_moment(eras, days, space, value)


def bound_at(
    eras: Ints,
    days: Ints,
    shape: int,
    calendar: int,
    lag: int,
    source: int,
    value: int,
    is_start: int,
    space: int,
) -> int:
    """Return the bound that a value counted in one space puts on what is counted in another."""
    moment = moment_of(eras, days, source, value, is_start)
    if LAGGED <= shape < CHILD:
        moment = later(eras, days, calendar, moment, lag)
    return work_at(eras, days, space, moment)


def tabulate(
    eras: Ints,
    days: Ints,
    shape: int,
    calendar: int,
    lag: int,
    source: int,
    is_start: int,
    space: int,
    low: int,
    cells: Ints,
    start: int,
    count: int,
) -> None:
    """Write the bounds of `count` values from `low` on into `cells`."""
    for place in range(count):
        cells[start + place] = bound_at(eras, days, shape, calendar, lag, source, low + place, is_start, space)


def bound_row(
    eras: Ints,
    days: Ints,
    before: Links,
    passes: Passes,
    ways: Ways,
    starts: Ints,
    finishes: Ints,
    link: int,
    space: int,
    row: Ints,
    block: int,
) -> None:
    """Write into `row` the bound that a link puts on its successor, counted in the successor's space."""
    shape = before.shape[link]
    base = before.other[link] * block
    is_start = shape & 1 if shape < CHILD and passes.instant[before.other[link]] == 0 else 0
    if passes.how[link] == SAME:
        shift = passes.shift[link]
        if is_start:
            for run in range(block):
                row[run] = starts[base + run] + shift
        else:
            for run in range(block):
                row[run] = finishes[base + run] + shift
        return
    source = passes.space[before.other[link]]
    start, low, count = ways.start[link], ways.low[link], ways.length[link]
    for run in range(block):
        value = starts[base + run] if is_start else finishes[base + run]
        if 0 <= value - low < count:
            row[run] = ways.cells[start + value - low]
        else:
            row[run] = bound_at(
                eras, days, shape, before.calendar[link], before.lag[link], source, value, is_start, space
            )


def raise_row(target: Ints, base: int, row: Ints, is_bound: bool, block: int) -> None:
    """Raise the values from `base` on to those of a row, or set them where nothing has bound them yet."""
    if is_bound:
        for run in range(block):
            target[base + run] = max(target[base + run], row[run])
    else:
        for run in range(block):
            target[base + run] = row[run]


def walk_specially(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    extras: Extras,
    one: Dates,
    passes: Passes,
    spans: Ints,
    starts: Ints,
    finishes: Ints,
    drivers: Ints,
    node: int,
    origin: int,
    floor: int,
    block: int,
) -> None:
    """Find start and finish of a node with rules of its own, run by run as `engine.network` does it.

    `nodes` and `extras` receive the span of the run, `one` the dates of the run's predecessors.
    """
    base = node * block
    span = passes.span[node]
    for run in range(block):
        for link in range(before.first[node], before.first[node + 1]):
            other = before.other[link]
            place = other * block + run
            one.start[other] = moment_of(eras, days, passes.space[other], starts[place], 1 - passes.instant[other])
            one.finish[other] = moment_of(eras, days, passes.space[other], finishes[place], 0)
        nodes.span[node] = spans[base + run]
        if nodes.kind[node] == SHARED and span > 0:
            rule = nodes.rule[node] * RULE_WIDTH
            for share in range(extras.rules[rule + FIRST_SHARE], extras.rules[rule + END_SHARE]):
                extras.share_span[share] = (passes.share_span[share] * spans[base + run] + span // 2) // span
        start, finish, _, driver = forward_special(eras, days, nodes, before, extras, one, node, origin, floor)
        starts[base + run] = start
        finishes[base + run] = finish
        drivers[passes.driver[node] * block + run] = driver


def walk(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    extras: Extras,
    one: Dates,
    passes: Passes,
    ways: Ways,
    spans: Ints,
    starts: Ints,
    finishes: Ints,
    drivers: Ints,
    row: Ints,
    late: Ints,
    origin: int,
    floor: int,
    block: int,
) -> None:
    """Find the earliest start and finish of every node in every run of a block."""
    for node in range(len(passes.mode)):
        mode = passes.mode[node]
        if mode == SKIPPED:
            continue
        if mode != FAST:
            walk_specially(
                eras, days, nodes, before, extras, one, passes, spans, starts, finishes, drivers, node, origin, floor,
                block,
            )  # fmt: skip
            continue
        base = node * block
        space = passes.space[node]
        is_bound = passes.least_start[node] > UNBOUND
        is_held = passes.least_finish[node] > UNBOUND
        for run in range(block):
            starts[base + run] = passes.least_start[node]
            late[run] = passes.least_finish[node]
        for link in range(before.first[node], before.first[node + 1]):
            bound_row(eras, days, before, passes, ways, starts, finishes, link, space, row, block)
            if before.shape[link] & 2:
                raise_row(late, 0, row, is_held, block)
                is_held = True
            else:
                raise_row(starts, base, row, is_bound, block)
                is_bound = True
        if is_held:
            for run in range(block):
                row[run] = late[run] - spans[base + run]
            raise_row(starts, base, row, is_bound, block)
        for run in range(block):
            finishes[base + run] = starts[base + run] + spans[base + run]


def finish_all(eras: Ints, days: Ints, passes: Passes, finishes: Ints, ends: Ints, totals: Ints, block: int) -> None:
    """Write the finish of the plan in every run into `totals`, and into `ends` that finish in each space.

    `ends` has a row for the clock and one for each calendar; where nothing counts in a space its row stays unbound.
    """
    for place in range(len(ends)):
        ends[place] = UNBOUND
    for node in range(len(passes.mode)):
        if passes.counts[node]:
            base = node * block
            row = (passes.space[node] + 1) * block
            for run in range(block):
                ends[row + run] = max(ends[row + run], finishes[base + run])
    for run in range(block):
        total = ends[run]
        for place in range(block + run, len(ends), block):
            if ends[place] > UNBOUND:
                total = max(total, finish_moment(eras, days, place // block - 1, ends[place]))
        totals[run] = total
        ends[run] = total
        for place in range(block + run, len(ends), block):
            if ends[place] > UNBOUND:
                ends[place] = work_at(eras, days, place // block - 1, total)


def trace_link(shape: int, row: Ints, spans: Ints, starts: Ints, marks: Ints, base: int, far: int, block: int) -> None:
    """Mark the predecessor at `far` in the runs in which its bound, in `row`, is what a marked node starts by."""
    if shape & 2:
        for run in range(block):
            marks[far + run] |= marks[base + run] & (row[run] - spans[base + run] == starts[base + run])
    else:
        for run in range(block):
            marks[far + run] |= marks[base + run] & (row[run] == starts[base + run])


def trace_specially(others: Ints, drivers: Ints, marks: Ints, base: int, place: int, block: int) -> None:
    """Mark the driver of a node that is calculated run by run."""
    for run in range(block):
        driver = drivers[place + run]
        if marks[base + run] and driver >= 0:
            marks[others[driver] * block + run] = 1


def trace(
    eras: Ints,
    days: Ints,
    before: Links,
    passes: Passes,
    ways: Ways,
    spans: Ints,
    starts: Ints,
    finishes: Ints,
    drivers: Ints,
    ends: Ints,
    row: Ints,
    marks: Ints,
    block: int,
) -> None:
    """Mark the nodes on a path that drives the finish, run by run, from the last node to the first."""
    for place in range(len(marks)):
        marks[place] = 0
    for node in range(len(passes.mode) - 1, -1, -1):
        mode = passes.mode[node]
        base = node * block
        space = passes.space[node]
        if passes.counts[node] and mode != SKIPPED:
            end = (space + 1) * block
            for run in range(block):
                marks[base + run] |= finishes[base + run] >= ends[end + run]
        found = 0
        for run in range(block):
            found |= marks[base + run]
        if found == 0:
            continue
        if mode != FAST:
            trace_specially(before.other, drivers, marks, base, passes.driver[node] * block, block)
            continue
        for link in range(before.first[node], before.first[node + 1]):
            bound_row(eras, days, before, passes, ways, starts, finishes, link, space, row, block)
            trace_link(before.shape[link], row, spans, starts, marks, base, before.other[link] * block, block)
