# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""What a block of runs draws: durations, and risk events with what they cost in time and money.

Every number depends on the seed, the run and what is drawn alone: the same in any block, on any thread.  Plain Python that
also runs compiled.
"""

from typing import Final

from kaname.engine.calendar.kernels import Ints
from kaname.engine.simulation.arrays import STEPS, Drawing, Floats, Passes, Striking
from kaname.engine.units import MINUTES_PER_HOUR

MASK: Final = 0xFFFFFFFF


def whole(value: float) -> int:
    """Return the whole part of a number; compiled code takes a 32-bit conversion of vectors for it."""
    return int(value)


def mixed(value: int) -> int:
    """Return 32 well mixed bits of 32 bits (the finalizer found by Wellons, 2018, `lowbias32`)."""
    value ^= value >> 16
    value = (value * 0x7FEB352D) & MASK
    value ^= value >> 15
    value = (value * 0x846CA68B) & MASK
    return value ^ (value >> 16)


def mix_runs(mixes: Ints, first_run: int, block: int) -> None:
    """Fill a row with mixed bits of the runs of a block, from which all that is drawn in a run is mixed further."""
    for run in range(block):
        mixes[run] = mixed(((first_run + run) * 0x9E3779B1 + 0x7F4A7C15) & MASK)


def draw_normals(normals: Floats, mixes: Ints, row: Floats, key: int, block: int) -> None:
    """Fill a row with standard normal numbers that depend on `key` and the run alone."""
    for run in range(block):
        row[run] = normals[mixed(mixes[run] ^ key) >> 20]


def look_up(drawing: Drawing, spread: int, row: Floats, values: Ints, block: int) -> None:
    """Turn a row of normal numbers into whole values of a spread: by a table of quantiles, or by steps if it is discrete."""
    start = drawing.table[spread]
    count = drawing.steps[spread]
    scale = drawing.scale[spread]
    half = drawing.units[4]
    if count == 0:
        per_unit, middle, least, most = drawing.units[0], drawing.units[1], drawing.units[2], drawing.units[3]
        for run in range(block):
            cell = whole(min(max(row[run] * per_unit + middle, least), most))
            values[run] = whole(drawing.tables[start + cell] * scale + half)
    else:
        for run in range(block):
            step = 0
            while step < count - 1 and row[run] > drawing.tables[start + step]:
                step += 1
            values[run] = whole(drawing.tables[start + STEPS + step] * scale + half)


def combine(drawing: Drawing, risk: int, factors: Floats, row: Floats, block: int) -> None:
    """Let a row of normal numbers follow the factors that the node loads on."""
    own = drawing.rest[risk]
    for run in range(block):
        row[run] *= own
    for place in range(drawing.first[risk], drawing.first[risk + 1]):
        loading = drawing.loading[place]
        base = drawing.factor[place] * block
        for run in range(block):
            row[run] += loading * factors[base + run]


def draw(
    normals: Floats,
    drawing: Drawing,
    passes: Passes,
    spans: Ints,
    factors: Floats,
    mixes: Ints,
    row: Floats,
    values: Ints,
    seed: int,
    block: int,
) -> None:
    """Write the durations of all nodes for a block of runs: as planned, or drawn where a spread is given."""
    for node in range(len(passes.mode)):
        if passes.risk[node] < 0:
            span = passes.span[node]
            for run in range(block):
                spans[node * block + run] = span
    for factor in range(len(factors) // block):
        draw_normals(normals, mixes, row, mixed((seed + 0x51ED270B * (factor + 1)) & MASK), block)
        for run in range(block):
            factors[factor * block + run] = row[run]
    for risk in range(len(drawing.node)):
        draw_normals(normals, mixes, row, mixed(((seed ^ 0x2545F491) + risk * 0x85EBCA6B) & MASK), block)
        if drawing.first[risk] < drawing.first[risk + 1]:
            combine(drawing, risk, factors, row, block)
        look_up(drawing, risk, row, values, block)
        base = drawing.node[risk] * block
        for run in range(block):
            spans[base + run] = max(values[run], 0)


def strike(
    normals: Floats,
    drawing: Drawing,
    striking: Striking,
    spans: Ints,
    cost: Ints,
    mixes: Ints,
    row: Floats,
    values: Ints,
    hits: Ints,
    seed: int,
    block: int,
) -> None:
    """Let risk events occur: add what they cost in time to the durations and in money to `cost`."""
    for event in range(len(striking.limit)):
        key = mixed((seed + 0x27D4EB2F * (event + 1)) & MASK)
        for run in range(block):
            hits[run] = mixed(mixes[run] ^ key) < striking.limit[event]
            cost[run] += striking.fixed[event]
        for place in range(striking.first[event], striking.first[event + 1]):
            draw_normals(normals, mixes, row, mixed((key + 0x165667B1 * (place + 1)) & MASK), block)
            look_up(drawing, striking.spread[place], row, values, block)
            if striking.node[place] < 0:
                for run in range(block):
                    cost[run] += hits[run] * values[run] * MINUTES_PER_HOUR
            else:
                base = striking.node[place] * block
                for run in range(block):
                    spans[base + run] = max(spans[base + run] + hits[run] * values[run], 0)
