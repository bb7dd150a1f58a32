"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScheduleConfig(AppConfig):
    """The room of schedules."""

    name = "kaname.pso.schedule"
    label = "schedule"
    verbose_name = _("Schedule")
