"""Reference classes worked by hand, and records made of known distributions."""

import numpy as np
import pytest

from kaname.engine.forecast import Case, History, HistoryError, calibrate


def cases(ratios, *classes):
    return [Case(planned=10, actual=10 * ratio, classes=classes) for ratio in ratios]


def test_factor_is_the_order_statistic_that_the_next_case_does_not_pass():
    """Of four cases the largest holds with 4/5, the third with 3/5; P81 would need more cases."""
    found = History(cases((1.0, 1.2, 1.5, 2.0))).reference_class()
    assert found.effective_cases == pytest.approx(4)
    assert [found.factor(percent) for percent in (20, 40, 60, 80, 81)] == [1.0, 1.2, 1.5, 2.0, None]


def test_class_without_cases_is_the_whole_record():
    record = cases((1.0, 1.2), "web") + cases((1.5, 2.0), "host")
    history = History(record, strength=4)
    found = history.reference_class(("satellite",))
    assert found.ratios.tolist() == [1.0, 1.2, 1.5, 2.0]
    assert found.weights.tolist() == pytest.approx([0.25] * 4)
    assert [(level.name, level.cases, level.weight) for level in found.levels] == [("", 4, 1.0), ("satellite", 0, 0.0)]


def test_small_class_is_shrunk_by_the_strength():
    """Two cases against a strength of 2: half of the weight stays with the record of four."""
    found = History(cases((1.0, 1.2), "web") + cases((1.5, 2.0), "host"), strength=2).reference_class(("web",))
    assert found.weights.tolist() == pytest.approx([0.125 + 0.25, 0.125 + 0.25, 0.125, 0.125])
    assert [(level.name, level.cases, level.weight) for level in found.levels] == [
        ("", 4, pytest.approx(0.5)),
        ("web", 2, pytest.approx(0.5)),
    ]
    assert found.effective_cases == pytest.approx(1 / (2 * 0.375**2 + 2 * 0.125**2))


def test_narrower_class_is_shrunk_to_the_wider_one():
    record = cases((1.0,), "IT", "web") + cases((2.0, 3.0), "IT", "host") + cases((9.0,), "road", "bridge")
    found = History(record, strength=1).reference_class(("IT", "web"))
    # All: 1/4 each.  IT: 3/4 own (1/4 each) + 1/4 of that.  web: 1/2 own + 1/2 of that.
    wider = np.array([0.25 + 0.0625, 0.25 + 0.0625, 0.25 + 0.0625, 0.0625])
    assert found.weights.tolist() == pytest.approx((wider / 2 + np.array([0.5, 0, 0, 0])).tolist())


def skewed(count, seed, classes):
    dice = np.random.default_rng(seed)
    names = [f"class {number % len(classes)}" for number in range(count)]
    ratios = [float(np.exp(dice.normal(classes[number % len(classes)], 0.3))) for number in range(count)]
    return [Case(planned=100, actual=100 * ratio, classes=(name,)) for ratio, name in zip(ratios, names, strict=True)]


def test_percentiles_hold_as_often_as_they_say():
    calibration = calibrate(History(skewed(400, 5, (0.0, 0.2, 0.5))))
    assert calibration.cases == 400
    for percent in (20, 50, 80, 90):
        held = calibration.at(percent)
        assert held.cases == 400
        assert held.share == pytest.approx(percent / 100, abs=0.05)
        assert held.low < held.share < held.high


def test_classes_that_differ_are_told_apart_and_those_that_do_not_are_not():
    apart, alike = History(skewed(300, 7, (0.0, 1.5))), History(skewed(300, 7, (0.3, 0.3)))
    assert apart.strength <= 4
    assert alike.strength >= 16
    one, other = (apart.reference_class((f"class {number}",)).factor(50) for number in (0, 1))
    assert other / one == pytest.approx(np.exp(1.5), rel=0.25)
    errors = calibrate(apart)
    assert errors.class_error < 0.6 * errors.plan_error


def test_one_left_out_is_not_among_those_that_forecast_it():
    history = History(cases((1.0, 1.0, 1.0, 1.0, 50.0)))
    last = history.left_out()[-1]
    assert last.ratios.tolist() == [1.0] * 4
    assert calibrate(history).at(80).share == pytest.approx(0.8)


def test_record_too_small_for_a_percentile_says_so():
    calibration = calibrate(History(cases((1.0, 1.1, 1.2, 1.3))))
    assert (calibration.at(70).cases, calibration.at(80).cases, calibration.at(90).cases) == (4, 0, 0)


def test_spread_for_a_simulation_has_the_same_quantiles():
    found = History(skewed(200, 3, (0.2,))).reference_class()
    [middle] = found.spread().quantiles(np.array([0.5])).tolist()
    assert middle == pytest.approx(found.factor(50), rel=0.05)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (cases((1.0, 1.1, 1.2)), "at least 4 closed projects; there are 3"),
        ([*cases((1.0, 1.1, 1.2)), Case(0, 1)], "not in 1 cases"),
        ([*cases((1.0, 1.1, 1.2)), Case(1, float("nan"))], "not in 1 cases"),
        ([], "there are 0"),
    ],
)
def test_record_that_says_nothing_is_refused(record, said):
    with pytest.raises(HistoryError, match=said):
        History(record)
