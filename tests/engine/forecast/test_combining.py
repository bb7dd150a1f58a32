"""Weights by phase against closed forms, and intervals against how often they hold."""

import math

import numpy as np
import pytest

from kaname.engine.forecast import (
    ForecastError,
    Method,
    Outcome,
    Phase,
    Quantity,
    StoredForecast,
    learn_combination,
    replay,
    score,
)

ONE, OTHER, THIRD = Method.NETWORK, Method.EARNED_SCHEDULE, Method.PLANNED_VALUE


def made(project, method, value, share=0.2, time=1.0):
    return StoredForecast(
        project=project, quantity=Quantity.DURATION, method=method, time=time, share=share, value=value
    )


def record(logs, share=0.2):
    """Return forecasts with these log errors, projects × methods, of projects that took 100."""
    forecasts = [
        made(f"P{number:04}", method, 100 * math.exp(log), share)
        for number, row in enumerate(logs)
        for method, log in zip((ONE, OTHER, THIRD), row, strict=False)
    ]
    return forecasts, {f"P{number:04}": Outcome(duration=100) for number in range(len(logs))}


def learned(logs, **more):
    return learn_combination(*record(logs, **more), quantity=Quantity.DURATION)


def drawn(count, deviations=(0.1, 0.2), seed=3):
    return np.random.default_rng(seed).normal(0, deviations, (count, len(deviations)))


def test_weights_of_independent_errors_are_by_inverse_square():
    combination = learned(drawn(4000))
    found = combination.combine({ONE: 90, OTHER: 120}, share=0.1)
    assert found.weights == {ONE: pytest.approx(0.8, abs=0.02), OTHER: pytest.approx(0.2, abs=0.02)}
    assert found.value == pytest.approx(90 ** found.weights[ONE] * 120 ** found.weights[OTHER])
    assert (found.phase, found.projects, found.reason) == (Phase.EARLY, 4000, None)


def test_method_that_errs_like_a_better_one_gets_nothing():
    """Errors x and 2x: any weight on the second is a loss, and none is negative."""
    logs = drawn(2000, (0.1,))
    found = learned(np.hstack((logs, 2 * logs))).combine({ONE: 90, OTHER: 120}, share=0.1)
    assert found.weights == {ONE: 1.0}
    assert found.value == pytest.approx(90)


def test_methods_that_err_in_opposite_ways_help_each_other():
    logs = drawn(2000, (0.1,))
    found = learned(np.hstack((logs, -logs))).combine({ONE: 90, OTHER: 90}, share=0.1)
    assert found.weights == {ONE: pytest.approx(0.5), OTHER: pytest.approx(0.5)}
    assert found.high / found.low < 1.01


def test_weights_are_the_least_square_of_all():
    """Against a grid over three weights, with the matrix drawn to its diagonal by 3 / n."""
    logs = drawn(30, (0.1, 0.12, 0.3)) @ np.array([[1, 0.6, 0.2], [0, 1, 0.3], [0, 0, 1]])
    found = learned(logs).combine(dict.fromkeys((ONE, OTHER, THIRD), 100.0), share=0.1)
    products = logs.T @ logs / 30
    matrix = 0.9 * products + 0.1 * np.diag(np.diag(products))
    grid = [np.array((a, b, 1 - a - b)) for a in np.linspace(0, 1, 101) for b in np.linspace(0, 1 - a, 101)]
    least = min(float(each @ matrix @ each) for each in grid)
    own = np.array([found.weights.get(method, 0.0) for method in (ONE, OTHER, THIRD)])
    assert own.sum() == pytest.approx(1)
    assert float(own @ matrix @ own) == pytest.approx(least, rel=1e-3)


def test_phases_learn_apart_and_a_phase_without_record_weighs_all_alike():
    early, outcomes = record(drawn(50, (0.1, 0.4)), share=0.2)
    late, _ = record(drawn(50, (0.4, 0.1)), share=0.9)
    combination = learn_combination([*early, *late], outcomes, quantity=Quantity.DURATION)
    values = {ONE: 90.0, OTHER: 120.0}
    by_phase = [combination.combine(values, share=share).weights.get(ONE, 0.0) for share in (0.1, 0.5, 0.8)]
    assert by_phase[0] > 0.8
    assert by_phase[1] == 0.5
    assert by_phase[2] < 0.2
    middle = combination.combine(values, share=0.5)
    assert (middle.projects, middle.low, middle.high) == (0, None, None)
    assert str(middle.reason).startswith("Too early to say")


