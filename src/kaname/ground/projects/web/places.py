"""Where projects are found: in the rail, under "new", by searching, among the tabs of a project, beside people."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kaname.ground.people.types import PERSON_FACTS, PERSON_TODO, DayPanel, PersonFact
from kaname.ground.projects.models import Project
from kaname.ground.projects.queries import list_projects_of_people, sum_loads
from kaname.ground.projects.rules import REGISTER, VIEW
from kaname.ground.projects.types import PROJECT_TABS, ProjectTab
from kaname.ground.projects.web.panels import reports_due
from kaname.kernel import clock
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor
from kaname.kernel.search.sources import Source, Text, register_source
from kaname.kernel.text import name_of
from kaname.ui import navigation
from kaname.ui.components.numbers import percent

_FULL_PERMILLE: Final = 1000


def take() -> None:
    """Register the room's places; once, when Django is ready."""
    navigation.register("project", _("Projects"), "projects:projects", "folder", VIEW.name, order=10, key="p")
    navigation.register_new(_("Project"), "projects:register", "folder", REGISTER.name, order=10)
    overview = ProjectTab(key="overview", label=_("Overview"), url_name="projects:project", wanted=VIEW)
    people = ProjectTab(key="people", label=_("Team"), url_name="projects:people", wanted=VIEW)
    PROJECT_TABS.fill("overview", overview, order=10)
    PROJECT_TABS.fill("people", people, order=20)
    register_source(
        Source(
            name="projects.project",
            label=_("Projects"),
            things=lambda actor: visible(actor, VIEW, Project.objects.all()),
            texts=_texts,
            url=lambda project_id, _project: reverse("projects:project", kwargs={"project": project_id}),
            icon="folder",
        ),
        order=10,
    )
    load = PersonFact(key="load", label=_("Load today"), values=_loads, export=_load_shares, is_figure=True)
    taking_part = PersonFact(key="projects", label=_("Projects today"), values=_links, export=_codes)
    PERSON_FACTS.fill("load", load, order=10)
    PERSON_FACTS.fill("projects", taking_part, order=20)
    PERSON_TODO.fill("reports", DayPanel(template="projects/parts/day.html", context=reports_due), order=20)


def _texts(project_ids: Collection[int]) -> Iterable[Text]:
    for project in Project.objects.filter(pk__in=project_ids):
        words = filter(None, (project.name_en, project.customer, project.purpose))
        yield Text(
            object_id=project.pk, title=f"{project.code} {project.name}", body="\n".join(words), project_id=project.pk
        )


def _loads(actor: Actor, person_ids: Collection[int]) -> Mapping[int, SafeString]:
    sums = _sums(actor, person_ids)
    return {person_id: _overload(load) if load > _FULL_PERMILLE else percent(load) for person_id, load in sums.items()}


def _overload(load_permille: int) -> SafeString:
    return format_html('<span class="late">{} {}</span>', percent(load_permille), gettext("over-allocated"))


def _load_shares(actor: Actor, person_ids: Collection[int]) -> Mapping[int, float]:
    return {person_id: load / 1000 for person_id, load in _sums(actor, person_ids).items()}


def _sums(actor: Actor, person_ids: Collection[int]) -> Mapping[int, int]:
    return sum_loads(actor=actor, person_ids=person_ids, on=clock.today())


def _links(actor: Actor, person_ids: Collection[int]) -> Mapping[int, SafeString]:
    taking_part = list_projects_of_people(actor=actor, person_ids=person_ids, on=clock.today())
    return {
        person_id: format_html_join(
            ", ",
            '<a href="{}" title="{}">{}</a>',
            (
                (reverse("projects:project", kwargs={"project": project.pk}), name_of(project), project.code)
                for project in projects
            ),
        )
        for person_id, projects in taking_part.items()
    }


def _codes(actor: Actor, person_ids: Collection[int]) -> Mapping[int, str]:
    taking_part = list_projects_of_people(actor=actor, person_ids=person_ids, on=clock.today())
    return {person_id: ", ".join(project.code for project in projects) for person_id, projects in taking_part.items()}
