"""Questions about days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import holidays
from django.db.models import Count

from kaname.ground.calendars.models import CompanyYear, HolidayOverride, WorkCalendar
from kaname.ground.calendars.rules import VIEW
from kaname.ground.calendars.types import CalendarKind
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A fiscal year by the year in which it begins, with its days `[starts_on, ends_before)`."""

    year: int
    starts_on: date
    ends_before: date


def calendars(actor: Actor) -> Iterable[WorkCalendar]:
    """Return the calendars in use, by kind and name. 1 query."""
    return (
        visible(actor, VIEW, WorkCalendar.objects.filter(archived_at=None))
        .select_related("base")
        .order_by("kind", "name")
    )


def list_calendars(actor: Actor, *, kind: str = "", is_archive: bool = False) -> Iterable[WorkCalendar]:
    """Return the calendars of a kind, or of all, in use or out of use, each with `exception_count`. 1 query."""
    found = visible(actor, VIEW, WorkCalendar.objects.filter(archived_at__isnull=not is_archive))
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("base").annotate(exception_count=Count("exceptions")).order_by("kind", "name", "id")


def company_calendar() -> WorkCalendar | None:
    """Return the company's calendar: the oldest of its kind in use. 1 query."""
    return WorkCalendar.objects.filter(kind=CalendarKind.COMPANY, archived_at=None).order_by("id").first()


def company_year() -> CompanyYear:
    """Return the company's year settings, those of a Japanese company where none are kept. 1 query."""
    return CompanyYear.objects.first() or CompanyYear()


def fiscal_year_of(day: date, *, starts_in_month: int) -> FiscalYear:
    """Return the fiscal year of a day.

    Examples
    --------
    >>> fiscal_year_of(date(2026, 3, 31), starts_in_month=4).year
    2025
    """
    year = day.year if day.month >= starts_in_month else day.year - 1
    return FiscalYear(year, date(year, starts_in_month, 1), date(year + 1, starts_in_month, 1))


def public_holidays(first_year: int, last_year: int, *, country: str = "JP") -> Mapping[date, str]:
    """Return the public holidays of whole years, by date, named in the country's language.

    A year of which the imported list has any day comes from the list alone; the others come from the maintained library,
    which knows substitute and citizens' holidays.  1 query.
    """
    imported = HolidayOverride.objects.filter(on__year__range=(first_year, last_year)).values_list("on", "name")
    listed = dict(imported)
    covered = {day.year for day in listed}
    wanted = [year for year in range(first_year, last_year + 1) if year not in covered]
    language = "ja" if country == "JP" else None
    known = holidays.country_holidays(country, years=wanted, language=language) if wanted else {}
    return dict(sorted({**known, **listed}.items()))
