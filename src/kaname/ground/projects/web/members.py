"""The people of a project: who takes part, in which role, for how long and how much."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.people.queries import people as visible_people
from kaname.ground.projects import operations
from kaname.ground.projects.models import Membership, Project
from kaname.ground.projects.queries import fetch_project, find_overloads, list_memberships
from kaname.ground.projects.rules import STAFF, VIEW
from kaname.ground.projects.types import ProjectRole
from kaname.ground.projects.web.forms import MemberForm, NewMemberForm, RoleForm, VersionForm, present_membership
from kaname.ground.projects.web.frame import project_page
from kaname.kernel import clock
from kaname.kernel.records import Stale
from kaname.kernel.rules.decisions import decide, require
from kaname.kernel.rules.doors import door
from kaname.kernel.text import name_of
from kaname.ui.components.dates import day_words
from kaname.ui.stale import show_both
from kaname.ui.types import Crumb


@door(reads=VIEW)
def people(request: HttpRequest, project: int) -> HttpResponse:
    """List the memberships of a project by role."""
    shown = fetch_project(actor=request.user, project_id=project)
    today = clock.today()
    memberships = list(list_memberships(project=shown))
    overloads = find_overloads(actor=request.user, person_ids={row.person_id for row in memberships}, on=today)
    rows = [
        {
            "membership": row,
            "is_over": row.ends_before is not None and row.ends_before <= today,
            "is_coming": row.starts_on > today,
            "overload": overloads.get(row.person_id),
        }
        for row in memberships
    ]
    running = [row["membership"] for row in rows if not row["is_over"] and not row["is_coming"]]
    context = {
        "project": shown,
        "rows": rows,
        "people_count": len({row.person_id for row in running}),
        "load_permille": sum(row.load_permille for row in running),
        "may_staff": bool(decide(request.user, STAFF, shown)),
        "page": project_page(request, shown, current="people"),
    }
    return render(request, "projects/people.html", context)


@door(reads=STAFF, writes=STAFF)
def add(request: HttpRequest, project: int) -> HttpResponse:
    """Give a person a role in a project."""
    shown = _fetch_to_staff(request, project)
    initial = {"role": ProjectRole.MEMBER, "load_percent": 100, "starts_on": max(shown.starts_on, clock.today())}
    form = NewMemberForm(request.POST or None, initial=initial, people=visible_people(request.user))
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        try:
            operations.assign_member(
                actor=request.user,
                now=clock.now(),
                project_id=project,
                person=person,
                role=ProjectRole(form.cleaned_data["role"]),
                **form.values(),
            )
        except operations.MembershipOverlaps as error:
            form.add_error("starts_on", error.reason)
        else:
            messages.success(request, _("%(person)s takes part in the project.") % {"person": name_of(person)})
            return redirect("projects:people", project=project)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "project": shown, "page": _page(request, shown, _("Add a person"))}
    return render(request, "projects/member_add.html", context, status=status)


@door(reads=STAFF, writes=STAFF)
def change(request: HttpRequest, project: int, membership: int) -> HttpResponse:
    """Change period and load of a membership, or end it."""
    shown = _fetch_to_staff(request, project)
    member = operations.fetch_membership(shown, membership)
    form = MemberForm(request.POST or None, initial=present_membership(member))
    status = 200
    if request.method == "POST":
        status = _save(request, form, shown, membership) if form.is_valid() else 422
        if status == 302:
            messages.success(request, _("The part of %(person)s is saved.") % {"person": name_of(member.person)})
            return redirect("projects:people", project=project)
    return _show_part(request, shown, member, form, _role_form(member), status=status)


@door(writes=STAFF)
def change_role(request: HttpRequest, project: int, membership: int) -> HttpResponse:
    """Let a person go on in another role from a day on."""
    shown = _fetch_to_staff(request, project)
    member = operations.fetch_membership(shown, membership)
    form = _role_form(member, request.POST)
    status = _save_role(request, form, shown, member) if form.is_valid() else 422
    if status == 302:
        words = _("From %(day)s on, %(person)s is %(role)s.") % {
            "day": day_words(form.cleaned_data["starts_on"]),
            "person": name_of(member.person),
            "role": ProjectRole(form.cleaned_data["role"]).label,
        }
        messages.success(request, words)
        return redirect("projects:people", project=project)
    return _show_part(request, shown, member, MemberForm(initial=present_membership(member)), form, status=status)


def _save_role(request: HttpRequest, form: RoleForm, project: Project, member: Membership) -> int:
    try:
        operations.change_role(
            actor=request.user,
            now=clock.now(),
            project_id=project.pk,
            membership_id=member.pk,
            expected_version=form.cleaned_data["version"] or 0,
            role=ProjectRole(form.cleaned_data["role"]),
            starts_on=form.cleaned_data["starts_on"],
            load_permille=form.cleaned_data["load_percent"] * 10,
        )
    except operations.RoleUnchanged as error:
        form.add_error("role", error.reason)
        return 422
    except (operations.RoleChangesOutside, operations.MembershipOverlaps) as error:
        form.add_error("starts_on", error.reason)
        return 422
    except Stale as stale:
        show_both(form, stale, present={"version": stale.current.version})
        return 409
    return 302


def _role_form(member: Membership, typed: Any = None) -> RoleForm:
    initial = {
        "starts_on": max(clock.today(), member.starts_on + timedelta(days=1)),
        "load_percent": member.load_permille // 10,
        "version": member.version,
    }
    return RoleForm(typed, initial=initial, prefix="new")


def _show_part(
    request: HttpRequest, project: Project, member: Membership, form: MemberForm, role_form: RoleForm, *, status: int
) -> HttpResponse:
    title = _("%(person)s as %(role)s") % {"person": name_of(member.person), "role": member.get_role_display()}
    context = {
        "form": form,
        "role_form": role_form,
        "member": member,
        "project": project,
        "page": _page(request, project, title),
    }
    return render(request, "projects/member_change.html", context, status=status)


def _save(request: HttpRequest, form: MemberForm, project: Project, membership_id: int) -> int:
    try:
        operations.change_membership(
            actor=request.user,
            now=clock.now(),
            project_id=project.pk,
            membership_id=membership_id,
            expected_version=form.cleaned_data["version"] or 0,
            **form.values(),
        )
    except operations.MembershipOverlaps as error:
        form.add_error("starts_on", error.reason)
        return 422
    except Stale as stale:
        present: Any = stale.current
        show_both(form, stale, present=present_membership(present))
        return 409
    return 302


@door(writes=STAFF)
def remove(request: HttpRequest, project: int, membership: int) -> HttpResponse:
    """Take out a membership that was entered by mistake."""
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        removed: Membership = operations.remove_membership(
            actor=request.user,
            now=clock.now(),
            project_id=project,
            membership_id=membership,
            expected_version=version,
        )
    except Stale:
        messages.error(request, _("Somebody has changed this meanwhile. Look at it and try again."))
    else:
        messages.success(request, _("%(person)s is taken out.") % {"person": name_of(removed.person)})
    return redirect("projects:people", project=project)


def _fetch_to_staff(request: HttpRequest, project_id: int) -> Project:
    project = fetch_project(actor=request.user, project_id=project_id)
    require(request.user, STAFF, project)
    return project


def _page(request: HttpRequest, project: Project, title: str) -> Any:
    way = (Crumb(_("Team"), reverse("projects:people", kwargs={"project": project.pk})),)
    return project_page(request, project, current="people", title=title, crumbs=way)
