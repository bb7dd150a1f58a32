"""Who is told of what happens to projects, and the recipients that the rooms above use: project roles and the office."""

from collections.abc import Callable, Collection
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kaname.ground.people.notices import account_of
from kaname.ground.projects.events import (
    MembershipChanged,
    MembershipRemoved,
    ProjectArchived,
    ProjectChanged,
    ProjectClosed,
    ProjectRegistered,
    ProjectReopened,
    ProjectRestored,
    StatusReported,
    TermChanged,
)
from kaname.ground.projects.models import Membership, Project
from kaname.ground.projects.rules import VIEW
from kaname.ground.projects.types import Health, ProjectRole
from kaname.kernel import clock
from kaname.kernel.accounts.models import RoleGrant
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.journal.models import Entry
from kaname.kernel.notices.declarations import silent, tell
from kaname.kernel.notices.types import Told, Value
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor, Label


def seen_projects(actor: Actor) -> QuerySet[Project]:
    """Return the projects that the actor may see."""
    return visible(actor, VIEW, Project.objects.all())


def project_id(entry: Entry) -> int | None:
    """Return the project of an entry."""
    return entry.project_id


def project_page(told: Told) -> str:
    """Return the address of the project's first page."""
    return reverse("projects:project", kwargs={"project": told.project_id})


def project_name(entry: Entry) -> dict[str, Value]:
    """Return the project's name by language, as `project`."""
    found = Project.objects.get(pk=entry.project_id)
    return {"project": {"ja": found.name, "en": found.name_en or found.name}}


def per_project(entry: Entry) -> str:
    """Return the project as a fold key."""
    return str(entry.project_id)


def health_label(code: str) -> Label:
    """Return the word for a health."""
    return Health(code).label


def in_roles(*roles: ProjectRole) -> Callable[[Entry], list[int]]:
    """Return the rule that tells whoever holds one of these roles in the entry's project today."""

    def recipients(entry: Entry) -> list[int]:
        today = clock.today()
        running = Q(ends_before=None) | Q(ends_before__gt=today)
        held = Membership.objects.filter(running, project_id=entry.project_id, role__in=roles, starts_on__lte=today)
        return list(held.exclude(person__account=None).values_list("person__account_id", flat=True))

    return recipients


def in_office(*roles: CompanyRole) -> Callable[[Entry], list[int]]:
    """Return the rule that tells whoever holds one of these roles in the company."""

    def recipients(_entry: Entry) -> list[int]:
        return list(RoleGrant.objects.filter(role__in=roles).values_list("account_id", flat=True))

    return recipients


def together(*rules: Callable[[Entry], Collection[int]]) -> Callable[[Entry], set[int]]:
    """Return the rule that tells everybody whom one of some rules tells."""
    return lambda entry: {account for rule in rules for account in rule(entry)}


OFFICE: Final = in_office(CompanyRole.PMO_MANAGER, CompanyRole.PMO_MEMBER)
LEADERS: Final = in_roles(ProjectRole.PM, ProjectRole.PL)
SPONSORS: Final = in_roles(ProjectRole.SPONSOR)
IN_PROJECT: Final[dict[str, Any]] = {"things": seen_projects, "object_id": project_id, "link": project_page}
"""What all tellings about a project as a whole have in common."""


def _member(entry: Entry) -> list[int]:
    return account_of(entry.payload["person_id"])


def _membership(entry: Entry) -> dict[str, Value]:
    return project_name(entry) | {"role": entry.payload["role"]}


def _role_label(code: str) -> Label:
    return ProjectRole(code).label


def _status(entry: Entry) -> dict[str, Value]:
    return project_name(entry) | {"health": entry.payload["health"]}


tell(
    MembershipChanged,
    to=_member,
    words=_("Your part in %(project)s was set: %(role)s"),
    params=_membership,
    shows={"role": _role_label},
    fold=per_project,
    **IN_PROJECT,
)
tell(
    StatusReported,
    to=together(SPONSORS, OFFICE),
    words=_("The status of %(project)s was reported: %(health)s"),
    params=_status,
    shows={"health": health_label},
    fold=per_project,
    **IN_PROJECT,
)
tell(
    ProjectClosed,
    to=in_roles(*ProjectRole),
    words=_("%(project)s was closed."),
    params=project_name,
    **IN_PROJECT,
)
tell(
    ProjectReopened,
    to=in_roles(*ProjectRole),
    words=_("%(project)s was reopened."),
    params=project_name,
    **IN_PROJECT,
)
tell(
    ProjectArchived,
    to=LEADERS,
    words=_("%(project)s was archived and can only be read."),
    params=project_name,
    **IN_PROJECT,
)
tell(
    ProjectRestored,
    to=LEADERS,
    words=_("%(project)s was restored from the archive."),
    params=project_name,
    **IN_PROJECT,
)
silent(MembershipRemoved, reason="Whoever is no longer in the project may not be told of it any more.")
silent(ProjectRegistered, reason="Nobody is in it yet; each member hears of the own part.")
silent(
    ProjectChanged,
    reason="Facts are seen on the project's page; what matters in them changes the health, which is told.",
)
silent(TermChanged, reason="Kept by the office for everybody, and seen wherever the names are shown.")
