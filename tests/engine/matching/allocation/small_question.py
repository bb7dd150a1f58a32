"""Small questions of allocation: one by hand, and random ones that can be worked out in full."""

import random
from datetime import date
from itertools import product

from kaname.engine.matching import Assignment, Axis, Demand, Employment, Person, PlaceRule, SkillNeed
from kaname.engine.matching.allocation import Allotment, Prices, Rules, Staffing
from kaname.engine.matching.allocation.checker import BrokenAllocation, check_allocation, cost_of

JAVA = SkillNeed(skill_uid=1, name="Java", level=3)
SQL = SkillNeed(skill_uid=2, name="SQL", level=2, least_level=2)

FREE = Rules()


def axis_of(*minutes):
    return Axis(tuple(date(2026, 1 + month, 1) for month in range(len(minutes) + 1)), minutes)


BILLING = Demand(role="Billing developer", project_uid=7, load_permille=(1000, 1000, 500), skills=(JAVA,))
PORTAL = Demand(role="Portal developer", project_uid=8, load_permille=(500, 500, 500), skills=(JAVA,))
DATA = Demand(role="Portal data", project_uid=8, load_permille=(0, 300, 300), skills=(SQL,))
SATO = Person(uid=1, name="Sato", levels={1: 3, 2: 2}, capacity_permille=(1000, 1000, 1000), rate=6000)
ITO = Person(
    uid=2,
    name="Ito",
    levels={1: 2},
    capacity_permille=(500, 500, 1000),
    rate=5000,
    past_projects=frozenset({8}),
    wishes=frozenset({1}),
)
QUESTION = Staffing(
    axis=axis_of(9600, 9600, 9600), people=(SATO, ITO), demands=(BILLING, PORTAL, DATA), priorities={8: 150}
)


def random_question(dice, *, people, demands, periods, step=500, rules=FREE):
    """A small question with ties, part-timers, holidays, work that is done now and people below the level wanted."""
    needs = [
        SkillNeed(skill_uid=uid, name=f"skill {uid}", level=dice.randint(1, 4), least_level=dice.randint(0, 1))
        for uid in range(2)
    ]
    axis = axis_of(*(dice.choice([4800, 9600, 9600, 0 if periods > 1 else 9600]) for _ in range(periods)))
    crowd = tuple(
        Person(
            uid=10 + row,
            name=f"person {row}",
            levels={0: dice.randint(0, 5), 1: dice.randint(0, 5)},
            capacity_permille=tuple(dice.choice([1000, 1000, 600]) for _ in range(periods)),
            assignments=(
                Assignment(
                    uid=row,
                    name="other work",
                    project_uid=dice.randint(1, 3),
                    load_permille=tuple(dice.choice([0, 0, 0, 400]) for _ in range(periods)),
                ),
            ),
            rate=dice.choice([4000, 5000]),
            place=dice.choice(["Tokyo", "Osaka"]),
            employment=dice.choice([Employment.PERMANENT, Employment.PARTNER]),
            past_projects=frozenset({dice.randint(1, 3)}),
            wishes=frozenset({dice.randint(0, 2)}),
        )
        for row in range(people)
    )
    wanted = tuple(
        Demand(
            role=f"role {place}",
            project_uid=dice.randint(1, 3),
            load_permille=tuple(dice.choice([0, 500, 700, 1000]) for _ in range(periods)),
            skills=tuple(dice.sample(needs, dice.randint(0, 2))),
            place=dice.choice(["", "Tokyo"]),
            place_rule=dice.choice(list(PlaceRule)),
            employments=dice.choice([frozenset(), frozenset({Employment.PERMANENT})]),
            budget_rate=dice.choice([None, 4000]),
        )
        for place in range(demands)
    )
    doing = {(dice.randint(10, 9 + people), dice.randrange(demands)) for _ in range(dice.randint(0, 2))}
    return Staffing(
        axis=axis,
        people=crowd,
        demands=wanted,
        priorities={1: dice.choice([20, 100, 300])},
        current=tuple(
            Allotment(person_uid=uid, demand=place, load_permille=tuple(dice.choice([0, 500]) for _ in range(periods)))
            for uid, place in sorted(doing)
        ),
        step_permille=step,
        prices=dice.choice([Prices(), Prices(unmet=40, change=30)]),
        rules=rules,
    )


def best_of_all(question):
    """Return the least cost of all allocations that pass the checker, each one tried."""
    step, periods = question.step_permille, range(question.axis.count)
    keys = list(product([person.uid for person in question.people], range(len(question.demands))))
    ways = []
    for uid, place in keys:
        person = next(person for person in question.people if person.uid == uid)
        most = [
            min(person.capacity_permille[period], question.demands[place].load_permille[period] + step - 1) // step
            if question.axis.minutes[period]
            else 0
            for period in periods
        ]
        ways.append([tuple(step * count for count in loads) for loads in product(*(range(one + 1) for one in most))])
    best = None
    for loads in product(*ways):
        found = [
            Allotment(person_uid=uid, demand=place, load_permille=load)
            for (uid, place), load in zip(keys, loads, strict=True)
            if any(load)
        ]
        cost = cost_of(question, found)
        if best is not None and cost >= best:
            continue
        try:
            check_allocation(question, found, cost)
        except BrokenAllocation:
            continue
        best = cost
    return best


def questions(seed, count, **sizes):
    dice = random.Random(seed)
    return [random_question(dice, **sizes) for _ in range(count)]
