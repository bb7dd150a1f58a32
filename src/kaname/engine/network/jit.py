"""The network kernels, plain or compiled."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kaname.engine.calendar import kernels as calendar_kernels
from kaname.engine.calendar.jit import CALENDAR_KERNELS, INLINED, compile_together
from kaname.engine.calendar.tables import Tables
from kaname.engine.network import arrays, backward, forward, lags, placing, sweeps

PLAIN_UP_TO: Final = 20_000
"""Nodes and links up to which a plan runs as plain Python while nothing is compiled: a tenth of a second at most."""

FORWARD_KERNELS: Final = (
    lags.later,
    lags.share_lag,
    forward.early_bounds,
    placing.stretched,
    forward.close_summary,
    placing.place_share,
    placing.place_point,
    placing.postponed,
    placing.settle_point,
    placing.settle_share,
    placing.settle_work,
    placing.settle_other,
    placing.resume_work,
    forward.forward_special,
)
"""What finds the earliest dates of any node, callees first; a simulation calls it too."""
FORWARD_SOURCES: Final = (calendar_kernels, arrays, lags, placing, forward)

_NETWORK_KERNELS: Final = (
    *FORWARD_KERNELS,
    lags.earlier,
    placing.place_share_late,
    placing.place_point_late,
    forward.forward,
    backward.late_bounds,
    backward.backward_special,
    backward.total_float,
    backward.backward,
    sweeps.free_floats,
    sweeps.span_of,
    sweeps.roll_up,
    sweeps.order,
)


@dataclass(frozen=True, slots=True)
class Kernels:
    """The functions that calculate, in one form; `reads_arrays` says which."""

    forward: Callable[..., None]
    backward: Callable[..., None]
    span_of: Callable[..., tuple[int, int, int, int]]
    roll_up: Callable[..., None]
    free_floats: Callable[..., None]
    order: Callable[..., int]
    reads_arrays: bool


PLAIN: Final = Kernels(
    forward.forward,
    backward.backward,
    sweeps.span_of,
    sweeps.roll_up,
    sweeps.free_floats,
    sweeps.order,
    reads_arrays=False,
)

_lock = threading.Lock()
_compiled: list[Kernels] = []


def compiled_kernels() -> Kernels:
    """Return the compiled kernels, from the cache on disk where they are still good."""
    with _lock:
        if not _compiled:
            made = compile_together(
                CALENDAR_KERNELS + _NETWORK_KERNELS,
                inlined=INLINED
                | {
                    "early_bounds",
                    "later",
                    "earlier",
                    "late_bounds",
                    "forward_special",
                    "settle_other",
                    "backward_special",
                    "total_float",
                },
                sources=(*FORWARD_SOURCES, backward, sweeps),
            )
            names = ("forward", "backward", "span_of", "roll_up", "free_floats", "order")
            _compiled.append(Kernels(**{name: made[name] for name in names}, reads_arrays=True))
        return _compiled[0]


def kernels_for(size: int) -> Kernels:
    """Return the kernels for a plan of `size` nodes and links: compiled if large or if they are there anyway."""
    return compiled_kernels() if size > PLAIN_UP_TO or _compiled else PLAIN


def fitting_tables(kernels_used: Kernels, tables: Tables) -> tuple[Any, Any]:
    """Return the eras and the days of calendars as these kernels read them."""
    return (tables.eras, tables.days) if kernels_used.reads_arrays else tables.lists


def fitting(kernels_used: Kernels, values: Any) -> Any:
    """Return an array, or a named tuple of arrays, as these kernels read it: as it is, or as lists."""
    if kernels_used.reads_arrays:
        return values
    if isinstance(values, tuple):
        return type(values)(*(part.tolist() for part in values))
    return values.tolist()
