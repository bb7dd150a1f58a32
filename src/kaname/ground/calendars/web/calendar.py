"""A calendar's pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.rules import VIEW
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.doors import door
from kaname.ui.types import Crumb, Page


@door(reads=VIEW)
def year(request: HttpRequest, calendar: int) -> HttpResponse:
    """Show a calendar."""
    shown = fetch(request.user, VIEW, WorkCalendar.objects.select_related("base"), pk=calendar)
    page = Page(
        title=shown.name,
        note=shown.get_kind_display(),
        crumbs=(Crumb(_("Calendars"), reverse("calendars:calendars")),),
    )
    return render(request, "calendars/calendar.html", {"calendar": shown, "page": page})
