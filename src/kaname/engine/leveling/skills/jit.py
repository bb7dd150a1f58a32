"""The kernels of people, plain or compiled."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kaname.engine.calendar.jit import compile_together
from kaname.engine.leveling import arrays as core_arrays
from kaname.engine.leveling.kernels import dice, lists, placing
from kaname.engine.leveling.skills import arrays
from kaname.engine.leveling.skills.kernels import breeding, staffing

_KERNELS: Final = (
    dice.mixed,
    dice.throw,
    dice.below,
    placing.fitting_moment,
    placing.take,
    placing.clear,
    placing.linked_moment,
    placing.chosen,
    placing.sampled,
    lists.mirror,
    lists.read_list,
    lists.copy_marked,
    lists.transplant,
    lists.two_points,
    lists.insert,
    staffing.enough,
    staffing.staffed_moment,
    staffing.seat,
    staffing.choose,
    staffing.staff_from,
    staffing.engage,
    staffing.dismiss,
    staffing.staffed,
    breeding.inherit,
    breeding.insist,
    breeding.forget,
    breeding.stray,
    breeding.traced_teams,
    breeding.keep_best_teams,
    breeding.ranked,
    breeding.keep_teams,
    breeding.is_new_schedule,
    breeding.justify_teams,
    breeding.conceive_teams,
    breeding.shrink_teams,
    breeding.set_aside,
    breeding.end_generation,
    breeding.fill_teams,
    breeding.breed_teams,
    breeding.evolve_teams,
    breeding.receive_teams,
)
_INLINED: Final = frozenset(
    {"mixed", "throw", "below", "fitting_moment", "take", "linked_moment", "enough", "staffed_moment", "engage"}
)
_SOURCES: Final = (core_arrays, dice, placing, lists, arrays, staffing, breeding)


@dataclass(frozen=True, slots=True)
class Kernels:
    """The functions that place and search, in one form."""

    staffed: Callable[..., int]
    evolve: Callable[..., None]
    receive: Callable[..., None]


PLAIN: Final = Kernels(staffing.staffed, breeding.evolve_teams, breeding.receive_teams)

_lock = threading.Lock()
_compiled: list[Kernels] = []
_ready = threading.Event()


def are_ready() -> bool:
    """Return whether the compiled kernels have run in this process, so that nobody waits for them."""
    return _ready.is_set()


def note_ready() -> None:
    """Say that the compiled kernels have run."""
    _ready.set()


def compiled_kernels() -> Kernels:
    """Return the compiled kernels, from the cache on disk where they are still good."""
    with _lock:
        if not _compiled:
            made = compile_together(_KERNELS, inlined=_INLINED, sources=_SOURCES)
            _compiled.append(Kernels(made["staffed"], made["evolve_teams"], made["receive_teams"]))
        return _compiled[0]
