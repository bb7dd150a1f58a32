"""Plans in the API: the plan itself, its baselines, its recalculations."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from kaname.ground.projects.queries import fetch_project
from kaname.kernel import clock
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.views import ApiView, ListView, RecordView
from kaname.kernel.rules.types import Missing
from kaname.pso.schedule import operations
from kaname.pso.schedule.models import Baseline, Move, Plan, Run
from kaname.pso.schedule.queries import find_plan, run_page, runs
from kaname.pso.schedule.queries.history import moves_of
from kaname.pso.schedule.rest.bodies import (
    BaselineBody,
    BaselineInput,
    MoveBody,
    PlanBody,
    PlanChange,
    PlanInput,
    RunBody,
)
from kaname.pso.schedule.rules import CREATE, EDIT, TAKE_BASELINE, VIEW


def plan_of(view: ApiView) -> Plan:
    """Return the plan of the project in the address.

    Raises
    ------
    Missing
        If the project has none or it may not be seen.
    """
    plan = find_plan(actor=view.actor, project_id=view.kwargs["project"])
    if plan is None:
        raise Missing
    return plan


class OnePlan(RecordView):
    """The plan of a project."""

    door = Door(reads=VIEW, writes=EDIT)
    says = {
        "GET": _("Return the plan of a project."),
        "PATCH": _("Change start or status date of a plan and calculate it anew."),
    }
    serializer_class = PlanBody
    input_class = PlanChange

    def find(self) -> Plan:
        """Return the plan."""
        return plan_of(self)

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change it."""
        plan = operations.change_settings(
            actor=self.actor,
            now=clock.now(),
            plan_id=plan_of(self).pk,
            expected_version=self.expected_version,
            **self.read_body(PlanChange),
        )
        return self.shown(plan)


class BeginPlan(ListView):
    """The beginning of a plan."""

    door = Door(reads=None, writes=CREATE)
    says = {"POST": _("Give a project an empty plan.")}
    serializer_class = PlanBody
    input_class = PlanInput
    http_method_names = ["post"]

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Begin it."""
        project = fetch_project(actor=self.actor, project_id=self.kwargs["project"])
        values = self.read_body(PlanInput)
        return self.created(operations.begin_plan(actor=self.actor, now=clock.now(), project=project, **values))


class Baselines(ListView):
    """The baselines of a plan."""

    door = Door(reads=VIEW, writes=TAKE_BASELINE)
    says = {"GET": _("List the baselines of a plan; number 0 is in force."), "POST": _("Agree the plan as it stands.")}
    serializer_class = BaselineBody
    input_class = BaselineInput

    def find(self) -> QuerySet[Baseline]:
        """Return the baselines."""
        return plan_of(self).baselines.order_by("number")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take one."""
        made = operations.take_baseline(
            actor=self.actor, now=clock.now(), plan_id=plan_of(self).pk, **self.read_body(BaselineInput)
        )
        return self.created(made)


class Runs(ListView):
    """The recalculations of a plan."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("List the recalculations of a plan, newest first.")}
    serializer_class = RunBody

    def find(self) -> QuerySet[Run]:
        """Return the runs."""
        return runs(plan_of(self))


class Moves(ListView):
    """The tasks that a recalculation moved."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("List the tasks that a recalculation moved, each with its cause.")}
    serializer_class = MoveBody

    def find(self) -> QuerySet[Move]:
        """Return the moves."""
        return moves_of(run_page(plan_of(self), number=self.kwargs["run"]).run)
