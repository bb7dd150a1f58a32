"""Simulations whose outcome can be worked out by hand."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from kaname.engine.calendar import Calendar, DayException, Shift
from kaname.engine.network import PlanError, compile_plan, schedule_network
from kaname.engine.network.plan import LagUnit, Link, LinkType, Plan, Task
from kaname.engine.simulation import (
    Discrete,
    Impact,
    LogNormal,
    Occurrence,
    Pert,
    Question,
    QuestionError,
    RiskEvent,
    SpreadUnit,
    TaskCost,
    TaskRisk,
    Triangular,
    Uniform,
    paving,
    simulate,
)
from kaname.engine.simulation.jit import compiled_kernels
from kaname.engine.simulation.model import build_model
from kaname.engine.simulation.paving import pave
from kaname.engine.units import wall_minute, wall_moment
from tests.engine.simulation.test_walking import FILES, forward_plan

DAY = 480
OFFICE = Calendar(
    1,
    "office",
    ((Shift(540, 720), Shift(780, 1080)),) * 5 + ((), ()),
    (DayException(datetime(2026, 10, 12).date(), datetime(2026, 10, 13).date()),),
)
START = wall_minute(datetime(2026, 10, 1, 9, 0))


def plan(lengths, links=()):
    tasks = tuple(Task(uid=uid, name=str(uid), duration_minutes=length) for uid, length in lengths.items())
    made = tuple(Link(predecessor_uid=one, successor_uid=other) for one, other in links)
    return Plan(start_at=START, calendar_uid=1, calendars=(OFFICE,), tasks=tasks, links=made)


CHAIN = plan({1: DAY, 2: DAY}, [(1, 2)])
FORK = plan({1: DAY, 2: DAY, 3: 0}, [(1, 3), (2, 3)])
COIN = Discrete((DAY, 2 * DAY), (1, 1))


def coins(*uids, loading=0.0):
    return tuple(TaskRisk(task_uid=uid, spread=COIN, loadings=(loading,)) for uid in uids)


def shares(values):
    found, counts = np.unique(values, return_counts=True)
    return {
        wall_moment(int(value)).isoformat(" ", "minutes"): count / len(values)
        for value, count in zip(found, counts, strict=True)
    }


def test_two_coins_in_a_chain_finish_as_they_are_counted_out():
    done = simulate(CHAIN, Question(risks=coins(1, 2), runs=40_000))
    assert done.runs == 40_000
    assert shares(done.finish_at) == {
        "2026-10-02 18:00": pytest.approx(0.25, abs=0.01),
        "2026-10-05 18:00": pytest.approx(0.50, abs=0.01),
        "2026-10-06 18:00": pytest.approx(0.25, abs=0.01),
    }
    assert [wall_moment(done.finish_percentile(percent)).day for percent in (20, 50, 70, 80)] == [2, 5, 5, 6]
    assert done.finish_confidence(wall_minute(datetime(2026, 10, 5, 18, 0))) == pytest.approx(0.75, abs=0.01)
    assert done.planned_finish_at == wall_minute(datetime(2026, 10, 2, 18, 0))


def test_two_coins_side_by_side_finish_with_the_later():
    done = simulate(FORK, Question(risks=coins(1, 2), runs=40_000))
    assert shares(done.finish_at) == {
        "2026-10-01 18:00": pytest.approx(0.25, abs=0.01),
        "2026-10-02 18:00": pytest.approx(0.75, abs=0.01),
    }
    assert [influence.criticality for influence in done.influences] == pytest.approx([0.75, 0.75], abs=0.01)


def test_coins_on_one_factor_fall_alike():
    done = simulate(FORK, Question(risks=coins(1, 2, loading=1.0), runs=40_000))
    assert shares(done.finish_at)["2026-10-01 18:00"] == pytest.approx(0.5, abs=0.01)


def test_correlation_of_durations_is_the_product_of_the_loadings():
    risks = tuple(
        TaskRisk(task_uid=uid, spread=Uniform(0, 10_000), loadings=(loading,)) for uid, loading in ((1, 0.8), (2, 0.6))
    )
    done = simulate(CHAIN, Question(risks=risks, costs=(TaskCost(task_uid=1, rate_per_hour=60),), runs=40_000))
    alone = simulate(CHAIN, Question(risks=risks, costs=(TaskCost(task_uid=2, rate_per_hour=60),), runs=40_000))
    # Spearman's rho of a Gaussian copula is 6/π asin(r/2).
    assert np.corrcoef(done.cost, alone.cost)[0, 1] == pytest.approx(6 / np.pi * np.arcsin(0.48 / 2), abs=0.02)


def test_chain_is_critical_and_the_longer_spread_has_more_influence():
    risks = (
        TaskRisk(task_uid=1, spread=Uniform(480, 500)),
        TaskRisk(task_uid=2, spread=Uniform(480, 1440)),
    )
    done = simulate(CHAIN, Question(risks=risks, runs=4_000))
    first, second = done.influences
    assert (first.task_uid, second.task_uid) == (2, 1)
    assert (first.criticality, second.criticality) == (1.0, 1.0)
    assert first.cruciality > 0.99
    assert abs(second.cruciality) < 0.06
    assert first.ssi > 0.99
    assert first.finish_if_long == pytest.approx(432, rel=0.03)
    assert first.finish_if_short == pytest.approx(-432, rel=0.03)
    assert first.mean_minutes == pytest.approx(960, rel=0.01)
    assert first.deviation_minutes == pytest.approx(960 / 12**0.5, rel=0.03)


def test_task_beside_a_longer_one_is_never_critical():
    done = simulate(
        plan({1: DAY, 2: 5 * DAY, 3: 0}, [(1, 3), (2, 3)]),
        Question(risks=(TaskRisk(task_uid=1, spread=Uniform(100, 900)),), runs=2_000),
    )
    [influence] = done.influences
    assert (influence.criticality, influence.ssi, influence.cruciality) == (0.0, 0.0, 0.0)


EVENT = RiskEvent(
    uid=7,
    before=Occurrence(
        probability=0.3,
        impacts=(Impact(task_uid=1, spread=Discrete((DAY,), (1,))),),
        cost=Discrete((1000,), (1,)),
    ),
    after=Occurrence(probability=0.1, cost=Discrete((500,), (1,))),
    response_cost=40,
)


def test_event_strikes_as_often_as_it_should_and_the_response_changes_it():
    before = simulate(CHAIN, Question(events=(EVENT,), runs=40_000, fixed_cost=5))
    assert (before.cost == 1005).mean() == pytest.approx(0.3, abs=0.01)
    assert (before.cost == 5).mean() == pytest.approx(0.7, abs=0.01)
    late = before.finish_at > before.planned_finish_at
    assert (late == (before.cost == 1005)).all()
    after = simulate(CHAIN, Question(events=(EVENT,), runs=40_000, with_responses=True))
    assert (after.cost == 540).mean() == pytest.approx(0.1, abs=0.01)
    assert (after.cost == 40).mean() == pytest.approx(0.9, abs=0.01)
    assert (after.finish_at == after.planned_finish_at).all()


def test_cost_follows_the_duration_and_joint_confidence_is_no_more_than_either():
    costs = (TaskCost(task_uid=1, fixed=100, rate_per_hour=6000), TaskCost(task_uid=2, rate_per_hour=600))
    done = simulate(CHAIN, Question(risks=coins(1, 2), costs=costs, runs=20_000))
    assert sorted(set(done.cost.tolist())) == [52_900, 57_700, 100_900, 105_700]
    assert done.planned_cost == 52_900
    moment, cost = done.finish_percentile(70), 60_000
    assert done.joint_confidence(moment, cost) == pytest.approx(0.5, abs=0.02)
    assert done.cost_confidence(cost) == pytest.approx(0.5, abs=0.02)
    assert done.cost_percentile(90) == 105_700


def test_percentiles_of_one_task_are_those_of_its_spread():
    spread = LogNormal(10_000, 0.3)
    wide = plan({1: DAY})
    done = simulate(wide, Question(risks=(TaskRisk(task_uid=1, spread=spread),), costs=(TaskCost(task_uid=1, rate_per_hour=60),), runs=100_000))  # fmt: skip
    for percent in (1, 10, 50, 80, 90, 99):
        [exact] = spread.quantiles(np.array([percent / 100])).tolist()
        assert done.cost_percentile(percent) == pytest.approx(exact, rel=0.01)


def test_watched_task_tells_its_own_finish():
    done = simulate(CHAIN, Question(risks=coins(1), runs=2_000, watched=(1,)))
    assert set(shares(done.watched[1])) == {"2026-10-01 18:00", "2026-10-02 18:00"}


def many():
    lengths = {uid: DAY * (1 + uid % 3) for uid in range(1, 61)}
    links = [(max(1, uid - 7), uid) for uid in range(2, 61)] + [(max(1, uid - 5), uid) for uid in range(9, 61)]
    risks = tuple(TaskRisk(task_uid=uid, spread=Triangular(0.8, 1, 1.9), unit=SpreadUnit.FACTOR) for uid in lengths)
    return plan(lengths, links), risks


def test_seed_decides_whatever_the_number_of_threads():
    network, risks = many()
    question = Question(risks=risks, events=(EVENT,), runs=5_000, seed=9, watched=(30,))
    one, two, three = (simulate(network, replace(question, threads=count)) for count in (1, 2, 3))
    for other in (two, three):
        assert (one.finish_at == other.finish_at).all()
        assert (one.cost == other.cost).all()
        assert one.influences == other.influences
        assert (one.watched[30] == other.watched[30]).all()
    assert not (one.finish_at == simulate(network, replace(question, seed=10)).finish_at).all()


def test_longer_simulation_begins_with_the_shorter_one():
    network, risks = many()
    short = simulate(network, Question(risks=risks, runs=3_000))
    long = simulate(network, Question(risks=risks, runs=5_000))
    assert (long.finish_at[:3_000] == short.finish_at).all()


def test_it_ends_when_it_is_exact_enough():
    network, risks = many()
    done = simulate(network, Question(risks=risks, runs=1_000_000, error_days=1.0))
    assert done.is_converged
    assert done.runs < 200_000
    assert 0 < done.half_width_minutes <= 720


def test_it_ends_when_it_is_told_to_with_what_there_is():
    network, risks = many()
    seen = []
    done = simulate(
        network, Question(risks=risks, runs=100_000), on_progress=lambda done, total: seen.append((done, total)) or len(seen) < 2
    )  # fmt: skip
    assert seen == [(2048, 100_000), (4096, 100_000)]
    assert done.is_cancelled
    assert len(done.finish_at) == done.runs == 4096


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_constant_factor_moves_a_plan_as_the_network_moves_it(file):
    """All tasks half as long again, in a simulation and in the network itself."""
    network = compile_plan(forward_plan(file))
    numbers = [
        number
        for number in range(len(network.plan.tasks))
        if network.nodes.kind[network.position[number]] not in (4, 5, 7, 8, 9) and network.nodes.span[network.position[number]]
    ]  # fmt: skip
    risks = tuple(
        TaskRisk(task_uid=network.plan.tasks[number].uid, spread=Discrete((1.5,), (1,)), unit=SpreadUnit.FACTOR)
        for number in numbers
    )
    span = network.nodes.span.copy()
    for number in numbers:
        place = network.position[number]
        span[place] = int(span[place] * 1.5 + 0.5)
    expected = schedule_network(replace(network, nodes=network.nodes._replace(span=span)))
    done = simulate(network.plan, Question(risks=risks, runs=3))
    assert done.finish_at.tolist() == [expected.finish_at] * 3


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question(risks=coins(9)), "no task 9"),
        (Question(risks=coins(1, 1)), "one distribution only"),
        (Question(risks=(TaskRisk(task_uid=1, spread=COIN, loadings=(0.8, 0.8)),)), "more than 1"),
        (Question(events=(replace(EVENT, before=Occurrence(probability=1.2)),)), "between 0 and 1"),
        (Question(costs=(TaskCost(task_uid=5),), watched=(6,)), "no task 5, 6"),
        (Question(runs=0), "1 to"),
        (Question(risks=(TaskRisk(task_uid=1, spread=Discrete(tuple(range(300)), (1,) * 300)),)), "256 outcomes"),
    ],
)
def test_questions_that_make_no_sense_are_refused_with_the_reason(question, said):
    with pytest.raises(QuestionError, match=said):
        simulate(CHAIN, question)


@pytest.mark.parametrize("hours", [10**9, 10**15])
def test_estimate_that_ends_after_all_calendars_is_refused(hours):
    risk = TaskRisk(task_uid=1, spread=Pert(0, 60, 60 * hours))
    with pytest.raises(PlanError, match="after the year 4000"):
        simulate(CHAIN, Question(risks=(risk,), runs=3))


def test_plan_without_tasks_has_no_finish():
    done = simulate(plan({}), Question(runs=10, fixed_cost=3))
    assert done.planned_finish_at is None
    assert done.cost.tolist() == [3] * 10


def test_tables_between_calendars_change_nothing(monkeypatch):
    """A plan whose tasks take turns on three calendars, with lags on theirs and on the clock."""
    short = replace(OFFICE, uid=2, week=((Shift(600, 720), Shift(780, 960)),) * 4 + ((), (), ()))
    night = replace(OFFICE, uid=3, week=((Shift(1200, 1380),),) * 7)
    tasks = tuple(
        Task(uid=uid, name="", duration_minutes=DAY * (1 + uid % 3), calendar_uid=1 + uid % 3) for uid in range(1, 61)
    )
    links = tuple(
        Link(
            predecessor_uid=max(1, uid - step),
            successor_uid=uid,
            type=(LinkType.FS, LinkType.SS, LinkType.FF)[uid % 3],
            lag=(0, 240, -60, 900)[uid % 4],
            lag_unit=(LagUnit.WORKING, LagUnit.ELAPSED)[uid % 2],
        )
        for uid in range(9, 61)
        for step in (5, 7)
    )
    mixed = Plan(start_at=START, calendar_uid=1, calendars=(OFFICE, short, night), tasks=tasks, links=links)
    risks = tuple(TaskRisk(task_uid=uid, spread=Triangular(0.5, 1, 4), unit=SpreadUnit.FACTOR) for uid in range(1, 61))
    question = Question(risks=risks, runs=20_000, watched=(60,))
    with_tables = simulate(mixed, question)
    used = pave(build_model(compile_plan(mixed), question), compiled_kernels(), runs=question.runs)
    assert (used.length > 0).sum() > 50
    monkeypatch.setattr(paving, "_MOST_CELLS", 0)
    without = simulate(mixed, question)
    assert (with_tables.finish_at == without.finish_at).all()
    assert (with_tables.watched[60] == without.watched[60]).all()
    assert with_tables.influences == without.influences
    assert with_tables.finish_at.max() > with_tables.planned_finish_at * 2 - START
