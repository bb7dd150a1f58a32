"""The network kernels, plain or compiled."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kaname.engine.calendar import kernels as calendar_kernels
from kaname.engine.calendar.jit import CALENDAR_KERNELS, INLINED, compile_together
from kaname.engine.network import arrays, kernels

PLAIN_UP_TO: Final = 20_000
"""Nodes and links up to which a plan runs as plain Python while nothing is compiled: a tenth of a second at most."""

_NETWORK_KERNELS: Final = (
    kernels.later,
    kernels.earlier,
    kernels.lag_of,
    kernels.early_bounds,
    kernels.stretched,
    kernels.close_summary,
    kernels.place_share,
    kernels.place_share_late,
    kernels.place_point,
    kernels.place_point_late,
    kernels.postponed,
    kernels.settle_point,
    kernels.settle_share,
    kernels.settle_work,
    kernels.resume_work,
    kernels.forward_special,
    kernels.forward,
    kernels.late_bounds,
    kernels.backward_special,
    kernels.total_float,
    kernels.backward,
    kernels.free_floats,
    kernels.span_of,
    kernels.roll_up,
    kernels.order,
)


@dataclass(frozen=True, slots=True)
class Kernels:
    """The functions of `engine.network.kernels` in one form; `reads_arrays` says which."""

    forward: Callable[..., None]
    backward: Callable[..., None]
    span_of: Callable[..., tuple[int, int]]
    roll_up: Callable[..., None]
    free_floats: Callable[..., None]
    order: Callable[..., int]
    reads_arrays: bool


PLAIN: Final = Kernels(
    kernels.forward,
    kernels.backward,
    kernels.span_of,
    kernels.roll_up,
    kernels.free_floats,
    kernels.order,
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
                inlined=INLINED | {"early_bounds", "late_bounds", "forward_special", "backward_special", "total_float"},
                sources=(calendar_kernels, arrays, kernels),
            )
            names = ("forward", "backward", "span_of", "roll_up", "free_floats", "order")
            _compiled.append(Kernels(**{name: made[name] for name in names}, reads_arrays=True))
        return _compiled[0]


def kernels_for(size: int) -> Kernels:
    """Return the kernels for a plan of `size` nodes and links: compiled if large or if they are there anyway."""
    return compiled_kernels() if size > PLAIN_UP_TO or _compiled else PLAIN


def fitting(kernels_used: Kernels, values: Any) -> Any:
    """Return an array, or a named tuple of arrays, as these kernels read it: as it is, or as lists."""
    if kernels_used.reads_arrays:
        return values
    if isinstance(values, tuple):
        return type(values)(*(part.tolist() for part in values))
    return values.tolist()
