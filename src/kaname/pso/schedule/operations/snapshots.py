"""A plan, or some of its tasks, as plain values, and back with the same ids."""

from collections.abc import Iterable
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kaname.pso.schedule.models import (
    Assignment,
    Baseline,
    BaselineTask,
    Link,
    Plan,
    PlanCalendar,
    ProgressReport,
    Resource,
    Task,
)

Snapshot = dict[str, list[dict[str, Any]]]

_ORDER: Final[tuple[type[models.Model], ...]] = (
    PlanCalendar,
    Resource,
    Task,
    Link,
    Assignment,
    Baseline,
    BaselineTask,
    ProgressReport,
)
_PLAN_FIELDS: Final = (
    "start_at",
    "finish_at",
    "status_at",
    "calendar_uid",
    "minutes_per_day",
    "minutes_per_week",
    "days_per_month",
    "rules",
    "source_product",
)


def snapshot_plan(plan: Plan) -> Snapshot:
    """Return all rows of a plan as plain values. 9 queries."""
    rows: Snapshot = {"Plan": [{name: getattr(plan, name) for name in _PLAN_FIELDS}]}
    for model in _ORDER:
        rows[model.__name__] = _plain(model._default_manager.filter(**{_path_to_plan(model): plan}).order_by("id"))
    return rows


def restore_plan(plan: Plan, snapshot: Snapshot) -> None:
    """Put a plan back as it was; what stands there now goes.  Needs a transaction; does not recalculate."""
    plan.tasks.all().delete()
    plan.resources.all().delete()
    plan.calendars.all().delete()
    plan.baselines.all().delete()
    for name, value in snapshot["Plan"][0].items():
        setattr(plan, name, value)
    plan.save(update_fields=list(_PLAN_FIELDS))
    restore_rows(snapshot)


def snapshot_tasks(task_ids: Iterable[int]) -> Snapshot:
    """Return tasks and all that hangs on them as plain values. 5 queries."""
    ids = list(task_ids)
    hanging = {
        Task: Task.objects.filter(pk__in=ids).order_by("position"),
        Link: Link.objects.filter(models.Q(predecessor_id__in=ids) | models.Q(successor_id__in=ids)),
        Assignment: Assignment.objects.filter(task_id__in=ids),
        BaselineTask: BaselineTask.objects.filter(task_id__in=ids),
        ProgressReport: ProgressReport.objects.filter(task_id__in=ids),
    }
    return {model.__name__: _plain(rows) for model, rows in hanging.items()}


def restore_rows(snapshot: Snapshot) -> None:
    """Create the rows of a snapshot again with their ids, parents before children.  Needs a transaction."""
    for model in _ORDER:
        rows = snapshot.get(model.__name__, [])
        model._default_manager.bulk_create([model(**_typed(model, row)) for row in rows], batch_size=500)


def _path_to_plan(model: type[models.Model]) -> str:
    if model in {Assignment, ProgressReport}:
        return "task__plan"
    return "baseline__plan" if model is BaselineTask else "plan"


def _plain(rows: models.QuerySet[Any]) -> list[dict[str, Any]]:
    encoder = DjangoJSONEncoder()
    return [
        {
            name: value if value is None or isinstance(value, (str, int, bool, list, dict)) else encoder.default(value)
            for name, value in row.items()
        }
        for row in rows.values()
    ]


def _typed(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in row.items() if name in fields}
