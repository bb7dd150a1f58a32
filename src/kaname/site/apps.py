"""The site's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """Navigation, home page, roots of the doors."""

    name = "kaname.site"
    label = "site"

    def ready(self) -> None:
        """Register what stands in the frame besides the rooms: administration, one's own account, notices, search."""
        from kaname.kernel.notices.queries import unread_count  # noqa: PLC0415 - models exist from here on
        from kaname.site.web.search import find_in_palette  # noqa: PLC0415
        from kaname.ui import navigation  # noqa: PLC0415

        navigation.register(navigation.Level.DAY, _("My day"), "home", "sun", None, 10, key="d")
        administration = navigation.Level.SETTINGS
        navigation.register(administration, _("Accounts"), "accounts", "users", "accounts.view", 10)
        navigation.register(administration, _("Permissions"), "permissions", "shield-check", "accounts.view_rules", 20)
        navigation.register(administration, _("Journal"), "journal", "history", "journal.view", 30)
        navigation.register(administration, _("Background jobs"), "jobs", "stack-2", "jobs.view", 40)
        navigation.register(administration, _("API"), "api_docs", "book", None, 50)
        navigation.register_account(_("Settings"), "account", "settings", 10)
        navigation.register_account(_("Password"), "account_change_password", "lock", 20)
        navigation.register_account(_("Notices"), "account_notices", "bell", 30)
        navigation.register_account(_("Sessions"), "account_sessions", "login", 40)
        navigation.register_account(_("Tokens"), "tokens", "key", 50)
        navigation.register_bell("notices", unread_count)
        navigation.register_finder("search", _("Found"), find_in_palette)
        self._offer_sample_company()

    def _offer_sample_company(self) -> None:
        from kaname.site.sample.operations import build_sample  # noqa: PLC0415
        from kaname.site.web.start_jobs import SAMPLE  # noqa: PLC0415

        SAMPLE.fill("company", build_sample)
