"""Who may see and govern computed health."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.rules import COMPANY_VIEWERS, LEADERS, OFFICE, not_archived, project
from kaname.ground.projects.types import ProjectRole
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.decisions import permission
from kaname.kernel.rules.holders import Everyone, company
from kaname.kernel.rules.types import Access

VIEW: Final = permission(
    "reports.view",
    _("See a project's computed health"),
    holders=(*COMPANY_VIEWERS, project(*ProjectRole)),
    path="project",
)
VIEW_OF_PROJECT: Final = permission(
    "reports.view_of_project", _("See the reports of a project"), holders=(*COMPANY_VIEWERS, project(*ProjectRole))
)
ASSESS: Final = permission(
    "reports.assess",
    _("Compute a project's health anew"),
    holders=(OFFICE, LEADERS),
    sees=VIEW_OF_PROJECT,
    conditions=(not_archived(""),),
    access=Access.WRITE,
)
VIEW_RULES: Final = permission("reports.view_rules", _("See the rules of computed health"), holders=(Everyone(),))
GOVERN: Final = permission(
    "reports.govern",
    _("Change the rules of computed health"),
    holders=(company(CompanyRole.PMO_MANAGER),),
    access=Access.WRITE,
)
