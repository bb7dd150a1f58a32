"""Portfolios, programmes and project classes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.projects import operations
from kaname.ground.projects.models import PhaseTemplate
from kaname.ground.projects.queries import (
    count_projects_by,
    fetch_class,
    fetch_group,
    list_archived_classes,
    list_archived_groups,
    list_classes,
    list_groups,
)
from kaname.ground.projects.rules import REGISTER, VIEW_TERMS
from kaname.ground.projects.types import GroupKind
from kaname.ground.projects.web.forms import ClassForm, GroupForm, VersionForm
from kaname.ground.projects.web.phase_rows import PhaseRow, drafts_of, rows_of, typed_rows
from kaname.kernel import clock
from kaname.kernel.records import Stale
from kaname.kernel.rules.decisions import may
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Unacceptable
from kaname.ui.answers import going_to, say_with_undo
from kaname.ui.stale import show_both
from kaname.ui.types import Crumb, Page, Tab, Text


@door(reads=VIEW_TERMS)
def groups(request: HttpRequest) -> HttpResponse:
    """Show portfolios and programmes as a tree, each with how many projects belong to it."""
    counts = count_projects_by(actor=request.user, field="group_id")
    context = {
        "rows": [
            {"branch": branch, "count": counts.get(branch.thing.pk, 0)} for branch in list_groups(actor=request.user)
        ],
        "archived": list(list_archived_groups(actor=request.user)),
        "may_register": may(request.user, REGISTER),
        "page": _terms_page(_("Portfolios and programmes"), "projects:groups"),
    }
    return render(request, "projects/groups.html", context)


@door(reads=REGISTER, writes=REGISTER)
def add_group(request: HttpRequest) -> HttpResponse:
    """Make a portfolio or programme."""
    form = GroupForm(request.POST or None, initial={"kind": GroupKind.PORTFOLIO})
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("name", "name_en", "parent", "position")}
        kind = GroupKind(form.cleaned_data["kind"])
        group = operations.create_group(actor=request.user, now=clock.now(), kind=kind, **values)
        messages.success(request, _("“%(name)s” is registered.") % {"name": group.name})
        return redirect("projects:groups")
    context = {"form": form, "page": _below(_("Add a portfolio or programme"), "projects:groups")}
    return render(request, "projects/term.html", context, status=422 if request.method == "POST" else 200)


@door(reads=REGISTER, writes=REGISTER)
def edit_group(request: HttpRequest, group: int) -> HttpResponse:
    """Change a portfolio or programme."""
    shown = fetch_group(actor=request.user, group_id=group)
    form = GroupForm(request.POST or None, initial=_present(shown, "kind", "parent"), group=shown)
    status = 200
    if request.method == "POST":
        status = _save_group(request, form, group) if form.is_valid() else 422
        if status == 302:
            messages.success(request, _("“%(name)s” is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("projects:groups")
    archive_url = reverse("projects:archive_group", kwargs={"group": group})
    context = {"form": form, "term": shown, "archive_url": archive_url, "page": _below(shown.name, "projects:groups")}
    return render(request, "projects/term.html", context, status=status)


def _save_group(request: HttpRequest, form: GroupForm, group_id: int) -> int:
    values = dict(form.cleaned_data)
    version, kind = values.pop("version") or 0, GroupKind(values.pop("kind"))
    act = {"actor": request.user, "now": clock.now(), "group_id": group_id, "expected_version": version}
    try:
        operations.edit_group(**act, kind=kind, **values)
    except operations.GroupRing as error:
        form.add_error("parent", error.reason)
        return 422
    except Stale as stale:
        show_both(form, stale, present=_present(stale.current, "kind", "parent"))
        return 409
    return 302


@door(writes=REGISTER)
def archive_group(request: HttpRequest, group: int) -> HttpResponse:
    """Put a portfolio or programme away."""
    return _turn(request, operations.archive_group, "group", group, undo="projects:restore_group")


@door(writes=REGISTER)
def restore_group(request: HttpRequest, group: int) -> HttpResponse:
    """Take an archived portfolio or programme out again."""
    return _turn(request, operations.restore_group, "group", group)


@door(reads=VIEW_TERMS)
def classes(request: HttpRequest) -> HttpResponse:
    """List project classes with their standard phases."""
    counts = count_projects_by(actor=request.user, field="project_class_id")
    listed = list_classes(actor=request.user).prefetch_related(
        Prefetch("phase_templates", PhaseTemplate.objects.order_by("position"))
    )
    context = {
        "rows": [{"class": row, "phases": row.phase_templates.all(), "count": counts.get(row.pk, 0)} for row in listed],
        "archived": list(list_archived_classes(actor=request.user)),
        "may_register": may(request.user, REGISTER),
        "page": _terms_page(_("Project classes"), "projects:classes"),
    }
    return render(request, "projects/classes.html", context)


@door(reads=REGISTER, writes=REGISTER)
def add_class(request: HttpRequest) -> HttpResponse:
    """Make a project class with its standard phases."""
    form = ClassForm(request.POST or None)
    rows = [PhaseRow(name=name, name_en=name_en) for name, name_en in operations.STANDARD_PHASES]
    errors: list[Text] = []
    if request.method == "POST":
        rows = typed_rows(request.POST)
        drafts, errors = drafts_of(rows)
        if form.is_valid() and not errors:
            values = {name: form.cleaned_data[name] for name in ("code", "name", "name_en", "position")}
            phases = [(draft.name, draft.name_en) for draft in drafts]
            try:
                operations.define_class(actor=request.user, now=clock.now(), phases=phases, **values)
            except operations.ClassCodeTaken as error:
                form.add_error("code", error.reason)
            else:
                messages.success(request, _("“%(name)s” is registered.") % {"name": form.cleaned_data["name"]})
                return redirect("projects:classes")
    page = _below(_("Add a project class"), "projects:classes")
    context = {"form": form, "rows": rows, "errors": errors, "has_phases": True, "page": page}
    return render(request, "projects/term.html", context, status=422 if request.method == "POST" else 200)


@door(reads=REGISTER, writes=REGISTER)
def edit_class(request: HttpRequest, project_class: int) -> HttpResponse:
    """Change a project class and its standard phases."""
    shown = fetch_class(actor=request.user, class_id=project_class)
    form = ClassForm(request.POST or None, initial=_present(shown))
    del form.fields["code"]
    rows, errors, status = rows_of(shown.phase_templates.order_by("position")), [], 200
    if request.method == "POST":
        rows = typed_rows(request.POST)
        drafts, errors = drafts_of(rows)
        phases = [(draft.name, draft.name_en) for draft in drafts]
        status = _save_class(request, form, project_class, phases) if form.is_valid() and not errors else 422
        if status == 302:
            messages.success(request, _("“%(name)s” is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("projects:classes")
    context = {
        "form": form,
        "rows": rows,
        "errors": errors,
        "has_phases": True,
        "term": shown,
        "archive_url": reverse("projects:archive_class", kwargs={"project_class": project_class}),
        "page": _below(shown.name, "projects:classes"),
    }
    return render(request, "projects/term.html", context, status=status)


def _save_class(request: HttpRequest, form: ClassForm, class_id: int, phases: list[tuple[str, str]]) -> int:
    values = dict(form.cleaned_data)
    version = values.pop("version") or 0
    act = {"actor": request.user, "now": clock.now(), "class_id": class_id, "expected_version": version}
    try:
        operations.edit_class(**act, phases=phases, **values)
    except Stale as stale:
        show_both(form, stale, present=_present(stale.current))
        return 409
    return 302


@door(writes=REGISTER)
def archive_class(request: HttpRequest, project_class: int) -> HttpResponse:
    """Put a project class away."""
    return _turn(request, operations.archive_class, "class", project_class, undo="projects:restore_class")


@door(writes=REGISTER)
def restore_class(request: HttpRequest, project_class: int) -> HttpResponse:
    """Take an archived project class out again."""
    return _turn(request, operations.restore_class, "class", project_class)


def _turn(request: HttpRequest, turn: Callable[..., Any], kind: str, pk: int, *, undo: str = "") -> HttpResponse:
    form = VersionForm({"version": request.POST.get("version") or request.GET.get("version")})
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        term = turn(actor=request.user, now=clock.now(), expected_version=version, **{f"{kind}_id": pk})
    except Stale:
        messages.error(request, _("Somebody has changed this meanwhile. Look at it and try again."))
    except Unacceptable as error:
        messages.error(request, str(error.reason))
    else:
        if undo:
            words = _("“%(name)s” is archived.") % {"name": term.name}
            say_with_undo(request, words, undo_url=f"{reverse(undo, args=[pk])}?version={term.version}")
        else:
            messages.success(request, _("“%(name)s” is restored.") % {"name": term.name})
    return going_to(request, reverse("projects:groups" if kind == "group" else "projects:classes"))


def _present(term: Any, *more: str) -> dict[str, Any]:
    return {name: getattr(term, name) for name in ("name", "name_en", "position", "version", *more)}


def _terms_page(title: str, current: str) -> Page:
    tabs = (
        Tab(_("Project list"), reverse("projects:projects")),
        Tab(_("By portfolio"), f"{reverse('projects:projects')}?view=tree"),
        Tab(_("Archived"), f"{reverse('projects:projects')}?shelf=archived"),
        Tab(_("Portfolios and programmes"), reverse("projects:groups"), is_current=current == "projects:groups"),
        Tab(_("Project classes"), reverse("projects:classes"), is_current=current == "projects:classes"),
    )
    return Page(title=title, crumbs=(Crumb(_("Projects"), reverse("projects:projects")),), tabs=tabs)


def _below(title: str, above: str) -> Page:
    words = _("Portfolios and programmes") if above == "projects:groups" else _("Project classes")
    way = (Crumb(_("Projects"), reverse("projects:projects")), Crumb(words, reverse(above)))
    return Page(title=title, crumbs=way)
