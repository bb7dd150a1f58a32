"""Timed entries of the reports."""

from datetime import time

from django.tasks import task
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.models import Project
from kaname.ground.projects.types import ProjectState
from kaname.kernel import clock
from kaname.kernel.jobs.policies import policy
from kaname.kernel.jobs.timers import Daily, timed
from kaname.kernel.rules.system import SYSTEM
from kaname.pso.reports.operations import assess


@timed(Daily(at=time(1, 10)))
@task()
@policy(label=_("Compute the health of all projects"))
def assess_all() -> int:
    """Compute the health of every running project, as time passes even where nothing is reported; return how many.

    Each in a transaction of its own; a second run on one day replaces that day's assessments.
    """
    running = Project.objects.filter(archived_at=None, state__in=[ProjectState.ACTIVE, ProjectState.ON_HOLD])
    return sum(assess(actor=SYSTEM, now=clock.now(), project=project) is not None for project in running)
