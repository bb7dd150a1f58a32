"""Where people are found: in the rail, in the account menu, among the tabs of a person."""

from django.utils.translation import gettext_lazy as _

from kaname.ground.people.rules import REGISTER, VIEW, VIEW_ABSENCE, VIEW_COST, VIEW_TERMS
from kaname.ground.people.types import PERSON_TABS, PersonTab
from kaname.ui import navigation


def take() -> None:
    """Register the room's places; once, when Django is ready."""
    navigation.register("company", _("People"), "people:people", "users", VIEW.name, order=40)
    navigation.register_account(_("My page"), "people:me", "user-check", order=10)
    navigation.register("company", _("Departments"), "people:departments", "sitemap", VIEW_TERMS.name, order=42)
    navigation.register("company", _("Skills"), "people:skills", "certificate", VIEW_TERMS.name, order=44)
    navigation.register_new(_("Person"), "people:new", "user-plus", REGISTER.name, order=60)
    PERSON_TABS.fill(
        "facts", PersonTab(key="facts", label=_("Profile"), url_name="people:person", wanted=VIEW), order=10
    )
    time = PersonTab(key="time", label=_("Hours and leave"), url_name="people:time", wanted=VIEW_ABSENCE)
    PERSON_TABS.fill("time", time, order=20)
    skills = PersonTab(key="skills", label=_("Skills"), url_name="people:person_skills", wanted=VIEW)
    PERSON_TABS.fill("skills", skills, order=30)
    cost = PersonTab(key="cost", label=_("Cost rate"), url_name="people:cost", wanted=VIEW_COST)
    PERSON_TABS.fill("cost", cost, order=40)
