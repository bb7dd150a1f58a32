"""Beginning a plan, its settings, its baselines."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.engine.network.plan import ScheduleRules
from kaname.engine.units import MINUTES_PER_DAY, day_number
from kaname.ground.calendars.bridge import engine_calendars
from kaname.ground.calendars.queries import company_calendar
from kaname.ground.projects.models import Project
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Unacceptable
from kaname.pso.schedule.bridge import stored_rules
from kaname.pso.schedule.events import BaselineTaken, PlanBegun, PlanSettingsChanged
from kaname.pso.schedule.models import Baseline, BaselineTask, Plan, Task
from kaname.pso.schedule.operations.recalculation import Trigger, recalculate
from kaname.pso.schedule.rules import CREATE, EDIT, TAKE_BASELINE

SETTINGS: Final = frozenset({"start_at", "status_at", "rules", "minutes_per_day", "minutes_per_week", "days_per_month"})


class PlanExists(Unacceptable):
    """The project has a plan already."""

    reason = _("This project has a plan already. Open it, or import a file over it.")


def begin_plan(*, actor: Actor, now: datetime, project: Project, starts_on: date | None = None) -> Plan:
    """Give a project an empty plan that begins with the working day of its start.

    Permission `schedule.create`; publishes `PlanBegun`.

    Raises
    ------
    PlanExists
        If the project has one.
    """
    require(actor, CREATE, project)
    with transaction.atomic():
        if Plan.objects.filter(project=project).exists():
            raise PlanExists
        plan = Plan.objects.create(
            project=project,
            start_at=first_minute(project, starts_on or project.starts_on),
            rules=stored_rules(ScheduleRules(reschedules_remaining_work=True)),
        )
        publish(PlanBegun(subject=Subject("schedule.plan", plan.pk), project_id=project.pk), actor=actor, now=now)
    return plan


def first_minute(project: Project, day: date) -> int:
    """Return the wall minute at which work begins on a day by the project's weekly pattern, 9:00 where it has no work."""
    calendars = engine_calendars(today=day)
    calendar = calendars.get(project.calendar_id or 0)
    if calendar is None and (company := company_calendar()) is not None:
        calendar = calendars[company.pk]
    shifts = calendar.week[day.weekday()] if calendar is not None else None
    return day_number(day) * MINUTES_PER_DAY + (shifts[0].start if shifts else 540)


def fetch_plan_for_change(actor: Actor, plan_id: int) -> Plan:
    """Return a plan that the actor may change, its row locked until the transaction ends.

    Raises
    ------
    Missing, Refused
        As `rules.decisions.fetch` does.
    """
    plans = Plan.objects.select_for_update(of=("self",)).select_related("project", "project__department")
    return fetch(actor, EDIT, plans, pk=plan_id)


def change_settings(*, actor: Actor, now: datetime, plan_id: int, expected_version: int, **values: Any) -> Plan:
    """Change start, status date or options and recalculate.  Permission `schedule.edit`; publishes `PlanSettingsChanged`.

    Raises
    ------
    Stale
        If somebody changed them meanwhile.
    PlanRefused
        If the plan cannot be calculated so.
    """
    unknown = set(values) - SETTINGS
    if unknown:
        raise TypeError(f"a plan has no {sorted(unknown)}")
    if isinstance(values.get("rules"), Mapping):
        values["rules"] = dict(values["rules"])
    with transaction.atomic():
        plan = fetch_plan_for_change(actor, plan_id)
        change(plan, expected_version=expected_version, **values)
        event = PlanSettingsChanged(
            subject=Subject("schedule.plan", plan.pk), project_id=plan.project_id, fields=tuple(sorted(values))
        )
        cause = publish(event, actor=actor, now=now)
        recalculate(plan, actor=actor, now=now, trigger=Trigger("settings", cause=cause))
    return plan


def take_baseline(*, actor: Actor, now: datetime, plan_id: int, name: str = "") -> Baseline:
    """Agree the plan as it stands; the baseline in force so far moves to the next free number up to 10.

    Permission `schedule.take_baseline`; publishes `BaselineTaken`.  When all numbers are in use the oldest numbered one is
    given up.
    """
    with transaction.atomic():
        plans = Plan.objects.select_for_update(of=("self",)).select_related("project", "project__department")
        plan = fetch(actor, TAKE_BASELINE, plans, pk=plan_id)
        _free_number_zero(plan)
        baseline = Baseline.objects.create(plan=plan, number=0, name=name, taken_at=now, author_id=actor.actor_id)
        BaselineTask.objects.bulk_create(_agreed(baseline, plan), batch_size=500)
        event = BaselineTaken(subject=Subject("schedule.baseline", baseline.pk), project_id=plan.project_id, number=0)
        publish(event, actor=actor, now=now)
    return baseline


def _free_number_zero(plan: Plan) -> None:
    kept = {baseline.number: baseline for baseline in plan.baselines.all()}
    if 0 not in kept:
        return
    free = next((number for number in range(1, 11) if number not in kept), None)
    if free is None:
        oldest = min((row for number, row in kept.items() if number), key=lambda row: (row.taken_at, row.pk))
        free = oldest.number
        oldest.delete()
    Baseline.objects.filter(pk=kept[0].pk).update(number=free)


def _agreed(baseline: Baseline, plan: Plan) -> list[BaselineTask]:
    return [
        BaselineTask(
            baseline=baseline,
            task=task,
            start_at=task.start_at,
            finish_at=task.finish_at,
            duration_minutes=task.duration_minutes,
            effort_minutes=task.effort_minutes,
            cost=task.cost,
        )
        for task in Task.objects.filter(plan=plan)
    ]
