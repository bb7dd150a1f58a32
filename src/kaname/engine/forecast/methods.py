"""Forecasts of duration and cost from earned value: formulas on a track, each with its source."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kaname.engine.forecast.track import Track
from kaname.engine.text import Message, gettext_noop

DURATION_SMOOTHING: Final = 0.15
COST_SMOOTHING: Final = 0.1

NOTHING_MEASURED: Final = Message(gettext_noop("Too early to say: there is no status date yet."))
NOTHING_EARNED: Final = Message(gettext_noop("Too early to say: nothing is earned yet."))
NOTHING_PLANNED: Final = Message(gettext_noop("Too early to say: nothing was planned to be done by the status date."))
COST_UNKNOWN: Final = Message(gettext_noop("The actual cost is not known."))
NOTHING_SPENT: Final = Message(gettext_noop("Too early to say: nothing is spent yet."))
STANDSTILL: Final = Message(gettext_noop("Nothing has been earned for so long that no end is in sight."))


class Method(StrEnum):
    """A way to forecast; the first group is of duration, the second of cost."""

    PLANNED_VALUE = "planned_value"
    EARNED_DURATION = "earned_duration"
    EARNED_SCHEDULE_AT_PLAN = "earned_schedule_at_plan"
    EARNED_SCHEDULE = "earned_schedule"
    SMOOTHED_SCHEDULE = "smoothed_schedule"
    NETWORK = "network"
    COST_AT_PLAN = "cost_at_plan"
    COST_AT_CPI = "cost_at_cpi"
    SMOOTHED_COST = "smoothed_cost"
    SHRUNK_COST = "shrunk_cost"
    COST_BY_TASK = "cost_by_task"
    COMBINED = "combined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a method says, or why it says nothing; a duration counts from the planned start."""

    method: Method
    value: float | None
    reason: Message | None = None


def duration_estimates(track: Track, *, smoothing: float = DURATION_SMOOTHING) -> tuple[Estimate, ...]:
    """Return the durations that earned value forecasts, by method.

    With AT the time, PD the planned duration, ES the earned schedule, PV, EV planned and earned value, SPI = EV / PV and
    SPI(t) = ES / AT:

    - planned value: PD / SPI (Anbari, 2003);
    - earned duration: AT + (max(PD, AT) - AT · SPI) / SPI (Jacob, 2003, with performance factor SPI);
    - earned schedule at plan, ES-1: AT + PD - ES (Lipke, 2003);
    - earned schedule, ES-SPI(t): AT + (PD - ES) / SPI(t) = PD / SPI(t) (Henderson, 2004);
    - smoothed schedule, XSM(t): AT + (PD - ES) / T, where T is the trend of ES, smoothed with T_0 = 1 and
      T_k = β (ES_k - ES_(k-1)) / (AT_k - AT_(k-1)) + (1 - β) T_(k-1) (Batselier & Vanhoucke, 2017; Holt's method whose
      level is the value itself); β = 0 is ES-1.

    No forecast lies before the status date; a finished project took what it took.

    Examples
    --------
    >>> from kaname.engine.forecast.track import Snapshot
    >>> late = Track(planned_duration=10, budget=100, snapshots=(
    ...     Snapshot(time=4, earned_schedule=3, planned=40, earned=30),))
    >>> [round(each.value, 2) for each in duration_estimates(late)]
    [13.33, 13.33, 11, 13.33, 11.27]
    """
    names = (
        Method.PLANNED_VALUE,
        Method.EARNED_DURATION,
        Method.EARNED_SCHEDULE_AT_PLAN,
        Method.EARNED_SCHEDULE,
        Method.SMOOTHED_SCHEDULE,
    )
    if not track.snapshots:
        return _all(names, NOTHING_MEASURED)
    if track.finished_after is not None:
        return tuple(Estimate(method=name, value=track.finished_after) for name in names)
    now, planned = track.snapshots[-1], track.planned_duration
    left = max(planned - now.earned_schedule, 0.0)
    trend = _trend([(0.0, 0.0), *((each.time, each.earned_schedule) for each in track.snapshots)], smoothing, first=1.0)
    idle = NOTHING_EARNED if now.planned > 0 else NOTHING_PLANNED
    values = (
        _ratio(planned * now.planned, now.earned, idle),
        _ratio(max(planned, now.time) * now.planned, now.earned, idle),
        (now.time + left, None),
        _ratio(planned * now.time, now.earned_schedule, NOTHING_EARNED),
        _after(now.time, _ratio(left, trend, STANDSTILL)),
    )
    return tuple(
        Estimate(method=name, value=None if value is None else max(value, now.time), reason=reason)
        for name, (value, reason) in zip(names, values, strict=True)
    )


