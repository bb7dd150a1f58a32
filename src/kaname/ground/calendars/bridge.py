"""Rows of calendars as the engine takes them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from kaname.engine.calendar.types import Calendar, DayException, Shift
from kaname.ground.calendars.models import CalendarException, WorkCalendar
from kaname.ground.calendars.queries import company_year, public_holidays

HOLIDAY_YEARS_AHEAD = 12
"""How far public holidays are worked out; later years work by the weekly pattern alone."""


def shifts(pairs: Iterable[Iterable[int]]) -> tuple[Shift, ...]:
    """Return stored `[start, finish]` pairs as shifts in ascending order."""
    return tuple(sorted(Shift(start, finish) for start, finish in pairs))


def week(stored: list[list[list[int]] | None]) -> tuple[tuple[Shift, ...] | None, ...]:
    """Return a stored weekly pattern as the engine's."""
    return tuple(None if day is None else shifts(day) for day in stored)


def engine_calendars(*, today: date, also: Iterable[WorkCalendar] = ()) -> Mapping[int, Calendar]:
    """Return all calendars in use, and those handed in, as engine calendars by id, each naming its base.

    Public holidays are worked out from ten years back to `HOLIDAY_YEARS_AHEAD` years ahead of `today`.

    Notes
    -----
    4 queries at most, whatever the number of calendars.
    """
    rows = {row.pk: row for row in WorkCalendar.objects.filter(archived_at=None)}
    rows.update({row.pk: row for row in also})
    exceptions: dict[int, list[DayException]] = {pk: [] for pk in rows}
    for row in CalendarException.objects.filter(calendar_id__in=rows).order_by("starts_on", "id"):
        exceptions[row.calendar_id].append(DayException(row.starts_on, row.ends_before, shifts(row.shifts), row.name))
    public = _public_exceptions(today) if any(row.observes_public_holidays for row in rows.values()) else ()
    return {
        pk: Calendar(
            uid=pk,
            name=row.name,
            week=week(row.week),
            exceptions=(*(public if row.observes_public_holidays else ()), *exceptions[pk]),
            base_uid=row.base_id,
        )
        for pk, row in rows.items()
    }


def _public_exceptions(today: date) -> tuple[DayException, ...]:
    country = company_year().holiday_country
    days = public_holidays(today.year - 10, today.year + HOLIDAY_YEARS_AHEAD, country=country)
    return tuple(DayException(day, day + timedelta(days=1), (), name) for day, name in days.items())
