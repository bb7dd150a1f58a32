# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""The forward pass of many runs side by side.

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
from kaname.engine.simulation.arrays import (
    BLOCK,
    FAST,
    SAME,
    SPECIAL,
    UNBOUND,
    Drawing,
    Floats,
    Passes,
    Rows,
    Striking,
    Ways,
)
from kaname.engine.simulation.drawing import draw_span, short


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


def reaches(ways: Ways, link: int, source: Ints, at: int) -> bool:
    """Return whether a table of a link has a cell for each value of a row."""
    least = short(source[at])
    most = short(source[at])
    for run in range(BLOCK):
        least = short(min(least, source[at + run]))
        most = short(max(most, source[at + run]))
    return bool(least >= ways.low[link] and most < ways.low[link] + ways.length[link])


def cross(
    eras: Ints,
    days: Ints,
    before: Links,
    passes: Passes,
    ways: Ways,
    dates: Ints,
    far: int,
    is_start: int,
    link: int,
    space: int,
    row: int,
) -> None:
    """Write into the row at `row` the bound that a link from another space puts on its successor, in the successor's space."""
    if reaches(ways, link, dates, far):
        start = ways.start[link] - ways.low[link]
        for run in range(BLOCK):
            dates[row + run] = ways.cells[start + dates[far + run]]
        return
    source = passes.space[before.other[link]]
    shape, calendar, lag = ways.shape[link], before.calendar[link], before.lag[link]
    for run in range(BLOCK):
        dates[row + run] = bound_at(eras, days, shape, calendar, lag, source, dates[far + run], is_start, space)


def fill(target: Ints, at: int, value: int) -> None:
    """Set a row to one value."""
    for run in range(BLOCK):
        target[at + run] = value


def start_by(dates: Ints, at: int, far: int, shift: int, by_finish: int, is_bound: bool, spans: Ints) -> None:
    """Let the starts of a node, bound before or not, keep what a link from the row at `far` says."""
    if by_finish:
        if not is_bound:
            fill(dates, at, UNBOUND)
        for run in range(BLOCK):
            dates[at + run] = max(dates[at + run], short(dates[far + run] + shift - spans[run]))
    elif is_bound:
        for run in range(BLOCK):
            dates[at + run] = max(dates[at + run], short(dates[far + run] + shift))
    else:
        for run in range(BLOCK):
            dates[at + run] = short(dates[far + run] + shift)


