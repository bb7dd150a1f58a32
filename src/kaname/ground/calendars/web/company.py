"""What holds for the whole company: the fiscal year and the public holidays."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaname.ground.calendars import operations, queries
from kaname.ground.calendars.exchange import Holiday, ListRefused, holiday_lines, holidays_of_file, read_holiday_lines
from kaname.ground.calendars.models import CompanyYear
from kaname.ground.calendars.rules import KEEP, VIEW
from kaname.ground.calendars.types import HolidayCountry
from kaname.ground.calendars.web.forms import CompanyYearForm, HolidayFileForm, HolidayListForm
from kaname.ground.calendars.web.frame import asked_year, list_crumb, settings_tabs, year_words
from kaname.ground.calendars.web.yearview import month_words
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.ui.saving import SAVED, save
from kaname.ui.types import Page


@door(reads=VIEW, writes=KEEP)
def company_year(request: HttpRequest) -> HttpResponse:
    """Show when the fiscal year begins and whose public holidays count, and change both."""
    kept = queries.company_year()
    months = [(month, month_words(month)) for month in range(1, 13)]
    form = CompanyYearForm(request.POST or None, initial=_values(kept), months=months)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = dict(form.cleaned_data)
            version = values.pop("version")
            status = save(
                form,
                lambda: operations.set_company_year(
                    actor=request.user, now=clock.now(), expected_version=version, **values
                ),
                present=_values,
            )
        if status == SAVED:
            messages.success(request, _("The fiscal year is saved."))
            return redirect("calendars:company_year")
    year = queries.fiscal_year_of(clock.today(), starts_in_month=kept.starts_in_month)
    context = {
        "form": form,
        "country": HolidayCountry(kept.holiday_country).label,
        "year": year,
        "year_name": year_words(year),
        "may_keep": bool(decide(request.user, KEEP)),
        "page": Page(title=_("Fiscal year"), crumbs=(list_crumb(),), tabs=settings_tabs("year")),
    }
    return render(request, "calendars/company_year.html", context, status=status)


def _values(year: CompanyYear) -> dict[str, object]:
    return {
        "starts_in_month": year.starts_in_month,
        "holiday_country": year.holiday_country,
        "version": year.version,
    }


@door(reads=VIEW)
def holidays(request: HttpRequest) -> HttpResponse:
    """Show the public holidays of a year and where they come from."""
    year = asked_year(request, clock.today().year)
    imported = queries.imported_years()
    context = {
        "year": year,
        "days": list(queries.holidays_of_year(year).items()),
        "imported": imported,
        "is_imported": year in imported,
        "form": HolidayFileForm(),
        "may_keep": bool(decide(request.user, KEEP)),
        "page": Page(title=_("Public holidays"), crumbs=(list_crumb(),), tabs=settings_tabs("holidays")),
    }
    return render(request, "calendars/holidays.html", context)


@door(writes=KEEP)
def preview_holidays(request: HttpRequest) -> HttpResponse:
    """Show what a file of public holidays would change; nothing is written."""
    form = HolidayFileForm(request.POST, request.FILES)
    days: tuple[Holiday, ...] = ()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            days = holidays_of_file(file.read(), file=file.name)
        except ListRefused as refusal:
            form.add_error("file", str(refusal.reason))
    found = [(day.on, day.name) for day in days]
    years = sorted({on.year for on, _name in found})
    context = {
        "form": form,
        "years": years,
        "count": len(found),
        "differences": queries.differences(found),
        "replaced": [year for year in queries.imported_years() if year in years],
        "taking": HolidayListForm(initial={"days": holiday_lines(days)}),
        "page": Page(title=_("Import public holidays"), crumbs=(list_crumb(),), tabs=settings_tabs("holidays")),
    }
    return render(request, "calendars/holiday_preview.html", context, status=200 if days else 422)


@door(writes=KEEP)
def take_holidays(request: HttpRequest) -> HttpResponse:
    """Take a list over that was looked at."""
    form = HolidayListForm(request.POST)
    days: list[tuple[date, str]] = []
    if form.is_valid():
        days = [(day.on, day.name) for day in read_holiday_lines(form.cleaned_data["days"])]
    if not days:
        messages.error(request, _("The list was empty. Choose the file once more."))
        return redirect("calendars:holidays")
    count = operations.import_holidays(actor=request.user, now=clock.now(), days=days)
    messages.success(request, _("%(count)d public holidays are taken over.") % {"count": count})
    return redirect("calendars:holidays")


@door(writes=KEEP)
def forget_holidays(request: HttpRequest, year: int) -> HttpResponse:
    """Let a year's public holidays come from the library again."""
    operations.forget_holidays(actor=request.user, now=clock.now(), year=year)
    messages.success(request, _("The public holidays of %(year)d come from the library again.") % {"year": year})
    return redirect("calendars:holidays")
