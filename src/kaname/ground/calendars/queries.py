"""Questions about days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from kaname.engine.calendar import CalendarError, CompiledCalendar, DayCause, compile_calendar, day_causes
from kaname.engine.calendar.types import DayException
from kaname.ground.calendars.bridge import Stack, library_holidays, public_holidays, stack_around
from kaname.ground.calendars.models import CalendarException, CompanyYear, HolidayOverride, WorkCalendar
from kaname.ground.calendars.rules import VIEW
from kaname.ground.calendars.types import (
    CalendarKind,
    DayFact,
    DayKind,
    FiscalYear,
    HolidayDifference,
    MonthFact,
    Reckoning,
    YearFact,
)
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.types import Actor, Unacceptable
from kaname.kernel.text import translate

MOST_DAYS_COUNTED: Final = 1000
LONGEST_SPAN: Final = timedelta(days=3660)


class NotReckonable(Unacceptable):
    """Business days cannot be counted on the calendar, or not so far."""


def calendars(actor: Actor) -> QuerySet[WorkCalendar]:
    """Return the calendars in use, by kind and name. 1 query."""
    return (
        visible(actor, VIEW, WorkCalendar.objects.filter(archived_at=None))
        .select_related("base")
        .order_by("kind", "name")
    )


def list_calendars(actor: Actor, *, kind: str = "", is_archive: bool = False) -> QuerySet[WorkCalendar]:
    """Return the calendars of a kind, or of all, in use or out of use, each with `exception_count`. 1 query."""
    found = visible(actor, VIEW, WorkCalendar.objects.filter(archived_at__isnull=not is_archive))
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("base").annotate(exception_count=Count("exceptions")).order_by("kind", "name", "id")


def find_calendar(actor: Actor, calendar_id: int) -> WorkCalendar:
    """Return a calendar with its base; raise `Missing` where there is none. 1 query."""
    return fetch(actor, VIEW, WorkCalendar.objects.select_related("base"), pk=calendar_id)


def exceptions_of(calendar: WorkCalendar, year: FiscalYear) -> Sequence[CalendarException]:
    """Return the own exceptions of a calendar that touch a year, in order. 1 query."""
    touching = calendar.exceptions.filter(starts_on__lt=year.ends_before, ends_before__gt=year.starts_on)
    return list(touching.order_by("starts_on", "id"))


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


def year_on(calendar: WorkCalendar, year: FiscalYear) -> YearFact:
    """Return every day of a fiscal year on a calendar, with its hours and the rule that decided it. 4 queries at most.

    Raises
    ------
    NotReckonable
        If the stack of calendars cannot be worked out.
    """
    facts = _Days(calendar, stack_around(year.starts_on)).between(year.starts_on, year.ends_before)
    months: dict[date, list[DayFact]] = {}
    for fact in facts:
        months.setdefault(fact.on.replace(day=1), []).append(fact)
    return YearFact(year, tuple(MonthFact(first, tuple(days)) for first, days in months.items()))


def reckon_after(calendar: WorkCalendar, day: date, count: int) -> Reckoning:
    """Return the business day `count` business days after a day, before it if negative, and what was skipped on the way.

    The day itself is day 0; a count of 0 asks for the day itself or the first business day after it.  4 queries at most.

    Raises
    ------
    NotReckonable
        If the calendar never works or the count is larger than `MOST_DAYS_COUNTED`.
    """
    if abs(count) > MOST_DAYS_COUNTED:
        raise NotReckonable(_("At most 1,000 business days can be counted at once."))
    days = _Days(calendar, stack_around(day))
    answer = days.compiled().add_business_days(day, count)
    if count < 0:
        between = days.between(answer, day)
    elif count == 0:
        between = days.between(day, answer)
    else:
        between = days.between(day + timedelta(days=1), answer)
    skipped = tuple(fact for fact in between if not fact.is_business_day)
    return Reckoning(starts_on=day, ends_on=answer, business_days=count, skipped=skipped)


def reckon_between(calendar: WorkCalendar, starts_on: date, ends_on: date) -> Reckoning:
    """Return how many business days there are from one day to another, both counted, and what was skipped. 4 queries at most.

    Raises
    ------
    NotReckonable
        If the period runs backward or is longer than ten years, or the calendar cannot be worked out.
    """
    if ends_on < starts_on:
        raise NotReckonable(_("The last day lies before the first one."))
    if ends_on - starts_on > LONGEST_SPAN:
        raise NotReckonable(_("At most ten years can be counted at once."))
    facts = _Days(calendar, stack_around(starts_on)).between(starts_on, ends_on + timedelta(days=1))
    skipped = tuple(fact for fact in facts if not fact.is_business_day)
    return Reckoning(starts_on=starts_on, ends_on=ends_on, business_days=len(facts) - len(skipped), skipped=skipped)


def imported_years() -> Sequence[int]:
    """Return the years whose public holidays come from an imported list, in order. 1 query."""
    return sorted({on.year for on in HolidayOverride.objects.values_list("on", flat=True)})


def differences(days: Iterable[tuple[date, str]]) -> Sequence[HolidayDifference]:
    """Return where a list of Japanese public holidays and the library disagree, in the list's years, in order."""
    listed = dict(days)
    years = {day.year for day in listed}
    library = {day: name for year in years for day, name in library_holidays(year)}
    return [
        HolidayDifference(on=on, listed=listed.get(on, ""), library=library.get(on, ""))
        for on in sorted(listed.keys() | library.keys())
        if _plain_name(listed.get(on, "")) != _plain_name(library.get(on, ""))
    ]


def _plain_name(name: str) -> str:
    """Return a name as it is compared: the Cabinet Office calls every substitute and citizens' holiday 休日."""
    return "休日" if name in {"振替休日", "国民の休日"} else name.partition("(")[0].partition("（")[0].strip()


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of one calendar with its stack, worked out around a day."""

    calendar: WorkCalendar
    stack: Stack

    def compiled(self) -> CompiledCalendar:
        try:
            return compile_calendar(self.stack.calendars.values(), self.calendar.pk)
        except CalendarError as error:
            raise _not_reckonable(error) from error

    def between(self, starts_on: date, ends_before: date) -> tuple[DayFact, ...]:
        try:
            causes = day_causes(
                self.stack.calendars.values(), self.calendar.pk, starts_on=starts_on, ends_before=ends_before
            )
        except CalendarError as error:
            raise _not_reckonable(error) from error
        return tuple(_fact(cause, self.stack.public) for cause in causes)


def holidays_of_year(year: int) -> Mapping[date, str]:
    """Return the public holidays of the company's country in a calendar year, by date. 2 queries at most."""
    return public_holidays(year, year, country=company_year().holiday_country)


def _fact(cause: DayCause, public: Mapping[date, str]) -> DayFact:
    exception = cause.by if isinstance(cause.by, DayException) else None
    return DayFact(
        on=cause.on,
        minutes=cause.minutes,
        kind=_kind(cause, exception, public),
        name=exception.name if exception else "",
        calendar_id=cause.calendar.uid if cause.calendar else None,
        calendar_name=cause.calendar.name if cause.calendar else "",
    )


def _kind(cause: DayCause, exception: DayException | None, public: Mapping[date, str]) -> DayKind:
    if exception is None:
        return DayKind.WORKED if cause.shifts else DayKind.REST
    if cause.shifts:
        return DayKind.OTHER_HOURS
    return DayKind.PUBLIC_HOLIDAY if public.get(cause.on) == exception.name else DayKind.DAY_OFF


def _not_reckonable(error: CalendarError) -> NotReckonable:
    return NotReckonable(translate(error.message))
