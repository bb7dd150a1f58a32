"""Earned schedule: schedule performance in units of time."""

from collections.abc import Sequence
from fractions import Fraction

from kaname.engine.earned_value.types import Figure, TimeIndices
from kaname.engine.text import Message, gettext_noop

_NOT_BEGUN = Message(gettext_noop("The status date is not after the planned start."))
_NOTHING_EARNED = Message(gettext_noop("Nothing is earned yet."))
_ALL_DONE = Message(gettext_noop("No work remains."))
_TIME_SPENT = Message(gettext_noop("The planned finish has passed, so no pace can keep it."))


def earned_periods(planned: Sequence[int], earned: int) -> Fraction:
    """Return the earned schedule in periods.

    ES = N + (EV - PV_N) / (PV_{N+1} - PV_N), where N is the last period end whose cumulative planned value EV has
    reached; the planned duration once EV has reached the budget.

    Parameters
    ----------
    planned
        Cumulative planned value at the end of period 1, 2, …, never falling; the last is the budget.
    earned
        Cumulative earned value.

    References
    ----------
    W. Lipke, "Schedule is Different", The Measurable News, March 2003.

    Examples
    --------
    >>> float(earned_periods([100, 250, 450, 600], 310))
    2.3
    """
    curve = [0, *planned]
    budget = curve[-1]
    if earned >= budget:
        return Fraction(curve.index(budget))
    reached = max(place for place, value in enumerate(curve) if value <= earned)
    step = Fraction(earned - curve[reached], curve[reached + 1] - curve[reached])
    return reached + step


def time_indices(*, earned_schedule: Fraction, actual_time: Fraction, planned_duration: Fraction) -> TimeIndices:
    """Return the indices of earned schedule, in the unit of time put in.

    SV(t) = ES - AT, SPI(t) = ES / AT, IEAC(t) = PD / SPI(t), IEAC(t) at plan = AT + PD - ES, and the pace that the rest
    needs to keep the planned finish, (PD - ES) / (PD - AT).

    Unlike SPI these stay true after the planned finish: EV stops at the budget and so ES at PD, while AT goes on.

    References
    ----------
    W. Lipke, "Schedule is Different", The Measurable News, March 2003; K. Henderson, "Further Developments in Earned
    Schedule", The Measurable News, Spring 2004.

    Examples
    --------
    >>> late = time_indices(earned_schedule=Fraction(4), actual_time=Fraction(5), planned_duration=Fraction(12))
    >>> late.spi_t.rounded(), late.ieac_t.rounded(), late.ieac_t_at_plan.rounded(), late.to_complete_spi_t.rounded()
    (0.8, 15.0, 13.0, 1.143)
    """
    has_begun = actual_time > 0
    spi_t = Figure(earned_schedule / actual_time) if has_begun else Figure(None, _NOT_BEGUN)
    if spi_t.value is None:
        ieac_t = Figure(None, _NOT_BEGUN)
    elif spi_t.value == 0:
        ieac_t = Figure(None, _NOTHING_EARNED)
    else:
        ieac_t = Figure(planned_duration / spi_t.value)
    return TimeIndices(
        earned_schedule=Figure(earned_schedule),
        actual_time=Figure(actual_time),
        planned_duration=Figure(planned_duration),
        sv_t=Figure(earned_schedule - actual_time) if has_begun else Figure(None, _NOT_BEGUN),
        spi_t=spi_t,
        ieac_t=ieac_t,
        ieac_t_at_plan=Figure(actual_time + planned_duration - earned_schedule)
        if has_begun
        else Figure(None, _NOT_BEGUN),
        to_complete_spi_t=_to_complete(earned_schedule, actual_time, planned_duration),
    )


def _to_complete(earned_schedule: Fraction, actual_time: Fraction, planned_duration: Fraction) -> Figure:
    if earned_schedule >= planned_duration:
        return Figure(None, _ALL_DONE)
    if actual_time >= planned_duration:
        return Figure(None, _TIME_SPENT)
    return Figure((planned_duration - earned_schedule) / (planned_duration - actual_time))
