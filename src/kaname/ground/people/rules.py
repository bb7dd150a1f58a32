"""Who may do what with people."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kaname.ground.people.models import Department
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.decisions import permission
from kaname.kernel.rules.holders import Oneself, company
from kaname.kernel.rules.memory import remembered
from kaname.kernel.rules.types import Access, Actor, Label


@dataclass(frozen=True, slots=True)
class DepartmentManagers:
    """Department managers, for what belongs to their departments and those below.

    `path` leads from the thing to whatever has a `department`: a person, a project.
    """

    label: Label = _("manager of the department")

    def holds(self, actor: Actor, thing: Any, path: str) -> bool:
        """Compare the thing's department with the managed trees. 2 queries at most."""
        if thing is None:
            return self.may(actor)
        for step in filter(None, path.split("__")):
            thing = getattr(thing, step)
        return any(thing.department.path.startswith(managed) for managed in self._managed_paths(actor))

    def scope(self, actor: Actor, path: str) -> Q | None:
        """Return the things of the managed departments. 1 query."""
        managed = self._managed_paths(actor)
        scope = Q()
        for department_path in managed:
            field = f"{path}__department__path__startswith" if path else "department__path__startswith"
            scope |= Q(**{field: department_path})
        return scope if managed else None

    def may(self, actor: Actor) -> bool:
        """Whether the actor manages a department. 1 query."""
        return bool(self._managed_paths(actor))

    def _managed_paths(self, actor: Actor) -> list[str]:
        if not actor.is_known or CompanyRole.DEPARTMENT_MANAGER not in actor.company_roles:
            return []
        managed = Department.objects.filter(manager__account_id=actor.actor_id).values_list("path", flat=True)
        return remembered(("people.managed", actor.actor_id), lambda: list(managed))


_OFFICE: Final = company(
    CompanyRole.ADMINISTRATOR, CompanyRole.PMO_MANAGER, CompanyRole.PMO_MEMBER, CompanyRole.PMO_ADMINISTRATOR
)
_INSIDERS: Final = company(*[role for role in CompanyRole if role != CompanyRole.EXTERNAL])

VIEW: Final = permission("people.view", _("See people and departments"), holders=(_INSIDERS, Oneself("account_id")))
VIEW_TERMS: Final = permission(
    "people.view_terms", _("See departments, partner companies and skills"), holders=(_INSIDERS,)
)
REGISTER: Final = permission(
    "people.register",
    _("Register and edit people, departments, partners and skills"),
    holders=(company(CompanyRole.ADMINISTRATOR, CompanyRole.PMO_MANAGER, CompanyRole.PMO_ADMINISTRATOR),),
    access=Access.WRITE,
)
VIEW_ABSENCE: Final = permission(
    "people.view_absence",
    _("See leave and working hours of a person"),
    holders=(_OFFICE, DepartmentManagers(), Oneself("account_id")),
)
KEEP_ABSENCE: Final = permission(
    "people.keep_absence",
    _("Enter leave and working hours of a person"),
    holders=(
        company(CompanyRole.PMO_MANAGER, CompanyRole.PMO_ADMINISTRATOR),
        DepartmentManagers(),
        Oneself("account_id"),
    ),
    sees=VIEW,
    access=Access.WRITE,
)
VIEW_COST: Final = permission(
    "people.view_cost",
    _("See cost rates"),
    holders=(company(CompanyRole.PMO_MANAGER, CompanyRole.PMO_ADMINISTRATOR), DepartmentManagers()),
)
KEEP_COST: Final = permission(
    "people.keep_cost",
    _("Enter cost rates"),
    holders=(company(CompanyRole.PMO_MANAGER, CompanyRole.PMO_ADMINISTRATOR),),
    sees=VIEW,
    access=Access.WRITE,
)
ASSESS_SKILL: Final = permission(
    "people.assess_skill",
    _("Assess a person's skills"),
    holders=(company(CompanyRole.PMO_MANAGER, CompanyRole.PMO_MEMBER), DepartmentManagers()),
    sees=VIEW,
    access=Access.WRITE,
)
