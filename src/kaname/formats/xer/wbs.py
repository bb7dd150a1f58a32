"""The work breakdown structure of an XER file: from rows to an outline with the activities inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kaname.engine.network.plan import Task, TaskKind
from kaname.engine.text import gettext_noop
from kaname.formats.xer.cells import Cells
from kaname.formats.xer.numbers import Numbers

MAX_LEVEL: Final = 100

_LOOP: Final = gettext_noop("The WBS element lies inside itself; it was put on the top level.")
_DEEP: Final = gettext_noop("The WBS is more than %(limit)s levels deep.")


@dataclass(slots=True)
class _Element:
    key: str
    cells: Cells
    parent: str = ""
    children: list["_Element"] = field(default_factory=list)


class Breakdown:
    """The elements of one project.

    Parameters
    ----------
    rows
        The rows of the table PROJWBS of one project.
    numbers
        Gives the elements their numbers, apart from those of activities.
    """

    def __init__(self, rows: Sequence[Cells], numbers: Numbers) -> None:
        self._elements = {cells.text("wbs_id"): _Element(cells.text("wbs_id"), cells) for cells in rows}
        self._tops = _hang(self._elements)
        self._root = _project_element(self._tops)
        self._numbers = numbers

    @property
    def name(self) -> str:
        """Name of the element of the project itself."""
        return self._root.cells.text("wbs_name") if self._root is not None else ""

    def uid_of(self, key: str) -> int | None:
        """Return the number of an element, `None` for the project itself and for what is not there."""
        if key not in self._elements or (self._root is not None and key == self._root.key):
            return None
        return self._numbers.give(f"wbs:{key}")

    def outline(self, activities: Sequence[Task]) -> tuple[Task, ...]:
        """Return summary tasks and activities in outline order.

        The element of the project itself is no task.  Inside an element the activities come first, then the elements inside
        it in the order that Primavera keeps.

        Raises
        ------
        FileRefused
            If the structure is deeper than any person can follow.
        """
        inside: dict[int | None, list[Task]] = {}
        for task in activities:
            inside.setdefault(task.parent_uid, []).append(task)
        tasks: list[Task] = list(inside.get(None, ()))
        pending: list[tuple[_Element, int | None, str, int]] = [
            (element, None, "", 1) for element in reversed(self._top_elements())
        ]
        while pending:
            element, parent_uid, code, level = pending.pop()
            if level > MAX_LEVEL:
                raise element.cells.refused("wbs_id", _DEEP, limit=MAX_LEVEL)
            summary = self._summary(element, parent_uid, code)
            tasks.append(summary)
            tasks.extend(inside.get(summary.uid, ()))
            children = reversed(_sorted(element.children))
            pending.extend((child, summary.uid, summary.wbs_code, level + 1) for child in children)
        return tuple(tasks)

    def _top_elements(self) -> list[_Element]:
        found: list[_Element] = []
        for element in self._tops:
            found.extend(_sorted(element.children) if element is self._root else [element])
        return found

    def _summary(self, element: _Element, parent_uid: int | None, code: str) -> Task:
        own = element.cells.text("wbs_short_name")
        return Task(
            uid=self._numbers.give(f"wbs:{element.key}"),
            name=element.cells.text("wbs_name") or own,
            parent_uid=parent_uid,
            wbs_code=f"{code}.{own}" if code else own,
            kind=TaskKind.SUMMARY,
            source_key=element.key,
        )


def _project_element(tops: Sequence[_Element]) -> _Element | None:
    marked = next((element for element in tops if element.cells.flag("proj_node_flag")), None)
    if marked is None and len(tops) == 1 and tops[0].children:
        return tops[0]
    return marked


def _hang(elements: Mapping[str, _Element]) -> list[_Element]:
    tops = []
    for element in elements.values():
        parent = elements.get(element.cells.text("parent_wbs_id"))
        if parent is not None and _is_inside(parent, element, elements):
            element.cells.change("parent_wbs_id", _LOOP)
            parent = None
        if parent is None:
            tops.append(element)
        else:
            element.parent = parent.key
            parent.children.append(element)
    return _sorted(tops)


def _is_inside(inner: _Element, outer: _Element, elements: Mapping[str, _Element]) -> bool:
    seen = set()
    at: _Element | None = inner
    while at is not None and at.key not in seen:
        if at is outer:
            return True
        seen.add(at.key)
        at = elements.get(at.parent)
    return False


def _sorted(elements: list[_Element]) -> list[_Element]:
    return sorted(elements, key=lambda element: element.cells.number("seq_num") or 0)
