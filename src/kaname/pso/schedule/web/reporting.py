"""Reporting progress: one task in three clicks, or all of one's tasks on a sheet."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kaname.engine.units import wall_minute
from kaname.kernel import clock
from kaname.kernel.records import Stale
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Refused, Unacceptable
from kaname.pso.schedule.models import Plan, Task
from kaname.pso.schedule.operations import TaskReport, report_progress, report_tasks
from kaname.pso.schedule.queries import MyTask, my_tasks, plan_time
from kaname.pso.schedule.queries.mine import finish_day, start_day
from kaname.pso.schedule.queries.plans import PlanTime
from kaname.pso.schedule.rules import REPORT_PROGRESS, VIEW
from kaname.pso.schedule.web import entry, words
from kaname.pso.schedule.web.frame import plan_of, plan_page
from kaname.ui.forms import DayInput
from kaname.ui.types import Crumb

STEPS: Final = (0, 250, 500, 750, 1000)


class ReportForm(forms.Form):
    """What somebody says of one task."""

    percent = forms.IntegerField(
        label=gettext_lazy("Progress (%)"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": 5}),
    )
    remaining = forms.CharField(
        label=gettext_lazy("Remaining"),
        max_length=20,
        required=False,
        help_text=gettext_lazy(
            "How much work time is left, such as 3d or 4h. Empty: the rest of the present duration."
        ),
    )
    started_on = forms.DateField(label=gettext_lazy("Begun on"), required=False, widget=DayInput)
    finished_on = forms.DateField(label=gettext_lazy("Finished on"), required=False, widget=DayInput)
    is_blocked = forms.BooleanField(label=gettext_lazy("Blocked: it cannot go on without help"), required=False)
    comment = forms.CharField(
        label=pgettext_lazy("of a report", "Comment"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)


class LineForm(forms.Form):
    """What somebody says of one task of the sheet; an untouched line says nothing."""

    percent = forms.IntegerField(
        min_value=0, max_value=100, required=False, widget=forms.NumberInput(attrs={"class": "sheet-percent"})
    )
    remaining = forms.CharField(max_length=20, required=False, widget=forms.TextInput(attrs={"class": "sheet-short"}))
    is_blocked = forms.BooleanField(required=False)
    comment = forms.CharField(max_length=1000, required=False)
    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A task of the sheet with its form."""

    task: MyTask
    form: LineForm


