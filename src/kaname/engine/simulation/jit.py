"""The passes of a simulation, plain or compiled."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kaname.engine.calendar.jit import CALENDAR_KERNELS, INLINED, compile_together
from kaname.engine.network.jit import FORWARD_KERNELS, FORWARD_SOURCES
from kaname.engine.simulation import arrays, block, drawing, tallying, walking

_KERNELS: Final = (
    drawing.mixed,
    drawing.mix_runs,
    drawing.draw_normals,
    drawing.look_up,
    drawing.combine,
    drawing.draw,
    drawing.strike,
    walking.moment_of,
    walking.bound_at,
    walking.tabulate,
    walking.bound_row,
    walking.raise_row,
    walking.walk_specially,
    walking.walk,
    walking.finish_all,
    walking.trace_link,
    walking.trace_specially,
    walking.trace,
    tallying.tally,
    block.run_block,
)


@dataclass(frozen=True, slots=True)
class SimulationKernels:
    """The passes in one form; `reads_arrays` says which."""

    run_block: Callable[..., None]
    tabulate: Callable[..., None]
    reads_arrays: bool


PLAIN: Final = SimulationKernels(block.run_block, walking.tabulate, reads_arrays=False)

_lock = threading.Lock()
_compiled: list[SimulationKernels] = []


def compiled_kernels() -> SimulationKernels:
    """Return the compiled passes, from the cache on disk where they are still good; some 20 s the first time."""
    with _lock:
        if not _compiled:
            made = compile_together(
                CALENDAR_KERNELS + FORWARD_KERNELS + _KERNELS,
                inlined=INLINED | {"mixed", "moment_of"},
                sources=(*FORWARD_SOURCES, arrays, drawing, walking, tallying, block),
                natives={"whole": np.int32},
            )
            _compiled.append(SimulationKernels(made["run_block"], made["tabulate"], reads_arrays=True))
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
