"""Match people to a demand the slow way: plain loops over people, pairs, shares, assignments and periods.

Shares with `kaname.engine.matching` only the words of the question.
"""

from collections.abc import Iterator
from itertools import combinations

from kaname.engine.matching import (
    Axis,
    Demand,
    Person,
    PlaceRule,
    Preferences,
    ProposalKind,
    SkillNeed,
)

Found = tuple[int, ProposalKind, tuple[int, ...], tuple[tuple[int, ...], ...], tuple[int, ...]]
"""Score, kind, numbers of the people and of the assignment, what each takes, merits in the order of the criteria."""


def naive_match(demand: Demand, people: list[Person], *, axis: Axis, preferences: Preferences) -> list[Found]:
    """Return the proposals, best first."""
    crew = [person for person in people if is_candidate(demand, person)]
    alone = [single(demand, person, crew, axis, preferences) for person in crew]
    ranked = sorted(alone, key=lambda found: -found[0])
    count = preferences.count
    found = [one for one in ranked if one[1] is ProposalKind.WHOLE][:count]
    found += [one for one in ranked if one[1] is ProposalKind.PART and one[4][1] + work(list(one[3][0]), axis)][:count]
    pool_uids = {one[2][0] for one in ranked[: preferences.pool]}
    pool = [person for person in crew if person.uid in pool_uids]
    for kind in (ProposalKind.SPLIT_BY_TIME, ProposalKind.SPLIT_BY_LOAD):
        pairs = []
        for one, other in combinations(pool, 2):
            tried = [
                way
                for first, second in ((one, other), (other, one))
                for way in ways(
                    kind=kind,
                    demand=demand,
                    first=first,
                    second=second,
                    crew=crew,
                    axis=axis,
                    preferences=preferences,
                )
            ]
            if tried:
                pairs.append(max(tried, key=lambda way: way[0]))
        found += sorted(pairs, key=lambda pair: -pair[0])[:count]
    found += sorted(chains(demand, people, crew, axis, preferences), key=lambda one: -one[0])[:count]
    return sorted(found, key=lambda one: (-one[0], list(ProposalKind).index(one[1])))


def is_candidate(demand: Demand, person: Person) -> bool:
    """Say whether a person may do the work at all."""
    if demand.employments and person.employment not in demand.employments:
        return False
    if demand.place and demand.place_rule is PlaceRule.REQUIRED and demand.place != person.place:
        return False
    return all(person.levels.get(need.skill_uid, 0) >= need.least_level for need in demand.skills)


def free(person: Person, without: int | None = None, since: int = 0) -> list[int]:
    """Return what is free in each period, an assignment given away from a period on."""
    answer = []
    for period, capacity in enumerate(person.capacity_permille):
        load = 0
        for one in person.assignments:
            if one.uid != without or period < since:
                load += one.load_permille[period]
        answer.append(max(capacity - load, 0))
    return answer


def skill(needs: tuple[SkillNeed, ...], person: Person) -> int:
    """Return the merit of the skills."""
    if not needs:
        return 1000
    total = weight = 0
    for need in needs:
        level = person.levels.get(need.skill_uid, 0)
        if level >= need.level:
            merit = [1000, 950, 850, 700, 500][level - need.level]
        elif level == 0:
            merit = 0
        else:
            merit = {1: 600, 2: 250}.get(need.level - level, 0)
        total += merit * need.weight
        weight += need.weight
    return total // weight


def others(demand: Demand, person: Person, crew: list[Person]) -> list[int]:
    """Return the merits for cost, place, continuity and growth."""
    budget = demand.budget_rate
    if budget is None:
        budget = min(member.rate for member in crew)
    cost = 1000 if person.rate <= budget else 1000 * budget // person.rate
    is_near = not demand.place or demand.place_rule is PlaceRule.ANYWHERE or demand.place == person.place
    is_there = any(one.project_uid == demand.project_uid and sum(one.load_permille) for one in person.assignments)
    continuity = 1000 if is_there else 700 if demand.project_uid in person.past_projects else 0
    growth = 0
    for need in demand.skills:
        if need.skill_uid in person.wishes:
            gap = need.level - person.levels.get(need.skill_uid, 0)
            growth = max(growth, 1000 if gap == 1 else 500 if gap == 0 else 300 if gap > 1 else 0)
    return [cost, 1000 if is_near else 400, continuity, growth]


