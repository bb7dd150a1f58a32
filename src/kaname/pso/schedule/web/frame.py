"""What every page of the schedule begins with: the project, its plan, the frame around."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.projects.models import Project
from kaname.ground.projects.rules import VIEW as VIEW_PROJECT
from kaname.ground.projects.web.frame import project_page
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Missing
from kaname.pso.schedule.models import Plan
from kaname.pso.schedule.queries import find_plan
from kaname.ui.types import Crumb, Page, Text


@dataclass(frozen=True, slots=True)
class Place:
    """A project and its plan, if it has one."""

    project: Project
    plan: Plan | None


def place_of(request: HttpRequest, project_id: int) -> Place:
    """Return the project that the reader may see, with its plan. 2 queries at most.

    Raises
    ------
    Missing
        If there is no such project or it may not be seen.
    """
    plan = find_plan(actor=request.user, project_id=project_id)
    if plan is not None:
        return Place(plan.project, plan)
    projects = Project.objects.select_related("department", "calendar")
    return Place(fetch(request.user, VIEW_PROJECT, projects, pk=project_id), None)


def plan_of(request: HttpRequest, project_id: int) -> Plan:
    """Return the plan of a project. 1 query.

    Raises
    ------
    Missing
        If there is none or it may not be seen.
    """
    plan = find_plan(actor=request.user, project_id=project_id)
    if plan is None:
        raise Missing
    return plan


def plan_page(
    request: HttpRequest, project: Project, *, title: Text, note: Text = "", crumbs: Iterable[Crumb] = ()
) -> Page:
    """Return the frame of a page below the plan page."""
    way = (Crumb(_("Plan"), reverse("schedule:plan", kwargs={"project": project.pk})), *crumbs)
    return project_page(request, project, current="schedule", title=title, note=note, crumbs=way)
