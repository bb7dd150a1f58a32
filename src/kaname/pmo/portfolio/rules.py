"""Who may see the portfolio."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.rules import COMPANY_VIEWERS, project
from kaname.ground.projects.types import ProjectRole
from kaname.kernel.rules.decisions import permission
from kaname.kernel.rules.holders import Everyone, Oneself
from kaname.kernel.rules.types import Access

VIEW: Final = permission(
    "portfolio.view",
    _("See the portfolio lines of projects"),
    holders=(*COMPANY_VIEWERS, project(*ProjectRole)),
    path="project",
)
OPEN: Final = permission("portfolio.open", _("Open the portfolio page"), holders=(Everyone(),))
OWN_VIEWS: Final = permission(
    "portfolio.own_views", _("Keep one's own saved views"), holders=(Oneself("account_id"),), access=Access.WRITE
)
