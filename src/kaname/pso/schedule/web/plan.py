"""The plan page: the table of the WBS; the island turns it into the surface with the Gantt beside it."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kaname.ground.projects.models import Project
from kaname.ground.projects.rules import VIEW as VIEW_PROJECT
from kaname.ground.projects.web.frame import project_page
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide, fetch, may
from kaname.kernel.rules.doors import door
from kaname.pso.schedule.models import Baseline, Plan
from kaname.pso.schedule.operations import PlanExists, begin_plan
from kaname.pso.schedule.queries import PlanFigures, plan_figures, plan_rows, plan_time
from kaname.pso.schedule.queries.mine import finish_day, start_day
from kaname.pso.schedule.rules import CREATE, EDIT, IMPORT, REPORT_PROGRESS, VIEW
from kaname.pso.schedule.web.frame import place_of
from kaname.pso.schedule.web.lines import line
from kaname.pso.schedule.web.table import table_rows
from kaname.ui.components.dates import day, long
from kaname.ui.types import Figure

LINES_A_PAGE: Final = 200


@door(reads=VIEW)
def plan(request: HttpRequest, project: int) -> HttpResponse:
    """Show the plan of a project, or how to begin one."""
    place = place_of(request, project)
    if place.plan is None:
        return _no_plan(request, place.project)
    shown = place.plan
    baselines = list(shown.baselines.order_by("number"))
    compared = compared_baseline(request, baselines)
    today = clock.today()
    counts = plan_figures(shown, baseline=compared, today=today)
    listed = Paginator(range(1, counts.lines + 1), LINES_A_PAGE).get_page(request.GET.get("page", "1"))
    rows = plan_rows(shown, time=plan_time(shown), baseline=compared, places=listed.object_list)
    lines = [line(row, shown, today=today) for row in rows]
    may_edit = bool(decide(request.user, EDIT, shown))
    context = {
        "page": project_page(request, place.project, current="schedule", title=_("Plan")),
        "plan": shown,
        "rows": listed,
        "lines": lines,
        "table_rows": table_rows(lines, project_id=project),
        "figures": figures(shown, counts),
        "baselines": baselines,
        "compared": compared,
        "may_edit": may_edit,
        "may_report": may(request.user, REPORT_PROGRESS),
        "is_empty": not counts.lines,
        "words": surface_words(),
        "printed_on": long(today),
    }
    return render(request, "schedule/plan.html", context)


@door(writes=CREATE)
def begin(request: HttpRequest, project: int) -> HttpResponse:
    """Begin an empty plan."""
    projects = Project.objects.select_related("department", "calendar")
    chosen = fetch(request.user, VIEW_PROJECT, projects, pk=project)
    try:
        begin_plan(actor=request.user, now=clock.now(), project=chosen)
    except PlanExists as refused:
        messages.error(request, str(refused.reason))
    else:
        messages.success(request, _("The plan is begun. Add its first task."))
    return redirect("schedule:plan", project=project)


def surface_words() -> dict[str, str]:
    """Return the words that the island says by itself."""
    return {
        "plan": _("Plan"),
        "number": pgettext("row number", "Row"),
        "wbs": _("WBS"),
        "name": pgettext("of a task", "Name"),
        "duration": _("Duration"),
        "start": _("Start"),
        "finish": _("Finish"),
        "predecessors": _("Predecessors"),
        "people": _("People"),
        "percent": "%",
        "float": _("Total float"),
        "difference": _("Against the baseline"),
        "critical": _("critical"),
        "blocked": _("Blocked"),
        "today": _("Today"),
        "done": _("%(count)d done").replace("%(count)d", "%(count)s"),
        "status": _("Status date"),
        "why": _("Why?"),
        "saved": _("Saved."),
        "newTask": _("New task"),
        "nothingToUndo": _("There is nothing to undo."),
        "computedOfPackage": _(
            "A work package gets its dates and progress from the tasks below it. Change one of them."
        ),
        "failed": _("The server cannot be reached. What you typed is still here; try again in a moment."),
        "notLoaded": _(
            "The plan could not be drawn. The table below shows its first rows; reload the page to try again."
        ),
    }


def compared_baseline(request: HttpRequest, baselines: list[Baseline]) -> Baseline | None:
    """Return the baseline that the address asks for, else the one in force."""
    wanted = request.GET.get("baseline", "0")
    return next((row for row in baselines if str(row.number) == wanted), baselines[0] if baselines else None)


def figures(plan: Plan, counts: PlanFigures) -> tuple[Figure, ...]:
    """Return the few figures above the plan."""
    return (
        Figure(label=_("Finish"), value=day(finish_day(plan.finish_at)), note=_("computed")),
        Figure(label=_("Tasks"), value=str(counts.tasks), note=_("%(count)d done") % {"count": counts.done}),
        Figure(label=_("Open critical tasks"), value=str(counts.critical)),
        Figure(label=_("Late tasks"), value=str(counts.late), is_bad=counts.late > 0),
        Figure(label=_("Status date"), value=day(start_day(plan.status_at))),
    )


def _no_plan(request: HttpRequest, project: Project) -> HttpResponse:
    context = {
        "page": project_page(request, project, current="schedule", title=_("Plan")),
        "may_begin": bool(decide(request.user, CREATE, project)),
        "may_import": may(request.user, IMPORT),
        "begin_url": reverse("schedule:begin", kwargs={"project": project.pk}),
        "import_url": f"{reverse('imports:imports')}?project={project.pk}",
    }
    return render(request, "schedule/no_plan.html", context)
