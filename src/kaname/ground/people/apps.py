"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """The room of people."""

    name = "kaname.ground.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Make permissions and events known, and take the room's places."""
        from kaname.ground.people import events, reactions, rules  # noqa: F401, PLC0415 - they register themselves
        from kaname.ground.people.web import places  # noqa: PLC0415 - needs the models

        places.take()
