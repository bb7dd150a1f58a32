"""The list of calendars."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaname.ground.calendars.queries import list_calendars
from kaname.ground.calendars.rules import KEEP, VIEW
from kaname.ground.calendars.types import CalendarKind
from kaname.ground.calendars.web.frame import settings_tabs
from kaname.ground.calendars.web.week import week_words
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.ui.types import Page


@door(reads=VIEW)
def calendars(request: HttpRequest) -> HttpResponse:
    """List calendars by kind, those in use or those out of use."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in CalendarKind.values else ""
    is_archive = request.GET.get("state") == "archived"
    context = {
        "rows": [(row, week_words(row.week)) for row in list_calendars(request.user, kind=kind, is_archive=is_archive)],
        "kind": kind,
        "is_archive": is_archive,
        "kinds": CalendarKind.choices,
        "may_keep": bool(decide(request.user, KEEP)),
        "page": Page(
            title=_("Calendars"),
            note=_("When work is done: weekly hours, holidays and days that differ."),
            tabs=settings_tabs("calendars"),
        ),
    }
    return render(request, "calendars/calendars.html", context)