@door(reads=REPORT_PROGRESS, writes=REPORT_PROGRESS)
def report_task(request: HttpRequest, project: int, task: int) -> HttpResponse:
    """Report one task."""
    tasks = Task.objects.select_related("plan__project__department", "plan__project__calendar")
    shown = fetch(request.user, REPORT_PROGRESS, tasks, pk=task, plan__project_id=project)
    form = ReportForm(_posted(request), initial=_present(shown))
    if request.method == "POST" and form.is_valid() and _keep_one(request, form, shown):
        _say_moved(request, shown.plan)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return redirect("schedule:task", project=project, task=task)
    context = {
        "page": plan_page(
            request,
            shown.plan.project,
            title=_("Report progress"),
            note=shown.name,
            crumbs=(Crumb(shown.name, reverse("schedule:task", kwargs={"project": project, "task": task})),),
        ),
        "task": shown,
        "form": form,
        "due_on": finish_day(shown.finish_at),
        "steps": [step // 10 for step in STEPS],
    }
    return render(request, "schedule/report_task.html", context, status=422 if request.method == "POST" else 200)


@door(reads=VIEW, writes=REPORT_PROGRESS)
def report(request: HttpRequest, project: int) -> HttpResponse:
    """Report all of one's open tasks of a plan at once."""
    plan = plan_of(request, project)
    mine = my_tasks(actor=request.user, today=clock.today(), project_id=project)
    lines = [SheetLine(task, _line_form(request, task)) for task in mine]
    status = 200
    if request.method == "POST":
        status = 422
        checked = [line.form.is_valid() for line in lines]
        if all(checked) and _keep_sheet(request, plan, lines):
            _say_moved(request, plan)
            return redirect("schedule:report", project=project)
    context = {
        "page": plan_page(
            request,
            plan.project,
            title=_("My progress"),
            note=_("Say how far your tasks are; what you leave as it is says nothing."),
        ),
        "plan": plan,
        "lines": lines,
    }
    return render(request, "schedule/report.html", context, status=status)


def _posted(request: HttpRequest) -> Any:
    """Return what was sent, a pressed step put in the place of the number."""
    if request.method != "POST":
        return None
    values = request.POST.copy()
    if values.get("step"):
        values["percent"] = values["step"]
        values["remaining"] = ""
    return values


def _present(task: Task) -> dict[str, Any]:
    return {
        "percent": task.percent_permille // 10,
        "started_on": start_day(task.actual_start_at),
        "is_blocked": task.is_blocked,
        "version": task.version,
    }


def _keep_one(request: HttpRequest, form: ReportForm, task: Task) -> bool:
    said = form.cleaned_data
    time = plan_time(task.plan)
    try:
        remaining = _remaining(said["remaining"], task.plan)
        report_progress(
            actor=request.user,
            now=clock.now(),
            report=TaskReport(
                task_id=task.pk,
                expected_version=said["version"],
                percent_permille=said["percent"] * 10,
                remaining_minutes=None if said["percent"] == 100 else remaining,
                actual_start_at=_begun_at(said["started_on"], task, time),
                actual_finish_at=_done_at(said["finished_on"], time) if said["percent"] == 100 else None,
                is_blocked=said["is_blocked"],
                comment=said["comment"],
            ),
        )
    except (Unacceptable, Refused) as refused:
        form.add_error(None, str(refused.reason))
        return False
    except Stale as stale:
        form.add_error(None, _stale_words(stale))
        form.data = form.data.copy()
        form.data["version"] = stale.current.version
        return False
    return True


def _stale_words(stale: Stale) -> str:
    return _(
        "Somebody reported this task meanwhile: it stands at %(percent)d%%. What you typed is still here; send it again to report it all the same."
    ) % {
        "percent": stale.current.percent_permille // 10  # type: ignore[attr-defined]
    }


def _remaining(text: str, plan: Plan) -> int | None:
    return entry.read_duration(text, words.lengths(plan)).minutes if text.strip() else None


def _begun_at(day: date | None, task: Task, time: PlanTime) -> int | None:
    if day is None or day == start_day(task.actual_start_at):
        return task.actual_start_at
    return min(time.begin_of(day), _now_at()) if day == clock.today() else time.begin_of(day)


def _done_at(day: date | None, time: PlanTime) -> int | None:
    if day is None:
        return None
    return min(time.end_of(day), _now_at()) if day == clock.today() else time.end_of(day)


def _now_at() -> int:
    return wall_minute(clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=None))


def _line_form(request: HttpRequest, task: MyTask) -> LineForm:
    initial = {
        "percent": task.percent_permille // 10,
        "is_blocked": task.is_blocked,
        "version": task.version,
    }
    data = request.POST if request.method == "POST" else None
    return LineForm(data, prefix=f"t{task.task_id}", initial=initial)


def _keep_sheet(request: HttpRequest, plan: Plan, lines: list[SheetLine]) -> bool:
    touched = [line for line in lines if set(line.form.changed_data) - {"version"}]
    if not touched:
        messages.info(request, _("Nothing was changed, so nothing is reported."))
        return False
    reports = []
    for line in touched:
        said = line.form.cleaned_data
        try:
            remaining = _remaining(said["remaining"], plan)
        except Unacceptable as refused:
            line.form.add_error("remaining", str(refused.reason))
            return False
        percent = line.task.percent_permille // 10 if said["percent"] is None else said["percent"]
        reports.append(
            TaskReport(
                task_id=line.task.task_id,
                expected_version=said["version"],
                percent_permille=percent * 10,
                remaining_minutes=None if percent == 100 else remaining,
                is_blocked=said["is_blocked"],
                comment=said["comment"],
            )
        )
    try:
        report_tasks(actor=request.user, now=clock.now(), reports=reports)
    except (Unacceptable, Refused) as refused:
        messages.error(request, str(refused.reason))
        return False
    except Stale as stale:
        messages.error(request, _stale_words(stale))
        return False
    return True


def _say_moved(request: HttpRequest, plan: Plan) -> None:
    run = plan.runs.order_by("-number").first()
    if run is None:
        return
    messages.success(request, _("Reported. %(what)s") % {"what": words.run_says(run)})
