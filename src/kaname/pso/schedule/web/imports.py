"""The way of plan files into projects: upload, look, choose projects, confirm, result."""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaname.ground.projects.models import Project
from kaname.ground.projects.rules import REGISTER
from kaname.kernel import clock
from kaname.kernel.files.shelf import EmptyContent
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.rules.decisions import fetch, may
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Missing
from kaname.pso.schedule.jobs import read_import, take_import_in
from kaname.pso.schedule.models import PlanImport
from kaname.pso.schedule.operations import ImportOutOfStep, begin_taking_in, choose_project, note_job, upload_plan_file
from kaname.pso.schedule.queries.imports import (
    effect_of,
    imports_of_batch,
    my_imports,
    projects_for_plans,
    undoable,
)
from kaname.pso.schedule.rules import CREATE, IMPORT, OWN_IMPORT
from kaname.pso.schedule.types import ImportState
from kaname.pso.schedule.web.import_rows import PENDING, import_row, project_field
from kaname.ui.forms import FilesField
from kaname.ui.types import Crumb, Page, Step

_ROWS = 50
_MOST_PROPOSALS = 12
_KINDS = ".xml,.xer,.xlsx,.csv,.tsv,.txt"


class UploadForm(forms.Form):
    """Which files."""

    files = FilesField(
        label=gettext_lazy("Plan files"),
        help_text=gettext_lazy(
            "Microsoft Project XML, Primavera XER, Excel (.xlsx), CSV or TSV. Up to 20 files of 50 MB."
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["accept"] = _KINDS


def steps() -> tuple[Step, ...]:
    """Return the steps of the way."""
    return (
        Step("files", _("Choose files")),
        Step("look", _("Check and choose projects")),
        Step("confirm", _("Confirm")),
        Step("result", _("Result")),
    )


@door(reads=IMPORT, writes=IMPORT)
def imports(request: HttpRequest) -> HttpResponse:
    """List one's own imports; upload files."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = _upload(request, form)
        if batch is not None:
            return redirect("imports:batch", batch=batch)
    found = my_imports(actor=request.user).exclude(state=ImportState.DISCARDED)
    rows = Paginator(found, _ROWS).get_page(request.GET.get("page", "1"))
    can_undo = undoable(rows)
    context = {
        "form": form,
        "project": request.GET.get("project", ""),
        "rows": rows,
        "lines": [import_row(row, undoable=can_undo) for row in rows],
        "steps": steps(),
        "page": Page(
            title=_("Plan files in"),
            note=_("Nothing changes in a project before you have seen what becomes of the file and confirmed it."),
        ),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "schedule/imports/imports.html", context, status=status)


def _upload(request: HttpRequest, form: UploadForm) -> UUID | None:
    project = _project(request, request.POST.get("project", ""))
    batch, now = uuid4(), clock.now()
    taken = 0
    for file in form.cleaned_data["files"]:
        try:
            row = upload_plan_file(
                actor=request.user,
                now=now,
                batch=batch,
                file_name=file.name or _("unnamed file"),
                chunks=file.chunks(),
                project=project,
            )
        except EmptyContent:
            form.add_error("files", _("%(name)s is empty and was not taken.") % {"name": file.name})
            continue
        job_id = enqueue_on_commit(read_import, import_id=row.pk)
        note_job(actor=request.user, import_id=row.pk, job_id=job_id)
        taken += 1
    return batch if taken else None


def _project(request: HttpRequest, value: str) -> Project | None:
    """Return the project that was chosen if the actor may make its plan, else none."""
    if not value.isdecimal() or len(value) > 18:
        return None
    try:
        return fetch(request.user, CREATE, projects_for_plans(actor=request.user), pk=int(value))
    except Missing:
        return None


@door(reads=IMPORT)
def projects(request: HttpRequest) -> HttpResponse:
    """Propose projects whose plan the actor may import."""
    words = request.GET.get("q", "").strip()[:100]
    found = projects_for_plans(actor=request.user)
    for word in words.split():
        found = found.filter(models.Q(code__icontains=word) | models.Q(name__icontains=word))
    options = [
        {"value": project.pk, "label": f"{project.code} {project.name}", "note": ""}
        for project in found[:_MOST_PROPOSALS]
    ]
    return render(request, "ui/forms/options.html", {"options": options, "list_id": "projects"})


@door(reads=OWN_IMPORT, writes=OWN_IMPORT)
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Show the files of one upload as they are read; choose a project for each."""
    rows = imports_of_batch(actor=request.user, batch=batch)
    if request.method == "POST":
        chosen = _choose(request, rows)
        if chosen:
            return redirect("imports:confirm", batch=batch)
        messages.error(request, _("Choose a project for at least one file that was read."))
    elif rows and all(row.state in {ImportState.APPLIED, ImportState.UNDONE, ImportState.APPLYING} for row in rows):
        return redirect("imports:result", batch=batch)
    listed = list(projects_for_plans(actor=request.user)[:500])
    registered = _project(request, request.GET.get("project", ""))
    context = {
        "batch": batch,
        "lines": [
            import_row(
                row,
                projects=listed,
                is_alone=len(rows) == 1,
                registered=registered if str(row.pk) == request.GET.get("file") else None,
            )
            for row in rows
        ],
        "may_register": may(request.user, REGISTER),
        "steps": steps(),
        "page": _page(_("Check the files")),
    }
    return render(request, "schedule/imports/batch.html", context, status=422 if request.method == "POST" else 200)


def _page(title: str) -> Page:
    return Page(title=title, crumbs=(Crumb(_("Plan files in"), reverse("imports:imports")),))


def _choose(request: HttpRequest, rows: list[PlanImport]) -> int:
    chosen = 0
    for row in rows:
        if row.state != ImportState.READY:
            continue
        project = _project(request, request.POST.get(project_field(row), ""))
        if project != row.project:
            choose_project(actor=request.user, import_id=row.pk, project=project)
        chosen += project is not None and "problem" not in row.summary
    return chosen


@door(reads=OWN_IMPORT)
def row(request: HttpRequest, batch: UUID, import_id: int) -> HttpResponse:
    """Show one file of an upload again, while it is read."""
    together = imports_of_batch(actor=request.user, batch=batch)
    found = next((row for row in together if row.pk == import_id), None)
    if found is None:
        raise Missing
    listed = list(projects_for_plans(actor=request.user)[:500]) if found.state == ImportState.READY else []
    can_undo = undoable([found])
    return render(
        request,
        "schedule/imports/row.html",
        {
            "line": import_row(found, projects=listed, is_alone=len(together) == 1, undoable=can_undo),
            "may_register": may(request.user, REGISTER),
            "batch": batch,
        },
    )


@door(reads=OWN_IMPORT, writes=OWN_IMPORT)
def confirm(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Say what taking in does to each chosen project; do it on confirmation."""
    rows = [
        row
        for row in imports_of_batch(actor=request.user, batch=batch)
        if row.state == ImportState.READY and row.project is not None and "problem" not in row.summary
    ]
    if not rows:
        return redirect("imports:batch", batch=batch)
    twice = {row.project_id for row in rows if sum(other.project_id == row.project_id for other in rows) > 1}
    if request.method == "POST" and not twice:
        _take_in(request, rows)
        return redirect("imports:result", batch=batch)
    context = {
        "batch": batch,
        "lines": [
            {"row": row, "effect": effect_of(row, row.project), "is_twice": row.project_id in twice}
            for row in rows
            if row.project is not None
        ],
        "is_blocked": bool(twice),
        "steps": steps(),
        "page": _page(_("Confirm")),
    }
    return render(request, "schedule/imports/confirm.html", context, status=422 if request.method == "POST" else 200)


def _take_in(request: HttpRequest, rows: list[PlanImport]) -> None:
    now = clock.now()
    for row in rows:
        if row.project is None:
            continue
        try:
            begin_taking_in(actor=request.user, now=now, import_id=row.pk, project=row.project)
        except ImportOutOfStep:
            continue
        job_id = enqueue_on_commit(take_import_in, import_id=row.pk)
        note_job(actor=request.user, import_id=row.pk, job_id=job_id)


@door(reads=OWN_IMPORT)
def result(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Show what became of the files: the plans, and the way back."""
    rows = imports_of_batch(actor=request.user, batch=batch)
    can_undo = undoable(rows)
    lines = [import_row(row, undoable=can_undo) for row in rows]
    done = sum(line.is_applied for line in lines)
    is_running = any(row.state in PENDING for row in rows)
    title = (
        _("Taking in")
        if is_running
        else ngettext("%(count)d plan is taken in", "%(count)d plans are taken in", done) % {"count": done}
    )
    context = {"batch": batch, "lines": lines, "is_running": is_running, "steps": steps(), "page": _page(title)}
    return render(request, "schedule/imports/result.html", context)
