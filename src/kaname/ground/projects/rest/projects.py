"""Projects in the API: their facts, their phases, closing them and putting them away."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.rules import VIEW as VIEW_CALENDAR
from kaname.ground.people.models import Department
from kaname.ground.people.rules import VIEW_TERMS as VIEW_DEPARTMENT
from kaname.ground.projects import operations
from kaname.ground.projects.models import Phase, Project, ProjectClass, ProjectGroup
from kaname.ground.projects.queries import fetch_project, list_phases
from kaname.ground.projects.rules import ARCHIVE, EDIT, REGISTER, VIEW, VIEW_BUDGET, VIEW_TERMS
from kaname.ground.projects.types import ProjectState
from kaname.kernel.rules.decisions import decide, visible
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Day, Id, Instant, Number, Reference, Strict, Text, Version
from kaname.kernel.rules.rest.filters import IdFilter, StrictFilterSet
from kaname.kernel.rules.rest.views import Act, ListView, RecordView, VerbView

_LARGEST_BUDGET = 9_000_000_000_000_000


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
    creates = Act(operations.register_project)

    def find(self) -> QuerySet[Project]:
        """Return the projects."""
        return visible(self.actor, VIEW, Project.objects.all()).order_by("code")


class OneProject(RecordView):
    """One project."""

    door = Door(reads=VIEW, writes=EDIT)
    says = {"GET": _("Return a project."), "PATCH": _("Change facts of a project.")}
    serializer_class = ProjectWithBudget
    input_class = ProjectChange
    changes = Act(operations.edit_project, project_id="project")

    def find(self) -> Project:
        """Return the project."""
        return fetch_project(actor=self.actor, project_id=self.kwargs["project"])


class Closing(Strict):
    """When the project was closed."""

    closed_on = Day()


class _VerbOfProject(VerbView):
    """Something that is done to a project as a whole."""

    serializer_class = ProjectWithBudget
    needs_version = True


class CloseProject(_VerbOfProject):
    """Close a project."""

    door = Door(reads=None, writes=EDIT)
    says = {"POST": _("Close a project.")}
    input_class = Closing
    does = Act(operations.close_project, project_id="project")


class ReopenProject(_VerbOfProject):
    """Take up a closed project again."""

    door = Door(reads=None, writes=EDIT)
    says = {"POST": _("Take up a closed project again.")}
    does = Act(operations.reopen_project, project_id="project")


class ArchiveProject(_VerbOfProject):
    """Put a project away."""

    door = Door(reads=None, writes=ARCHIVE)
    says = {"POST": _("Put a project away: it stays readable and nothing else.")}
    does = Act(operations.archive_project, project_id="project")


class RestoreProject(_VerbOfProject):
    """Take an archived project out again."""

    door = Door(reads=None, writes=ARCHIVE)
    says = {"POST": _("Take an archived project out again.")}
    does = Act(operations.restore_project, project_id="project")


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


class PhasePlace(Strict):
    """A phase as it should be; one without a number is new."""

    id = Id(allow_null=True, default=None)
    name = Text(most=60)
    name_en = Text(most=60, allow_blank=True, default="")


class PhaseOrder(Strict):
    """The phases that a project shall have, in their order."""

    phases = serializers.ListField(child=PhasePlace(), max_length=40, min_length=1)


class ArrangePhases(_VerbOfProject):
    """Name the phases of a project and put them in order."""

    door = Door(reads=None, writes=EDIT)
    says = {"POST": _("Let a project have these phases in this order; If-Match names the project's version.")}
    input_class = PhaseOrder
    does = Act(operations.arrange_phases, project_id="project")

    def read_input(self) -> dict[str, Any]:
        """Return the phases as the operation takes them."""
        phases = super().read_input()["phases"]
        return {
            "phases": [
                operations.PhaseDraft(phase_id=phase["id"], name=phase["name"], name_en=phase["name_en"])
                for phase in phases
            ]
        }
