# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""What a block of runs draws: durations, and risk events with what they cost in time and money.

Every number depends on the seed, the run and what is drawn alone: the same in any block, on any thread.  Loops are kept
apart: what only computes becomes vector instructions, and what looks up is a loop of its own.  Plain Python that also runs
compiled.
"""

from typing import Final

from kaname.engine.calendar.kernels import Ints
from kaname.engine.simulation.arrays import BLOCK, STEPS, Drawing, Floats, Passes, Rows, Striking
from kaname.engine.units import MINUTES_PER_HOUR

MASK: Final = 0xFFFFFFFF
LEAST: Final = -(1 << 31)


def whole(value: float) -> int:
    """Return the whole part of a number; compiled code takes a 32-bit conversion of vectors for it."""
    return int(value)


def word(value: int) -> int:
    """Return the lowest 32 bits, without a sign; compiled code then computes in 32 bits, twice as many at once."""
    return value & MASK


def short(value: int) -> int:
    """Return what fits 32 bits with a sign; compiled code then computes in 32 bits."""
    return value


def mixed(value: int) -> int:
    """Return 32 well mixed bits of 32 bits (the finalizer found by Wellons, 2018, `lowbias32`)."""
    one = word(value ^ (value >> 16))
    two = word(one * 0x7FEB352D)
    three = word(two ^ (two >> 15))
    four = word(three * 0x846CA68B)
    return word(four ^ (four >> 16))


def mix_runs(mixes: Ints, first_run: int) -> None:
    """Fill a row with mixed bits of the runs of a block, from which all that is drawn in a run is mixed further."""
    for run in range(BLOCK):
        mixes[run] = mixed(word((first_run + run) * 0x9E3779B1 + 0x7F4A7C15))


def draw_normals(normals: Floats, mixes: Ints, cells: Ints, row: Floats, at: int, key: int) -> None:
    """Fill a row with standard normal numbers that depend on `key` and the run alone."""
    for run in range(BLOCK):
        cells[run] = mixed(word(mixes[run] ^ key)) >> 20
    for run in range(BLOCK):
        row[at + run] = normals[cells[run]]


def look_up(
    drawing: Drawing,
    spread: int,
    rest: float,
    loading: float,
    factors: Floats,
    base: int,
    row: Floats,
    cells: Ints,
    target: Ints,
    at: int,
    floor: int,
) -> None:
    """Turn a row of normal numbers into whole values of a spread, none below `floor`.

    `rest` of each number is its own, `loading` the part of the factor at `base`.  The value is in a table of quantiles, or in
    a list of steps if the spread is discrete.
    """
    start = drawing.table[spread]
    scale = drawing.scale[spread]
    half = drawing.units[4]
    if drawing.steps[spread] == 0:
        per_unit, middle, least, most = drawing.units[0], drawing.units[1], drawing.units[2], drawing.units[3]
        own, common = rest * per_unit, loading * per_unit
        for run in range(BLOCK):
            cells[run] = whole(min(max(row[run] * own + (factors[base + run] * common + middle), least), most))
        for run in range(BLOCK):
            row[run] = drawing.tables[start + cells[run]]
        for run in range(BLOCK):
            target[at + run] = max(whole(row[run] * scale + half), floor)
    else:
        last = drawing.steps[spread] - 1
        for run in range(BLOCK):
            number = row[run] * rest + factors[base + run] * loading
            step = 0
            while step < last and number > drawing.tables[start + step]:
                step += 1
            target[at + run] = max(whole(drawing.tables[start + STEPS + step] * scale + half), floor)


def blend(drawing: Drawing, risk: int, factors: Floats, at: int) -> None:
    """Write into the row at `at` what the factors that a node loads on make together."""
    for run in range(BLOCK):
        factors[at + run] = drawing.units[2]
    for place in range(drawing.first[risk], drawing.first[risk + 1]):
        loading = drawing.loading[place]
        base = drawing.factor[place] * BLOCK
        for run in range(BLOCK):
            factors[at + run] += loading * factors[base + run]


def impact_key(seed: int, event: int, impact: int) -> int:
    """Return what the size of an impact is drawn by."""
    return mixed(word(mixed(word(seed + 0x27D4EB2F * (event + 1))) + 0x165667B1 * (impact + 1)))


def draw_factors(normals: Floats, own: Rows, seed: int) -> None:
    """Draw the common factors of a block; the first row stays 0, the last one is for blends."""
    for factor in range(1, len(own.factors) // BLOCK - 1):
        draw_normals(
            normals, own.mixes, own.cells, own.factors, factor * BLOCK, mixed(word(seed + 0x51ED270B * factor))
        )


def draw_span(
    normals: Floats, drawing: Drawing, striking: Striking, passes: Passes, own: Rows, node: int, at: int, seed: int
) -> None:
    """Write the duration of a node for a block of runs: as planned or drawn, and what events add to it."""
    risk = passes.risk[node]
    if risk < 0:
        span = short(passes.span[node])
        for run in range(BLOCK):
            own.spans[at + run] = span
    else:
        key = mixed(word((seed ^ 0x2545F491) + risk * 0x85EBCA6B))
        draw_normals(normals, own.mixes, own.cells, own.normals, 0, key)
        first = drawing.first[risk]
        loading = drawing.units[2]
        base = 0
        if drawing.first[risk + 1] == first + 1:
            loading = drawing.loading[first]
            base = drawing.factor[first] * BLOCK
        elif drawing.first[risk + 1] > first:
            loading = drawing.units[5]
            base = len(own.factors) - BLOCK
            blend(drawing, risk, own.factors, base)
        look_up(
            drawing, risk, drawing.rest[risk], loading, own.factors, base, own.normals, own.cells, own.spans, at, 0
        )  # fmt: skip
    for place in range(striking.first[node], striking.first[node + 1]):
        impact = striking.impact[place]
        draw_impact(normals, drawing, striking, own, impact, seed)
        base = striking.event[impact] * BLOCK
        for run in range(BLOCK):
            own.spans[at + run] = max(short(own.spans[at + run] + (own.hits[base + run] & own.values[run])), 0)


def draw_impact(normals: Floats, drawing: Drawing, striking: Striking, own: Rows, impact: int, seed: int) -> None:
    """Write how large an impact is in each run, whether it strikes there or not."""
    key = impact_key(seed, striking.event[impact], impact)
    draw_normals(normals, own.mixes, own.cells, own.normals, 0, key)
    look_up(
        drawing, striking.spread[impact], drawing.units[5], drawing.units[2], own.factors, 0, own.normals, own.cells,
        own.values, 0, LEAST,
    )  # fmt: skip


def strike(normals: Floats, drawing: Drawing, striking: Striking, own: Rows, fixed_cost: int, seed: int) -> None:
    """Draw which events occur, and write what is to be paid for them and in any case."""
    for run in range(BLOCK):
        own.cost[run] = fixed_cost
    for event in range(len(striking.limit)):
        key = mixed(word(seed + 0x27D4EB2F * (event + 1)))
        base = event * BLOCK
        limit = striking.limit[event]
        for run in range(BLOCK):
            own.hits[base + run] = -1 if mixed(word(own.mixes[run] ^ key)) < limit else 0
        impact = striking.money[event]
        if impact >= 0:
            draw_impact(normals, drawing, striking, own, impact, seed)
            for run in range(BLOCK):
                own.cost[run] += (own.hits[base + run] & own.values[run]) * MINUTES_PER_HOUR
