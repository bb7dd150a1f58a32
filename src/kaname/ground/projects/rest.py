"""Projects in the API: groups, classes, projects, their phases, memberships and reported statuses."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.rules import VIEW as VIEW_CALENDAR
from kaname.ground.people.models import Department, Person
from kaname.ground.people.rules import VIEW as VIEW_PERSON
from kaname.ground.people.rules import VIEW_TERMS as VIEW_DEPARTMENT
from kaname.ground.projects import operations
from kaname.ground.projects.models import Membership, Phase, Project, ProjectClass, ProjectGroup, ReportedStatus
from kaname.ground.projects.queries import fetch_project, list_memberships, list_phases, list_statuses
from kaname.ground.projects.rules import ARCHIVE, EDIT, REGISTER, REPORT_STATUS, STAFF, VIEW, VIEW_BUDGET, VIEW_TERMS
from kaname.ground.projects.types import GroupKind, Health, ProjectRole, ProjectState
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide, visible
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Day, Id, Instant, Number, Reference, Strict, Text, Version
from kaname.kernel.rules.rest.filters import IdFilter, StrictFilterSet
from kaname.kernel.rules.rest.views import ListView, RecordView, VerbView

_LARGEST_BUDGET = 9_000_000_000_000_000


class GroupBody(Strict):
    """A portfolio or programme; `path` holds the numbers from the root down to itself."""

    id = Id()
    version = Version()
    kind = Code(choices=GroupKind.choices)
    name = Text(most=100)
    name_en = Text(most=100, allow_blank=True)
    parent = Id(source="parent_id", allow_null=True)
    path = Text(most=200)


class GroupInput(Strict):
    """A group to be made."""

    kind = Code(choices=GroupKind.choices)
    name = Text(most=100)
    name_en = Text(most=100, allow_blank=True, default="")
    parent = Reference(VIEW_TERMS, ProjectGroup.objects.all, allow_null=True, default=None)


class Groups(ListView):
    """The portfolios and programmes."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("List portfolios and programmes."), "POST": _("Make a portfolio or programme.")}
    serializer_class = GroupBody
    input_class = GroupInput

    def find(self) -> QuerySet[ProjectGroup]:
        """Return the groups."""
        return visible(self.actor, VIEW_TERMS, ProjectGroup.objects.all()).order_by("path", "id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make one."""
        return self.created(operations.create_group(actor=self.actor, now=clock.now(), **self.read_body(GroupInput)))


class ClassBody(Strict):
    """A project class."""

    id = Id()
    version = Version()
    code = Text(most=20)
    name = Text(most=60)
    name_en = Text(most=60, allow_blank=True)


class PhaseName(Strict):
    """A phase in both languages."""

    name = Text(most=60)
    name_en = Text(most=60, allow_blank=True, default="")


class ClassInput(Strict):
    """A class to be made; without phases it gets those of a waterfall project."""

    code = serializers.SlugField(max_length=20)
    name = Text(most=60)
    name_en = Text(most=60, allow_blank=True, default="")
    phases = serializers.ListField(child=PhaseName(), max_length=40, required=False)


class Classes(ListView):
    """The project classes."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("List the project classes."), "POST": _("Make a project class with its standard phases.")}
    serializer_class = ClassBody
    input_class = ClassInput

    def find(self) -> QuerySet[ProjectClass]:
        """Return the classes."""
        return visible(self.actor, VIEW_TERMS, ProjectClass.objects.all()).order_by("position", "name", "id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make one."""
        values = self.read_body(ClassInput)
        if "phases" in values:
            values["phases"] = [(phase["name"], phase["name_en"]) for phase in values["phases"]]
        return self.created(operations.define_class(actor=self.actor, now=clock.now(), **values))


class ProjectBody(Strict):
    """A project; the budget in whole yen only for those who may see it."""

    id = Id()
    version = Version()
    code = Text(most=20)
    name = Text(most=120)
    name_en = Text(most=120, allow_blank=True)
    purpose = Text(most=4000, allow_blank=True)
    customer = Text(most=100, allow_blank=True)
    group = Id(source="group_id", allow_null=True)
    project_class = Id(source="project_class_id")
    department = Id(source="department_id")
    calendar = Id(source="calendar_id", allow_null=True)
    state = Code(choices=ProjectState.choices)
    starts_on = Day()
    ends_before = Day(allow_null=True)
    closed_on = Day(allow_null=True)
    archived_at = Instant(allow_null=True)


class ProjectWithBudget(ProjectBody):
    """A project as one record."""

    budget = Number(
        most=_LARGEST_BUDGET, allow_null=True, help_text=_("Whole yen; null also where it may not be seen.")
    )

    def to_representation(self, instance: Project) -> Any:
        """Leave the budget out for those who may not see it."""
        shown = super().to_representation(instance)
        if not decide(self.context["request"].user, VIEW_BUDGET, instance):
            shown["budget"] = None
        return shown


class ProjectInput(Strict):
    """A project to be registered."""

    code = Text(most=20)
    name = Text(most=120)
    name_en = Text(most=120, allow_blank=True, default="")
    purpose = Text(most=4000, allow_blank=True, default="")
    customer = Text(most=100, allow_blank=True, default="")
    group = Reference(VIEW_TERMS, ProjectGroup.objects.all, allow_null=True, default=None)
    project_class = Reference(VIEW_TERMS, ProjectClass.objects.all)
    department = Reference(VIEW_DEPARTMENT, Department.objects.all)
    calendar = Reference(VIEW_CALENDAR, WorkCalendar.objects.all, allow_null=True, default=None)
    starts_on = Day()
    ends_before = Day(allow_null=True, default=None)
    budget = Number(most=_LARGEST_BUDGET, allow_null=True, default=None)


class ProjectChange(Strict):
    """What may be changed of a project; what is left out stays."""

    code = Text(most=20, required=False)
    name = Text(most=120, required=False)
    name_en = Text(most=120, allow_blank=True, required=False)
    purpose = Text(most=4000, allow_blank=True, required=False)
    customer = Text(most=100, allow_blank=True, required=False)
    group = Reference(VIEW_TERMS, ProjectGroup.objects.all, allow_null=True, required=False)
    project_class = Reference(VIEW_TERMS, ProjectClass.objects.all, required=False)
    department = Reference(VIEW_DEPARTMENT, Department.objects.all, required=False)
    calendar = Reference(VIEW_CALENDAR, WorkCalendar.objects.all, allow_null=True, required=False)
    state = Code(
        choices=[choice for choice in ProjectState.choices if choice[0] != ProjectState.CLOSED], required=False
    )
    starts_on = Day(required=False)
    ends_before = Day(allow_null=True, required=False)
    budget = Number(most=_LARGEST_BUDGET, allow_null=True, required=False)


class ProjectFilters(StrictFilterSet):
    """Which projects."""

    q = django_filters.CharFilter(label=_("Part of the code or name."), max_length=100, method="called")
    state = django_filters.ChoiceFilter(label=_("State."), choices=ProjectState.choices)
    department = IdFilter(label=_("Number of the department, those below included."), method="within")
    group = IdFilter(label=_("Number of the portfolio or programme, those below included."), method="belonging")
    archived = django_filters.ChoiceFilter(
        label=_("Archived ones: left out, or nothing else."), choices=[("no", ""), ("yes", "")], method="kept"
    )

    def called(self, projects: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        """Keep those whose code or name has the words."""
        found = projects.filter(code__icontains=value) | projects.filter(name__icontains=value)
        return found | projects.filter(name_en__icontains=value)

    def within(self, projects: QuerySet[Project], name: str, value: int) -> QuerySet[Project]:
        """Keep those of a department and of those below it."""
        return projects.filter(department__path__contains=f"/{value}/")

    def belonging(self, projects: QuerySet[Project], name: str, value: int) -> QuerySet[Project]:
        """Keep those of a group and of those below it."""
        return projects.filter(group__path__contains=f"/{value}/")

    def kept(self, projects: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        """Keep archived ones or the others."""
        return projects.exclude(archived_at=None) if value == "yes" else projects.filter(archived_at=None)


class Projects(ListView):
    """The projects."""

    door = Door(reads=VIEW, writes=REGISTER)
    says = {"GET": _("List the projects by code."), "POST": _("Register a project with the phases of its class.")}
    serializer_class = ProjectBody
    input_class = ProjectInput
    filterset_class = ProjectFilters

    def find(self) -> QuerySet[Project]:
        """Return the projects."""
        return visible(self.actor, VIEW, Project.objects.all()).order_by("code")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Register one."""
        return self.created(
            operations.register_project(actor=self.actor, now=clock.now(), **self.read_body(ProjectInput))
        )


class OneProject(RecordView):
    """One project."""

    door = Door(reads=VIEW, writes=EDIT)
    says = {"GET": _("Return a project."), "PATCH": _("Change facts of a project.")}
    serializer_class = ProjectWithBudget
    input_class = ProjectChange

    def find(self) -> Project:
        """Return the project."""
        return fetch_project(actor=self.actor, project_id=self.kwargs["project"])

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change it."""
        changed = operations.edit_project(
            actor=self.actor,
            now=clock.now(),
            project_id=self.kwargs["project"],
            expected_version=self.expected_version,
            **self.read_body(ProjectChange),
        )
        return self.shown(changed)


class Closing(Strict):
    """When the project was closed."""

    closed_on = Day()


class CloseProject(VerbView):
    """Close a project."""

    door = Door(reads=None, writes=EDIT)
    says = {"POST": _("Close a project.")}
    serializer_class = ProjectWithBudget
    input_class = Closing
    needs_version = True

    def perform(self, **values: Any) -> Project:
        """Close it."""
        return operations.close_project(
            actor=self.actor,
            now=clock.now(),
            project_id=self.kwargs["project"],
            expected_version=self.expected_version,
            **values,
        )


class ArchiveProject(VerbView):
    """Put a project away."""

    door = Door(reads=None, writes=ARCHIVE)
    says = {"POST": _("Put a project away: it stays readable and nothing else.")}
    serializer_class = ProjectWithBudget
    needs_version = True

    def perform(self, **values: Any) -> Project:
        """Archive it."""
        return operations.archive_project(
            actor=self.actor,
            now=clock.now(),
            project_id=self.kwargs["project"],
            expected_version=self.expected_version,
        )


class RestoreProject(VerbView):
    """Take an archived project out again."""

    door = Door(reads=None, writes=ARCHIVE)
    says = {"POST": _("Take an archived project out again.")}
    serializer_class = ProjectWithBudget
    needs_version = True

    def perform(self, **values: Any) -> Project:
        """Restore it."""
        return operations.restore_project(
            actor=self.actor,
            now=clock.now(),
            project_id=self.kwargs["project"],
            expected_version=self.expected_version,
        )


class PhaseBody(Strict):
    """A phase of a project."""

    id = Id()
    version = Version()
    position = Number(most=2_147_483_647)
    name = Text(most=60)
    name_en = Text(most=60, allow_blank=True)


class Phases(ListView):
    """The phases of a project."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("List the phases of a project in their order.")}
    serializer_class = PhaseBody

    def find(self) -> QuerySet[Phase]:
        """Return the phases."""
        return list_phases(project=fetch_project(actor=self.actor, project_id=self.kwargs["project"]))


class MembershipBody(Strict):
    """Person, role, period and load in a project."""

    id = Id()
    version = Version()
    person = Id(source="person_id")
    role = Code(choices=ProjectRole.choices)
    starts_on = Day()
    ends_before = Day(allow_null=True)
    load_permille = Number(most=1000)


class MembershipInput(Strict):
    """A membership to be made."""

    person = Reference(VIEW_PERSON, Person.objects.all)
    role = Code(choices=ProjectRole.choices)
    starts_on = Day()
    ends_before = Day(allow_null=True, default=None)
    load_permille = Number(most=1000, default=0)


class MembershipChange(Strict):
    """What may be changed of a membership; what is left out stays."""

    starts_on = Day(required=False)
    ends_before = Day(allow_null=True, required=False)
    load_permille = Number(most=1000, required=False)


class Memberships(ListView):
    """The people of a project."""

    door = Door(reads=VIEW, writes=STAFF)
    says = {"GET": _("List the people of a project by role."), "POST": _("Give a person a role in a project.")}
    serializer_class = MembershipBody
    input_class = MembershipInput

    def find(self) -> QuerySet[Membership]:
        """Return the memberships."""
        return list_memberships(project=fetch_project(actor=self.actor, project_id=self.kwargs["project"]))

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make one."""
        made = operations.assign_member(
            actor=self.actor, now=clock.now(), project_id=self.kwargs["project"], **self.read_body(MembershipInput)
        )
        return self.created(made)


class OneMembership(RecordView):
    """One membership of a project."""

    door = Door(reads=VIEW, writes=STAFF)
    says = {"GET": _("Return a membership."), "PATCH": _("Change period or load of a membership.")}
    serializer_class = MembershipBody
    input_class = MembershipChange

    def find(self) -> Membership:
        """Return the membership of this project."""
        project = fetch_project(actor=self.actor, project_id=self.kwargs["project"])
        return operations.fetch_membership(project, self.kwargs["membership"])

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change it."""
        changed = operations.change_membership(
            actor=self.actor,
            now=clock.now(),
            project_id=self.kwargs["project"],
            membership_id=self.kwargs["membership"],
            expected_version=self.expected_version,
            **self.read_body(MembershipChange),
        )
        return self.shown(changed)


_REPORTABLE = [choice for choice in Health.choices if choice[0] != Health.UNKNOWN]


class StatusBody(Strict):
    """What somebody said of a project."""

    id = Id()
    on = Day()
    health = Code(choices=_REPORTABLE)
    reason = Text(most=1000)
    author = Id(source="author_id")
    reported_at = Instant()


class StatusInput(Strict):
    """A status to be reported."""

    on = Day()
    health = Code(choices=_REPORTABLE)
    reason = Text(most=1000)


class Statuses(ListView):
    """The reported statuses of a project."""

    door = Door(reads=VIEW, writes=REPORT_STATUS)
    says = {"GET": _("List what was reported of a project, newest first."), "POST": _("Say how a project is and why.")}
    serializer_class = StatusBody
    input_class = StatusInput

    def find(self) -> QuerySet[ReportedStatus]:
        """Return the statuses."""
        return list_statuses(project=fetch_project(actor=self.actor, project_id=self.kwargs["project"]))

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Report one."""
        values = self.read_body(StatusInput)
        made = operations.report_status(
            actor=self.actor,
            now=clock.now(),
            project_id=self.kwargs["project"],
            on=values["on"],
            health=Health(values["health"]),
            reason=values["reason"],
        )
        return self.created(made)


urlpatterns = [
    path("groups/", Groups.as_view(), name="api_groups"),
    path("classes/", Classes.as_view(), name="api_classes"),
    path("projects/", Projects.as_view(), name="api_projects"),
    path("projects/<int:project>/", OneProject.as_view(), name="api_project"),
    path("projects/<int:project>/close/", CloseProject.as_view(), name="api_project_close"),
    path("projects/<int:project>/archive/", ArchiveProject.as_view(), name="api_project_archive"),
    path("projects/<int:project>/restore/", RestoreProject.as_view(), name="api_project_restore"),
    path("projects/<int:project>/phases/", Phases.as_view(), name="api_project_phases"),
    path("projects/<int:project>/memberships/", Memberships.as_view(), name="api_project_memberships"),
    path(
        "projects/<int:project>/memberships/<int:membership>/", OneMembership.as_view(), name="api_project_membership"
    ),
    path("projects/<int:project>/statuses/", Statuses.as_view(), name="api_project_statuses"),
]
