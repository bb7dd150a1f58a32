"""Tasks in the API: the outline, one task, its people and its progress, dependencies, removal and the way back."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from kaname.kernel import clock
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.views import ListView, RecordView, VerbView
from kaname.pso.schedule import operations
from kaname.pso.schedule.models import Assignment, Link, ProgressReport, Removal, Task
from kaname.pso.schedule.operations import TaskReport
from kaname.pso.schedule.rest.bodies import (
    AssignmentBody,
    LinkBody,
    LinkChange,
    LinkInput,
    Placing,
    RemovalBody,
    RemovalInput,
    ReportBody,
    ReportInput,
    Staffing,
    TaskBody,
    TaskChange,
    TaskInput,
)
from kaname.pso.schedule.rest.plans import plan_of
from kaname.pso.schedule.rules import EDIT, EDIT_TASK, REPORT_PROGRESS, VIEW, VIEW_TASK
from kaname.pso.schedule.types import LagUnit, LinkType


class Tasks(ListView):
    """The tasks of a plan."""

    door = Door(reads=VIEW_TASK, writes=EDIT)
    says = {
        "GET": _("List the tasks of a plan in outline order."),
        "POST": _("Add a task and calculate the plan anew."),
    }
    serializer_class = TaskBody
    input_class = TaskInput

    def find(self) -> QuerySet[Task]:
        """Return the tasks."""
        return plan_of(self).tasks.order_by("position")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add one."""
        values = self.read_body(TaskInput)
        made = operations.add_task(
            actor=self.actor,
            now=clock.now(),
            plan_id=plan_of(self).pk,
            parent_id=values.pop("parent"),
            after_id=values.pop("after"),
            **values,
        )
        return self.created(made)


class _OfTask:
    """A view whose address names a task of the project's plan."""

    def task(self) -> Task:
        """Return the task of this plan and of no other."""
        return fetch(self.actor, VIEW_TASK, plan_of(self).tasks.select_related("plan__project"), pk=self.kwargs["task"])  # type: ignore[attr-defined, arg-type]


class OneTask(_OfTask, RecordView):
    """One task."""

    door = Door(reads=VIEW_TASK, writes=EDIT_TASK)
    says = {"GET": _("Return a task."), "PATCH": _("Change a task and calculate the plan anew.")}
    serializer_class = TaskBody
    input_class = TaskChange

    def find(self) -> Task:
        """Return the task."""
        return self.task()

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change it."""
        changed = operations.edit_task(
            actor=self.actor,
            now=clock.now(),
            task_id=self.task().pk,
            expected_version=self.expected_version,
            **self.read_body(TaskChange),
        )
        return self.shown(changed)


class PlaceTask(_OfTask, VerbView):
    """Put a task elsewhere in the outline."""

    door = Door(reads=None, writes=EDIT_TASK)
    says = {"POST": _("Put a task with all below it elsewhere in the outline.")}
    serializer_class = TaskBody
    input_class = Placing
    needs_version = True

    def perform(self, **values: Any) -> Task:
        """Place it."""
        return operations.place_task(
            actor=self.actor,
            now=clock.now(),
            task_id=self.task().pk,
            expected_version=self.expected_version,
            parent_id=values["parent"],
            after_id=values["after"],
        )


class StaffTask(_OfTask, VerbView):
    """Say who works on a task."""

    door = Door(reads=None, writes=EDIT_TASK)
    says = {"POST": _("Say who works on a task; whoever is not named leaves it.")}
    serializer_class = TaskBody
    input_class = Staffing
    needs_version = True

    def perform(self, **values: Any) -> Task:
        """Assign the people."""
        return operations.assign_people(
            actor=self.actor,
            now=clock.now(),
            task_id=self.task().pk,
            expected_version=self.expected_version,
            people={item["person"]: item["units_permille"] for item in values["people"]},
        )


class Assignments(_OfTask, ListView):
    """Who works on a task."""

    door = Door(reads=VIEW_TASK, writes=None)
    says = {"GET": _("List who works on a task.")}
    serializer_class = AssignmentBody

    def find(self) -> QuerySet[Assignment]:
        """Return the assignments."""
        return self.task().assignments.exclude(resource=None).select_related("resource").order_by("id")


class Reports(_OfTask, ListView):
    """The progress reports of a task."""

    door = Door(reads=VIEW_TASK, writes=None)
    says = {"GET": _("List what was reported of a task, newest first.")}
    serializer_class = ReportBody

    def find(self) -> QuerySet[ProgressReport]:
        """Return the reports."""
        return self.task().progress_reports.order_by("-id")


class ReportProgress(_OfTask, VerbView):
    """Say how far a task is."""

    door = Door(reads=None, writes=REPORT_PROGRESS)
    says = {"POST": _("Say how far a task is and calculate the plan anew; If-Match names the task's version.")}
    serializer_class = ReportBody
    input_class = ReportInput
    needs_version = True

    def perform(self, **values: Any) -> ProgressReport:
        """Report it."""
        report = TaskReport(task_id=self.task().pk, expected_version=self.expected_version, **values)
        return operations.report_progress(actor=self.actor, now=clock.now(), report=report)


class Links(ListView):
    """The dependencies of a plan."""

    door = Door(reads=VIEW, writes=EDIT)
    says = {"GET": _("List the dependencies of a plan."), "POST": _("Let a task depend on another of the plan.")}
    serializer_class = LinkBody
    input_class = LinkInput

    def find(self) -> QuerySet[Link]:
        """Return the links."""
        return plan_of(self).links.order_by("id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make one."""
        values = self.read_body(LinkInput)
        made = operations.link_tasks(
            actor=self.actor,
            now=clock.now(),
            plan_id=plan_of(self).pk,
            predecessor_id=values["predecessor"],
            successor_id=values["successor"],
            type=LinkType(values["type"]),
            lag=values["lag"],
            lag_unit=LagUnit(values["lag_unit"]),
        )
        return self.created(made)


