import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.engine.leveling import (
    CauseKind,
    Link,
    LinkKind,
    Problem,
    ProblemError,
    Resource,
    Status,
    check_schedule,
    level,
)
from kaname.engine.leveling.compile import compile_problem
from kaname.engine.leveling.jit import PLAIN, compiled_kernels
from kaname.engine.leveling.search import Island, first_schedule
from tests.engine.leveling.problems import OFFICE, activity, problem, shortest


def large(count: int, seed: int) -> Problem:
    """Return a layered problem of four resources that is too hard for a first schedule."""
    dice = random.Random(seed)
    activities = [
        activity(uid, dice.randint(1, 10), *(dice.randint(0, 10) for _ in range(4))) for uid in range(1, count + 1)
    ]
    links = {(dice.randint(max(1, uid - 12), uid - 1), uid) for uid in range(2, count + 1) for _ in range(2)}
    return problem(activities, sorted(links), [18, 16, 20, 15])


def test_level_small_problem_finds_the_optimum_and_proves_it_by_energy():
    found = level(OFFICE, schedules=2000)
    assert (found.makespan, found.lower_bound, found.status, found.gap) == (13, 13, Status.OPTIMAL, 0.0)
    assert shortest(OFFICE) == 13


def test_level_without_a_budget_gives_a_first_schedule_at_once():
    wanted = large(100, 1)
    found = level(wanted)
    check_schedule(wanted, found.starts)
    assert found.schedules == 3
    assert [each.makespan for each in found.log] == [found.makespan]


def test_level_better_with_more_schedules_and_never_more_than_asked():
    wanted = large(60, 2)
    few, many = level(wanted, schedules=50), level(wanted, schedules=5000)
    assert many.makespan < few.makespan
    assert few.schedules == 50
    assert many.schedules == 5000
    assert [each.makespan for each in many.log] == sorted((each.makespan for each in many.log), reverse=True)


@pytest.mark.parametrize("islands", [1, 2])
def test_level_same_seed_same_schedule_on_one_and_two_threads(islands):
    wanted = large(60, 3)
    results = [level(wanted, seed=5, schedules=4000, islands=islands, threads=threads) for threads in (1, 2, 2)]
    assert {each.starts for each in results} == {results[0].starts}
    assert {each.log for each in results} == {results[0].log}


def test_level_other_seed_other_schedule():
    wanted = large(60, 3)
    assert level(wanted, seed=5, schedules=2000).starts != level(wanted, seed=6, schedules=2000).starts


def test_level_time_over_at_an_epoch_end_gives_the_best_so_far():
    wanted = large(60, 4)
    asked: list[float] = []

    def left() -> float:
        asked.append(0.0)
        return 1.0 if len(asked) <= 6 else 0.0

    found = level(wanted, time_left=left)
    check_schedule(wanted, found.starts)
    assert found.makespan < level(wanted).makespan
    assert len(asked) <= 8


def test_level_cancelled_before_it_begins_gives_the_first_schedule():
    wanted = large(60, 4)
    assert level(wanted, time_left=lambda: 0.0).starts == level(wanted).starts


def test_level_tells_of_every_better_schedule():
    told = []
    found = level(large(60, 2), schedules=3000, on_progress=told.append)
    assert tuple(told) == found.log
    assert told[-1].makespan == found.makespan


def test_level_empty_problem_is_finished_at_0():
    found = level(problem([]), schedules=100)
    assert (found.starts, found.makespan, found.status) == ((), 0, Status.OPTIMAL)


def test_level_fixed_activities_stand_and_others_go_round_them():
    wanted = problem([activity(1, 4, 2), activity(2, 3, 2, fixed_start=2), activity(3, 2, 2)], [(2, 3)])
    found = level(wanted, schedules=500)
    assert found.starts[1] == 2
    assert found.makespan == 11


def test_level_capacity_that_changes_is_kept():
    wanted = replace(
        problem([activity(1, 3, 2), activity(2, 3, 1), activity(3, 2, 1, release=1)]),
        resources=(Resource(name="R1", capacity=1, changes=((4, 0), (6, 2))),),
    )
    found = level(wanted, schedules=500)
    assert found.makespan == shortest(wanted) == 11


def test_plain_and_compiled_kernels_evolve_alike():
    compiled = compile_problem(large(20, 7))
    first = first_schedule(compiled)
    ends = []
    for kernels in (PLAIN, compiled_kernels()):
        island = Island(compiled, seed=3, cycle=200, first=first)
        if not kernels.reads_arrays:
            island.pool = type(island.pool)(*(each if isinstance(each, int) else each.tolist() for each in island.pool))
            island.dice, island.state = island.dice.tolist(), island.state.tolist()
        island.run(kernels, epoch=300, most=1 << 40, enough=0)
        ends.append((island.end, island.schedules, list(map(int, island.pool.best)), list(map(int, island.dice))))
    assert ends[0] == ends[1]


