"""Chains of two: somebody takes over work of a candidate, so that the candidate is free."""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from kaname.engine.matching.crew import ALONE, Crew, Int64s, has_least_levels, skill_merit, spare_of
from kaname.engine.matching.types import Assignment, Criterion, Person, Preferences
from kaname.engine.units import PERMILLE


@dataclass(frozen=True, slots=True)
class Chain:
    """A candidate as a place in the crew, the assignment handed over, and to whom.

    Parameters
    ----------
    moved
        Load that changes hands in each period.
    free, taken
        What is then free for the demand, and what of it the candidate takes.
    fit
        Merit of the skills of the one who takes over, for the work taken over.
    """

    first: int
    assignment: Assignment
    helper: Person
    moved: Int64s
    free: Int64s
    taken: Int64s
    fit: int
    score: int


def best_chains(crew: Crew, people: Sequence[Person], preferences: Preferences) -> list[Chain]:
    """Return the best chains, best first, one for each assignment that may be handed over.

    The assignment changes hands from the first period of the demand on.  Who takes it over has its least levels and all of
    its load free in every period.  A chain is proposed only if the candidate then covers more of the demand.  Of equal
    helpers the first one is named, of equal chains that whose assignment was given first.

    Assignments are tried by the best score that they could have, until none left could be among the best.  Cost
    O(assignments x periods), and O(people x periods) for each one tried.
    """
    tasks = _tasks(crew, preferences)
    free = np.maximum(spare_of(people, periods=crew.need.size), 0)
    found: list[tuple[int, int, Chain]] = []
    for place in np.argsort(-tasks.bounds, kind="stable").tolist():
        if len(found) >= preferences.count and tasks.bounds[place] < -found[preferences.count - 1][0]:
            break
        chain = _with_best_helper(crew, people, free, preferences, tasks=tasks, place=place)
        if chain is not None:
            insort(found, (-chain.score, place, chain), key=itemgetter(0, 1))
    return [chain for _, _, chain in found[: preferences.count]]


@dataclass(frozen=True, slots=True)
class _Tasks:
    """Assignments whose handing over would free somebody, in the order given, all of equal length.

    Parameters
    ----------
    owners
        Places in the crew.
    moved, freed, taken
        As in `Chain`, shape (assignments, periods).
    bounds
        The score with a helper who fits in full.
    """

    assignments: list[Assignment]
    owners: Int64s
    moved: Int64s
    freed: Int64s
    taken: Int64s
    bounds: Int64s


def _tasks(crew: Crew, preferences: Preferences) -> _Tasks:
    pairs = [(row, one) for row, person in enumerate(crew.people) for one in person.assignments if one.is_movable]
    periods = np.arange(crew.need.size)
    first_period = np.flatnonzero((crew.need > 0) & (crew.minutes > 0))[0]
    owners = np.array([row for row, _ in pairs], dtype=np.int64)
    loads = np.array([one.load_permille for _, one in pairs], dtype=np.int64).reshape(len(pairs), periods.size)
    moved = np.where(periods >= first_period, loads, 0)
    freed = np.maximum(crew.spare[owners] + moved, 0)
    taken = np.minimum(freed, crew.need)
    useful = np.flatnonzero(taken @ crew.minutes > crew.covered[owners])
    owners, taken = owners[useful], taken[useful]
    weights = preferences.weights
    merits = {criterion: crew.merits[criterion][owners] for criterion in ALONE}
    merits[Criterion.SKILL] = (merits[Criterion.SKILL] + PERMILLE) // 2
    merits[Criterion.CAPACITY] = PERMILLE * (taken @ crew.minutes) // crew.work
    bounds = np.sum([weights.of(criterion) * merit for criterion, merit in merits.items()], axis=0, dtype=np.int64)
    bounds -= weights.further_person * PERMILLE
    return _Tasks([pairs[place][1] for place in useful], owners, moved[useful], freed[useful], taken, bounds)


def _with_best_helper(
    crew: Crew, people: Sequence[Person], free: Int64s, preferences: Preferences, *, tasks: _Tasks, place: int
) -> Chain | None:
    assignment, owner, moved = tasks.assignments[place], int(tasks.owners[place]), tasks.moved[place]
    is_free = (free >= moved).all(axis=1)
    helpers = [
        (skill_merit(assignment.skills, people[row]), people[row])
        for row in np.flatnonzero(is_free).tolist()
        if people[row].uid != crew.people[owner].uid and has_least_levels(assignment.skills, people[row])
    ]
    if not helpers:
        return None
    fit, helper = max(helpers, key=itemgetter(0))
    own = int(crew.merits[Criterion.SKILL][owner])
    lost = preferences.weights.skill * ((own + PERMILLE) // 2 - (own + fit) // 2)
    score = int(tasks.bounds[place]) - lost
    return Chain(owner, assignment, helper, moved, tasks.freed[place], tasks.taken[place], fit, score)
