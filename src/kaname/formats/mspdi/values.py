"""The texts of single values and what they mean: dates, times, durations, numbers."""

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from kaname.engine.units import MINUTES_PER_DAY, wall_minute

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2199
MAX_DURATION_MINUTES: Final = 100 * 366 * MINUTES_PER_DAY
MAX_UID: Final = 2**31 - 1

_INTEGER: Final = re.compile(r"[+-]?\d{1,18}(?:\.0*)?")
_DECIMAL: Final = re.compile(r"[+-]?\d{0,30}(?:\.\d{0,60})?(?:[eE][+-]?\d{1,2})?")
_DURATION: Final = re.compile(
    r"(?P<sign>-)?P(?:(?P<days>\d{1,9})D)?"
    r"(?:T(?:(?P<hours>\d{1,12}(?:\.\d{1,9})?)H)?(?:(?P<minutes>\d{1,12}(?:\.\d{1,9})?)M)?(?:(?P<seconds>\d{1,12}(?:\.\d{1,9})?)S)?)?"
)
_MOMENT: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?(?:Z|[+-]\d{2}:?\d{2})?"
)
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?")
_FLAGS: Final = {"1": True, "true": True, "-1": True, "0": False, "false": False}

_remembered: Final = lru_cache(maxsize=2048)
"""A plan says the same few things thousands of times: noughts, round durations, the first minute of a day."""


@_remembered
def parse_integer(text: str) -> int | None:
    """Return a whole number, `None` where the text is none.

    Examples
    --------
    >>> parse_integer("-15"), parse_integer("3.0"), parse_integer("3.5")
    (-15, 3, None)
    """
    return int(text.partition(".")[0]) if _INTEGER.fullmatch(text) else None


@_remembered
def parse_decimal(text: str) -> Decimal | None:
    """Return a number with any decimals, `None` where the text is none.

    Examples
    --------
    >>> parse_decimal("0.5"), parse_decimal("half")
    (Decimal('0.5'), None)
    """
    if not text or not _DECIMAL.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def parse_flag(text: str) -> bool | None:
    """Return yes or no, `None` where the text is neither.

    Examples
    --------
    >>> parse_flag("1"), parse_flag("false"), parse_flag("perhaps")
    (True, False, None)
    """
    return _FLAGS.get(text.lower())


@_remembered
def parse_moment(text: str) -> tuple[int, bool] | None:
    """Return the wall minute of a date and time and whether it is exact, `None` where the text is no moment.

    A zone is ignored: plans are made in local time.  Seconds are cut off.

    Raises
    ------
    OverflowError
        If the year lies outside 1950 to 2199.

    Examples
    --------
    >>> parse_moment("1970-01-02T09:00:00"), parse_moment("1970-01-02T09:00:30"), parse_moment("tomorrow")
    ((1980, True), (1980, False), None)
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups())
    try:
        moment = datetime(year, month, day, hour, minute)  # noqa: DTZ001 - wall time has no zone on purpose
    except ValueError:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OverflowError(text)
    return wall_minute(moment), second == 0


def parse_day(text: str) -> date | None:
    """Return the day of a date or moment of any year, `None` where the text is none.

    Examples
    --------
    >>> parse_day("2026-04-01T23:59:00")
    datetime.date(2026, 4, 1)
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def parse_time(text: str) -> int | None:
    """Return the minutes after midnight of a time of the day, `None` where the text is none.

    The last second of the day counts as the end of the day.

    Examples
    --------
    >>> parse_time("08:30:00"), parse_time("23:59:59"), parse_time("25:00")
    (510, 1440, None)
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = (int(group or 0) for group in match.groups())
    if (hour, minute, second) in {(23, 59, 59), (24, 0, 0)}:
        return MINUTES_PER_DAY
    try:
        moment = time(hour, minute, second)
    except ValueError:
        return None
    return moment.hour * 60 + moment.minute


@_remembered
def parse_duration(text: str) -> tuple[int, bool] | None:
    """Return the minutes of an ISO 8601 duration and whether they are exact, `None` where the text is none.

    Days are days of the clock, as XML Schema has them; years and months have no fixed length and are no duration here.

    Raises
    ------
    OverflowError
        If the duration is longer than a hundred years.

    Examples
    --------
    >>> parse_duration("PT8H0M0S"), parse_duration("PT152H38M24S"), parse_duration("-PT1H"), parse_duration("P1DT1H")
    ((480, True), (9158, False), (-60, True), (1500, True))
    """
    match = _DURATION.fullmatch(text)
    if match is None or text in {"P", "-P"} or text.endswith("T"):
        return None
    days, hours, minutes, seconds = (Decimal(match[name] or 0) for name in ("days", "hours", "minutes", "seconds"))
    total_seconds = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    total_minutes = int((total_seconds + 30) // 60)
    if total_minutes > MAX_DURATION_MINUTES:
        raise OverflowError(text)
    return (-total_minutes if match["sign"] else total_minutes), total_seconds % 60 == 0