def test_profile_is_clean_after_an_epoch():
    compiled = compile_problem(large(30, 8))
    island = Island(compiled, seed=1, cycle=400, first=first_schedule(compiled))
    island.run(compiled_kernels(), epoch=500, most=1 << 40, enough=0)
    assert np.array_equal(island.pool.free, compiled.loads.whole)


def test_level_links_that_let_a_follower_finish_first_are_kept_by_every_crossing():
    dice = random.Random(11)
    activities = [activity(uid, dice.randint(0, 9), dice.randint(0, 2), dice.randint(0, 2)) for uid in range(1, 31)]
    links = [
        Link(
            before_uid=dice.randint(max(1, uid - 6), uid - 1),
            after_uid=uid,
            kind=dice.choice(list(LinkKind)),
            lag=dice.randint(-5, 3),
        )
        for uid in range(2, 31)
    ]
    wanted = problem(activities, links, [3, 3])
    for seed in range(3):
        check_schedule(wanted, level(wanted, schedules=3000, seed=seed).starts)


@st.composite
def problems(draw, *, leads: bool) -> Problem:
    kinds = draw(st.integers(1, 3))
    count = draw(st.integers(1, 5))
    units = st.integers(0, 2)
    activities = [
        activity(
            uid,
            draw(st.integers(0, 3)),
            *(draw(units) for _ in range(kinds)),
            release=draw(st.sampled_from([0, 0, 0, 2])),
        )
        for uid in range(1, count + 1)
    ]
    pairs = [(before, after) for after in range(2, count + 1) for before in range(1, after)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=5, unique=True)) if pairs else []
    links = []
    for before, after in chosen:
        kind = draw(st.sampled_from(list(LinkKind))) if leads else LinkKind.FS
        lag = draw(st.integers(-2 if leads else 0, 2))
        links.append(Link(before_uid=before, after_uid=after, kind=kind, lag=lag))
    changes = draw(st.sampled_from([(), (), ((2, 1), (4, 3)), ((1, 0), (3, 2))]))
    resources = tuple(Resource(name=f"R{place}", capacity=2, changes=changes) for place in range(kinds))
    return Problem(activities=tuple(activities), links=tuple(links), resources=resources)


@settings(max_examples=60, deadline=None)
@given(problems(leads=False))
def test_level_random_problem_finds_the_optimum(wanted):
    found = level(wanted, schedules=600)
    check_schedule(wanted, found.starts)
    best = shortest(wanted)
    assert found.makespan == best
    assert found.lower_bound <= best


@settings(max_examples=60, deadline=None)
@given(problems(leads=True))
def test_level_random_problem_with_all_links_and_leads_is_feasible(wanted):
    found = level(wanted, schedules=300)
    check_schedule(wanted, found.starts)
    assert found.lower_bound <= shortest(wanted) <= found.makespan


@settings(max_examples=30, deadline=None)
@given(problems(leads=True))
def test_causes_nothing_that_waits_is_without_cause(wanted):
    found = level(wanted, schedules=100)
    for start, cause in zip(found.starts, found.causes, strict=True):
        assert (cause.kind is CauseKind.NOTHING) == (start == 0)


def test_level_refuses_what_cannot_be_done():
    cases = {
        "Activity 1 needs 3 units of R1; only 2 are there in the end.": problem([activity(1, 1, 3)]),
        "Two activities have the number 1.": problem([activity(1, 1), activity(1, 2)]),
        "Activity 1 has a negative duration, date, weight or demand.": problem([activity(1, -1)]),
        "Activity 1 needs resource number 2, which does not exist.": problem([activity(1, 1, 0, 1)]),
        "A link leads from activity 1 to 9, and one of them does not exist.": problem([activity(1, 1)], [(1, 9)]),
        "Activity 1 is linked to itself.": problem([activity(1, 1)], [(1, 1)]),
        "These activities hold one another in a ring: 1 → 2 → 1. Remove one of their links.": problem(
            [activity(1, 1), activity(2, 1)], [(1, 2), (2, 1)]
        ),
        "Fixed activities need more of R1 at time 1 than there is. Move one of them or raise the capacity.": problem(
            [activity(1, 3, 2, fixed_start=0), activity(2, 3, 2, fixed_start=1)]
        ),
        "The schedule could span 2000002 units of time; at most 2000000 can be levelled. Use longer units.": problem(
            [activity(1, 2_000_001)]
        ),
    }
    for sentence, wanted in cases.items():
        with pytest.raises(ProblemError) as refused:
            level(wanted)
        assert [str(message) for message in refused.value.messages] == [sentence]
