import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.engine.leveling import (
    Aim,
    AimKind,
    Link,
    LinkKind,
    Objective,
    Problem,
    ProblemError,
    Project,
    Resource,
    Status,
    check_schedule,
    level,
    objective_values,
)
from kaname.engine.leveling.compile import compile_problem
from kaname.engine.leveling.jit import PLAIN, compiled_kernels
from kaname.engine.leveling.objective import target_of
from kaname.engine.leveling.proof import prove_cost
from kaname.engine.leveling.search import Island, first_schedule
from tests.engine.leveling.problems import activity, cheapest, problem

TARDINESS = Objective.by(AimKind.TARDINESS)
DELAY = Objective.by(AimKind.DELAY)
JOBS = problem(
    [activity(1, 4, 2, due=4), activity(2, 2, 2, due=2, weight=5), activity(3, 3, 2, due=9)],
)
"""One after the other on the same two people: shortest in any order, on time in one only."""


def some(count: int, seed: int) -> Problem:
    dice = random.Random(seed)
    activities = [
        activity(
            uid,
            dice.randint(0, 5),
            dice.randint(0, 2),
            dice.randint(0, 2),
            due=dice.choice([None, dice.randint(2, 12)]),
            weight=dice.randint(1, 4),
            project=uid % 3,
        )
        for uid in range(1, count + 1)
    ]
    links = {(dice.randint(max(1, uid - 4), uid - 1), uid) for uid in range(2, count + 1) if dice.random() < 0.6}
    made = problem(activities, sorted(links), [2, 2])
    return replace(made, projects=(Project(number=1, due=6, weight=3), Project(number=2, weight=2)))


def test_values_of_each_aim_are_sums_over_what_it_speaks_of():
    wanted = problem(
        [activity(1, 2, 1, due=1, weight=3, project=1), activity(2, 3, 1, project=1), activity(3, 1, 1, project=2)],
        [(1, 2)],
    )
    wanted = replace(wanted, projects=(Project(number=1, due=6, weight=10), Project(number=2, weight=2)))
    earlier = {1: 0, 3: 4}
    starts = (1, 4, 2)
    values = {kind: objective_values(wanted, Objective.by(kind, earlier=earlier), starts) for kind in AimKind}
    assert values == {
        AimKind.MAKESPAN: (7,),
        AimKind.DELAY: (10 * (7 - 5) + 2 * (3 - 1),),
        AimKind.TARDINESS: (3 * (3 - 1) + 10 * (7 - 6),),
        AimKind.STABILITY: (3 * 1 + 1 * 2,),
    }
    mixed = Objective(
        tiers=((Aim(kind=AimKind.MAKESPAN, weight=2), Aim(kind=AimKind.DELAY)), (Aim(kind=AimKind.TARDINESS),))
    )
    assert objective_values(wanted, mixed, starts) == (2 * 7 + 24, 16)


def test_tardiness_puts_what_is_due_and_dear_first():
    found = level(JOBS, objective=TARDINESS, schedules=300)
    assert (found.starts, found.values, found.makespan) == ((2, 0, 6), (2,), 9)
    assert level(JOBS, schedules=300).values == (9,)


def test_objective_without_lateness_is_proved_by_its_bound():
    roomy = replace(JOBS, activities=tuple(replace(each, due=each.due + 5) for each in JOBS.activities))
    found = level(roomy, objective=TARDINESS, schedules=300)
    assert (found.values, found.bounds, found.status, found.gap) == ((0,), (0,), Status.OPTIMAL, 0.0)


def test_length_first_then_delay_is_never_longer_than_length_alone():
    wanted = some(20, 4)
    shortest = level(wanted, schedules=3000).makespan
    both = level(wanted, objective=Objective.by(AimKind.MAKESPAN, AimKind.DELAY), schedules=6000)
    delay = level(wanted, objective=DELAY, schedules=6000)
    assert both.values[0] == both.makespan == shortest
    assert delay.values[0] <= both.values[1]
    assert both.values == objective_values(wanted, both.objective, both.starts)


def test_weighted_aims_of_one_tier_trade_against_one_another():
    first = problem([activity(1, 5, 2, due=5, weight=9), activity(2, 1, 2, due=1)])
    assert level(first, objective=TARDINESS, schedules=100).starts == (0, 5)
    earlier = {1: 1, 2: 0}
    traded = Objective(tiers=((Aim(kind=AimKind.TARDINESS), Aim(kind=AimKind.STABILITY, weight=9)),), earlier=earlier)
    found = level(first, objective=traded, schedules=100)
    assert (found.starts, found.values) == ((1, 0), (9,))


@pytest.mark.parametrize("islands", [1, 2])
def test_same_seed_same_schedule_on_one_and_two_threads_for_a_cost(islands):
    wanted = some(40, 3)
    objective = Objective.by(AimKind.DELAY, AimKind.MAKESPAN)
    results = [
        level(wanted, objective=objective, seed=5, schedules=3000, islands=islands, threads=threads)
        for threads in (1, 2)
    ]
    assert results[0].starts == results[1].starts
    assert results[0].log == results[1].log
    assert results[0].schedules <= 3000


