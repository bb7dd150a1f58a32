"""Computing a project's health from its plan."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from kaname.engine.network import PlanError
from kaname.engine.network.plan import Plan as EnginePlan
from kaname.engine.quality import ScheduleView, Thresholds
from kaname.engine.text import Message
from kaname.engine.units import MINUTES_PER_DAY, day_number, wall_minute
from kaname.ground.projects.models import Project
from kaname.ground.projects.types import Health
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor
from kaname.pso.reports.bridge import Outlook, earning_of, limits, look_out, stored_indicator
from kaname.pso.reports.events import HealthAssessed, HealthChanged
from kaname.pso.reports.models import Assessment, HealthRules
from kaname.pso.reports.operations.erosion import float_indicator
from kaname.pso.reports.operations.indicators import (
    buffer_indicator,
    earned_indicator,
    forecast_indicator,
    freshness_indicator,
    is_finished,
    overdue_indicator,
    permille,
    quality_indicator,
    work_tasks,
    worst,
)
from kaname.pso.reports.rules import ASSESS
from kaname.pso.reports.types import Finding, Indicator, IndicatorCode, Limits
from kaname.pso.schedule.bridge import dates_as_they_stand, engine_plan, load
from kaname.pso.schedule.models import Plan


def rules_in_force(*, now: datetime) -> HealthRules:
    """Return the newest health rules, making version 1 with the shipped limits where there are none. 1 query."""
    newest = HealthRules.objects.order_by("-number").first()
    if newest is not None:
        return newest
    return HealthRules.objects.get_or_create(number=1, defaults={"adopted_at": now})[0]


def assess(*, actor: Actor, now: datetime, project: Project, cause: Entry | None = None) -> Assessment | None:
    """Compute a project's health and keep it as the snapshot of its day; nothing for a project without a plan.

    Permission `reports.assess`; publishes `HealthAssessed` and, when the colour is another than before, `HealthChanged`.
    Doing it twice for the same facts changes nothing but the time.

    Notes
    -----
    At most 20 queries, the plan's rows among them once.  The dates as they stand are those of the last recalculation; the
    plan is calculated from now on, with a baseline as it was agreed, and once more for the clinic's critical path test.
    """
    require(actor, ASSESS, project)
    plan = Plan.objects.filter(project=project).select_related("project").first()
    if plan is None:
        return None
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=None)
    in_force = rules_in_force(now=now)
    last_report_at = plan.tasks.aggregate(newest=Max("reported_at"))["newest"]
    rows = load(plan, with_baselines=True)
    finding = find(
        engine_plan(rows, today=local.date()),
        planned=dates_as_they_stand(rows),
        status_at=wall_minute(local),
        required_finish_on=project.ends_before,
        last_report_at=_wall(last_report_at) if last_report_at else None,
        limits=limits(in_force.limits),
    )
    with transaction.atomic():
        before = Assessment.objects.filter(project=project).order_by("-on").values_list("health", flat=True).first()
        facts = _facts(finding) | {
            "rules": in_force,
            "assessed_at": now,
            "last_report_at": last_report_at,
            "cause_entry_id": cause.pk if cause else None,
        }
        kept, _created = Assessment.objects.update_or_create(project=project, on=local.date(), defaults=facts)
        _tell(kept, before, actor=actor, now=now, cause=cause)
    return kept


def assess_project(*, actor: Actor, now: datetime, project_id: int) -> Assessment | None:
    """Compute the health of a project now, because somebody asks for it; as `assess`.

    Raises
    ------
    Missing, Refused
        If there is no such project to see, or it may be seen but not assessed.
    """
    return assess(actor=actor, now=now, project=fetch(actor, ASSESS, Project.objects.all(), pk=project_id))


def find(
    plan: EnginePlan,
    *,
    planned: ScheduleView | None = None,
    status_at: int,
    required_finish_on: date | None,
    last_report_at: int | None,
    limits: Limits,
) -> Finding:
    """Compute the health of an engine's plan at a wall minute; pure.

    `planned` are the plan's dates where they are known already; `required_finish_on` is the first day on which it is too late; `last_report_at` the wall minute of the newest report.
    """
    try:
        outlook = look_out(plan, status_at=status_at, planned=planned)
    except PlanError as error:
        return _incalculable(plan, error.messages[0], status_at=status_at)
    baseline_finish = max(
        (
            item.finish_at
            for task in plan.tasks
            for item in task.baselines
            if item.number == 0 and item.finish_at is not None
        ),
        default=None,
    )
    required = day_number(required_finish_on) * MINUTES_PER_DAY if required_finish_on else None
    earning = earning_of(plan, book=outlook.book)
    report = earning.report(status_at=status_at) if earning else None
    done = 1000 * report.total.earned // report.total.budget if report and report.total.budget else _done_share(plan)
    age = _age(outlook, last_report_at)
    overdue = overdue_indicator(outlook, limits)
    indicators = (
        forecast_indicator(outlook, baseline_finish, limits),
        buffer_indicator(outlook, baseline_finish, required, done, limits),
        float_indicator(outlook, limits),
        earned_indicator(report, limits),
        overdue,
        quality_indicator(outlook.examined(thresholds=Thresholds(required_finish_at=required)), limits),
        freshness_indicator(age, has_begun=bool(overdue.values["due_tasks"]), limits=limits),
    )
    agreed = baseline_finish if baseline_finish is not None else outlook.planned.finish_at
    forecast = outlook.forecast.finish_at
    return Finding(
        health=overall(indicators),
        indicators=indicators,
        status_at=status_at,
        start_at=outlook.planned.start_at,
        finish_at=outlook.planned.finish_at,
        baseline_finish_at=baseline_finish,
        forecast_finish_at=forecast,
        delay_days_tenths=outlook.days(outlook.working.between(agreed, forecast))
        if agreed is not None and forecast is not None
        else None,
        done_permille=done,
        planned_permille=1000 * report.total.planned // report.total.budget if report and report.total.budget else None,
        spi_t_permille=permille(report.forecast.indices.spi_t.value) if report else None,
        cpi_permille=permille(report.indices.cpi.value) if report else None,
        tasks=len(work_tasks(plan)),
        overdue_tasks=overdue.values["overdue_tasks"] or 0,
        critical_tasks=sum(1 for computed in outlook.planned.tasks.values() if computed.is_critical),
        data_age_days=age,
    )


def overall(indicators: tuple[Indicator, ...]) -> Health:
    """Return the colour of the whole: the worst indicator, but stale data makes well and attention unknown.

    Indicators that cannot say anything (no baseline, nothing to check) do not count, as long as one can.
    """
    speaking = [item.health for item in indicators if item.health is not Health.UNKNOWN]
    fresh = next(item.health for item in indicators if item.code == IndicatorCode.FRESHNESS)
    forecast = next(item.health for item in indicators if item.code == IndicatorCode.FORECAST)
    if not speaking or forecast is Health.UNKNOWN:
        return Health.UNKNOWN
    found = worst(speaking)
    return Health.UNKNOWN if fresh is Health.UNKNOWN and found is not Health.DANGER else found


def _incalculable(plan: EnginePlan, problem: Message, *, status_at: int) -> Finding:
    indicator = Indicator(code=IndicatorCode.FORECAST, health=Health.UNKNOWN, sentence=problem)
    return Finding(
        health=Health.UNKNOWN,
        indicators=(indicator,),
        status_at=status_at,
        start_at=plan.start_at,
        finish_at=None,
        baseline_finish_at=None,
        forecast_finish_at=None,
        delay_days_tenths=None,
        done_permille=None,
        planned_permille=None,
        spi_t_permille=None,
        cpi_permille=None,
        tasks=len(work_tasks(plan)),
        overdue_tasks=0,
        critical_tasks=0,
        data_age_days=None,
    )


def _done_share(plan: EnginePlan) -> int | None:
    """Return the done share of all durations, where nothing better is known."""
    tasks = [task for task in work_tasks(plan) if task.duration_minutes]
    total = sum(task.duration_minutes or 0 for task in tasks)
    if not total:
        return None
    done = sum(
        (task.duration_minutes or 0) * (1000 if is_finished(task) else task.progress.percent_permille) for task in tasks
    )
    return done // total


def _age(outlook: Outlook, last_report_at: int | None) -> int | None:
    if last_report_at is None:
        return None
    return max(0, outlook.working.between(last_report_at, outlook.status_at)) // outlook.plan.minutes_per_day


def _wall(moment: datetime) -> int:
    return wall_minute(moment.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=None))


def _facts(finding: Finding) -> dict[str, object]:
    return {
        "health": finding.health.value,
        "indicators": [stored_indicator(item) for item in finding.indicators],
        "start_at": finding.start_at,
        "finish_at": finding.finish_at,
        "baseline_finish_at": finding.baseline_finish_at,
        "forecast_finish_at": finding.forecast_finish_at,
        "delay_days_tenths": finding.delay_days_tenths,
        "done_permille": finding.done_permille,
        "planned_permille": finding.planned_permille,
        "spi_t_permille": finding.spi_t_permille,
        "cpi_permille": finding.cpi_permille,
        "tasks": finding.tasks,
        "overdue_tasks": finding.overdue_tasks,
        "critical_tasks": finding.critical_tasks,
    }


def _tell(kept: Assessment, before: str | None, *, actor: Actor, now: datetime, cause: Entry | None) -> None:
    subject = Subject("reports.assessment", kept.pk)
    event = HealthAssessed(
        subject=subject,
        project_id=kept.project_id,
        health=kept.health,
        health_before=before,
        forecast_finish_at=kept.forecast_finish_at,
        rules=kept.rules.number,
    )
    entry = publish(event, actor=actor, now=now, cause=cause)
    if before is not None and before != kept.health:
        changed = HealthChanged(subject=subject, project_id=kept.project_id, health=kept.health, health_before=before)
        publish(changed, actor=actor, now=now, cause=entry)
