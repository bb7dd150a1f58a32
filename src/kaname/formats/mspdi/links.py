"""Dependencies between tasks."""

from collections.abc import Sequence
from typing import Final

from kaname.engine.network.plan import LagUnit, Link, LinkType, Task
from kaname.engine.text import gettext_noop
from kaname.formats.mspdi.codes import LINK_TYPES, lag_unit
from kaname.formats.mspdi.element import Element
from kaname.formats.mspdi.record import Record
from kaname.formats.mspdi.tasks import TaskReader

MAX_LAG_PERCENT: Final = 100_000

_LAG: Final = gettext_noop("A lag of %(value)s %% is no possible one; it was left out.")
_NOWHERE: Final = gettext_noop(
    "The task depends on number %(uid)s, which is not in the file; the link was left out. Set the predecessor again."
)
_ITSELF: Final = gettext_noop("The task depends on itself; the link was left out.")
_ELSEWHERE: Final = gettext_noop(
    "The task depends on a task of another plan (%(plan)s) that is not in this file; the link was left out."
)
_TO_PROJECT: Final = gettext_noop("The task depends on the line of the whole project; the link was left out.")
_TWICE: Final = gettext_noop("The same link is there twice; it was kept once.")
_TYPE: Final = gettext_noop("“%(value)s” is no link type; finish-to-start was taken.")


def read_links(tasks: Sequence[Task], reader: TaskReader) -> tuple[Link, ...]:
    """Return the links of all tasks in the order of the file.

    Links to nowhere, to itself, into other plans, and repetitions are left out and entered as lost.
    """
    known = {task.uid for task in tasks}
    links: list[Link] = []
    for task in tasks:
        record = reader.record_of(task.uid)
        if record is None:
            continue
        seen: set[tuple[int, LinkType]] = set()
        for element in record.element.all("PredecessorLink"):
            link = _link(record, element, task.uid, known, project_uid=reader.project_uid)
            if link is None:
                continue
            if (link.predecessor_uid, link.type) in seen:
                record.lose(element, _TWICE)
                continue
            seen.add((link.predecessor_uid, link.type))
            links.append(link)
    return tuple(links)


def _link(
    record: Record, element: Element, successor_uid: int, known: set[int], *, project_uid: int | None
) -> Link | None:
    inner = record.inner(element)
    predecessor_uid = inner.integer("PredecessorUID")
    other_plan = inner.text("CrossProjectName")
    if predecessor_uid == successor_uid:
        inner.lose(element, _ITSELF)
        return None
    if predecessor_uid is None or predecessor_uid not in known:
        _enter_missing(inner, element, predecessor_uid, other_plan, project_uid=project_uid)
        return None
    unit = lag_unit(inner.integer("LagFormat") or 0)
    return Link(
        predecessor_uid=predecessor_uid,
        successor_uid=successor_uid,
        type=_type(inner, element),
        lag=_lag(inner, unit),
        lag_unit=unit,
        external_reference=other_plan if inner.flag("CrossProject") else "",
    )


def _enter_missing(
    record: Record, element: Element, uid: int | None, other_plan: str, *, project_uid: int | None
) -> None:
    if other_plan or record.flag("CrossProject"):
        record.lose(element, _ELSEWHERE, plan=other_plan or "?")
    elif uid is not None and uid == project_uid:
        record.lose(element, _TO_PROJECT)
    else:
        record.lose(element, _NOWHERE, uid="?" if uid is None else uid)


def _type(record: Record, element: Element) -> LinkType:
    if not record.has("Type"):
        return LinkType.FS
    code = record.integer("Type")
    found = None if code is None else LINK_TYPES.get(code)
    if found is None:
        record.change(element.child("Type") or element, _TYPE, value=record.text("Type")[:20])
        return LinkType.FS
    return found


def _lag(record: Record, unit: LagUnit) -> int:
    """Return minutes, or permille: the file has tenths of minutes, or percent."""
    if unit in {LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT}:
        percent = record.integer("LinkLag") or 0
        if abs(percent) <= MAX_LAG_PERCENT:
            return percent * 10
        element = record.element.child("LinkLag") or record.element
        record.lose(element, _LAG, value=percent)
        return 0
    return record.tenths("LinkLag") or 0
