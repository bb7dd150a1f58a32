"""What happened in a project, in words."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kaname.ground.people.models import Person
from kaname.ground.projects.models import Project
from kaname.ground.projects.queries import fetch_project, list_activity
from kaname.ground.projects.rules import VIEW
from kaname.ground.projects.types import Health, ProjectRole
from kaname.ground.projects.web.frame import project_page
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.types import event_types
from kaname.kernel.rules.doors import door
from kaname.kernel.text import name_of
from kaname.ui.types import Entry as Happened

_ROWS: Final = 50
_MEMBERS: Final = frozenset({"projects.membership_changed", "projects.membership_removed"})


@door(reads=VIEW)
def activity(request: HttpRequest, project: int) -> HttpResponse:
    """List everything that happened in a project, newest first."""
    shown = fetch_project(actor=request.user, project_id=project)
    rows = Paginator(list_activity(actor=request.user, project=shown), _ROWS).get_page(request.GET.get("page", "1"))
    context = {
        "project": shown,
        "rows": rows,
        "entries": happened(rows.object_list),
        "page": project_page(request, shown, current="overview", title=_("Activity")),
    }
    return render(request, "projects/activity.html", context)


def happened(entries: Iterable[Entry]) -> list[Happened]:
    """Return journal entries as sentences; people are named by one query where there are any."""
    listed = list(entries)
    ids = {entry.payload.get("person_id") for entry in listed if entry.name in _MEMBERS}
    people = {person.pk: name_of(person) for person in Person.objects.filter(pk__in=ids)} if ids else {}
    return [
        Happened(
            at=entry.at,
            who=entry.actor_label or _("Kaname"),
            says=_sentence(entry, people),
            icon="point" if entry.actor_id else "refresh",
        )
        for entry in listed
    ]


def _sentence(entry: Entry, people: Mapping[int, str]) -> str:
    known = event_types().get(entry.name)
    label = str(known.label) if known else entry.name
    detail = _detail(entry.name, entry.payload, people)
    return _("%(event)s: %(detail)s") % {"event": label, "detail": detail} if detail else label


def _detail(name: str, facts: Mapping[str, Any], people: Mapping[int, str]) -> str:
    if name in _MEMBERS:
        role = facts.get("role", "")
        words = [people.get(facts.get("person_id", 0), ""), str(dict(ProjectRole.choices).get(role, role))]
        if name == "projects.membership_changed":
            words.append(f"{facts.get('load_permille', 0) / 10:g}%")
        return " ".join(word for word in words if word)
    if name == "projects.status_reported":
        return str(dict(Health.choices).get(facts.get("health", ""), ""))
    if name == "projects.project_changed":
        return _(", ").join(_field(field) for field in facts.get("fields", ()))
    return _task(facts)


def _task(facts: Mapping[str, Any]) -> str:
    """Return the task that an event is about, with how far it is where the event says so; empty without one."""
    name = str(facts.get("task_name", ""))
    known = facts.get("percent_permille")
    return f"{name} {known // 10}%" if name and isinstance(known, int) else name


def _field(name: str) -> str:
    if name == "phases":
        return _("Phases")
    known = {field.name: field for field in Project._meta.concrete_fields}
    return capfirst(str(known[name].verbose_name)) if name in known else name
