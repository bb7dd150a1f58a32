"""Who may do what with calendars."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.decisions import permission
from kaname.kernel.rules.holders import Everyone, company
from kaname.kernel.rules.types import Access

VIEW: Final = permission("calendars.view", _("See working calendars and holidays"), holders=(Everyone(),))
KEEP: Final = permission(
    "calendars.keep",
    _("Keep working calendars, holidays and the fiscal year"),
    holders=(company(CompanyRole.ADMINISTRATOR, CompanyRole.PMO_MANAGER, CompanyRole.PMO_ADMINISTRATOR),),
    access=Access.WRITE,
)
