"""Health follows the facts: recalculated plans, changed projects, new rules."""

from datetime import datetime

from kaname.ground.projects.events import ProjectChanged, ProjectReopened, ProjectRestored
from kaname.ground.projects.models import Project
from kaname.ground.projects.types import ProjectState
from kaname.kernel.jobs.queue import enqueue_once_on_commit
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.reactions import reacts_to
from kaname.kernel.journal.types import Event
from kaname.kernel.rules.system import SYSTEM
from kaname.pso.reports.events import HealthRulesAdopted
from kaname.pso.reports.jobs import assess_all
from kaname.pso.reports.operations import assess
from kaname.pso.schedule.events import BaselineTaken, ScheduleRecalculated


def _per_project(event: Event) -> str:
    return str(event.project_id)


@reacts_to(ScheduleRecalculated, BaselineTaken, ProjectChanged, ProjectReopened, ProjectRestored, fold_key=_per_project)
def assess_project(entry: Entry, now: datetime) -> None:
    """Compute the health of the project that the entry is about, unless it is closed or archived."""
    project = Project.objects.filter(pk=entry.project_id, archived_at=None).exclude(state=ProjectState.CLOSED).first()
    if project is not None:
        assess(actor=SYSTEM, now=now, project=project, cause=entry)


@reacts_to(HealthRulesAdopted)
def assess_by_new_rules(entry: Entry, now: datetime) -> None:
    """Queue the assessment of all running projects by the rules that came into force."""
    enqueue_once_on_commit(assess_all)
