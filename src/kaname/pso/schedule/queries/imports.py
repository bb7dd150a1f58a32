"""Questions about files on their way into plans."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kaname.ground.projects.models import Project
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.types import Actor, Missing
from kaname.pso.schedule.models import Plan, PlanImport, PlanReading, ProgressReport, Task
from kaname.pso.schedule.rules import CREATE, OWN_IMPORT
from kaname.pso.schedule.types import ImportState

MOST_PROJECTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What taking a file in does to the plan that is there.

    Parameters
    ----------
    replaces
        Whether there is a plan with tasks.
    kept, added, removed
        Tasks that stay themselves with reports and history, that are new, that go.
    removed_with_reports
        How many of those that go have progress reports.
    """

    replaces: bool
    kept: int
    added: int
    removed: int
    removed_with_reports: int


def my_imports(*, actor: Actor) -> QuerySet[PlanImport]:
    """Return the actor's imports, latest first, without what makes them bulky."""
    found = visible(actor, OWN_IMPORT, PlanImport.objects.all())
    return found.select_related("project").defer("before", "loss", "survey").order_by("-id")


def imports_of_batch(*, actor: Actor, batch: UUID) -> list[PlanImport]:
    """Return the actor's files of one upload that were not put aside, in their order. 1 query.

    Raises
    ------
    Missing
        If there is none at all.
    """
    rows = list(my_imports(actor=actor).filter(batch=batch).order_by("id"))
    if not rows:
        raise Missing
    return [row for row in rows if row.state != ImportState.DISCARDED]


def fetch_import(*, actor: Actor, import_id: int) -> PlanImport:
    """Return one of the actor's imports with loss report and survey. 1 query.

    Raises
    ------
    Missing
        If there is none or it is another's.
    """
    rows = PlanImport.objects.select_related("project", "author").defer("before")
    return fetch(actor, OWN_IMPORT, rows, pk=import_id)


def projects_for_plans(*, actor: Actor) -> QuerySet[Project]:
    """Return the projects whose plan the actor may begin or import."""
    return visible(actor, CREATE, Project.objects.filter(archived_at=None)).order_by("code")


def proposed_project(row: PlanImport, projects: Iterable[Project], *, is_alone: bool) -> Project | None:
    """Return the project that a file is surely meant for: the one whose code or name it bears.

    The only project there is, is meant by a file that came alone.
    """
    listed = list(projects)
    if len(listed) == 1 and is_alone:
        return listed[0]
    names = {_folded(str(row.summary.get("name", ""))), _folded(row.file_name.rpartition(".")[0])}
    fitting = [
        project
        for project in listed
        if _folded(project.name) in names or any(_folded(project.code) in name for name in names)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def effect_of(row: PlanImport, project: Project) -> Effect:
    """Return what taking a read file in would do to a project's plan. 3 queries."""
    keys = PlanReading.objects.filter(plan_import=row).values_list("keys", flat=True).first() or []
    incoming = int(row.summary.get("tasks", 0)) + int(row.summary.get("summaries", 0))
    there = list(Task.objects.filter(plan__project=project).values_list("pk", "source_key"))
    known = set(keys)
    doomed = {pk for pk, key in there if not key or key not in known}
    reported = set(ProgressReport.objects.filter(task__plan__project=project).values_list("task_id", flat=True))
    kept = len(there) - len(doomed)
    return Effect(
        replaces=bool(there),
        kept=kept,
        added=incoming - kept,
        removed=len(doomed),
        removed_with_reports=len(doomed & reported),
    )


def undoable(rows: Iterable[PlanImport]) -> frozenset[int]:
    """Return the ids of those taken in whose plan was not changed since. 1 query."""
    applied = [row for row in rows if row.state == ImportState.APPLIED and row.project_id is not None]
    if not applied:
        return frozenset()
    runs = dict(
        Plan.objects.filter(project_id__in={row.project_id for row in applied}).values_list("project_id", "run_number")
    )
    return frozenset(row.pk for row in applied if row.run_number == runs.get(row.project_id))
