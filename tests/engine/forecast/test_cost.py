"""Shrunk CPI and cost by task: worked by hand, from drawn projects, and what is refused."""

import math

import numpy as np
import pytest

from kaname.engine.forecast import (
    BiasModel,
    ClosedCost,
    CostHistory,
    CostHistoryError,
    CostShrinkage,
    Snapshot,
    TaskState,
    Track,
    cost_by_task,
    shrunk_cost,
)


def track(*points, budget=100.0):
    """Return a track of (earned, spent)."""
    snapshots = tuple(
        Snapshot(time=float(number), earned_schedule=float(number), planned=10.0 * number, earned=earned, spent=spent)
        for number, (earned, spent) in enumerate(points, start=1)
    )
    return Track(planned_duration=10, budget=budget, snapshots=snapshots)


def projects(count, noise, seed=1, spread=0.4):
    """Return projects whose ratio is log-normal, told at 20 and 60 % with a log error of noise / sqrt(share)."""
    dice = np.random.default_rng(seed)
    result = []
    for _ in range(count):
        ratio = math.exp(0.1 + spread * dice.normal())
        points = [
            (share, share * ratio * math.exp(noise * dice.normal() / math.sqrt(share / 100))) for share in (20.0, 60.0)
        ]
        spent = points[-1][1]
        result.append(ClosedCost(track=track(*points), final_cost=spent + 40 * ratio))
    return result


def test_cpi_is_shrunk_towards_the_class_by_the_share_that_is_earned():
    # L = log(60 / 40), w = 0.4 / (0.4 + 0.2) = 2/3, m = 0.3.
    found = shrunk_cost(CostShrinkage(mean=0.3, half=0.2, projects=9), track((40, 60)))
    assert found.value == pytest.approx(60 + 60 * math.exp(0.3 / 3 + 2 / 3 * math.log(1.5)))


def test_pair_that_forgets_the_project_leaves_the_class():
    found = shrunk_cost(CostShrinkage(mean=0.3, half=1e9, projects=9), track((40, 60)))
    assert found.value == pytest.approx(60 + 60 * math.exp(0.3))


@pytest.mark.parametrize(
    ("points", "value", "said"),
    [
        ((), None, "there is no status date yet"),
        (((0, 5),), None, "nothing is earned yet"),
        (((5, 0),), None, "nothing is spent yet"),
        (((5, None),), None, "actual cost is not known"),
        (((50, 60), (100, 130)), 130, None),
    ],
)
def test_cost_is_told_only_where_it_can_be(points, value, said):
    found = shrunk_cost(CostShrinkage(mean=0.0, half=1.0, projects=9), track(*points))
    assert found.value == value
    assert said is None or said in str(found.reason)


def test_cpi_that_tells_all_is_taken_and_one_that_tells_nothing_is_not():
    exact, noisy = CostHistory(projects(60, 0.0)).fitted(), CostHistory(projects(60, 3.0)).fitted()
    assert exact.half == pytest.approx(0.005)
    assert noisy.half >= 5
    assert noisy.mean == pytest.approx(0.1, abs=0.1)
    assert exact.projects == 60


def test_shrinkage_lies_between_for_what_lies_between():
    """Best is w = τ² / (τ² + noise² / s): k = noise² / τ² = 0.25."""
    assert CostHistory(projects(4000, 0.2)).fitted().half == pytest.approx(0.25, rel=0.5)


def test_pair_without_a_project_is_the_pair_of_the_others():
    record = projects(12, 0.5, seed=4)
    left_out = CostHistory(record).left_out()
    for place in (0, 5, 11):
        others = CostHistory(record[:place] + record[place + 1 :]).fitted()
        # The candidates for m are laid over all projects, so that they differ a little.
        assert left_out[place].half == pytest.approx(others.half, rel=0.5)
        assert left_out[place].mean == pytest.approx(others.mean, abs=0.08)
        assert left_out[place].projects == 11


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (projects(4, 0.1), "at least 5 closed projects with earned value and actual cost; there are 4"),
        ([*projects(5, 0.1), ClosedCost(track=track((5, 5)), final_cost=0)], "not in 1 closed projects"),
        ([ClosedCost(track=track((5, None)), final_cost=9)] * 9, "there are 0"),
    ],
)
def test_record_that_says_nothing_is_refused(record, said):
    with pytest.raises(CostHistoryError, match=said):
        CostHistory(record)


MODEL = BiasModel(mean=0.1, mean_error=0.0, project_deviation=0.3, task_deviation=0.4, projects=20, tasks=400)


def test_cost_of_finished_tasks_is_what_they_cost():
    found = cost_by_task(MODEL, [TaskState(planned=5, spent=7, is_finished=True)] * 3)
    assert (found.at(1), found.at(99), found.open_tasks) == (21, 21, 0)


def test_open_tasks_share_the_bias_of_the_project():
    """Against numbers drawn from the prior with what contradicts the facts thrown away."""
    states = [
        TaskState(planned=10, spent=16, is_finished=True),
        TaskState(planned=10, spent=12),
        *[TaskState(planned=10)] * 5,
    ]
    found = cost_by_task(MODEL, states, draws=40_000)
    dice = np.random.default_rng(9)
    bias = 0.1 + 0.3 * dice.standard_normal(2_000_000)
    likely = np.exp(-0.5 * ((math.log(1.6) - bias) / 0.4) ** 2)
    running = 10 * np.exp(bias + 0.4 * dice.standard_normal(len(bias)))
    kept = (dice.random(len(bias)) < likely) & (running > 12)
    rest = sum(10 * np.exp(bias[kept] + 0.4 * dice.standard_normal(int(kept.sum()))) for _ in range(5))
    expected = 16 + running[kept] + rest
    for percent in (10, 50, 80, 90):
        assert found.at(percent) == pytest.approx(float(np.percentile(expected, percent)), rel=0.01)


def test_same_seed_same_cost():
    states = [TaskState(planned=10)] * 4
    one, same, other = (cost_by_task(MODEL, states, seed=seed, draws=100) for seed in (1, 1, 2))
    assert one.totals.tolist() == same.totals.tolist() != other.totals.tolist()
