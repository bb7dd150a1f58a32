"""The network run again: exact where nothing is uncertain, and against numbers drawn independently where it is."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from kaname.engine.forecast import (
    BiasModel,
    ClosedTasks,
    Report,
    TaskState,
    closed_tasks,
    forecast_finish,
    plan_tasks,
    project_bias,
    remaining_plan,
    total_law,
)
from kaname.engine.forecast.rerun import Remaining
from kaname.engine.network import compile_plan, schedule
from kaname.engine.network.plan import (
    Baseline,
    ConstraintType,
    Dialect,
    DurationKind,
    Link,
    Plan,
    Progress,
    ScheduleRules,
    Task,
    TaskKind,
    TaskMode,
)
from kaname.engine.network.timebook import Timebook

DAY = 480
MONDAY = 4 * 1440 + 480
WEEK = 7 * 1440
CLOCK = Timebook(Plan()).measure(0)


def model(project=0.0, task=1e-9, mean=0.0, **more):
    return BiasModel(
        mean=mean, mean_error=0.0, project_deviation=project, task_deviation=task, projects=9, tasks=90, **more
    )  # fmt: skip


def work(uid, days, *, progress=None, planned=None, **more):
    agreed = () if planned == 0 else (Baseline(number=0, duration_minutes=round((planned or days) * DAY)),)
    return Task(
        uid=uid,
        name=str(uid),
        duration_minutes=round(days * DAY),
        baselines=agreed,
        progress=progress or Progress(),
        **more,
    )


def done(start, finish):
    return Progress(percent_permille=1000, actual_start_at=start, actual_finish_at=finish)


def chain(*tasks, **more):
    links = tuple(Link(predecessor_uid=one.uid, successor_uid=other.uid) for one, other in itertools.pairwise(tasks))
    return Plan(start_at=MONDAY, tasks=tasks, links=links, **more)


def days_until(moment):
    return CLOCK.between(MONDAY, moment) / DAY


def running_chain(permille=0):
    """A week done as planned, the second task of five days begun, a third one to come."""
    started = Progress(percent_permille=permille, actual_start_at=MONDAY + WEEK)
    return chain(work(1, 5, progress=done(MONDAY, MONDAY + WEEK)), work(2, 5, progress=started), work(3, 5))


@pytest.mark.parametrize(("mean", "finish"), [(0.0, 15), (math.log(1.2), 5 + 6 + 6)])
def test_without_uncertainty_the_finish_is_the_plan_times_the_bias(mean, finish):
    found = forecast_finish(running_chain(), status_at=MONDAY + WEEK + 3 * 1440, model=model(mean=mean), runs=10)
    assert {days_until(found.at(percent)) for percent in (1, 50, 99)} == {finish}
    assert (found.open_tasks, found.bias.finished, found.bias.running) == (2, 1, 1)


def test_task_that_has_run_longer_than_planned_is_not_finished_at_once():
    """Ten days into a task of five, log-normal with σ 0.4: the median of what exceeds 2, and not the status date."""
    status = MONDAY + 3 * WEEK
    found = forecast_finish(running_chain(), status_at=status, model=model(task=0.4), runs=20_000)
    dice = np.random.default_rng(3)
    total = 5 * np.exp(0.4 * dice.standard_normal(1_000_000))
    total = total[total > 10]
    rest = dice.choice(total, 100_000) + 5 * np.exp(0.4 * dice.standard_normal(100_000))
    for percent in (10, 50, 90):
        assert days_until(found.at(percent)) - 5 == pytest.approx(float(np.percentile(rest, percent)), rel=0.03)
    assert days_until(found.plan_finish_at) == 25


def test_bias_and_its_uncertainty_are_those_of_finished_and_running_tasks():
    """All is drawn from the prior, and what contradicts the plan's progress is thrown away."""
    late = chain(
        work(1, 5, progress=done(MONDAY, MONDAY + WEEK + 3 * 1440)),
        work(2, 5, progress=Progress(actual_start_at=MONDAY + WEEK + 3 * 1440)),
        work(3, 5),
        work(4, 5),
    )
    status = MONDAY + 2 * WEEK + 1440
    found = forecast_finish(late, status_at=status, model=model(project=0.3, task=0.3), runs=20_000, seed=5)
    dice = np.random.default_rng(8)
    bias = 0.3 * dice.standard_normal(4_000_000)
    first = np.exp(-0.5 * ((math.log(8 / 5) - bias) / 0.3) ** 2)
    second = 5 * np.exp(bias + 0.3 * dice.standard_normal(len(bias)))
    kept = (dice.random(len(bias)) < first) & (second > 3)
    rest = sum(5 * np.exp(bias[kept] + 0.3 * dice.standard_normal(int(kept.sum()))) for _ in range(2))
    expected = 8 + second[kept] + rest
    assert found.bias.mean == pytest.approx(float(bias[kept].mean()), abs=5e-3)
    assert found.bias.deviation == pytest.approx(float(bias[kept].std()), rel=0.02)
    for percent in (10, 50, 80, 90):
        assert days_until(found.at(percent)) == pytest.approx(float(np.percentile(expected, percent)), rel=0.01)


