"""Rooms and what tokens can be limited to, in words."""

from django.apps import apps
from django.utils.translation import gettext as _

from kaname.kernel.rules.types import Access


def scope_label(scope: str) -> str:
    """Return a scope (`read`, `schedule:write`) as a phrase in the reader's language."""
    room, colon, access = scope.rpartition(":")
    if not colon:
        return (
            _("Read everything that I may see") if access == Access.READ else _("Change everything that I may change")
        )
    values = {"room": room_label(room)}
    return _("Read: %(room)s") % values if access == Access.READ else _("Change: %(room)s") % values


def room_label(room: str) -> str:
    """Return what people call the room of a permission, in the reader's language."""
    if room not in apps.app_configs:
        return _("Kaname itself")
    return str(apps.get_app_config(room).verbose_name)
