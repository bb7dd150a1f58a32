"""One task with all that stands around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kaname.ground.people.models import Person
from kaname.ground.projects.models import Membership
from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import fetch_asked
from kaname.kernel.rules.types import Actor
from kaname.pso.schedule.models import Assignment, BaselineTask, Link, Move, Plan, ProgressReport, Task
from kaname.pso.schedule.queries.plans import progress_of
from kaname.pso.schedule.rules import VIEW_TASK

LISTED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """A task, who works on it, what it waits for, what waits for it, what was said of it and how it moved."""

    task: Task
    plan: Plan
    people: tuple[Assignment, ...]
    predecessors: tuple[Link, ...]
    successors: tuple[Link, ...]
    reports: tuple[ProgressReport, ...]
    moves: tuple[Move, ...]
    baseline: BaselineTask | None
    percent_permille: int
    """Progress; that of a work package is worked out from the tasks below it."""
    named: Mapping[int, Task]
    """Tasks that are told as neighbours, drivers and causes, by id."""

    @property
    def driver(self) -> Task | None:
        """The task that decides the start, if one does."""
        return self.named.get(self.task.driver_task_id or 0)

    @property
    def driving_link(self) -> Link | None:
        """The dependency that decides the start, if one does."""
        return next(
            (link for link in self.predecessors if link.predecessor_id == self.task.driver_task_id),
            None,
        )


def task_page(*, actor: Actor, project_id: int, task_id: int) -> TaskPage:
    """Return a task of a project with what a reader wants to know of it.

    Raises
    ------
    Missing
        If there is none in this project or it may not be seen.

    Notes
    -----
    7 queries, 8 for a work package.
    """
    task: Task = fetch_asked(actor, VIEW_TASK, _one, task=task_id, project=project_id)
    moves = tuple(asked(_moves, task=task_id))
    links = asked(_links, task=task_id)
    told = {task.pk, task.parent_id, task.driver_task_id}
    told.update(pk for move in moves for pk in (move.driver_task_id, move.root_task_id))
    told.update(pk for link in links for pk in (link.predecessor_id, link.successor_id))
    named = named_tasks(task.plan, told)
    task.parent = named.get(task.parent_id or 0)
    for link in links:
        link.predecessor, link.successor = named[link.predecessor_id], named[link.successor_id]
    links.sort(key=lambda link: (link.predecessor.position, link.successor.position))
    return TaskPage(
        task=task,
        plan=task.plan,
        people=tuple(asked(_people, task=task_id)),
        predecessors=tuple(link for link in links if link.successor_id == task.pk),
        successors=tuple(link for link in links if link.predecessor_id == task.pk),
        reports=tuple(asked(_reports, task=task_id)),
        moves=moves,
        baseline=next(iter(asked(_baseline, task=task_id)), None),
        percent_permille=progress_of(task),
        named=named,
    )


def _one(reach: Q, *, task: int, project: int) -> QuerySet[Task]:
    tasks = Task.objects.select_related("plan__project__department", "phase")
    return tasks.filter(reach, pk=task, plan__project_id=project)


def _moves(*, task: int) -> QuerySet[Move]:
    return Move.objects.filter(task=task).select_related("run").order_by("-id")[:LISTED]


def _links(*, task: int) -> QuerySet[Link]:
    return Link.objects.filter(Q(successor=task) | Q(predecessor=task))


def _people(*, task: int) -> QuerySet[Assignment]:
    people = Assignment.objects.filter(task=task, resource__isnull=False)
    return people.select_related("resource__person").order_by("id")


def _reports(*, task: int) -> QuerySet[ProgressReport]:
    return ProgressReport.objects.filter(task=task).select_related("author").order_by("-id")[:LISTED]


def _baseline(*, task: int) -> QuerySet[BaselineTask]:
    return BaselineTask.objects.filter(task=task, baseline__number=0)


def named_tasks(plan: Plan, ids: set[int | None]) -> dict[int, Task]:
    """Return tasks of a plan by id, names and places only. 1 query."""
    wanted = Q(pk__in=tuple(pk for pk in ids if pk is not None))
    return {task.pk: task for task in asked(_named, wanted, plan=plan.pk)}


def _named(wanted: Q, *, plan: int) -> QuerySet[Task]:
    return Task.objects.filter(wanted, plan=plan).only("id", "plan_id", "position", "name", "wbs_code")


def members_of(project_id: int, *, today: date) -> tuple[Person, ...]:
    """Return who is in a project on a day or later, by name. 1 query."""
    return tuple(asked(_members, today, project=project_id))


def _members(on: date, *, project: int) -> QuerySet[Person]:
    running = Q(ends_before=None) | Q(ends_before__gt=on)
    ids = Membership.objects.filter(running, project_id=project).values("person_id")
    return Person.objects.filter(pk__in=ids).order_by("reading", "id")
