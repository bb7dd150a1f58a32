"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    """The room of calendars."""

    name = "kaname.ground.calendars"
    label = "calendars"
    verbose_name = _("Calendars")
