"""The frame of every page of a person: who, where from, which tabs."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.people.models import Person
from kaname.ground.people.queries import people
from kaname.ground.people.rules import VIEW
from kaname.ground.people.types import PERSON_TABS
from kaname.kernel.rules.decisions import decide, fetch
from kaname.ui.types import Crumb, Page, Tab, Text


def find_person(request: HttpRequest, person: int) -> Person:
    """Return a person whom the reader may see; raise `Missing` otherwise. 1 query."""
    return fetch(request.user, VIEW, people(request.user).select_related("account", "calendar"), pk=person)


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
