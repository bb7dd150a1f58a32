"""Writing a whole plan at once."""

from datetime import datetime

from django.db import transaction

from kaname.engine.network.plan import Plan as EnginePlan
from kaname.ground.projects.models import Project
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.decisions import require
from kaname.kernel.rules.types import Actor
from kaname.pso.schedule.events import PlanBegun
from kaname.pso.schedule.models import Plan
from kaname.pso.schedule.operations.adoption import adopt_plan
from kaname.pso.schedule.operations.plans import PlanExists
from kaname.pso.schedule.operations.recalculation import Trigger, recalculate
from kaname.pso.schedule.rules import CREATE


def write_plan(*, actor: Actor, now: datetime, project: Project, content: EnginePlan) -> Plan:
    """Give a project a plan that was drawn up elsewhere, as from a template, and recalculate.

    Permission `schedule.create`; publishes `PlanBegun`.  Resources become people of the company where name or address
    are theirs.

    Raises
    ------
    PlanExists
        If the project has a plan.
    PlanRefused
        If the plan cannot be calculated.
    """
    require(actor, CREATE, project)
    with transaction.atomic():
        if Plan.objects.filter(project=project).exists():
            raise PlanExists
        plan, tasks = adopt_plan(project, None, content)
        event = PlanBegun(subject=Subject("schedule.plan", plan.pk), project_id=project.pk)
        cause = publish(event, actor=actor, now=now)
        recalculate(plan, actor=actor, now=now, trigger=Trigger("begin", cause=cause), tasks=tasks)
    return plan
