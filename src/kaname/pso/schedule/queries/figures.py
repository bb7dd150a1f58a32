"""What a plan comes to: how many tasks it has, and how many of them are done, critical or late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, Count, Expression, ExpressionWrapper, F, Q, QuerySet

from kaname.engine.units import MINUTES_PER_DAY, PERMILLE, day_number
from kaname.kernel.prepared import asked
from kaname.pso.schedule.models import Baseline, Plan, Task
from kaname.pso.schedule.queries.plans import with_agreed
from kaname.pso.schedule.types import TaskKind


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """How many lines a plan has, and of its active tasks how many there are, are done, are open and critical, are late."""

    lines: int = 0
    tasks: int = 0
    done: int = 0
    critical: int = 0
    late: int = 0


def plan_figures(plan: Plan, *, baseline: Baseline | None, today: date) -> PlanFigures:
    """Return what a plan that the viewer was given by `find_plan` comes to. 1 query.

    A task is late by the rule of the plan page: it is open, and its finish in the baseline or its present one has passed, or
    it ends on a later day than its deadline.
    """
    compared = {} if baseline is None else {"baseline": baseline.pk}
    midnight = day_number(today) * MINUTES_PER_DAY
    found: Iterable[tuple[int, ...]] = asked(_counts, plan=plan.pk, midnight=midnight, **compared)
    return next((PlanFigures(*counts) for counts in found), PlanFigures())


def _counts(*, plan: int, midnight: int, baseline: int | None = None) -> QuerySet[Task, tuple[int, ...]]:
    work = Q(is_active=True) & ~Q(kind=TaskKind.SUMMARY)
    is_open = work & Q(actual_finish_at=None, percent_permille__lt=PERMILLE)
    is_behind = Q(agreed_finish__lte=midnight) | Q(finish_at__lte=midnight) | Q(finish_days__gt=F("deadline_days"))
    tasks = with_agreed(Task.objects.filter(plan=plan), baseline)
    dated = tasks.annotate(finish_days=_days(F("finish_at")), deadline_days=_days(F("deadline_at")))
    counted = (
        dated.order_by()
        .values("plan_id")
        .annotate(
            lines=Count("pk"),
            tasks=Count("pk", filter=work),
            done=Count("pk", filter=work & Q(percent_permille=PERMILLE)),
            critical_tasks=Count("pk", filter=is_open & Q(is_critical=True)),
            late=Count("pk", filter=is_open & is_behind),
        )
    )
    return counted.values_list("lines", "tasks", "done", "critical_tasks", "late")


def _days(moment: F) -> Expression:
    """Return how many days have begun up to a moment, so that a finish at midnight belongs to the day that ends."""
    return ExpressionWrapper((moment + MINUTES_PER_DAY - 1) / MINUTES_PER_DAY, output_field=BigIntegerField())