def work(loads: list[int], axis: Axis) -> int:
    """Return permille minutes."""
    return sum(load * minutes for load, minutes in zip(loads, axis.minutes, strict=True))


def total(merits: list[int], preferences: Preferences, further: int) -> int:
    """Return the score."""
    weights = preferences.weights
    values = (weights.skill, weights.capacity, weights.cost, weights.place, weights.continuity, weights.growth)
    return (
        sum(weight * merit for weight, merit in zip(values, merits, strict=True))
        - 1000 * weights.further_person * further
    )


def merits_alone(demand: Demand, person: Person, crew: list[Person], taken: list[int], axis: Axis) -> list[int]:
    """Return all merits of one person who takes so much."""
    capacity = 1000 * work(taken, axis) // work(list(demand.load_permille), axis)
    return [skill(demand.skills, person), capacity, *others(demand, person, crew)]


def single(demand: Demand, person: Person, crew: list[Person], axis: Axis, preferences: Preferences) -> Found:
    """Return what one person could do."""
    taken = [min(have, need) for have, need in zip(free(person), demand.load_permille, strict=True)]
    merits = merits_alone(demand, person, crew, taken, axis)
    is_whole = work(taken, axis) == work(list(demand.load_permille), axis)
    kind = ProposalKind.WHOLE if is_whole else ProposalKind.PART
    return total(merits, preferences, 0), kind, (person.uid,), (tuple(taken),), tuple(merits)


def ways(
    *,
    kind: ProposalKind,
    demand: Demand,
    first: Person,
    second: Person,
    crew: list[Person],
    axis: Axis,
    preferences: Preferences,
) -> Iterator[Found]:
    """Yield every way in which two people share the work in this order."""
    need = list(demand.load_permille)
    mine, yours = free(first), free(second)
    turns = [period for period in range(len(need)) if need[period] and axis.minutes[period]][1:]
    if kind is ProposalKind.SPLIT_BY_TIME:
        wanted = [
            ([load if period < turn else 0 for period, load in enumerate(need)],
             [load if period >= turn else 0 for period, load in enumerate(need)])
            for turn in turns
        ]  # fmt: skip
    else:
        larger = [[load * share // 1000 for load in need] for share in (500, 600, 700, 800, 900)]
        wanted = [(part, [load - some for load, some in zip(need, part, strict=True)]) for part in larger]
    for one, other in wanted:
        taken = [list(map(min, mine, one)), list(map(min, yours, other))]
        done = [work(part, axis) for part in taken]
        alone = max(work(list(map(min, have, need)), axis) for have in (mine, yours))
        if not (all(done) and sum(done) > alone):
            continue
        both = [
            merits_alone(demand, person, crew, part, axis) for person, part in zip((first, second), taken, strict=True)
        ]
        merits = [(done[0] * a + done[1] * b) // sum(done) for a, b in zip(*both, strict=True)]
        merits[1] = 1000 * sum(done) // work(need, axis)
        yield total(merits, preferences, 1), kind, (first.uid, second.uid), tuple(map(tuple, taken)), tuple(merits)


def chains(
    demand: Demand, people: list[Person], crew: list[Person], axis: Axis, preferences: Preferences
) -> Iterator[Found]:
    """Yield for each assignment that may be handed over the best helper."""
    need = list(demand.load_permille)
    start = next(period for period in range(len(need)) if need[period] and axis.minutes[period])
    for person in crew:
        before = work(list(map(min, free(person), need)), axis)
        for task in person.assignments:
            taken = list(map(min, free(person, task.uid, start), need))
            if not task.is_movable or work(taken, axis) <= before:
                continue
            tried = []
            for helper in people:
                is_able = all(helper.levels.get(one.skill_uid, 0) >= one.least_level for one in task.skills)
                is_free = all(
                    have >= load for have, load in list(zip(free(helper), task.load_permille, strict=True))[start:]
                )
                if helper.uid != person.uid and is_able and is_free:
                    merits = merits_alone(demand, person, crew, taken, axis)
                    merits[0] = (merits[0] + skill(task.skills, helper)) // 2
                    uids = (person.uid, task.uid, helper.uid)
                    fit = skill(task.skills, helper)
                    tried.append(
                        (fit, (total(merits, preferences, 1), ProposalKind.CHAIN, uids, (tuple(taken),), tuple(merits)))
                    )
            if tried:
                yield max(tried, key=lambda one: one[0])[1]
