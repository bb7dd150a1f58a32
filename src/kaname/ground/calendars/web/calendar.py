"""A calendar's year, and counting business days on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kaname.ground.calendars import queries
from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.rules import KEEP, VIEW
from kaname.ground.calendars.types import DayFact, DayKind, Reckoning
from kaname.ground.calendars.web.forms import AfterForm, BetweenForm, VersionForm
from kaname.ground.calendars.web.frame import asked_year, calendar_page, year_words
from kaname.ground.calendars.web.week import WEEKDAYS, hours_words
from kaname.ground.calendars.web.yearview import drawn, hours
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.ui.components.dates import day_words

_LISTED_SKIPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was counted, in words, with every day that did not count."""

    says: str
    ends_on: date
    business_days: int
    skips: tuple[tuple[DayFact, str], ...]
    more: int


@door(reads=VIEW)
def year(request: HttpRequest, calendar: int) -> HttpResponse:
    """Show a fiscal year of a calendar month by month."""
    shown = queries.find_calendar(request.user, calendar)
    today = clock.today()
    starts_in_month = queries.company_year().starts_in_month
    present = queries.fiscal_year_of(today, starts_in_month=starts_in_month)
    asked = asked_year(request, present.year)
    wanted = queries.fiscal_year_of(date(asked, starts_in_month, 1), starts_in_month=starts_in_month)
    after = AfterForm(request.GET if "count" in request.GET else None, initial={"start": today, "count": 10})
    between = BetweenForm(request.GET if "last" in request.GET else None, initial={"first": today})
    context: dict[str, Any] = {
        "calendar": shown,
        "week": _week(shown),
        "wanted": wanted,
        "year_name": year_words(wanted),
        "present_year": present.year,
        "after": after,
        "between": between,
        "answer": None,
        "year": None,
        "months": [],
        "refusal": "",
        "archive": VersionForm(initial={"version": shown.version}),
        "may_keep": bool(decide(request.user, KEEP, shown)),
        "page": calendar_page(shown, current="year"),
    }
    try:
        fact = queries.year_on(shown, wanted)
        context |= {"year": fact, "year_hours": hours(fact.minutes), "months": drawn(fact, today=today)}
        context["answer"] = _answer(shown, after, between)
    except queries.NotReckonable as refusal:
        context["refusal"] = str(refusal.reason)
    return render(request, "calendars/calendar.html", context)


def _week(calendar: WorkCalendar) -> list[tuple[str, str]]:
    return [
        (str(label), pgettext("hours of a weekday", "as base") if day is None else hours_words(day) or "–")
        for label, day in zip(WEEKDAYS, calendar.week, strict=True)
    ]


def _answer(calendar: WorkCalendar, after: forms.Form, between: forms.Form) -> Answer | None:
    if after.is_bound and after.is_valid():
        start, count = after.cleaned_data["start"], after.cleaned_data["count"]
        reckoning = queries.reckon_after(calendar, start, count)
        says = _("%(count)d business days from %(start)s is %(end)s.")
        return _in_words(reckoning, says)
    if between.is_bound and between.is_valid():
        reckoning = queries.reckon_between(calendar, between.cleaned_data["first"], between.cleaned_data["last"])
        return _in_words(reckoning, _("From %(start)s to %(end)s there are %(count)d business days."))
    return None


def _in_words(reckoning: Reckoning, template: str) -> Answer:
    values = {
        "count": reckoning.business_days,
        "start": day_words(reckoning.starts_on),
        "end": day_words(reckoning.ends_on),
    }
    listed = reckoning.skipped[:_LISTED_SKIPS]
    return Answer(
        says=template % values,
        ends_on=reckoning.ends_on,
        business_days=reckoning.business_days,
        skips=tuple((fact, _reason(fact)) for fact in listed),
        more=len(reckoning.skipped) - len(listed),
    )


def _reason(fact: DayFact) -> str:
    if fact.kind is DayKind.REST:
        return _("no work on this weekday")
    return fact.name
