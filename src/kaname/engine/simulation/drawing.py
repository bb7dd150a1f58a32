# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""What a block of runs draws: durations, and risk events with what they cost in time and money.

Every number depends on the seed, the run and what is drawn alone: the same in any block, on any thread.  Plain Python that
also runs compiled.
"""

from typing import Final

from kaname.engine.calendar.kernels import Ints
from kaname.engine.simulation.arrays import STEPS, TABLE_CELLS, Drawing, Floats, Passes, Striking
from kaname.engine.units import MINUTES_PER_HOUR

MASK: Final = 0xFFFFFFFF


def mixed(value: int) -> int:
    """Return 32 well mixed bits of 32 bits (the finalizer found by Wellons, 2018, `lowbias32`)."""
    value ^= value >> 16
    value = (value * 0x7FEB352D) & MASK
    value ^= value >> 15
    value = (value * 0x846CA68B) & MASK
    return value ^ (value >> 16)


def draw_normals(normals: Floats, row: Floats, key: int, first_run: int, block: int) -> None:
    """Fill a row with standard normal numbers that depend on `key` and the run alone."""
    for run in range(block):
        bits = mixed(((first_run + run) * 0x9E3779B1 + key) & MASK)
        bits = mixed(bits ^ key)
        cell = bits >> 20
        part = (bits & 0xFFFFF) * (1.0 / 1048576.0)
        low = normals[cell]
        row[run] = low + part * (normals[cell + 1] - low)


def look_up(drawing: Drawing, spread: int, row: Floats, values: Floats, block: int) -> None:
    """Turn a row of normal numbers into values of a spread: a table of quantiles, or steps where it is discrete."""
    start = drawing.table[spread]
    count = drawing.steps[spread]
    if count == 0:
        for run in range(block):
            place = min(max((row[run] + 4.0) * 64.0, 0.0), TABLE_CELLS - 0.001)
            cell = int(place)
            low = drawing.tables[start + cell]
            values[run] = low + (place - cell) * (drawing.tables[start + cell + 1] - low)
    else:
        for run in range(block):
            step = 0
            while step < count - 1 and row[run] > drawing.tables[start + step]:
                step += 1
            values[run] = drawing.tables[start + STEPS + step]


def draw(
    normals: Floats,
    drawing: Drawing,
    passes: Passes,
    spans: Ints,
    factors: Floats,
    row: Floats,
    values: Floats,
    seed: int,
    first_run: int,
    block: int,
) -> None:
    """Write the durations of all nodes for a block of runs: as planned, or drawn where a spread is given."""
    count = len(passes.mode)
    for node in range(count):
        for run in range(block):
            spans[node * block + run] = passes.span[node]
    factor_count = len(factors) // block
    for factor in range(factor_count):
        draw_normals(normals, row, mixed((seed + 0x51ED270B * (factor + 1)) & MASK), first_run, block)
        for run in range(block):
            factors[factor * block + run] = row[run]
    for risk in range(len(drawing.node)):
        draw_normals(normals, row, mixed((seed ^ 0x2545F491) + risk * 0x85EBCA6B & MASK), first_run, block)
        if drawing.first[risk] < drawing.first[risk + 1]:
            own = drawing.rest[risk]
            for run in range(block):
                row[run] *= own
            for place in range(drawing.first[risk], drawing.first[risk + 1]):
                loading = drawing.loading[place]
                base = drawing.factor[place] * block
                for run in range(block):
                    row[run] += loading * factors[base + run]
        look_up(drawing, risk, row, values, block)
        base = drawing.node[risk] * block
        for run in range(block):
            spans[base + run] = int(max(values[run], 0.0) + 0.5)


def strike(
    normals: Floats,
    drawing: Drawing,
    striking: Striking,
    spans: Ints,
    cost: Ints,
    row: Floats,
    values: Floats,
    hits: Ints,
    seed: int,
    first_run: int,
    block: int,
) -> None:
    """Let risk events occur: add what they cost in time to the durations and in money to `cost`."""
    for event in range(len(striking.limit)):
        key = mixed((seed + 0x27D4EB2F * (event + 1)) & MASK)
        for run in range(block):
            bits = mixed(mixed(((first_run + run) * 0x9E3779B1 + key) & MASK) ^ key)
            hits[run] = 1 if bits < striking.limit[event] else 0
            cost[run] += striking.fixed[event]
        for place in range(striking.first[event], striking.first[event + 1]):
            spread = striking.spread[place]
            draw_normals(normals, row, mixed((key + 0x165667B1 * (place + 1)) & MASK), first_run, block)
            look_up(drawing, spread, row, values, block)
            if striking.node[place] < 0:
                for run in range(block):
                    cost[run] += hits[run] * int(values[run] + 0.5) * MINUTES_PER_HOUR
            else:
                base = striking.node[place] * block
                for run in range(block):
                    moved = spans[base + run] + hits[run] * int(values[run] + 0.5)
                    spans[base + run] = max(moved, 0)
