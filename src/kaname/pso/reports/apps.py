"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The room of reports."""

    name = "kaname.pso.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Register what this room hears, and take its places in the navigation and on a project's pages."""
        from kaname.ground.projects.types import (  # noqa: PLC0415 - rooms below are ready only now
            PROJECT_FIGURES,
            PROJECT_HEALTH,
            PROJECT_HEALTHS,
            PROJECT_SECTIONS,
            PROJECT_SENTENCES,
            PROJECT_TABS,
            ProjectSection,
            ProjectTab,
        )
        from kaname.pso.reports import reactions  # noqa: F401, PLC0415 - reactions register themselves when apps are ready
        from kaname.pso.reports.rules import VIEW_OF_PROJECT, VIEW_RULES  # noqa: PLC0415
        from kaname.pso.reports.web import changes, panels  # noqa: PLC0415
        from kaname.ui.navigation import Level, register  # noqa: PLC0415

        tab = ProjectTab(key="health", label=_("Health"), url_name="reports:health", wanted=VIEW_OF_PROJECT)
        PROJECT_TABS.fill("health", tab, order=40)
        PROJECT_HEALTH.fill("health", panels.computed_health, order=10)
        PROJECT_HEALTHS.fill("health", panels.computed_healths, order=10)
        PROJECT_FIGURES.fill("health", panels.figures, order=10)
        PROJECT_SENTENCES.fill("health", panels.sentences, order=20)
        since = ProjectSection(
            template="reports/parts/since_report.html", context=changes.changes_since_report, wanted=VIEW_OF_PROJECT
        )
        PROJECT_SECTIONS.fill("since_report", since, order=10)
        register(Level.COMPANY, _("Health rules"), "health_rules:rules", "gauge", VIEW_RULES.name, 40)
