# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""The sums over all runs.

Only integers are summed: the result does not depend on the order of the blocks, nor on how many threads share them.  Plain
Python that also runs compiled.
"""

from kaname.engine.calendar.kernels import Ints, work_at
from kaname.engine.simulation.arrays import Drawing, Passes, Sums


def tally(
    eras: Ints,
    days: Ints,
    drawing: Drawing,
    passes: Passes,
    spans: Ints,
    marks: Ints,
    totals: Ints,
    lengths: Ints,
    cost: Ints,
    sums: Sums,
    calendar: int,
    planned: int,
    count: int,
    block: int,
) -> None:
    """Add the first `count` runs of a block to the sums of the uncertain nodes, and to `cost` what their durations cost.

    `lengths` receives the finish in working minutes of the plan's calendar from the planned one.
    """
    for run in range(count):
        lengths[run] = work_at(eras, days, calendar, totals[run]) - planned
        sums.total[0] += lengths[run]
        sums.total[1] += lengths[run] * lengths[run]
    for node in range(len(passes.mode)):
        rate = passes.rate[node]
        if rate != 0:
            base = node * block
            for run in range(count):
                cost[run] += rate * spans[base + run]
    for risk in range(len(drawing.node)):
        base = drawing.node[risk] * block
        critical = 0
        once = 0
        twice = 0
        both = 0
        for run in range(count):
            span = spans[base + run]
            critical += marks[base + run]
            once += span
            twice += span * span
            both += span * lengths[run]
        sums.critical[risk] += critical
        sums.once[risk] += once
        sums.twice[risk] += twice
        sums.both[risk] += both
        short = drawing.short[risk]
        long = drawing.long[risk]
        short_count = 0
        short_sum = 0
        long_count = 0
        long_sum = 0
        for run in range(count):
            span = spans[base + run]
            is_short = 1 if span <= short else 0
            is_long = 1 if span >= long else 0
            short_count += is_short
            short_sum += is_short * lengths[run]
            long_count += is_long
            long_sum += is_long * lengths[run]
        sums.short_count[risk] += short_count
        sums.short_sum[risk] += short_sum
        sums.long_count[risk] += long_count
        sums.long_sum[risk] += long_sum
