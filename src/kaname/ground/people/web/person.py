"""A person's facts: shown, registered, changed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.people import operations, queries
from kaname.ground.people.models import Person
from kaname.ground.people.rules import REGISTER, VIEW, VIEW_ABSENCE
from kaname.ground.people.types import PERSON_FACTS
from kaname.ground.people.web.forms import EditPersonForm, PersonForm, person_values
from kaname.ground.people.web.frame import find_person, person_page
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import SIGNED_IN, door
from kaname.ui.saving import SAVED, save
from kaname.ui.types import Crumb, Page


@door(reads=SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    """Lead to one's own page; say so where the account belongs to nobody in the register."""
    own = queries.person_of_account(request.user.actor_id)
    if own is not None:
        return redirect("people:person", person=own.pk)
    return render(request, "people/nobody.html", {"page": Page(title=_("My page"))})


@door(reads=VIEW)
def facts(request: HttpRequest, person: int) -> HttpResponse:
    """Show what is known of a person."""
    shown = find_person(request, person)
    sees_absence = bool(decide(request.user, VIEW_ABSENCE, shown))
    context = {
        "person": shown,
        "known": [(fact.label, fact.values(request.user, [shown.pk]).get(shown.pk)) for fact in PERSON_FACTS],
        "skills": [held for held in queries.skills_of(shown) if held.level],
        "sees_absence": sees_absence,
        "leaves": queries.leaves_of(shown, since=clock.today())[:5] if sees_absence else [],
        "may_register": bool(decide(request.user, REGISTER, shown)),
        "today": clock.today(),
        "page": person_page(request, shown, current="facts"),
    }
    return render(request, "people/person.html", context)


@door(reads=REGISTER, writes=REGISTER)
def new(request: HttpRequest) -> HttpResponse:
    """Register a person."""
    form = PersonForm(request.POST or None, initial={"joined_on": clock.today()})
    status = 200
    if request.method == "POST":
        made: list[Person] = []
        status = 422
        if form.is_valid():
            values = form.facts()
            status = save(
                form, lambda: made.append(operations.register_person(actor=request.user, now=clock.now(), **values))
            )
        if status == SAVED:
            messages.success(request, _("%(name)s is registered.") % {"name": made[0].name})
            return redirect("people:person", person=made[0].pk)
    page = Page(title=_("Register a person"), crumbs=(Crumb(_("People"), reverse("people:people")),))
    context = {"form": form, "page": page, "back_url": reverse("people:people")}
    return render(request, "people/edit_person.html", context, status=status)


@door(reads=REGISTER, writes=REGISTER)
def edit(request: HttpRequest, person: int) -> HttpResponse:
    """Change facts of a person."""
    shown = find_person(request, person)
    form = EditPersonForm(request.POST or None, initial=dict(person_values(shown)), person=shown)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values, version = form.facts(), form.cleaned_data["version"]
            status = save(
                form,
                lambda: operations.edit_person(
                    actor=request.user, now=clock.now(), person_id=person, expected_version=version, **values
                ),
                present=person_values,
            )
        if status == SAVED:
            messages.success(request, _("Saved."))
            return redirect("people:person", person=person)
    context = {
        "form": form,
        "page": person_page(request, shown, current="", title=_("Edit the facts")),
        "back_url": reverse("people:person", kwargs={"person": person}),
    }
    return render(request, "people/edit_person.html", context, status=status)
