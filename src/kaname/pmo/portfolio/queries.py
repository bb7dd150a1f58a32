"""Questions about all projects; every answer starts from the lines that the viewer may see and reads snapshots only."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Case, F, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from kaname.ground.projects.types import Health, ProjectState
from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import fetch, scope, visible
from kaname.kernel.rules.types import Actor, Missing
from kaname.pmo.portfolio.models import Line, SavedView
from kaname.pmo.portfolio.rules import OWN_VIEWS, VIEW
from kaname.pmo.portfolio.types import WATERMELONS, Choice, Choices, Filters, Grouping, LineRow, Only, Order, Shown

MOST_VIEWS: Final = 30

COLUMNS: Final = (
    "project_id",
    "project__code",
    "project__name",
    "project__name_en",
    "project__state",
    "project__department__name",
    "project__department__name_en",
    "project__group__name",
    "project__group__name_en",
    "computed",
    "reported",
    "reported_on",
    "pm_name",
    "start_at",
    "baseline_finish_at",
    "forecast_finish_at",
    "delay_days_tenths",
    "done_permille",
    "planned_permille",
    "spi_t_permille",
    "cpi_permille",
    "trend_text",
    "last_report_at",
    "report_age_days",
    "freshness",
    "tasks",
    "overdue_tasks",
    "reason_text",
)

_OFFERED: Final = (
    "project__department_id",
    "project__department__name",
    "project__department__name_en",
    "project__group_id",
    "project__group__name",
    "project__group__name_en",
    "project__project_class_id",
    "project__project_class__name",
    "project__project_class__name_en",
    "pm_name",
)

_WORST_FIRST: Final = (Health.DANGER, Health.ATTENTION, Health.UNKNOWN, Health.WELL)
_ORDERS: Final[Mapping[Order, str]] = {
    Order.NAME: "project__code",
    Order.FINISH: "forecast_finish_at",
    Order.DELAY: "delay_days_tenths",
    Order.SPI: "spi_t_permille",
    Order.PROGRESS: "done_permille",
    Order.FRESH: "report_age_days",
    Order.PM: "pm_name",
}
_STATES: Final[Mapping[Shown, tuple[ProjectState, ...]]] = {
    Shown.RUNNING: (ProjectState.ACTIVE, ProjectState.ON_HOLD, ProjectState.PROPOSED),
    Shown.ACTIVE: (ProjectState.ACTIVE,),
    Shown.ON_HOLD: (ProjectState.ON_HOLD,),
    Shown.PROPOSED: (ProjectState.PROPOSED,),
    Shown.CLOSED: (ProjectState.CLOSED,),
    Shown.ARCHIVED: tuple(ProjectState),
}


def list_lines(*, actor: Actor, filters: Filters) -> list[LineRow]:
    """Return the lines that an actor sees through filters, in their order. 1 query, 2 for a department manager."""
    return [LineRow._make(row) for row in asked(_lines, scope(actor, VIEW), filters)]


def _lines(reach: Q, filters: Filters) -> QuerySet[Line, tuple[Any, ...]]:
    found = _narrowed(Line.objects.filter(reach), filters)
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("trend", "reason")}
    return found.annotate(**texts).order_by(*_ordering(filters)).values_list(*COLUMNS)


def look_first(*, actor: Actor, limit: int) -> list[Line]:
    """Return the most urgent running projects that an actor sees and that are not simply well. 1 query, 2 for a department manager."""
    return asked(_look_first, scope(actor, VIEW), limit)


def _look_first(reach: Q, limit: int) -> QuerySet[Line]:
    running = Line.objects.filter(reach, project__archived_at=None, project__state__in=_STATES[Shown.ACTIVE])
    wanting = running.filter(computed__in=[Health.DANGER, Health.ATTENTION])
    return wanting.select_related("project").order_by("-score", "project__code")[:limit]


def list_choices(*, actor: Actor) -> Choices:
    """Return what the lines that an actor sees can be filtered by. 1 query, 2 for a department manager."""
    rows = asked(_offered, scope(actor, VIEW))
    return Choices(
        departments=_choices(row[0:3] for row in rows),
        groups=_choices(row[3:6] for row in rows),
        classes=_choices(row[6:9] for row in rows),
        pms=tuple(sorted({row[9] for row in rows if row[9]})),
    )


def _offered(reach: Q) -> QuerySet[Line, tuple[Any, ...]]:
    open_lines = Line.objects.filter(reach, project__archived_at=None)
    return open_lines.order_by().values_list(*_OFFERED).distinct()


def find_line(*, actor: Actor, project_id: int) -> Line:
    """Return the line of one project with its project. 1 query, 2 for a department manager.

    Raises
    ------
    Missing
        If there is none or it may not be seen.
    """
    lines = Line.objects.select_related("project", "project__department", "project__group", "project__project_class")
    found = visible(actor, VIEW, lines).filter(project_id=project_id).first()
    if found is None:
        raise Missing
    return found


def own_views(*, actor: Actor) -> list[SavedView]:
    """Return an actor's own saved views by name. 1 query."""
    return asked(_views, scope(actor, OWN_VIEWS))


