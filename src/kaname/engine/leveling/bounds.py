"""What no schedule can be shorter than."""

from collections.abc import Sequence

from kaname.engine.leveling.arrays import Aims
from kaname.engine.leveling.compile import Compiled

type Window = tuple[int, int, int]
"""Head, tail and energy of an activity on one resource."""


def lower_bound(compiled: Compiled) -> int:
    """Return a number of time units that no schedule can beat: the best of three bounds.

    The critical path; the energy of every set of activities that have a head of at least one moment and a tail of at least
    another, against what the resource can give in between; pairs that cannot run side by side (all in Klein and Scholl 1999,
    sections 2 and 3).  Cost: resources x activities squared.
    """
    durations, heads, tails = _lists(compiled)
    bound = max([compiled.fixed_end, *(head + tail for head, tail in zip(heads, tails, strict=True))])
    behind = [tail - duration for tail, duration in zip(tails, durations, strict=True)]
    needs = _needs(compiled)
    for place, resource in enumerate(compiled.problem.resources):
        taken = [
            (heads[row], behind[row], durations[row] * units[place])
            for row, units in enumerate(needs)
            if units.get(place) and durations[row]
        ]
        bound = max(bound, _energy_bound(taken, resource.most))
    return max(bound, _pair_bound(compiled, durations, heads, behind, needs))


def cost_bound(compiled: Compiled, aims: Aims, *, makespan_bound: int) -> int:
    """Return a cost that no schedule can beat: what each group and each activity costs at least, taken together.

    A group finishes no earlier than its last activity can by links, nor than the energy of its activities allows; the group
    of all, not before `makespan_bound`.
    """
    durations, heads, _ = _lists(compiled)
    needs = _needs(compiled)
    cost = int(aims.base)
    for group, due in enumerate(aims.due):
        rows = [int(row) for row in aims.member[aims.first[group] : aims.first[group + 1]]]
        end = max([int(aims.floor[group]), *(heads[row] + durations[row] for row in rows)])
        if len(rows) == len(durations) and aims.floor[group] >= compiled.fixed_end:
            end = max(end, makespan_bound)
        elif len(rows) > 1:
            for place, resource in enumerate(compiled.problem.resources):
                taken = [(heads[row], 0, durations[row] * needs[row].get(place, 0)) for row in rows]
                end = max(end, _energy_bound([window for window in taken if window[2]], resource.most))
        cost += int(aims.weight[group]) * max(0, end - int(due))
    for head, target, weight in zip(heads, aims.target, aims.move, strict=True):
        cost += int(weight) * max(0, head - int(target))
    return cost


def _lists(compiled: Compiled) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    return tuple(map(_list, (compiled.loads.duration, compiled.forward.bound, compiled.forward.tail)))  # type: ignore[return-value]


def _list(values: Sequence[int]) -> list[int]:
    return [int(value) for value in values]


def _needs(compiled: Compiled) -> list[dict[int, int]]:
    needs: list[dict[int, int]] = []
    for place in compiled.rows:
        taken: dict[int, int] = {}
        for demand in compiled.problem.activities[place].demands:
            taken[demand.resource] = taken.get(demand.resource, 0) + demand.units
        needs.append(taken)
    return needs


def _energy_bound(taken: Sequence[Window], capacity: int) -> int:
    """Return the best head + energy / capacity + tail over all pairs of a head and a tail.

    Examples
    --------
    >>> _energy_bound([(0, 4, 6), (2, 1, 6), (2, 1, 4)], 2)
    9
    """
    best = 0
    by_tail = sorted(taken, key=lambda window: -window[1])
    for head in {window[0] for window in taken}:
        energy = 0
        for first, tail, amount in by_tail:
            if first >= head:
                energy += amount
                best = max(best, head + -(-energy // capacity) + tail)
    return best


def _pair_bound(
    compiled: Compiled,
    durations: Sequence[int],
    heads: Sequence[int],
    behind: Sequence[int],
    needs: Sequence[dict[int, int]],
) -> int:
    """Return the best bound from two activities that together need more than there ever is: one comes after the other."""
    most = [resource.most for resource in compiled.problem.resources]
    rows = [row for row, units in enumerate(needs) if durations[row] and any(units.values())]
    best = 0
    for at, one in enumerate(rows):
        for other in rows[at + 1 :]:
            if any(units + needs[other].get(place, 0) > most[place] for place, units in needs[one].items()):
                both = durations[one] + durations[other]
                best = max(best, both + min(heads[one] + behind[other], heads[other] + behind[one]))
    return best
