"""Where projects are found: in the rail, under "new", in the palette, among the tabs of a project."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.queries import find_projects
from kaname.ground.projects.rules import REGISTER, VIEW
from kaname.ground.projects.types import PROJECT_TABS, ProjectTab
from kaname.kernel.rules.types import Actor
from kaname.kernel.text import name_of
from kaname.ui import navigation
from kaname.ui.types import Found


def take() -> None:
    """Register the room's places; once, when Django is ready."""
    navigation.register("project", _("Projects"), "projects:projects", "folder", VIEW.name, order=10, key="p")
    navigation.register_new(_("Project"), "projects:register", "folder", REGISTER.name, order=10)
    navigation.register_finder("projects", _("Projects"), _found, order=10)
    overview = ProjectTab(key="overview", label=_("Overview"), url_name="projects:project", wanted=VIEW)
    people = ProjectTab(key="people", label=_("Team"), url_name="projects:people", wanted=VIEW)
    PROJECT_TABS.fill("overview", overview, order=10)
    PROJECT_TABS.fill("people", people, order=20)


def _found(actor: Actor, words: str) -> Iterable[Found]:
    for project in find_projects(actor=actor, words=words, limit=8):
        url = reverse("projects:project", kwargs={"project": project.pk})
        yield Found(f"{project.code} {name_of(project)}", url, "folder", name_of(project.department))
