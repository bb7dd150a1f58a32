"""Calendars in the API: work calendars with their exceptions, public holidays, the fiscal year, working-day arithmetic."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kaname.ground.calendars import operations
from kaname.ground.calendars.models import CalendarException, CompanyYear, HolidayOverride, WorkCalendar
from kaname.ground.calendars.queries import company_year
from kaname.ground.calendars.rules import KEEP, VIEW
from kaname.ground.calendars.types import CalendarKind, ExceptionKind
from kaname.kernel import clock
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import (
    Code,
    Day,
    Flag,
    Id,
    Instant,
    Listing,
    Number,
    Reference,
    Strict,
    Text,
    Version,
)
from kaname.kernel.rules.rest.views import Act, ListView, RecordView, VerbView

_MOST_SHIFTS = 12


def _shifts(**kwargs: Any) -> Listing:
    pair = Listing(child=Number(most=1440), most=2, min_length=2)
    return Listing(child=pair, most=_MOST_SHIFTS, **kwargs)


class CalendarBody(Strict):
    """A work calendar; hours are minutes since midnight, a day of the week that is null is that of the base."""

    id = Id()
    version = Version()
    kind = Code(choices=CalendarKind.choices)
    name = Text(most=100)
    base = Id(source="base_id", allow_null=True)
    week = Listing(child=_shifts(allow_null=True), most=7)
    observes_public_holidays = Flag()
    archived_at = Instant(allow_null=True)


class CalendarInput(Strict):
    """A calendar to be made."""

    name = Text(most=100)
    kind = Code(choices=CalendarKind.choices, default=CalendarKind.COMPANY)
    week = Listing(child=_shifts(allow_null=True), most=7, min_length=7, allow_null=True, default=None)
    base = Reference(VIEW, WorkCalendar.objects.all, allow_null=True, default=None)
    observes_public_holidays = Flag(default=False)


class CalendarChange(Strict):
    """What may be changed of a calendar; what is left out stays."""

    name = Text(most=100, required=False)
    week = Listing(child=_shifts(allow_null=True), most=7, min_length=7, required=False)
    base = Reference(VIEW, WorkCalendar.objects.all, allow_null=True, required=False)
    observes_public_holidays = Flag(required=False)


class Calendars(ListView):
    """The work calendars."""

    door = Door(reads=VIEW, writes=KEEP)
    says = {"GET": _("List the work calendars by kind and name."), "POST": _("Make a work calendar.")}
    serializer_class = CalendarBody
    input_class = CalendarInput
    creates = Act(operations.create_calendar)

    def find(self) -> QuerySet[WorkCalendar]:
        """Return the calendars."""
        return visible(self.actor, VIEW, WorkCalendar.objects.all()).order_by("kind", "name", "id")


class Calendar(RecordView):
    """One work calendar."""

    door = Door(reads=VIEW, writes=KEEP)
    says = {"GET": _("Return a work calendar."), "PATCH": _("Change name, hours, base or holidays of a calendar.")}
    serializer_class = CalendarBody
    input_class = CalendarChange
    changes = Act(operations.edit_calendar, calendar_id="calendar")

    def find(self) -> WorkCalendar:
        """Return the calendar."""
        return fetch(self.actor, VIEW, WorkCalendar.objects.all(), pk=self.kwargs["calendar"])


class _VerbOfCalendar(VerbView):
    """Something that is done to a calendar as a whole."""

    door = Door(reads=None, writes=KEEP)
    serializer_class = CalendarBody
    needs_version = True


class ArchiveCalendar(_VerbOfCalendar):
    """Take a calendar out of use."""

    says = {"POST": _("Take a calendar out of use.")}
    does = Act(operations.archive_calendar, calendar_id="calendar")


class RestoreCalendar(_VerbOfCalendar):
    """Take a calendar into use again."""

    says = {"POST": _("Take a calendar into use again.")}
    does = Act(operations.restore_calendar, calendar_id="calendar")


class ExceptionBody(Strict):
    """Days of a calendar that differ."""

    id = Id()
    version = Version()
    kind = Code(choices=ExceptionKind.choices)
    starts_on = Day()
    ends_before = Day()
    shifts = _shifts()
    name = Text(most=100)


class ExceptionInput(Strict):
    """Days that shall differ; a day off has no hours."""

    kind = Code(choices=ExceptionKind.choices)
    starts_on = Day()
    ends_before = Day()
    shifts = _shifts(default=list)
    name = Text(most=100)


class Exceptions(ListView):
    """The exceptions of a calendar."""

    door = Door(reads=VIEW, writes=KEEP)
    says = {"GET": _("List the days of a calendar that differ."), "POST": _("Let days of a calendar differ.")}
    serializer_class = ExceptionBody
    input_class = ExceptionInput
    creates = Act(operations.add_exception, calendar_id="calendar")

    def find(self) -> QuerySet[CalendarException]:
        """Return the exceptions by date."""
        calendar = fetch(self.actor, VIEW, WorkCalendar.objects.all(), pk=self.kwargs["calendar"])
        return calendar.exceptions.order_by("starts_on", "id")


class OneException(RecordView):
    """One exception of a calendar."""

    door = Door(reads=VIEW, writes=KEEP)
    says = {"GET": _("Return days that differ."), "DELETE": _("Let these days follow the pattern again.")}
    serializer_class = ExceptionBody
    removes = Act(operations.remove_exception, calendar_id="calendar", exception_id="exception")
    needs_version = False

    def find(self) -> CalendarException:
        """Return the exception of this calendar."""
        calendar = fetch(self.actor, VIEW, WorkCalendar.objects.all(), pk=self.kwargs["calendar"])
        return fetch(self.actor, VIEW, calendar.exceptions.all(), pk=self.kwargs["exception"])


class YearBody(Strict):
    """When the fiscal year begins and whose public holidays count."""

    version = Version()
    starts_in_month = Number(least=1, most=12)
    holiday_country = Text(most=2)


class YearChange(Strict):
    """The fiscal year as it shall be."""

    starts_in_month = Number(least=1, most=12)
    holiday_country = serializers.RegexField(r"^[A-Z]{2}$", max_length=2, default="JP")


class FiscalYear(RecordView):
    """The company's fiscal year."""

    door = Door(reads=VIEW, writes=KEEP)
    says = {
        "GET": _("Return the fiscal year."),
        "PATCH": _("Say when the fiscal year begins and whose holidays count."),
    }
    serializer_class = YearBody
    input_class = YearChange
    changes = Act(operations.set_company_year)

    def find(self) -> CompanyYear:
        """Return the settings."""
        return company_year()


