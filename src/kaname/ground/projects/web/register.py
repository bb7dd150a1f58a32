"""The register of projects: the table, its look-ups, what stands beside it."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.projects.queries import (
    ORDERS,
    fetch_project,
    find_projects,
    list_classes,
    list_departments_of_projects,
    list_groups,
    list_memberships,
    list_pms,
    list_projects,
)
from kaname.ground.projects.rules import REGISTER, VIEW
from kaname.ground.projects.types import Health, ProjectState, Shelf
from kaname.ground.projects.web.filtering import Choices, chips_of, filter_of
from kaname.kernel.rules.decisions import may
from kaname.kernel.rules.doors import door
from kaname.kernel.text import name_of
from kaname.ui.types import Page, Tab

_ROWS: Final = 50
_ORDER_KEY: Final = "projects.order"


@door(reads=VIEW)
def projects(request: HttpRequest) -> HttpResponse:
    """List projects with filters, in the order that was chosen last."""
    order = _remembered_order(request)
    choices = Choices(
        classes=tuple(list_classes(actor=request.user)),
        departments=tuple(list_departments_of_projects(actor=request.user)),
        groups=tuple(list_groups(actor=request.user)),
        pms=tuple(list_pms(actor=request.user)),
    )
    wanted = filter_of(request.GET, choices)
    found = list_projects(actor=request.user, wanted=wanted, order=order)
    context = {
        "rows": Paginator(found, _ROWS).get_page(request.GET.get("page", "1")),
        "choices": choices,
        "wanted": wanted,
        "states": ProjectState.choices,
        "healths": Health.choices,
        "chips": chips_of(request.GET, wanted, choices),
        "may_register": may(request.user, REGISTER),
        "page": Page(title=_("Projects"), tabs=_shelves(request, wanted.shelf)),
    }
    return render(request, "projects/projects.html", context)


def _remembered_order(request: HttpRequest) -> str:
    """Return the wanted order; without one the order of last time, which the heads of the columns then show."""
    asked = request.GET.get("sort", "")
    kept = request.session.get(_ORDER_KEY, "")
    if asked.removeprefix("-") in ORDERS:
        if asked != kept:
            request.session[_ORDER_KEY] = asked
        return asked
    if kept.removeprefix("-") not in ORDERS:
        return "code"
    query = request.GET.copy()
    query["sort"] = kept
    request.GET = query
    return str(kept)


def _shelves(request: HttpRequest, current: Shelf) -> tuple[Tab, ...]:
    tabs = []
    for shelf in Shelf:
        query = request.GET.copy()
        query.pop("page", None)
        query["shelf"] = shelf.value
        tabs.append(Tab(shelf.label, f"?{query.urlencode()}", is_current=shelf == current))
    return tuple(tabs)


@door(reads=VIEW)
def peek(request: HttpRequest, project: int) -> HttpResponse:
    """Show a project beside a list."""
    shown = list_projects(actor=request.user, wanted=filter_of({"shelf": "all"}, Choices())).filter(pk=project).first()
    context = {
        "project": shown or fetch_project(actor=request.user, project_id=project),
        "page_url": reverse("projects:project", kwargs={"project": project}),
    }
    context["memberships"] = list_memberships(project=context["project"])
    return render(request, "projects/peek.html", context)


@door(reads=VIEW)
def neighbours(request: HttpRequest, project: int) -> HttpResponse:
    """List the other open projects of the same group, or else of the same department, for the switcher of the breadcrumb."""
    here = fetch_project(actor=request.user, project_id=project)
    nearest = find_projects(actor=request.user, words="", limit=200)
    return render(request, "projects/neighbours.html", {"here": here, "rows": nearest})


@door(reads=VIEW)
def options(request: HttpRequest) -> HttpResponse:
    """Propose open projects by code or name."""
    found = find_projects(actor=request.user, words=request.GET.get("q", "")[:100])
    proposals = [
        {"value": project.pk, "label": f"{project.code} {name_of(project)}", "note": name_of(project.department)}
        for project in found
    ]
    return render(request, "ui/forms/options.html", {"options": proposals, "list_id": "projects"})
