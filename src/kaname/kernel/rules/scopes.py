"""What tokens can be limited to, in words."""

from django.utils.translation import gettext as _

from kaname.kernel.rules.types import Access


def scope_label(scope: str) -> str:
    """Return a scope (`read`, `schedule:write`) as a phrase in the reader's language."""
    room, colon, access = scope.rpartition(":")
    if not colon:
        return (
            _("Read everything that I may see") if access == Access.READ else _("Change everything that I may change")
        )
    values = {"room": room}
    return _("Read: %(room)s") % values if access == Access.READ else _("Change: %(room)s") % values