def test_report_counts_where_the_model_trusts_it_and_not_where_it_does_not():
    status = MONDAY + WEEK + 3 * 1440
    trusting = model(task=0.4, report_mean=0.0, report_deviation=0.01, reports=50)
    said = forecast_finish(running_chain(300), status_at=status, model=trusting, runs=2000)
    silent = forecast_finish(running_chain(300), status_at=status, model=model(task=0.4), runs=2000)
    # Three days are 30 %: ten in all, then five more after the first five.
    assert days_until(said.at(50)) == pytest.approx(20, abs=0.3)
    assert days_until(silent.at(50)) < 17


def test_same_seed_same_forecast_and_another_seed_another():
    question = {"status_at": MONDAY + WEEK, "model": model(project=0.2, task=0.3), "runs": 500}
    one, same, other = (forecast_finish(running_chain(), seed=seed, **question) for seed in (1, 1, 2))
    assert one.simulation.finish_at.tolist() == same.simulation.finish_at.tolist()
    assert one.simulation.finish_at.tolist() != other.simulation.finish_at.tolist()
    two = forecast_finish(running_chain(), threads=2, **question)
    assert one.simulation.finish_at.tolist() == two.simulation.finish_at.tolist()


def test_plan_without_open_tasks_has_its_finish():
    plan = chain(work(1, 5, progress=done(MONDAY, MONDAY + WEEK)))
    found = forecast_finish(plan, status_at=MONDAY + 2 * WEEK, model=model(project=0.2, task=0.3), runs=10)
    assert found.open_tasks == 0
    assert {found.at(percent) for percent in (1, 99)} == {MONDAY + WEEK}


def test_nothing_that_has_not_begun_lies_before_the_status_date():
    status = MONDAY + 4 * WEEK
    tasks = (
        work(1, 5),
        work(2, 5, constraint=ConstraintType.SNET, constraint_at=MONDAY + WEEK),
        work(3, 5, constraint=ConstraintType.SNET, constraint_at=MONDAY + 6 * WEEK),
        work(4, 5, constraint=ConstraintType.FNET, constraint_at=MONDAY + WEEK),
        work(5, 5, progress=Progress(actual_start_at=status + WEEK)),
        work(6, 5, progress=Progress(actual_start_at=MONDAY, percent_permille=1000)),
        work(7, 5, mode=TaskMode.MANUAL, manual_start_at=MONDAY),
    )
    dates = schedule(remaining_plan(Plan(start_at=MONDAY, tasks=tasks), status_at=status))
    starts = [dates.task(uid).start_at for uid in (1, 2, 3, 4, 5, 6, 7)]
    assert starts == [status, status, MONDAY + 6 * WEEK, status, status, MONDAY, MONDAY]
    assert dates.task(6).finish_at == status + 1


def test_primavera_plan_keeps_its_data_date():
    rules = ScheduleRules(dialect=Dialect.PRIMAVERA)
    left = Progress(actual_start_at=MONDAY, remaining_duration_minutes=3 * DAY, percent_permille=10)
    plan = chain(work(1, 5, progress=left, planned=0), work(2, 5, planned=0), rules=rules)
    status = MONDAY + WEEK
    trusting = model(task=0.4, report_mean=0.0, report_deviation=0.01, reports=50)
    found = forecast_finish(plan, status_at=status, model=trusting, runs=2000)
    # Five days are spent and three are said to be left.
    assert days_until(found.at(50)) == pytest.approx(8 + 5, abs=0.3)


