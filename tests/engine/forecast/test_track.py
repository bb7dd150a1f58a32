"""Tracks, their phases, and what is refused."""

import math
from fractions import Fraction

import pytest

from kaname.engine.earned_value import Measure, measure_plan
from kaname.engine.forecast import Phase, Snapshot, Track, TrackError, snapshot_of
from kaname.engine.network.plan import Baseline, Plan, Progress, Task


def snapshot(time=1.0, **values):
    known = {"earned_schedule": time, "planned": 10 * time, "earned": 10 * time}
    return Snapshot(time=time, **{**known, **values})


def test_phase_follows_the_share_that_is_earned():
    track = Track(
        planned_duration=10, budget=99, snapshots=tuple(snapshot(time, earned=33 * time) for time in (0.5, 1, 2, 3))
    )
    phases = [(track.up_to(count).share, track.up_to(count).phase) for count in (0, 1, 2, 3, 4)]
    assert phases == [
        (0.0, Phase.EARLY),
        (pytest.approx(1 / 6), Phase.EARLY),
        (pytest.approx(1 / 3), Phase.MIDDLE),
        (pytest.approx(2 / 3), Phase.LATE),
        (1.0, Phase.LATE),
    ]
    assert [track.up_to(count).finished_after for count in (3, 4)] == [None, 3]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"planned_duration": 0}, "Planned duration and budget"),
        ({"budget": math.nan}, "Planned duration and budget"),
        ({"snapshots": (snapshot(2), snapshot(2))}, "must come after"),
        ({"snapshots": (snapshot(1, earned=-1),)}, "one of the snapshots"),
        ({"snapshots": (snapshot(1, spent=math.inf),)}, "one of the snapshots"),
        ({"snapshots": (snapshot(0),)}, "one of the snapshots"),
    ],
)
def test_figures_of_no_project_are_refused(values, said):
    with pytest.raises(TrackError, match=said):
        Track(**{"planned_duration": 10, "budget": 100, **values})


def test_snapshot_of_a_measured_plan_counts_in_working_minutes():
    monday = 4 * 1440
    agreed = Baseline(number=0, start_at=monday + 480, finish_at=monday + 4 * 1440 + 1020, effort_minutes=2400)
    half = Progress(percent_permille=500, actual_start_at=monday + 480, actual_effort_minutes=1500)
    plan = Plan(tasks=(Task(uid=1, name="Design", progress=half, baselines=(agreed,)),))
    report = measure_plan(plan, status_at=monday + 2 * 1440 + 1020, measure=Measure.EFFORT)
    assert snapshot_of(report, open_issues=3) == Snapshot(
        time=1440, earned_schedule=1200, planned=1440, earned=1200, spent=1500, open_issues=3
    )
    assert report.forecast.indices.spi_t.value == Fraction(1200, 1440)


def test_plan_without_baseline_or_not_begun_has_no_snapshot():
    plan = Plan(tasks=(Task(uid=1, name="Design"),))
    assert snapshot_of(measure_plan(plan, status_at=10_000, measure=Measure.EFFORT)) is None
