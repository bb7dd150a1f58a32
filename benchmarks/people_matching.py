"""Compare matching with a naive search, and measure it on a company.

    python benchmarks/people_matching.py [CASES] [SEED]

Equality: random demands with up to 7 people, 5 periods and 3 skills, part-timers, overloads, assignments that may be handed
over or not, and many ties.  `benchmarks/matching_naive.py` loops over people, pairs, shares and assignments.  Compared are
kind, people, what each takes, all merits and the score of every proposal, in order.  Speed: 200 and 1,000 people, 12
months, three assignments each; CPU milliseconds of one demand, median and best of warm runs.  The exit code is 1 if there
is any difference.
"""

import random
import statistics
import sys
import time
from datetime import date

from benchmarks.matching_naive import Found, naive_match
from kaname.engine.matching import (
    Assignment,
    Axis,
    Demand,
    Employment,
    Person,
    PlaceRule,
    Preferences,
    Proposal,
    SkillNeed,
    Weights,
    match,
)

Case = tuple[Demand, list[Person], Axis, Preferences]

PLACES = ("", "Tokyo", "Osaka")
SKILLS = ("Java", "SQL", "Network")


def random_case(dice: random.Random) -> Case:
    """Return a small random question with many ties."""
    periods = dice.randint(1, 5)
    axis = random_axis(dice, periods)
    loads = [dice.choice([0, 300, 500, 1000, 1500, 333]) for _ in range(periods)]
    place = dice.randrange(periods)
    loads[place] = loads[place] or 500
    axis = Axis(
        axis.edges,
        tuple(minutes or 4800 if period == place else minutes for period, minutes in enumerate(axis.minutes)),
    )
    demand = Demand(
        role="Developer",
        project_uid=dice.randint(1, 3),
        load_permille=tuple(loads),
        skills=random_needs(dice),
        place=dice.choice(PLACES),
        place_rule=dice.choice(list(PlaceRule)),
        employments=dice.choice([frozenset(), frozenset({Employment.PERMANENT, Employment.PARTNER})]),
        budget_rate=dice.choice([None, 0, 5000]),
    )
    people = [random_person(dice, uid, periods) for uid in dice.sample(range(50), dice.randint(1, 7))]
    weights = Weights(skill=dice.randint(0, 40), capacity=dice.randint(1, 40), further_person=dice.randint(0, 9))
    preferences = Preferences(
        weights=dice.choice([Weights(), weights]), count=dice.choice([1, 3, 99]), pool=dice.choice([2, 3, 100])
    )
    return demand, people, axis, preferences


def random_axis(dice: random.Random, periods: int) -> Axis:
    """Return months of 0 to 22 working days."""
    edges = tuple(date(2026 + month // 12, month % 12 + 1, 1) for month in range(periods + 1))
    return Axis(edges, tuple(480 * dice.choice([0, 18, 20, 22]) for _ in range(periods)))


def random_needs(dice: random.Random) -> tuple[SkillNeed, ...]:
    """Return up to two skills."""
    needs = []
    for uid in dice.sample(range(3), dice.randint(0, 2)):
        level = dice.randint(1, 5)
        least = dice.randint(0, min(level, 2))
        needs.append(
            SkillNeed(skill_uid=uid, name=SKILLS[uid], level=level, least_level=least, weight=dice.randint(1, 3))
        )
    return tuple(needs)


def random_person(dice: random.Random, uid: int, periods: int, *, assignments: int | None = None) -> Person:
    """Return a person with a capacity, assignments and skills."""
    full = dice.choice([1000, 1000, 600])
    count = dice.randint(0, 3) if assignments is None else assignments
    return Person(
        uid=uid,
        name=f"person {uid}",
        capacity_permille=tuple(dice.choice([full, full, full, 0]) for _ in range(periods)),
        levels={skill: dice.randint(0, 5) for skill in range(3)},
        assignments=tuple(
            Assignment(
                uid=10 * uid + number,
                name=f"task {10 * uid + number}",
                project_uid=dice.randint(1, 5),
                load_permille=tuple(dice.choice([0, 200, 300, 500]) for _ in range(periods)),
                skills=random_needs(dice),
                is_movable=dice.random() < 0.8,
            )
            for number in range(count)
        ),
        rate=dice.choice([0, 4000, 5000, 7000, 7000]),
        place=dice.choice(PLACES),
        employment=dice.choice(list(Employment)),
        past_projects=frozenset(dice.sample(range(1, 4), dice.randint(0, 2))),
        wishes=frozenset(dice.sample(range(3), dice.randint(0, 2))),
    )


def told(proposal: Proposal) -> Found:
    """Return a proposal in the words of the naive search."""
    uids = tuple(share.person_uid for share in proposal.shares)
    handover = proposal.handover
    if handover is not None:
        uids = (*uids, handover.assignment_uid, handover.to_uid)
    taken = tuple(share.load_permille for share in proposal.shares)
    merits = tuple(part.merit_permille for part in proposal.parts)
    return proposal.score, proposal.kind, uids, taken, merits


def equal(case: Case) -> tuple[bool, int]:
    """Return whether both searches agree, and how many proposals there are."""
    demand, people, axis, preferences = case
    report = match(demand, people, axis=axis, preferences=preferences)
    naive = naive_match(demand, people, axis=axis, preferences=preferences)
    return [told(proposal) for proposal in report.proposals] == naive, len(naive)


def company(count: int, seed: int = 1) -> Case:
    """Return the question of the speed figure."""
    dice = random.Random(seed)
    axis = Axis(random_axis(dice, 12).edges, (9600,) * 12)
    need = SkillNeed(skill_uid=0, name="Java", level=3)
    demand = Demand(role="Developer", project_uid=1, load_permille=(0, 0, *(800,) * 8, 0, 0), skills=(need,))
    people = [random_person(dice, uid, 12, assignments=3) for uid in range(count)]
    return demand, people, axis, Preferences()


def cpu_ms(case: Case, *, runs: int = 15) -> list[float]:
    """Return the CPU milliseconds of warm runs."""
    demand, people, axis, preferences = case
    found = []
    for _ in range(runs + 1):
        begin = time.process_time_ns()
        match(demand, people, axis=axis, preferences=preferences)
        found.append((time.process_time_ns() - begin) / 1e6)
    return found[1:]


def main() -> int:
    """Print both figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    dice = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    answers = [equal(random_case(dice)) for _ in range(count)]
    differences = sum(not is_equal for is_equal, _ in answers)
    print(f"equality: {count} cases, {sum(found for _, found in answers)} proposals, {differences} differences")
    for people in (200, 1000):
        times = cpu_ms(company(people))
        print(
            f"speed: {people} people, 12 months: median {statistics.median(times):.1f} ms, best {min(times):.1f} ms of CPU"
        )
    return int(differences > 0)


if __name__ == "__main__":
    sys.exit(main())
