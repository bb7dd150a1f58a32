import random
from dataclasses import replace

import pytest

from benchmarks.skill_sets import free_case, packed_case
from kaname.engine.leveling import Demand, Link, Resource, Status
from kaname.engine.leveling.skills import Absence, Assignment, SkillCause, SkillCauseKind, check_people, level_skills
from kaname.engine.leveling.skills.compile import compile_skills
from kaname.engine.leveling.skills.jit import PLAIN, compiled_kernels
from kaname.engine.leveling.skills.search import SETTINGS, Bench, Island, first_schedule
from tests.engine.leveling.skills.cases import JAVA, RARE, SQL, TEST, job, person, shortest, staffed

HARD = free_case(random.Random(1), activities=40, people=9, skills=4, versatility=0.4)


def who(problem, found, uid) -> list[tuple[int, int]]:
    return [(each.person_uid, each.skill) for each in found.people[problem.places[uid]]]


def test_rare_people_stay_free_for_what_only_they_can_do():
    found = level_skills(RARE)
    assert (found.makespan, found.lower_bound, found.status) == (6, 5, Status.FEASIBLE)
    assert shortest(RARE, 20) == 6
    assert found.starts == (0, 0, 4, 0)
    assert [who(RARE, found, uid) for uid in (1, 2, 3, 4)] == [[(2, TEST)], [(1, JAVA)], [(2, TEST)], [(3, JAVA)]]


def test_of_two_who_serve_equally_the_cheaper_then_the_lower_number_is_taken():
    pair = [person(1, 1, rate=9), person(2, 1, rate=5), person(3, 1, rate=5)]
    problem = staffed([job(1, 2, (JAVA, 1, 1))], pair)
    assert who(problem, level_skills(problem), 1) == [(2, JAVA)]


def test_wished_people_are_taken_first_and_forbidden_never():
    crew = [person(1, 1), person(2, 1), person(3, 1)]
    problem = staffed([job(1, 2, (JAVA, 1, 1), wished=(3,), forbidden=(1,)), job(2, 2, (JAVA, 1, 1))], crew)
    found = level_skills(problem)
    assert (who(problem, found, 1), who(problem, found, 2)) == ([(3, JAVA)], [(1, JAVA)])
    alone = staffed([job(1, 2, (JAVA, 1, 1), forbidden=(1,)), job(2, 2, (JAVA, 1, 1), forbidden=(1, 2))], crew)
    found = level_skills(alone, schedules=50)
    assert (who(alone, found, 1), who(alone, found, 2), found.makespan) == ([(2, JAVA)], [(3, JAVA)], 2)


def test_people_move_up_to_another_skill_so_that_all_places_are_filled():
    problem = staffed(
        [job(1, 3, (JAVA, 1, 1), (TEST, 1, 1), (SQL, 1, 1))], [person(1, 1, 1), person(2, 0, 1, 1), person(3, 1)]
    )
    found = level_skills(problem)
    assert who(problem, found, 1) == [(3, JAVA), (1, TEST), (2, SQL)]
    assert found.makespan == 3


def test_nobody_works_while_absent_and_part_time_is_units_that_are_there():
    half = tuple(Absence(since=at, until=at + 2) for at in range(0, 12, 4))
    problem = staffed(
        [job(1, 2, (JAVA, 1, 1)), job(2, 1, (JAVA, 1, 1)), job(3, 1, (JAVA, 1, 1))], [person(1, 1, absences=half)]
    )
    found = level_skills(problem, schedules=50)
    assert found.makespan == shortest(problem, 20) == 8
    assert found.lower_bound == 8


def test_who_leaves_is_used_before_and_never_after():
    crew = [person(1, 1, absences=(Absence(since=4, until=None),)), person(2, 1)]
    problem = staffed([job(1, 3, (JAVA, 1, 1)), job(2, 3, (JAVA, 1, 1)), job(3, 3, (JAVA, 1, 1))], crew)
    found = level_skills(problem, schedules=200)
    assert found.makespan == shortest(problem, 20) == 6


def test_fixed_activities_keep_their_people_whatever_their_levels():
    fixed = job(1, 3, (JAVA, 3, 1), fixed_start=1, named=(Assignment(person_uid=1, skill=JAVA),))
    problem = staffed([fixed, job(2, 2, (TEST, 1, 1)), job(3, 1, (TEST, 1, 1))], [person(1, 1, 1)])
    found = level_skills(problem, schedules=50)
    assert found.starts == (1, 4, 0)
    assert who(problem, found, 1) == [(1, JAVA)]
    assert (found.makespan, found.status) == (6, Status.OPTIMAL)


def test_named_people_take_their_places_and_rooms_are_kept():
    room = Demand(resource=0, units=1)
    boss = (Assignment(person_uid=2, skill=TEST),)
    problem = staffed(
        [job(1, 2, (TEST, 1, 2), named=boss, demands=(room,)), job(2, 2, (JAVA, 1, 1), demands=(room,))],
        [person(1, 1, 1), person(2, 1, 1), person(3, 0, 1)],
        resources=(Resource(name="room", capacity=1),),
    )
    found = level_skills(problem, schedules=50)
    assert who(problem, found, 1) == [(2, TEST), (3, TEST)]
    assert found.makespan == 4


def test_more_than_sixty_two_people_are_more_than_one_word():
    crew = [*(person(uid, 1) for uid in range(1, 100)), person(100, 0, 2), person(101, 0, 1)]
    problem = staffed([job(1, 2, (JAVA, 1, 99)), job(2, 3, (TEST, 1, 2)), job(3, 1, (TEST, 2, 1), (JAVA, 1, 1))], crew)
    found = level_skills(problem, schedules=50)
    assert (found.makespan, found.status) == (4, Status.OPTIMAL)
    assert len(found.people[0]) == 99


