"""The portfolio's lines follow computed health, reports, people and projects."""

from datetime import datetime

from kaname.ground.projects.events import (
    MembershipChanged,
    MembershipRemoved,
    ProjectArchived,
    ProjectChanged,
    ProjectClosed,
    ProjectRegistered,
    ProjectReopened,
    ProjectRestored,
    StatusReported,
)
from kaname.ground.projects.models import Project
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.reactions import reacts_to
from kaname.kernel.journal.types import Event
from kaname.kernel.rules.system import SYSTEM
from kaname.pmo.portfolio.operations import update_line as draw_line
from kaname.pso.reports.events import HealthAssessed


def _per_project(event: Event) -> str:
    return str(event.project_id)


@reacts_to(
    HealthAssessed,
    StatusReported,
    MembershipChanged,
    MembershipRemoved,
    ProjectRegistered,
    ProjectChanged,
    ProjectClosed,
    ProjectReopened,
    ProjectArchived,
    ProjectRestored,
    fold_key=_per_project,
)
def update_line(entry: Entry, now: datetime) -> None:
    """Draw the line of the project that the entry is about."""
    project = Project.objects.filter(pk=entry.project_id).first()
    if project is not None:
        draw_line(actor=SYSTEM, now=now, project=project)
