"""Where people are found: in the rail, in the account menu, among the tabs of a person."""

from django.utils.translation import gettext_lazy as _

from kaname.ground.people.rules import VIEW
from kaname.ground.people.types import PERSON_TABS, PersonTab
from kaname.ui import navigation


def take() -> None:
    """Register the room's places; once, when Django is ready."""
    navigation.register("company", _("People"), "people:people", "users", VIEW.name, order=40)
    navigation.register_account(_("My page"), "people:me", "user-check", order=10)
    PERSON_TABS.fill(
        "facts", PersonTab(key="facts", label=_("Profile"), url_name="people:person", wanted=VIEW), order=10
    )
