"""Who is whose parent, and which summaries take part in the network."""

from collections import Counter
from typing import Final

from kaname.engine.network.errors import PlanError
from kaname.engine.network.plan import ConstraintType, Link, Plan, Task, TaskKind, TaskMode
from kaname.engine.text import Message, gettext_noop

NOBODY: Final = -1


class Outline:
    """Tasks by number (their place in `plan.tasks`), with parents, and summaries that need nodes of their own.

    Attributes
    ----------
    parents
        Number of the parent of each task, or `NOBODY`.
    summaries
        Whether each task has children that are scheduled into it.
    opens
        Summaries that bound their children: they have a predecessor or a constraint.
    closes
        Summaries whose dates must be known in order: they have a successor, or stand inside one that has.

    Raises
    ------
    PlanError
        If a uid is used twice, a parent is missing, or a parent does not stand before its children.
    """

    def __init__(self, plan: Plan) -> None:
        self.numbers: dict[int, int] = {task.uid: number for number, task in enumerate(plan.tasks)}
        if len(self.numbers) != len(plan.tasks):
            raise PlanError(_repeated(plan.tasks))
        self.parents = [self._parent(number, task, plan.tasks) for number, task in enumerate(plan.tasks)]
        parents = set(self.parents)
        self.summaries = [
            number in parents and (task.mode == TaskMode.AUTO or task.kind == TaskKind.SUMMARY)
            for number, task in enumerate(plan.tasks)
        ]
        self.opens: set[int] = {
            number
            for number, task in enumerate(plan.tasks)
            if self.summaries[number] and _is_bounding(task) and task.mode == TaskMode.AUTO
        }
        self.closes: set[int] = set()

    def join(self, links: list[tuple[int, int, Link]]) -> None:
        """Note which summaries the links (predecessor, successor, link) make part of the network."""
        starts = {before for before, _, _ in links if self.summaries[before]}
        self.opens |= {after for _, after, _ in links if self.summaries[after]}
        for number, parent in enumerate(self.parents):
            if self.summaries[number] and (number in starts or parent in self.closes):
                self.closes.add(number)

    def opener(self, number: int) -> int:
        """Return the nearest ancestor that bounds its children, or `NOBODY`."""
        parent = self.parents[number]
        while parent != NOBODY and parent not in self.opens:
            parent = self.parents[parent]
        return parent

    def is_inside(self, number: int, summary: int) -> bool:
        """Return whether a task stands below a summary, or is it."""
        while number not in (summary, NOBODY):
            number = self.parents[number]
        return number == summary

    def _parent(self, number: int, task: Task, tasks: tuple[Task, ...]) -> int:
        if task.parent_uid is None:
            return NOBODY
        parent = self.numbers.get(task.parent_uid, NOBODY)
        if parent == NOBODY:
            template = gettext_noop(
                "Task %(uid)s “%(name)s” names task %(parent)s as its parent, which does not exist."
            )
            raise PlanError([Message(template, {"uid": task.uid, "name": task.name, "parent": task.parent_uid})])
        if parent >= number:
            template = gettext_noop(
                "Task %(uid)s “%(name)s” stands before its parent “%(parent)s”, or is its own parent."
            )
            names: dict[str, str | int] = {"uid": task.uid, "name": task.name, "parent": tasks[parent].name}
            raise PlanError([Message(template, names)])
        return parent


def _is_bounding(task: Task) -> bool:
    return task.constraint not in (ConstraintType.ASAP, ConstraintType.ALAP) and task.constraint_at is not None


def _repeated(tasks: tuple[Task, ...]) -> list[Message]:
    template = gettext_noop("The number %(uid)s is used by %(count)s tasks, “%(name)s” among them.")
    counts = Counter(task.uid for task in tasks)
    names = {task.uid: task.name for task in tasks}
    return [
        Message(template, {"uid": uid, "count": count, "name": names[uid]})
        for uid, count in counts.items()
        if count > 1
    ]
