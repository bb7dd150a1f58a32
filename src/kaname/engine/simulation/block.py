# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""One block of runs from the first draw to the last sum, so that a block is one call of compiled code."""

from kaname.engine.calendar.kernels import Ints
from kaname.engine.network.arrays import Dates, Extras, Links, Nodes
from kaname.engine.simulation.arrays import Drawing, Floats, Passes, Rows, Striking, Sums, Ways
from kaname.engine.simulation.drawing import draw, mix_runs, strike
from kaname.engine.simulation.tallying import tally
from kaname.engine.simulation.walking import finish_all, trace, walk


def run_block(
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
    sums: Sums,
    seed: int,
    first_run: int,
    count: int,
    block: int,
    origin: int,
    floor: int,
    fixed_cost: int,
    calendar: int,
    planned: int,
) -> None:
    """Draw, strike, walk, trace and add the first `count` runs of a block; finish and cost stay in `own`."""
    for run in range(block):
        own.cost[run] = fixed_cost
    mix_runs(own.mixes, first_run, block)
    draw(normals, drawing, passes, own.spans, own.factors, own.mixes, own.normals, own.values, seed, block)
    strike(
        normals, drawing, striking, own.spans, own.cost, own.mixes, own.normals, own.values, own.hits, seed, block
    )  # fmt: skip
    walk(
        eras, days, nodes, before, extras, one, passes, ways, own.spans, own.starts, own.finishes, own.drivers, own.row, own.late,
        origin, floor, block,
    )  # fmt: skip
    finish_all(eras, days, passes, own.finishes, own.ends, own.totals, block)
    trace(
        eras,
        days,
        before,
        passes,
        ways,
        own.spans,
        own.starts,
        own.finishes,
        own.drivers,
        own.ends,
        own.row,
        own.marks,
        block,
    )
    tally(
        eras, days, drawing, passes, own.spans, own.marks, own.totals, own.lengths, own.cost, sums, calendar, planned,
        count, block,
    )  # fmt: skip
