"""A project's face: what it is, where it stands, who is in it."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.ground.projects.models import Project
from kaname.ground.projects.queries import (
    fetch_project,
    list_activity,
    list_phases,
    list_statuses,
    list_team,
)
from kaname.ground.projects.rules import ARCHIVE, EDIT, REPORT_STATUS, STAFF, VIEW, VIEW_BUDGET
from kaname.ground.projects.types import PROJECT_FIGURES, PROJECT_HEALTH, PROJECT_SECTIONS, PROJECT_SENTENCES
from kaname.ground.projects.web.activity import happened
from kaname.ground.projects.web.forms import StatusForm
from kaname.ground.projects.web.frame import project_page
from kaname.ground.projects.web.paragraph import own_figures, own_sentences, paragraph_of
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door

_HAPPENED: Final = 8


@door(reads=VIEW)
def project(request: HttpRequest, project: int) -> HttpResponse:
    """Show the face of a project."""
    shown = fetch_project(actor=request.user, project_id=project)
    today = clock.today()
    running = list_team(project=shown, on=today)
    statuses = list(list_statuses(project=shown)[:4])
    context = {
        "project": shown,
        "paragraph": paragraph_of(
            [
                *own_sentences(shown, running, today=today),
                *(sentence for fill in PROJECT_SENTENCES for sentence in fill(request.user, shown)),
            ]
        ),
        "figures": [
            *(figure for fill in PROJECT_FIGURES for figure in fill(request.user, shown)),
            *own_figures(shown, running, today=today),
        ],
        "phases": list_phases(project=shown),
        "memberships": running,
        "status": statuses[0] if statuses else None,
        "earlier_statuses": statuses[1:],
        "computed": next((found for fill in PROJECT_HEALTH if (found := fill(request.user, shown))), None),
        "sections": _sections(request, shown),
        "entries": happened(list_activity(actor=request.user, project=shown)[:_HAPPENED]),
        "status_form": StatusForm(initial={"on": today}),
        "page": project_page(request, shown, current="overview", note=_note(shown)),
        **_permitted(request, shown),
    }
    return render(request, "projects/project.html", context)


def _note(project: Project) -> str:
    return " · ".join(filter(None, (project.code, project.customer)))


def _sections(request: HttpRequest, project: Project) -> list[dict[str, Any]]:
    """Return the parts that upper rooms have for this reader, each with its values in `shown`."""
    return [
        {"template": section.template, "is_aside": section.is_aside, "shown": shown}
        for section in PROJECT_SECTIONS
        if decide(request.user, section.wanted, project) and (shown := section.context(request, project)) is not None
    ]


def _permitted(request: HttpRequest, project: Project) -> dict[str, bool]:
    wanted = {
        "sees_budget": VIEW_BUDGET,
        "may_edit": EDIT,
        "may_staff": STAFF,
        "may_report": REPORT_STATUS,
        "may_archive": ARCHIVE,
    }
    return {name: bool(decide(request.user, permission, project)) for name, permission in wanted.items()}
