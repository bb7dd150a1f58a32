"""Where calendars are found."""

from django.utils.translation import gettext_lazy as _

from kaname.ground.calendars.rules import VIEW
from kaname.ui import navigation


def take() -> None:
    """Register the room's place in the rail; once, when Django is ready."""
    navigation.register("company", _("Calendars"), "calendars:calendars", "calendar", VIEW.name, order=60)
