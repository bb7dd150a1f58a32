"""Earned schedule on the calendar: to which moment of the baseline does the value earned by now belong."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kaname.engine.calendar import CalendarExhaustedError
from kaname.engine.earned_value.earned_schedule import time_indices
from kaname.engine.earned_value.phasing import Phasing
from kaname.engine.earned_value.types import Figure, ScheduleForecast, TimeIndices, WorkingTime
from kaname.engine.text import Message, gettext_noop

_NO_BASELINE = Message(gettext_noop("There is no budget in the baseline."))
_NOTHING_EARNED = Message(gettext_noop("Nothing is earned yet."))


def forecast(
    phasing: Phasing, *, earned: NDArray[np.int64], measured_at: int, project: WorkingTime
) -> ScheduleForecast:
    """Return earned schedule, its indices and the finish that they forecast.

    Parameters
    ----------
    phasing
        The accounts' own budgets over time.
    earned
        What each account has earned of its own budget.
    measured_at
        The status date, or the actual finish of what is finished.
    project
        The calendar on which time is counted.

    Notes
    -----
    On a continuous curve Lipke's interpolation between period ends becomes the moment at which the planned value equals
    the earned value.  Where the curve rests (nothing is planned for a while) many moments do; the one nearest to
    `measured_at` is taken, so that a project exactly on plan has SV(t) = 0.  Found to the minute by bisection in
    O(accounts · log minutes).
    """
    rows = phasing.is_planned & (phasing.budget > 0)
    if not rows.any():
        return _without_baseline(measured_at)
    start_at, finish_at = int(phasing.start_at[rows].min()), int(phasing.finish_at[rows].max())
    earned_at = _earned_moment(phasing, float(np.sum(earned)), start_at, finish_at, measured_at)
    found = time_indices(
        earned_schedule=Fraction(project.between(start_at, earned_at)),
        actual_time=Fraction(project.between(start_at, measured_at)),
        planned_duration=Fraction(project.between(start_at, finish_at)),
    )
    return ScheduleForecast(
        indices=found,
        planned_start_at=start_at,
        planned_finish_at=finish_at,
        measured_at=measured_at,
        earned_at=earned_at,
        forecast_finish_at=_moment(project, start_at, found.ieac_t),
        forecast_finish_at_plan=_moment(project, start_at, found.ieac_t_at_plan),
        p_factor=_adherence(phasing, earned, earned_at),
    )


def _earned_moment(phasing: Phasing, earned: float, start_at: int, finish_at: int, measured_at: int) -> int:
    budget = float(np.sum(phasing.budget.astype(np.float64)))
    slack = budget * 1e-9
    if earned >= budget - slack:
        return finish_at
    first = _bisect(phasing, earned - slack, start_at, finish_at)
    after = _bisect(phasing, np.nextafter(earned + slack, np.inf), start_at, finish_at)
    return min(max(first, measured_at), max(first, after - 1))


def _bisect(phasing: Phasing, value: float, start_at: int, finish_at: int) -> int:
    """Return the first moment at which at least this value was planned."""
    low, high = start_at, finish_at
    while low < high:
        middle = (low + high) // 2
        if phasing.planned_total(middle) >= value:
            high = middle
        else:
            low = middle + 1
    return low


def _moment(project: WorkingTime, start_at: int, span: Figure) -> int | None:
    """Return the moment so many working minutes after the start, rounded up; `None` beyond the calendar's years."""
    if span.value is None:
        return None
    minutes = -(-span.value.numerator // span.value.denominator)
    try:
        return project.add(start_at, minutes)
    except CalendarExhaustedError:
        return None


def _adherence(phasing: Phasing, earned: NDArray[np.int64], earned_at: int) -> Figure:
    """Return the p-factor: Σ min(PV_i at ES, EV_i) ÷ Σ PV_i at ES.

    W. Lipke, "Connecting Earned Value to the Schedule", The Measurable News, Winter 2004.
    """
    planned = phasing.planned_values([earned_at])[:, 0]
    whole = int(planned.sum())
    if not whole:
        return Figure(None, _NOTHING_EARNED)
    return Figure(Fraction(int(np.minimum(planned, earned).sum()), whole))


def _without_baseline(measured_at: int) -> ScheduleForecast:
    unknown = Figure(None, _NO_BASELINE)
    return ScheduleForecast(
        indices=TimeIndices(
            earned_schedule=unknown,
            actual_time=unknown,
            planned_duration=unknown,
            sv_t=unknown,
            spi_t=unknown,
            ieac_t=unknown,
            ieac_t_at_plan=unknown,
            to_complete_spi_t=unknown,
        ),
        planned_start_at=None,
        planned_finish_at=None,
        measured_at=measured_at,
        earned_at=None,
        forecast_finish_at=None,
        forecast_finish_at_plan=None,
        p_factor=unknown,
    )
