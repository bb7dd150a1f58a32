"""The registers of partner companies and of skills."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.people import operations, queries
from kaname.ground.people.models import Partner, Skill
from kaname.ground.people.rules import REGISTER, VIEW_TERMS
from kaname.ground.people.web.forms import (
    EditPartnerForm,
    EditSkillForm,
    PartnerForm,
    SkillForm,
    VersionForm,
    partner_values,
    skill_values,
)
from kaname.ground.people.web.frame import register_tabs
from kaname.kernel import clock
from kaname.kernel.records import Stale
from kaname.kernel.rules.decisions import decide, fetch
from kaname.kernel.rules.doors import door
from kaname.ui.saving import SAVED, save
from kaname.ui.types import Crumb, Page


@door(reads=VIEW_TERMS)
def partners(request: HttpRequest) -> HttpResponse:
    """List partner companies with how many of their people work here."""
    context = {
        "lines": queries.partner_lines(today=clock.today()),
        "may_register": bool(decide(request.user, REGISTER)),
        "page": Page(title=_("Partner companies"), tabs=register_tabs("partners")),
    }
    return render(request, "people/partners.html", context)


@door(reads=REGISTER, writes=REGISTER)
def new_partner(request: HttpRequest) -> HttpResponse:
    """Make a partner company known."""
    form = PartnerForm(request.POST or None)

    def act() -> Partner:
        return operations.register_partner(actor=request.user, now=clock.now(), **form.cleaned_data)

    return _answer(request, form, act, title=_("New partner company"), back="people:partners")


@door(reads=REGISTER, writes=REGISTER)
def edit_partner(request: HttpRequest, partner: int) -> HttpResponse:
    """Change a partner company."""
    shown = fetch(request.user, REGISTER, Partner.objects.all(), pk=partner)
    form = EditPartnerForm(request.POST or None, initial=dict(partner_values(shown)))

    def act() -> Partner:
        values, version = _split(form)
        return operations.edit_partner(
            actor=request.user, now=clock.now(), partner_id=partner, expected_version=version, **values
        )

    return _answer(request, form, act, title=shown.name, back="people:partners", present=partner_values)


@door(writes=REGISTER)
def archive_partner(request: HttpRequest, partner: int) -> HttpResponse:
    """Take a partner company out of use, or into use again."""
    shown = fetch(request.user, REGISTER, Partner.objects.all(), pk=partner)
    archived_at = None if shown.archived_at else clock.now()
    _press(
        request,
        lambda version: operations.edit_partner(
            actor=request.user, now=clock.now(), partner_id=partner, expected_version=version, archived_at=archived_at
        ),
    )
    return redirect("people:partners")


@door(reads=VIEW_TERMS)
def skills(request: HttpRequest) -> HttpResponse:
    """List skills with how many people have each level."""
    context = {
        "lines": queries.skill_lines(request.user, today=clock.today()),
        "may_register": bool(decide(request.user, REGISTER)),
        "page": Page(title=_("Skills"), tabs=register_tabs("skills")),
    }
    return render(request, "people/skills.html", context)


@door(reads=REGISTER, writes=REGISTER)
def new_skill(request: HttpRequest) -> HttpResponse:
    """Name a skill."""
    form = SkillForm(request.POST or None)

    def act() -> Skill:
        return operations.define_skill(actor=request.user, now=clock.now(), **form.cleaned_data)

    return _answer(request, form, act, title=_("New skill"), back="people:skills")


@door(reads=REGISTER, writes=REGISTER)
def edit_skill(request: HttpRequest, skill: int) -> HttpResponse:
    """Change a skill."""
    shown = fetch(request.user, REGISTER, Skill.objects.all(), pk=skill)
    form = EditSkillForm(request.POST or None, initial=dict(skill_values(shown)))

    def act() -> Skill:
        values, version = _split(form)
        return operations.edit_skill(
            actor=request.user, now=clock.now(), skill_id=skill, expected_version=version, **values
        )

    return _answer(request, form, act, title=shown.name, back="people:skills", present=skill_values)


@door(writes=REGISTER)
def archive_skill(request: HttpRequest, skill: int) -> HttpResponse:
    """Take a skill out of use, or into use again."""
    shown = fetch(request.user, REGISTER, Skill.objects.all(), pk=skill)
    archived_at = None if shown.archived_at else clock.now()
    _press(
        request,
        lambda version: operations.edit_skill(
            actor=request.user, now=clock.now(), skill_id=skill, expected_version=version, archived_at=archived_at
        ),
    )
    return redirect("people:skills")


def _split(form: forms.Form) -> tuple[dict[str, Any], int]:
    values = dict(form.cleaned_data)
    return values, values.pop("version")


def _answer(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], object],
    *,
    title: str,
    back: str,
    present: Callable[[Any], Any] | None = None,
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = save(form, act, present=present) if form.is_valid() else 422
        if status == SAVED:
            messages.success(request, _("Saved."))
            return redirect(back)
    label = _("Skills") if back == "people:skills" else _("Partner companies")
    page = Page(title=title, crumbs=(Crumb(label, reverse(back)),))
    context = {"form": form, "page": page, "back_url": reverse(back)}
    return render(request, "people/edit.html", context, status=status)


def _press(request: HttpRequest, act: Callable[[int], object]) -> None:
    form = VersionForm(request.POST)
    try:
        act(form.cleaned_data["version"] if form.is_valid() else 0)
    except Stale:
        messages.error(request, _("Somebody has changed this meanwhile. Look at it and try again."))
    else:
        messages.success(request, _("Saved."))
