"""What no schedule with people can be shorter than."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.bounds import lower_bound
from kaname.engine.leveling.skills.compile import CompiledSkills
from kaname.engine.leveling.skills.teams import Vacancy

MOST_SETS: Final = 100
"""Sets of people that are looked at."""
_CLOSELY: Final = 12
"""Of these, sets for which every head and tail is tried."""
_LONGEST: Final = 200_000
"""Up to so long a horizon absences are taken into account."""


def people_bound(compiled: CompiledSkills) -> int:
    """Return a number of time units that no schedule can beat.

    The bound without people (`kaname.engine.leveling.bounds`), and for sets of people - those able for a need, and unions of
    these, 100 at most - the work that only they can do:

    - head + the time in which those of them who are there can do the work behind that head and before that tail + tail, for
      heads and tails as in the energy bound of Klein and Scholl (1999, section 2);
    - activities each of which needs more than half of the set: no two of them go side by side;
    - pairs that together need more than the set.

    A need counts for a set if only people of the set can fill it (Hall 1935).  Cost: sets x activities squared at worst.
    """
    bound = lower_bound(compiled.plain)
    if not any(compiled.vacancies):
        return bound
    web, durations = compiled.plain.forward, np.asarray(compiled.plain.loads.duration)
    heads = np.asarray(web.bound)
    behind = np.asarray(web.tail) - durations
    sets = able_sets(compiled.vacancies, most=MOST_SETS)
    views = list(zip(sets, set_demands(compiled.vacancies, sets), strict=True))
    rough = []
    for people, demand in views:
        given = _given(compiled, people)
        rows = np.flatnonzero(demand)
        work = demand * durations
        rough.append(_energy(heads[rows], behind[rows], work[rows], given, heads=[int(heads[rows].min())]))
        most = len(people)
        crowd = np.flatnonzero(2 * demand > most)
        if len(crowd):
            alone = np.arange(compiled.plain.problem.horizon + 1)
            bound = max(bound, _energy(heads[crowd], behind[crowd], durations[crowd], alone))
        if 2 * int(demand.max()) > most:
            bound = max(bound, _pairs(heads[rows], behind[rows], durations[rows], demand[rows], most))
    order = sorted(range(len(views)), key=lambda place: -rough[place])
    for place in order[:_CLOSELY]:
        people, demand = views[place]
        rows = np.flatnonzero(demand)
        given = _given(compiled, people)
        bound = max(bound, rough[place], _energy(heads[rows], behind[rows], (demand * durations)[rows], given))
    return bound


def able_sets(vacancies: Iterable[Iterable[Vacancy]], *, most: int) -> list[frozenset[int]]:
    """Return the sets of people who are able for a need, and unions of them that overlap, smaller unions first.

    The union of all is there as well, overlapping or not.
    """
    single = sorted(
        {each.able for of_activity in vacancies for each in of_activity}, key=lambda each: (len(each), sorted(each))
    )
    single = single[:most]
    found = dict.fromkeys(single)
    for one in list(found):
        for other in single:
            if len(found) < most - 1 and one & other:
                found.setdefault(one | other)
    for one in list(found)[len(single) :]:
        for other in single:
            if len(found) < most - 1 and one & other:
                found.setdefault(one | other)
    if single:
        found.setdefault(frozenset[int]().union(*single))
    return list(found)


def set_demands(vacancies: Sequence[Sequence[Vacancy]], sets: Sequence[frozenset[int]]) -> Any:
    """Return how many people of each set each activity needs in any case, shape (sets, activities)."""
    column = {
        able: at
        for at, able in enumerate(dict.fromkeys(each.able for of_activity in vacancies for each in of_activity))
    }
    counts = np.zeros((len(vacancies), len(column)), dtype=np.int64)
    for row, of_activity in enumerate(vacancies):
        for each in of_activity:
            counts[row, column[each.able]] += each.people
    inside = np.array([[able <= people for able in column] for people in sets], dtype=np.int64)
    return inside @ counts.T


def _given(compiled: CompiledSkills, people: frozenset[int]) -> Any:
    """Return how many person-units a set of people gives from moment 0 to before each moment, shape (horizon + 1,)."""
    horizon, staff, origin = compiled.plain.problem.horizon, compiled.staff, compiled.plain.origin
    if horizon > _LONGEST:
        return np.arange(horizon + 1) * len(people)
    there = np.zeros(horizon + 1, dtype=np.int64)
    whole = np.asarray(staff.whole).reshape(staff.words, staff.slots)[:, origin : origin + horizon]
    for word, mask in enumerate(compiled.masks(people)):
        there[1:] += np.bitwise_count(whole[word] & mask)
    return np.cumsum(there)


def _energy(first: Any, behind: Any, work: Any, given: Any, *, heads: Sequence[int] | None = None) -> int:
    """Return the best head + time for the work + tail, over the heads given (by default all) and all tails."""
    order = np.argsort(-behind, kind="stable")
    first, behind, work = first[order], behind[order], work[order]
    best = 0
    for head in np.unique(first).tolist() if heads is None else heads:
        energy = np.cumsum(np.where(first >= head, work, 0))
        ends = np.searchsorted(given, given[head] + energy) + behind
        best = max(best, int(ends[energy > 0].max(initial=0)))
    return best


def _pairs(heads: Any, behind: Any, durations: Any, demand: Any, most: int) -> int:
    """Return the best bound from two activities that together need more people than there are."""
    clash = demand[:, None] + demand[None, :] > most
    np.fill_diagonal(clash, val=False)
    ways = np.add.outer(heads, behind)
    both = np.add.outer(durations, durations) + np.minimum(ways, ways.T)
    return int(both[clash].max(initial=0))
