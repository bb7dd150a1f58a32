"""The levelling kernels, plain or compiled."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kaname.engine.calendar.jit import compile_together
from kaname.engine.leveling import arrays
from kaname.engine.leveling.kernels import dice, evolving, lists, placing, steering, weighing

_KERNELS: Final = (
    dice.mixed,
    dice.throw,
    dice.below,
    placing.fitting_moment,
    placing.take,
    placing.clear,
    placing.linked_moment,
    placing.serial,
    placing.serial_from,
    placing.first_moment,
    placing.chosen,
    placing.release_next,
    placing.parallel,
    placing.sampled,
    lists.mirror,
    lists.read_list,
    lists.copy_marked,
    lists.transplant,
    lists.two_points,
    lists.insert,
    evolving.traced,
    evolving.keep,
    evolving.keep_best,
    evolving.is_new,
    evolving.justify,
    evolving.conceive,
    evolving.shrink,
    evolving.fill,
    evolving.breed,
    evolving.evolve,
    evolving.receive,
    weighing.group_end,
    weighing.weighed,
    weighing.bind,
    weighing.made_of,
    steering.longest,
    steering.settle,
    steering.inherit,
    steering.gather,
    steering.replace,
    steering.steer,
    steering.welcome,
)
_INLINED: Final = frozenset({"mixed", "throw", "below", "fitting_moment", "take", "linked_moment"})


@dataclass(frozen=True, slots=True)
class Kernels:
    """The functions that search, in one form; `reads_arrays` says which."""

    evolve: Callable[..., None]
    receive: Callable[..., None]
    steer: Callable[..., None]
    welcome: Callable[..., None]
    reads_arrays: bool


_SOURCES: Final = (arrays, dice, placing, lists, evolving, weighing, steering)
PLAIN: Final = Kernels(evolving.evolve, evolving.receive, steering.steer, steering.welcome, reads_arrays=False)

_lock = threading.Lock()
_compiled: list[Kernels] = []


def compiled_kernels() -> Kernels:
    """Return the compiled kernels, from the cache on disk where they are still good."""
    with _lock:
        if not _compiled:
            made = compile_together(_KERNELS, inlined=_INLINED, sources=_SOURCES)
            _compiled.append(
                Kernels(made["evolve"], made["receive"], made["steer"], made["welcome"], reads_arrays=True)
            )
        return _compiled[0]
