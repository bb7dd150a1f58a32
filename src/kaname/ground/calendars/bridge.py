"""Rows of calendars as the engine takes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.db.models import Exists, Subquery

from kaname.engine.calendar.types import Calendar, DayException, Shift
from kaname.ground.calendars.models import CalendarException, CompanyYear, HolidayOverride, WorkCalendar
from kaname.ground.calendars.types import CalendarKind, HolidayCountry

HOLIDAY_YEARS_BACK = 10
HOLIDAY_YEARS_AHEAD = 12
"""How far public holidays are worked out; other years work by the weekly pattern alone."""


def shifts(pairs: Iterable[Iterable[int]]) -> tuple[Shift, ...]:
    """Return stored `[start, finish]` pairs as shifts in ascending order."""
    return tuple(sorted(Shift(start, finish) for start, finish in pairs))


def week(stored: list[list[list[int]] | None]) -> tuple[tuple[Shift, ...] | None, ...]:
    """Return a stored weekly pattern as the engine's."""
    return tuple(None if day is None else shifts(day) for day in stored)


@dataclass(frozen=True, slots=True)
class Stack:
    """All calendars by id, each naming its base, the public holidays that they know, and which is the company's."""

    calendars: Mapping[int, Calendar]
    public: Mapping[date, str]
    company_id: int | None


def engine_calendars(*, today: date) -> Mapping[int, Calendar]:
    """Return all calendars as engine calendars by id, each naming its base. 2 queries, 3 with an imported list of holidays."""
    return stack_around(today).calendars


def stack_around(day: date) -> Stack:
    """Return all calendars, those out of use too (something may still stand on them), with the holidays around a day.

    Public holidays are worked out from `HOLIDAY_YEARS_BACK` years before to `HOLIDAY_YEARS_AHEAD` years after it.

    Notes
    -----
    2 queries, 3 with an imported list of holidays, whatever the number of calendars.
    """
    country, has_list = (
        Subquery(CompanyYear.objects.values("holiday_country")[:1]),
        Exists(HolidayOverride.objects.all()),
    )
    rows = {row.pk: row for row in WorkCalendar.objects.annotate(country=country, has_list=has_list)}
    exceptions: dict[int, list[DayException]] = {pk: [] for pk in rows}
    for row in CalendarException.objects.order_by("starts_on", "id"):
        exceptions[row.calendar_id].append(DayException(row.starts_on, row.ends_before, shifts(row.shifts), row.name))
    observing = [row for row in rows.values() if row.observes_public_holidays]
    public = _public_around(day, observing[0]) if observing else {}
    days_off = _days_off(tuple(public.items()))
    calendars = {
        pk: Calendar(
            uid=pk,
            name=row.name,
            week=week(row.week),
            exceptions=(*(days_off if row.observes_public_holidays else ()), *exceptions[pk]),
            base_uid=row.base_id,
        )
        for pk, row in rows.items()
    }
    companies = [pk for pk, row in rows.items() if row.kind == CalendarKind.COMPANY and row.archived_at is None]
    return Stack(calendars, public, min(companies, default=None))


def public_holidays(first_year: int, last_year: int, *, country: str = "JP") -> Mapping[date, str]:
    """Return the public holidays of whole years, by date, named in the country's language.

    A Japanese year of which the imported list has any day comes from the list alone; the others come from the maintained
    library, which knows substitute and citizens' holidays.  1 query for Japan, none for other countries.
    """
    listed = _imported(first_year, last_year) if country == HolidayCountry.JP else {}
    return _public(first_year, last_year, country=country, listed=listed)


def _imported(first_year: int, last_year: int) -> Mapping[date, str]:
    return dict(HolidayOverride.objects.filter(on__year__range=(first_year, last_year)).values_list("on", "name"))


def _public(first_year: int, last_year: int, *, country: str, listed: Mapping[date, str]) -> Mapping[date, str]:
    return dict(_with_library(first_year, last_year, country, tuple(sorted(listed.items()))))


@lru_cache(maxsize=64)
def _with_library(
    first_year: int, last_year: int, country: str, listed: tuple[tuple[date, str], ...]
) -> tuple[tuple[date, str], ...]:
    """Return the listed holidays and, of years without any, those of the library, in order."""
    covered = {day.year for day, _name in listed}
    known = [
        pair
        for year in range(first_year, last_year + 1)
        if year not in covered
        for pair in library_holidays(year, country)
    ]
    return tuple(sorted({**dict(known), **dict(listed)}.items()))


@lru_cache(maxsize=512)
def library_holidays(year: int, country: str = "JP") -> tuple[tuple[date, str], ...]:
    """Return a year's public holidays as the maintained library knows them, in order."""
    language = "ja" if country == HolidayCountry.JP else None
    return tuple(sorted(holidays.country_holidays(country, years=year, language=language).items()))


@lru_cache(maxsize=64)
def _days_off(public: tuple[tuple[date, str], ...]) -> tuple[DayException, ...]:
    return tuple(_day_off(day, name) for day, name in public)


@lru_cache(maxsize=2_000)
def _day_off(day: date, name: str) -> DayException:
    """Return one object for the same holiday, so that equal calendars are known by it at a glance."""
    return DayException(day, day + timedelta(days=1), (), name)


def _public_around(day: date, calendar: WorkCalendar) -> Mapping[date, str]:
    first, last = max(day.year - HOLIDAY_YEARS_BACK, 1), min(day.year + HOLIDAY_YEARS_AHEAD, 9998)
    country = calendar.country or CompanyYear().holiday_country
    if not calendar.has_list:
        return _public(first, last, country=country, listed={})
    return public_holidays(first, last, country=country)
