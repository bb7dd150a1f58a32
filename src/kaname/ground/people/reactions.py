"""The search index follows the people."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kaname.ground.people.events import PersonChanged, PersonRegistered
from kaname.ground.people.models import Person
from kaname.ground.people.rules import VIEW
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.reactions import reacts_to
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor
from kaname.kernel.search.index import refresh
from kaname.kernel.search.sources import Source, Text, register_source

PEOPLE: Final = "people.person"
_TO_KATAKANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}


@reacts_to(PersonRegistered, PersonChanged)
def index_person(entry: Entry, now: datetime) -> None:
    """Index the person that the entry is about."""
    if entry.subject_id is not None:
        refresh(source=PEOPLE, object_ids=[entry.subject_id])


def _seen(actor: Actor) -> QuerySet[Person]:
    return visible(actor, VIEW, Person.objects.all())


def _texts(person_ids: Collection[int]) -> Iterable[Text]:
    return [
        Text(object_id=person.pk, title=person.name, body=_words(person))
        for person in Person.objects.filter(pk__in=person_ids)
    ]


def _words(person: Person) -> str:
    """Return what else a person is looked for by: the reading is found in hiragana and in katakana."""
    readings = dict.fromkeys((person.reading, person.reading.translate(_TO_KATAKANA)))
    return " ".join(filter(None, (person.employee_number, *readings, person.name_latin, person.email)))


def _address(person_id: int, _project_id: int | None) -> str:
    return reverse("people:person", kwargs={"person": person_id})


register_source(Source(name=PEOPLE, label=_("People"), things=_seen, texts=_texts, url=_address, icon="user"), order=20)
