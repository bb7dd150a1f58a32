"""The register of people, and choosing one of them."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.people import queries
from kaname.ground.people.models import Person
from kaname.ground.people.rules import REGISTER, VIEW, VIEW_TERMS
from kaname.ground.people.types import PERSON_FACTS, Employment, PersonFilter, Presence, SkillLevel
from kaname.ground.people.web.choosing import LONGEST_WORDS, chips, chosen_filter, department_choices, row_tabs
from kaname.ground.people.web.frame import register_tabs
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.ui.types import Page

ROWS: Final = 100
PROPOSALS: Final = 12
SORTS: Final = {
    "reading": ("reading", "id"),
    "number": ("employee_number", "id"),
    "department": ("department__position", "department__name", "reading", "id"),
    "employment": ("employment", "reading", "id"),
    "place": ("place", "reading", "id"),
    "joined": ("joined_on", "reading", "id"),
}


@door(reads=VIEW)
def people(request: HttpRequest) -> HttpResponse:
    """List the people that fit the filters."""
    wanted = chosen_filter(request.GET)
    terms = _terms(request)
    unsplit = queries.find_people(request.user, _without_row(wanted), today=clock.today())
    counts = tuple(queries.count_by_row(unsplit).items())
    found = queries.with_skills(queries.find_people(request.user, wanted, today=clock.today()))
    rows = Paginator(found.order_by(*_order(request)), ROWS).get_page(request.GET.get("page", "1"))
    context = {
        **terms,
        "department_choices": department_choices(terms["departments"]),
        "rows": rows,
        "wanted": wanted,
        "facts": list(PERSON_FACTS),
        "lines": _lines(request, list(rows.object_list)),
        "row_tabs": row_tabs(request, counts, wanted.row),
        "chips": chips(request, wanted, **terms),
        "employments": Employment.choices,
        "levels": SkillLevel.choices[1:],
        "presences": Presence.choices,
        "may_register": bool(decide(request.user, REGISTER)),
        "export_url": _export_url(request),
        "page": Page(
            title=_("People"),
            note=_("Who works here, where, and what they can do."),
            tabs=register_tabs("people") if decide(request.user, VIEW_TERMS) else (),
        ),
    }
    return render(request, "people/people.html", context)


@door(reads=VIEW)
def options(request: HttpRequest) -> HttpResponse:
    """Propose people by name, reading or number; those who have left are not proposed."""
    wanted = PersonFilter(words=request.GET.get("q", "")[:LONGEST_WORDS])
    found = queries.find_people(request.user, wanted, today=clock.today())[:PROPOSALS]
    proposed = [{"value": row.pk, "label": row.name, "note": _note(row)} for row in found]
    return render(request, "ui/forms/options.html", {"options": proposed, "list_id": "people"})


def _terms(request: HttpRequest) -> dict[str, Any]:
    """Return what the filters choose from; nothing for those who see only themselves."""
    if not decide(request.user, VIEW_TERMS):
        return {"departments": [], "partners": [], "skills": []}
    return {
        "departments": queries.departments(),
        "partners": list(queries.partners()),
        "skills": list(queries.skills()),
    }


def _without_row(wanted: PersonFilter) -> PersonFilter:
    return PersonFilter(
        words=wanted.words,
        department_id=wanted.department_id,
        employment=wanted.employment,
        partner_id=wanted.partner_id,
        skill_id=wanted.skill_id,
        least_level=wanted.least_level,
        presence=wanted.presence,
    )


def _export_url(request: HttpRequest) -> str:
    """Return the address of the same list as a file, up to the kind of file."""
    query = request.GET.copy()
    for gone in ("page", "sort", "as"):
        query.pop(gone, None)
    return f"{reverse('people:export')}?{query.urlencode()}{'&' if query else ''}"


def _order(request: HttpRequest) -> tuple[str, ...]:
    sort = request.GET.get("sort", "reading")
    keys = SORTS.get(sort.removeprefix("-"), SORTS["reading"])
    return (f"-{keys[0]}", *keys[1:]) if sort.startswith("-") else keys


def _lines(request: HttpRequest, rows: list[Person]) -> list[tuple[Person, list[tuple[Any, bool]]]]:
    """Return each person with what the rooms above know of it, in the order of the columns."""
    ids = [row.pk for row in rows]
    known = [(fact.values(request.user, ids), fact.is_figure) for fact in PERSON_FACTS]
    return [(row, [(values.get(row.pk), is_figure) for values, is_figure in known]) for row in rows]


def _note(person: Person) -> str:
    return f"{person.reading} · {person.department.name} · {person.employee_number}"
