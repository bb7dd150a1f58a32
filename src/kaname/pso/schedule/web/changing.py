"""The form of a task: what the cells of the plan have no room for."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kaname.kernel import clock
from kaname.kernel.records import Stale
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Unacceptable
from kaname.pso.schedule.models import Task
from kaname.pso.schedule.operations import edit_task
from kaname.pso.schedule.queries import plan_time
from kaname.pso.schedule.queries.mine import finish_day, start_day
from kaname.pso.schedule.queries.plans import PlanTime
from kaname.pso.schedule.rules import EDIT_TASK
from kaname.pso.schedule.types import ConstraintType, TaskKind, TaskMode
from kaname.pso.schedule.web import entry, words
from kaname.pso.schedule.web.frame import plan_page
from kaname.ui.forms import DayInput
from kaname.ui.types import Crumb

_WITHOUT_DATE = {ConstraintType.ASAP, ConstraintType.ALAP}
_OF_START = {ConstraintType.SNET, ConstraintType.SNLT, ConstraintType.MSO, ConstraintType.MANDATORY_START}
_KINDS = (TaskKind.WORK, TaskKind.MILESTONE)


class TaskForm(forms.Form):
    """A task's own facts."""

    name = forms.CharField(label=pgettext_lazy("of a task", "Name"), max_length=400)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(kind.value, kind.label) for kind in _KINDS], required=False
    )
    duration = forms.CharField(
        label=gettext_lazy("Duration"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Such as 3d, 4h or 2w; 3ed counts calendar days."),
    )
    mode = forms.ChoiceField(label=gettext_lazy("Scheduling"), choices=TaskMode.choices)
    starts_on = forms.DateField(label=gettext_lazy("Start, set by hand"), required=False, widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("Finish, set by hand"), required=False, widget=DayInput)
    constraint = forms.ChoiceField(label=gettext_lazy("Constraint"), choices=ConstraintType.choices)
    constraint_on = forms.DateField(label=gettext_lazy("Constraint date"), required=False, widget=DayInput)
    deadline_on = forms.DateField(
        label=gettext_lazy("Deadline"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Moves nothing; the task is marked when it would finish later."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("Active: takes part in the calculation"), required=False)
    notes = forms.CharField(
        label=pgettext_lazy("of a task", "Notes"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for the date that a constraint needs."""
        said = super().clean() or {}
        if said.get("constraint") not in {*_WITHOUT_DATE, None} and not said.get("constraint_on"):
            self.add_error("constraint_on", _("This constraint needs a date."))
        if said.get("mode") == TaskMode.MANUAL and not said.get("starts_on"):
            self.add_error("starts_on", _("A task that is scheduled by hand needs a start."))
        return said


@door(reads=EDIT_TASK, writes=EDIT_TASK)
def change(request: HttpRequest, project: int, task: int) -> HttpResponse:
    """Change a task."""
    tasks = Task.objects.select_related("plan__project__department", "plan__project__calendar")
    shown = fetch(request.user, EDIT_TASK, tasks, pk=task, plan__project_id=project)
    form = TaskForm(request.POST or None, initial=_present(shown))
    if shown.kind not in _KINDS:
        for name in ("kind", "duration"):
            del form.fields[name]
    if request.method == "POST" and form.is_valid() and _keep(request, form, shown):
        messages.success(request, _("Saved."))
        return redirect("schedule:task", project=project, task=task)
    url = reverse("schedule:task", kwargs={"project": project, "task": task})
    context = {
        "page": plan_page(request, shown.plan.project, title=_("Change a task"), crumbs=(Crumb(shown.name, url),)),
        "task": shown,
        "form": form,
        "task_url": url,
    }
    return render(request, "schedule/change_task.html", context, status=422 if request.method == "POST" else 200)


def _present(task: Task) -> dict[str, Any]:
    plan = task.plan
    return {
        "name": task.name,
        "kind": task.kind,
        "duration": words.duration(
            task.duration_minutes, plan.minutes_per_day, task.duration_kind, is_estimated=task.is_estimated
        ),
        "mode": task.mode,
        "starts_on": start_day(task.manual_start_at),
        "ends_on": finish_day(task.manual_finish_at),
        "constraint": task.constraint,
        "constraint_on": start_day(task.constraint_at),
        "deadline_on": finish_day(task.deadline_at),
        "is_active": task.is_active,
        "notes": task.notes,
        "version": task.version,
    }


def _keep(request: HttpRequest, form: TaskForm, task: Task) -> bool:
    said = form.cleaned_data
    changed = set(form.changed_data) - {"version"}
    if not changed:
        return True
    try:
        values = _values(said, changed, task, plan_time(task.plan))
        edit_task(actor=request.user, now=clock.now(), task_id=task.pk, expected_version=said["version"], **values)
    except Unacceptable as refused:
        form.add_error(None, str(refused.reason))
        return False
    except Stale as stale:
        sentence = _(
            "Somebody changed this task meanwhile: “%(name)s”. What you typed is still here; save again to put it in its place."
        ) % {"name": stale.current}
        form.add_error(None, sentence)
        form.data = form.data.copy()
        form.data["version"] = stale.current.version
        return False
    return True


def _values(said: dict[str, Any], changed: set[str], task: Task, time: PlanTime) -> dict[str, Any]:
    values = {name: said[name] for name in ("name", "mode", "constraint", "is_active", "notes") if name in changed}
    if "kind" in changed and said.get("kind"):
        values["kind"] = said["kind"]
        if said["kind"] == TaskKind.MILESTONE:
            values["duration_minutes"] = 0
    if "duration" in changed and said["duration"] and said.get("kind") != TaskKind.MILESTONE:
        typed = entry.read_duration(said["duration"], words.lengths(task.plan))
        values |= {
            "duration_minutes": typed.minutes,
            "duration_kind": typed.kind,
            "is_estimated": typed.is_estimated,
        }
    if changed & {"constraint", "constraint_on"}:
        values["constraint_at"] = _bound_at(said["constraint"], said["constraint_on"], time)
    if "deadline_on" in changed:
        values["deadline_at"] = time.end_of(said["deadline_on"]) if said["deadline_on"] else None
    if changed & {"mode", "starts_on", "ends_on"}:
        is_manual = said["mode"] == TaskMode.MANUAL
        values["manual_start_at"] = time.begin_of(said["starts_on"]) if is_manual and said["starts_on"] else None
        values["manual_finish_at"] = time.end_of(said["ends_on"]) if is_manual and said["ends_on"] else None
    return values


def _bound_at(constraint: str, day: date | None, time: PlanTime) -> int | None:
    if constraint in _WITHOUT_DATE or day is None:
        return None
    return time.begin_of(day) if constraint in _OF_START else time.end_of(day)
