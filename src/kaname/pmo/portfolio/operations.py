"""Verbs of the portfolio."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from kaname.engine.text import Message, gettext_noop
from kaname.ground.projects.models import Membership, Project, ReportedStatus
from kaname.ground.projects.types import Health, ProjectRole, ProjectState
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Unacceptable
from kaname.pmo.portfolio.events import ViewRemoved, ViewSaved
from kaname.pmo.portfolio.models import Line, SavedView
from kaname.pmo.portfolio.rules import OWN_VIEWS, VIEW
from kaname.pmo.portfolio.types import Attention
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.types import IndicatorCode

TREND_WEEKS: Final = 26
_SEVERITY: Final = {Health.DANGER: 3000, Health.ATTENTION: 1500, Health.UNKNOWN: 900, Health.WELL: 0}
_RANK: Final = {Health.WELL: 0, Health.UNKNOWN: 0, Health.ATTENTION: 1, Health.DANGER: 2}


def update_line(*, actor: Actor, now: datetime, project: Project) -> Line:
    """Draw a project's line anew from its newest assessment and report; begins a transaction; idempotent.

    Permission `portfolio.view`.  Publishes nothing: the line follows facts that are published already.  6 queries.
    """
    with transaction.atomic():
        newest = Assessment.objects.filter(project=project).order_by("-on").first()
        status = ReportedStatus.objects.filter(project=project).select_related("author").order_by("-on", "-id").first()
        facts = _computed_facts(newest) | _reported_facts(status)
        facts["trend"] = _trend(project, now.date())
        facts["pm_name"] = _pm_name(project, now.date())
        attention = weigh(project, newest, status)
        facts["score"] = attention.score
        facts["reason"] = {"template": attention.reason.template, "params": dict(attention.reason.params)}
        line, _created = Line.objects.update_or_create(project=project, defaults=facts | {"updated_at": now})
        require(actor, VIEW, line)
    return line


def weigh(project: Project, newest: Assessment | None, status: ReportedStatus | None) -> Attention:
    """Say how urgently a project wants a look.

    Danger counts 3000, attention 1500, unknown 900; a computed colour worse than the reported one adds 1000 a step (the
    watermelon); every working day of delay adds 10 up to 60 days, every overdue task 2 up to 100.  Closed projects 0.
    """
    if project.state == ProjectState.CLOSED:
        return Attention(0, Message(gettext_noop("closed")))
    if newest is None:
        return Attention(_SEVERITY[Health.UNKNOWN], Message(gettext_noop("has no plan yet")))
    computed = Health(newest.health)
    gap = max(0, _RANK[computed] - _RANK[Health(status.health)]) if status is not None else 0
    delay = max(0, newest.delay_days_tenths or 0)
    score = _SEVERITY[computed] + 1000 * gap + min(600, delay) + 2 * min(100, newest.overdue_tasks)
    return Attention(score, _reason(newest, computed, gap, delay))


class ViewNameTaken(Unacceptable):
    """Another of one's own views has this name."""

    reason = gettext_lazy("Another of your views has this name. Choose a different one.")


def save_view(*, actor: Actor, now: datetime, name: str, query: str) -> SavedView:
    """Keep filters and order under a name, replacing one's own view of that name.

    Permission `portfolio.own_views`; publishes `ViewSaved`; locks nothing.  4 queries.
    """
    require(actor, OWN_VIEWS)
    with transaction.atomic():
        view, created = SavedView.objects.get_or_create(account_id=actor.actor_id, name=name, defaults={"query": query})
        if not created:
            change(view, expected_version=view.version, query=query)
        publish(ViewSaved(subject=Subject("portfolio.view", view.pk), view_name=name), actor=actor, now=now)
    return view


def rename_view(*, actor: Actor, now: datetime, view_id: int, expected_version: int, name: str) -> SavedView:
    """Give a saved view another name.  Permission `portfolio.own_views`; publishes `ViewSaved`.

    Raises
    ------
    ViewNameTaken
        If another of one's own views is called so.
    Stale
        If the view was changed meanwhile.
    """
    with transaction.atomic():
        view = fetch(actor, OWN_VIEWS, SavedView.objects.all(), pk=view_id)
        if SavedView.objects.filter(account_id=actor.actor_id, name=name).exclude(pk=view.pk).exists():
            raise ViewNameTaken
        change(view, expected_version=expected_version, name=name)
        publish(ViewSaved(subject=Subject("portfolio.view", view.pk), view_name=name), actor=actor, now=now)
    return view


