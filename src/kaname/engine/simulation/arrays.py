"""The flat arrays that the passes of a simulation read and write; the codes are plain integers for compiled code."""

from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Int8s = NDArray[np.int8]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt32s = NDArray[np.uint32]
Float32s = NDArray[np.float32]


class Floats(Protocol):
    """A list of numbers or an array of them."""

    def __getitem__(self, place: int, /) -> float: ...
    def __setitem__(self, place: int, value: float, /) -> None: ...
    def __len__(self) -> int: ...


UNBOUND: Final = -(1 << 31)
"""Where no bound is: before any moment that can be counted."""

# How a node is calculated.
SKIPPED: Final = 0
FAST: Final = 1
"""All runs at once, in its own space."""
SPECIAL: Final = 2
"""Run by run, as the network does it."""

# How a link leads from one space to another.
SAME: Final = 0
"""Both ends count alike: the bound is the value and a constant."""
ACROSS: Final = 1
"""Through the moment on the clock."""

BLOCK: Final = 64
"""So many runs are calculated side by side; one bit of 64 for each tells whether a node drives the finish."""
NORMAL_CELLS: Final = 4096
"""Standard normal numbers come from so many equally probable cells, each represented by its mean."""
TABLE_CELLS: Final = 1024
"""A table of quantiles holds the values in the middle of so many equal cells from -4 to 4 standard deviations."""
STEPS: Final = 256
"""Most outcomes of a discrete spread: its table holds as many limits, and behind them its values."""
SHORT_SHARE: Final = 0.1
"""The shortest and the longest tenth of the durations make the bar of a tornado."""


class Passes(NamedTuple):
    """By node: mode, space, whether it is an instant (its start stands where its finish does), the planned span, static
    bounds in its space, its place among the uncertain nodes or -1, whether the plan can finish with it, its row of runs among
    the nodes that are not calculated at once or 0, its bill or -1; by bill: its rate; by link of the network: how it leads and
    by how much it shifts; by share of the network: its planned span.
    """

    mode: Int8s
    space: Int32s
    instant: Int8s
    span: Int32s
    least_start: Int64s
    least_finish: Int64s
    risk: Int32s
    ends: Int8s
    aside: Int32s
    bill: Int32s
    rate: Int64s
    how: Int8s
    shift: Int32s
    share_span: Int64s


class Ways(NamedTuple):
    """How links lead between spaces: `cells` holds tables from a value in one space to the bound in another.

    By link of the network: its shape without a lag that is added afterwards; where its table begins, the value of its first
    cell, and how many cells it has, 0 for none.
    """

    shape: Int8s
    start: Int64s
    low: Int64s
    length: Int64s
    cells: Int32s


class Drawing(NamedTuple):
    """By uncertain node: where its loadings are, what is left of its own; by loading: factor from 1 and size; by spread
    (uncertain nodes first, impacts behind them): where its table is, how many steps it has, by what its values are
    multiplied; all tables; cells a unit, half a table, 0, the last cell, one half and 1; limits of the shortest and the longest
    tenth.
    """

    first: Int32s
    rest: Float32s
    factor: Int32s
    loading: Float32s
    table: Int32s
    steps: Int32s
    scale: Float32s
    tables: Float32s
    units: Float32s
    short: Int32s
    long: Int32s


class Striking(NamedTuple):
    """By event: probability as a limit of 32 bits, its impact in money or -1; by impact: spread and event; by node: where
    its impacts are in `impact`.
    """

    limit: Int64s
    money: Int32s
    spread: Int32s
    event: Int32s
    first: Int32s
    impact: Int32s


class Sums(NamedTuple):
    """By uncertain node, over all runs: how often critical; sums of the duration, its square, its product with the
    finish; counts and sums of the finish among short and long durations.  `total` sums the finish and its square.
    """

    critical: Int64s
    once: Int64s
    twice: Int64s
    both: Int64s
    short_count: Int64s
    short_sum: Int64s
    long_count: Int64s
    long_sum: Int64s
    total: Int64s


class Rows(NamedTuple):
    """What one thread writes: rows of runs.

    `dates` has two rows a node, its start and its finish, and a last one for bounds; `spans` has a first one for the node at
    work and one for each node that is not calculated at once, as has `drivers`; `ends` has one a space, `hits` one an event,
    `bills` one a bill; `factors` has one of zeros, one a factor and one for blends.  `marks` has a bit a run, by node.
    """

    dates: Int32s
    marks: Int64s
    spans: Int32s
    drivers: Int32s
    ends: Int32s
    factors: Float32s
    hits: Int32s
    bills: Int32s
    mixes: UInt32s
    cells: Int32s
    normals: Float32s
    values: Int32s
    lengths: Int32s
    totals: Int64s
    cost: Int64s


class Results(NamedTuple):
    """By run: finish and cost; the nodes whose finish is watched, and by such node and run that finish in its space."""

    finish: Int64s
    cost: Int64s
    place: Int32s
    watched: Int64s


class Takers(NamedTuple):
    """Who has which resource: by resource in compressed rows the nodes that take it, by node its place in the list by which
    people are given out.
    """

    first: Int64s
    node: Int64s
    rank: Int64s
