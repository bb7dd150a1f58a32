"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortfolioConfig(AppConfig):
    """The room of the portfolio."""

    name = "kaname.pmo.portfolio"
    label = "portfolio"
    verbose_name = _("Portfolio")

    def ready(self) -> None:
        """Register what this room hears."""
        from kaname.pmo.portfolio import reactions  # noqa: F401, PLC0415 - reactions register themselves when apps are ready
