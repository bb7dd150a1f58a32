"""The passes of a simulation, plain or compiled."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from kaname.engine.calendar.jit import CALENDAR_KERNELS, INLINED, compile_together
from kaname.engine.leveling.plans.jit import PLACING_INLINED, PLACING_KERNELS, PLACING_SOURCES
from kaname.engine.leveling.plans.jit import PLAIN as PLAIN_PLACING
from kaname.engine.leveling.plans.jit import Kernels as PlacingKernels
from kaname.engine.network.jit import FORWARD_KERNELS, FORWARD_SOURCES
from kaname.engine.simulation import arrays, block, drawing, sharing, tracing, walking

_DRAWING_KERNELS: Final = (
    drawing.mixed,
    drawing.mix_runs,
    drawing.draw_normals,
    drawing.look_up,
    drawing.blend,
    drawing.impact_key,
    drawing.draw_factors,
    drawing.draw_impact,
    drawing.draw_span,
    drawing.strike,
)
_KERNELS: Final = (
    *_DRAWING_KERNELS,
    walking.moment_of,
    walking.bound_at,
    walking.tabulate,
    walking.reaches,
    walking.cross,
    walking.fill,
    walking.start_by,
    walking.walk_specially,
    walking.row_of,
    walking.walk_at_once,
    walking.add_cost,
    walking.walk,
    walking.settle_bills,
    walking.finish_all,
    tracing.ones,
    tracing.finished_last,
    tracing.tally,
    tracing.tally_slowly,
    tracing.trace_at_once,
    tracing.trace_specially,
    tracing.trace,
    block.run_blocks,
)
_SHARING_KERNELS: Final = (
    walking.add_cost,
    walking.settle_bills,
    tracing.ones,
    tracing.tally_slowly,
    sharing.draw_all,
    sharing.give_spans,
    sharing.last_finish,
    sharing.released_at,
    sharing.mark_holders,
    sharing.mark_chain,
    sharing.run_shared_blocks,
)
_NATIVES: Final = {"whole": np.int32, "short": np.int32, "word": np.uint32}

_INLINED: Final = frozenset(
    {
        "mixed", "draw_normals", "look_up", "blend", "impact_key", "draw_impact", "draw_span", "moment_of", "reaches", "cross",
        "fill", "start_by", "row_of", "walk_at_once", "add_cost", "ones", "finished_last", "tally", "trace_at_once",
    }
)  # fmt: skip
"""What is done for every node: a call would hand over more arrays than a row has runs."""


@dataclass(frozen=True, slots=True)
class SimulationKernels:
    """The passes in one form; `reads_arrays` says which."""

    run_blocks: Callable[..., None]
    tabulate: Callable[..., None] | None
    reads_arrays: bool


PLAIN: Final = SimulationKernels(block.run_blocks, walking.tabulate, reads_arrays=False)
PLAIN_SHARED: Final = SimulationKernels(sharing.run_shared_blocks, None, reads_arrays=False)

_lock = threading.Lock()
_compiled: list[SimulationKernels] = []
_compiled_shared: list[tuple[SimulationKernels, PlacingKernels]] = []


def compiled_kernels() -> SimulationKernels:
    """Return the compiled passes, from the cache on disk where they are still good; some 20 s the first time."""
    with _lock:
        if not _compiled:
            made = compile_together(
                CALENDAR_KERNELS + FORWARD_KERNELS + _KERNELS,
                inlined=INLINED | _INLINED,
                sources=(*FORWARD_SOURCES, arrays, drawing, walking, tracing, block),
                natives=_NATIVES,
            )
            _compiled.append(SimulationKernels(made["run_blocks"], made["tabulate"], reads_arrays=True))
        return _compiled[0]


def compiled_shared_kernels() -> tuple[SimulationKernels, PlacingKernels]:
    """Return the compiled passes for runs with shared people, and what levels plans, compiled with them."""
    with _lock:
        if not _compiled_shared:
            made = compile_together(
                CALENDAR_KERNELS + PLACING_KERNELS + _DRAWING_KERNELS + _SHARING_KERNELS,
                inlined=PLACING_INLINED | _INLINED,
                sources=(*PLACING_SOURCES, arrays, drawing, walking, tracing, sharing),
                natives=_NATIVES,
            )
            names = ("place_serially", "list_by_keys", "clear")
            placing = replace(PLAIN_PLACING, **{name: made[name] for name in names}, reads_arrays=True)
            passes = SimulationKernels(made["run_shared_blocks"], None, reads_arrays=True)
            _compiled_shared.append((passes, placing))
        return _compiled_shared[0]


def is_compiled() -> bool:
    """Return whether this process has the compiled passes."""
    return bool(_compiled)


def fitting(kernels_used: SimulationKernels, values: Any) -> Any:
    """Return an array, or a named tuple of arrays, as these passes read it: as it is, or as lists."""
    if kernels_used.reads_arrays:
        return values
    if isinstance(values, tuple):
        return type(values)(*(part.tolist() for part in values))
    return values.tolist()