@pytest.mark.parametrize("seed", range(4))
def test_search_finds_the_known_optimum_of_packed_problems(seed):
    problem, length = packed_case(random.Random(seed), activities=12, people=4, commons=2 * (seed % 2))
    found = level_skills(problem, schedules=20_000)
    assert (found.makespan, found.lower_bound) == (length, length)


def test_first_schedule_is_made_at_once_and_more_schedules_make_it_better():
    first, few, many = level_skills(HARD), level_skills(HARD, schedules=100), level_skills(HARD, schedules=5000)
    assert first.makespan > many.makespan
    assert few.schedules == 100
    assert many.schedules == 5000
    lengths = [each.makespan for each in many.log]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("islands", [1, 2])
def test_same_seed_same_schedule_on_one_and_two_threads(islands):
    results = [level_skills(HARD, seed=5, schedules=2000, islands=islands, threads=threads) for threads in (1, 2, 2)]
    assert {(each.starts, each.people) for each in results} == {(results[0].starts, results[0].people)}
    other = level_skills(HARD, seed=6, schedules=2000, islands=islands)
    assert (other.starts, other.people) != (results[0].starts, results[0].people)


def test_time_over_gives_the_best_so_far_and_progress_is_told():
    asked, told = [], []

    def left() -> float:
        asked.append(0)
        return 1.0 if len(asked) <= 8 else 0.0

    found = level_skills(HARD, time_left=left, on_progress=told.append)
    assert tuple(told) == found.log
    assert found.makespan < level_skills(HARD).makespan
    assert level_skills(HARD, time_left=lambda: 0.0).makespan == level_skills(HARD).makespan


def test_plain_and_compiled_kernels_do_the_same():
    problem = free_case(random.Random(7), activities=14, people=70, skills=5, versatility=0.2, fancy=True)
    compiled = compile_skills(problem)
    first = first_schedule(compiled, PLAIN)
    one, other = (Bench(compiled, kernels).forward(first.starts, first.end) for kernels in (PLAIN, compiled_kernels()))
    assert (one.starts, one.teams, one.end) == (other.starts, other.teams, other.end)
    islands = [Island(compiled, seed=3, cycle=100, first=first, settings=SETTINGS) for _ in range(2)]
    for island, kernels in zip(islands, (PLAIN, compiled_kernels()), strict=True):
        island.run(kernels, epoch=150, most=1000, enough=0)
    assert islands[0].state.tolist() == islands[1].state.tolist()
    assert islands[0].pool.orders.tolist() == islands[1].pool.orders.tolist()
    assert islands[0].pool.teams.tolist() == islands[1].pool.teams.tolist()


def test_empty_problem_and_milestones_need_nobody():
    assert level_skills(staffed([], [])).makespan == 0
    found = level_skills(staffed([job(1, 0), job(2, 2, (JAVA, 1, 1))], [person(1, 1)], [(2, 1)]), schedules=10)
    assert (found.starts, found.people[0], found.status) == ((2, 0), (), Status.OPTIMAL)


def test_causes_name_the_person_the_skill_the_room_and_the_activity():
    room = Demand(resource=0, units=1)
    problem = staffed(
        [
            job(1, 2, (JAVA, 2, 1)),
            job(2, 3, (JAVA, 2, 1)),
            job(3, 4, (TEST, 1, 2)),
            job(4, 1, (TEST, 1, 1)),
            job(5, 1, demands=(room,), release=1),
            job(6, 1, demands=(room,)),
            job(7, 1, demands=(room,)),
            job(8, 1, (SQL, 1, 1)),
            job(9, 1),
        ],
        [person(1, 2), person(2, 0, 1), person(3, 0, 1), person(4, 0, 0, 1, absences=(Absence(since=0, until=2),))],
        [Link(before_uid=1, after_uid=9, lag=1)],
        resources=(Resource(name="room", capacity=1),),
    )
    starts = (0, 2, 0, 4, 1, 0, 2, 2, 3)
    people = (
        (Assignment(person_uid=1, skill=JAVA),),
        (Assignment(person_uid=1, skill=JAVA),),
        (Assignment(person_uid=2, skill=TEST), Assignment(person_uid=3, skill=TEST)),
        (Assignment(person_uid=2, skill=TEST),),
        (),
        (),
        (),
        (Assignment(person_uid=4, skill=SQL),),
        (),
    )
    check_people(problem, starts, people)
    found = replace(level_skills(problem), starts=starts, people=people)
    kind = SkillCauseKind
    assert found.causes == (
        SkillCause(kind=kind.NOTHING),
        SkillCause(kind=kind.PERSON, uid=1, skills=(JAVA,), missing=1, person_uid=1, waits=2),
        SkillCause(kind=kind.NOTHING),
        SkillCause(kind=kind.SKILL, uid=3, skills=(TEST,), missing=1, person_uid=2, waits=4),
        SkillCause(kind=kind.DATE),
        SkillCause(kind=kind.NOTHING),
        SkillCause(kind=kind.RESOURCE, uid=5, resource=0, waits=2),
        SkillCause(kind=kind.PERSON, skills=(SQL,), missing=1, person_uid=4, is_absent=True, waits=2),
        SkillCause(kind=kind.PREDECESSOR, uid=1),
    )
    idle = replace(found, starts=(*starts[:3], 5, *starts[4:]))
    assert idle.causes[3] == SkillCause(kind=kind.NOTHING, waits=5)
