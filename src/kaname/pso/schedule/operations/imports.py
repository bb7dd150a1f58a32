"""Files on their way into plans: uploaded, read, looked at, taken in, undone."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.engine.network.plan import Plan as EnginePlan
from kaname.ground.projects.models import Project
from kaname.kernel.files.operations import store
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Unacceptable
from kaname.pso.schedule.events import ImportBegun, ImportRead, ImportRefused, ImportUndone, PlanImported
from kaname.pso.schedule.models import Plan, PlanImport, PlanReading
from kaname.pso.schedule.operations.adoption import adopt_plan
from kaname.pso.schedule.operations.recalculation import Trigger, recalculate
from kaname.pso.schedule.operations.snapshots import restore_plan, snapshot_plan
from kaname.pso.schedule.rules import CREATE, EDIT, IMPORT, OWN_IMPORT
from kaname.pso.schedule.types import ImportState

READABLE: Final = frozenset({ImportState.UPLOADED, ImportState.READY, ImportState.REFUSED})
"""States in which a file may be read, again or for the first time, and be put aside."""
BULKY: Final = ("before", "loss", "survey", "summary")
"""Fields that may hold megabytes; fetched only where they are looked at."""
FILE_SUBJECT: Final = "schedule.import"
LARGEST_FILE: Final = 50 * 1024 * 1024


class ImportOutOfStep(Unacceptable):
    """The import is not in a state in which this can be done."""

    reason = _("This cannot be done with the import as it stands now. Reload the page to see how far it is.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFacts:
    """What a file was found to hold.

    Parameters
    ----------
    summary, loss, survey
        Plain values for the preview.
    content, keys
        The plan itself, packed, and the keys of its tasks.
    """

    summary: Mapping[str, Any]
    loss: Sequence[Mapping[str, Any]]
    survey: Sequence[Mapping[str, Any]]
    content: bytes
    keys: Sequence[str]


def upload_plan_file(
    *,
    actor: Actor,
    now: datetime,
    batch: UUID,
    file_name: str,
    chunks: Iterable[bytes],
    project: Project | None = None,
) -> PlanImport:
    """Keep a plan file for reading.  Permission `schedule.import`; publishes `ImportBegun`; one transaction.

    Raises
    ------
    kernel.files.shelf.TooLarge, EmptyContent
        If there is too much or nothing in it.
    """
    require(actor, IMPORT)
    with transaction.atomic():
        row = PlanImport.objects.create(
            batch=batch, project=project, author_id=actor.actor_id, file_name=file_name[:255], created_at=now
        )
        subject = Subject(FILE_SUBJECT, row.pk)
        file = store(
            actor=actor,
            subject=subject,
            project_id=project.pk if project else None,
            original_name=file_name,
            chunks=chunks,
            now=now,
            limit_bytes=LARGEST_FILE,
        )
        PlanImport.objects.filter(pk=row.pk).update(file_id=file.pk)
        row.file_id = file.pk
        event = ImportBegun(subject=subject, project_id=project.pk if project else None, file_name=row.file_name)
        publish(event, actor=actor, now=now)
    return row


def note_job(*, actor: Actor, import_id: int, job_id: str) -> None:
    """Remember which job works on an import, so that its progress can be shown.  Permission `schedule.own_import`."""
    with transaction.atomic():
        row = _fetch(actor, import_id)
        PlanImport.objects.filter(pk=row.pk).update(job_id=job_id)


def note_reading(*, actor: Actor, now: datetime, import_id: int, kind: str, found: ReadFacts) -> PlanImport:
    """Remember what a file was found to hold; it can now be taken in.

    Permission `schedule.own_import`; publishes `ImportRead`.  Doing it twice does it once.
    """
    with transaction.atomic():
        row = _fetch(actor, import_id)
        if row.state != ImportState.UPLOADED:
            return row
        change(
            row,
            expected_version=row.version,
            state=ImportState.READY,
            kind=kind,
            summary=dict(found.summary),
            loss=list(found.loss),
            survey=list(found.survey),
            refusal=None,
        )
        PlanReading.objects.update_or_create(
            plan_import=row, defaults={"content": found.content, "keys": list(found.keys)}
        )
        event = ImportRead(
            subject=Subject(FILE_SUBJECT, row.pk),
            project_id=row.project_id,
            file_name=row.file_name,
            batch=str(row.batch),
            tasks=int(found.summary.get("tasks", 0)),
        )
        publish(event, actor=actor, now=now)
    return row


def note_refusal(
    *,
    actor: Actor,
    now: datetime,
    import_id: int,
    refusal: Mapping[str, Any],
    survey: Sequence[Mapping[str, Any]] = (),
) -> PlanImport:
    """Remember why a file cannot be read or taken in, and what its tables seem to hold.

    Permission `schedule.own_import`; publishes `ImportRefused`.
    """
    with transaction.atomic():
        row = _fetch(actor, import_id)
        values: dict[str, Any] = {"survey": list(survey)} if survey else {}
        change(row, expected_version=row.version, state=ImportState.REFUSED, refusal=dict(refusal), **values)
        PlanReading.objects.filter(plan_import=row).delete()
        event = ImportRefused(
            subject=Subject(FILE_SUBJECT, row.pk),
            project_id=row.project_id,
            file_name=row.file_name,
            message=dict(refusal["message"]),
        )
        publish(event, actor=actor, now=now)
    return row


def choose_columns(
    *, actor: Actor, import_id: int, expected_version: int, mapping: Mapping[str, Any] | None
) -> PlanImport:
    """Say what the columns of a table mean, or `None` to leave it to us; the file is then to be read again.

    Permission `schedule.own_import`.

    Raises
    ------
    Stale
        If the import went on meanwhile.
    ImportOutOfStep
        If it was taken in or put aside.
    """
    with transaction.atomic():
        row = _fetch(actor, import_id)
        _require_state(row, READABLE)
        change(
            row,
            expected_version=expected_version,
            state=ImportState.UPLOADED,
            mapping=None if mapping is None else dict(mapping),
            refusal=None,
        )
        PlanReading.objects.filter(plan_import=row).delete()
    return row


def read_again(*, actor: Actor, import_id: int) -> PlanImport:
    """Put a file that was refused, or whose job was given up, back to where it is read.  Permission `schedule.own_import`."""
    with transaction.atomic():
        row = _fetch(actor, import_id)
        _require_state(row, {*READABLE, ImportState.APPLYING})
        change(row, expected_version=row.version, state=ImportState.UPLOADED, refusal=None)
        PlanReading.objects.filter(plan_import=row).delete()
    return row


def choose_project(*, actor: Actor, import_id: int, project: Project | None) -> PlanImport:
    """Choose the project whose plan a read file shall become; nothing is taken in yet.

    Permissions `schedule.own_import` and `schedule.create` there.
    """
    if project is not None:
        require(actor, CREATE, project)
    with transaction.atomic():
        row = _fetch(actor, import_id)
        _require_state(row, {ImportState.READY})
        change(row, expected_version=row.version, project=project)
    return row


def begin_taking_in(*, actor: Actor, now: datetime, import_id: int, project: Project) -> PlanImport:
    """Decide which project's plan a read file becomes.  Permissions `schedule.own_import` and `schedule.create` there.

    Raises
    ------
    ImportOutOfStep
        Unless the file was read.
    """
    require(actor, CREATE, project)
    with transaction.atomic():
        row = _fetch(actor, import_id)
        _require_state(row, {ImportState.READY})
        change(row, expected_version=row.version, state=ImportState.APPLYING, project=project)
    return row


def take_in(*, actor: Actor, now: datetime, import_id: int, content: EnginePlan) -> PlanImport:
    """Make a file's content the plan of the chosen project, in one transaction.

    Permissions `schedule.own_import` and `schedule.create` in the project; locks the plan; publishes `PlanImported`.
    Tasks that were imported before and are recognised by their key in the file keep their identity with reports and
    history; the plan as it was is kept for `undo_import`.  Doing it twice does it once.

    Raises
    ------
    PlanRefused
        If the plan cannot be calculated; nothing is changed.
    """
    with transaction.atomic():
        row = _fetch(actor, import_id)
        if row.state == ImportState.APPLIED:
            return row
        if row.state != ImportState.APPLYING or row.project is None:
            raise ImportOutOfStep
        require(actor, CREATE, row.project)
        plan = Plan.objects.select_for_update(of=("self",)).filter(project=row.project).first()
        before: dict[str, Any] = dict(snapshot_plan(plan)) if plan is not None else {}
        plan, tasks = adopt_plan(row.project, plan, content)
        event = PlanImported(
            subject=Subject("schedule.plan", plan.pk),
            project_id=plan.project_id,
            file_name=row.file_name,
            tasks=len(content.tasks),
        )
        cause = publish(event, actor=actor, now=now)
        run = recalculate(plan, actor=actor, now=now, trigger=Trigger("import", cause=cause), tasks=tasks)
        change(
            row,
            expected_version=row.version,
            state=ImportState.APPLIED,
            before=before,
            applied_at=now,
            run_number=run.number,
        )
        PlanReading.objects.filter(plan_import=row).delete()
    return row


def undo_import(*, actor: Actor, now: datetime, import_id: int) -> PlanImport:
    """Put the plan back as it was before an import.

    Permissions `schedule.own_import` and `schedule.edit`; locks the plan; publishes `ImportUndone`.

    Raises
    ------
    ImportOutOfStep
        If the import was not taken in, or the plan was changed since: then removing tasks one by one is the honest way.
    """
    with transaction.atomic():
        row = _fetch(actor, import_id)
        if row.state != ImportState.APPLIED or row.project_id is None:
            raise ImportOutOfStep
        plans = Plan.objects.select_for_update(of=("self",)).select_related("project", "project__department")
        plan = fetch(actor, EDIT, plans, project_id=row.project_id)
        if plan.run_number != row.run_number:
            raise ImportOutOfStep
        event = ImportUndone(
            subject=Subject("schedule.plan", plan.pk), project_id=plan.project_id, file_name=row.file_name
        )
        cause = publish(event, actor=actor, now=now)
        restore_plan(plan, row.before or EMPTY)
        recalculate(plan, actor=actor, now=now, trigger=Trigger("undo", cause=cause))
        change(row, expected_version=row.version, state=ImportState.UNDONE)
    return row


def discard_import(*, actor: Actor, now: datetime, import_id: int) -> PlanImport:
    """Put a file aside that was not taken in.  Permission `schedule.own_import`."""
    with transaction.atomic():
        row = _fetch(actor, import_id)
        _require_state(row, READABLE)
        change(row, expected_version=row.version, state=ImportState.DISCARDED)
        PlanReading.objects.filter(plan_import=row).delete()
    return row


EMPTY: Final[dict[str, list[dict[str, Any]]]] = {"Plan": [{}]}
"""What an import into a project without a plan leaves when it is undone: a plan without tasks."""


def _fetch(actor: Actor, import_id: int) -> PlanImport:
    rows = PlanImport.objects.select_for_update(of=("self",)).select_related("project__department").defer(*BULKY)
    return fetch(actor, OWN_IMPORT, rows, pk=import_id)


def _require_state(row: PlanImport, states: Container[str]) -> None:
    if row.state not in states:
        raise ImportOutOfStep