def cost_estimates(track: Track, *, smoothing: float = COST_SMOOTHING) -> tuple[Estimate, ...]:
    """Return the costs that earned value forecasts, by method.

    With AC the actual cost, BAC the budget, EV the earned value:

    - cost at plan: AC + BAC - EV;
    - cost at CPI: AC + (BAC - EV) · AC / EV = BAC / CPI;
    - smoothed cost, XSM: AC + (BAC - EV) · T_AC / T_EV with the trends of AC and EV smoothed as that of ES, from
      BAC / PD on (Batselier & Vanhoucke, 2017); β = 0 is cost at plan.

    Examples
    --------
    >>> from kaname.engine.forecast.track import Snapshot
    >>> dear = Track(planned_duration=10, budget=100, snapshots=(
    ...     Snapshot(time=5, earned_schedule=4, planned=50, earned=40, spent=50),))
    >>> [round(each.value, 2) for each in cost_estimates(dear)]
    [110, 125.0, 111.22]
    """
    names = (Method.COST_AT_PLAN, Method.COST_AT_CPI, Method.SMOOTHED_COST)
    if not track.snapshots:
        return _all(names, NOTHING_MEASURED)
    now = track.snapshots[-1]
    if now.spent is None:
        return _all(names, COST_UNKNOWN)
    if track.finished_after is not None:
        return tuple(Estimate(method=name, value=now.spent) for name in names)
    left = track.budget - now.earned
    pace = track.budget / track.planned_duration
    spending = _trend(
        [(0.0, 0.0), *((each.time, each.spent or 0.0) for each in track.snapshots)], smoothing, first=pace
    )
    earning = _trend([(0.0, 0.0), *((each.time, each.earned) for each in track.snapshots)], smoothing, first=pace)
    values = (
        (now.spent + left, None),
        _ratio(track.budget * now.spent, now.earned, NOTHING_EARNED) if now.spent else (None, NOTHING_SPENT),
        _after(now.spent, _ratio(left * spending, earning, STANDSTILL)),
    )
    return tuple(
        Estimate(method=name, value=value, reason=reason) for name, (value, reason) in zip(names, values, strict=True)
    )


def _all(names: Sequence[Method], reason: Message) -> tuple[Estimate, ...]:
    return tuple(Estimate(method=name, value=None, reason=reason) for name in names)


def _ratio(value: float, divisor: float, reason: Message) -> tuple[float | None, Message | None]:
    """Return a quotient, or the reason why there is none."""
    return (value / divisor, None) if divisor > 0 and math.isfinite(value / divisor) else (None, reason)


def _after(done: float, rest: tuple[float | None, Message | None]) -> tuple[float | None, Message | None]:
    value, reason = rest
    return (None, reason) if value is None else (done + value, None)


def _trend(points: Sequence[tuple[float, float]], smoothing: float, *, first: float) -> float:
    """Return the smoothed growth per unit of time."""
    trend = first
    for (before, low), (now, high) in itertools.pairwise(points):
        trend = smoothing * (high - low) / (now - before) + (1 - smoothing) * trend
    return trend
