"""Formulas of duration and cost worked by hand."""

import pytest

from kaname.engine.forecast import Method, Snapshot, Track, cost_estimates, duration_estimates


def track(*snapshots, duration=10, budget=100):
    return Track(planned_duration=duration, budget=budget, snapshots=snapshots)


def values(estimates):
    return {each.method: each.value for each in estimates}


def reasons(estimates):
    return {each.method: each.reason and str(each.reason) for each in estimates}


LATE = (
    Snapshot(time=2, earned_schedule=1, planned=20, earned=10, spent=15),
    Snapshot(time=5, earned_schedule=4, planned=50, earned=40, spent=60),
)


def test_durations_of_a_late_project():
    # SPI 0.8; ES 4 of 10 after 5. Trend: 0.85 + 0.15 / 2 = 0.925, then 0.15 · 3 / 3 + 0.85 · 0.925 = 0.93625.
    assert values(duration_estimates(track(*LATE))) == {
        Method.PLANNED_VALUE: pytest.approx(12.5),
        Method.EARNED_DURATION: pytest.approx(12.5),
        Method.EARNED_SCHEDULE_AT_PLAN: pytest.approx(11),
        Method.EARNED_SCHEDULE: pytest.approx(12.5),
        Method.SMOOTHED_SCHEDULE: pytest.approx(5 + 6 / 0.93625),
    }


def test_smoothing_of_nothing_is_the_rest_at_plan_and_of_all_the_last_pace():
    assert values(duration_estimates(track(*LATE), smoothing=0))[Method.SMOOTHED_SCHEDULE] == pytest.approx(11)
    assert values(duration_estimates(track(*LATE), smoothing=1))[Method.SMOOTHED_SCHEDULE] == pytest.approx(11)
    slow = (LATE[0], Snapshot(time=4, earned_schedule=1.5, planned=40, earned=15))
    assert values(duration_estimates(track(*slow), smoothing=1))[Method.SMOOTHED_SCHEDULE] == pytest.approx(
        4 + 8.5 / 0.25
    )


def test_project_past_its_planned_end_is_not_forecast_into_the_past():
    """SPI returns to 1 there: PD / SPI = 10 · 100 / 96 lies before the status date 15."""
    over = Snapshot(time=15, earned_schedule=9, planned=100, earned=96, spent=100)
    found = values(duration_estimates(track(over)))
    assert found[Method.PLANNED_VALUE] == 15
    assert found[Method.EARNED_DURATION] == pytest.approx(15 / 0.96)
    assert found[Method.EARNED_SCHEDULE_AT_PLAN] == 16
    assert found[Method.EARNED_SCHEDULE] == pytest.approx(150 / 9)


def test_finished_project_took_what_it_took():
    done = Snapshot(time=12, earned_schedule=10, planned=100, earned=100, spent=130)
    later = Snapshot(time=14, earned_schedule=10, planned=100, earned=100, spent=130)
    assert set(values(duration_estimates(track(*LATE, done, later))).values()) == {12}
    assert set(values(cost_estimates(track(*LATE, done, later))).values()) == {130}


def test_costs_of_a_dear_project():
    # Pace 10 a unit. Spending 0.9 · 10 + 0.1 · 7.5 = 9.75, then 0.1 · 15 + 0.9 · 9.75; earning 9.5, then 0.1 · 10 + 0.9 · 9.5.
    assert values(cost_estimates(track(*LATE))) == {
        Method.COST_AT_PLAN: pytest.approx(120),
        Method.COST_AT_CPI: pytest.approx(150),
        Method.SMOOTHED_COST: pytest.approx(60 + 60 * 10.275 / 9.55),
    }


@pytest.mark.parametrize(
    ("snapshots", "silent"),
    [
        ((), set(range(5))),
        ((Snapshot(time=1, earned_schedule=0, planned=0, earned=0),), {0, 1, 3}),
        ((Snapshot(time=1, earned_schedule=0, planned=10, earned=0),), {0, 1, 3}),
    ],
)
def test_too_early_is_said_and_no_number_invented(snapshots, silent):
    found = duration_estimates(track(*snapshots))
    assert {place for place, each in enumerate(found) if each.value is None} == silent
    assert all(str(each.reason).startswith("Too early to say") for each in found if each.value is None)


def test_standstill_has_no_end():
    still = [Snapshot(time=time, earned_schedule=0, planned=10, earned=0) for time in (1, 2, 3)]
    found = reasons(duration_estimates(track(*still), smoothing=1))
    assert found[Method.SMOOTHED_SCHEDULE] == "Nothing has been earned for so long that no end is in sight."


def test_cost_is_silent_where_it_is_unknown_or_nothing_is_spent_or_earned():
    one = {"time": 1, "earned_schedule": 1, "planned": 10}
    assert set(reasons(cost_estimates(track(Snapshot(**one, earned=10)))).values()) == {"The actual cost is not known."}
    free = values(cost_estimates(track(Snapshot(**one, earned=10, spent=0))))
    assert free[Method.COST_AT_CPI] is None
    idle = cost_estimates(track(Snapshot(**one, earned=0, spent=5)))
    assert [each.value for each in idle[:2]] == [105, None]
    assert set(reasons(cost_estimates(track())).values()) == {"Too early to say: there is no status date yet."}