def test_few_projects_weigh_all_alike_and_nine_give_an_interval():
    logs = drawn(40, (0.1, 0.4))
    assert learned(logs[:4]).combine({ONE: 90, OTHER: 120}, share=0.1).weights == {ONE: 0.5, OTHER: 0.5}
    told = {count: learned(logs[:count]).combine({ONE: 90, OTHER: 120}, share=0.1) for count in (8, 9)}
    assert (told[8].low, told[8].high) == (None, None)
    assert "8 ended projects" in str(told[8].reason)
    assert told[9].reason is None
    assert told[9].low < told[9].value < told[9].high


def test_interval_of_nine_reaches_from_the_least_to_the_most_seen():
    """One method, so that its errors themselves are left over."""
    logs = np.linspace(-0.4, 0.4, 9)[:, None]
    found = learned(logs).combine({ONE: 100}, share=0.1)
    assert (found.low, found.high) == (pytest.approx(100 * math.exp(-0.4)), pytest.approx(100 * math.exp(0.4)))


def test_method_that_is_silent_gives_its_weight_to_the_others():
    combination = learned(drawn(50, (0.1, 0.1, 0.1)))
    found = combination.combine({ONE: 90, OTHER: 120}, share=0.1)
    assert sum(found.weights.values()) == pytest.approx(1)
    silent = combination.combine({Method.SMOOTHED_SCHEDULE: 90}, share=0.1)
    assert (silent.value, silent.weights) == (None, {})
    assert "No method that has a record" in str(silent.reason)
    assert learned([]).combine({}, share=0.1).value is None


def test_method_that_spoke_seldom_is_left_out():
    forecasts, outcomes = record(drawn(20))
    seldom = [made(f"P{number:04}", THIRD, 100) for number in range(9)]
    combination = learn_combination([*forecasts, *seldom], outcomes, quantity=Quantity.DURATION)
    assert set(combination.combine(dict.fromkeys((ONE, OTHER, THIRD), 90.0), share=0.1).weights) == {ONE, OTHER}


def test_replayed_forecasts_hold_as_often_as_they_say():
    forecasts, outcomes = record(drawn(500))
    played = replay(forecasts, outcomes, quantity=Quantity.DURATION)
    assert len(played) == 500
    assert {each.method for each in played} == {Method.COMBINED}
    [early, _] = score(played, outcomes)
    assert early.held == pytest.approx(0.8, abs=0.04)
    singles = {each.method: each.error for each in score(forecasts, outcomes) if each.phase is None}
    assert early.error < min(singles.values())


def test_replayed_forecast_knows_nothing_of_its_own_project():
    """The one project that went wild widens the interval of the others and not its own."""
    logs = drawn(40, (0.05,))
    wild = np.vstack((logs, [[2.0]]))
    forecasts, outcomes = record(wild)
    own = next(each for each in replay(forecasts, outcomes, quantity=Quantity.DURATION) if each.project == "P0040")
    assert own.high < own.value * 1.5
    tame_forecasts, tame_outcomes = record(np.vstack((logs, [[0.0]])))
    tame = next(
        each for each in replay(tame_forecasts, tame_outcomes, quantity=Quantity.DURATION) if each.project == "P0040"
    )
    assert own.high / own.value == pytest.approx(tame.high / tame.value)


def test_projects_with_many_forecasts_count_once():
    """One project with 90 useless forecasts of the first method against nine projects with one good one each."""
    forecasts, outcomes = record(np.hstack((np.full((9, 1), 0.01), np.full((9, 1), 0.1))))
    for number in range(90):
        forecasts += [
            made("Q", ONE, 100 * math.exp(0.1), time=float(number)),
            made("Q", OTHER, 100 * math.exp(0.1), time=float(number)),
        ]
    combination = learn_combination(forecasts, {**outcomes, "Q": Outcome(duration=100)}, quantity=Quantity.DURATION)
    assert combination.combine({ONE: 90, OTHER: 120}, share=0.1).weights.get(ONE, 0.0) > 0.8


def test_values_of_which_no_logarithm_can_be_formed_are_refused():
    with pytest.raises(ForecastError, match="1 are not"):
        learn_combination([made("A", ONE, 0)], {"A": Outcome(duration=1)}, quantity=Quantity.DURATION)
