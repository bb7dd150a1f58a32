"""Who may do what with plans."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.rules import COMPANY_VIEWERS, LEADERS, OFFICE, not_archived, project
from kaname.ground.projects.types import ProjectRole
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.decisions import permission, visible
from kaname.kernel.rules.holders import Oneself, company
from kaname.kernel.rules.types import Access, Actor, Label
from kaname.pso.schedule.models import Assignment, PlanImport


@dataclass(frozen=True, slots=True)
class Assignees:
    """Whoever is assigned to the task, while being in the project."""

    label: Label = _("the task's assignees")

    def holds(self, actor: Actor, thing: Any, path: str) -> bool:
        """Look for an assignment of the actor's person. 1 query."""
        if thing is None:
            return self.may(actor)
        assigned = Assignment.objects.filter(task=thing, resource__person__account_id=actor.actor_id)
        return actor.actor_id is not None and _IN_PROJECT.holds(actor, thing, path) and assigned.exists()

    def scope(self, actor: Actor, path: str) -> Q | None:
        """Return the tasks assigned to the actor."""
        if not actor.is_known or actor.actor_id is None:
            return None
        inside = _IN_PROJECT.scope(actor, path)
        mine = Q(pk__in=Assignment.objects.filter(resource__person__account_id=actor.actor_id).values("task_id"))
        return mine & inside if inside is not None else None

    def may(self, actor: Actor) -> bool:
        """Whoever is in a project may be assigned. 1 query."""
        return _IN_PROJECT.may(actor)


_IN_PROJECT: Final = project(ProjectRole.PM, ProjectRole.PL, ProjectRole.MEMBER, ProjectRole.PSO)

VIEW: Final = permission(
    "schedule.view", _("See a plan"), holders=(*COMPANY_VIEWERS, project(*ProjectRole)), path="project"
)
VIEW_TASK: Final = permission(
    "schedule.view_task", _("See a task"), holders=(*COMPANY_VIEWERS, project(*ProjectRole)), path="plan__project"
)
CREATE: Final = permission(
    "schedule.create",
    _("Begin or import a project's plan"),
    holders=(OFFICE, company(CompanyRole.PMO_ADMINISTRATOR), LEADERS),
    conditions=(not_archived(""),),
    access=Access.WRITE,
)
EDIT: Final = permission(
    "schedule.edit",
    _("Change a plan"),
    holders=(OFFICE, LEADERS),
    path="project",
    sees=VIEW,
    conditions=(not_archived("project"),),
    access=Access.WRITE,
)
EDIT_TASK: Final = permission(
    "schedule.edit_task",
    _("Change tasks, dependencies and assignments"),
    holders=(OFFICE, LEADERS),
    path="plan__project",
    sees=VIEW_TASK,
    conditions=(not_archived("plan__project"),),
    access=Access.WRITE,
)
REPORT_PROGRESS: Final = permission(
    "schedule.report_progress",
    _("Report the progress of a task"),
    holders=(OFFICE, LEADERS, Assignees()),
    path="plan__project",
    sees=VIEW_TASK,
    conditions=(not_archived("plan__project"),),
    access=Access.WRITE,
)
TAKE_BASELINE: Final = permission(
    "schedule.take_baseline",
    _("Take a baseline"),
    holders=(OFFICE, project(ProjectRole.PM)),
    path="project",
    sees=VIEW,
    conditions=(not_archived("project"),),
    access=Access.WRITE,
)
IMPORT: Final = permission(
    "schedule.import",
    _("Import plans from files"),
    holders=(OFFICE, company(CompanyRole.PMO_ADMINISTRATOR), LEADERS),
    access=Access.WRITE,
)
OWN_IMPORT: Final = permission(
    "schedule.own_import", _("See and carry on one's own imports"), holders=(Oneself("author_id"),), access=Access.WRITE
)


def owns_import(actor: Actor, import_id: int) -> bool:
    """Whether an import is the actor's own. 1 query."""
    return visible(actor, OWN_IMPORT, PlanImport.objects.filter(pk=import_id)).exists()
