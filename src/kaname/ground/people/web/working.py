"""When a person works: hours, part-time periods, leave; what an hour costs; what the person can do."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.calendars.queries import company_calendar
from kaname.ground.calendars.web.week import week_words
from kaname.ground.people import operations, queries
from kaname.ground.people.models import Person
from kaname.ground.people.rules import ASSESS_SKILL, KEEP_ABSENCE, KEEP_COST, VIEW, VIEW_ABSENCE, VIEW_COST
from kaname.ground.people.web.forms import AssessmentForm, LeaveForm, PartTimeForm, RateForm
from kaname.ground.people.web.frame import find_person, person_page
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide, require
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Permission
from kaname.ui.saving import SAVED, save

_PAST = timedelta(days=365)


def _find(request: HttpRequest, person: int, wanted: Permission) -> Person:
    return find_person(request, person, wanted=wanted)


@door(reads=VIEW_ABSENCE, writes=KEEP_ABSENCE)
def time(request: HttpRequest, person: int) -> HttpResponse:
    """Show a person's hours and leave, and enter leave."""
    shown = _find(request, person, VIEW_ABSENCE)
    form = LeaveForm(request.POST or None)
    status = 200
    if request.method == "POST":
        require(request.user, KEEP_ABSENCE, shown)
        status = 422
        if form.is_valid():
            values = {name: form.cleaned_data[name] for name in ("kind", "part", "starts_on", "ends_before")}
            status = save(
                form,
                lambda: operations.take_leave(actor=request.user, now=clock.now(), person_id=person, **values),
            )
        if status == SAVED:
            messages.success(request, _("The leave is entered. Plans with the person are recalculated."))
            return redirect("people:time", person=person)
    today = clock.today()
    calendar = shown.calendar or (shown.partner.calendar if shown.partner else None) or company_calendar()
    context = {
        "person": shown,
        "calendar": calendar,
        "calendar_week": week_words(calendar.week) if calendar else "",
        "leaves": queries.leaves_of(shown, since=today - _PAST),
        "periods": [(period, week_words(period.week)) for period in queries.part_time_of(shown)],
        "today": today,
        "form": form,
        "may_keep": bool(decide(request.user, KEEP_ABSENCE, shown)),
        "page": person_page(request, shown, current="time"),
    }
    return render(request, "people/time.html", context, status=status)


@door(writes=KEEP_ABSENCE)
def cancel_leave(request: HttpRequest, person: int, leave: int) -> HttpResponse:
    """Take a leave back."""
    operations.cancel_leave(actor=request.user, now=clock.now(), person_id=person, leave_id=leave)
    messages.success(request, _("The leave is taken back."))
    return redirect("people:time", person=person)


@door(reads=KEEP_ABSENCE, writes=KEEP_ABSENCE)
def part_time(request: HttpRequest, person: int) -> HttpResponse:
    """Let a person follow another weekly pattern for a while."""
    shown = _find(request, person, KEEP_ABSENCE)
    initial = {"starts_on": clock.today(), "week": [None] * 7}
    form = PartTimeForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = {name: form.cleaned_data[name] for name in ("starts_on", "ends_before", "week", "reason")}
            status = save(
                form,
                lambda: operations.set_part_time(actor=request.user, now=clock.now(), person_id=person, **values),
            )
        if status == SAVED:
            messages.success(request, _("The hours are entered. Plans with the person are recalculated."))
            return redirect("people:time", person=person)
    context = {
        "form": form,
        "page": person_page(request, shown, current="", title=_("Other weekly hours")),
        "back_url": reverse("people:time", kwargs={"person": person}),
    }
    return render(request, "people/edit_person.html", context, status=status)


@door(writes=KEEP_ABSENCE)
def end_part_time(request: HttpRequest, person: int, period: int) -> HttpResponse:
    """Take a part-time period back."""
    operations.end_part_time(actor=request.user, now=clock.now(), person_id=person, period_id=period)
    messages.success(request, _("The period is removed."))
    return redirect("people:time", person=person)


@door(reads=VIEW_COST, writes=KEEP_COST)
def cost(request: HttpRequest, person: int) -> HttpResponse:
    """Show the history of a person's cost rate, and set it from a day on."""
    shown = _find(request, person, VIEW_COST)
    form = RateForm(request.POST or None, initial={"starts_on": clock.today()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            status = save(
                form, lambda: operations.set_cost_rate(actor=request.user, now=clock.now(), person_id=person, **values)
            )
        if status == SAVED:
            messages.success(request, _("The cost rate is set."))
            return redirect("people:cost", person=person)
    context = {
        "person": shown,
        "rates": queries.rates_of(shown),
        "today": clock.today(),
        "form": form,
        "may_keep": bool(decide(request.user, KEEP_COST, shown)),
        "page": person_page(request, shown, current="cost"),
    }
    return render(request, "people/cost.html", context, status=status)


@door(reads=VIEW, writes=ASSESS_SKILL)
def skills(request: HttpRequest, person: int) -> HttpResponse:
    """Show what a person can do, who said so and why, and assess it."""
    shown = _find(request, person, VIEW)
    form = AssessmentForm(
        request.POST or None, initial={"assessed_on": clock.today(), "skill": request.GET.get("skill", "")}
    )
    status = 200
    if request.method == "POST":
        require(request.user, ASSESS_SKILL, shown)
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            status = save(
                form, lambda: operations.assess_skill(actor=request.user, now=clock.now(), person_id=person, **values)
            )
        if status == SAVED:
            messages.success(request, _("The assessment is entered."))
            return redirect("people:person_skills", person=person)
    context = {
        "person": shown,
        "held": queries.skills_of(shown),
        "form": form,
        "may_assess": bool(decide(request.user, ASSESS_SKILL, shown)),
        "page": person_page(request, shown, current="skills"),
    }
    return render(request, "people/skills_of.html", context, status=status)
