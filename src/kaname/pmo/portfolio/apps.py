"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortfolioConfig(AppConfig):
    """The room of the portfolio."""

    name = "kaname.pmo.portfolio"
    label = "portfolio"
    verbose_name = _("Portfolio")

    def ready(self) -> None:
        """Register what this room hears and take its place in the navigation."""
        from kaname.ground.people.types import PERSON_TODO, DayPanel  # noqa: PLC0415 - rules need the models
        from kaname.pmo.portfolio import reactions  # noqa: F401, PLC0415 - reactions register themselves when apps are ready
        from kaname.pmo.portfolio.web.panels import where_to_look  # noqa: PLC0415
        from kaname.ui.navigation import Level, register  # noqa: PLC0415

        register(Level.COMPANY, _("Portfolio"), "portfolio:portfolio", "chart-dots", "portfolio.open", 10, key="f")
        PERSON_TODO.fill("look", DayPanel(template="portfolio/parts/day.html", context=where_to_look), order=30)
