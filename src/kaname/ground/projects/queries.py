"""Questions about projects: each starts from what the actor may see."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, Literal

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from kaname.ground.people.models import Department, Person
from kaname.ground.projects.models import Membership, Phase, Project, ProjectClass, ProjectGroup, ReportedStatus
from kaname.ground.projects.rules import VIEW, VIEW_TERMS, running_on
from kaname.ground.projects.types import Branch, Health, LoadHint, ProjectFilter, ProjectRole, ProjectState, Shelf
from kaname.kernel import clock
from kaname.kernel.journal.models import Entry
from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import fetch, fetch_asked, require, scope, visible
from kaname.kernel.rules.types import Actor
from kaname.kernel.text import speaks_japanese

ORDERS: Final = {
    "open": ("is_over", "code"),
    "code": ("code",),
    "name": ("name", "code"),
    "class": ("project_class__position", "project_class__name", "code"),
    "department": ("department__path", "code"),
    "pm": ("pm_reading", "code"),
    "state": ("state_rank", "code"),
    "start": ("starts_on", "code"),
    "finish": ("ends_before", "code"),
    "status": ("health_rank", "reported_on", "code"),
    "reported": ("reported_on", "code"),
    "group": ("group__path", "code"),
}
"""By what a register can be sorted; `-` before the key turns it round."""

_OF_TEAM: Final = ("role", "starts_on", "ends_before", "load_permille", "person__name", "person__name_latin")
_ROLE_RANKS: Final = {role: rank for rank, role in enumerate(ProjectRole.values)}
_HEALTH_RANKS: Final = {Health.DANGER: 0, Health.ATTENTION: 1, Health.WELL: 2}


def fetch_project(*, actor: Actor, project_id: int) -> Project:
    """Return a project with class, department, group and calendar. 1 query (1 more for members and managers).

    Raises
    ------
    Missing
        If there is none or the actor may not see it.
    """
    return fetch_asked(actor, VIEW, _one_project, project=project_id)


def _one_project(reach: Q, *, project: int) -> QuerySet[Project]:
    projects = Project.objects.select_related("project_class", "department", "group", "calendar")
    return projects.filter(reach, pk=project)


def list_projects(*, actor: Actor, wanted: ProjectFilter, order: str = "code") -> QuerySet[Project]:
    """Return the projects that an actor may see, filtered and sorted.

    Each carries class, department and group, and as attributes its PM of today (`pm_id`, `pm_name` in the reader's language) and
    what was reported last (`reported_health`, `reported_on`, `reported_reason`), `None` where there is none.  1 query when
    read, 1 more for department managers.
    """
    projects = visible(actor, VIEW, Project.objects.select_related("project_class", "department", "group"))
    projects = _with_reported(_with_pm(projects))
    if wanted.shelf == Shelf.OPEN:
        projects = projects.filter(archived_at=None)
    elif wanted.shelf == Shelf.ARCHIVED:
        projects = projects.exclude(archived_at=None)
    projects = projects.filter(_conditions(wanted))
    return projects.order_by(*_ordering(order))


def list_reports_due(*, actor: Actor, before: date) -> list[Project]:
    """Return the running projects whose status the actor reports as PM or PL and of which nothing was said since a day.

    The longest silent first; each carries what was reported last, as in `list_projects`.  1 query.
    """
    if actor.actor_id is None:
        return []
    return asked(_reports_due, scope(actor, VIEW), clock.today(), before, account=actor.actor_id)


def _reports_due(reach: Q, on: date, before: date, *, account: int) -> QuerySet[Project]:
    projects = _with_reported(projects_led(on=on, account=account))
    silent = projects.filter(reach, Q(reported_on=None) | Q(reported_on__lte=before))
    return silent.order_by(F("reported_on").asc(nulls_first=True), "code")


def projects_led(*, on: date, account: int) -> QuerySet[Project]:
    """Return the running projects of which an account is PM or PL on a day, in no order. 1 query when read."""
    leading = running_on(on).filter(role__in=[ProjectRole.PM, ProjectRole.PL])
    led = leading.filter(person__account_id=account)
    return Project.objects.filter(pk__in=led.values("project_id"), state=ProjectState.ACTIVE, archived_at=None)


def in_group_order(projects: QuerySet[Project], groups: Sequence[Branch[ProjectGroup]]) -> QuerySet[Project]:
    """Return projects in the order of a tree of groups, then by code; those without a group last."""
    if not groups:
        return projects
    ranks = [When(group_id=branch.thing.pk, then=Value(rank)) for rank, branch in enumerate(groups)]
    ranked = projects.annotate(group_rank=Case(*ranks, default=Value(len(groups)), output_field=IntegerField()))
    return ranked.order_by("group_rank", "code", "id")


def list_project_rows(*, actor: Actor, project_ids: Collection[int]) -> QuerySet[Project]:
    """Return those of some projects that an actor may see, by code, as `list_projects` does. 1 query when read."""
    wanted = ProjectFilter(shelf=Shelf.ALL)
    return list_projects(actor=actor, wanted=wanted).filter(pk__in=project_ids)


def find_projects(*, actor: Actor, words: str, limit: int = 20) -> QuerySet[Project]:
    """Return the open projects that an actor may see whose code or names contain the words. 1 query when read."""
    projects = visible(actor, VIEW, Project.objects.select_related("department")).filter(archived_at=None)
    return projects.filter(_words(words)).order_by("code")[:limit]


def list_phases(*, project: Project) -> QuerySet[Phase]:
    """Return the phases of a project in their order. 1 query when read."""
    return project.phases.order_by("position")


def list_memberships(*, project: Project) -> QuerySet[Membership]:
    """Return the memberships of a project by role, running before ended, then by reading. 1 query when read."""
    ranks = [When(role=role, then=Value(rank)) for role, rank in _ROLE_RANKS.items()]
    return (
        Membership.objects.filter(project=project)
        .select_related("person__department", "person__partner")
        .annotate(role_rank=Case(*ranks, output_field=IntegerField()))
        .order_by("role_rank", F("ends_before").desc(nulls_first=True), "person__reading", "id")
    )


def list_team(*, project: Project, on: date) -> list[Membership]:
    """Return the memberships of a project that hold on a day, in the same order, with the people's names alone. 1 query."""
    by_reading: list[Membership] = asked(_team, on, project=project.pk)
    return sorted(by_reading, key=lambda membership: _ROLE_RANKS[membership.role])


def _team(on: date, *, project: int) -> QuerySet[Membership]:
    running = running_on(on).filter(project=project).select_related("person").only(*_OF_TEAM)
    return running.order_by(F("ends_before").desc(nulls_first=True), "person__reading", "id")


def list_statuses(*, project: Project) -> QuerySet[ReportedStatus]:
    """Return what was reported of a project, newest first, with authors. 1 query when read."""
    return project.reported_statuses.select_related("author").order_by("-on", "-id")


def list_activity(*, actor: Actor, project: Project) -> QuerySet[Entry]:
    """Return the journal of a project that the actor may see, newest first. 1 query when read.

    Raises
    ------
    Refused
        If the actor may not see the project.
    """
    require(actor, VIEW, project)
    return Entry.objects.filter(project_id=project.pk).order_by("-id")


def list_groups(*, actor: Actor) -> list[Branch[ProjectGroup]]:
    """Return portfolios and programmes in the order of their tree. 1 query."""
    require(actor, VIEW_TERMS)
    return _in_tree_order(list(ProjectGroup.objects.filter(archived_at=None).order_by("position", "name", "id")))


def list_classes(*, actor: Actor) -> QuerySet[ProjectClass]:
    """Return the project classes that are in use, in their order. 1 query when read."""
    require(actor, VIEW_TERMS)
    return ProjectClass.objects.filter(archived_at=None).order_by("position", "name", "id")


def list_archived_groups(*, actor: Actor) -> QuerySet[ProjectGroup]:
    """Return the portfolios and programmes that were put away, the last one first. 1 query when read."""
    require(actor, VIEW_TERMS)
    return ProjectGroup.objects.exclude(archived_at=None).order_by("-archived_at", "id")


def list_archived_classes(*, actor: Actor) -> QuerySet[ProjectClass]:
    """Return the project classes that were put away, the last one first. 1 query when read."""
    require(actor, VIEW_TERMS)
    return ProjectClass.objects.exclude(archived_at=None).order_by("-archived_at", "id")


def fetch_group(*, actor: Actor, group_id: int) -> ProjectGroup:
    """Return a portfolio or programme, archived or not. 1 query.

    Raises
    ------
    Missing
        If there is none.
    """
    return fetch(actor, VIEW_TERMS, ProjectGroup.objects.select_related("parent"), pk=group_id)


def fetch_class(*, actor: Actor, class_id: int) -> ProjectClass:
    """Return a project class, archived or not. 1 query.

    Raises
    ------
    Missing
        If there is none.
    """
    return fetch(actor, VIEW_TERMS, ProjectClass.objects.all(), pk=class_id)


def count_projects_by(*, actor: Actor, field: Literal["group_id", "project_class_id"]) -> dict[int, int]:
    """Return how many open projects that the actor may see have each value of a field. 1 query."""
    seen = visible(actor, VIEW, Project.objects.filter(archived_at=None)).order_by()
    counted = seen.exclude(**{field: None}).values_list(field).annotate(count=Count("pk"))
    return dict(counted)


def list_pms(*, actor: Actor) -> QuerySet[Person]:
    """Return who is PM of a project that the actor may see today, by reading. 1 query when read."""
    seen = visible(actor, VIEW, Project.objects.all()).filter(archived_at=None)
    return Person.objects.filter(pk__in=_running(ProjectRole.PM).filter(project__in=seen).values("person_id")).order_by(
        "reading", "id"
    )


def list_departments_of_projects(*, actor: Actor) -> list[Branch[Department]]:
    """Return the departments responsible for projects that the actor may see, and those above them. 2 queries."""
    seen = visible(actor, VIEW, Project.objects.all()).order_by()
    paths = set(seen.values_list("department__path", flat=True).distinct())
    wanted = {int(part) for path in paths for part in path.split("/") if part}
    return _in_tree_order(list(Department.objects.filter(pk__in=wanted).order_by("position", "name", "id")))


def find_overloads(*, actor: Actor, person_ids: Collection[int], on: date) -> dict[int, LoadHint]:
    """Return by person the sum of loads over the projects that the actor may see, where it is more than 1000. 1 query."""
    return {
        person_id: LoadHint(person_id=person_id, load_permille=load, on=on)
        for person_id, load in sum_loads(actor=actor, person_ids=person_ids, on=on).items()
        if load > 1000
    }


def sum_loads(*, actor: Actor, person_ids: Collection[int], on: date) -> dict[int, int]:
    """Return by person the sum of loads in permille on a day over the open projects that the actor may see. 1 query."""
    sums: dict[int, int] = {}
    for membership in _memberships_seen(actor, person_ids, on):
        sums[membership.person_id] = sums.get(membership.person_id, 0) + membership.load_permille
    return sums


def list_projects_of_people(*, actor: Actor, person_ids: Collection[int], on: date) -> dict[int, list[Project]]:
    """Return by person the open projects that the actor may see and the person takes part in on a day, by code. 1 query."""
    found: dict[int, list[Project]] = {}
    for membership in _memberships_seen(actor, person_ids, on).select_related("project").order_by("project__code"):
        projects = found.setdefault(membership.person_id, [])
        if membership.project not in projects:
            projects.append(membership.project)
    return found


def _memberships_seen(actor: Actor, person_ids: Collection[int], on: date) -> QuerySet[Membership]:
    seen = visible(actor, VIEW, Project.objects.filter(archived_at=None).exclude(state=ProjectState.CLOSED))
    return running_on(on).filter(person_id__in=person_ids, project__in=seen.order_by().values("pk"))


def _with_pm(projects: QuerySet[Project]) -> QuerySet[Project]:
    pm = _running(ProjectRole.PM).filter(project=OuterRef("pk")).order_by("starts_on", "id")
    return projects.annotate(
        pm_id=Subquery(pm.values("person_id")[:1]),
        pm_name=Subquery(pm.annotate(called=_called("person")).values("called")[:1]),
        pm_reading=Subquery(pm.values("person__reading")[:1]),
    )


def _called(person: str) -> Coalesce:
    names = (
        (f"{person}__name",) if speaks_japanese() else (NullIf(f"{person}__name_latin", Value("")), f"{person}__name")
    )
    return Coalesce(*names, Value(""))


def _with_reported(projects: QuerySet[Project]) -> QuerySet[Project]:
    latest = ReportedStatus.objects.filter(project=OuterRef("pk")).order_by("-on", "-id")
    health_ranks = [When(reported_health=health, then=Value(rank)) for health, rank in _HEALTH_RANKS.items()]
    state_ranks = [When(state=state, then=Value(rank)) for rank, state in enumerate(ProjectState.values)]
    return projects.annotate(
        reported_health=Subquery(latest.values("health")[:1]),
        reported_on=Subquery(latest.values("on")[:1]),
        reported_reason=Subquery(latest.values("reason")[:1]),
        health_rank=Case(*health_ranks, default=Value(9), output_field=IntegerField()),
        state_rank=Case(*state_ranks, output_field=IntegerField()),
        is_over=Case(When(state=ProjectState.CLOSED, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )


def _conditions(wanted: ProjectFilter) -> Q:
    conditions = _words(wanted.words)
    if wanted.state:
        conditions &= Q(state=wanted.state)
    if wanted.health == Health.UNKNOWN:
        conditions &= Q(reported_health=None)
    elif wanted.health:
        conditions &= Q(reported_health=wanted.health)
    if wanted.class_id:
        conditions &= Q(project_class_id=wanted.class_id)
    if wanted.department_path:
        conditions &= Q(department__path__startswith=wanted.department_path)
    if wanted.group_path:
        conditions &= Q(group__path__startswith=wanted.group_path)
    if wanted.pm_id:
        conditions &= Q(pk__in=_running(ProjectRole.PM).filter(person_id=wanted.pm_id).values("project_id"))
    return conditions


def _words(words: str) -> Q:
    conditions = Q()
    for word in words.split()[:5]:
        conditions &= (
            Q(code__icontains=word) | Q(name__icontains=word) | Q(name_en__icontains=word) | Q(customer__icontains=word)
        )
    return conditions


def _ordering(order: str) -> list[object]:
    is_down = order.startswith("-")
    fields = ORDERS.get(order.removeprefix("-"), ORDERS["code"])
    first, rest = fields[0], fields[1:]
    turned = F(first).desc(nulls_last=True) if is_down else F(first).asc(nulls_last=True)
    return [turned, *rest, "id"]


def _running(role: ProjectRole) -> QuerySet[Membership]:
    return running_on(clock.today()).filter(role=role)


def _in_tree_order[T: (ProjectGroup, Department)](nodes: list[T]) -> list[Branch[T]]:
    known = {node.pk for node in nodes}
    below: dict[int | None, list[T]] = {}
    for node in nodes:
        below.setdefault(node.parent_id if node.parent_id in known else None, []).append(node)
    ordered: list[Branch[T]] = []

    def walk(parent: int | None, depth: int) -> None:
        for node in below.get(parent, ()):
            ordered.append(Branch(node, depth))
            walk(node.pk, depth + 1)

    walk(None, 0)
    return ordered
