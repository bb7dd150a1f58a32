"""Who looks after the jobs."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.decisions import permission
from kaname.kernel.rules.holders import company
from kaname.kernel.rules.types import Access

VIEW: Final = permission(
    "jobs.view",
    _("See background jobs"),
    holders=(company(CompanyRole.ADMINISTRATOR, CompanyRole.PMO_ADMINISTRATOR),),
)
ADMINISTER: Final = permission(
    "jobs.administer",
    _("Retry, drop and stop background jobs"),
    holders=(company(CompanyRole.ADMINISTRATOR),),
    sees=VIEW,
    access=Access.WRITE,
)
