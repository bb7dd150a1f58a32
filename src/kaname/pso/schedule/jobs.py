"""Queued entries of the schedule: reading uploaded files and taking them in."""

from django.tasks import task
from django.utils.translation import gettext_lazy as _

from kaname.engine.network.plan import Plan
from kaname.engine.text import Message, gettext_noop
from kaname.formats.types import FileRefused
from kaname.kernel import clock
from kaname.kernel.accounts.models import User
from kaname.kernel.files.queries import fetch_file
from kaname.kernel.files.shelf import take
from kaname.kernel.jobs.policies import policy
from kaname.kernel.jobs.running import report_progress
from kaname.pso.schedule.exchange import read_plan, stored_refusal, survey_tables, unpack_plan
from kaname.pso.schedule.models import PlanImport, PlanReading
from kaname.pso.schedule.operations import PlanRefused, note_reading, note_refusal, take_in
from kaname.pso.schedule.types import ImportState


@task()
@policy(label=_("Reading a plan file"), attempts=3)
def read_import(import_id: int) -> None:
    """Read an uploaded file and remember what it holds, with the rights of whoever uploaded it."""
    row, author = _row(import_id)
    if row.state != ImportState.UPLOADED:
        return
    data = _content(row, author)
    try:
        reading = read_plan(data, file=row.file_name, mapping=row.mapping, on_progress=_tell_reading)
    except FileRefused as refused:
        survey = survey_tables(data, file=row.file_name)
        note_refusal(actor=author, now=clock.now(), import_id=import_id, refusal=stored_refusal(refused), survey=survey)
        return
    note_reading(actor=author, now=clock.now(), import_id=import_id, kind=reading.kind, found=reading.facts)


@task()
@policy(label=_("Taking a plan in"), attempts=3)
def take_import_in(import_id: int) -> None:
    """Make what was read the plan of the chosen project, with the rights of whoever uploaded it."""
    row, author = _row(import_id)
    if row.state != ImportState.APPLYING:
        return
    try:
        content = _plan(row, author)
        report_progress(done=30, total=100, message=Message(gettext_noop("Writing the plan")))
        take_in(actor=author, now=clock.now(), import_id=import_id, content=content)
    except FileRefused as refused:
        note_refusal(actor=author, now=clock.now(), import_id=import_id, refusal=stored_refusal(refused))
    except PlanRefused as refused:
        problem = FileRefused(refused.messages[0], file=row.file_name)
        note_refusal(actor=author, now=clock.now(), import_id=import_id, refusal=stored_refusal(problem))


def _plan(row: PlanImport, author: User) -> Plan:
    """Return the plan as it was shown; read once more where that is gone."""
    kept = PlanReading.objects.filter(plan_import=row).first()
    if kept is not None:
        return unpack_plan(bytes(kept.content))
    return read_plan(_content(row, author), file=row.file_name, mapping=row.mapping).plan


def _row(import_id: int) -> tuple[PlanImport, User]:
    row = PlanImport.objects.select_related("author").defer("before", "loss", "survey", "summary").get(pk=import_id)
    return row, row.author


def _content(row: PlanImport, author: User) -> bytes:
    file = fetch_file(actor=author, file_id=row.file_id or 0)
    with take(file.shelf_name) as content:
        return content.read()


def _tell_reading(percent: int) -> None:
    report_progress(done=percent, total=100, message=Message(gettext_noop("Reading the file")))
