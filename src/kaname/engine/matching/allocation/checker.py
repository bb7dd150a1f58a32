"""The independent check of an allocation, in plain words and plain Python.

It reads the question itself, not the arrays, and shares no code with the search: merits come from the functions of `match`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kaname.engine.matching.allocation.types import Allotment, Regret, Staffing
from kaname.engine.matching.crew import (
    continuity_merit,
    cost_merit,
    growth_merit,
    place_merit,
    skill_merit,
    why_not,
)
from kaname.engine.matching.types import Demand, Person
from kaname.engine.units import PERMILLE


class BrokenAllocation(AssertionError):
    """An allocation that breaks its question: a fault of the program.  `faults` say which rules are broken and where."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults[:5]))


def check_allocation(staffing: Staffing, allotments: Sequence[Allotment], points: int) -> None:
    """Check allotments and their cost against the question.

    Rules: whole steps; nobody does more than is free, no demand gets more than it needs; only who may do it or does it now;
    least stints, projects at once, stretched people, groups; the cost.

    Raises
    ------
    BrokenAllocation
        With every fault.
    """
    faults = [*_load_faults(staffing, allotments), *_rule_faults(staffing, allotments)]
    cost = cost_of(staffing, allotments)
    if cost != points:
        faults.append(f"costs {cost}, not {points}")
    if faults:
        raise BrokenAllocation(faults)


