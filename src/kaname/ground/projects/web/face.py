"""A project's face: what it is, where it stands, who is in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.ground.projects.queries import fetch_project, list_memberships, list_phases, list_statuses
from kaname.ground.projects.rules import VIEW, VIEW_BUDGET
from kaname.ground.projects.web.frame import project_page
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door


@door(reads=VIEW)
def project(request: HttpRequest, project: int) -> HttpResponse:
    """Show the face of a project."""
    shown = fetch_project(actor=request.user, project_id=project)
    context = {
        "project": shown,
        "phases": list_phases(project=shown),
        "memberships": list_memberships(project=shown),
        "statuses": list_statuses(project=shown)[:1],
        "sees_budget": bool(decide(request.user, VIEW_BUDGET, shown)),
        "page": project_page(request, shown, current="overview"),
    }
    return render(request, "projects/project.html", context)