def states(plan, status_at):
    found = plan_tasks(compile_plan(plan), status_at=status_at)
    return {each.task.uid: each.state for each in found}


def test_tasks_that_say_nothing_are_left_out():
    agreed = (Baseline(number=0, start_at=MONDAY, finish_at=MONDAY + WEEK),)
    elapsed = {"duration_kind": DurationKind.ELAPSED, "progress": Progress(actual_start_at=MONDAY)}
    tasks = (
        Task(uid=1, name="phase", kind=TaskKind.SUMMARY),
        work(2, 0, parent_uid=1, kind=TaskKind.MILESTONE),
        work(3, 5, is_active=False),
        work(4, 5, mode=TaskMode.MANUAL, manual_start_at=MONDAY),
        work(5, 5, progress=done(MONDAY, MONDAY + WEEK), planned=0),
        replace(work(6, 7, progress=done(MONDAY, MONDAY + 2 * WEEK)), baselines=agreed),
        replace(work(7, 2, **elapsed), baselines=()),
        work(8, 5, progress=Progress(actual_start_at=MONDAY, physical_permille=400, percent_permille=700)),
        work(9, 4),
        work(10, 5, progress=Progress(percent_permille=1000, actual_finish_at=MONDAY)),
        work(11, 5, progress=done(MONDAY, MONDAY)),
    )
    found = states(Plan(start_at=MONDAY, tasks=tasks), MONDAY + 1440)
    assert found == {
        6: TaskState(planned=5 * DAY, spent=10 * DAY, share=1.0, is_finished=True),
        7: TaskState(planned=2 * DAY, spent=1440),
        8: TaskState(planned=5 * DAY, spent=DAY, share=0.4),
        9: TaskState(planned=4 * DAY),
    }


def test_finished_task_whose_start_is_unknown_is_not_drawn_again():
    ended = Progress(percent_permille=1000, actual_finish_at=MONDAY + 3 * 1440)
    found = forecast_finish(chain(work(1, 50, progress=ended)), status_at=MONDAY + WEEK, model=model(task=0.4), runs=10)
    assert found.open_tasks == 0
    assert {found.at(percent) for percent in (1, 99)} == {MONDAY + 3 * 1440}


def test_closed_plan_gives_the_ratios_of_its_tasks():
    plan = chain(
        work(1, 10, planned=5, progress=done(MONDAY, MONDAY + 2 * WEEK)),
        work(2, 5, progress=Progress(actual_start_at=MONDAY + WEEK)),
        work(3, 5),
    )
    assert closed_tasks(plan) == ClosedTasks(ratios=(2.0,))
    assert closed_tasks(replace(plan, status_at=MONDAY + 2 * WEEK)) == ClosedTasks(ratios=(2.0,))


def test_earlier_versions_of_a_closed_plan_tell_what_its_reports_were_worth():
    """After three days the task of ten was told to be 40 % done: 7.5 days, three quarters of what it took."""
    ended = chain(work(1, 10, planned=5, progress=done(MONDAY, MONDAY + 2 * WEEK)), work(2, 5))
    before = [
        chain(
            work(1, 5, progress=Progress(actual_start_at=MONDAY, percent_permille=permille)),
            work(2, 5),
            status_at=status,
        )
        for permille, status in ((0, MONDAY + 1440), (400, MONDAY + 3 * 1440), (500, None))
    ]
    assert closed_tasks(ended, earlier=before) == ClosedTasks(ratios=(2.0,), reports=(Report(0.4, 0.75),))


def test_remaining_quantiles_never_fall_below_a_minute_and_rise():
    known = model(project=0.2, task=0.4)
    state = TaskState(planned=100, spent=100_000)
    law = total_law(known, project_bias(known, []), state)
    found = Remaining(law, state.spent).quantiles(np.linspace(0.001, 0.999, 99))
    assert (np.diff(found) >= 0).all()
    assert found[0] >= 1
