"""The search index follows the tasks: one task at once, whole plans in a job of their own."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kaname.kernel.jobs.queue import enqueue_once_on_commit
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.reactions import reacts_to
from kaname.kernel.journal.types import Event
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor
from kaname.kernel.search.index import refresh
from kaname.kernel.search.jobs import index_project
from kaname.kernel.search.sources import Source, Text, register_source
from kaname.pso.schedule.events import ImportUndone, PlanBegun, PlanImported, TasksChanged
from kaname.pso.schedule.models import Task
from kaname.pso.schedule.rules import VIEW_TASK

TASKS: Final = "schedule.task"


def _per_task(event: Event) -> str:
    count = event.facts().get("count", 0)
    return f"task {event.subject.id}" if count == 1 else f"project {event.project_id}"


@reacts_to(TasksChanged, PlanBegun, PlanImported, ImportUndone, fold_key=_per_task)
def index_tasks(entry: Entry, now: datetime) -> None:
    """Index the one task that the entry is about, or have all tasks of its plan indexed."""
    if entry.payload.get("count") == 1 and entry.subject_id is not None:
        refresh(source=TASKS, object_ids=[entry.subject_id])
    elif entry.project_id is not None:
        enqueue_once_on_commit(index_project, source=TASKS, project_id=entry.project_id)


def _seen(actor: Actor) -> QuerySet[Task]:
    return visible(actor, VIEW_TASK, Task.objects.all())


def _texts(task_ids: Collection[int]) -> Iterable[Text]:
    return [
        Text(
            object_id=task.pk,
            title=task.name,
            body=" ".join(filter(None, (task.wbs_code, task.notes))),
            project_id=task.plan.project_id,
        )
        for task in Task.objects.filter(pk__in=task_ids).select_related("plan")
    ]


def _address(task_id: int, project_id: int | None) -> str:
    return reverse("schedule:task", kwargs={"project": project_id, "task": task_id})


register_source(
    Source(
        name=TASKS,
        label=_("Tasks"),
        things=_seen,
        texts=_texts,
        url=_address,
        project="plan__project_id",
        icon="list-check",
    ),
    order=30,
)
