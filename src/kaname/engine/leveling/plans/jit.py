"""The kernels that level plans, plain or compiled."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kaname.engine.calendar.jit import CALENDAR_KERNELS, INLINED, compile_together
from kaname.engine.leveling.kernels import dice
from kaname.engine.leveling.plans import arrays, evolving, judging, kernels, leaning, listing
from kaname.engine.network.jit import FORWARD_KERNELS, FORWARD_SOURCES

PLACING_KERNELS: Final = (
    *FORWARD_KERNELS,
    kernels.step_at,
    kernels.blocked_until,
    kernels.split_step,
    kernels.join_step,
    kernels.take,
    kernels.clear,
    kernels.stretch_of,
    kernels.shared_until,
    kernels.busy_until,
    kernels.occupy,
    kernels.stand,
    kernels.wait,
    kernels.place_serially,
    listing.push,
    listing.pop,
    listing.list_by_keys,
)
"""After the calendar's kernels: what others who compile on top of this put before their own."""

PLACING_INLINED: Final = INLINED | {
    "early_bounds",
    "later",
    "step_at",
    "stretch_of",
    "wait",
    "busy_until",
    "occupy",
    "take",
    "split_step",
    "join_step",
    "blocked_until",
}
"""A call hands over every array of every tuple, which costs more than what these do."""
PLACING_SOURCES: Final = (*FORWARD_SOURCES, arrays, kernels, listing)

_SEARCH_KERNELS: Final = (
    dice.mixed,
    dice.throw,
    dice.below,
    judging.judge,
    judging.is_better,
    leaning.latest_end,
    leaning.fitting,
    leaning.lean,
    evolving.traced,
    evolving.sample,
    evolving.conceive,
    evolving.renew,
    evolving.keep,
    evolving.evolve,
)


@dataclass(frozen=True, slots=True)
class Kernels:
    """The functions that place tasks, in one form; `reads_arrays` says which."""

    place_serially: Callable[..., int]
    list_by_keys: Callable[..., int]
    clear: Callable[..., None]
    judge: Callable[..., None]
    evolve: Callable[..., None]
    reads_arrays: bool


PLAIN: Final = Kernels(
    kernels.place_serially,
    listing.list_by_keys,
    kernels.clear,
    judging.judge,
    evolving.evolve,
    reads_arrays=False,
)

_lock = threading.Lock()
_compiled: list[Kernels] = []


def compiled_kernels() -> Kernels:
    """Return the compiled kernels, from the cache on disk where they are still good."""
    with _lock:
        if not _compiled:
            made = compile_together(
                CALENDAR_KERNELS + PLACING_KERNELS + _SEARCH_KERNELS,
                inlined=PLACING_INLINED | {"mixed", "throw", "below"},
                sources=(*PLACING_SOURCES, dice, judging, leaning, evolving),
            )
            names = ("place_serially", "list_by_keys", "clear", "judge", "evolve")
            _compiled.append(Kernels(**{name: made[name] for name in names}, reads_arrays=True))
        return _compiled[0]


def is_compiled() -> bool:
    """Return whether this process has the compiled kernels at hand."""
    return bool(_compiled)


def fitting(kernels_used: Kernels, values: Any) -> Any:
    """Return a copy of an array, or of a named tuple of arrays, as these kernels read and write it."""
    if isinstance(values, tuple):
        return type(values)(*(fitting(kernels_used, part) for part in values))
    return values.copy() if kernels_used.reads_arrays else values.tolist()
