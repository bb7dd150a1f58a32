"""Tables that lead from one calendar to another, so that a link between them is one look-up."""

from typing import Final

import numpy as np

from kaname.engine.calendar.kernels import CLOCK, work_at
from kaname.engine.network import arrays as net
from kaname.engine.simulation.arrays import ACROSS, FAST, Ways
from kaname.engine.simulation.jit import SimulationKernels
from kaname.engine.simulation.model import Model

_MOST_CELLS: Final = 1 << 24
"""64 MB of tables for all ways together; links that find no room are worked out."""
_LEAST_USES: Final = 2
"""A cell costs as much as one bound that is worked out; a way is paved where its links ask twice as often."""

type Way = tuple[int, int, int, int, int, int]


def pave(model: Model, kernels: SimulationKernels, *, runs: int) -> Ways:
    """Return tables for the links between calendars that are asked often enough.

    A table reaches over what the plan spans as it stands and again as long after it; values beyond are worked out.
    """
    network, passes = model.network, model.passes
    before = network.before
    links = len(before.other)
    starts, lows, counts = (np.zeros(links, dtype=np.int64) for _ in range(3))
    by_way: dict[Way, list[int]] = {}
    if kernels.reads_arrays and model.plain.start_at is not None:
        ends = np.repeat(np.arange(len(passes.mode)), np.diff(before.first))
        for link in np.flatnonzero((passes.how == ACROSS) & (passes.mode[ends] == FAST)).tolist():
            by_way.setdefault(_way(model, link, int(ends[link])), []).append(link)
    parts: list[np.ndarray] = []
    room = 0
    for way, asking in sorted(by_way.items(), key=lambda item: (-len(item[1]), item[0])):
        low, count = _reach(model, way[0])
        if room + count > _MOST_CELLS or len(asking) * runs < _LEAST_USES * count:
            continue
        cells = np.zeros(count, dtype=np.int32)
        source, is_start, space, shape, calendar, lag = way
        kernels.tabulate(
            network.tables.eras,
            network.tables.days,
            shape,
            calendar,
            lag,
            source,
            is_start,
            space,
            low,
            cells,
            0,
            count,
        )
        starts[asking], lows[asking], counts[asking] = room, low, count
        parts.append(cells)
        room += count
    return Ways(starts, lows, counts, np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32))


def _way(model: Model, link: int, node: int) -> Way:
    before, passes = model.network.before, model.passes
    shape, other = int(before.shape[link]), int(before.other[link])
    is_start = shape & 1 if shape < net.CHILD and not passes.instant[other] else 0
    is_lagged = net.LAGGED <= shape < net.CHILD
    calendar, lag = (int(before.calendar[link]), int(before.lag[link])) if is_lagged else (CLOCK, 0)
    return int(passes.space[other]), is_start, int(passes.space[node]), shape if is_lagged else net.FS, calendar, lag


def _reach(model: Model, space: int) -> tuple[int, int]:
    """Return the first value of a table from a space and how many it has."""
    first, last = model.plain.start_at, model.plain.finish_at
    if first is None or last is None:
        return 0, 0
    tables = model.network.tables.lists
    low = work_at(*tables, space, first)
    return low, 2 * (work_at(*tables, space, last) - low) + 1
