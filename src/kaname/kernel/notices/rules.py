"""Who may read notices: everyone their own."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from kaname.kernel.rules.decisions import permission
from kaname.kernel.rules.holders import Oneself
from kaname.kernel.rules.types import Access

VIEW: Final = permission("notices.view", _("Read one's own notices"), holders=(Oneself(),))
KEEP: Final = permission(
    "notices.keep",
    _("Mark one's own notices as read, choose how often mails come"),
    holders=(Oneself(),),
    sees=VIEW,
    access=Access.WRITE,
)
