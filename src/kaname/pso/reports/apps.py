"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The room of reports."""

    name = "kaname.pso.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Register what this room hears."""
        from kaname.pso.reports import reactions  # noqa: F401, PLC0415 - reactions register themselves when apps are ready
