"""The accounts' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts and their roles."""

    name = "kaname.kernel.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Make permissions and events known."""
        from kaname.kernel.accounts import events, rules  # noqa: F401, PLC0415 - both register themselves