def walk_specially(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    extras: Extras,
    one: Dates,
    passes: Passes,
    dates: Ints,
    spans: Ints,
    drivers: Ints,
    node: int,
    origin: int,
    floor: int,
) -> None:
    """Find start and finish of a node with rules of its own, run by run as `engine.network` does it.

    `nodes` and `extras` receive the span of the run, `one` the dates of the run's predecessors.
    """
    base = 2 * node * BLOCK
    aside = passes.aside[node] * BLOCK
    span = passes.span[node]
    for run in range(BLOCK):
        for link in range(before.first[node], before.first[node + 1]):
            other = before.other[link]
            place = 2 * other * BLOCK + run
            one.start[other] = moment_of(eras, days, passes.space[other], dates[place], 1 - passes.instant[other])
            one.finish[other] = moment_of(eras, days, passes.space[other], dates[place + BLOCK], 0)
        nodes.span[node] = spans[aside + run]
        if nodes.kind[node] == SHARED and span > 0:
            rule = nodes.rule[node] * RULE_WIDTH
            for share in range(extras.rules[rule + FIRST_SHARE], extras.rules[rule + END_SHARE]):
                extras.share_span[share] = (passes.share_span[share] * spans[aside + run] + span // 2) // span
        start, finish, _, driver = forward_special(eras, days, nodes, before, extras, one, node, origin, floor)
        dates[base + run] = start
        dates[base + BLOCK + run] = finish
        drivers[aside + run] = driver


def row_of(before: Links, passes: Passes, link: int) -> int:
    """Return where the row is that a link leads from: the starts or the finishes of its predecessor."""
    other = before.other[link]
    shape = before.shape[link]
    is_start = 1 if shape < CHILD and shape & 1 and passes.instant[other] == 0 else 0
    return (2 * other + 1 - is_start) * BLOCK


def walk_at_once(
    eras: Ints, days: Ints, before: Links, passes: Passes, ways: Ways, dates: Ints, spans: Ints, node: int
) -> None:
    """Find start and finish of a node by links, least dates and length alone, all runs at once."""
    base = 2 * node * BLOCK
    row = 2 * len(passes.mode) * BLOCK
    is_bound = passes.least_start[node] > UNBOUND
    if is_bound:
        fill(dates, base, passes.least_start[node])
    for link in range(before.first[node], before.first[node + 1]):
        far = row_of(before, passes, link)
        if passes.how[link] != SAME:
            is_start = 1 - (far // BLOCK & 1)
            cross(eras, days, before, passes, ways, dates, far, is_start, link, passes.space[node], row)
            far = row
        start_by(dates, base, far, passes.shift[link], before.shape[link] & 2, is_bound, spans)
        is_bound = True
    if passes.least_finish[node] > UNBOUND:
        held = short(passes.least_finish[node])
        if not is_bound:
            fill(dates, base, UNBOUND)
        for run in range(BLOCK):
            dates[base + run] = max(dates[base + run], short(held - spans[run]))
    for run in range(BLOCK):
        dates[base + BLOCK + run] = short(dates[base + run] + spans[run])


def walk(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    extras: Extras,
    one: Dates,
    normals: Floats,
    drawing: Drawing,
    striking: Striking,
    passes: Passes,
    ways: Ways,
    own: Rows,
    seed: int,
    origin: int,
    floor: int,
) -> None:
    """Draw the duration of every node and find its earliest start and finish, in every run of a block."""
    for place in range(len(own.bills)):
        own.bills[place] = 0
    for node in range(len(passes.mode)):
        at = passes.aside[node] * BLOCK
        draw_span(normals, drawing, striking, passes, own, node, at, seed)
        add_cost(own.bills, passes.bill[node], own.spans, at)
        if passes.mode[node] == FAST:
            walk_at_once(eras, days, before, passes, ways, own.dates, own.spans, node)
        elif passes.mode[node] == SPECIAL:
            walk_specially(
                eras, days, nodes, before, extras, one, passes, own.dates, own.spans, own.drivers, node, origin, floor
            )  # fmt: skip


def add_cost(bills: Ints, bill: int, spans: Ints, at: int) -> None:
    """Add the durations of a node to its bill."""
    if bill >= 0:
        base = bill * BLOCK
        for run in range(BLOCK):
            bills[base + run] = short(bills[base + run] + spans[at + run])


def settle_bills(passes: Passes, bills: Ints, cost: Ints) -> None:
    """Add to the cost what the bills come to."""
    for bill in range(len(passes.rate)):
        rate = passes.rate[bill]
        base = bill * BLOCK
        for run in range(BLOCK):
            cost[run] += rate * bills[base + run]


def finish_all(eras: Ints, days: Ints, passes: Passes, own: Rows, calendar: int, planned: int) -> None:
    """Write the finish of the plan in every run into `totals`, and into `ends` that finish in each space.

    `ends` has a row for the clock and one for each calendar; where nothing can end the plan its row stays unbound.
    `lengths` receives the finish in working minutes of the plan's calendar from the planned one.
    """
    ends = own.ends
    for place in range(0, len(ends), BLOCK):
        fill(ends, place, UNBOUND)
    for node in range(len(passes.mode)):
        if passes.ends[node]:
            row = (passes.space[node] + 1) * BLOCK
            base = (2 * node + 1) * BLOCK
            for run in range(BLOCK):
                ends[row + run] = max(ends[row + run], own.dates[base + run])
    for run in range(BLOCK):
        total = int(ends[run])
        for place in range(BLOCK + run, len(ends), BLOCK):
            if ends[place] > UNBOUND:
                total = max(total, finish_moment(eras, days, place // BLOCK - 1, ends[place]))
        own.totals[run] = total
        ends[run] = total
        for place in range(BLOCK + run, len(ends), BLOCK):
            if ends[place] > UNBOUND:
                ends[place] = work_at(eras, days, place // BLOCK - 1, total)
        own.lengths[run] = work_at(eras, days, calendar, total) - planned
