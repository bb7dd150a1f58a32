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
        from kaname.ground.projects import reactions  # noqa: F401, PLC0415 - they register themselves
        from kaname.ground.projects.web import places  # noqa: PLC0415 - rules need the models, which are ready only now

        places.take()
