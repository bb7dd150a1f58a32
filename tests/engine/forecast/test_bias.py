"""The learned bias against closed forms, quadrature and drawn numbers."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from kaname.engine.forecast import (
    BiasError,
    BiasModel,
    ClosedTasks,
    Report,
    TaskState,
    learn_bias,
    project_bias,
    total_law,
)

MODEL = BiasModel(
    mean=0.1, mean_error=0.0, project_deviation=0.25, task_deviation=0.4, projects=20, tasks=400
)  # fmt: skip
TRUSTING = BiasModel(
    mean=0.1, mean_error=0.0, project_deviation=0.25, task_deviation=0.4, projects=20, tasks=400,
    report_mean=0.05, report_deviation=0.2, reports=50,
)  # fmt: skip


def drawn(projects, tasks, seed=1, *, mean=0.1, project=0.3, task=0.4):
    dice = np.random.default_rng(seed)
    result = []
    for _ in range(projects):
        count = tasks if isinstance(tasks, int) else int(dice.integers(*tasks))
        result.append(
            ClosedTasks(ratios=tuple(np.exp(mean + project * dice.normal() + task * dice.normal(size=count)).tolist()))
        )
    return result


def test_balanced_projects_give_the_estimates_of_analysis_of_variance():
    """Restricted maximum likelihood is σ² = MSW and τ² = (MSB - MSW) / n where all projects have n tasks."""
    projects = drawn(12, 8)
    logs = np.log([each.ratios for each in projects])
    within = float(logs.var(axis=1, ddof=1).mean())
    between = 8 * float(logs.mean(axis=1).var(ddof=1))
    found = learn_bias(projects)
    assert found.mean == pytest.approx(float(logs.mean()))
    assert found.task_deviation**2 == pytest.approx(within, rel=1e-3)
    assert found.project_deviation**2 == pytest.approx((between - within) / 8, rel=2e-3)
    assert found.mean_error == pytest.approx(math.sqrt(between / 96), rel=1e-3)
    assert (found.projects, found.tasks, found.reports, found.report_deviation) == (12, 96, 0, None)


def test_uneven_projects_give_back_what_they_were_drawn_from():
    found = learn_bias(drawn(400, (2, 40), 3))
    assert found.mean == pytest.approx(0.1, abs=0.04)
    assert found.project_deviation == pytest.approx(0.3, abs=0.03)
    assert found.task_deviation == pytest.approx(0.4, abs=0.01)


def test_projects_that_do_not_differ_have_no_bias():
    alike = [ClosedTasks(ratios=(0.8, 1.25)), ClosedTasks(ratios=(1.25, 0.8)), ClosedTasks(ratios=(0.8, 1.25))]
    assert learn_bias(alike).project_deviation == 0


def test_reports_tell_how_far_to_trust_them():
    projects = [
        ClosedTasks(ratios=each.ratios, reports=tuple(Report(0.5, ratio) for ratio in np.exp([0.3, -0.1] * 2).tolist()))
        for each in drawn(3, 5)
    ]
    found = learn_bias(projects)
    assert found.reports == 12
    assert found.report_mean == pytest.approx(0.1)
    assert found.report_deviation == pytest.approx(0.2 * math.sqrt(12 / 11))


@pytest.mark.parametrize(
    ("projects", "said"),
    [
        (drawn(2, 5), "at least 3 closed projects with finished tasks; there are 2"),
        ([*drawn(2, 5), ClosedTasks(ratios=())], "there are 2"),
        ([ClosedTasks(ratios=(1.0,))] * 5, "no closed project has two finished tasks"),
        ([*drawn(3, 5), ClosedTasks(ratios=(0.0, 1.0))], "1 are not"),
        ([*drawn(3, 5), ClosedTasks(ratios=(1.0,), reports=(Report(0.5, math.inf),))], "1 are not"),
    ],
)
def test_projects_that_say_too_little_are_refused(projects, said):
    with pytest.raises(BiasError, match=said):
        learn_bias(projects)


def test_finished_tasks_shrink_towards_the_mean_of_the_class():
    """Normal prior, normal data: precisions 1/0.25² and 3/0.4² add."""
    logs = (0.5, 0.2, 0.8)
    states = [TaskState(planned=10, spent=10 * math.exp(log), is_finished=True) for log in logs]
    found = project_bias(MODEL, [*states, TaskState(planned=5)])
    precision = 1 / 0.25**2 + 3 / 0.4**2
    assert found.mean == pytest.approx((0.1 / 0.25**2 + 1.5 / 0.4**2) / precision, abs=1e-6)
    assert found.deviation == pytest.approx(precision**-0.5, rel=1e-4)
    assert (found.finished, found.running) == (3, 0)


def test_error_of_the_mean_widens_the_prior():
    unsure = BiasModel(mean=0.1, mean_error=0.1, project_deviation=0.2, task_deviation=0.4, projects=4, tasks=40)
    assert project_bias(unsure, []).deviation == pytest.approx(math.hypot(0.1, 0.2), rel=1e-4)


def test_wild_ratio_counts_as_ten_at_most():
    def learned(ratio):
        found = learn_bias([*drawn(5, 6), ClosedTasks(ratios=(ratio, 1.0))])
        return [found.mean, found.project_deviation, found.task_deviation]

    assert learned(1000.0) == pytest.approx(learned(10.0))
    assert learned(0.001) == pytest.approx(learned(0.1))
    assert learned(9.0) != pytest.approx(learned(10.0))
    for spent, cut, is_finished in ((1000, 100, True), (0.01, 1, True), (1000, 100, False)):
        one, other = (
            project_bias(MODEL, [TaskState(planned=10, spent=each, is_finished=is_finished)]) for each in (spent, cut)
        )
        assert (one.mean, one.deviation) == pytest.approx((other.mean, other.deviation))


def quadrature(model, state):
    """Integrate prior times the probability of what is known of one running task, report by report noise."""
    prior, task = NormalDist(model.mean, model.project_deviation), model.task_deviation
    bias = np.linspace(-1.4, 1.6, 301)
    total = np.linspace(math.log(state.spent / state.planned), 3.0, 1201)
    weights = []
    for value in bias.tolist():
        law = np.exp(-0.5 * ((total - value) / task) ** 2) / task
        if model.report_deviation is not None and state.share:
            told = math.log(state.spent / state.share / state.planned)
            law *= np.exp(-0.5 * ((told - model.report_mean - total) / model.report_deviation) ** 2)
        weights.append(prior.pdf(value) * float(law.sum()))
    weights = np.array(weights) / sum(weights)
    mean = float((weights * bias).sum())
    return mean, math.sqrt(float((weights * (bias - mean) ** 2).sum()))


@pytest.mark.parametrize("spent", [1.0, 9.0, 25.0])
@pytest.mark.parametrize("model", [MODEL, TRUSTING])
def test_running_task_speaks_by_what_it_exceeds_and_by_its_report(model, spent):
    state = TaskState(planned=10, spent=spent, share=0.6)
    found = project_bias(model, [state])
    mean, deviation = quadrature(model, state)
    assert found.mean == pytest.approx(mean, abs=2e-3)
    assert found.deviation == pytest.approx(deviation, abs=2e-3)
    assert (found.finished, found.running) == (0, 1)


def test_report_of_hardly_anything_says_nothing():
    """A thousandth that is rounded to a hundredth is wrong by a factor of ten."""
    told, silent = (project_bias(TRUSTING, [TaskState(planned=10, spent=5, share=share)]) for share in (0.04, None))
    assert told == silent
    assert total_law(TRUSTING, told, TaskState(planned=10, spent=5, share=0.04)).mean == pytest.approx(
        math.log(10) + told.mean
    )
    projects = [ClosedTasks(ratios=each.ratios, reports=(Report(0.01, 5.0),) * 9) for each in drawn(3, 5)]
    assert (learn_bias(projects).reports, learn_bias(projects).report_deviation) == (0, None)


def test_overdue_task_raises_the_bias_where_a_fresh_one_does_not():
    fresh = project_bias(MODEL, [TaskState(planned=10, spent=0.1)])
    overdue = project_bias(MODEL, [TaskState(planned=10, spent=25)])
    assert fresh.mean == pytest.approx(0.1, abs=1e-6)
    assert overdue.mean > 0.3


def test_bias_that_varies_not_at_all_stays_the_mean():
    fixed = BiasModel(mean=0.2, mean_error=0.0, project_deviation=0.0, task_deviation=0.4, projects=3, tasks=9)
    found = project_bias(fixed, [TaskState(planned=1, spent=5, is_finished=True)])
    assert (found.mean, found.deviation) == (0.2, 0.0)


def test_total_of_a_task_not_begun_is_the_plan_times_bias_and_spread():
    bias = project_bias(MODEL, [])
    law = total_law(MODEL, bias, TaskState(planned=10))
    assert law.mean == pytest.approx(math.log(10) + 0.1)
    assert law.deviation == pytest.approx(math.hypot(0.4, 0.25), rel=1e-4)
    assert law.least == -math.inf
    assert law.loading == pytest.approx(0.25 / math.hypot(0.4, 0.25), rel=1e-4)


def test_total_of_a_reported_task_lies_between_report_and_prediction_by_precision():
    bias = project_bias(TRUSTING, [])
    law = total_law(TRUSTING, bias, TaskState(planned=10, spent=6, share=0.5))
    told = math.log(12) - 0.05
    pull = 0.2**2 / (0.2**2 + 0.4**2)
    assert law.mean == pytest.approx(pull * (math.log(10) + 0.1) + (1 - pull) * told)
    assert law.deviation == pytest.approx(math.hypot(0.4 * pull**0.5, pull * 0.25), rel=1e-4)
    assert law.least == pytest.approx(math.log(6))
