"""Timed entries of the reports."""

from django.tasks import task

from kaname.ground.projects.models import Project
from kaname.ground.projects.types import ProjectState
from kaname.kernel import clock
from kaname.kernel.rules.system import SYSTEM
from kaname.pso.reports.operations import assess


@task()
def assess_all() -> int:
    """Compute the health of every running project, as time passes even where nothing is reported; return how many."""
    running = Project.objects.filter(archived_at=None, state__in=[ProjectState.ACTIVE, ProjectState.ON_HOLD])
    return sum(assess(actor=SYSTEM, now=clock.now(), project=project) is not None for project in running)
