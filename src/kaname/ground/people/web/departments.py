"""The organisation as a tree."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.people import operations, queries
from kaname.ground.people.models import Department
from kaname.ground.people.rules import REGISTER, VIEW_TERMS
from kaname.ground.people.web.forms import DepartmentForm, EditDepartmentForm, VersionForm, department_values
from kaname.ground.people.web.frame import register_tabs
from kaname.kernel import clock
from kaname.kernel.records import Stale
from kaname.kernel.rules.decisions import decide, fetch
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Unacceptable
from kaname.ui.saving import SAVED, save
from kaname.ui.types import Crumb, Page


@door(reads=VIEW_TERMS)
def departments(request: HttpRequest) -> HttpResponse:
    """Show the tree of departments with managers and how many people work there."""
    lines = queries.department_tree(today=clock.today())
    shows_archived = request.GET.get("state") == "all"
    context = {
        "lines": [line for line in lines if shows_archived or line.department.archived_at is None],
        "shows_archived": shows_archived,
        "has_archived": any(line.department.archived_at is not None for line in lines),
        "may_register": bool(decide(request.user, REGISTER)),
        "page": Page(title=_("Departments"), tabs=register_tabs("departments")),
    }
    return render(request, "people/departments.html", context)


@door(reads=REGISTER, writes=REGISTER)
def new(request: HttpRequest) -> HttpResponse:
    """Make a department."""
    people = queries.people(request.user)
    form = DepartmentForm(request.POST or None, initial={"parent": request.GET.get("parent", "")}, people=people)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = save(
                form,
                lambda: operations.create_department(actor=request.user, now=clock.now(), **form.cleaned_data),
            )
        if status == SAVED:
            messages.success(request, _("The department is made."))
            return redirect("people:departments")
    return _page(request, form, _("New department"), status)


@door(reads=REGISTER, writes=REGISTER)
def edit(request: HttpRequest, department: int) -> HttpResponse:
    """Change a department's name, place in the tree or manager."""
    shown = fetch(request.user, REGISTER, Department.objects.select_related("manager"), pk=department)
    people = queries.people(request.user)
    initial = dict(department_values(shown))
    form = EditDepartmentForm(request.POST or None, initial=initial, people=people, department=shown)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = dict(form.cleaned_data)
            version = values.pop("version")
            status = save(
                form,
                lambda: operations.edit_department(
                    actor=request.user, now=clock.now(), department_id=department, expected_version=version, **values
                ),
                present=department_values,
            )
        if status == SAVED:
            messages.success(request, _("Saved."))
            return redirect("people:departments")
    return _page(request, form, shown.name, status)


def _page(request: HttpRequest, form: DepartmentForm, title: str, status: int) -> HttpResponse:
    page = Page(title=title, crumbs=(Crumb(_("Departments"), reverse("people:departments")),))
    context = {"form": form, "page": page, "back_url": reverse("people:departments")}
    return render(request, "people/edit.html", context, status=status)


@door(writes=REGISTER)
def archive(request: HttpRequest, department: int) -> HttpResponse:
    """Take a department out of use."""
    return _press(request, department, operations.archive_department, _("The department is out of use."))


@door(writes=REGISTER)
def restore(request: HttpRequest, department: int) -> HttpResponse:
    """Take a department into use again."""
    return _press(request, department, operations.restore_department, _("The department is in use again."))


def _press(request: HttpRequest, department: int, act: Callable[..., object], says: str) -> HttpResponse:
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        with transaction.atomic():
            act(actor=request.user, now=clock.now(), department_id=department, expected_version=version)
    except Stale:
        messages.error(request, _("Somebody has changed this meanwhile. Look at it and try again."))
    except Unacceptable as refusal:
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, says)
    return redirect("people:departments")
