# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""The way back along what drove the finish, and the sums over all runs.

Only integers are summed: the result does not depend on the order of the blocks, nor on how many threads share them.  Plain
Python that also runs compiled.
"""

from kaname.engine.calendar.kernels import Ints
from kaname.engine.network.arrays import Links
from kaname.engine.simulation.arrays import BLOCK, FAST, SAME, Drawing, Passes, Rows, Sums, Ways
from kaname.engine.simulation.drawing import short
from kaname.engine.simulation.walking import cross, row_of


def ones(mask: int) -> int:
    """Return how many of 64 bits are set (Wilkes, Wheeler & Gill, 1957)."""
    pairs = mask - ((mask >> 1) & 0x5555555555555555)
    fours = (pairs & 0x3333333333333333) + ((pairs >> 2) & 0x3333333333333333)
    eights = (fours + (fours >> 4)) & 0x0F0F0F0F0F0F0F0F
    return ((eights * 0x0101010101010101) >> 56) & 0xFF


def trace(
    eras: Ints,
    days: Ints,
    before: Links,
    drawing: Drawing,
    passes: Passes,
    ways: Ways,
    own: Rows,
    sums: Sums,
    count: int,
    is_wide: bool,
) -> None:
    """Mark the nodes on a path that drives the finish, run by run, from the last node to the first, and add up the first
    `count` runs.
    """
    for node in range(len(own.marks)):
        own.marks[node] = 0
    for run in range(count):
        sums.total[0] += own.lengths[run]
        sums.total[1] += own.lengths[run] * own.lengths[run]
    valid = -1 if count == BLOCK else (1 << count) - 1
    for node in range(len(passes.mode) - 1, -1, -1):
        mode = passes.mode[node]
        base = 2 * node * BLOCK
        at = passes.aside[node] * BLOCK
        risk = passes.risk[node]
        if passes.ends[node]:
            own.marks[node] |= finished_last(own.dates, base + BLOCK, own.ends, (passes.space[node] + 1) * BLOCK)
        mask = own.marks[node]
        if mode == FAST and (risk >= 0 or mask != 0):
            for run in range(BLOCK):
                own.spans[run] = short(own.dates[base + BLOCK + run] - own.dates[base + run])
        if risk >= 0:
            sums.critical[risk] += ones(mask & valid)
            if count == BLOCK and not is_wide:
                tally(drawing, sums, own.spans, own.lengths, at, risk)
            else:
                tally_slowly(drawing, sums, own.spans, own.lengths, at, risk, count)
        if mask != 0:
            if mode == FAST:
                trace_at_once(eras, days, before, passes, ways, own.dates, own.marks, own.spans, node)
            else:
                trace_specially(before.other, own.drivers, own.marks, mask, at)


def finished_last(dates: Ints, finish: int, ends: Ints, end: int) -> int:
    """Return in which runs the plan finishes with the row at `finish`."""
    mask = 0
    for run in range(BLOCK):
        mask |= (dates[finish + run] >= ends[end + run]) << run
    return mask


def tally(drawing: Drawing, sums: Sums, spans: Ints, lengths: Ints, at: int, risk: int) -> None:
    """Add a block of runs to the sums of an uncertain node; the sums of a block fit 32 bits, those of products 64."""
    least = drawing.short[risk]
    most = drawing.long[risk]
    once = short(0)
    twice = 0
    both = 0
    short_count = short(0)
    short_sum = short(0)
    long_count = short(0)
    long_sum = short(0)
    for run in range(BLOCK):
        span = spans[at + run]
        once = short(once + span)
        twice += span * span
        both += span * lengths[run]
    for run in range(BLOCK):
        is_short = short(-1 if spans[at + run] <= least else 0)
        is_long = short(-1 if spans[at + run] >= most else 0)
        short_count = short(short_count - is_short)
        short_sum = short(short_sum + (is_short & lengths[run]))
        long_count = short(long_count - is_long)
        long_sum = short(long_sum + (is_long & lengths[run]))
    sums.once[risk] += once
    sums.twice[risk] += twice
    sums.both[risk] += both
    sums.short_count[risk] += short_count
    sums.short_sum[risk] += short_sum
    sums.long_count[risk] += long_count
    sums.long_sum[risk] += long_sum


def tally_slowly(drawing: Drawing, sums: Sums, spans: Ints, lengths: Ints, at: int, risk: int, count: int) -> None:
    """Add the first `count` runs of a block to the sums of an uncertain node, whatever their size."""
    for run in range(count):
        span = spans[at + run]
        sums.once[risk] += span
        sums.twice[risk] += span * span
        sums.both[risk] += span * lengths[run]
        if span <= drawing.short[risk]:
            sums.short_count[risk] += 1
            sums.short_sum[risk] += lengths[run]
        if span >= drawing.long[risk]:
            sums.long_count[risk] += 1
            sums.long_sum[risk] += lengths[run]


def trace_at_once(
    eras: Ints,
    days: Ints,
    before: Links,
    passes: Passes,
    ways: Ways,
    dates: Ints,
    marks: Ints,
    spans: Ints,
    node: int,
) -> None:
    """Mark the predecessors of a marked node whose bounds it starts by."""
    start = 2 * node * BLOCK
    row = 2 * len(passes.mode) * BLOCK
    for link in range(before.first[node], before.first[node + 1]):
        source = row_of(before, passes, link)
        if passes.how[link] != SAME:
            is_start = 1 - (source // BLOCK & 1)
            cross(eras, days, before, passes, ways, dates, source, is_start, link, passes.space[node], row)
            source = row
        shift = passes.shift[link]
        tight = 0
        if before.shape[link] & 2:
            for run in range(BLOCK):
                tight |= (short(dates[source + run] + shift - spans[run]) == dates[start + run]) << run
        else:
            for run in range(BLOCK):
                tight |= (short(dates[source + run] + shift) == dates[start + run]) << run
        marks[before.other[link]] |= marks[node] & tight


def trace_specially(others: Ints, drivers: Ints, marks: Ints, mask: int, at: int) -> None:
    """Mark the driver of a node that is calculated run by run."""
    for run in range(BLOCK):
        driver = drivers[at + run]
        if (mask >> run) & 1 and driver >= 0:
            marks[others[driver]] |= 1 << run