def cost_of(staffing: Staffing, allotments: Sequence[Allotment]) -> int:
    """Return what an allocation costs, each step on its own."""
    people = {person.uid: person for person in staffing.people}
    step, minutes, prices = staffing.step_permille, staffing.axis.minutes, staffing.prices
    now = {(one.person_uid, one.demand): one.load_permille for one in staffing.current}
    working = {(uid, staffing.demands[place].project_uid) for uid, place in now}
    left = [[-(-load // step) for load in demand.load_permille] for demand in staffing.demands]
    rates = _Rates(staffing)
    total = 0
    for one in allotments:
        demand, person = staffing.demands[one.demand], people[one.person_uid]
        knows = PERMILLE if (person.uid, demand.project_uid) in working else continuity_merit(demand, person)
        merits = {
            Regret.SKILL: skill_merit(demand.skills, person),
            Regret.COST: cost_merit(person.rate, rates.reference(one.demand)),
            Regret.PLACE: place_merit(demand, person),
            Regret.CONTINUITY: knows,
            Regret.GROWTH: growth_merit(demand, person),
        }
        price = sum(prices.of(regret) * (PERMILLE - merit) for regret, merit in merits.items())
        before = now.get((one.person_uid, one.demand), (0,) * len(minutes))
        for period, load in enumerate(one.load_permille):
            done = load // step
            left[one.demand][period] -= done
            new = max(done - before[period] // step, 0)
            total += minutes[period] * (price * done + prices.change * PERMILLE * new)
    for demand, row in zip(staffing.demands, left, strict=True):
        price = prices.unmet * PERMILLE * staffing.priority(demand.project_uid) // 100
        total += price * sum(steps * length for steps, length in zip(row, minutes, strict=True))
    return total


class _Rates:
    """The rates that the plan reckons with, the cheapest first."""

    def __init__(self, staffing: Staffing) -> None:
        self._demands = staffing.demands
        self._now = {(one.demand, one.person_uid) for one in staffing.current}
        self._people = sorted(staffing.people, key=lambda person: person.rate)

    def reference(self, place: int) -> int:
        """Return the rate for a demand: its own, or that of the cheapest person who may do it."""
        demand = self._demands[place]
        if demand.budget_rate is not None:
            return demand.budget_rate
        may = (
            person.rate
            for person in self._people
            if why_not(demand, person) is None or (place, person.uid) in self._now
        )
        return next(may, 0)


def _load_faults(staffing: Staffing, allotments: Sequence[Allotment]) -> Iterator[str]:
    people = {person.uid: person for person in staffing.people}
    now = {(one.person_uid, one.demand) for one in staffing.current}
    step = staffing.step_permille
    done: dict[tuple[int, int], int] = defaultdict(int)
    got: dict[tuple[int, int], int] = defaultdict(int)
    if len({(one.person_uid, one.demand) for one in allotments}) < len(allotments):
        yield "somebody is given twice for one demand"
    for one in allotments:
        demand, person = staffing.demands[one.demand], people[one.person_uid]
        if why_not(demand, person) is not None and (one.person_uid, one.demand) not in now:
            yield f"person {one.person_uid} may not do demand {one.demand}"
        for period, load in enumerate(one.load_permille):
            if load < 0 or load % step:
                yield f"person {one.person_uid} has {load} of demand {one.demand} in period {period}"
            if load and not staffing.axis.minutes[period]:
                yield f"person {one.person_uid} works in period {period}, which has no working time"
            done[one.person_uid, period] += load
            got[one.demand, period] += load
    for (uid, period), load in done.items():
        person = people[uid]
        free = person.capacity_permille[period] - sum(work.load_permille[period] for work in person.assignments)
        if load > max(free, 0):
            yield f"person {uid} has {load} in period {period}, free is {free}"
    for (place, period), load in got.items():
        if load > -(-staffing.demands[place].load_permille[period] // step) * step:
            yield f"demand {place} gets {load} in period {period}"


def _rule_faults(staffing: Staffing, allotments: Sequence[Allotment]) -> Iterator[str]:
    rules, people = staffing.rules, {person.uid: person for person in staffing.people}
    projects: dict[tuple[int, int], set[int]] = defaultdict(set)
    stretched: dict[tuple[int, int], set[int]] = defaultdict(set)
    for one in allotments:
        demand, person = staffing.demands[one.demand], people[one.person_uid]
        is_below = any(person.levels.get(need.skill_uid, 0) < need.level for need in demand.skills)
        for period in [period for period, load in enumerate(one.load_permille) if load]:
            projects[one.person_uid, period].add(demand.project_uid)
            if is_below:
                stretched[demand.project_uid, period].add(person.uid)
        if rules.least_stint > 1:
            yield from _stint_faults(staffing, person, one)
    yield from _crowded(projects, rules.most_projects, "person {} has {} projects in period {}")
    yield from _crowded(stretched, rules.most_stretched, "project {} has {} stretched people in period {}")
    for group in rules.together:
        for period in range(staffing.axis.count):
            if len({frozenset(projects.get((uid, period), ())) for uid in group}) > 1:
                yield f"group {sorted(group)} is apart in period {period}"


def _crowded(found: Mapping[tuple[int, int], set[int]], most: int | None, words: str) -> Iterator[str]:
    for (owner, period), members in found.items():
        if most is not None and len(members) > most:
            yield words.format(owner, len(members), period)


def _stint_faults(staffing: Staffing, person: Person, one: Allotment) -> Iterator[str]:
    """Each stint is long enough, or fills the periods in which demand and person last; what goes on may end at once."""
    demand, step = staffing.demands[one.demand], staffing.step_permille
    goes_on = any(
        now.person_uid == one.person_uid and now.demand == one.demand and now.load_permille[0] >= step
        for now in staffing.current
    )
    for works, run in groupby(range(staffing.axis.count), lambda period: _could(staffing, demand, person, period)):
        periods = list(run)
        if works:
            least = min(staffing.rules.least_stint, len(periods))
            for has_load, stint in groupby(periods, lambda period: one.load_permille[period] > 0):
                stretch = list(stint)
                if has_load and len(stretch) < least and not (goes_on and stretch[0] == 0):
                    yield f"person {person.uid} stays {len(stretch)} periods on demand {one.demand}"


def _could(staffing: Staffing, demand: Demand, person: Person, period: int) -> bool:
    free = person.capacity_permille[period] - sum(work.load_permille[period] for work in person.assignments)
    return free >= staffing.step_permille and demand.load_permille[period] > 0 and staffing.axis.minutes[period] > 0
