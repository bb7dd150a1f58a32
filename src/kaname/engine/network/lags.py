# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Lags as the passes count them, plain Python that also runs compiled (see `engine.network.jit`)."""

from kaname.engine.calendar.kernels import Ints, finish_moment, start_moment, work_at


def later(eras: Ints, days: Ints, calendar: int, moment: int, lag: int) -> int:
    """Return the moment a lag after `moment`; a lead gives an earlier one."""
    if lag >= 0:
        return finish_moment(eras, days, calendar, work_at(eras, days, calendar, moment) + lag)
    return start_moment(eras, days, calendar, work_at(eras, days, calendar, moment) + lag)


def earlier(eras: Ints, days: Ints, calendar: int, moment: int, lag: int) -> int:
    """Return the latest moment from which a lag reaches `moment` at the latest."""
    return start_moment(eras, days, calendar, work_at(eras, days, calendar, moment) - lag)


def share_lag(
    eras: Ints, days: Ints, permille: int, calendar: int, predecessor_start: int, predecessor_finish: int
) -> int:
    """Return the minutes of a lag that is a share of the predecessor's length."""
    length = work_at(eras, days, calendar, predecessor_finish) - work_at(eras, days, calendar, predecessor_start)
    return (length * permille + 500) // 1000
