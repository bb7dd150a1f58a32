"""People in the API."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.rules import VIEW as VIEW_CALENDAR
from kaname.ground.people import operations
from kaname.ground.people.models import Partner, Person
from kaname.ground.people.rest.terms import departments
from kaname.ground.people.rules import REGISTER, VIEW, VIEW_TERMS
from kaname.ground.people.types import Employment
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Day, Id, Reference, Strict, Text, Version
from kaname.kernel.rules.rest.filters import IdFilter, StrictFilterSet
from kaname.kernel.rules.rest.views import Act, ListView, RecordView


class PersonBody(Strict):
    """A person."""

    id = Id()
    version = Version()
    employee_number = Text(most=20)
    name = Text(most=100)
    reading = Text(most=100)
    name_latin = Text(most=100, allow_blank=True)
    email = Text(most=254, allow_blank=True)
    account = Id(source="account_id", allow_null=True)
    department = Id(source="department_id")
    partner = Id(source="partner_id", allow_null=True)
    employment = Code(choices=Employment.choices)
    place = Text(most=60, allow_blank=True)
    calendar = Id(source="calendar_id", allow_null=True)
    joined_on = Day()
    left_before = Day(allow_null=True)


class PersonInput(Strict):
    """A person to be registered."""

    employee_number = Text(most=20)
    name = Text(most=100)
    reading = Text(most=100)
    name_latin = Text(most=100, allow_blank=True, default="")
    email = Text(most=254, allow_blank=True, default="")
    department = Reference(VIEW_TERMS, departments)
    partner = Reference(VIEW_TERMS, Partner.objects.all, allow_null=True, default=None)
    employment = Code(choices=Employment.choices, default=Employment.PERMANENT)
    place = Text(most=60, allow_blank=True, default="")
    calendar = Reference(VIEW_CALENDAR, WorkCalendar.objects.all, allow_null=True, default=None)
    joined_on = Day()
    left_before = Day(allow_null=True, default=None)


class PersonChange(Strict):
    """What may be changed of a person; what is left out stays."""

    employee_number = Text(most=20, required=False)
    name = Text(most=100, required=False)
    reading = Text(most=100, required=False)
    name_latin = Text(most=100, allow_blank=True, required=False)
    email = Text(most=254, allow_blank=True, required=False)
    department = Reference(VIEW_TERMS, departments, required=False)
    partner = Reference(VIEW_TERMS, Partner.objects.all, allow_null=True, required=False)
    employment = Code(choices=Employment.choices, required=False)
    place = Text(most=60, allow_blank=True, required=False)
    calendar = Reference(VIEW_CALENDAR, WorkCalendar.objects.all, allow_null=True, required=False)
    joined_on = Day(required=False)
    left_before = Day(allow_null=True, required=False)


class PersonFilters(StrictFilterSet):
    """Which people."""

    q = django_filters.CharFilter(label=_("Part of the name, reading or number."), max_length=100, method="called")
    department = IdFilter(label=_("Number of the department, those below included."), method="within")
    employment = django_filters.ChoiceFilter(label=_("How the person is bound."), choices=Employment.choices)
    partner = IdFilter(label=_("Number of the partner company."), field_name="partner_id")

    def called(self, people: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Keep those whose name, reading or number has the words."""
        return people.filter(
            Q(name__icontains=value)
            | Q(reading__icontains=value)
            | Q(name_latin__icontains=value)
            | Q(employee_number__icontains=value)
        )

    def within(self, people: QuerySet[Person], name: str, value: int) -> QuerySet[Person]:
        """Keep those of a department and of those below it."""
        return people.filter(department__path__contains=f"/{value}/")


class People(ListView):
    """The people."""

    door = Door(reads=VIEW, writes=REGISTER)
    says = {"GET": _("List the people by reading."), "POST": _("Register a person.")}
    serializer_class = PersonBody
    input_class = PersonInput
    creates = Act(operations.register_person)
    filterset_class = PersonFilters

    def find(self) -> QuerySet[Person]:
        """Return the people."""
        return visible(self.actor, VIEW, Person.objects.all()).order_by("reading", "id")


class OnePerson(RecordView):
    """One person."""

    door = Door(reads=VIEW, writes=REGISTER)
    says = {"GET": _("Return a person."), "PATCH": _("Change facts of a person.")}
    serializer_class = PersonBody
    input_class = PersonChange
    changes = Act(operations.edit_person, person_id="person")

    def find(self) -> Person:
        """Return the person."""
        return fetch(self.actor, VIEW, Person.objects.all(), pk=self.kwargs["person"])
