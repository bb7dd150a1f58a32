"""The passes of a simulation, plain or compiled."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kaname.engine.calendar.jit import CALENDAR_KERNELS, INLINED, compile_together
from kaname.engine.network.jit import FORWARD_KERNELS, FORWARD_SOURCES
from kaname.engine.simulation import arrays, block, drawing, tracing, walking

_KERNELS: Final = (
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
    tabulate: Callable[..., None]
    reads_arrays: bool


PLAIN: Final = SimulationKernels(block.run_blocks, walking.tabulate, reads_arrays=False)

_lock = threading.Lock()
_compiled: list[SimulationKernels] = []


def compiled_kernels() -> SimulationKernels:
    """Return the compiled passes, from the cache on disk where they are still good; some 20 s the first time."""
    with _lock:
        if not _compiled:
            made = compile_together(
                CALENDAR_KERNELS + FORWARD_KERNELS + _KERNELS,
                inlined=INLINED | _INLINED,
                sources=(*FORWARD_SOURCES, arrays, drawing, walking, tracing, block),
                natives={"whole": np.int32, "short": np.int32, "word": np.uint32},
            )
            _compiled.append(SimulationKernels(made["run_blocks"], made["tabulate"], reads_arrays=True))
        return _compiled[0]


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
