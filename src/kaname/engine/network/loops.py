"""Find the rings in a network that cannot be ordered."""

from collections.abc import Sequence
from typing import Final

from kaname.engine.network.errors import LoopError
from kaname.engine.network.plan import Task
from kaname.engine.text import Message, gettext_noop

MOST_LOOPS: Final = 10


def loop_error(
    stuck: set[int], *, before: Sequence[int], after: Sequence[int], owner: Sequence[int], tasks: Sequence[Task]
) -> LoopError:
    """Return the error that names the rings among `stuck` nodes, ten at most.

    Parameters
    ----------
    stuck
        Nodes that stand on a ring or behind one.
    before, after
        The ends of every link.
    owner
        The place among `tasks` of the task of each node.
    """
    drivers: dict[int, list[int]] = {node: [] for node in stuck}
    for start, end in zip(before, after, strict=True):
        if start in stuck and end in stuck:
            drivers[end].append(start)
    messages, loops = [], []
    template = gettext_noop("These tasks drive one another in a loop: %(names)s. Remove one of their links.")
    for ring in _rings(drivers):
        places = _without_repetition([owner[node] for node in ring])
        loops.append(tuple(tasks[place].uid for place in places))
        messages.append(Message(template, {"names": " → ".join(tasks[place].name for place in (*places, places[0]))}))
        if len(loops) == MOST_LOOPS:
            break
    return LoopError(messages, loops)


def _rings(drivers: dict[int, list[int]]) -> list[list[int]]:
    """Walk from driven to driver, which every stuck node has, until a node comes again."""
    rings = []
    seen: set[int] = set()
    for start in sorted(drivers):
        path: dict[int, int] = {}
        node = start
        while node not in seen and node not in path:
            path[node] = len(path)
            node = drivers[node][0]
        if node in path:
            rings.append(list(reversed(list(path)[path[node] :])))
        seen |= path.keys()
    return rings


def _without_repetition(tasks: list[int]) -> list[int]:
    kept = [task for place, task in enumerate(tasks) if task != tasks[place - 1] or len(tasks) == 1]
    first = kept.index(min(kept))
    return kept[first:] + kept[:first]
