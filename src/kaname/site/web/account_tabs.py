"""The frame of the pages about oneself."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.kernel.rules.decisions import may
from kaname.kernel.rules.doors import SIGNED_IN
from kaname.ui.types import Page, Tab


def own_page(request: HttpRequest, *, current: str) -> Page:
    """Return the frame with the tabs of the account pages; `current` is the URL name of the one shown."""
    places = (
        ("account", _("Settings")),
        ("account_change_password", _("Password")),
        ("account_notices", _("Notices")),
        ("account_sessions", _("Sessions")),
        ("tokens", _("Tokens")),
    )
    tabs = tuple(Tab(label, reverse(name), is_current=name == current) for name, label in places)
    return Page(title=_("My account"), tabs=tabs if may(request.user, SIGNED_IN) else ())
