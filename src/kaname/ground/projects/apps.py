"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """The room of projects."""

    name = "kaname.ground.projects"
    label = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        """Take the room's place in the navigation and in the frame of a project."""
        from kaname.ground.projects.rules import VIEW  # noqa: PLC0415 - rules need the models, which are ready only now
        from kaname.ground.projects.types import PROJECT_TABS, ProjectTab  # noqa: PLC0415
        from kaname.ui.navigation import Level, register  # noqa: PLC0415

        register(Level.PROJECT, _("Projects"), "projects:projects", "folder", VIEW.name, 10, key="p")
        PROJECT_TABS.fill(
            "overview",
            ProjectTab(key="overview", label=_("Overview"), url_name="projects:project", wanted=VIEW),
            order=10,
        )
