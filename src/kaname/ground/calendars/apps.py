"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    """The room of calendars."""

    name = "kaname.ground.calendars"
    label = "calendars"
    verbose_name = _("Calendars")

    def ready(self) -> None:
        """Make permissions and events known, and take the room's places."""
        from kaname.ground.calendars import events, rules  # noqa: F401, PLC0415 - both register themselves
        from kaname.ground.calendars.web import places  # noqa: PLC0415 - needs the models

        places.take()
