"""Whatever is measured: a number or a reason, never both, never neither, and nothing in the past."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.engine.forecast import (
    BiasModel,
    CostShrinkage,
    Method,
    Outcome,
    Quantity,
    Snapshot,
    StoredForecast,
    TaskState,
    Track,
    Watch,
    cost_by_task,
    cost_estimates,
    duration_estimates,
    learn_combination,
    project_bias,
    shrunk_cost,
    total_law,
)
from kaname.engine.forecast.trouble import Signal

amounts = st.one_of(st.just(0.0), st.floats(1e-6, 1e9))
positive = st.floats(1e-3, 1e6)


@st.composite
def tracks(draw):
    times = sorted(draw(st.sets(positive, max_size=6)))
    unknown = draw(st.booleans())
    snapshots = tuple(
        Snapshot(
            time=time,
            earned_schedule=draw(amounts),
            planned=draw(amounts),
            earned=draw(amounts),
            spent=None if unknown else draw(amounts),
            open_issues=draw(st.one_of(st.none(), st.integers(0, 10**6))),
        )
        for time in times
    )
    return Track(planned_duration=draw(positive), budget=draw(positive), snapshots=snapshots)


@settings(max_examples=80, deadline=None)
@given(tracks(), st.floats(0, 1))
def test_each_method_says_a_number_or_why_not(track, smoothing):
    shrunk = shrunk_cost(CostShrinkage(mean=0.1, half=0.3, projects=9), track)
    durations = duration_estimates(track, smoothing=smoothing)
    costs = (*cost_estimates(track, smoothing=smoothing), shrunk)
    for each in (*durations, *costs):
        assert (each.value is None) is (each.reason is not None)
        assert each.value is None or (math.isfinite(each.value) and each.value >= 0)
    if track.snapshots:
        now = track.snapshots[-1]
        floor = now.time if track.finished_after is None else track.finished_after
        assert all(each.value is None or each.value >= floor for each in durations)
        assert all(each.value is None or each.value >= now.spent * (1 - 1e-12) for each in costs)


@settings(max_examples=60, deadline=None)
@given(tracks())
def test_watch_reads_any_track_without_looking_ahead(track):
    watch = Watch(thresholds=dict.fromkeys(Signal, 0.1), false_alarm_rate=0.1, sound_projects=9)
    readings = watch.replay(track)
    assert len(readings) == len(track.snapshots)
    assert all(math.isfinite(value) for reading in readings for value in reading.signals.values())
    for reading in readings:
        for alarm in reading.alarms:
            assert alarm.value > alarm.threshold
            assert 0 <= alarm.since < alarm.time == reading.time
            assert str(alarm.reason)
    half = len(readings) // 2
    assert watch.replay(track.up_to(half)) == readings[:half]


states = st.builds(
    TaskState,
    planned=positive,
    spent=amounts,
    share=st.one_of(st.none(), st.floats(0, 1.5)),
    is_finished=st.booleans(),
)
models = st.builds(
    BiasModel,
    mean=st.floats(-1, 1),
    mean_error=st.floats(0, 0.5),
    project_deviation=st.one_of(st.just(0.0), st.floats(1e-3, 1)),
    task_deviation=st.floats(1e-6, 1.5),
    projects=st.just(9),
    tasks=st.just(99),
    report_mean=st.floats(-0.5, 0.5),
    report_deviation=st.floats(0.01, 1),
    reports=st.just(99),
)


@settings(max_examples=60, deadline=None)
@given(models, st.lists(states, max_size=6))
def test_bias_and_costs_stay_finite_whatever_the_tasks(model, tasks):
    bias = project_bias(model, tasks)
    assert math.isfinite(bias.mean)
    assert bias.deviation >= 0
    for task in tasks:
        if not task.is_finished:
            law = total_law(model, bias, task)
            assert math.isfinite(law.mean)
            assert law.deviation > 0
            assert 0 <= law.loading <= 1
    found = cost_by_task(model, tasks, draws=50)
    assert (found.totals[1:] >= found.totals[:-1]).all()
    assert found.at(1) >= sum(task.spent for task in tasks) * (1 - 1e-9)
    assert all(map(math.isfinite, found.totals.tolist()))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from(list(Method)[:4]), st.floats(0, 1), positive), max_size=40),
    st.floats(0, 1),
)
def test_combined_value_lies_between_what_the_methods_say(made, share):
    forecasts = [
        StoredForecast(
            project=str(project), quantity=Quantity.DURATION, method=method, time=1.0, share=done, value=value
        )
        for project, method, done, value in made
    ]
    outcomes = {str(project): Outcome(duration=100.0) for project in range(13)}
    values = {Method.NETWORK: 90.0, **{method: 100.0 + place for place, method in enumerate(list(Method)[:4])}}
    found = learn_combination(forecasts, outcomes, quantity=Quantity.DURATION).combine(values, share=share)
    if found.value is None:
        assert found.reason is not None
        return
    assert sum(found.weights.values()) == 1 or math.isclose(sum(found.weights.values()), 1)
    assert min(values.values()) * (1 - 1e-9) <= found.value <= max(values.values()) * (1 + 1e-9)
    assert (found.low is None) is (found.reason is not None)
