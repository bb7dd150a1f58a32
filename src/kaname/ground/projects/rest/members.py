"""Who takes part in a project, in the API."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kaname.ground.people.models import Person
from kaname.ground.people.rules import VIEW as VIEW_PERSON
from kaname.ground.projects import operations
from kaname.ground.projects.models import Membership
from kaname.ground.projects.queries import fetch_project, list_memberships
from kaname.ground.projects.rules import STAFF, VIEW
from kaname.ground.projects.types import ProjectRole
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Day, Id, Number, Reference, Strict, Version
from kaname.kernel.rules.rest.views import Act, ListView, RecordView, VerbView


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
    creates = Act(operations.assign_member, project_id="project")

    def find(self) -> QuerySet[Membership]:
        """Return the memberships."""
        return list_memberships(project=fetch_project(actor=self.actor, project_id=self.kwargs["project"]))


class OneMembership(RecordView):
    """One membership of a project."""

    door = Door(reads=VIEW, writes=STAFF)
    says = {
        "GET": _("Return a membership."),
        "PATCH": _("Change period or load of a membership."),
        "DELETE": _("Take out a membership that was entered by mistake; one that really was is ended instead."),
    }
    serializer_class = MembershipBody
    input_class = MembershipChange
    changes = Act(operations.change_membership, project_id="project", membership_id="membership")
    removes = Act(operations.remove_membership, project_id="project", membership_id="membership")

    def find(self) -> Membership:
        """Return the membership of this project."""
        project = fetch_project(actor=self.actor, project_id=self.kwargs["project"])
        return operations.fetch_membership(project, self.kwargs["membership"])


class RoleChange(Strict):
    """Another role from a day on; the present one ends on the day before."""

    role = Code(choices=ProjectRole.choices)
    starts_on = Day()
    load_permille = Number(most=1000)


class ChangeRole(VerbView):
    """Give somebody who takes part another role."""

    door = Door(reads=None, writes=STAFF)
    says = {"POST": _("End a membership and begin one of the same person in another role, which is returned.")}
    serializer_class = MembershipBody
    input_class = RoleChange
    does = Act(operations.change_role, project_id="project", membership_id="membership")
    needs_version = True
