"""Saying how a project is, and what was said before."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaname.ground.projects.operations import StatusWithoutReason, report_status
from kaname.ground.projects.queries import fetch_project, list_statuses
from kaname.ground.projects.rules import REPORT_STATUS, VIEW
from kaname.ground.projects.types import Health
from kaname.ground.projects.web.forms import StatusForm
from kaname.ground.projects.web.frame import project_page
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide, require
from kaname.kernel.rules.doors import door

_ROWS: Final = 50


@door(reads=VIEW, writes=REPORT_STATUS)
def statuses(request: HttpRequest, project: int) -> HttpResponse:
    """Show what was reported of a project; who leads it reports here."""
    shown = fetch_project(actor=request.user, project_id=project)
    form = StatusForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST":
        require(request.user, REPORT_STATUS, shown)
        if form.is_valid() and _report(request, form, project):
            messages.success(request, _("The status is reported."))
            return redirect("projects:project", project=project)
    context = {
        "project": shown,
        "form": form,
        "rows": Paginator(list_statuses(project=shown), _ROWS).get_page(request.GET.get("page", "1")),
        "may_report": bool(decide(request.user, REPORT_STATUS, shown)),
        "page": project_page(request, shown, current="overview", title=_("Reported status")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/statuses.html", context, status=status)


def _report(request: HttpRequest, form: StatusForm, project_id: int) -> bool:
    if form.cleaned_data["on"] > clock.today():
        form.add_error("on", _("A status can be reported for today or earlier."))
        return False
    try:
        report_status(
            actor=request.user,
            now=clock.now(),
            project_id=project_id,
            on=form.cleaned_data["on"],
            health=Health(form.cleaned_data["health"]),
            reason=form.cleaned_data["reason"],
        )
    except StatusWithoutReason as error:
        form.add_error("reason", error.reason)
        return False
    return True
