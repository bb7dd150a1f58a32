"""What recalculations did: the list of them, and the moves of one with their causes."""

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.kernel.rules.doors import door
from kaname.pso.schedule.models import Run
from kaname.pso.schedule.queries import MoveLine, run_page, runs
from kaname.pso.schedule.queries.history import move_lines, moves_of, trigger_tasks
from kaname.pso.schedule.queries.mine import finish_day, start_day
from kaname.pso.schedule.rules import VIEW
from kaname.pso.schedule.web import words
from kaname.pso.schedule.web.frame import plan_of, plan_page
from kaname.ui.types import Crumb

LINES_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """A recalculation in words."""

    run: Run
    trigger: str
    task_name: str
    task_url: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveWords:
    """A move in words."""

    line: MoveLine
    before: str
    after: str
    days: int
    cause: str


@door(reads=VIEW)
def changes(request: HttpRequest, project: int) -> HttpResponse:
    """List the recalculations of a plan."""
    plan = plan_of(request, project)
    found = runs(plan)
    if request.GET.get("moved"):
        found = found.filter(moved__gt=0)
    listed = Paginator(found, LINES_A_PAGE).get_page(request.GET.get("page", "1"))
    tasks = trigger_tasks(plan, list(listed))
    lines = []
    for run in listed:
        task = tasks.get(run.trigger_task_id or 0)
        lines.append(
            RunLine(
                run=run,
                trigger=str(words.TRIGGERS.get(run.trigger, _("Recalculation"))),
                task_name=task.name if task else "",
                task_url=reverse("schedule:task", kwargs={"project": project, "task": task.pk}) if task else "",
                says=words.run_says(run),
            )
        )
    page = plan_page(request, plan.project, title=_("Changes of dates"), note=_("Every recalculation and what it did."))
    context = {
        "page": page,
        "project_id": project,
        "rows": listed,
        "lines": lines,
        "only_moved": bool(request.GET.get("moved")),
    }
    return render(request, "schedule/changes.html", context)


@door(reads=VIEW)
def run(request: HttpRequest, project: int, run: int) -> HttpResponse:
    """Show what one recalculation moved, and why."""
    plan = plan_of(request, project)
    shown = run_page(plan, number=run)
    found = moves_of(shown.run, only_later=request.GET.get("way") == "later", words=request.GET.get("q", "")[:100])
    listed = Paginator(found, LINES_A_PAGE).get_page(request.GET.get("page", "1"))
    moves = [_move(entry) for entry in move_lines(plan, list(listed))]
    changes_url = reverse("schedule:changes", kwargs={"project": project})
    context = {
        "page": plan_page(
            request,
            plan.project,
            title=_("Recalculation #%(number)d") % {"number": run},
            note=words.run_says(shown.run),
            crumbs=(Crumb(_("Changes of dates"), changes_url),),
        ),
        "project_id": project,
        "run": shown.run,
        "trigger": words.TRIGGERS.get(shown.run.trigger, _("Recalculation")),
        "trigger_task": shown.trigger_task,
        "rows": listed,
        "moves": moves,
        "way": request.GET.get("way", ""),
    }
    return render(request, "schedule/run.html", context)


def _move(entry: MoveLine) -> MoveWords:
    move = entry.move
    return MoveWords(
        line=entry,
        before=words.period(start_day(move.start_before_at), finish_day(move.finish_before_at)),
        after=words.period(start_day(move.start_after_at), finish_day(move.finish_after_at)),
        days=words.move_days(move),
        cause=words.move_cause(move=move, driver=entry.driver, root=entry.root),
    )
