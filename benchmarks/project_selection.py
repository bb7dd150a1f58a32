"""Measure the selection of projects, and compare small ones with all choices.

    python benchmarks/project_selection.py [CASES] [SEED]

Equality: random short lists of up to eight projects, three periods and three skills with dependencies, exclusions, groups
and must-dos; value, alternatives, losses, worths of people and money are compared with those of all choices.  Speed: 20 and 40
projects, 12 periods, 8 skills, limits of about half of what all projects need; CPU seconds of the best choice alone
and of the whole answer, three random lists each, and of
60 projects the best choice.  The exit code is 1 if anything differs.
"""

import random
import sys
import time

from kaname.engine.matching import MatchingError
from kaname.engine.matching.selection import Candidate, Limits, Shortlist, select
from kaname.engine.matching.selection.model import Change, solve
from tests.engine.matching.selection.brute_force import all_choices, random_shortlist

PERIODS, SKILLS = 12, 8


def long_list(count: int, seed: int) -> Shortlist:
    """Return a list of a department: money in yen, people in permille, values about twice the cost."""
    dice = random.Random(seed)
    candidates = []
    for uid in range(1, count + 1):
        begin = dice.randrange(PERIODS - 3)
        end = min(PERIODS, begin + dice.randint(3, 9))
        staff = {
            skill: tuple(100 * dice.randint(5, 40) if begin <= period < end else 0 for period in range(PERIODS))
            for skill in dice.sample(range(SKILLS), dice.randint(1, 4))
        }
        cost = tuple(100_000 * dice.randint(5, 80) if begin <= period < end else 0 for period in range(PERIODS))
        candidates.append(
            Candidate(
                uid=uid,
                name=f"project {uid}",
                value=round(sum(cost) * dice.uniform(0.8, 3.0)),
                cost=cost,
                staff_permille=staff,
                is_must=uid == 1,
                needs=frozenset({dice.randrange(1, uid)}) if uid > 1 and dice.random() < 0.15 else frozenset(),
                excludes=frozenset({dice.randrange(1, uid)}) if uid > 1 and dice.random() < 0.05 else frozenset(),
            )
        )
    budget = tuple(_half([one.cost[period] for one in candidates]) for period in range(PERIODS))
    staff_there = {
        skill: tuple(
            -(-_half([one.staff_permille.get(skill, (0,) * PERIODS)[period] for one in candidates]) // 1000) * 1000
            for period in range(PERIODS)
        )
        for skill in range(SKILLS)
    }
    return Shortlist(candidates=tuple(candidates), limits=Limits(budget=budget, staff_permille=staff_there))


def _half(needs: list[int]) -> int:
    """Return half of what all need together, or what the two largest need if that is more."""
    return max(sum(needs) // 2, sum(sorted(needs)[-2:]))


def differs(shortlist: Shortlist) -> bool:
    """Return whether any figure differs from that of all choices."""
    values = all_choices(shortlist)
    try:
        found = select(shortlist, alternatives=2, extra_budget=15)
    except MatchingError:
        return bool(values)
    best = max(values.values(), default=None)
    if best is None or found.best.value != best:
        return True
    losses = [
        best - max((value for chosen, value in values.items() if (one.uid in chosen) != one.is_chosen), default=best)
        for one in found.verdicts
    ]
    musts = {one.uid for one in shortlist.candidates if one.is_must}
    wrong = [
        one
        for one, loss in zip(found.verdicts, losses, strict=True)
        if one.uid not in musts and one.loss not in (loss, None)
    ]
    more = [
        max(all_choices(shortlist, skill=one.skill_uid, extra=0 if one.skill_uid else 15).values())
        for one in found.worths
    ]
    ranked = sorted(values.values(), reverse=True)[1:3]
    return (
        bool(wrong)
        or [one.gain + best for one in found.worths] != more
        or [one.value for one in found.alternatives] != ranked
    )


def main() -> int:
    """Print both figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    dice = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    differences = sum(differs(random_shortlist(dice)) for _ in range(count))
    print(f"equality: {count} lists, {differences} differences")
    for size in (20, 40, 60):
        for seed in (1, 2, 3):
            shortlist = long_list(size, seed)
            begin = time.process_time()
            solve(shortlist, Change(), hint=(), time_left=lambda: 60.0)
            alone = time.process_time() - begin
            print(f"{size} projects: best choice {alone:.2f} s of CPU", end="", flush=True)
            if size < 60:
                begin = time.process_time()
                found = select(shortlist)
                print(f", whole answer {time.process_time() - begin:.2f} s, {len(found.best.chosen)} chosen", end="")
            print()
    return int(differences > 0)


if __name__ == "__main__":
    sys.exit(main())
