"""Who may do what with projects, and the holders that every room above uses: project roles and responsible departments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kaname.ground.people.rules import DepartmentManagers
from kaname.ground.projects.models import Membership, Project
from kaname.ground.projects.types import ProjectRole
from kaname.kernel import clock
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import permission
from kaname.kernel.rules.holders import Everyone, company
from kaname.kernel.rules.memory import is_remembering, remembered
from kaname.kernel.rules.types import Access, Actor, Condition, Label

_FEW: Final = 500


def project_of(thing: Any, path: str) -> Project:
    """Return the project of a thing along an ORM path; the thing itself where the path is empty."""
    for step in filter(None, path.split("__")):
        thing = getattr(thing, step)
    return thing


def _within(path: str, field: str) -> str:
    return f"{path}__{field}" if path else field


@dataclass(frozen=True, slots=True)
class ProjectRoles:
    """Whoever has one of these roles in the thing's project today."""

    roles: frozenset[str]
    label: Label = ""

    def holds(self, actor: Actor, thing: Any, path: str) -> bool:
        """Look for a membership of the actor in the thing's project; without a thing, in any. 1 query, once in a request that reads."""
        if thing is None:
            return self.may(actor)
        return not self.roles.isdisjoint(_roles_by_project(actor).get(project_of(thing, path).pk, ()))

    def scope(self, actor: Actor, path: str) -> Q | None:
        """Return the things of the projects in which the actor has such a role.

        A request that reads knows the actor's roles already: few projects are named to the database by their ids.
        """
        if not actor.is_known or actor.actor_id is None:
            return None
        if is_remembering() and len(known := _roles_by_project(actor)) <= _FEW:
            own = [pk for pk, roles in known.items() if not self.roles.isdisjoint(roles)]
            return Q(**{_within(path, "id__in"): own})
        return Q(**{_within(path, "id__in"): _running(actor).filter(role__in=self.roles).values("project_id")})

    def may(self, actor: Actor) -> bool:
        """Whether the actor has such a role anywhere. 1 query, once in a request that reads."""
        return any(not self.roles.isdisjoint(roles) for roles in _roles_by_project(actor).values())


def _running(actor: Actor) -> QuerySet[Membership]:
    return running_on(clock.today()).filter(person__account_id=actor.actor_id)


def running_on(on: date) -> QuerySet[Membership]:
    """Return the memberships that hold on a day."""
    running = Q(ends_before=None) | Q(ends_before__gt=on)
    return Membership.objects.filter(running, starts_on__lte=on)


def _own_roles(on: date, *, account: int) -> QuerySet[Membership, tuple[int, str]]:
    return running_on(on).filter(person__account_id=account).values_list("project_id", "role")


def _roles_by_project(actor: Actor) -> Mapping[int, frozenset[str]]:
    if not actor.is_known or actor.actor_id is None:
        return {}
    return remembered(("projects.roles", actor.actor_id), lambda: _ask_roles(actor))


def _ask_roles(actor: Actor) -> Mapping[int, frozenset[str]]:
    if actor.actor_id is None:
        return {}
    roles: dict[int, frozenset[str]] = {}
    for project_id, role in asked(_own_roles, clock.today(), account=actor.actor_id):
        roles[project_id] = roles.get(project_id, frozenset()) | {role}
    return roles


def project(*roles: ProjectRole) -> ProjectRoles:
    """Return the holders of project roles."""
    return ProjectRoles(frozenset(role.value for role in roles))


def not_archived(path: str) -> Condition:
    """Return the condition that a thing's project is not archived."""
    return Condition(
        lambda _actor, thing: project_of(thing, path).archived_at is None,
        _("The project is archived and can only be read. Restore it first."),
    )


COMPANY_VIEWERS: Final = (
    company(CompanyRole.ADMINISTRATOR, CompanyRole.PMO_MANAGER, CompanyRole.PMO_MEMBER, CompanyRole.PMO_ADMINISTRATOR),
    DepartmentManagers(),
)
"""Those who see all projects, or all of their departments."""

OFFICE: Final = company(CompanyRole.PMO_MANAGER, CompanyRole.PMO_MEMBER)
"""The PMO at work on projects."""

LEADERS: Final = project(ProjectRole.PM, ProjectRole.PL, ProjectRole.PSO)
"""Those who keep a project's plan and registers."""

VIEW: Final = permission("projects.view", _("See a project"), holders=(*COMPANY_VIEWERS, project(*ProjectRole)))
REGISTER: Final = permission(
    "projects.register",
    _("Register projects, groups and classes"),
    holders=(
        company(
            CompanyRole.ADMINISTRATOR, CompanyRole.PMO_MANAGER, CompanyRole.PMO_MEMBER, CompanyRole.PMO_ADMINISTRATOR
        ),
    ),
    access=Access.WRITE,
)
EDIT: Final = permission(
    "projects.edit",
    _("Edit a project's facts and phases"),
    holders=(OFFICE, company(CompanyRole.PMO_ADMINISTRATOR), project(ProjectRole.PM)),
    sees=VIEW,
    conditions=(not_archived(""),),
    access=Access.WRITE,
)
STAFF: Final = permission(
    "projects.staff",
    _("Assign people to a project"),
    holders=(OFFICE, company(CompanyRole.PMO_ADMINISTRATOR), DepartmentManagers(), project(ProjectRole.PM)),
    sees=VIEW,
    conditions=(not_archived(""),),
    access=Access.WRITE,
)
REPORT_STATUS: Final = permission(
    "projects.report_status",
    _("Report a project's status"),
    holders=(OFFICE, project(ProjectRole.PM, ProjectRole.PL)),
    sees=VIEW,
    conditions=(not_archived(""),),
    access=Access.WRITE,
)
ARCHIVE: Final = permission(
    "projects.archive",
    _("Archive and restore a project"),
    holders=(company(CompanyRole.ADMINISTRATOR, CompanyRole.PMO_MANAGER),),
    sees=VIEW,
    access=Access.WRITE,
)
VIEW_BUDGET: Final = permission(
    "projects.view_budget",
    _("See a project's budget"),
    holders=(
        *COMPANY_VIEWERS,
        project(ProjectRole.SPONSOR, ProjectRole.PM, ProjectRole.PL, ProjectRole.PSO, ProjectRole.AUDITOR),
    ),
)
VIEW_TERMS: Final = permission("projects.view_terms", _("See project classes and groups"), holders=(Everyone(),))
