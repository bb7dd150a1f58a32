"""Rows of the calendars."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kaname.ground.calendars.types import CalendarKind, ExceptionKind
from kaname.kernel.records import Record


class WorkCalendar(Record):
    """A weekly pattern with exceptions, on top of another calendar.

    `week` is a `types.Week`; `observes_public_holidays` adds the public holidays as days off below the own exceptions.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=8, choices=CalendarKind)
    name = models.CharField(_("name"), max_length=100)
    base = models.ForeignKey(
        "self", verbose_name=_("base calendar"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    week = models.JSONField(_("weekly pattern"))
    observes_public_holidays = models.BooleanField(_("public holidays are days off"), default=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("work calendar")
        verbose_name_plural = _("work calendars")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CalendarKind.values), name="calendars_kind_known"),
            models.CheckConstraint(condition=Q(base=None) | ~Q(base=F("id")), name="calendars_base_is_another"),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(kind=CalendarKind.COMPANY, archived_at=None),
                name="calendars_company_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarException(Record):
    """Days `[starts_on, ends_before)` that work differently; `shifts` is `[[start, finish], …]`, empty for a day off."""

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(
        WorkCalendar, verbose_name=_("calendar"), on_delete=models.CASCADE, related_name="exceptions"
    )
    kind = models.CharField(_("kind"), max_length=11, choices=ExceptionKind)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until before"))
    shifts = models.JSONField(_("working hours"), default=list, blank=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        constraints = [
            models.CheckConstraint(condition=Q(ends_before__gt=F("starts_on")), name="calendars_exception_period"),
            models.UniqueConstraint(fields=["calendar", "starts_on", "ends_before"], name="calendars_exception_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.name}"

    @property
    def ends_on(self) -> date:
        """The last day."""
        return self.ends_before - timedelta(days=1)


class HolidayOverride(models.Model):
    """A public holiday from an imported list; a year that has any comes from the list alone."""

    id = models.BigAutoField(primary_key=True)
    on = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class CompanyYear(Record):
    """When the company's fiscal year begins; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    starts_in_month = models.PositiveSmallIntegerField(_("first month of the fiscal year"), default=4)
    holiday_country = models.CharField(_("public holidays of"), max_length=2, default="JP")

    class Meta:
        verbose_name = _("fiscal year")
        verbose_name_plural = _("fiscal years")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="calendars_one_year"),
            models.CheckConstraint(condition=Q(starts_in_month__range=(1, 12)), name="calendars_year_month"),
        ]

    def __str__(self) -> str:
        return str(self.starts_in_month)
