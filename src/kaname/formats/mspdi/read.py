"""Read Microsoft Project XML."""

from dataclasses import dataclass, field, replace
from typing import Final

from kaname.engine.calendar.types import Calendar
from kaname.engine.network.plan import Assignment, Plan, Resource, ResourceKind, Task, TaskKind
from kaname.engine.text import gettext_noop
from kaname.formats.account import Account
from kaname.formats.mspdi.calendars import CalendarReader, standard_calendar
from kaname.formats.mspdi.document import Document
from kaname.formats.mspdi.element import Element
from kaname.formats.mspdi.fields import loss_reason
from kaname.formats.mspdi.links import read_links
from kaname.formats.mspdi.project import ProjectProperties, digits_of, read_properties
from kaname.formats.mspdi.record import Record
from kaname.formats.mspdi.resources import ResourceReader, read_assignment
from kaname.formats.mspdi.splits import WorkingTime, find_splits
from kaname.formats.mspdi.tasks import TaskReader
from kaname.formats.types import FileKind, ReadResult

_NO_CALENDAR: Final = gettext_noop("The project calendar is not in the file; “%(name)s” was taken.")


@dataclass(slots=True)
class _Collected:
    """What was read so far."""

    calendars: CalendarReader = field(default_factory=CalendarReader)
    tasks: TaskReader = field(default_factory=TaskReader)
    resources: ResourceReader = field(default_factory=ResourceReader)
    assignments: list[Record] = field(default_factory=list)


def read_mspdi(data: bytes, *, file: str) -> ReadResult:
    """Read a plan in Microsoft Project XML.

    The line of the whole project (number 0) is no task: its name serves a plan that has no title.  Elements may stand with
    or without the namespace, in any encoding that Python knows.  What is unsound but clear is repaired and entered as
    changed; what has no meaning is entered as lost.

    Parameters
    ----------
    data
        The bytes of the file.
    file
        Its name in messages.

    Returns
    -------
    ReadResult
        The plan, tasks in outline order, and the account: each element and attribute of the file counts in exactly one
        entry, under its path (`Task/Name`, `Calendar/WeekDays`, `Project/Title`).

    Raises
    ------
    FileRefused
        If the file is no XML or no project, carries a document type, holds impossible dates or durations, two tasks of
        one number, more than 100 outline levels, or more than 200,000 tasks.
    """
    account = Account(loss_reason)
    document = Document(data, file=file, account=account)
    collected = _Collected()
    for element in document.records():
        _collect(element, document, collected)
    digits = digits_of(Record(document.root, account, file, label=""))
    root = Record(document.root, account, file, currency_digits=digits, label="")
    for repair in document.repairs:
        root.change(root.element, repair.template, **repair.params)
    plan = _plan(root, collected)
    return ReadResult(kind=FileKind.MSPDI, plan=plan, loss=account.report(), encoding=document.encoding)


def _collect(element: Element, document: Document, collected: _Collected) -> None:
    properties = Record(document.root, document.account, document.file, label="")
    record = Record(element, document.account, document.file, currency_digits=digits_of(properties))
    match element.tag:
        case "Calendar":
            collected.calendars.add(record)
        case "Task":
            collected.tasks.add(record)
        case "Resource":
            collected.resources.add(record)
        case _:
            collected.assignments.append(record)


def _plan(root: Record, collected: _Collected) -> Plan:
    properties = read_properties(root)
    calendars = collected.calendars.finish()
    calendars, calendar_uid = _with_project_calendar(root, calendars, properties)
    calendar_uids = frozenset(calendar.uid for calendar in calendars)
    tasks = collected.tasks.finish(calendar_uids=calendar_uids)
    resources = collected.resources.finish(calendar_uids=calendar_uids)
    splits = find_splits(
        collected.assignments,
        tasks=(task for task in tasks if task.kind is not TaskKind.SUMMARY),
        resources=resources,
        working_time=WorkingTime(calendars),
        calendar_uid=calendar_uid,
    )
    tasks = tuple(replace(task, segments=splits[task.uid]) if task.uid in splits else task for task in tasks)
    return Plan(
        name=properties.name or collected.tasks.project_name,
        start_at=properties.start_at,
        finish_at=properties.finish_at,
        status_at=properties.status_at,
        calendar_uid=calendar_uid,
        calendars=calendars,
        tasks=tasks,
        links=read_links(tasks, collected.tasks),
        resources=resources,
        assignments=_assignments(collected, tasks, resources),
        rules=properties.rules,
        minutes_per_day=properties.minutes_per_day,
        minutes_per_week=properties.minutes_per_week,
        days_per_month=properties.days_per_month,
        currency=properties.currency,
        author=properties.author,
        company=properties.company,
        source_product=properties.source_product,
    )


def _with_project_calendar(
    root: Record, calendars: tuple[Calendar, ...], properties: ProjectProperties
) -> tuple[tuple[Calendar, ...], int]:
    uids = [calendar.uid for calendar in calendars]
    if properties.calendar_uid in uids:
        return calendars, properties.calendar_uid
    found = next((calendar for calendar in calendars if calendar.base_uid is None), None)
    if found is None:
        found = standard_calendar(max(uids, default=0) + 1)
        calendars = (*calendars, found)
    element = root.element.child("CalendarUID") or root.element
    root.change(element, _NO_CALENDAR, name=found.name)
    return calendars, found.uid


def _assignments(
    collected: _Collected, tasks: tuple[Task, ...], resources: tuple[Resource, ...]
) -> tuple[Assignment, ...]:
    task_uids = frozenset(task.uid for task in tasks)
    kinds: dict[int, ResourceKind] = {resource.uid: resource.kind for resource in resources}
    found = (read_assignment(record, tasks=task_uids, resources=kinds) for record in collected.assignments)
    return tuple(assignment for assignment in found if assignment is not None)
