"""A person's pages: facts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaname.ground.people.queries import person_of_account
from kaname.ground.people.rules import VIEW
from kaname.ground.people.web.frame import find_person, person_page
from kaname.kernel.rules.doors import SIGNED_IN, door
from kaname.ui.types import Page


@door(reads=SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    """Lead to one's own page; say so where the account belongs to nobody in the register."""
    own = person_of_account(request.user.actor_id)
    if own is not None:
        return redirect("people:person", person=own.pk)
    return render(request, "people/nobody.html", {"page": Page(title=_("My page"))})


@door(reads=VIEW)
def facts(request: HttpRequest, person: int) -> HttpResponse:
    """Show what is known of a person."""
    shown = find_person(request, person)
    context = {"person": shown, "page": person_page(request, shown, current="facts")}
    return render(request, "people/person.html", context)
