"""All choices of a short list, one after the other, and random lists that are short enough for it."""

from itertools import chain, combinations

from kaname.engine.matching.selection import Candidate, Limits, Shortlist
from kaname.engine.matching.selection.checking import faults_of


def all_choices(shortlist, *, skill=None, extra=0):
    """Return the value of every choice that breaks nothing, with one more person of a skill or with more money."""
    limits = shortlist.limits
    if skill is not None:
        there = limits.staff_permille.get(skill, (0,) * len(limits.budget))
        staff = dict(limits.staff_permille) | {skill: tuple(load + 1000 for load in there)}
        limits = Limits(budget=limits.budget, staff_permille=staff)
        shortlist = Shortlist(candidates=shortlist.candidates, limits=limits, exactly_one=shortlist.exactly_one)
    values = {one.uid: one.value for one in shortlist.candidates}
    subsets = chain.from_iterable(combinations(values, size) for size in range(len(values) + 1))
    return {
        frozenset(chosen): sum(values[uid] for uid in chosen)
        for chosen in subsets
        if not any(faults_of(shortlist, chosen, extra=extra))
    }


def random_shortlist(dice):
    count, periods = dice.randint(1, 8), dice.randint(1, 3)
    uids = list(range(1, count + 1))
    candidates = tuple(
        Candidate(
            uid=uid,
            name=f"project {uid}",
            value=dice.choice([-20, 0, 30, 50, 50, 80]),
            cost=tuple(dice.randint(0, 40) for _ in range(periods)),
            staff_permille={
                skill: tuple(dice.choice([0, 500, 1000, 1500]) for _ in range(periods))
                for skill in dice.sample([1, 2, 3], dice.randint(0, 2))
            },
            is_must=dice.random() < 0.1,
            needs=frozenset(dice.sample(uids, int(dice.random() < 0.3))),
            excludes=frozenset(dice.sample(uids, int(dice.random() < 0.3))) - {uid},
        )
        for uid in uids
    )
    return Shortlist(
        candidates=candidates,
        limits=Limits(
            budget=tuple(dice.randint(20, 90) for _ in range(periods)),
            staff_permille={skill: tuple(dice.choice([1000, 2500]) for _ in range(periods)) for skill in (1, 2)},
        ),
        exactly_one=(frozenset(dice.sample(uids, min(2, count))),) if dice.random() < 0.3 else (),
    )
