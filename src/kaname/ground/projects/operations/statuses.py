"""Saying how a project is."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.events import StatusReported
from kaname.ground.projects.models import ReportedStatus
from kaname.ground.projects.operations.telling import projects, tell
from kaname.ground.projects.rules import REPORT_STATUS
from kaname.ground.projects.types import Health
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Actor, Unacceptable


class StatusWithoutReason(Unacceptable):
    """A status was to be reported that says nothing."""

    reason = _("A reported status is well, attention or danger, and gives its reason.")


def report_status(
    *, actor: Actor, now: datetime, project_id: int, on: date, health: Health, reason: str
) -> ReportedStatus:
    """Say how a project is on a day and why.  Permission `projects.report_status`; publishes `StatusReported`.

    Raises
    ------
    StatusWithoutReason
        If the status is unknown or gives no reason.
    """
    if health == Health.UNKNOWN or not reason.strip():
        raise StatusWithoutReason
    with transaction.atomic():
        project = fetch(actor, REPORT_STATUS, projects(), pk=project_id)
        status = ReportedStatus.objects.create(
            project=project, on=on, health=health, reason=reason.strip(), author_id=actor.actor_id, reported_at=now
        )
        tell(StatusReported, project, actor=actor, now=now, health=health.value, on=on.isoformat())
    return status
