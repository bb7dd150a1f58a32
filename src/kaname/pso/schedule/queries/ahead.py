"""Where a plan ends and what is reached before, as a project's face shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import scope
from kaname.kernel.rules.memory import remembered
from kaname.kernel.rules.types import Actor
from kaname.pso.schedule.models import BaselineTask, Plan
from kaname.pso.schedule.rules import VIEW
from kaname.pso.schedule.types import TaskKind

_MILESTONES: Final = (TaskKind.MILESTONE, TaskKind.START_MILESTONE, TaskKind.FINISH_MILESTONE)
_MOST: Final = 5
_COLUMNS: Final = (
    "finish_at", "status_at", "calculated_at", "agreed_finish_at", "ahead__pk", "ahead__name", "ahead__finish_at"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone that is not reached yet."""

    task_id: int
    name: str
    finish_at: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """A plan's moments, the last finish of the baseline in force, and the next milestones, the earliest first."""

    finish_at: int | None
    status_at: int | None
    calculated_at: datetime | None
    agreed_finish_at: int | None
    milestones: tuple[Milestone, ...]


def plan_ahead(*, actor: Actor, project_id: int) -> Ahead | None:
    """Return where the plan of a project ends and what is reached before, `None` where there is none to be seen. 1 query.

    A request that reads asks once, whoever of the page wants to know.
    """
    return remembered(("schedule.ahead", actor.actor_id, project_id), lambda: _ask(actor, project_id))


def _ask(actor: Actor, project_id: int) -> Ahead | None:
    rows = asked(_rows, scope(actor, VIEW), project=project_id)
    if not rows:
        return None
    return Ahead(*rows[0][:4], tuple(Milestone(*row[4:]) for row in rows if row[4] is not None))


def _rows(reach: Q, *, project: int) -> QuerySet[Plan, tuple[Any, ...]]:
    agreed = BaselineTask.objects.filter(baseline__plan=OuterRef("pk"), baseline__number=0, finish_at__isnull=False)
    is_ahead = Q(
        tasks__kind__in=_MILESTONES,
        tasks__actual_finish_at=None,
        tasks__is_active=True,
        tasks__finish_at__isnull=False,
    )
    plans = Plan.objects.filter(reach, project_id=project).annotate(
        agreed_finish_at=Subquery(agreed.order_by("-finish_at").values("finish_at")[:1]),
        ahead=FilteredRelation("tasks", condition=is_ahead),
    )
    ahead = plans.order_by(F("ahead__finish_at").asc(nulls_last=True), "ahead__position")
    return ahead.values_list(*_COLUMNS)[:_MOST]
