"""Departments, partner companies and skills in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.rules import VIEW as VIEW_CALENDAR
from kaname.ground.people import operations
from kaname.ground.people.models import Department, Partner, Person, Skill
from kaname.ground.people.rules import REGISTER, VIEW, VIEW_TERMS
from kaname.kernel import clock
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Id, Instant, Number, Reference, Strict, Text, Version
from kaname.kernel.rules.rest.views import Act, ListView, RecordView, VerbView

departments = Department.objects.select_related("parent").all


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
    parent = Reference(VIEW_TERMS, departments, allow_null=True, default=None)
    position = Number(most=2_147_483_647, default=0)


class DepartmentChange(Strict):
    """What may be changed of a department; what is left out stays."""

    name = Text(most=100, required=False)
    name_en = Text(most=100, allow_blank=True, required=False)
    parent = Reference(VIEW_TERMS, departments, allow_null=True, required=False)
    manager = Reference(VIEW, Person.objects.all, allow_null=True, required=False)
    position = Number(most=2_147_483_647, required=False)


class Departments(ListView):
    """The departments."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("List the departments by their place in the tree."), "POST": _("Make a department.")}
    serializer_class = DepartmentBody
    input_class = DepartmentInput
    creates = Act(operations.create_department)

    def find(self) -> QuerySet[Department]:
        """Return the departments for those who see people."""
        return visible(self.actor, VIEW_TERMS, Department.objects.all()).order_by("path", "id")


class OneDepartment(RecordView):
    """One department."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("Return a department."), "PATCH": _("Change name, place or manager of a department.")}
    serializer_class = DepartmentBody
    input_class = DepartmentChange
    changes = Act(operations.edit_department, department_id="department")

    def find(self) -> Department:
        """Return the department."""
        return fetch(self.actor, VIEW_TERMS, Department.objects.all(), pk=self.kwargs["department"])


class _VerbOfDepartment(VerbView):
    """Something that is done to a department as a whole."""

    door = Door(reads=None, writes=REGISTER)
    serializer_class = DepartmentBody
    needs_version = True


class ArchiveDepartment(_VerbOfDepartment):
    """Take a department out of use."""

    says = {"POST": _("Take a department out of use that nobody and no other department in use belongs to.")}
    does = Act(operations.archive_department, department_id="department")


class RestoreDepartment(_VerbOfDepartment):
    """Take a department into use again."""

    says = {"POST": _("Take a department into use again.")}
    does = Act(operations.restore_department, department_id="department")


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


class PartnerChange(Strict):
    """What may be changed of a partner company; what is left out stays."""

    name = Text(most=100, required=False)
    reading = Text(most=100, allow_blank=True, required=False)
    calendar = Reference(VIEW_CALENDAR, WorkCalendar.objects.all, allow_null=True, required=False)


class Partners(ListView):
    """The partner companies."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("List the partner companies by reading."), "POST": _("Register a partner company.")}
    serializer_class = PartnerBody
    input_class = PartnerInput
    creates = Act(operations.register_partner)

    def find(self) -> QuerySet[Partner]:
        """Return the partners."""
        return visible(self.actor, VIEW_TERMS, Partner.objects.all()).order_by("reading", "id")


class OnePartner(RecordView):
    """One partner company."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("Return a partner company."), "PATCH": _("Change name, reading or calendar of a partner company.")}
    serializer_class = PartnerBody
    input_class = PartnerChange
    changes = Act(operations.edit_partner, partner_id="partner")

    def find(self) -> Partner:
        """Return the partner company."""
        return fetch(self.actor, VIEW_TERMS, Partner.objects.all(), pk=self.kwargs["partner"])


class _VerbOfPartner(VerbView):
    """Something that is done to a partner company as a whole."""

    door = Door(reads=None, writes=REGISTER)
    serializer_class = PartnerBody
    does = Act(operations.edit_partner, partner_id="partner")
    needs_version = True


class ArchivePartner(_VerbOfPartner):
    """Take a partner company out of use."""

    says = {"POST": _("Take a partner company out of use.")}

    def perform(self, **values: Any) -> Partner:
        """Archive it."""
        return super().perform(archived_at=clock.now())


class RestorePartner(_VerbOfPartner):
    """Take a partner company into use again."""

    says = {"POST": _("Take a partner company into use again.")}

    def perform(self, **values: Any) -> Partner:
        """Restore it."""
        return super().perform(archived_at=None)


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


class SkillChange(Strict):
    """What may be changed of a skill; what is left out stays."""

    name = Text(most=60, required=False)
    name_en = Text(most=60, allow_blank=True, required=False)
    category = Text(most=60, allow_blank=True, required=False)


class Skills(ListView):
    """The skills."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("List the skills by category and name."), "POST": _("Define a skill.")}
    serializer_class = SkillBody
    input_class = SkillInput
    creates = Act(operations.define_skill)

    def find(self) -> QuerySet[Skill]:
        """Return the skills."""
        return visible(self.actor, VIEW_TERMS, Skill.objects.all()).order_by("category", "name", "id")


class OneSkill(RecordView):
    """One skill."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("Return a skill."), "PATCH": _("Change names or category of a skill.")}
    serializer_class = SkillBody
    input_class = SkillChange
    changes = Act(operations.edit_skill, skill_id="skill")

    def find(self) -> Skill:
        """Return the skill."""
        return fetch(self.actor, VIEW_TERMS, Skill.objects.all(), pk=self.kwargs["skill"])


class _VerbOfSkill(VerbView):
    """Something that is done to a skill as a whole."""

    door = Door(reads=None, writes=REGISTER)
    serializer_class = SkillBody
    does = Act(operations.edit_skill, skill_id="skill")
    needs_version = True


class ArchiveSkill(_VerbOfSkill):
    """Take a skill out of use."""

    says = {"POST": _("Take a skill out of use.")}

    def perform(self, **values: Any) -> Skill:
        """Archive it."""
        return super().perform(archived_at=clock.now())


class RestoreSkill(_VerbOfSkill):
    """Take a skill into use again."""

    says = {"POST": _("Take a skill into use again.")}

    def perform(self, **values: Any) -> Skill:
        """Restore it."""
        return super().perform(archived_at=None)