class OneLink(RecordView):
    """One dependency."""

    door = Door(reads=VIEW, writes=EDIT)
    says = {
        "GET": _("Return a dependency."),
        "PATCH": _("Change type and lag of a dependency."),
        "DELETE": _("Take a dependency away; If-Match is not needed."),
    }
    serializer_class = LinkBody
    input_class = LinkChange

    def find(self) -> Link:
        """Return the link of this plan."""
        plan = plan_of(self)
        return fetch(self.actor, VIEW_TASK, plan.links.select_related("plan__project"), pk=self.kwargs["link"])

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change it."""
        values = self.read_body(LinkChange)
        changed = operations.change_link(
            actor=self.actor,
            now=clock.now(),
            plan_id=plan_of(self).pk,
            link_id=self.kwargs["link"],
            expected_version=self.expected_version,
            type=LinkType(values["type"]),
            lag=values["lag"],
            lag_unit=LagUnit(values["lag_unit"]),
        )
        return self.shown(changed)

    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take it away."""
        operations.unlink_tasks(
            actor=self.actor, now=clock.now(), plan_id=plan_of(self).pk, link_id=self.kwargs["link"]
        )
        return Response(status=204)


class Removals(ListView):
    """Removed tasks."""

    door = Door(reads=VIEW, writes=EDIT)
    says = {
        "GET": _("List what was removed from a plan, newest first."),
        "POST": _("Remove tasks with all below them; they can be restored."),
    }
    serializer_class = RemovalBody
    input_class = RemovalInput

    def find(self) -> QuerySet[Removal]:
        """Return the removals."""
        return plan_of(self).removals.order_by("-id")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Remove tasks."""
        values = self.read_body(RemovalInput)
        made = operations.remove_tasks(
            actor=self.actor, now=clock.now(), plan_id=plan_of(self).pk, task_ids=values["tasks"]
        )
        return self.created(made)


class RestoreRemoved(VerbView):
    """Bring removed tasks back."""

    door = Door(reads=None, writes=EDIT)
    says = {"POST": _("Bring removed tasks back where they stood.")}
    serializer_class = RemovalBody

    def perform(self, **values: Any) -> Removal:
        """Restore them."""
        return operations.restore_removed(
            actor=self.actor, now=clock.now(), plan_id=plan_of(self).pk, removal_id=self.kwargs["removal"]
        )