class HolidayBody(Strict):
    """A public holiday of the imported list."""

    on = Day()
    name = Text(most=60)


class HolidaysInput(Strict):
    """Whole years of public holidays; what is known of these years is replaced."""

    days = serializers.ListField(child=HolidayBody(), max_length=1000, min_length=1)


class HolidaysTaken(Strict):
    """How many days were taken over."""

    days = Number()


class Holidays(ListView):
    """The imported public holidays; years without any come from the built-in calendar."""

    door = Door(reads=VIEW, writes=KEEP)
    says = {
        "GET": _("List the imported public holidays; other years come from the built-in calendar."),
        "POST": _("Replace whole years of public holidays."),
    }
    serializer_class = HolidayBody
    input_class = HolidaysInput

    def find(self) -> QuerySet[HolidayOverride]:
        """Return the days."""
        return HolidayOverride.objects.order_by("on")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take the days over."""
        days = [(day["on"], day["name"]) for day in self.read_body(HolidaysInput)["days"]]
        operations.import_holidays(actor=self.actor, now=clock.now(), days=days)
        return Response({"on": days[0][0], "name": days[0][1]}, status=201)


urlpatterns = [
    path("calendars/", Calendars.as_view(), name="api_calendars"),
    path("calendars/<int:calendar>/", Calendar.as_view(), name="api_calendar"),
    path("calendars/<int:calendar>/archive/", ArchiveCalendar.as_view(), name="api_calendar_archive"),
    path("calendars/<int:calendar>/restore/", RestoreCalendar.as_view(), name="api_calendar_restore"),
    path("calendars/<int:calendar>/exceptions/", Exceptions.as_view(), name="api_calendar_exceptions"),
    path("calendars/<int:calendar>/exceptions/<int:exception>/", OneException.as_view(), name="api_calendar_exception"),
    path("fiscal-year/", FiscalYear.as_view(), name="api_fiscal_year"),
    path("holidays/", Holidays.as_view(), name="api_holidays"),
]
