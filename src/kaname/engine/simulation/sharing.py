# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Runs in which people do one thing at a time: each goes through the serial scheduler of `engine.leveling`.

What is drawn is what a run without shared people draws.  Plain Python that also runs compiled.
"""

from kaname.engine.calendar.kernels import BEYOND, Ints, start_moment, work_at
from kaname.engine.leveling.plans.arrays import Limits, Lines, Stays, Takes, Waits
from kaname.engine.leveling.plans.kernels import clear, place_serially, stretch_of
from kaname.engine.network.arrays import END_SHARE, FIRST_SHARE, RULE_WIDTH, SHARED, Dates, Extras, Links, Nodes
from kaname.engine.simulation.arrays import BLOCK, Drawing, Floats, Passes, Results, Rows, Striking, Sums, Takers
from kaname.engine.simulation.drawing import draw_factors, draw_span, mix_runs, strike
from kaname.engine.simulation.tracing import ones, tally_slowly
from kaname.engine.simulation.walking import add_cost, settle_bills


def draw_all(
    normals: Floats, drawing: Drawing, striking: Striking, passes: Passes, own: Rows, seed: int, fixed_cost: int
) -> None:
    """Draw the durations of all nodes in a block of runs, and what is to be paid."""
    draw_factors(normals, own, seed)
    strike(normals, drawing, striking, own, fixed_cost, seed)
    for place in range(len(own.bills)):
        own.bills[place] = 0
    for node in range(len(passes.mode)):
        at = node * BLOCK
        draw_span(normals, drawing, striking, passes, own, node, at, seed)
        add_cost(own.bills, passes.bill[node], own.spans, at)
    settle_bills(passes, own.bills, own.cost)


def give_spans(nodes: Nodes, extras: Extras, passes: Passes, spans: Ints, run: int) -> None:
    """Give the nodes their durations of one run, and those who share a task out theirs in proportion."""
    for node in range(len(passes.mode)):
        drawn = spans[node * BLOCK + run]
        nodes.span[node] = drawn
        planned = passes.span[node]
        if nodes.kind[node] == SHARED and planned > 0:
            rule = nodes.rule[node] * RULE_WIDTH
            for share in range(extras.rules[rule + FIRST_SHARE], extras.rules[rule + END_SHARE]):
                extras.share_span[share] = (passes.share_span[share] * drawn + planned // 2) // planned


def last_finish(dates: Dates, counts: Ints) -> int:
    """Return when a run is finished."""
    last = -BEYOND
    for node in range(len(counts)):
        if counts[node]:
            last = max(last, dates.finish[node])
    return last


def released_at(eras: Ints, days: Ints, dates: Dates, takes: Takes, nodes: Nodes, node: int, resource: int) -> int:
    """Return until when a node takes a resource, `-BEYOND` if it does not."""
    for one in range(takes.first[node], takes.first[node + 1]):
        if takes.resource[one] == resource:
            low, high = stretch_of(
                eras, days, takes, one, dates.start[node], dates.finish[node], nodes.span[node]
            )  # fmt: skip
            if low < high and takes.is_mixed[one] == 0:
                calendar = takes.calendar[one]
                high = max(high, start_moment(eras, days, calendar, work_at(eras, days, calendar, high)))
            return high if low < high else -BEYOND
    return -BEYOND


def mark_holders(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    dates: Dates,
    takes: Takes,
    waits: Waits,
    takers: Takers,
    marks: Ints,
    node: int,
    bit: int,
) -> None:
    """Mark those who had the person that a node waited for until it could begin."""
    resource = waits.held[node]
    moment = waits.floor[node]
    last = -BEYOND
    for place in range(takers.first[resource], takers.first[resource + 1]):
        other = takers.node[place]
        if takers.rank[other] < takers.rank[node]:
            until = released_at(eras, days, dates, takes, nodes, other, resource)
            if last < until <= moment:
                last = until
    if last == -BEYOND:
        return
    for place in range(takers.first[resource], takers.first[resource + 1]):
        other = takers.node[place]
        is_before = takers.rank[other] < takers.rank[node]
        if is_before and released_at(eras, days, dates, takes, nodes, other, resource) == last:
            marks[other] |= bit


def mark_chain(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    before: Links,
    dates: Dates,
    takes: Takes,
    waits: Waits,
    takers: Takers,
    counts: Ints,
    order: Ints,
    marks: Ints,
    total: int,
    bit: int,
) -> None:
    """Mark the nodes that drive the finish of a run, by a link or by a person whom they have."""
    for place in range(len(order) - 1, -1, -1):
        node = order[place]
        if counts[node] and dates.finish[node] == total:
            marks[node] |= bit
        if marks[node] & bit == 0:
            continue
        if waits.floor[node] > waits.settled[node]:
            if waits.held[node] >= 0:
                mark_holders(eras, days, nodes, dates, takes, waits, takers, marks, node, bit)
        elif dates.driver[node] >= 0:
            marks[before.other[dates.driver[node]]] |= bit


def run_shared_blocks(
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
    takers: Takers,
    order: Ints,
    counts: Ints,
    normals: Floats,
    drawing: Drawing,
    striking: Striking,
    passes: Passes,
    own: Rows,
    sums: Sums,
    results: Results,
    seed: int,
    first_run: int,
    end_run: int,
    stride: int,
    origin: int,
    floor: int,
    fixed_cost: int,
    calendar: int,
    planned: int,
) -> None:
    """Draw, place, trace and add a block of runs from every `stride` runs on, `first_run` first."""
    for first in range(first_run, end_run, stride):
        count = min(BLOCK, end_run - first)
        mix_runs(own.mixes, first)
        draw_all(normals, drawing, striking, passes, own, seed, fixed_cost)
        for node in range(len(own.marks)):
            own.marks[node] = 0
        for run in range(count):
            give_spans(nodes, extras, passes, own.spans, run)
            clear(lines, whole, stays)
            place_serially(
                eras, days, nodes, before, extras, dates, takes, whole, lines, stays, limits, waits, order, len(order),
                origin, floor,
            )  # fmt: skip
            total = last_finish(dates, counts)
            length = work_at(eras, days, calendar, total) - planned
            own.lengths[run] = length
            sums.total[0] += length
            sums.total[1] += length * length
            mark_chain(
                eras, days, nodes, before, dates, takes, waits, takers, counts, order, own.marks, total, 1 << run
            )  # fmt: skip
            results.finish[first + run] = total
            results.cost[first + run] = own.cost[run]
            for number in range(len(results.place)):
                base = number * len(results.finish) + first
                results.watched[base + run] = dates.finish[results.place[number]]
        for node in range(len(passes.mode)):
            risk = passes.risk[node]
            if risk >= 0:
                sums.critical[risk] += ones(own.marks[node])
                tally_slowly(drawing, sums, own.spans, own.lengths, node * BLOCK, risk, count)
