"""The people who may do the work, in arrays: what is free, and the merits that do not depend on who else helps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.matching import reasons
from kaname.engine.matching.axis import Axis
from kaname.engine.matching.types import Criterion, Demand, Excluded, Person, PlaceRule, SkillNeed, Weights
from kaname.engine.text import Message
from kaname.engine.units import PERMILLE

Int64s = NDArray[np.int64]

AT_OR_ABOVE: Final = (1000, 950, 850, 700, 500)
"""Merit of a skill at the level wanted, one above, …"""
BELOW: Final = (600, 250)
"""Merit of a skill one below the level wanted, two below; further below, and level 0, is 0."""
ELSEWHERE: Final = 400
"""Merit of another place where the place is only preferred."""
WORKED_BEFORE: Final = 700
STRETCH: Final = {1: 1000, 0: 500}
"""Merit of a wish to grow by how far the level is below the one wanted; further below is `FAR_STRETCH`, above is 0."""
FAR_STRETCH: Final = 300
ALONE: Final[tuple[Criterion, ...]] = tuple(criterion for criterion in Criterion if criterion is not Criterion.CAPACITY)
"""The criteria that a person meets alone."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Candidates in the order in which they were given.

    Parameters
    ----------
    need, minutes
        Load wanted in permille and working minutes of each period, shape (periods,).
    work
        The whole of the demand, in permille minutes.
    spare, free, taken
        Capacity less load, the same but never below 0, and what of the demand each could take, shape (people, periods),
        permille.
    covered
        The same in permille minutes, shape (people,).
    merits
        Permille by criterion, `CAPACITY` left out, shape (people,).
    """

    demand: Demand
    axis: Axis
    people: tuple[Person, ...]
    reference_rate: int
    need: Int64s
    minutes: Int64s
    work: int
    spare: Int64s
    free: Int64s
    taken: Int64s
    covered: Int64s
    merits: dict[Criterion, Int64s]


def gather(demand: Demand, people: Sequence[Person], *, axis: Axis) -> tuple[Crew, tuple[Excluded, ...]]:
    """Return the candidates and those who are none; O(people x (periods + skills))."""
    why = [(person, why_not(demand, person)) for person in people]
    eligible = tuple(person for person, reason in why if reason is None)
    excluded = tuple(Excluded(person.uid, reason) for person, reason in why if reason is not None)
    need, minutes = np.array(demand.load_permille, dtype=np.int64), np.array(axis.minutes, dtype=np.int64)
    spare = spare_of(eligible, periods=axis.count)
    free = np.maximum(spare, 0)
    taken = np.minimum(free, need)
    reference = (
        min((person.rate for person in eligible), default=0) if demand.budget_rate is None else demand.budget_rate
    )
    merits = {
        Criterion.SKILL: [skill_merit(demand.skills, person) for person in eligible],
        Criterion.COST: [cost_merit(person.rate, reference) for person in eligible],
        Criterion.PLACE: [place_merit(demand, person) for person in eligible],
        Criterion.CONTINUITY: [continuity_merit(demand, person) for person in eligible],
        Criterion.GROWTH: [growth_merit(demand, person) for person in eligible],
    }
    crew = Crew(
        demand,
        axis,
        eligible,
        reference,
        need,
        minutes,
        int(need @ minutes),
        spare,
        free,
        taken,
        taken @ minutes,
        {criterion: np.array(merit, dtype=np.int64) for criterion, merit in merits.items()},
    )
    return crew, excluded


def spare_of(people: Sequence[Person], *, periods: int) -> Int64s:
    """Return the capacity less the load of all assignments, below 0 where there is too much; shape (people, periods)."""
    rows = [
        [capacity - sum(loads) for capacity, *loads in zip(person.capacity_permille, *_loads(person), strict=True)]
        for person in people
    ]
    return np.array(rows, dtype=np.int64).reshape(len(people), periods)


def _loads(person: Person) -> Iterator[tuple[int, ...]]:
    return (one.load_permille for one in person.assignments)


def scores(crew: Crew, weights: Weights) -> Int64s:
    """Return the score of each candidate alone."""
    capacity = weights.capacity * (PERMILLE * crew.covered // crew.work)
    return capacity + np.sum([weights.of(criterion) * crew.merits[criterion] for criterion in ALONE], axis=0)


def skill_merit(needs: Iterable[SkillNeed], person: Person) -> int:
    """Return the weighted mean of the merits of all skills, rounded down; 1000 where none is needed.

    Examples
    --------
    >>> java = SkillNeed(skill_uid=1, name="Java", level=3)
    >>> sql = SkillNeed(skill_uid=2, name="SQL", level=2, weight=3)
    >>> skill_merit([java, sql], Person(uid=1, name="Sato", capacity_permille=(), levels={1: 2, 2: 3}))
    862
    """
    merits = [(need.weight, level_merit(person.levels.get(need.skill_uid, 0), need.level)) for need in needs]
    total = sum(weight for weight, _ in merits)
    return sum(weight * merit for weight, merit in merits) // total if merits else PERMILLE


def level_merit(level: int, wanted: int) -> int:
    """Return the merit of a level, 0 to 5, where another is wanted, 1 to 5.

    Examples
    --------
    >>> [level_merit(level, 3) for level in range(6)]
    [0, 250, 600, 1000, 950, 850]
    """
    if level >= wanted:
        return AT_OR_ABOVE[level - wanted]
    below = wanted - level - 1
    return BELOW[below] if level and below < len(BELOW) else 0


def has_least_levels(needs: Iterable[SkillNeed], person: Person) -> bool:
    """Say whether no skill is below its least level."""
    return all(person.levels.get(need.skill_uid, 0) >= need.least_level for need in needs)


def cost_merit(rate: int, reference: int) -> int:
    """Return 1000 up to the rate that is reckoned with, and its share of a higher rate."""
    return PERMILLE if rate <= reference else PERMILLE * reference // rate


def continuity_merit(demand: Demand, person: Person) -> int:
    """Return 1000 for who works for the project, `WORKED_BEFORE` for who has, 0 for who is new to it."""
    if any(one.project_uid == demand.project_uid and any(one.load_permille) for one in person.assignments):
        return PERMILLE
    return WORKED_BEFORE if demand.project_uid in person.past_projects else 0


def growth_merit(demand: Demand, person: Person) -> int:
    """Return the merit of the best wish to grow that the demand meets, 0 where it meets none."""
    return max((growth_of(need, person) for need in demand.skills), default=0)


def growth_of(need: SkillNeed, person: Person) -> int:
    """Return the merit of one skill for growth."""
    gap = need.level - person.levels.get(need.skill_uid, 0)
    return STRETCH.get(gap, FAR_STRETCH) if need.skill_uid in person.wishes and gap >= 0 else 0


def place_merit(demand: Demand, person: Person) -> int:
    """Return 1000 at the place of work and where it does not matter, `ELSEWHERE` elsewhere."""
    is_free = not demand.place or demand.place_rule is PlaceRule.ANYWHERE
    return PERMILLE if is_free or person.place == demand.place else ELSEWHERE


def why_not(demand: Demand, person: Person) -> Message | None:
    """Return the first reason why somebody is no candidate, `None` for a candidate."""
    if demand.employments and person.employment not in demand.employments:
        return reasons.wrong_employment()
    if demand.place and demand.place_rule is PlaceRule.REQUIRED and person.place != demand.place:
        return reasons.wrong_place(demand.place)
    for need in demand.skills:
        level = person.levels.get(need.skill_uid, 0)
        if level < need.least_level:
            return reasons.level_too_low(need, level)
    return None
