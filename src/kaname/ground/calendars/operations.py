"""Verbs of the calendars."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kaname.ground.calendars.events import CalendarChanged, CompanyYearChanged, HolidaysImported
from kaname.ground.calendars.models import CalendarException, CompanyYear, HolidayOverride, WorkCalendar
from kaname.ground.calendars.rules import KEEP
from kaname.ground.calendars.types import CalendarKind, ExceptionKind, HolidayCountry, Week
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Unacceptable

MINUTES_PER_DAY: Final = 1440

STANDARD_WEEK: Final[Week] = [*([[[540, 720], [780, 1080]]] * 5), [], []]
"""Monday to Friday 9:00-12:00 and 13:00-18:00."""


class BadPattern(Unacceptable):
    """A weekly pattern or a day's hours that cannot be worked."""


class CalendarStandsBelow(Unacceptable):
    """A calendar was to be taken out of use while others stand on it."""

    def __init__(self, names: Sequence[str]) -> None:
        template = gettext("These calendars stand on it: %(names)s. Give them another base calendar first.")
        super().__init__(template % {"names": ", ".join(names)})


class NoSuchYear(Unacceptable):
    """A fiscal year was to begin in no month, or holidays were to come from an unknown country."""

    reason = _("A fiscal year begins in one of the twelve months, and its holidays are those of a listed country.")


def create_calendar(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    kind: CalendarKind = CalendarKind.COMPANY,
    week: Week | None = None,
    base: WorkCalendar | None = None,
    observes_public_holidays: bool = False,
) -> WorkCalendar:
    """Make a calendar.  Permission `calendars.keep`; publishes `CalendarChanged`; one transaction.

    Raises
    ------
    BadPattern
        If the week has not seven days, or shifts overlap or lie outside of the day.
    """
    require(actor, KEEP)
    pattern = checked_week(week if week is not None else STANDARD_WEEK if base is None else [None] * 7)
    _require_work(pattern, base)
    with transaction.atomic():
        calendar = WorkCalendar.objects.create(
            kind=kind, name=name, week=pattern, base=base, observes_public_holidays=observes_public_holidays
        )
        _tell(calendar, "created", actor=actor, now=now)
    return calendar


def edit_calendar(
    *, actor: Actor, now: datetime, calendar_id: int, expected_version: int, **values: Any
) -> WorkCalendar:
    """Change name, week, base or public holidays of a calendar.  Permission `calendars.keep`; publishes `CalendarChanged`.

    Raises
    ------
    Stale
        If somebody changed it meanwhile.
    BadPattern
        If the new week cannot be worked or the new base would stand on the calendar itself.
    """
    unknown = set(values) - {"name", "week", "base", "observes_public_holidays"}
    if unknown:
        raise TypeError(f"a calendar has no {sorted(unknown)}")
    if "week" in values:
        values["week"] = checked_week(values["week"])
    with transaction.atomic():
        calendar = fetch(actor, KEEP, WorkCalendar.objects.select_for_update(of=("self",)), pk=calendar_id)
        if values.get("base") is not None:
            _refuse_ring(calendar, values["base"])
        _require_work(values.get("week", calendar.week), values.get("base", calendar.base_id))
        change(calendar, expected_version=expected_version, **values)
        _tell(calendar, "edited", actor=actor, now=now)
    return calendar


def archive_calendar(*, actor: Actor, now: datetime, calendar_id: int, expected_version: int) -> WorkCalendar:
    """Take a calendar out of use; what stands on it keeps its hours.  Permission `calendars.keep`; publishes `CalendarChanged`.

    Raises
    ------
    CalendarStandsBelow
        If calendars in use stand on it.
    Stale
        If somebody changed it meanwhile.
    """
    with transaction.atomic():
        calendar = fetch(actor, KEEP, WorkCalendar.objects.all(), pk=calendar_id)
        above = list(WorkCalendar.objects.filter(base=calendar, archived_at=None).order_by("name")[:10])
        if above:
            raise CalendarStandsBelow([row.name for row in above])
        change(calendar, expected_version=expected_version, archived_at=now)
        _tell(calendar, "archived", actor=actor, now=now)
    return calendar


def restore_calendar(*, actor: Actor, now: datetime, calendar_id: int, expected_version: int) -> WorkCalendar:
    """Take a calendar into use again.  Permission `calendars.keep`; publishes `CalendarChanged`."""
    with transaction.atomic():
        calendar = fetch(actor, KEEP, WorkCalendar.objects.all(), pk=calendar_id)
        change(calendar, expected_version=expected_version, archived_at=None)
        _tell(calendar, "restored", actor=actor, now=now)
    return calendar


