"""The frame of every page inside a project: where am I, which tabs are there."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.projects.models import Project
from kaname.ground.projects.types import PROJECT_TABS
from kaname.kernel.rules.decisions import decide
from kaname.kernel.text import name_of
from kaname.ui.types import Crumb, Page, Tab, Text


def project_page(
    request: HttpRequest,
    project: Project,
    *,
    current: str,
    title: Text = "",
    note: Text = "",
    crumbs: tuple[Crumb, ...] = (),
) -> Page:
    """Return the frame of a page of a project.

    Parameters
    ----------
    current
        Key of the tab that the page belongs to.
    title
        Heading of the page; the project's name without one.
    crumbs
        Steps between the project and the page.
    """
    tabs = tuple(
        Tab(tab.label, reverse(tab.url_name, kwargs={"project": project.pk}), is_current=tab.key == current)
        for tab in PROJECT_TABS
        if decide(request.user, tab.wanted, project)
    )
    way = (
        Crumb(_("Projects"), reverse("projects:projects")),
        Crumb(
            f"{project.code} {name_of(project)}" if title else project.code,
            reverse("projects:project", kwargs={"project": project.pk}),
            reverse("projects:neighbours", kwargs={"project": project.pk}),
        ),
        *crumbs,
    )
    return Page(title=title or name_of(project), note=note, crumbs=way, tabs=tabs)
