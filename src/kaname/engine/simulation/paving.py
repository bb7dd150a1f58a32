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

    A table reaches over what the plan spans as it stands and again as long after it, as far as it can come; values beyond
    are worked out.  A lag on the predecessor's calendar is a shift into the table, one on the successor's a shift of what
    is found there, so that all such links between two calendars share one.
    """
    network, passes = model.network, model.passes
    before = network.before
    links = len(before.other)
    starts, lows, counts = (np.zeros(links, dtype=np.int64) for _ in range(3))
    is_across = passes.how == ACROSS
    is_added = is_across & (passes.shift != 0)
    shapes = np.where(is_added, before.shape & 3, before.shape).astype(np.int8)
    ways = Ways(shapes, starts, lows, counts, np.zeros(0, dtype=np.int32))
    if not kernels.reads_arrays or model.plain[0] is None:
        return ways
    by_way: dict[Way, list[tuple[int, int]]] = {}
    ends = np.repeat(np.arange(len(passes.mode)), np.diff(before.first))
    for link in np.flatnonzero(is_across & (passes.mode[ends] == FAST)).tolist():
        way, shift = _way(model, shapes, link, int(ends[link]))
        by_way.setdefault(way, []).append((link, shift))
    parts: list[np.ndarray] = []
    room = 0
    for way, asking in sorted(by_way.items(), key=lambda item: (-len(item[1]), item[0])):
        low, count = _reach(model, way[0])
        if room + count > _MOST_CELLS or len(asking) * runs < _LEAST_USES * count:
            continue
        cells = np.zeros(count, dtype=np.int32)
        source, is_start, space, shape, calendar, lag = way
        kernels.tabulate(
            network.tables.eras, network.tables.days, shape, calendar, lag, source, is_start, space, low, cells, 0, count
        )  # fmt: skip
        for link, shift in asking:
            starts[link], lows[link], counts[link] = room, low - shift, count
        parts.append(cells)
        room += count
    return ways._replace(cells=np.concatenate(parts)) if parts else ways


def _way(model: Model, shapes: np.ndarray, link: int, node: int) -> tuple[Way, int]:
    """Return the way of a link, and what is added to its values before they are looked up."""
    before, passes = model.network.before, model.passes
    shape, other = int(shapes[link]), int(before.other[link])
    source, space = int(passes.space[other]), int(passes.space[node])
    is_start = shape & 1 if shape < net.CHILD and not passes.instant[other] else 0
    if not net.LAGGED <= shape < net.CHILD:
        return (source, is_start, space, net.FS, CLOCK, 0), 0
    calendar, lag = int(before.calendar[link]), int(before.lag[link])
    if calendar == source:
        return (source, int(lag < 0), space, net.FS, CLOCK, 0), lag
    return (source, is_start, space, shape, calendar, lag), 0


def _reach(model: Model, space: int) -> tuple[int, int]:
    """Return the first value of a table from a space and how many it has."""
    first, last = model.plain
    if first is None or last is None:
        return 0, 0
    tables = model.network.tables.lists
    low = work_at(*tables, space, first)
    most = work_at(*tables, space, max(model.latest, last)) - low
    return low, min(2 * (work_at(*tables, space, last) - low), most) + 1
