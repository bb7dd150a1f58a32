"""Against brute force: every start and every team of tiny problems; and the model against the search on small ones."""

import random
import time
from dataclasses import replace

import pytest

from benchmarks.skill_sets import free_case, packed_case
from kaname.engine.leveling import Status
from kaname.engine.leveling.skills import SkillProblem, level_skills
from kaname.engine.leveling.skills.bounds import people_bound
from kaname.engine.leveling.skills.compile import compile_skills
from kaname.engine.leveling.skills.proof import kinds, prove
from tests.engine.leveling.skills.cases import JAVA, RARE, TEST, job, person, shortest, staffed


def tiny(seed: int) -> SkillProblem:
    dice = random.Random(seed)
    problem = free_case(
        dice, activities=dice.randint(2, 4), people=dice.randint(2, 4), skills=2, versatility=0.5, fancy=seed % 3 > 0
    )
    return replace(
        problem, activities=tuple(replace(each, duration=1 + each.duration % 3) for each in problem.activities)
    )


@pytest.mark.parametrize("seed", range(40))
def test_search_bound_and_model_against_every_start_and_team(seed):
    problem = tiny(seed)
    has_leads = any(link.lag < 0 or link.kind != "fs" for link in problem.links)
    found = level_skills(problem, schedules=500)
    best = shortest(problem, found.makespan)
    compiled = compile_skills(problem)
    assert people_bound(compiled) <= best
    proved, bound = prove(compiled, best=None, bound=0, seed=1, seconds=20)
    assert (proved.end, bound) == (best, best)
    if not has_leads:
        assert found.makespan == best


@pytest.mark.parametrize("seed", range(3))
def test_model_finds_and_proves_the_known_optimum(seed):
    problem, length = packed_case(random.Random(seed), activities=14, people=4, commons=seed % 2)
    compiled = compile_skills(problem)
    proved, bound = prove(compiled, best=None, bound=0, seed=1, seconds=20)
    assert (proved.end, bound) == (length, length)


def test_people_who_are_the_same_are_one_kind():
    same = [person(uid, 2, 0) for uid in (1, 2, 3)]
    problem = staffed(
        [job(1, 2, (JAVA, 1, 2)), job(2, 2, (TEST, 1, 1)), job(3, 1, (JAVA, 1, 1), forbidden=(3,))],
        [*same, person(4, 1, 1), person(5, 9, 0), person(6)],
    )
    assert [kind.people for kind in kinds(compile_skills(problem))] == [(0, 1, 4), (2,), (3,)]


def test_bound_of_pairs_crowds_and_absences():
    crew = [person(1, 1), person(2, 1), person(3, 1)]
    pairs = staffed([job(uid, 3, (JAVA, 1, 2)) for uid in range(1, 5)], crew)
    assert people_bound(compile_skills(pairs)) == 12
    energy = staffed([job(uid, 2, (JAVA, 1, 1)) for uid in range(1, 6)], crew)
    assert people_bound(compile_skills(energy)) == 4
    union = staffed(
        [job(1, 2, (JAVA, 1, 1)), job(2, 2, (TEST, 1, 1)), job(3, 2, (JAVA, 1, 1))],
        [person(1, 1, 1), person(2, 0, 1)],
    )
    assert people_bound(compile_skills(union)) == 4


def test_level_with_time_proves_what_the_bound_does_not():
    without = level_skills(RARE, schedules=500)
    assert (without.makespan, without.lower_bound, without.status) == (6, 5, Status.FEASIBLE)
    prove(compile_skills(RARE), best=None, bound=0, seed=1, seconds=1)
    end = time.process_time() + 1.5
    proved = level_skills(RARE, time_left=lambda: end - time.process_time())
    assert (proved.makespan, proved.lower_bound, proved.status) == (6, 6, Status.OPTIMAL)
