"""The frame of every page of a person: who, where from, which tabs."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.people.models import Person
from kaname.ground.people.queries import people
from kaname.ground.people.rules import VIEW
from kaname.ground.people.types import PERSON_TABS
from kaname.kernel.rules.decisions import decide, fetch
from kaname.kernel.rules.types import Permission
from kaname.ui.types import Crumb, Page, Tab, Text


def find_person(request: HttpRequest, person: int, *, wanted: Permission = VIEW) -> Person:
    """Return a person for whom the reader has a permission.

    Raises
    ------
    Missing
        If there is none, or it may not be seen.
    Refused
        If it may be seen but not this.
    """
    related = ("account", "calendar", "department__parent", "partner__calendar")
    return fetch(request.user, wanted, people(request.user).select_related(*related), pk=person)


def register_tabs(current: str) -> tuple[Tab, ...]:
    """Return the tabs of the registers of this room."""
    return (
        Tab(_("People"), reverse("people:people"), is_current=current == "people"),
        Tab(_("Departments"), reverse("people:departments"), is_current=current == "departments"),
        Tab(_("Partner companies"), reverse("people:partners"), is_current=current == "partners"),
        Tab(_("Skills"), reverse("people:skills"), is_current=current == "skills"),
    )


def person_page(
    request: HttpRequest, person: Person, *, current: str, title: Text = "", crumbs: tuple[Crumb, ...] = ()
) -> Page:
    """Return the frame of a page of a person.

    Parameters
    ----------
    current
        Key of the tab that the page belongs to.
    title
        Heading of the page; the person's name without one.
    crumbs
        Steps between the person and the page.
    """
    tabs = tuple(
        Tab(tab.label, reverse(tab.url_name, kwargs={"person": person.pk}), is_current=tab.key == current)
        for tab in PERSON_TABS
        if decide(request.user, tab.wanted, person)
    )
    way = (Crumb(_("People"), reverse("people:people")),)
    if title:
        way += (Crumb(person.name, reverse("people:person", kwargs={"person": person.pk})), *crumbs)
    return Page(title=title or person.name, note=person.reading, crumbs=way, tabs=tabs)
