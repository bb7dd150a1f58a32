# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Blocks of runs from the first draw to the last sum.

Many blocks are one call of compiled code: handing over its arrays takes as long as a small block.
"""

from kaname.engine.calendar.kernels import Ints
from kaname.engine.network.arrays import Dates, Extras, Links, Nodes
from kaname.engine.simulation.arrays import BLOCK, Drawing, Floats, Passes, Results, Rows, Striking, Sums, Ways
from kaname.engine.simulation.drawing import draw_factors, mix_runs, strike
from kaname.engine.simulation.tracing import trace
from kaname.engine.simulation.walking import finish_all, settle_bills, walk


def run_blocks(
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
    is_wide: bool,
) -> None:
    """Draw, walk, trace and add a block of runs from every `stride` runs on, `first_run` first."""
    for first in range(first_run, end_run, stride):
        count = min(BLOCK, end_run - first)
        mix_runs(own.mixes, first)
        draw_factors(normals, own, seed)
        strike(normals, drawing, striking, own, fixed_cost, seed)
        walk(
            eras, days, nodes, before, extras, one, normals, drawing, striking, passes, ways, own, seed, origin, floor
        )  # fmt: skip
        settle_bills(passes, own.bills, own.cost)
        finish_all(eras, days, passes, own, calendar, planned)
        trace(eras, days, before, drawing, passes, ways, own, sums, count, is_wide)
        for run in range(count):
            results.finish[first + run] = own.totals[run]
            results.cost[first + run] = own.cost[run]
        for number in range(len(results.place)):
            row = (2 * results.place[number] + 1) * BLOCK
            base = number * len(results.finish) + first
            for run in range(count):
                results.watched[base + run] = own.dates[row + run]
