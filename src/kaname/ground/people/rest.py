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
)
from kaname.ground.people.types import DayPart, Employment, LeaveKind
from kaname.kernel import clock
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.doors import SIGNED_IN, Door
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
    parent = Reference(VIEW, _departments, allow_null=True, default=None)
    position = Number(most=2_147_483_647, default=0)


class DepartmentChange(Strict):
    """What may be changed of a department; what is left out stays."""

    name = Text(most=100, required=False)
    name_en = Text(most=100, allow_blank=True, required=False)
    parent = Reference(VIEW, _departments, allow_null=True, required=False)
    manager = Reference(VIEW, Person.objects.all, allow_null=True, required=False)
    position = Number(most=2_147_483_647, required=False)


class Departments(ListView):
    """The departments."""

    door = Door(reads=VIEW, writes=REGISTER)
    says = {"GET": _("List the departments by their place in the tree."), "POST": _("Make a department.")}
    serializer_class = DepartmentBody
    input_class = DepartmentInput

    def find(self) -> QuerySet[Department]:
        """Return the departments for those who see people."""
        return Department.objects.order_by("path") if self.actor.company_roles else Department.objects.none()

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make a department."""
        return self.created(
            operations.create_department(actor=self.actor, now=clock.now(), **self.read_body(DepartmentInput))
        )


class OneDepartment(RecordView):
    """One department."""

    door = Door(reads=VIEW, writes=REGISTER)
    says = {"GET": _("Return a department."), "PATCH": _("Change name, place or manager of a department.")}
    serializer_class = DepartmentBody
    input_class = DepartmentChange

    def find(self) -> Department:
        """Return the department."""
        return fetch(self.actor, REGISTER_OR_VIEW, Department.objects.all(), pk=self.kwargs["department"])

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
