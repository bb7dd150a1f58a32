"""Turn a problem into the arrays that the kernels read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.arrays import Loads, Web
from kaname.engine.leveling.kernels.placing import MARGIN
from kaname.engine.leveling.problem import Activity, Problem, ProblemError, check_problem
from kaname.engine.text import Message, gettext_noop

WORD_BITS: Final = 62
"""Bits of a word that fields use: the sign bit and the one below it stay free, so that sums never run over."""

_RING: Final = gettext_noop("These activities hold one another in a ring: %(uids)s. Remove one of their links.")
_OVERFULL: Final = gettext_noop(
    "Fixed activities need more of %(resource)s at time %(moment)s than there is. Move one of them or raise the capacity."
)

type Arc = tuple[int, int, int]
"""An activity, one that it holds, and the least time from start to start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A problem as arrays.

    Parameters
    ----------
    rows
        Place in the problem of each activity of the arrays; fixed activities are not among them.
    fixed
        Place and start of each fixed activity.
    fixed_end
        Last finish of a fixed activity.
    origin
        Slot of moment 0 in a profile, and a moment by which every schedule has ended.
    """

    problem: Problem
    rows: tuple[int, ...]
    fixed: tuple[tuple[int, int], ...]
    fixed_end: int
    loads: Loads
    forward: Web
    backward: Web
    origin: int

    @property
    def horizon(self) -> int:
        """Return a moment by which every schedule has ended."""
        return self.origin

    def starts(self, found: Sequence[int]) -> tuple[int, ...]:
        """Return starts in the order of the problem's activities."""
        moments = [0] * len(self.problem.activities)
        for place, start in self.fixed:
            moments[place] = start
        for row, place in enumerate(self.rows):
            moments[place] = int(found[row])
        return tuple(moments)


def compile_problem(problem: Problem, *, latest: int = 0) -> Compiled:
    """Return a problem as arrays.  Cost: activities + links + resources x horizon.

    Parameters
    ----------
    latest
        Last start of an earlier plan, before which activities may be held.

    Raises
    ------
    ProblemError
        If no schedule can solve it, if links form a ring, or if it is too large.
    """
    check_problem(problem, latest=latest)
    horizon = problem.horizon + latest + MARGIN
    fixed = [(place, each.fixed_start) for place, each in enumerate(problem.activities) if each.fixed_start is not None]
    arcs, releases = _arcs(problem)
    rows = _topological(problem, arcs, leaving=[place for place, _ in fixed])
    row_of = {place: row for row, place in enumerate(rows)}
    inner = [(row_of[before], row_of[after], lag) for before, after, lag in arcs]
    activities = [problem.activities[place] for place in rows]
    fixed_ends = [start + problem.activities[place].duration for place, start in fixed]
    return Compiled(
        problem=problem,
        rows=tuple(rows),
        fixed=tuple(fixed),
        fixed_end=max(fixed_ends, default=0),
        loads=_loads(problem, activities, fixed, horizon),
        origin=horizon,
        **_webs(activities, inner, [releases[place] for place in rows]),
    )


def _arcs(problem: Problem) -> tuple[list[Arc], list[int]]:
    """Return the links between activities that can move, and releases; what a fixed one holds becomes a release."""
    releases = [activity.release for activity in problem.activities]
    longest: dict[tuple[int, int], int] = {}
    for link in problem.links:
        before, after = problem.places[link.before_uid], problem.places[link.after_uid]
        lag = problem.start_lag(link)
        start = problem.activities[before].fixed_start
        if problem.activities[after].fixed_start is not None:
            continue
        if start is not None:
            releases[after] = max(releases[after], start + lag)
        else:
            longest[before, after] = max(longest.get((before, after), lag), lag)
    return [(before, after, lag) for (before, after), lag in longest.items()], releases


def _topological(problem: Problem, arcs: Iterable[Arc], *, leaving: Iterable[int]) -> list[int]:
    """Return the places of the activities that can move, none before one that holds it (Kahn 1962)."""
    count = len(problem.activities)
    open_holds = [0] * count
    held: list[list[int]] = [[] for _ in range(count)]
    for before, after, _ in arcs:
        open_holds[after] += 1
        held[before].append(after)
    fixed = set(leaving)
    order = [place for place in range(count) if open_holds[place] == 0 and place not in fixed]
    for place in order:
        for after in held[place]:
            open_holds[after] -= 1
            if open_holds[after] == 0:
                order.append(after)
    if len(order) + len(fixed) < count:
        raise ProblemError((Message(_RING, {"uids": _ring(problem, arcs, open_holds)}),))
    return order


