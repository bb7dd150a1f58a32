import random

import pytest

from benchmarks.skill_sets import free_case
from kaname.engine.leveling.skills import level_skills
from kaname.engine.leveling.skills.compile import compile_skills
from kaname.engine.leveling.skills.jit import PLAIN
from kaname.engine.leveling.skills.kernels.breeding import ranked
from kaname.engine.leveling.skills.search import Bench
from tests.engine.leveling.skills.cases import JAVA, SQL, TEST, job, person, staffed

CREW = [person(1, 1), person(2, 1), person(3, 0, 1)]


def test_rank_is_the_length_then_the_work_behind_the_bound():
    compiled = compile_skills(staffed([job(1, 3, (JAVA, 1, 2)), job(2, 2)], CREW))
    assert ranked(5, 4, [2, 3], compiled.plain.loads, compiled.staff) == (5 << 24) + 2 + 1
    assert ranked(9, 4, [6, 0], compiled.plain.loads, compiled.staff) == (9 << 24) + 6
    assert ranked(5, 5, [2, 3], compiled.plain.loads, compiled.staff) == 5 << 24


def test_people_who_are_liked_are_taken_before_those_who_are_sought_less():
    compiled = compile_skills(staffed([job(1, 3, (JAVA, 1, 1)), job(2, 1, (TEST, 1, 1))], CREW))
    bench = Bench(compiled, PLAIN)
    assert compiled.people(bench.forward([0, 0], 1).teams, 0) == [0]
    liked = [*compiled.masks([1]), *compiled.masks([])]
    assert compiled.people(bench.forward([0, 0], 1, teams=liked).teams, 0) == [1]


def test_backward_schedule_is_no_longer_and_keeps_the_people():
    compiled = compile_skills(free_case(random.Random(3), activities=25, people=6, skills=3))
    bench = Bench(compiled, PLAIN)
    first = bench.forward([0] * 25, 1)
    later = bench.backward(first)
    assert later.end <= first.end
    assert bench.justified(first).end <= first.end


def test_more_than_four_kinds_of_places_are_decided_by_the_matching():
    levels = [(level, 1, 1) for level in (1, 2, 3, 4, 5)]
    crew = [person(uid, *pair) for uid, pair in enumerate([(1, 0, 5), (2, 0, 4), (3, 5, 0), (4, 5, 0), (5, 5, 0)], 1)]
    wide = job(1, 2, *((JAVA, level, 1) for level, _, _ in levels))
    problem = staffed([job(2, 3, (SQL, 5, 1)), job(3, 4, (SQL, 1, 1), forbidden=(1,)), wide], crew)
    compiled = compile_skills(problem)
    assert compiled.staff.first_check.tolist() == [0, 1, 2, 8]
    assert Bench(compiled, PLAIN).forward([0, 0, 1], 2).starts == [0, 0, 4]


@pytest.mark.parametrize("seed", range(12))
def test_every_schedule_of_a_search_with_everything_in_it_passes_the_checker(seed):
    people = 70 if seed % 4 == 0 else 6
    problem = free_case(random.Random(seed), activities=20, people=people, skills=4, fancy=True)
    found = level_skills(problem, seed=seed, schedules=400)
    assert found.lower_bound <= found.makespan
    assert len(found.causes) == 20
