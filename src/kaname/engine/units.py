"""Units of the whole house: wall minutes, working minutes, permille.

A *wall minute* is the number of minutes since 1970-01-01T00:00 on the wall clock of the plan, without a zone: plans are
made in local time and a task that starts at 09:00 starts at 09:00.  Dates and wall minutes convert without loss in both
directions for the years 1 to 9999.
"""

from datetime import date, datetime, timedelta
from typing import Final

MINUTES_PER_HOUR: Final = 60
MINUTES_PER_DAY: Final = 1440
PERMILLE: Final = 1000

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - wall time has no zone on purpose
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()


def wall_minute(moment: datetime) -> int:
    """Return the wall minute of a zone-less moment, seconds cut off.

    Raises
    ------
    ValueError
        If `moment` carries a zone.

    Examples
    --------
    >>> wall_minute(datetime(1970, 1, 2, 9, 0))
    1980
    """
    if moment.tzinfo is not None:
        raise ValueError(f"a wall moment has no zone, got {moment.isoformat()}")
    delta = moment - _EPOCH
    return delta.days * MINUTES_PER_DAY + delta.seconds // 60


def wall_moment(minute: int) -> datetime:
    """Return the zone-less moment of a wall minute.

    Raises
    ------
    OverflowError
        If the minute lies outside the years 1 to 9999.

    Examples
    --------
    >>> wall_moment(1980)
    datetime.datetime(1970, 1, 2, 9, 0)
    """
    return _EPOCH + timedelta(minutes=minute)


def day_number(day: date) -> int:
    """Return the days since 1970-01-01, so that `day_number(d) * 1440` is the wall minute of its midnight.

    Examples
    --------
    >>> day_number(date(1970, 1, 2))
    1
    """
    return day.toordinal() - _EPOCH_DAY


def day_of(minute: int) -> date:
    """Return the date on which a wall minute falls; midnight belongs to the day that begins.

    Examples
    --------
    >>> day_of(1440)
    datetime.date(1970, 1, 2)
    """
    return date.fromordinal(minute // MINUTES_PER_DAY + _EPOCH_DAY)