def _ring(problem: Problem, arcs: Iterable[Arc], open_holds: Sequence[int]) -> str:
    holder = {after: before for before, after, _ in arcs if open_holds[before] and open_holds[after]}
    path: dict[int, int] = {}
    place = next(iter(holder))
    while place not in path:
        path[place] = len(path)
        place = holder[place]
    ring = [*reversed(list(path)[path[place] :])]
    return " → ".join(str(problem.activities[each].uid) for each in (*ring, ring[0]))


def _loads(problem: Problem, activities: Sequence[Activity], fixed: Sequence[tuple[int, int]], horizon: int) -> Loads:
    fields, words = _fields(problem)
    slots = 2 * horizon + 2
    whole = np.zeros((words, slots), dtype=np.int64)
    guards = np.zeros(words, dtype=np.int64)
    for place, (word, shift, guard) in enumerate(fields):
        guards[word] |= guard
        whole[word] += guard + (free_capacity(problem, place, fixed, horizon) << shift)
    first, word_of, demands = [0], [], []
    for activity in activities:
        packed = dict.fromkeys(range(words), 0)
        for demand in activity.demands:
            word, shift, _ = fields[demand.resource]
            packed[word] += demand.units << shift
        taken = [(word, amount) for word, amount in packed.items() if amount]
        word_of += [word for word, _ in taken]
        demands += [amount for _, amount in taken]
        first.append(len(word_of))
    durations = [activity.duration for activity in activities]
    return Loads(*map(_array, (durations, first, word_of, demands)), guards, slots, whole.reshape(-1))


def _fields(problem: Problem) -> tuple[list[tuple[int, int, int]], int]:
    """Give each resource a word, a shift and a guard bit; return also how many words there are."""
    fields = []
    words, used = 0, WORD_BITS
    for resource in problem.resources:
        bits = resource.most.bit_length() + 1
        if used + bits > WORD_BITS:
            words, used = words + 1, 0
        fields.append((words - 1, used, 1 << (used + bits - 1)))
        used += bits
    return fields, words


def free_capacity(problem: Problem, place: int, fixed: Sequence[tuple[int, int]], origin: int) -> Any:
    """Return what is free of a resource in every slot; before moment 0 all of it, for schedules made backward."""
    resource = problem.resources[place]
    free = np.full(2 * origin + 2, resource.most, dtype=np.int64)
    for moment, capacity in ((0, resource.capacity), *resource.changes):
        free[origin + moment :] = capacity
    for row, start in fixed:
        activity = problem.activities[row]
        units = sum(demand.units for demand in activity.demands if demand.resource == place)
        free[origin + start : origin + start + activity.duration] -= units
    if free.min() < 0:
        moment = int(np.flatnonzero(free < 0)[0]) - origin
        raise ProblemError((Message(_OVERFULL, {"resource": resource.name, "moment": moment}),))
    return free


def _webs(activities: Sequence[Activity], arcs: Sequence[Arc], releases: Sequence[int]) -> dict[str, Web]:
    count = len(activities)
    turned = [
        (after, before, lag + activities[after].duration - activities[before].duration) for before, after, lag in arcs
    ]
    heads = [max(0, release) for release in releases]
    for row, held in enumerate(_grouped(arcs, count)):
        for after, lag in held:
            heads[after] = max(heads[after], heads[row] + lag)
    tails = [0] * count
    for before, after, lag in sorted(turned, reverse=True):
        tails[after] = max(tails[after], tails[before] + lag)
    forward_tails = [tail + activity.duration for tail, activity in zip(tails, activities, strict=True)]
    backward_tails = [head + activity.duration for head, activity in zip(heads, activities, strict=True)]
    return {
        "forward": _web(1, arcs, heads, forward_tails),
        "backward": _web(-1, turned, tails, backward_tails),
    }


def _web(step: int, arcs: Sequence[Arc], bounds: Sequence[int], tails: Sequence[int]) -> Web:
    count = len(bounds)
    first, other, lags, next_first, following = [0], [], [], [0], []
    for holders in _grouped([(after, before, lag) for before, after, lag in arcs], count):
        other += [before for before, _ in holders]
        lags += [lag for _, lag in holders]
        first.append(len(other))
    for held in _grouped(arcs, count):
        following += [after for after, _ in held]
        next_first.append(len(following))
    return Web(step, *map(_array, (first, other, lags, bounds, tails, next_first, following)))


def _grouped(arcs: Iterable[Arc], count: int) -> list[list[tuple[int, int]]]:
    groups: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for before, after, lag in arcs:
        groups[before].append((after, lag))
    return groups


def _array(values: Sequence[int]) -> Any:
    return np.array(values, dtype=np.int64)
