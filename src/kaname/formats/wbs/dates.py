"""Dates as Japanese and English sheets write them.

A date without a time is a *day*: it means the beginning of work for a start and the end of work for a finish.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kaname.formats.wbs.types import Cell

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2149
_SERIAL_EPOCH: Final = date(1899, 12, 30)
_FIRST_SERIAL: Final = 20000
_LAST_SERIAL: Final = 91000

_ERAS: Final = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BLANKS: Final = frozenset(
    {"", "-", "ー", "—", "―", "–", "未定", "未", "tbd", "tba", "n/a", "na", "なし", "無し", "未着手", "?", "調整中"}
)

_TIME: Final = r"(?:[t\s]+(?P<hour>\d{1,2})[:時](?P<minute>\d{2})?(?::\d{2}(?:\.\d+)?)?分?z?)?"
_WEEKDAY: Final = re.compile(
    r"[(\[]\s*(?:[月火水木金土日祝休・]{1,4}(?:曜日?)?|mon|tue|wed|thu|fri|sat|sun)\s*[)\]]|[月火水木金土日]曜日?"
)
_FULL: Final = re.compile(
    r"(?P<year>\d{4})\s*[年/.\-]\s*(?P<month>\d{1,2})\s*[月/.\-]\s*(?P<day>\d{1,2})\s*日?" + _TIME
)
_COMPACT: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})" + _TIME)
_SHORT_YEAR: Final = re.compile(r"'?(?P<year>\d{2})[/.\-年](?P<month>\d{1,2})[/.\-月](?P<day>\d{1,2})日?" + _TIME)
_ERA: Final = re.compile(
    r"(?P<era>令和|平成|昭和|[rhs])\s*(?P<year>\d{1,2}|元)\s*[年./\-]\s*(?P<month>\d{1,2})\s*[月./\-]\s*(?P<day>\d{1,2})\s*日?"
    + _TIME
)
_AMERICAN: Final = re.compile(r"(?P<month>\d{1,2})[/\-](?P<day>\d{1,2})[/\-](?P<year>\d{4})" + _TIME)
_DAY_MONTH_NAME: Final = re.compile(
    r"(?P<day>\d{1,2})[\s\-/]*(?P<name>[a-z]{3,9})\.?[\s\-/,]*(?P<year>\d{4}|\d{2})?" + _TIME
)
_MONTH_NAME_DAY: Final = re.compile(
    r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(?P<year>\d{4}))?" + _TIME
)
_MONTH_DAY: Final = re.compile(r"(?P<month>\d{1,2})\s*[月/.\-]\s*(?P<day>\d{1,2})\s*日?" + _TIME)
_MONTH_PART: Final = re.compile(
    r"(?:(?P<year>\d{4})[年/.\-])?(?P<month>\d{1,2})月?\s*(?P<part>上旬|中旬|下旬|初旬|初|中|末|末日)"
)
_PARTS: Final = {
    "上旬": (1, 10),
    "初旬": (1, 10),
    "初": (1, 10),
    "中旬": (11, 20),
    "中": (11, 20),
    "下旬": (21, 31),
    "末": (31, 31),
    "末日": (31, 31),
}


class DateFlaw(StrEnum):
    """What had to be guessed, or why there is no date."""

    UNREADABLE = "unreadable"
    OUT_OF_RANGE = "out_of_range"
    YEAR_GUESSED = "year_guessed"
    YEAR_MISSING = "year_missing"
    PART_OF_MONTH = "part_of_month"


@dataclass(frozen=True, slots=True)
class DateRead:
    """What a cell says: a day, with minutes after midnight where a time is given, and what is wrong with it."""

    day: date | None = None
    minute: int | None = None
    flaw: DateFlaw | None = None


NO_DATE: Final = DateRead()


def read_date(value: Cell, *, near: date | None, is_finish: bool = False) -> DateRead:
    """Return the date in a cell.

    Parameters
    ----------
    near
        A date of the same plan: a date without a year is taken in the year that brings it nearest to it.
    is_finish
        Of `4月上旬` take the last day instead of the first.

    Examples
    --------
    >>> read_date("令和8年4月1日(水)", near=None).day
    datetime.date(2026, 4, 1)
    >>> read_date("1/10", near=date(2025, 12, 20)).day
    datetime.date(2026, 1, 10)
    """
    if value is None or isinstance(value, bool):
        return NO_DATE
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return _checked(value, None)
    if isinstance(value, int | float):
        return _serial(value)
    if isinstance(value, str):
        return _read_text(value, near, is_finish=is_finish)
    return DateRead(flaw=DateFlaw.UNREADABLE)


def _moment(value: datetime) -> DateRead:
    """Spreadsheets keep times as fractions of a day, so that 13:20 comes as 13:20:00.384: round to the minute."""
    try:
        rounded = value.replace(tzinfo=None) + timedelta(seconds=30)
    except OverflowError:
        return DateRead(flaw=DateFlaw.OUT_OF_RANGE)
    return _checked(rounded.date(), rounded.hour * 60 + rounded.minute or None)


def _serial(value: float) -> DateRead:
    if not _FIRST_SERIAL <= value <= _LAST_SERIAL:
        compact = str(int(value)) if value == value and abs(value) < 1e9 else ""  # noqa: PLR0124 - NaN is not itself
        found = _COMPACT.fullmatch(compact)
        return _dated(found, int(found["year"])) if found else DateRead(flaw=DateFlaw.UNREADABLE)
    minutes = round((value % 1) * 1440)
    return _checked(_SERIAL_EPOCH + timedelta(days=int(value) + minutes // 1440), minutes % 1440 or None)


def _read_text(text: str, near: date | None, *, is_finish: bool) -> DateRead:
    folded = unicodedata.normalize("NFKC", text[:80]).strip().lower()
    if folded in _BLANKS:
        return NO_DATE
    folded = _WEEKDAY.sub("", folded).strip()
    return _with_year(folded) or _without_year(folded, near, is_finish=is_finish) or DateRead(flaw=DateFlaw.UNREADABLE)


def _with_year(text: str) -> DateRead | None:
    for pattern in (_FULL, _COMPACT, _AMERICAN):
        if found := pattern.fullmatch(text):
            return _dated(found, int(found["year"]))
    if found := _SHORT_YEAR.fullmatch(text):
        return _dated(found, 2000 + int(found["year"]))
    if found := _ERA.fullmatch(text):
        year = 1 if found["year"] == "元" else int(found["year"])
        return _dated(found, _ERAS[found["era"]] + year)
    return None


def _without_year(text: str, near: date | None, *, is_finish: bool) -> DateRead | None:
    if found := _MONTH_PART.fullmatch(text):
        return _month_part(found, near, is_finish=is_finish)
    for pattern in (_DAY_MONTH_NAME, _MONTH_NAME_DAY):
        found = pattern.fullmatch(text)
        if found and found["name"][:3] in _MONTHS:
            month = _MONTHS.index(found["name"][:3]) + 1
            if found["year"]:
                year = int(found["year"])
                return _dated(found, year if year > 99 else 2000 + year, month)
            return _nearest(found, month, near)
    if found := _MONTH_DAY.fullmatch(text):
        return _nearest(found, int(found["month"]), near)
    return None


def _dated(found: re.Match[str], year: int, month: int | None = None) -> DateRead:
    month = int(found["month"]) if month is None else month
    day = int(found["day"])
    if "(?P<month>\\d{1,2})[/\\-](?P<day>" in found.re.pattern and month > 12 >= day:
        month, day = day, month
    try:
        return _checked(date(year, month, day), _minute(found))
    except ValueError:
        return DateRead(flaw=DateFlaw.UNREADABLE)


def _minute(found: re.Match[str]) -> int | None:
    if found["hour"] is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 23 or minute > 59:
        raise ValueError("no such time of day")
    return hour * 60 + minute or None


def _nearest(found: re.Match[str], month: int, near: date | None) -> DateRead:
    if near is None:
        return DateRead(flaw=DateFlaw.YEAR_MISSING)
    reads = [_dated(found, year, month) for year in (near.year - 1, near.year, near.year + 1)]
    fitting = [read for read in reads if read.day is not None]
    if not fitting:
        return DateRead(flaw=DateFlaw.UNREADABLE)
    best = min(fitting, key=lambda read: abs((read.day - near).days) if read.day else 0)
    return DateRead(best.day, best.minute, DateFlaw.YEAR_GUESSED)


def _month_part(found: re.Match[str], near: date | None, *, is_finish: bool) -> DateRead:
    month = int(found["month"])
    if not 1 <= month <= 12:
        return DateRead(flaw=DateFlaw.UNREADABLE)
    years = [int(found["year"])] if found["year"] else [near.year + step for step in (-1, 0, 1)] if near else []
    if not years or not FIRST_YEAR <= years[0] <= LAST_YEAR:
        return DateRead(flaw=DateFlaw.YEAR_MISSING)
    wanted = _PARTS[found["part"]][1 if is_finish else 0]
    days = [date(year, month, min(wanted, monthrange(year, month)[1])) for year in years]
    day = min(days, key=lambda each: abs((each - near).days) if near else 0)
    return DateRead(day, None, DateFlaw.PART_OF_MONTH)


def _checked(day: date, minute: int | None) -> DateRead:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return DateRead(flaw=DateFlaw.OUT_OF_RANGE)
    return DateRead(day, minute)
