"""Who is told of what happens to people: each person of what others enter about it."""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kaname.ground.people.events import (
    CostRateSet,
    DepartmentChanged,
    PersonChanged,
    PersonRegistered,
    SkillAssessed,
    TermChanged,
    WorkingTimeChanged,
)
from kaname.ground.people.models import Person, Skill
from kaname.ground.people.rules import VIEW
from kaname.ground.people.types import SkillLevel
from kaname.kernel.journal.models import Entry
from kaname.kernel.notices.declarations import silent, tell
from kaname.kernel.notices.types import Told, Value
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor, Label


def seen_people(actor: Actor) -> QuerySet[Person]:
    """Return the people whom the actor may see."""
    return visible(actor, VIEW, Person.objects.all())


def account_of(person_id: int | None) -> list[int]:
    """Return the account of a person, if there is one."""
    found = Person.objects.filter(pk=person_id).exclude(account=None)
    return list(found.values_list("account_id", flat=True))


def person_of(entry: Entry) -> int | None:
    """Return the person of an entry: the one that the facts name, else the subject."""
    return entry.payload.get("person_id", entry.subject_id)


def _concerned(entry: Entry) -> list[int]:
    return account_of(person_of(entry))


def _page(told: Told) -> str:
    return reverse("people:person", kwargs={"person": told.object_id})


def _per_person(entry: Entry) -> str:
    return str(person_of(entry))


def _skill(entry: Entry) -> dict[str, Value]:
    skill = Skill.objects.get(pk=entry.payload["skill_id"])
    return {"skill": {"ja": skill.name, "en": skill.name_en or skill.name}, "level": entry.payload["level"]}


def _level(level: int) -> Label:
    return SkillLevel(level).label


_OWN: Final[dict[str, Any]] = {"to": _concerned, "things": seen_people, "object_id": person_of, "link": _page}

tell(PersonChanged, words=_("Somebody has changed your facts."), fold=_per_person, **_OWN)
tell(
    WorkingTimeChanged,
    words=_("Somebody has changed your working hours or absences."),
    fold=_per_person,
    **_OWN,
)
tell(
    SkillAssessed,
    words=_("Your skill was assessed: %(skill)s, %(level)s."),
    params=_skill,
    shows={"level": _level},
    **_OWN,
)
silent(
    PersonRegistered, reason="The person hears of own roles in projects; being known to the office asks for nothing."
)
silent(CostRateSet, reason="Rates are told to nobody: whoever may see them finds them at the person.")
silent(
    DepartmentChanged, TermChanged, reason="Kept by the office for everybody, and seen wherever the names are shown."
)
