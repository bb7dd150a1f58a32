"""Runs in which people do one thing at a time, against chains, against the network, and plain against compiled."""

from dataclasses import replace

import numpy as np
import pytest

from kaname.engine.leveling.plans import prepare_plan
from kaname.engine.leveling.plans.jit import PLAIN as PLAIN_PLACING
from kaname.engine.network.plan import Assignment, Resource
from kaname.engine.simulation import (
    Question,
    SpreadUnit,
    TaskCost,
    TaskRisk,
    Triangular,
    Uniform,
    simulate,
    simulate_shared,
)
from kaname.engine.simulation.jit import PLAIN_SHARED, compiled_shared_kernels
from kaname.engine.simulation.shared import SharedSimulator
from tests.engine.simulation.test_simulate import CHAIN, DAY, EVENT, coins, many, plan

ANN, BOB = Resource(uid=1, name="Ann"), Resource(uid=2, name="Bob")


def staffed(lengths, links=(), **people):
    """Return a plan whose tasks, by number, are done by these people."""
    taken = tuple(
        Assignment(task_uid=uid, resource_uid={"a": 1, "b": 2}[who]) for who, uids in people.items() for uid in uids
    )
    return replace(plan(lengths, links), resources=(ANN, BOB), assignments=taken)


def crowd():
    base, risks = many()
    links = base.links[::3]
    taken = tuple(Assignment(task_uid=task.uid, resource_uid=1 + task.uid % 2) for task in base.tasks)
    return replace(base, links=links, resources=(ANN, BOB), assignments=taken), risks


def test_two_tasks_of_one_person_come_out_as_a_chain_run_by_run():
    question = Question(risks=coins(1, 2), runs=4_000)
    chained = simulate(CHAIN, question)
    shared = simulate_shared(staffed({1: DAY, 2: DAY}, a=(1, 2)), question)
    assert (shared.finish_at == chained.finish_at).all()
    assert shared.planned_finish_at == chained.planned_finish_at
    assert [each.criticality for each in shared.influences] == [1.0, 1.0]


def test_tasks_of_two_people_go_on_side_by_side():
    question = Question(risks=coins(1, 2), runs=2_000)
    apart = staffed({1: DAY, 2: DAY}, a=(1,), b=(2,))
    assert (simulate_shared(apart, question).finish_at == simulate(apart, question).finish_at).all()


def test_criticality_goes_back_over_the_person_who_was_waited_for():
    """Ann does 1, then 2, on which 4 hangs by a link; Bob's 3 is short and never matters."""
    busy = staffed({1: DAY, 2: DAY, 3: DAY, 4: DAY}, ((2, 4), (1, 3)), a=(1, 2), b=(3,))
    question = Question(risks=(*coins(1, 2, 4), TaskRisk(task_uid=3, spread=Uniform(100, 200))), runs=640)
    done, free = simulate_shared(busy, question), simulate(busy, question)
    critical = {each.task_uid: each.criticality for each in done.influences}
    assert critical == {1: 1.0, 2: 1.0, 3: 0.0, 4: 1.0}
    assert {each.task_uid: each.criticality for each in free.influences}[1] < 0.3
    assert done.planned_finish_at > free.planned_finish_at


def test_plan_without_people_is_simulated_as_the_network_does_it():
    network, risks = many()
    question = Question(
        risks=risks, events=(EVENT,), costs=(TaskCost(task_uid=3, rate_per_hour=60),), runs=256, watched=(30,)
    )
    one, other = simulate(network, question), simulate_shared(network, question)
    assert (one.finish_at == other.finish_at).all()
    assert (one.cost == other.cost).all()
    assert (one.watched[30] == other.watched[30]).all()
    assert [each.mean_minutes for each in one.influences] == pytest.approx([
        next(mine.mean_minutes for mine in other.influences if mine.task_uid == each.task_uid) for each in one.influences
    ])  # fmt: skip


def test_no_run_is_earlier_than_without_people_and_costs_are_the_same():
    network, risks = crowd()
    question = Question(risks=risks, costs=(TaskCost(task_uid=7, rate_per_hour=60),), runs=2_000)
    free, shared = simulate(network, question), simulate_shared(network, question)
    assert (shared.finish_at >= free.finish_at).all()
    assert shared.finish_percentile(80) > free.finish_percentile(80)
    assert (shared.cost == free.cost).all()


def test_seed_decides_whatever_the_number_of_threads():
    network, risks = crowd()
    question = Question(risks=risks, runs=2_500, seed=3, watched=(9,))
    one, two, three = (simulate_shared(network, replace(question, threads=count)) for count in (1, 2, 3))
    for other in (two, three):
        assert (one.finish_at == other.finish_at).all()
        assert one.influences == other.influences
        assert (one.watched[9] == other.watched[9]).all()


def test_plain_and_compiled_passes_agree():
    network, risks = crowd()
    question = Question(risks=risks, runs=70, threads=1)
    prepared = prepare_plan(network)
    plain = SharedSimulator(prepared, question, PLAIN_SHARED, PLAIN_PLACING).run(None)
    compiled = SharedSimulator(prepared, question, *compiled_shared_kernels()).run(None)
    assert (plain.finish_at == compiled.finish_at).all()
    assert [(each.task_uid, each.criticality) for each in plain.influences] == [
        (each.task_uid, each.criticality) for each in compiled.influences
    ]


def test_half_a_person_leaves_half_for_another_task():
    whole = staffed({1: DAY, 2: DAY}, a=(1, 2))
    halves = replace(whole, assignments=tuple(replace(each, units_permille=500) for each in whole.assignments))
    question = Question(risks=coins(1, 2), runs=64)
    assert np.array_equal(simulate_shared(halves, question).finish_at, simulate(whole, question).finish_at)


def test_events_strike_under_shared_people_as_well():
    shared = staffed({1: DAY, 2: DAY}, a=(1, 2))
    done = simulate_shared(shared, Question(events=(EVENT,), runs=4_000))
    assert ((done.finish_at > done.planned_finish_at) == (done.cost == 1000)).all()
    assert (done.cost == 1000).mean() == pytest.approx(0.3, abs=0.03)


def test_factor_spreads_scale_the_remaining_duration():
    shared = staffed({1: DAY, 2: DAY}, a=(1, 2))
    risks = (TaskRisk(task_uid=2, spread=Triangular(2, 2, 2), unit=SpreadUnit.FACTOR),)
    done = simulate_shared(shared, Question(risks=risks, runs=10))
    assert set(done.finish_at.tolist()) == {simulate(CHAIN, Question(risks=risks, runs=1)).finish_at[0]}
