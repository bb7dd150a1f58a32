"""What is said of a running plan: everything that can be, and why the rest cannot."""

from kaname.engine.forecast import BiasModel, Method, forecast_plan
from kaname.engine.network.plan import Baseline, Link, Plan, Progress, Task

DAY = 480
MONDAY = 4 * 1440 + 480
FRIDAY = 8 * 1440 + 1020


def plan(*, baseline=True):
    """Two tasks of five days; the first is half done at the end of its week."""

    def agreed(start, finish):
        return (Baseline(number=0, start_at=start, finish_at=finish, duration_minutes=5 * DAY),) if baseline else ()

    half = Progress(percent_permille=500, actual_start_at=MONDAY)
    week = 7 * 1440
    return Plan(
        start_at=MONDAY,
        tasks=(
            Task(uid=1, name="one", duration_minutes=5 * DAY, baselines=agreed(MONDAY, FRIDAY), progress=half),
            Task(uid=2, name="two", duration_minutes=5 * DAY, baselines=agreed(MONDAY + week, FRIDAY + week)),
        ),
        links=(Link(predecessor_uid=1, successor_uid=2),),
    )


MODEL = BiasModel(mean=0.0, mean_error=0.0, project_deviation=0.0, task_deviation=1e-9, projects=5, tasks=50)


def test_earned_value_and_network_stand_side_by_side():
    found = forecast_plan(plan(), status_at=FRIDAY, model=MODEL, runs=10)
    dates = {each.estimate.method: each.finish_at for each in found.durations}
    # Two and a half of ten days are earned in five: twenty days, and twelve and a half with the rest at plan.
    assert dates[Method.EARNED_SCHEDULE] == FRIDAY + 3 * 7 * 1440
    assert dates[Method.EARNED_SCHEDULE_AT_PLAN] == MONDAY + 14 * 1440 + 2 * 1440 + 240
    assert (found.measure.value, found.reason) == ("duration", None)
    assert {str(each.reason) for each in found.costs} == {"The actual cost is not known."}
    # Without any spread the first task, as long as planned, would end now; a minute is the least that is left.
    assert found.finish.at(50) == MONDAY + 14 * 1440 + 1


def test_without_model_the_network_is_not_run():
    found = forecast_plan(plan(), status_at=FRIDAY)
    assert found.finish is None
    assert len(found.durations) == 5


def test_without_baseline_earned_value_is_silent_and_says_so():
    found = forecast_plan(plan(baseline=False), status_at=FRIDAY, model=MODEL, runs=10)
    assert (found.track, found.durations, found.costs) == (None, (), ())
    assert str(found.reason).startswith("The plan has no baseline to measure against")
    assert found.finish is not None


def test_before_the_start_earned_value_is_silent():
    found = forecast_plan(plan(), status_at=MONDAY - 1440)
    assert (found.track, found.durations) == (None, ())