@pytest.mark.parametrize("kinds", [(AimKind.TARDINESS,), (AimKind.STABILITY,)])
def test_plain_and_compiled_kernels_steer_alike(kinds):
    wanted = some(15, 7)
    earlier = {each.uid: each.uid for each in wanted.activities}
    objective = Objective.by(*kinds, earlier=earlier)
    compiled = compile_problem(wanted, latest=objective.latest)
    target = target_of(compiled, objective, makespan_bound=0)
    first = replace(first_schedule(compiled), end=1 << 50)
    ends = []
    for kernels in (PLAIN, compiled_kernels()):
        island = Island(compiled, seed=3, cycle=300, first=first, target=target)
        if not kernels.reads_arrays:
            island.pool = type(island.pool)(*(each if isinstance(each, int) else each.tolist() for each in island.pool))
            island.dice, island.state = island.dice.tolist(), island.state.tolist()
        island.run(kernels, epoch=400, most=1 << 40, enough=-1)
        ends.append((island.end, island.schedules, list(map(int, island.pool.best)), list(map(int, island.dice))))
        assert list(island.pool.free) == list(compiled.loads.whole)
    assert ends[0] == ends[1]


@pytest.mark.parametrize(
    "objective",
    [
        TARDINESS,
        DELAY,
        Objective.by(AimKind.MAKESPAN, AimKind.TARDINESS),
        Objective.by(AimKind.STABILITY, AimKind.DELAY),
    ],
    ids=["tardiness", "delay", "length-tardiness", "stability-delay"],
)
def test_search_reaches_the_optimum_that_constraint_programming_proves(objective):
    pytest.importorskip("ortools")
    for seed in range(3):
        wanted = some(9, seed)
        if objective.tiers[0][0].kind is AimKind.STABILITY:
            dice = random.Random(seed)
            earlier = {each.uid: dice.randint(0, 9) for each in wanted.activities if dice.random() < 0.8}
            objective = replace(objective, earlier=earlier)
        found = level(wanted, objective=objective, schedules=20_000)
        compiled = compile_problem(wanted, latest=objective.latest)
        target = target_of(compiled, objective, makespan_bound=0)
        cost = sum(value * scale for value, scale in zip(found.values, target.scales, strict=True))
        better, bound = prove_cost(compiled, target, starts=found.starts, cost=cost, bound=0, seed=1, seconds=20)
        assert (better, bound) == (None, cost)


def test_level_with_time_proves_a_cost():
    pytest.importorskip("ortools")
    left = iter([1.0, 1.0, 1.0, 0.5])
    found = level(JOBS, objective=TARDINESS, time_left=lambda: next(left, 5.0))
    assert (found.values, found.bounds, found.status) == ((2,), (2,), Status.OPTIMAL)


@st.composite
def wishes(draw) -> tuple[Problem, Objective]:
    count = draw(st.integers(1, 3))
    activities = [
        activity(
            uid,
            draw(st.integers(0, 3)),
            draw(st.integers(0, 2)),
            due=draw(st.sampled_from([None, 1, 3])),
            weight=draw(st.integers(0, 3)),
            project=draw(st.integers(0, 1)),
            fixed_start=draw(st.sampled_from([None, None, None, None, 4])) if uid == 1 else None,
        )
        for uid in range(1, count + 1)
    ]
    pairs = [(before, after) for after in range(2, count + 1) for before in range(1, after)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)) if pairs else []
    links = [Link(before_uid=before, after_uid=after, lag=draw(st.integers(0, 1))) for before, after in chosen]
    wanted = Problem(
        activities=tuple(activities),
        links=tuple(links),
        resources=(Resource(name="R", capacity=2, changes=draw(st.sampled_from([(), ((1, 0), (3, 2))]))),),
        projects=(Project(number=1, due=draw(st.sampled_from([None, 2])), weight=draw(st.integers(1, 3))),),
    )
    kinds = draw(st.lists(st.sampled_from(list(AimKind)), min_size=1, max_size=2, unique=True))
    earlier = {each.uid: draw(st.integers(0, 5)) for each in activities}
    return wanted, Objective.by(*kinds, earlier=earlier)


@settings(max_examples=40, deadline=None)
@given(wishes())
def test_random_problem_and_objective_give_the_best_of_all_schedules(wish):
    wanted, objective = wish
    found = level(wanted, objective=objective, schedules=900)
    check_schedule(wanted, found.starts)
    best = cheapest(wanted, objective)
    assert found.bounds <= best
    assert found.values == best


def test_leads_and_all_links_give_feasible_schedules_for_a_cost():
    dice = random.Random(12)
    activities = [
        activity(uid, dice.randint(0, 9), dice.randint(0, 2), due=dice.randint(5, 60)) for uid in range(1, 31)
    ]
    links = [
        Link(
            before_uid=dice.randint(max(1, uid - 6), uid - 1),
            after_uid=uid,
            kind=dice.choice(list(LinkKind)),
            lag=dice.randint(-5, 3),
        )
        for uid in range(2, 31)
    ]
    wanted = problem(activities, links, [3])
    earlier = {uid: 2 * uid for uid in range(1, 31)}
    for kind in (AimKind.TARDINESS, AimKind.STABILITY):
        found = level(wanted, objective=Objective.by(kind, earlier=earlier), schedules=3000)
        check_schedule(wanted, found.starts)


def test_objectives_that_say_nothing_are_refused():
    cases = {
        "The objective has no aim, or one whose weight is not positive.": (JOBS, Objective(tiers=())),
        "The earlier plan has a negative start, or names activity 9, which is not there.": (
            JOBS,
            Objective.by(AimKind.STABILITY, earlier={9: 0}),
        ),
        "The weights of the objective are too large for a problem of this length.": (
            replace(JOBS, activities=tuple(replace(each, weight=1 << 58) for each in JOBS.activities)),
            TARDINESS,
        ),
        "Project 1 occurs twice, or its due date or weight is negative.": (
            replace(JOBS, projects=(Project(number=1, weight=-1),)),
            DELAY,
        ),
    }
    for sentence, (wanted, objective) in cases.items():
        with pytest.raises(ProblemError) as refused:
            level(wanted, objective=objective)
        assert [str(message) for message in refused.value.messages] == [sentence]
