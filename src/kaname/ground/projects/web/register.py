"""The register of projects: the table, its look-ups, what stands beside it."""

from collections.abc import Iterable
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.projects.exchange import MOST_ROWS, write_projects
from kaname.ground.projects.queries import (
    ORDERS,
    fetch_project,
    find_projects,
    in_group_order,
    list_classes,
    list_departments_of_projects,
    list_groups,
    list_pms,
    list_projects,
    list_statuses,
    list_team,
)
from kaname.ground.projects.rules import REGISTER, VIEW, VIEW_BUDGET, VIEW_TERMS
from kaname.ground.projects.types import PROJECT_HEALTHS, ComputedHealth, Health, ProjectState, Shelf
from kaname.ground.projects.web.filtering import Choices, chips_of, filter_of, tree_lines
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide, may
from kaname.kernel.rules.doors import door
from kaname.kernel.text import name_of
from kaname.ui.answers import handing_out
from kaname.ui.types import Page, Tab

_ROWS: Final = 50
_TREE_ROWS: Final = 200
_NEIGHBOURS: Final = 100
_ORDER_KEY: Final = "projects.order"


@door(reads=VIEW_TERMS)
def projects(request: HttpRequest) -> HttpResponse:
    """List projects with filters, in the order that was chosen last."""
    order = _remembered_order(request)
    choices = _choices(request)
    wanted = filter_of(request.GET, choices)
    is_tree = request.GET.get("view") == "tree"
    found = list_projects(actor=request.user, wanted=wanted, order="code" if is_tree else order)
    if is_tree:
        found = in_group_order(found, choices.groups)
    rows = Paginator(found, _TREE_ROWS if is_tree else _ROWS).get_page(request.GET.get("page", "1"))
    rows.object_list = _with_computed(request, rows.object_list)
    context = {
        "rows": rows,
        "is_tree": is_tree,
        "lines": tree_lines(rows.object_list, choices.groups) if is_tree else None,
        "choices": choices,
        "wanted": wanted,
        "states": ProjectState.choices,
        "healths": Health.choices,
        "chips": chips_of(request.GET, wanted, choices),
        "may_register": may(request.user, REGISTER),
        "today": clock.today(),
        "page": Page(title=_("Projects"), tabs=_views(request, is_tree=is_tree, shelf=wanted.shelf)),
    }
    return render(request, "projects/projects.html", context)


@door(reads=VIEW)
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the projects that the filters of the register leave, as a file."""
    choices = _choices(request)
    order = request.GET.get("sort", "code")
    found = list_projects(actor=request.user, wanted=filter_of(request.GET, choices), order=order)[:MOST_ROWS]
    file = write_projects(found, kind=request.GET.get("as", ""))
    name = f"{_('Projects')}_{clock.today():%Y%m%d}.{file.extension}"
    return handing_out(file.content, name=name, media_type=file.media_type)


def _with_computed(request: HttpRequest, projects: Iterable[Any]) -> list[Any]:
    """Put the computed health, `None` where there is none, beside what was reported of each project."""
    listed = list(projects)
    found: dict[int, ComputedHealth] = {}
    for fill in PROJECT_HEALTHS:
        found.update(fill(request.user, [project.pk for project in listed]))
    for project in listed:
        project.computed = found.get(project.pk)
    return listed


def _choices(request: HttpRequest) -> Choices:
    return Choices(
        classes=tuple(list_classes(actor=request.user)),
        departments=tuple(list_departments_of_projects(actor=request.user)),
        groups=tuple(list_groups(actor=request.user)),
        pms=tuple(list_pms(actor=request.user)),
    )


def _remembered_order(request: HttpRequest) -> str:
    """Return the wanted order; without one that of last time, which the heads of the columns then show; else open ones first."""
    asked = request.GET.get("sort", "")
    kept = request.session.get(_ORDER_KEY, "")
    if asked.removeprefix("-") in ORDERS:
        if asked != kept:
            request.session[_ORDER_KEY] = asked
        return asked
    if kept.removeprefix("-") not in ORDERS:
        return "open"
    query = request.GET.copy()
    query["sort"] = kept
    request.GET = query
    return str(kept)


def _views(request: HttpRequest, *, is_tree: bool, shelf: Shelf) -> tuple[Tab, ...]:
    is_open = shelf != Shelf.ARCHIVED
    return (
        Tab(_("Project list"), _view(request), is_current=is_open and not is_tree),
        Tab(_("By portfolio"), _view(request, view="tree"), is_current=is_open and is_tree),
        Tab(_("Archived"), _view(request, shelf=Shelf.ARCHIVED.value), is_current=not is_open),
        Tab(_("Portfolios and programmes"), reverse("projects:groups")),
        Tab(_("Project classes"), reverse("projects:classes")),
    )


def _view(request: HttpRequest, **wanted: str) -> str:
    query = request.GET.copy()
    for gone in ("page", "view", "shelf"):
        query.pop(gone, None)
    for key, value in wanted.items():
        query[key] = value
    return f"?{query.urlencode()}"


@door(reads=VIEW)
def peek(request: HttpRequest, project: int) -> HttpResponse:
    """Show a project beside a list."""
    shown = fetch_project(actor=request.user, project_id=project)
    context = {
        "project": shown,
        "status": list_statuses(project=shown).first(),
        "memberships": list_team(project=shown, on=clock.today()),
        "sees_budget": bool(decide(request.user, VIEW_BUDGET, shown)),
        "page_url": reverse("projects:project", kwargs={"project": project}),
    }
    return render(request, "projects/peek.html", context)


@door(reads=VIEW)
def neighbours(request: HttpRequest, project: int) -> HttpResponse:
    """List the open projects that one may switch to from a project, for its breadcrumb."""
    here = fetch_project(actor=request.user, project_id=project)
    others = find_projects(actor=request.user, words="", limit=_NEIGHBOURS)
    return render(request, "projects/neighbours.html", {"here": here, "rows": others})


@door(reads=VIEW)
def options(request: HttpRequest) -> HttpResponse:
    """Propose open projects by code or name."""
    found = find_projects(actor=request.user, words=request.GET.get("q", "")[:100])
    proposals = [
        {"value": project.pk, "label": f"{project.code} {name_of(project)}", "note": name_of(project.department)}
        for project in found
    ]
    return render(request, "ui/forms/options.html", {"options": proposals, "list_id": "projects"})
