"""Days of a calendar that differ."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.calendars import operations, queries
from kaname.ground.calendars.rules import KEEP, VIEW
from kaname.ground.calendars.web.forms import ExceptionForm
from kaname.ground.calendars.web.frame import asked_year, calendar_page, year_words
from kaname.ground.calendars.web.week import hours_words
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.ui.saving import SAVED, save


@door(reads=VIEW, writes=KEEP)
def exceptions(request: HttpRequest, calendar: int) -> HttpResponse:
    """List the exceptions of a fiscal year, and add one."""
    shown = queries.find_calendar(request.user, calendar)
    starts_in_month = queries.company_year().starts_in_month
    present = queries.fiscal_year_of(clock.today(), starts_in_month=starts_in_month)
    form = ExceptionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            status = save(
                form,
                lambda: operations.add_exception(
                    actor=request.user,
                    now=clock.now(),
                    calendar_id=calendar,
                    kind=values["kind"],
                    starts_on=values["starts_on"],
                    ends_before=values["ends_before"],
                    name=values["name"],
                    shifts=values["hours"],
                ),
            )
        if status == SAVED:
            messages.success(request, _("“%(name)s” is added. Plans that use the calendar are recalculated.") % values)
            year = queries.fiscal_year_of(values["starts_on"], starts_in_month=starts_in_month).year
            return redirect(f"{reverse('calendars:exceptions', kwargs={'calendar': calendar})}?year={year}")
    asked = asked_year(request, present.year)
    year = queries.fiscal_year_of(date(asked, starts_in_month, 1), starts_in_month=starts_in_month)
    context = {
        "calendar": shown,
        "rows": [(row, hours_words(row.shifts)) for row in queries.exceptions_of(shown, year)],
        "wanted": year,
        "year_name": year_words(year),
        "form": form,
        "may_keep": bool(decide(request.user, KEEP, shown)),
        "page": calendar_page(shown, current="exceptions"),
    }
    return render(request, "calendars/exceptions.html", context, status=status)


@door(writes=KEEP)
def remove(request: HttpRequest, calendar: int, exception: int) -> HttpResponse:
    """Let the days follow the pattern again."""
    operations.remove_exception(actor=request.user, now=clock.now(), calendar_id=calendar, exception_id=exception)
    messages.success(request, _("The days follow the weekly hours again."))
    return redirect("calendars:exceptions", calendar=calendar)
