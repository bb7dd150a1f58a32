"""The frame of every page of a calendar."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.types import FiscalYear
from kaname.ui.components.dates import language
from kaname.ui.types import Crumb, Page, Tab, Text


def list_crumb() -> Crumb:
    """Return the step that leads to the list of calendars."""
    return Crumb(_("Calendars"), reverse("calendars:calendars"))


def calendar_page(calendar: WorkCalendar, *, current: str = "", title: Text = "") -> Page:
    """Return the frame of a page of a calendar; `current` is the tab, a `title` makes it a page below the calendar."""
    here = {"calendar": calendar.pk}
    tabs = (
        Tab(pgettext("calendar", "Year"), reverse("calendars:calendar", kwargs=here), is_current=current == "year"),
        Tab(_("Exceptions"), reverse("calendars:exceptions", kwargs=here), is_current=current == "exceptions"),
    )
    note = f"{calendar.get_kind_display()} · {_('out of use')}" if calendar.archived_at else calendar.get_kind_display()
    if not title:
        return Page(title=calendar.name, note=note, crumbs=(list_crumb(),), tabs=tabs)
    above = Crumb(calendar.name, reverse("calendars:calendar", kwargs=here))
    return Page(title=title, note=calendar.name, crumbs=(list_crumb(), above))


def settings_tabs(current: str) -> tuple[Tab, ...]:
    """Return the tabs of what holds for the whole company."""
    return (
        Tab(_("Calendars"), reverse("calendars:calendars"), is_current=current == "calendars"),
        Tab(_("Fiscal year"), reverse("calendars:company_year"), is_current=current == "year"),
        Tab(_("Public holidays"), reverse("calendars:holidays"), is_current=current == "holidays"),
    )


def year_words(year: FiscalYear) -> str:
    """Return what a fiscal year is called."""
    return f"{year.year}年度" if language() == "ja" else f"FY{year.year}"


def asked_year(request: HttpRequest, default: int) -> int:
    """Return the year of the query string where it is one that calendars can be worked out for."""
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and 1950 <= int(text) <= 2150 else default
