"""Relationships of an XER file."""

from collections.abc import Iterable, Mapping
from typing import Final

from kaname.engine.network.plan import Link, LinkType
from kaname.engine.text import gettext_noop
from kaname.formats.xer.cells import Cells

_TYPES: Final = {"FS": LinkType.FS, "SS": LinkType.SS, "FF": LinkType.FF, "SF": LinkType.SF}

_NOWHERE: Final = gettext_noop("One end of the relationship is not in the file; it was left out.")
_ELSEWHERE: Final = gettext_noop("The relationship leads into another project; it was left out.")
_ITSELF: Final = gettext_noop("The activity depends on itself; the relationship was left out.")
_TWICE: Final = gettext_noop("The same relationship is there twice; it was kept once.")
_TYPE: Final = gettext_noop("“%(value)s” is no type of relationship; finish-to-start was taken.")


def read_links(rows: Iterable[Cells], *, own: Mapping[str, int], ghosts: Mapping[str, int]) -> tuple[Link, ...]:
    """Return the relationships between activities of the project, and from activities of other projects into it.

    Parameters
    ----------
    rows
        Rows of the table TASKPRED that touch the project.
    own, ghosts
        Numbers by key of the project's own activities and of those of other projects that drive them.
    """
    links: list[Link] = []
    seen: set[tuple[int, int, LinkType]] = set()
    for cells in rows:
        link = _link(cells, own, ghosts)
        if link is None:
            continue
        key = (link.predecessor_uid, link.successor_uid, link.type)
        if key in seen:
            cells.lose_row(_TWICE)
            continue
        seen.add(key)
        links.append(link)
    return tuple(links)


def _link(cells: Cells, own: Mapping[str, int], ghosts: Mapping[str, int]) -> Link | None:
    predecessor_key, successor_key = cells.text("pred_task_id"), cells.text("task_id")
    if predecessor_key == successor_key:
        cells.lose_row(_ITSELF)
        return None
    successor = own.get(successor_key)
    predecessor = own.get(predecessor_key, ghosts.get(predecessor_key))
    if successor is None or predecessor is None:
        is_elsewhere = cells.text("pred_proj_id") != cells.text("proj_id") and cells.text("pred_proj_id") != ""
        cells.lose_row(_ELSEWHERE if is_elsewhere else _NOWHERE)
        return None
    return Link(
        predecessor_uid=predecessor,
        successor_uid=successor,
        type=_type(cells),
        lag=cells.signed_minutes("lag_hr_cnt") or 0,
        external_reference=cells.text("pred_proj_id") if predecessor_key in ghosts else "",
    )


def _type(cells: Cells) -> LinkType:
    code = cells.text("pred_type")
    found = _TYPES.get(code.removeprefix("PR_")[:2])
    if found is None:
        cells.change("pred_type", _TYPE, value=code[:40])
        return LinkType.FS
    return found
