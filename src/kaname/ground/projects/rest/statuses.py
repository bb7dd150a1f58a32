"""What is reported of a project, in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects import operations
from kaname.ground.projects.models import ReportedStatus
from kaname.ground.projects.queries import fetch_project, list_statuses
from kaname.ground.projects.rules import REPORT_STATUS, VIEW
from kaname.ground.projects.types import Health
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Day, Id, Instant, Strict, Text
from kaname.kernel.rules.rest.views import Act, ListView

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
    creates = Act(operations.report_status, project_id="project")

    def find(self) -> QuerySet[ReportedStatus]:
        """Return the statuses."""
        return list_statuses(project=fetch_project(actor=self.actor, project_id=self.kwargs["project"]))

    def read_input(self) -> dict[str, Any]:
        """Return the health as the operation takes it."""
        values = super().read_input()
        return values | {"health": Health(values["health"])}