def add_exception(
    *,
    actor: Actor,
    now: datetime,
    calendar_id: int,
    kind: ExceptionKind,
    starts_on: date,
    ends_before: date,
    name: str,
    shifts: Sequence[Sequence[int]] = (),
) -> CalendarException:
    """Let days of a calendar differ.  Permission `calendars.keep`; publishes `CalendarChanged`.

    Raises
    ------
    BadPattern
        If a day off has hours, a working day has none, or the hours cannot be worked.
    """
    hours = checked_shifts(shifts)
    if (kind == ExceptionKind.DAY_OFF) == bool(hours):
        raise BadPattern(_("A day off has no working hours; every other exception needs some."))
    with transaction.atomic():
        calendar = fetch(actor, KEEP, WorkCalendar.objects.all(), pk=calendar_id)
        exception = CalendarException.objects.create(
            calendar=calendar, kind=kind, starts_on=starts_on, ends_before=ends_before, name=name, shifts=hours
        )
        _tell(calendar, f"exception {starts_on.isoformat()}", actor=actor, now=now)
    return exception


def remove_exception(*, actor: Actor, now: datetime, calendar_id: int, exception_id: int) -> None:
    """Let days of a calendar follow the pattern again.  Permission `calendars.keep`; publishes `CalendarChanged`."""
    with transaction.atomic():
        calendar = fetch(actor, KEEP, WorkCalendar.objects.all(), pk=calendar_id)
        exception = fetch(actor, KEEP, CalendarException.objects.filter(calendar=calendar), pk=exception_id)
        exception.delete()
        _tell(calendar, f"no exception {exception.starts_on.isoformat()}", actor=actor, now=now)


def import_holidays(*, actor: Actor, now: datetime, days: Sequence[tuple[date, str]]) -> int:
    """Replace what is known of the listed years by a list of public holidays; return how many days it has.

    Permission `calendars.keep`; publishes `HolidaysImported`.
    """
    require(actor, KEEP)
    years = sorted({day.year for day, _name in days})
    with transaction.atomic():
        for year in years:
            HolidayOverride.objects.filter(on__year=year).delete()
        HolidayOverride.objects.bulk_create([HolidayOverride(on=day, name=name) for day, name in days])
        event = HolidaysImported(subject=Subject("calendars.holidays", 0), years=tuple(years), days=len(days))
        publish(event, actor=actor, now=now)
    return len(days)


def forget_holidays(*, actor: Actor, now: datetime, year: int) -> int:
    """Let the public holidays of a year come from the maintained library again; return how many days were forgotten.

    Permission `calendars.keep`; publishes `HolidaysImported` with no days.
    """
    require(actor, KEEP)
    with transaction.atomic():
        forgotten, _rows = HolidayOverride.objects.filter(on__year=year).delete()
        if forgotten:
            event = HolidaysImported(subject=Subject("calendars.holidays", 0), years=(year,), days=0)
            publish(event, actor=actor, now=now)
    return forgotten


def set_company_year(
    *, actor: Actor, now: datetime, expected_version: int, starts_in_month: int, holiday_country: str = "JP"
) -> CompanyYear:
    """Say when the fiscal year begins and whose public holidays count.  Permission `calendars.keep`; publishes `CompanyYearChanged`.

    Raises
    ------
    NoSuchYear
        If there is no such month or country.
    Stale
        If somebody changed it meanwhile.
    """
    require(actor, KEEP)
    if starts_in_month not in range(1, 13) or holiday_country not in HolidayCountry.values:
        raise NoSuchYear
    with transaction.atomic():
        year, _created = CompanyYear.objects.get_or_create(pk=1)
        change(
            year, expected_version=expected_version, starts_in_month=starts_in_month, holiday_country=holiday_country
        )
        event = CompanyYearChanged(subject=Subject("calendars.company_year", 1), starts_in_month=starts_in_month)
        publish(event, actor=actor, now=now)
    return year


def checked_shifts(shifts: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the hours of a day in order.

    Raises
    ------
    BadPattern
        If a shift is empty, lies outside of the day, or overlaps another.
    """
    ordered = sorted([int(start), int(finish)] for start, finish in shifts)
    for start, finish in ordered:
        if not 0 <= start < finish <= MINUTES_PER_DAY:
            raise BadPattern(_("Working hours begin before they end and lie within one day."))
    for (_start, finish), (following, _finish) in pairwise(ordered):
        if following < finish:
            raise BadPattern(_("Working hours of one day must not overlap."))
    return ordered


def checked_week(week: Week) -> Week:
    """Return a weekly pattern with its hours in order; raise `BadPattern` when it is none."""
    if len(week) != 7:
        raise BadPattern(_("A week has seven days."))
    return [None if day is None else checked_shifts(day) for day in week]


def _require_work(week: Week, base: WorkCalendar | int | None) -> None:
    if base is None and not any(week):
        raise BadPattern(_("At least one weekday needs working hours."))


def _refuse_ring(calendar: WorkCalendar, base: WorkCalendar) -> None:
    seen = {calendar.pk}
    step: WorkCalendar | None = base
    while step is not None:
        if step.pk in seen:
            raise BadPattern(_("A calendar cannot stand on itself."))
        seen.add(step.pk)
        step = step.base


def _tell(calendar: WorkCalendar, what: str, *, actor: Actor, now: datetime) -> None:
    subject = Subject("calendars.calendar", calendar.pk)
    publish(CalendarChanged(subject=subject, calendar_name=calendar.name, change=what), actor=actor, now=now)
