"""What no schedule can be shorter than."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.arrays import Aims
from kaname.engine.leveling.compile import Compiled, free_capacity

_MOST_STEPS: Final = 10_000_000
"""Pairs of a head and an activity, or of two activities, that a bound looks at; of more it takes some, evenly spread."""
_MOST_ENERGETIC: Final = 200


def lower_bound(compiled: Compiled) -> int:
    """Return a number of time units that no schedule can beat: the best of three bounds.

    The critical path; the energy of every set of activities that have a head of at least one moment and a tail of at least
    another, against what the resource can give in between, moment by moment and without what fixed activities take; pairs
    that cannot run side by side (all in Klein and Scholl 1999, sections 2 and 3).  Cost: resources x activities squared, as
    operations on arrays; 50 ms for 1,500 activities.
    """
    durations, heads, tails = _arrays(compiled)
    if not len(durations):
        return compiled.fixed_end
    needs = _needs(compiled)
    bound = max(compiled.fixed_end, int((heads + tails).max()))
    for place in range(len(compiled.problem.resources)):
        supply = _supply(compiled, place)
        bound = max(bound, energy_bound(heads, tails - durations, durations * needs[place], supply))
    return max(bound, _pair_bound(compiled, durations, heads, tails - durations, needs))


def cost_bound(compiled: Compiled, aims: Aims, *, makespan_bound: int) -> int:
    """Return a cost that no schedule can beat: what each group and each activity costs at least, taken together.

    A group finishes no earlier than its last activity can by links, nor than the energy of its activities allows; the group
    of all, not before `makespan_bound`.
    """
    durations, heads, _ = _arrays(compiled)
    needs = _needs(compiled)
    supplies = [_supply(compiled, place) for place in range(len(compiled.problem.resources))]
    cost = int(aims.base)
    for group, due in enumerate(aims.due):
        rows: Any = aims.member[aims.first[group] : aims.first[group + 1]]
        end = max(int(aims.floor[group]), int((heads[rows] + durations[rows]).max(initial=0)))
        if len(rows) == len(durations) and aims.floor[group] >= compiled.fixed_end:
            end = max(end, makespan_bound)
        elif len(rows) > 1:
            for place, supply in enumerate(supplies):
                taken = durations[rows] * needs[place][rows]
                end = max(end, energy_bound(heads[rows], np.zeros_like(taken), taken, supply))
        cost += int(aims.weight[group]) * max(0, end - int(due))
    targets, moves = np.asarray(aims.target), np.asarray(aims.move)
    return cost + int((moves * np.maximum(0, heads - targets)).sum())


def energy_bound(heads: Any, behind: Any, energies: Any, supply: Any) -> int:
    """Return the best moment by which energy is given, plus tail, over all pairs of a head and a tail.

    Parameters
    ----------
    heads, behind, energies
        Of each activity: earliest start, least time behind its finish, duration x units.
    supply
        What the resource gives until each moment, from 0 on.

    Examples
    --------
    >>> two = np.arange(20) * 2
    >>> energy_bound(np.array([0, 2, 2]), np.array([4, 1, 1]), np.array([6, 6, 4]), two)
    9
    """
    rows = np.flatnonzero(energies)
    if not len(rows):
        return 0
    rows = rows[np.argsort(-behind[rows], kind="stable")]
    heads, behind, energies = heads[rows], behind[rows], energies[rows]
    wanted = np.unique(heads)
    wanted = wanted[:: 1 + len(wanted) * len(rows) // _MOST_STEPS]
    best = 0
    for head in wanted:
        inside = heads >= head
        moments = np.searchsorted(supply, supply[head] + np.cumsum(energies[inside]))
        best = max(best, int((moments + behind[inside]).max()))
    return best


def _pair_bound(compiled: Compiled, durations: Any, heads: Any, behind: Any, needs: Sequence[Any]) -> int:
    """Return the best bound from two activities that together need more than there ever is: one comes after the other."""
    most = [resource.most for resource in compiled.problem.resources]
    large = [2 * needs[place].max(initial=0) > units for place, units in enumerate(most)]
    rows = np.flatnonzero((durations > 0) & (sum(needs, np.zeros_like(durations)) > 0))
    if not any(large) or not len(rows):
        return 0
    durations, heads, behind = durations[rows], heads[rows], behind[rows]
    tight = [(needs[place][rows], most[place]) for place, is_large in enumerate(large) if is_large]
    best = 0
    for at in range(0, len(rows), 1 + len(rows) ** 2 // _MOST_STEPS):
        apart = np.zeros(len(rows), dtype=bool)
        for units, capacity in tight:
            apart |= (units > 0) & (units[at] > 0) & (units + units[at] > capacity)
        apart[at] = False
        span = durations + durations[at] + np.minimum(heads + behind[at], heads[at] + behind)
        best = max(best, int(span[apart].max(initial=0)))
    return best


def _arrays(compiled: Compiled) -> tuple[Any, Any, Any]:
    web = compiled.forward
    return np.asarray(compiled.loads.duration), np.asarray(web.bound), np.asarray(web.tail)


def _needs(compiled: Compiled) -> list[Any]:
    """Return, of each resource, the units that each activity takes."""
    needs = [np.zeros(len(compiled.rows), dtype=np.int64) for _ in compiled.problem.resources]
    for row, place in enumerate(compiled.rows):
        for demand in compiled.problem.activities[place].demands:
            needs[demand.resource][row] += demand.units
    return needs


def _supply(compiled: Compiled, place: int) -> Any:
    """Return what a resource gives until each moment, fixed activities apart."""
    free = free_capacity(compiled.problem, place, compiled.fixed, compiled.horizon)
    return np.concatenate([[0], np.cumsum(free[compiled.horizon :])])


def destructive_bound(compiled: Compiled, *, bound: int, makespan: int) -> int:
    """Return a lower bound that is at least `bound`, by refuting lengths below `makespan` (Klein and Scholl 1999).

    A length is refuted if in some interval the activities need more energy than the resource gives, wherever in their
    windows they are put (energetic reasoning; Erschler, Lopez and Thuriot 1991; intervals of Baptiste, Le Pape and Nuijten
    1999).  Cost: log(makespan - bound) x activities cubed, as operations on arrays: 0.1 s for 120 activities; problems of more
    than 200 keep their bound.
    """
    durations, heads, tails = _arrays(compiled)
    if len(durations) > _MOST_ENERGETIC or bound >= makespan:
        return bound
    needs = np.stack([np.zeros_like(durations), *_needs(compiled)], axis=1)
    rows = np.flatnonzero((durations > 0) & (needs.sum(axis=1) > 0))
    if not len(rows):
        return bound
    bound = max(bound, _chain_bound(compiled, durations, heads, tails - durations, needs))
    steps = [_supply(compiled, place) for place in range(needs.shape[1] - 1)]
    supplies = np.stack([np.zeros_like(steps[0]), *steps], axis=1)
    windows = {"heads": heads[rows], "durations": durations[rows], "behind": (tails - durations)[rows]}

    def is_possible(length: int) -> bool:
        return not _is_refuted(length, **windows, needs=needs[rows], supplies=supplies)

    return bound + bisect_left(range(bound, makespan), True, key=is_possible)


def _chain_bound(compiled: Compiled, durations: Any, heads: Any, behind: Any, needs: Any) -> int:
    """Return the best length of activities of which no two can run side by side, by links or by what they need together.

    From each activity on the longest that fits to all chosen ones is added (in the manner of bound 3 of Mingozzi, Maniezzo,
    Ricciardelli and Bianco 1998).
    """
    count = len(durations)
    most = np.array([0, *(resource.most for resource in compiled.problem.resources)])
    apart = np.zeros((count, count), dtype=bool)
    for row in range(count - 1, -1, -1):
        for link in range(int(compiled.backward.first[row]), int(compiled.backward.first[row + 1])):
            after = int(compiled.backward.other[link])
            if compiled.backward.lag[link] >= durations[after]:
                apart[row] |= apart[after]
                apart[row, after] = True
    apart |= apart.T
    for row in range(count):
        apart[row] |= ((needs > 0) & (needs[row] > 0) & (needs + needs[row] > most)).any(axis=1)
        apart[row, row] = False
    best = 0
    for row in np.flatnonzero(durations):
        chosen, others = [row], apart[row] & (durations > 0)
        while others.any():
            chosen.append(int(np.argmax(durations * others)))
            others &= apart[chosen[-1]]
        best = max(best, int(durations[chosen].sum() + heads[chosen].min() + behind[chosen].min()))
    return best


def _is_refuted(length: int, *, heads: Any, durations: Any, behind: Any, needs: Any, supplies: Any) -> bool:
    """Return whether activities cannot all be done between 0 and a length."""
    ends = length - behind
    soonest, latest = heads + durations, ends - durations
    if (latest < heads).any():
        return True
    finishes = np.unique(np.concatenate([ends, soonest]))
    for begin in np.unique(np.concatenate([heads, latest])):
        moments = finishes[finishes > begin]
        inside = np.minimum(np.minimum(durations, soonest - begin), moments[:, None] - latest)
        inside = np.clip(inside, 0, (moments - begin)[:, None])
        if (inside @ needs > supplies[moments] - supplies[begin]).any():
            return True
    return False
