"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """The room of projects."""

    name = "kaname.ground.projects"
    label = "projects"
    verbose_name = _("Projects")
