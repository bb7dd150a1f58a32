"""All that can be said of a running plan from the plan itself and the closed ones, at one status date."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kaname.engine.calendar import CalendarExhaustedError
from kaname.engine.earned_value import EarnedValueReport, Measure, best_measure, measure_plan
from kaname.engine.forecast.bias import BiasModel
from kaname.engine.forecast.methods import Estimate, cost_estimates, duration_estimates
from kaname.engine.forecast.rerun import DEFAULT_RUNS, FinishForecast, forecast_finish
from kaname.engine.forecast.track import Track, TrackError, snapshot_of
from kaname.engine.network.plan import Plan
from kaname.engine.network.timebook import Timebook
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY

_MOST_MINUTES: Final = 9999 * 366 * MINUTES_PER_DAY
_NO_BASELINE = gettext_noop("The plan has no baseline to measure against, or the status date lies before its start.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEstimate:
    """An estimate of duration and the moment it means; `None` where it says nothing or beyond the calendar's years."""

    estimate: Estimate
    finish_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningForecast:
    """What is known of a running plan.

    Attributes
    ----------
    measure, report
        Earned value at the status date.
    track
        Its one snapshot, in working minutes; `None` without a baseline, `reason` says so.
    durations, costs
        By the methods of earned value, empty without a track; costs in the unit of the measure.
    finish
        By the network; `None` where no model was given.
    """

    status_at: int
    measure: Measure
    report: EarnedValueReport
    track: Track | None
    durations: tuple[DatedEstimate, ...]
    costs: tuple[Estimate, ...]
    finish: FinishForecast | None
    reason: Message | None = None


def forecast_plan(
    plan: Plan,
    *,
    status_at: int,
    model: BiasModel | None = None,
    runs: int = DEFAULT_RUNS,
    seed: int = 1,
    on_progress: Callable[[int, int], bool] | None = None,
) -> RunningForecast:
    """Forecast finish and cost of a running plan by every method that has what it needs.

    Parameters
    ----------
    status_at
        The status date, a wall minute.
    model
        What was learned from closed plans; without one the network is not run.

    Raises
    ------
    PlanError, LoopError
        If the plan cannot be calculated.
    NegativeValueError, TreeLoopError
        If its baseline cannot be measured.
    """
    measure = best_measure(plan)
    report = measure_plan(plan, status_at=status_at, measure=measure)
    track = _track(report)
    finish = None
    if model is not None:
        finish = forecast_finish(
            plan, status_at=status_at, model=model, runs=runs, seed=seed, on_progress=on_progress
        )  # fmt: skip
    return RunningForecast(
        status_at=status_at,
        measure=measure,
        report=report,
        track=track,
        durations=() if track is None else _dated(plan, report, track),
        costs=() if track is None else cost_estimates(track),
        finish=finish,
        reason=Message(_NO_BASELINE) if track is None else None,
    )


def _track(report: EarnedValueReport) -> Track | None:
    snapshot = snapshot_of(report)
    duration = report.forecast.indices.planned_duration.value
    if snapshot is None or not duration or not report.total.budget:
        return None
    try:
        return Track(planned_duration=float(duration), budget=float(report.total.budget), snapshots=(snapshot,))
    except TrackError:
        return None


def _dated(plan: Plan, report: EarnedValueReport, track: Track) -> tuple[DatedEstimate, ...]:
    book = Timebook(plan)
    clock = book.measure(book.project)
    start = report.forecast.planned_start_at

    def moment(minutes: float | None) -> int | None:
        if minutes is None or start is None or minutes > _MOST_MINUTES:
            return None
        try:
            return clock.add(start, round(minutes))
        except CalendarExhaustedError:
            return None

    found = duration_estimates(track)
    return tuple(DatedEstimate(estimate=each, finish_at=moment(each.value)) for each in found)
