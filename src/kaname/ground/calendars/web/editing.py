"""Making and changing calendars."""

from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.calendars import operations, queries
from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.rules import KEEP
from kaname.ground.calendars.types import CalendarKind
from kaname.ground.calendars.web.forms import EditCalendarForm, NewCalendarForm, VersionForm, values_of
from kaname.ground.calendars.web.frame import calendar_page, list_crumb
from kaname.kernel import clock
from kaname.kernel.constraints import explained
from kaname.kernel.records import Stale
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Unacceptable
from kaname.ui.saving import SAVED, save
from kaname.ui.types import Page


@door(reads=KEEP, writes=KEEP)
def new(request: HttpRequest) -> HttpResponse:
    """Make a calendar."""
    kind = request.GET.get("kind", "")
    initial = {"kind": kind if kind in CalendarKind.values else CalendarKind.COMPANY, "observes_public_holidays": True}
    form = NewCalendarForm(request.POST or None, initial=initial, bases=queries.calendars(request.user))
    status = 200
    if request.method == "POST":
        made: list[WorkCalendar] = []
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            status = save(
                form, lambda: made.append(operations.create_calendar(actor=request.user, now=clock.now(), **values))
            )
        if status == SAVED:
            messages.success(request, _("The calendar is made."))
            return redirect("calendars:calendar", calendar=made[0].pk)
    page = Page(title=_("New calendar"), crumbs=(list_crumb(),))
    context = {"form": form, "page": page, "back_url": reverse("calendars:calendars")}
    return render(request, "calendars/edit.html", context, status=status)


@door(reads=KEEP, writes=KEEP)
def edit(request: HttpRequest, calendar: int) -> HttpResponse:
    """Change a calendar."""
    shown = queries.find_calendar(request.user, calendar)
    bases = queries.calendars(request.user).exclude(pk=calendar)
    form = EditCalendarForm(request.POST or None, initial=dict(values_of(shown)), bases=bases)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = dict(form.cleaned_data)
            version = values.pop("version")
            status = save(
                form,
                lambda: operations.edit_calendar(
                    actor=request.user, now=clock.now(), calendar_id=calendar, expected_version=version, **values
                ),
                present=values_of,
            )
        if status == SAVED:
            messages.success(request, _("The calendar is saved. Plans that use it are recalculated."))
            return redirect("calendars:calendar", calendar=calendar)
    context = {
        "form": form,
        "page": calendar_page(shown, title=_("Edit the calendar")),
        "back_url": reverse("calendars:calendar", kwargs={"calendar": calendar}),
    }
    return render(request, "calendars/edit.html", context, status=status)


@door(writes=KEEP)
def archive(request: HttpRequest, calendar: int) -> HttpResponse:
    """Take a calendar out of use."""
    return _press(request, calendar, operations.archive_calendar, _("The calendar is out of use."))


@door(writes=KEEP)
def restore(request: HttpRequest, calendar: int) -> HttpResponse:
    """Take a calendar into use again."""
    return _press(request, calendar, operations.restore_calendar, _("The calendar is in use again."))


def _press(request: HttpRequest, calendar: int, act: Callable[..., object], says: str) -> HttpResponse:
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        with transaction.atomic():
            act(actor=request.user, now=clock.now(), calendar_id=calendar, expected_version=version)
    except Stale:
        messages.error(request, _("Somebody has changed this meanwhile. Look at it and try again."))
    except Unacceptable as refusal:
        messages.error(request, str(refusal.reason))
    except IntegrityError as error:
        messages.error(request, explained(error))
    else:
        messages.success(request, says)
    return redirect("calendars:calendar", calendar=calendar)
