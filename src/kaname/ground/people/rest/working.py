"""What hangs on one person in the API: leave, part-time periods, cost rates and skills."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kaname.ground.people import operations
from kaname.ground.people.models import CostRate, Leave, PartTimePeriod, Person, PersonSkill, Skill
from kaname.ground.people.rules import (
    ASSESS_SKILL,
    KEEP_ABSENCE,
    KEEP_COST,
    VIEW,
    VIEW_ABSENCE,
    VIEW_COST,
    VIEW_TERMS,
)
from kaname.ground.people.types import DayPart, LeaveKind
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Day, Id, Listing, Number, Reference, Strict, Text, Version
from kaname.kernel.rules.rest.views import Act, ListView, RecordView


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
    creates = Act(operations.take_leave, person_id="person")

    def find(self) -> QuerySet[Leave]:
        """Return the leave."""
        return self.person().leaves.order_by("starts_on", "id")


class _Removal(RecordView):
    """Something of a person that is taken back; it has no address for reading."""

    door = Door(reads=None, writes=KEEP_ABSENCE)
    serializer_class = Strict
    needs_version = False
    http_method_names = ["delete"]


class OneLeave(_Removal):
    """One leave of a person."""

    says = {"DELETE": _("Cancel leave of a person.")}
    removes = Act(operations.cancel_leave, person_id="person", leave_id="leave")


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
    creates = Act(operations.set_part_time, person_id="person")

    def find(self) -> QuerySet[PartTimePeriod]:
        """Return the periods."""
        return self.person().part_time_periods.order_by("starts_on", "id")


class OnePartTimePeriod(_Removal):
    """One part-time period of a person."""

    says = {"DELETE": _("Take a part-time period of a person back.")}
    removes = Act(operations.end_part_time, person_id="person", period_id="period")


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
    creates = Act(operations.set_cost_rate, person_id="person")

    def find(self) -> QuerySet[CostRate]:
        """Return the rates."""
        return self.person().cost_rates.order_by("starts_on", "id")


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
    creates = Act(operations.assess_skill, person_id="person")

    def find(self) -> QuerySet[PersonSkill]:
        """Return the skills."""
        return self.person().skills.order_by("-level", "id")
