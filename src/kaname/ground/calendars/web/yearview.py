"""A fiscal year as it is drawn: months of weeks, and the days that have a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.ground.calendars.types import DayFact, DayKind, MonthFact, YearFact
from kaname.ui.components.dates import language
from kaname.ui.components.numbers import figure_words

_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day."""

    day: int
    hours: str
    look: str
    says: str
    is_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDays:
    """Days with one name that follow one another."""

    days: str
    name: str
    hours: str
    look: str
    calendar_id: int | None
    calendar_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month; a week holds `None` for days of other months."""

    name: str
    business_days: int
    hours: str
    weeks: Sequence[Sequence[Cell | None]]
    named: Sequence[NamedDays]


def hours(minutes: int) -> str:
    """Return working minutes in hours, as short as possible.

    Examples
    --------
    >>> hours(480), hours(465), hours(0)
    ('8', '7.75', '0')
    """
    return figure_words(minutes / 60, 2, trims=True)


def month_words(month: int) -> str:
    """Return what a month is called in the reader's language."""
    return f"{month}月" if language() == "ja" else _ENGLISH_MONTHS[month - 1]


def drawn(year: YearFact, *, today: date) -> list[Month]:
    """Return the months of a year as they are drawn."""
    return [_month(month, today) for month in year.months]


def _month(month: MonthFact, today: date) -> Month:
    first = month.starts_on
    padded: list[Cell | None] = [None] * first.weekday() + [_cell(day, today) for day in month.days]
    padded += [None] * (-len(padded) % 7)
    name = (
        f"{first.year}年{first.month}月" if language() == "ja" else f"{_ENGLISH_MONTHS[first.month - 1]} {first.year}"
    )
    return Month(
        name=name,
        business_days=month.business_days,
        hours=hours(month.minutes),
        weeks=[padded[start : start + 7] for start in range(0, len(padded), 7)],
        named=[_named(run) for run in _runs(month.named)],
    )


def _cell(day: DayFact, today: date) -> Cell:
    return Cell(
        day=day.on.day,
        hours=hours(day.minutes) if day.minutes else "",
        look=day.kind.value,
        says=day.name,
        is_today=day.on == today,
    )


def _runs(days: Iterable[DayFact]) -> list[list[DayFact]]:
    runs: list[list[DayFact]] = []
    for day in days:
        last = runs[-1][-1] if runs else None
        if last and day.on - last.on == timedelta(days=1) and (day.name, day.minutes) == (last.name, last.minutes):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _named(run: Sequence[DayFact]) -> NamedDays:
    first, last = run[0], run[-1]
    return NamedDays(
        days=str(first.on.day) if len(run) == 1 else f"{first.on.day}–{last.on.day}",
        name=first.name,
        hours=hours(first.minutes) if first.kind is DayKind.OTHER_HOURS else "",
        look=first.kind.value,
        calendar_id=first.calendar_id,
        calendar_name=first.calendar_name,
    )
