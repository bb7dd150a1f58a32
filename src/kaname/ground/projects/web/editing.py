"""Registering, editing, closing and putting away projects."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kaname.ground.projects import operations
from kaname.ground.projects.models import Project
from kaname.ground.projects.queries import fetch_project, list_phases
from kaname.ground.projects.rules import ARCHIVE, EDIT, REGISTER, VIEW_BUDGET
from kaname.ground.projects.web.forms import CloseForm, ProjectForm, VersionForm, present_project
from kaname.ground.projects.web.frame import project_page
from kaname.ground.projects.web.phase_rows import PhaseRow, drafts_of, rows_of, typed_rows
from kaname.kernel import clock
from kaname.kernel.records import Stale
from kaname.kernel.rules.decisions import decide, require
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Unacceptable
from kaname.ui.answers import going_to, say_with_undo
from kaname.ui.stale import Conflict, Differing, show_both
from kaname.ui.types import Crumb, Page

_OFFERED: Final = {"name": 120, "customer": 100}


@door(reads=REGISTER, writes=REGISTER)
def register(request: HttpRequest) -> HttpResponse:
    """Register a project.

    An address with `name`, `customer`, `starts_on` or `ends_on` offers what is known of the project already; one with
    `next` leads on to that page, told the project's id as `project`, once it is registered.
    """
    initial = {"state": "proposed", "starts_on": clock.today(), **_offered(request)}
    form = ProjectForm(request.POST or None, initial=initial, sees_budget=True)
    if request.method == "POST" and form.is_valid():
        try:
            project = operations.register_project(actor=request.user, now=clock.now(), **form.values())
        except operations.CodeTaken as error:
            form.add_error("code", error.reason)
        else:
            following = request.GET.get("next", "")
            if url_has_allowed_host_and_scheme(following, allowed_hosts=None):
                messages.success(request, _("The project is registered."))
                return redirect(f"{following}{'&' if '?' in following else '?'}project={project.pk}")
            messages.success(request, _("The project is registered. Now say who takes part."))
            return redirect("projects:people", project=project.pk)
    page = Page(title=_("Register a project"), crumbs=(Crumb(_("Projects"), reverse("projects:projects")),))
    status = 422 if request.method == "POST" else 200
    return render(request, "projects/edit.html", {"form": form, "page": page}, status=status)


def _offered(request: HttpRequest) -> dict[str, Any]:
    """Return what the address says of a project to be registered, as far as the form can hold it."""
    words = {name: request.GET[name][:length] for name, length in _OFFERED.items() if request.GET.get(name)}
    days = {name: _day(request.GET.get(name, "")) for name in ("starts_on", "ends_on")}
    return words | {name: day for name, day in days.items() if day is not None}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@door(reads=EDIT, writes=EDIT)
def edit(request: HttpRequest, project: int) -> HttpResponse:
    """Edit the facts of a project."""
    shown = _fetch_for(request, EDIT, project)
    sees_budget = bool(decide(request.user, VIEW_BUDGET, shown))
    form = ProjectForm(request.POST or None, initial=present_project(shown), project=shown, sees_budget=sees_budget)
    status = 200
    if request.method == "POST":
        status = _save(request, form, shown) if form.is_valid() else 422
        if status == 302:
            messages.success(request, _("The project is saved."))
            return redirect("projects:project", project=project)
    page = project_page(request, shown, current="overview", title=_("Edit the project"))
    return render(request, "projects/edit.html", {"form": form, "project": shown, "page": page}, status=status)


def _save(request: HttpRequest, form: ProjectForm, project: Project) -> int:
    try:
        operations.edit_project(
            actor=request.user,
            now=clock.now(),
            project_id=project.pk,
            expected_version=form.cleaned_data["version"] or 0,
            **form.values(),
        )
    except operations.CodeTaken as error:
        form.add_error("code", error.reason)
        return 422
    except Stale as stale:
        show_both(form, stale, present=present_project(fetch_project(actor=request.user, project_id=project.pk)))
        return 409
    return 302


@door(reads=EDIT, writes=EDIT)
def close(request: HttpRequest, project: int) -> HttpResponse:
    """Close a project on a day."""
    shown = _fetch_for(request, EDIT, project)
    form = CloseForm(request.POST or None, initial={"closed_on": clock.today(), "version": shown.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                closed = operations.close_project(
                    actor=request.user,
                    now=clock.now(),
                    project_id=project,
                    expected_version=form.cleaned_data["version"],
                    closed_on=form.cleaned_data["closed_on"],
                )
            except Stale as stale:
                show_both(form, stale, present={})
                status = 409
            else:
                words = _("%(project)s is closed.") % {"project": closed.code}
                say_with_undo(request, words, undo_url=_address("projects:reopen", closed))
                return redirect("projects:project", project=project)
    page = project_page(request, shown, current="overview", title=_("Close the project"))
    return render(request, "projects/close.html", {"form": form, "project": shown, "page": page}, status=status)


@door(writes=EDIT)
def reopen(request: HttpRequest, project: int) -> HttpResponse:
    """Take up a closed project again."""
    return _turn(request, project, operations.reopen_project, said=_("%(project)s is open again."))


@door(writes=ARCHIVE)
def archive(request: HttpRequest, project: int) -> HttpResponse:
    """Put a project away."""
    undo = "projects:restore"
    return _turn(request, project, operations.archive_project, said=_("%(project)s is archived."), undo=undo)


@door(writes=ARCHIVE)
def restore(request: HttpRequest, project: int) -> HttpResponse:
    """Take an archived project out again."""
    return _turn(request, project, operations.restore_project, said=_("%(project)s is restored."))


def _turn(
    request: HttpRequest, project_id: int, turn: Callable[..., Project], *, said: str, undo: str = ""
) -> HttpResponse:
    form = VersionForm({"version": request.POST.get("version") or request.GET.get("version")})
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        project = turn(actor=request.user, now=clock.now(), project_id=project_id, expected_version=version)
    except Stale:
        messages.error(request, _("Somebody has changed this meanwhile. Look at it and try again."))
    else:
        words = said % {"project": project.code}
        if undo:
            say_with_undo(request, words, undo_url=_address(undo, project))
        else:
            messages.success(request, words)
    return going_to(request, reverse("projects:project", kwargs={"project": project_id}))


def _address(name: str, project: Project) -> str:
    return f"{reverse(name, kwargs={'project': project.pk})}?version={project.version}"


@door(reads=EDIT, writes=EDIT)
def phases(request: HttpRequest, project: int) -> HttpResponse:
    """Name the phases of a project and put them in order."""
    shown = _fetch_for(request, EDIT, project)
    context: dict[str, Any] = {"version": shown.version, "rows": rows_of(list_phases(project=shown))}
    status = 200
    if request.method == "POST":
        typed = typed_rows(request.POST)
        context["rows"] = typed
        status = _arrange(request, shown, typed, context)
        if status == 302:
            messages.success(request, _("The phases are saved."))
            return redirect("projects:project", project=project)
    context["page"] = project_page(request, shown, current="overview", title=_("Phases"))
    context["project"] = shown
    return render(request, "projects/phases.html", context, status=status)


def _arrange(request: HttpRequest, project: Project, typed: list[PhaseRow], context: dict[str, Any]) -> int:
    drafts, errors = drafts_of(typed)
    context["errors"] = errors
    version = VersionForm(request.POST)
    if errors or not version.is_valid():
        return 422
    try:
        operations.arrange_phases(
            actor=request.user,
            now=clock.now(),
            project_id=project.pk,
            expected_version=version.cleaned_data["version"],
            phases=drafts,
        )
    except Unacceptable as error:
        context["errors"] = [error.reason]
        return 422
    except Stale as stale:
        present = ", ".join(phase.name for phase in list_phases(project=project))
        mine = ", ".join(draft.name for draft in drafts)
        differing = Differing(label=_("Phases"), mine=mine, theirs=present, field_id="", value="")
        context["conflict"] = Conflict((differing,) if mine != present else ())
        context["version"] = stale.current.version
        return 409
    return 302


def _fetch_for(request: HttpRequest, wanted: Any, project_id: int) -> Project:
    project = fetch_project(actor=request.user, project_id=project_id)
    require(request.user, wanted, project)
    return project
