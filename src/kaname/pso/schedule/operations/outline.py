"""Positions, levels and WBS codes of the outline."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext_lazy as _

from kaname.kernel.records import write_fields
from kaname.kernel.rules.types import Unacceptable
from kaname.pso.schedule.models import Plan, Task


class OutlineRefused(Unacceptable):
    """A task was to be put where it cannot stand."""

    reason = _("A task cannot stand there: not inside itself, and only after a task of the same work package.")


@dataclass(slots=True)
class _Numbering:
    counters: list[int]

    def code(self, level: int) -> str:
        del self.counters[level + 1 :]
        while len(self.counters) <= level:
            self.counters.append(0)
        self.counters[level] += 1
        return ".".join(str(number) for number in self.counters)


class Placed(Protocol):
    """A task as far as its place in the outline goes."""

    @property
    def pk(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def position(self) -> int: ...


def in_outline_order[T: Placed](tasks: Iterable[T]) -> list[T]:
    """Return tasks with every parent before its children, siblings by `position`; O(n log n)."""
    children: dict[int | None, list[T]] = {}
    for task in sorted(tasks, key=lambda task: task.position):
        children.setdefault(task.parent_id, []).append(task)
    ordered: list[T] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        task = waiting.pop()
        ordered.append(task)
        waiting.extend(reversed(children.get(task.pk, [])))
    return ordered


class Outlined(Placed, Protocol):
    """A task as far as its number and kind in the outline go."""

    @property
    def wbs_code(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def keeps_code(self) -> bool: ...


class Line(NamedTuple):
    """What the outline makes of a task: its position from 1, its level from 0, its WBS code, its kind."""

    position: int
    level: int
    wbs_code: str
    kind: str


def outline[T: Outlined](tasks: Iterable[T]) -> list[tuple[T, Line]]:
    """Return tasks in the order of their outline, each with its line; O(n log n).

    A task with children is a work package; a work package without is a task.  A WBS code that is kept stays as it is.
    """
    ordered = in_outline_order(tasks)
    parents = {task.parent_id for task in ordered}
    levels: dict[int, int] = {}
    numbering = _Numbering([])
    lines = []
    for position, task in enumerate(ordered, start=1):
        level = levels[task.parent_id] + 1 if task.parent_id is not None else 0
        levels[task.pk] = level
        code = numbering.code(level)
        kind = _kind(task.kind, is_parent=task.pk in parents)
        lines.append((task, Line(position, level, task.wbs_code if task.keeps_code else code, kind)))
    return lines


class _Stored(NamedTuple):
    """A task's row as far as the outline goes."""

    pk: int
    parent_id: int | None
    position: int
    level: int
    wbs_code: str
    kind: str
    more: dict[str, Any]

    @property
    def keeps_code(self) -> bool:
        return bool(self.more.get("keeps_code"))


def renumber(plan: Plan) -> None:
    """Close gaps in positions and set levels, kinds of parents and WBS codes; needs a transaction.

    A task with children becomes a work package; one that loses its last child becomes a task again.  WBS codes that came
    from a file stay as they are.  2 queries.
    """
    rows = [_Stored._make(values) for values in plan.tasks.values_list(*_Stored._fields)]
    changed = [
        Task(pk=task.pk, **line._asdict())
        for task, line in outline(rows)
        if (task.position, task.level, task.wbs_code, task.kind) != line
    ]
    write_fields(changed, Line._fields)


def _kind(kind: str, *, is_parent: bool) -> str:
    if is_parent:
        return "summary"
    return "work" if kind == "summary" else kind
