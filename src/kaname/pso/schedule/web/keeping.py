"""What is kept of a plan as a whole: its settings and its baselines."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaname.kernel import clock
from kaname.kernel.records import Stale
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Unacceptable
from kaname.pso.schedule.bridge import schedule_rules, stored_rules
from kaname.pso.schedule.models import Plan
from kaname.pso.schedule.operations import change_settings, take_baseline
from kaname.pso.schedule.queries import baselines as baselines_of
from kaname.pso.schedule.queries import plan_time
from kaname.pso.schedule.queries.mine import start_day
from kaname.pso.schedule.rules import EDIT, TAKE_BASELINE, VIEW
from kaname.pso.schedule.web.frame import plan_of, plan_page
from kaname.ui.components.dates import day_words
from kaname.ui.forms import DayInput


class BaselineForm(forms.Form):
    """How a baseline is called."""

    name = forms.CharField(label=gettext_lazy("Name of the baseline"), max_length=100)


class SettingsForm(forms.Form):
    """From when and how a plan is calculated."""

    starts_on = forms.DateField(label=gettext_lazy("Start of the plan"), widget=DayInput)
    status_on = forms.DateField(
        label=gettext_lazy("Status date"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Up to which day the reports speak. A report sets it to its own day."),
    )
    reschedules = forms.BooleanField(
        label=gettext_lazy("Plan what is left of begun tasks from the status date on"), required=False
    )
    hours_per_day = forms.DecimalField(
        label=gettext_lazy("Hours of a day"),
        min_value=1,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        help_text=gettext_lazy("What 1d means when durations are typed and shown."),
    )
    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)


@door(reads=VIEW, writes=TAKE_BASELINE)
def baselines(request: HttpRequest, project: int) -> HttpResponse:
    """List the baselines of a plan; take one."""
    plan = plan_of(request, project)
    may_take = decide(request.user, TAKE_BASELINE, plan)
    form = BaselineForm(
        request.POST or None, initial={"name": _("Plan of %(day)s") % {"day": day_words(clock.today())}}
    )
    if request.method == "POST" and form.is_valid():
        take_baseline(actor=request.user, now=clock.now(), plan_id=plan.pk, name=form.cleaned_data["name"])
        messages.success(request, _("The plan as it stands is now the baseline."))
        return redirect("schedule:baselines", project=project)
    context = {
        "page": plan_page(
            request, plan.project, title=_("Baselines"), note=_("The plan as it was once agreed, to compare with.")
        ),
        "plan": plan,
        "baselines": baselines_of(plan),
        "form": form,
        "may_take": bool(may_take),
        "refusal": "" if may_take else may_take.reason,
    }
    return render(request, "schedule/baselines.html", context, status=422 if request.method == "POST" else 200)


@door(reads=EDIT, writes=EDIT)
def settings(request: HttpRequest, project: int) -> HttpResponse:
    """Change start, status date and options of a plan."""
    plan = plan_of(request, project)
    form = SettingsForm(request.POST or None, initial=_present(plan))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _keep(request, form, plan):
            messages.success(request, _("The settings are saved and all dates calculated anew."))
            return redirect("schedule:plan", project=project)
    page = plan_page(request, plan.project, title=_("Plan settings"))
    context = {"page": page, "plan": plan, "form": form, "may_edit": bool(decide(request.user, EDIT, plan))}
    return render(request, "schedule/settings.html", context, status=status)


def _present(plan: Plan) -> dict[str, Any]:
    return {
        "starts_on": start_day(plan.start_at),
        "status_on": start_day(plan.status_at),
        "reschedules": schedule_rules(plan.rules).reschedules_remaining_work,
        "hours_per_day": plan.minutes_per_day / 60,
        "version": plan.version,
    }


def _keep(request: HttpRequest, form: SettingsForm, plan: Plan) -> bool:
    said = form.cleaned_data
    time = plan_time(plan)
    rules = stored_rules(schedule_rules(plan.rules)) | {
        "reschedules_remaining_work": said["reschedules"],
    }
    try:
        change_settings(
            actor=request.user,
            now=clock.now(),
            plan_id=plan.pk,
            expected_version=said["version"],
            start_at=_kept(said["starts_on"], plan.start_at, time.begin_of(said["starts_on"])),
            status_at=(
                _kept(said["status_on"], plan.status_at, time.end_of(said["status_on"])) if said["status_on"] else None
            ),
            minutes_per_day=int(said["hours_per_day"] * 60),
            rules=rules,
        )
    except Unacceptable as refused:
        form.add_error(None, str(refused.reason))
        return False
    except Stale as stale:
        _show_both(form, stale)
        return False
    return True


def _kept(day: date, before: int | None, new: int) -> int:
    """Return the moment as it was where its day has not changed."""
    return before if before is not None and start_day(before) == day else new


def _show_both(form: SettingsForm, stale: Stale) -> None:
    current = stale.current
    sentence = _(
        "Somebody changed the settings meanwhile: start %(start)s, status date %(status)s. "
        "What you typed is still here; save again to put it in their place."
    ) % {
        "start": day_words(start_day(current.start_at)),  # type: ignore[attr-defined]
        "status": day_words(start_day(current.status_at)),  # type: ignore[attr-defined]
    }
    form.add_error(None, sentence)
    form.data = form.data.copy()
    form.data["version"] = current.version
