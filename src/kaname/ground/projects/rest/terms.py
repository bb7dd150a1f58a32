"""Portfolios, programmes and project classes in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kaname.ground.projects import operations
from kaname.ground.projects.models import ProjectClass, ProjectGroup
from kaname.ground.projects.queries import fetch_class, fetch_group
from kaname.ground.projects.rules import REGISTER, VIEW_TERMS
from kaname.ground.projects.types import GroupKind
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Id, Instant, Number, Reference, Strict, Text, Version
from kaname.kernel.rules.rest.views import Act, ListView, RecordView, VerbView

_LARGEST_POSITION = 2_147_483_647
_MOST_PHASES = 40


class GroupBody(Strict):
    """A portfolio or programme; `path` holds the numbers from the root down to itself."""

    id = Id()
    version = Version()
    kind = Code(choices=GroupKind.choices)
    name = Text(most=100)
    name_en = Text(most=100, allow_blank=True)
    parent = Id(source="parent_id", allow_null=True)
    path = Text(most=200)
    position = Number(most=_LARGEST_POSITION)
    archived_at = Instant(allow_null=True)


class GroupInput(Strict):
    """A group to be made."""

    kind = Code(choices=GroupKind.choices)
    name = Text(most=100)
    name_en = Text(most=100, allow_blank=True, default="")
    parent = Reference(VIEW_TERMS, ProjectGroup.objects.all, allow_null=True, default=None)
    position = Number(most=_LARGEST_POSITION, default=0)


class GroupChange(Strict):
    """What may be changed of a group; what is left out stays."""

    kind = Code(choices=GroupKind.choices, required=False)
    name = Text(most=100, required=False)
    name_en = Text(most=100, allow_blank=True, required=False)
    parent = Reference(VIEW_TERMS, ProjectGroup.objects.all, allow_null=True, required=False)
    position = Number(most=_LARGEST_POSITION, required=False)


class Groups(ListView):
    """The portfolios and programmes."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("List portfolios and programmes."), "POST": _("Make a portfolio or programme.")}
    serializer_class = GroupBody
    input_class = GroupInput
    creates = Act(operations.create_group)

    def find(self) -> QuerySet[ProjectGroup]:
        """Return the groups."""
        return visible(self.actor, VIEW_TERMS, ProjectGroup.objects.all()).order_by("path", "id")


class OneGroup(RecordView):
    """One portfolio or programme."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {
        "GET": _("Return a portfolio or programme."),
        "PATCH": _("Change a portfolio or programme; what stands below moves along with it."),
    }
    serializer_class = GroupBody
    input_class = GroupChange
    changes = Act(operations.edit_group, group_id="group")
    keeps = ("kind", "name", "name_en", "parent", "position")

    def find(self) -> ProjectGroup:
        """Return the group."""
        return fetch_group(actor=self.actor, group_id=self.kwargs["group"])


class ArchiveGroup(VerbView):
    """Put a group away."""

    door = Door(reads=None, writes=REGISTER)
    says = {"POST": _("Put a portfolio or programme away that no open project and no other group belongs to.")}
    serializer_class = GroupBody
    does = Act(operations.archive_group, group_id="group")
    needs_version = True


class RestoreGroup(VerbView):
    """Take an archived group out again."""

    door = Door(reads=None, writes=REGISTER)
    says = {"POST": _("Take an archived portfolio or programme out again.")}
    serializer_class = GroupBody
    does = Act(operations.restore_group, group_id="group")
    needs_version = True


class PhaseName(Strict):
    """A phase in both languages."""

    name = Text(most=60)
    name_en = Text(most=60, allow_blank=True, default="")


class ClassBody(Strict):
    """A project class."""

    id = Id()
    version = Version()
    code = Text(most=20)
    name = Text(most=60)
    name_en = Text(most=60, allow_blank=True)
    position = Number(most=_LARGEST_POSITION)
    archived_at = Instant(allow_null=True)


class ClassWithPhases(ClassBody):
    """A project class as one record, with the phases that its new projects begin with."""

    phases = PhaseName.listed(most=_MOST_PHASES)

    def to_representation(self, instance: ProjectClass) -> Any:
        """Show the phases in their order."""
        facts = {name: getattr(instance, name) for name in ClassBody._declared_fields}
        return super().to_representation(facts | {"phases": instance.phase_templates.order_by("position")})


class ClassInput(Strict):
    """A class to be made; without phases it gets those of a waterfall project."""

    code = serializers.SlugField(max_length=20)
    name = Text(most=60)
    name_en = Text(most=60, allow_blank=True, default="")
    position = Number(most=_LARGEST_POSITION, default=0)
    phases = serializers.ListField(child=PhaseName(), max_length=_MOST_PHASES, min_length=1, required=False)


class ClassChange(Strict):
    """What may be changed of a class; what is left out stays, phases are replaced as a whole."""

    name = Text(most=60, required=False)
    name_en = Text(most=60, allow_blank=True, required=False)
    position = Number(most=_LARGEST_POSITION, required=False)
    phases = serializers.ListField(child=PhaseName(), max_length=_MOST_PHASES, min_length=1, required=False)


class Classes(ListView):
    """The project classes."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {"GET": _("List the project classes."), "POST": _("Make a project class with its standard phases.")}
    serializer_class = ClassBody
    input_class = ClassInput
    creates = Act(operations.define_class)

    def find(self) -> QuerySet[ProjectClass]:
        """Return the classes."""
        return visible(self.actor, VIEW_TERMS, ProjectClass.objects.all()).order_by("position", "name", "id")

    def read_input(self) -> dict[str, Any]:
        """Return the phases as pairs of names."""
        return _with_pairs(super().read_input())


class OneClass(RecordView):
    """One project class."""

    door = Door(reads=VIEW_TERMS, writes=REGISTER)
    says = {
        "GET": _("Return a project class with its standard phases."),
        "PATCH": _("Change a project class and its standard phases; running projects keep theirs."),
    }
    serializer_class = ClassWithPhases
    input_class = ClassChange
    changes = Act(operations.edit_class, class_id="project_class")
    keeps = ("name", "name_en", "position")

    def find(self) -> ProjectClass:
        """Return the class."""
        return fetch_class(actor=self.actor, class_id=self.kwargs["project_class"])

    def read_input(self) -> dict[str, Any]:
        """Return the phases as pairs of names, those that there are where none were sent."""
        values = super().read_input()
        if "phases" in values:
            return _with_pairs(values)
        present = self.find().phase_templates.order_by("position")
        return values | {"phases": [(phase.name, phase.name_en) for phase in present]}


class ArchiveClass(VerbView):
    """Put a class away."""

    door = Door(reads=None, writes=REGISTER)
    says = {"POST": _("Put a project class away: its projects keep it, new ones cannot choose it.")}
    serializer_class = ClassBody
    does = Act(operations.archive_class, class_id="project_class")
    needs_version = True


class RestoreClass(VerbView):
    """Take an archived class out again."""

    door = Door(reads=None, writes=REGISTER)
    says = {"POST": _("Take an archived project class out again.")}
    serializer_class = ClassBody
    does = Act(operations.restore_class, class_id="project_class")
    needs_version = True


def _with_pairs(values: dict[str, Any]) -> dict[str, Any]:
    if "phases" not in values:
        return values
    return values | {"phases": [(phase["name"], phase["name_en"]) for phase in values["phases"]]}