def _views(reach: Q) -> QuerySet[SavedView]:
    return SavedView.objects.filter(reach).order_by("name")[:MOST_VIEWS]


def find_view(*, actor: Actor, view_id: int) -> SavedView:
    """Return one of an actor's own saved views. 1 query.

    Raises
    ------
    Missing
        If it is not one of the actor's own.
    """
    return fetch(actor, OWN_VIEWS, SavedView.objects.all(), pk=view_id)


def _narrowed(lines: QuerySet[Line], filters: Filters) -> QuerySet[Line]:
    is_archived = filters.shown == Shown.ARCHIVED
    wanted = Q(project__archived_at__isnull=not is_archived, project__state__in=_STATES[filters.shown])
    for word in filters.words.split()[:8]:
        wanted &= (
            Q(project__code__icontains=word)
            | Q(project__name__icontains=word)
            | Q(project__name_en__icontains=word)
            | Q(project__customer__icontains=word)
            | Q(pm_name__icontains=word)
        )
    exact = {
        "computed": filters.computed,
        "reported": filters.reported,
        "pm_name": filters.pm,
        "project__department_id": filters.department,
        "project__group_id": filters.group,
        "project__project_class_id": filters.project_class,
    }
    return lines.filter(wanted & _only(filters.only), **{name: value for name, value in exact.items() if value})


def _only(only: str) -> Q:
    if only == Only.WATERMELONS:
        pairs = Q()
        for reported, computed in sorted(WATERMELONS):
            pairs |= Q(reported=reported, computed=computed)
        return pairs
    if only == Only.LATE:
        return Q(delay_days_tenths__gt=0)
    return Q(freshness=Health.UNKNOWN) if only == Only.STALE else Q()


def _ordering(filters: Filters) -> list[Any]:
    return [*_groups_first(filters.grouping), *_wanted_order(filters), "-score", "project__code"]


def _groups_first(grouping: str) -> list[Any]:
    if grouping == Grouping.GROUP:
        return [F("project__group__path").asc(nulls_last=True)]
    return ["project__department__path"] if grouping == Grouping.DEPARTMENT else []


def _wanted_order(filters: Filters) -> list[Any]:
    if filters.order == Order.LOOK:
        return []
    if filters.order in {Order.REPORTED, Order.COMPUTED}:
        rank = _rank(filters.order.value)
        return [rank.asc() if filters.is_descending else rank.desc()]
    column = _ORDERS[filters.order]
    field = Coalesce(F(column), Value("")) if filters.order == Order.PM else F(column)
    return [field.desc(nulls_last=True) if filters.is_descending else field.asc(nulls_last=True)]


def _rank(column: str) -> Case:
    whens = [When(**{column: health}, then=Value(place)) for place, health in enumerate(_WORST_FIRST)]
    return Case(*whens, default=Value(len(_WORST_FIRST)), output_field=IntegerField())


def _choices(rows: Iterable[tuple[Any, ...]]) -> tuple[Choice, ...]:
    known = {row[0]: Choice(*row) for row in rows if row[0] is not None}
    return tuple(sorted(known.values(), key=lambda choice: choice.name))