def remove_view(*, actor: Actor, now: datetime, view_id: int) -> None:
    """Forget a saved view.  Permission `portfolio.own_views`; publishes `ViewRemoved`."""
    with transaction.atomic():
        view = fetch(actor, OWN_VIEWS, SavedView.objects.all(), pk=view_id)
        publish(ViewRemoved(subject=Subject("portfolio.view", view.pk), view_name=view.name), actor=actor, now=now)
        view.delete()


def _computed_facts(newest: Assessment | None) -> dict[str, object]:
    if newest is None:
        return {"computed": Health.UNKNOWN, "computed_at": None}
    copied = (
        "start_at",
        "finish_at",
        "baseline_finish_at",
        "forecast_finish_at",
        "delay_days_tenths",
        "done_permille",
        "planned_permille",
        "spi_t_permille",
        "cpi_permille",
        "last_report_at",
        "tasks",
        "overdue_tasks",
    )
    facts = {name: getattr(newest, name) for name in copied} | _freshness_facts(newest)
    return facts | {"computed": newest.health, "computed_at": newest.assessed_at}


def _freshness_facts(newest: Assessment) -> dict[str, object]:
    freshness = next((item for item in newest.indicators if item["code"] == IndicatorCode.FRESHNESS), None)
    if freshness is None:
        return {"freshness": Health.UNKNOWN, "report_age_days": None}
    return {"freshness": freshness["health"], "report_age_days": freshness["values"].get("age_days")}


def _reported_facts(status: ReportedStatus | None) -> dict[str, object]:
    if status is None:
        return {"reported": Health.UNKNOWN, "reported_on": None, "reported_by": "", "reported_reason": ""}
    return {
        "reported": status.health,
        "reported_on": status.on,
        "reported_by": status.author.name,
        "reported_reason": status.reason,
    }


def _trend(project: Project, today: date) -> list[int | None]:
    """Return the last SPI(t) of each of the last weeks, oldest first, from the first that is known."""
    since = today - timedelta(weeks=TREND_WEEKS)
    known = Assessment.objects.filter(project=project, on__gt=since).order_by("on").values_list("on", "spi_t_permille")
    by_week: dict[int, int | None] = {}
    for day, value in known:
        by_week[(today - day).days // 7] = value
    if not by_week:
        return []
    return [by_week.get(week) for week in range(max(by_week), -1, -1)]


def _pm_name(project: Project, today: date) -> str:
    running = Q(ends_before=None) | Q(ends_before__gt=today)
    rows = Membership.objects.filter(running, project=project, role=ProjectRole.PM).order_by("-starts_on")
    return rows.values_list("person__name", flat=True).first() or ""


def _reason(newest: Assessment, computed: Health, gap: int, delay: int) -> Message:
    days = {"days": _tenths(delay)}
    if gap and delay:
        return Message(gettext_noop("reported better than computed; forecast %(days)s working days late"), days)
    if gap:
        return Message(gettext_noop("reported better than computed"))
    worst = next((item for item in newest.indicators if item["health"] == computed.value), None)
    if delay and worst is not None and worst["code"] == IndicatorCode.FORECAST:
        return Message(gettext_noop("forecast %(days)s working days late"), days)
    if computed in {Health.DANGER, Health.ATTENTION} and worst is not None:
        return Message(worst["sentence"]["template"], worst["sentence"]["params"])
    if computed is Health.UNKNOWN:
        return Message(gettext_noop("too little is known"))
    if delay:
        return Message(gettext_noop("forecast %(days)s working days late"), days)
    return Message(gettext_noop("goes as agreed"))


def _tenths(value: int) -> str:
    whole, part = divmod(value, 10)
    return f"{whole}.{part}" if part else str(whole)
