"""People in the API: departments, partners, people, their working time, leave, cost rates and skills."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.rules import VIEW as VIEW_CALENDAR
from kaname.ground.people import operations
from kaname.ground.people.models import (
    CostRate,
    Department,
    Leave,
    Partner,
    PartTimePeriod,
    Person,
    PersonSkill,
    Skill,
)
from kaname.ground.people.rules import (
    ASSESS_SKILL,
    KEEP_ABSENCE,
    KEEP_COST,
    REGISTER,
    VIEW,
    VIEW_ABSENCE,
    VIEW_COST,
    VIEW_TERMS,
)
from kaname.ground.people.types import DayPart, Employment, LeaveKind
from kaname.kernel import clock
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Day, Id, Instant, Listing, Number, Reference, Strict, Text, Version
from kaname.kernel.rules.rest.filters import IdFilter, StrictFilterSet
from kaname.kernel.rules.rest.views import ListView, RecordView

_departments = Department.objects.select_related("parent").all


class DepartmentBody(Strict):
    """A department; `path` holds the numbers from the root down to itself."""

    id = Id()
    version = Version()
    name = Text(most=100)
    name_en = Text(most=100, allow_blank=True)
    parent = Id(source="parent_id", allow_null=True)
    manager = Id(source="manager_id", allow_null=True)
    path = Text(most=200)
    position = Number(most=2_147_483_647)
    archived_at = Instant(allow_null=True)


class DepartmentInput(Strict):
    """A department to be made."""

    name = Text(most=100)
    name_en = Text(most=100, allow_blank=True, default="")
    parent = Reference(VIEW_TERMS, _departments, allow_null=True, default=None)
    position = Number(most=2_147_483_647, default=0)


class DepartmentChange(Strict):
    """What may be changed of a department; what is left out stays."""

    name = Text(most=100, required=False)
    name_en = Text(most=100, allow_blank=True, required=False)
    parent = Reference(VIEW_TERMS, _departments, allow_null=True, required=False)
    manager = Reference(VIEW, Person.objects.all, allow_null=True, required=False)
    position = Number(most=2_147_483_647, required=False)


class Departments(ListView):
    """The departments."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("List the departments by their place in the tree."), "POST": _("Make a department.")}
    serializer_class = DepartmentBody
    input_class = DepartmentInput

    def find(self) -> QuerySet[Department]:
        """Return the departments for those who see people."""
        return visible(self.actor, VIEW_TERMS, Department.objects.all()).order_by("path", "id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make a department."""
        return self.created(
            operations.create_department(actor=self.actor, now=clock.now(), **self.read_body(DepartmentInput))
        )


class OneDepartment(RecordView):
    """One department."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("Return a department."), "PATCH": _("Change name, place or manager of a department.")}
    serializer_class = DepartmentBody
    input_class = DepartmentChange

    def find(self) -> Department:
        """Return the department."""
        return fetch(self.actor, VIEW_TERMS, Department.objects.all(), pk=self.kwargs["department"])

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change it."""
        changed = operations.edit_department(
            actor=self.actor,
            now=clock.now(),
            department_id=self.kwargs["department"],
            expected_version=self.expected_version,
            **self.read_body(DepartmentChange),
        )
        return self.shown(changed)


class PartnerBody(Strict):
    """A partner company."""

    id = Id()
    version = Version()
    name = Text(most=100)
    reading = Text(most=100, allow_blank=True)
    calendar = Id(source="calendar_id", allow_null=True)
    archived_at = Instant(allow_null=True)


class PartnerInput(Strict):
    """A partner company to be registered."""

    name = Text(most=100)
    reading = Text(most=100, allow_blank=True, default="")
    calendar = Reference(VIEW_CALENDAR, WorkCalendar.objects.all, allow_null=True, default=None)


class Partners(ListView):
    """The partner companies."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("List the partner companies by reading."), "POST": _("Register a partner company.")}
    serializer_class = PartnerBody
    input_class = PartnerInput

    def find(self) -> QuerySet[Partner]:
        """Return the partners."""
        return visible(self.actor, VIEW_TERMS, Partner.objects.all()).order_by("reading", "id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Register one."""
        return self.created(
            operations.register_partner(actor=self.actor, now=clock.now(), **self.read_body(PartnerInput))
        )


class SkillBody(Strict):
    """Something that people can do."""

    id = Id()
    version = Version()
    name = Text(most=60)
    name_en = Text(most=60, allow_blank=True)
    category = Text(most=60, allow_blank=True)
    archived_at = Instant(allow_null=True)


class SkillInput(Strict):
    """A skill to be defined."""

    name = Text(most=60)
    name_en = Text(most=60, allow_blank=True, default="")
    category = Text(most=60, allow_blank=True, default="")


class Skills(ListView):
    """The skills."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("List the skills by category and name."), "POST": _("Define a skill.")}
    serializer_class = SkillBody
    input_class = SkillInput

    def find(self) -> QuerySet[Skill]:
        """Return the skills."""
        return visible(self.actor, VIEW_TERMS, Skill.objects.all()).order_by("category", "name", "id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Define one."""
        return self.created(operations.define_skill(actor=self.actor, now=clock.now(), **self.read_body(SkillInput)))


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
    department = Reference(VIEW_TERMS, _departments)
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
    department = Reference(VIEW_TERMS, _departments, required=False)
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
    filterset_class = PersonFilters

    def find(self) -> QuerySet[Person]:
        """Return the people."""
        return visible(self.actor, VIEW, Person.objects.all()).order_by("reading", "id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Register one."""
        return self.created(
            operations.register_person(actor=self.actor, now=clock.now(), **self.read_body(PersonInput))
        )


class OnePerson(RecordView):
    """One person."""

    door = Door(reads=VIEW, writes=REGISTER)
    says = {"GET": _("Return a person."), "PATCH": _("Change facts of a person.")}
    serializer_class = PersonBody
    input_class = PersonChange

    def find(self) -> Person:
        """Return the person."""
        return fetch(self.actor, VIEW, Person.objects.all(), pk=self.kwargs["person"])

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change it."""
        changed = operations.edit_person(
            actor=self.actor,
            now=clock.now(),
            person_id=self.kwargs["person"],
            expected_version=self.expected_version,
            **self.read_body(PersonChange),
        )
        return self.shown(changed)


class OfPerson(ListView):
    """Rows that hang on one person; needs their permission for that person."""

    def person(self) -> Person:
        """Return the person, if the actor may see these rows of it."""
        wanted = self.door.reads
        people = Person.objects.select_related("department")
        seen = fetch(self.actor, VIEW, people, pk=self.kwargs["person"])
        return fetch(self.actor, wanted, people, pk=seen.pk) if wanted is not None else seen


class LeaveBody(Strict):
    """Days on which a person is away."""

    id = Id()
    version = Version()
    kind = Code(choices=LeaveKind.choices)
    part = Code(choices=DayPart.choices)
    starts_on = Day()
    ends_before = Day()


class LeaveInput(Strict):
    """Leave to be entered."""

    kind = Code(choices=LeaveKind.choices, default=LeaveKind.PAID)
    part = Code(choices=DayPart.choices, default=DayPart.WHOLE)
    starts_on = Day()
    ends_before = Day()


class Leaves(OfPerson):
    """The leave of a person."""

    door = Door(reads=VIEW_ABSENCE, writes=KEEP_ABSENCE)
    says = {"GET": _("List the leave of a person by date."), "POST": _("Enter leave of a person.")}
    serializer_class = LeaveBody
    input_class = LeaveInput

    def find(self) -> QuerySet[Leave]:
        """Return the leave."""
        return self.person().leaves.order_by("starts_on", "id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter leave."""
        made = operations.take_leave(
            actor=self.actor, now=clock.now(), person_id=self.kwargs["person"], **self.read_body(LeaveInput)
        )
        return self.created(made)


class OneLeave(RecordView):
    """One leave of a person."""

    door = Door(reads=None, writes=KEEP_ABSENCE)
    serializer_class = Strict
    says = {"DELETE": _("Cancel leave of a person.")}
    needs_version = False
    http_method_names = ["delete"]

    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Cancel it."""
        operations.cancel_leave(
            actor=self.actor, now=clock.now(), person_id=self.kwargs["person"], leave_id=self.kwargs["leave"]
        )
        return Response(status=204)


def _shifts(**kwargs: Any) -> Listing:
    return Listing(child=Listing(child=Number(most=1440), most=2, min_length=2), most=12, **kwargs)


class PartTimeBody(Strict):
    """Days in which a person follows another weekly pattern; hours are minutes since midnight, null as otherwise."""

    id = Id(read_only=True)
    version = Version()
    starts_on = Day()
    ends_before = Day(allow_null=True)
    week = Listing(child=_shifts(allow_null=True), most=7, min_length=7)
    reason = Text(most=100, allow_blank=True)


class PartTimeInput(Strict):
    """A part-time period to be entered."""

    starts_on = Day()
    ends_before = Day(allow_null=True, default=None)
    week = Listing(child=_shifts(allow_null=True), most=7, min_length=7)
    reason = Text(most=100, allow_blank=True, default="")


class PartTimePeriods(OfPerson):
    """The part-time periods of a person."""

    door = Door(reads=VIEW_ABSENCE, writes=KEEP_ABSENCE)
    says = {"GET": _("List the part-time periods of a person."), "POST": _("Let a person follow another pattern.")}
    serializer_class = PartTimeBody
    input_class = PartTimeInput

    def find(self) -> QuerySet[PartTimePeriod]:
        """Return the periods."""
        return self.person().part_time_periods.order_by("starts_on", "id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Enter a period."""
        made = operations.set_part_time(
            actor=self.actor, now=clock.now(), person_id=self.kwargs["person"], **self.read_body(PartTimeInput)
        )
        return self.created(made)


class RateBody(Strict):
    """What an hour of a person costs from a day on, in whole yen."""

    id = Id(read_only=True)
    version = Version()
    starts_on = Day()
    per_hour = Number(most=10_000_000)


class RateInput(Strict):
    """A cost rate to be set."""

    starts_on = Day()
    per_hour = Number(most=10_000_000)


class Rates(OfPerson):
    """The cost rates of a person."""

    door = Door(reads=VIEW_COST, writes=KEEP_COST)
    says = {"GET": _("List the cost rates of a person by date."), "POST": _("Set a cost rate from a day on.")}
    serializer_class = RateBody
    input_class = RateInput

    def find(self) -> QuerySet[CostRate]:
        """Return the rates."""
        return self.person().cost_rates.order_by("starts_on", "id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Set a rate."""
        made = operations.set_cost_rate(
            actor=self.actor, now=clock.now(), person_id=self.kwargs["person"], **self.read_body(RateInput)
        )
        return self.created(made)


class PersonSkillBody(Strict):
    """How well a person masters a skill."""

    id = Id()
    version = Version()
    skill = Id(source="skill_id")
    level = Number(most=5)
    assessed_on = Day()
    evidence = Text(most=300, allow_blank=True)


class PersonSkillInput(Strict):
    """An assessment to be entered."""

    skill = Reference(VIEW_TERMS, Skill.objects.all)
    level = Number(most=5)
    assessed_on = Day()
    evidence = Text(most=300, allow_blank=True, default="")


class PersonSkills(OfPerson):
    """The skills of a person."""

    door = Door(reads=VIEW, writes=ASSESS_SKILL)
    says = {"GET": _("List the skills of a person, the best first."), "POST": _("Assess a skill of a person.")}
    serializer_class = PersonSkillBody
    input_class = PersonSkillInput

    def find(self) -> QuerySet[PersonSkill]:
        """Return the skills."""
        return self.person().skills.order_by("-level", "id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Assess one."""
        made = operations.assess_skill(
            actor=self.actor, now=clock.now(), person_id=self.kwargs["person"], **self.read_body(PersonSkillInput)
        )
        return self.created(made)


urlpatterns = [
    path("departments/", Departments.as_view(), name="api_departments"),
    path("departments/<int:department>/", OneDepartment.as_view(), name="api_department"),
    path("partners/", Partners.as_view(), name="api_partners"),
    path("skills/", Skills.as_view(), name="api_skills"),
    path("people/", People.as_view(), name="api_people"),
    path("people/<int:person>/", OnePerson.as_view(), name="api_person"),
    path("people/<int:person>/leave/", Leaves.as_view(), name="api_person_leave"),
    path("people/<int:person>/leave/<int:leave>/", OneLeave.as_view(), name="api_person_leave_one"),
    path("people/<int:person>/part-time/", PartTimePeriods.as_view(), name="api_person_part_time"),
    path("people/<int:person>/cost-rates/", Rates.as_view(), name="api_person_rates"),
    path("people/<int:person>/skills/", PersonSkills.as_view(), name="api_person_skills"),
]
