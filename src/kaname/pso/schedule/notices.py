"""Who is told of what happens to plans."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kaname.engine.text import Message
from kaname.ground.projects.notices import (
    IN_PROJECT,
    LEADERS,
    SPONSORS,
    project_id,
    project_name,
    seen_projects,
    together,
)
from kaname.kernel.journal.models import Entry
from kaname.kernel.notices.declarations import silent, tell
from kaname.kernel.notices.types import Told, Value
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor
from kaname.kernel.text import translate
from kaname.pso.schedule.events import (
    AssignmentsChanged,
    BaselineTaken,
    ImportBegun,
    ImportRead,
    ImportRefused,
    ImportUndone,
    LinksChanged,
    PlanBegun,
    PlanImported,
    PlanSettingsChanged,
    ProgressReported,
    ScheduleRecalculated,
    TasksChanged,
)
from kaname.pso.schedule.models import Assignment, PlanImport
from kaname.pso.schedule.rules import OWN_IMPORT


def _task_page(told: Told) -> str:
    task_id = told.params.get("task_id")
    if task_id is None:
        return _plan_page(told)
    return reverse("schedule:task", kwargs={"project": told.project_id, "task": task_id})


def _plan_page(told: Told) -> str:
    return reverse("schedule:plan", kwargs={"project": told.project_id})


def _per_task(entry: Entry) -> str:
    return str(entry.subject_id)


def _assignees(entry: Entry) -> list[int]:
    assigned = Assignment.objects.filter(task_id=entry.subject_id).exclude(resource__person__account=None)
    return list(assigned.values_list("resource__person__account_id", flat=True))


def _is_blocked(facts: Mapping[str, Any]) -> bool:
    return bool(facts["is_blocked"])


def _task(entry: Entry) -> dict[str, Value]:
    return project_name(entry) | {"task": entry.payload["task_name"], "task_id": entry.subject_id or 0}


def _reported_task(entry: Entry) -> dict[str, Value]:
    return _task(entry) | {"name": entry.actor_label}


def _author(entry: Entry) -> list[int]:
    return [entry.actor_id] if entry.actor_id is not None else []


def _file(entry: Entry) -> dict[str, Value]:
    return project_name(entry) | {"file": entry.payload["file_name"], "tasks": entry.payload["tasks"]}


def _own_imports(actor: Actor) -> QuerySet[PlanImport]:
    return visible(actor, OWN_IMPORT, PlanImport.objects.all())


def _read_file(entry: Entry) -> dict[str, Value]:
    return {"file": entry.payload["file_name"], "tasks": entry.payload["tasks"], "batch": entry.payload["batch"]}


def _refused_file(entry: Entry) -> dict[str, Value]:
    message = Message(entry.payload["message"]["template"], entry.payload["message"]["params"])
    why = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            why[language] = translate(message)
    return {"file": entry.payload["file_name"], "why": why}


def _per_batch(entry: Entry) -> str:
    return str(entry.payload["batch"])


def _batch_page(told: Told) -> str:
    return reverse("imports:batch", kwargs={"batch": told.params["batch"]})


def _import_page(told: Told) -> str:
    return reverse("imports:preview", kwargs={"import_id": told.object_id})


tell(
    AssignmentsChanged,
    to=_assignees,
    words=_("You are assigned to a task in %(project)s: %(task)s"),
    params=_task,
    things=seen_projects,
    object_id=project_id,
    link=_task_page,
    fold=_per_task,
    is_once=True,
)
tell(
    ProgressReported,
    to=LEADERS,
    when=_is_blocked,
    words=_("%(name)s reports a task of %(project)s as blocked: %(task)s"),
    params=_reported_task,
    things=seen_projects,
    object_id=project_id,
    link=_task_page,
    fold=_per_task,
)
tell(
    BaselineTaken,
    to=together(LEADERS, SPONSORS),
    words=_("A new baseline was taken in %(project)s."),
    params=project_name,
    **IN_PROJECT,
)
tell(
    PlanImported,
    to=together(_author, LEADERS),
    words=_("The plan of %(project)s was imported from %(file)s: tasks: %(tasks)s"),
    params=_file,
    things=seen_projects,
    object_id=project_id,
    link=_plan_page,
    tells_actor=True,
)
tell(
    ImportRead,
    to=_author,
    words=_("The file %(file)s was read: tasks: %(tasks)s. Look it over and take it in."),
    params=_read_file,
    things=_own_imports,
    link=_batch_page,
    fold=_per_batch,
    tells_actor=True,
)
tell(
    ImportRefused,
    to=_author,
    words=_("The file %(file)s cannot be imported: %(why)s"),
    params=_refused_file,
    things=_own_imports,
    link=_import_page,
    tells_actor=True,
)
silent(
    PlanBegun,
    PlanSettingsChanged,
    TasksChanged,
    LinksChanged,
    reason="Everyday planning, seen in the plan and its history; a change that matters changes the health, which is told.",
)
silent(ScheduleRecalculated, reason="Computed after every change; whoever leads hears when the health changes colour.")
silent(ImportBegun, reason="The author waits for it on the page of the import; the outcome is told.")
silent(ImportUndone, reason="Done by the author of the import, and seen in the history of the plan.")
