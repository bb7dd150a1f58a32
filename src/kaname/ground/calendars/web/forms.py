"""What is filled in about calendars."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.operations import STANDARD_WEEK
from kaname.ground.calendars.queries import MOST_DAYS_COUNTED
from kaname.ground.calendars.types import CalendarKind, ExceptionKind, HolidayCountry
from kaname.ground.calendars.web.week import WeekField, half_day_example, read_hours
from kaname.ui.forms import DayInput

LARGEST_VERSION: Final = 2_147_483_647
LARGEST_FILE: Final = 1_000_000


def version_field() -> forms.IntegerField:
    """Return the field that carries the version a form was drawn for."""
    return forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """The version that a button was drawn for."""

    version = version_field()


class CalendarForm(forms.Form):
    """Name, base, public holidays and weekly hours of a calendar."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=100)
    base = forms.ModelChoiceField(
        label=_("Base calendar"),
        queryset=WorkCalendar.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("Its holidays and exceptions count here too."),
    )
    observes_public_holidays = forms.BooleanField(label=_("Public holidays are days off"), required=False)
    week = WeekField(label=_("Weekly hours"), base_label=_("as base calendar"))

    def __init__(self, *args: Any, bases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].queryset = bases

    def clean(self) -> dict[str, Any]:
        """Refuse days that follow a base calendar which is not there."""
        values = super().clean() or {}
        if values.get("week") and not values.get("base") and None in values["week"]:
            self.add_error("week", _("There is no base calendar to follow. Enter hours, or choose a base calendar."))
        return values


class NewCalendarForm(CalendarForm):
    """A calendar to be made."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[choice for choice in CalendarKind.choices if choice[0] != CalendarKind.PERSON]
    )
    field_order = ["name", "kind", "base", "observes_public_holidays", "week"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("week", STANDARD_WEEK)


class EditCalendarForm(CalendarForm):
    """A calendar to be changed."""

    version = version_field()


def values_of(calendar: WorkCalendar) -> Mapping[str, Any]:
    """Return a calendar as its form holds it."""
    return {
        "name": calendar.name,
        "base": calendar.base,
        "observes_public_holidays": calendar.observes_public_holidays,
        "week": calendar.week,
        "version": calendar.version,
    }


class ExceptionForm(forms.Form):
    """Days that differ."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=ExceptionKind.choices)
    starts_on = forms.DateField(label=pgettext_lazy("period", "From"), widget=DayInput)
    ends_on = forms.DateField(
        label=pgettext_lazy("period", "Until"), widget=DayInput, required=False, help_text=_("Empty for one day.")
    )
    hours = forms.CharField(label=_("Working hours"), max_length=80, required=False, help_text=half_day_example)

    def clean_hours(self) -> list[list[int]]:
        """Read the hours."""
        return read_hours(self.cleaned_data["hours"])

    def clean(self) -> dict[str, Any]:
        """Turn the last day into the end of the period."""
        values = super().clean() or {}
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first one."))
        elif starts_on:
            values["ends_before"] = (ends_on or starts_on) + timedelta(days=1)
        return values


class CompanyYearForm(forms.Form):
    """When the fiscal year begins, and whose public holidays count."""

    starts_in_month = forms.TypedChoiceField(label=_("First month of the fiscal year"), coerce=int)
    holiday_country = forms.ChoiceField(label=_("Public holidays of"), choices=HolidayCountry.choices)
    version = version_field()

    def __init__(self, *args: Any, months: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_in_month"].choices = list(months)


class AfterForm(forms.Form):
    """So many business days after a day."""

    start = forms.DateField(
        label=pgettext_lazy("business days", "Day"),
        widget=DayInput({"aria-label": pgettext_lazy("business days", "Day")}),
    )
    count = forms.IntegerField(
        label=_("Business days"),
        min_value=-MOST_DAYS_COUNTED,
        max_value=MOST_DAYS_COUNTED,
        widget=forms.NumberInput({"aria-label": _("Business days")}),
    )


class BetweenForm(forms.Form):
    """Business days from one day to another."""

    first = forms.DateField(
        label=pgettext_lazy("period", "From"), widget=DayInput({"aria-label": pgettext_lazy("period", "From")})
    )
    last = forms.DateField(
        label=pgettext_lazy("period", "Until"), widget=DayInput({"aria-label": pgettext_lazy("period", "Until")})
    )


class HolidayFileForm(forms.Form):
    """A list of public holidays."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("The Cabinet Office's list (syukujitsu.csv), in Shift_JIS or UTF-8."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class HolidayListForm(forms.Form):
    """A list that was looked at and is to be taken over: one `2026-01-01 元日` a line."""

    days = forms.CharField(max_length=LARGEST_FILE, widget=forms.HiddenInput)
