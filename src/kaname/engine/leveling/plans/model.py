"""A plan made ready to be levelled, once for many schedules."""

from dataclasses import dataclass, replace
from typing import Any

from kaname.engine.calendar.kernels import BEYOND
from kaname.engine.leveling.plans.arrays import Limits, Lines, Stays, Takes
from kaname.engine.network import Network
from kaname.engine.network import arrays as net
from kaname.engine.network.plan import Dialect, Plan, Resource, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a task takes of a resource.

    Parameters
    ----------
    resource
        Place in `PlanModel.resources`.
    calendar
        Number of the calendar in the network's timebook on which the person works on this task, `CLOCK` for all the time.
    offset, length
        Working minutes from the start of the task, and how many; `WHOLE` for the whole task.
    """

    resource: int
    units: int
    calendar: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class PlanModel:
    """A plan, its network, and what its tasks take; frozen, and free for many threads.

    Attributes
    ----------
    plan
        What is levelled: forward from its start, without the levelling delays of tasks that may move.
    resources
        The work resources of the plan.
    parts
        By position, what each node takes.
    capacity
        By resource, the steps of its capacity; the first begins at `-BEYOND`.
    takes, whole, stays, limits
        The same for the kernels; `whole` is what is free while nothing is placed, with room for one schedule, `stays` room too.
    nodes, extras
        The network's, with a rule for every node that can be held back.
    counts
        By position, 1 for the nodes that make the finish of the plan.
    """

    plan: Plan
    network: Network
    resources: tuple[Resource, ...]
    parts: tuple[tuple[Part, ...], ...]
    capacity: tuple[tuple[tuple[int, int], ...], ...]
    takes: Takes
    whole: Lines
    stays: Stays
    limits: Limits
    nodes: net.Nodes
    extras: net.Extras
    counts: Any

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.nodes.kind)

    @property
    def floor(self) -> int:
        """The moment before which nothing begins, whatever drives it: in Primavera the data date."""
        return self.network.origin if self.plan.rules.dialect == Dialect.PRIMAVERA else -BEYOND

    def position(self, uid: int) -> int:
        """Return the position of a task."""
        return int(self.network.position[self.network.outline.numbers[uid]])

    def task_at(self, position: int) -> Task:
        """Return the task of a node."""
        return self.plan.tasks[int(self.network.task[position])]


def delayed_plan(model: PlanModel, waits: Any) -> Plan:
    """Return the plan with levelling delays that give the dates of a bench's last run, to the minute.

    Parameters
    ----------
    waits
        `Bench.waits` after the run.
    """
    delays: dict[int, int] = {}
    for number, task in enumerate(model.plan.tasks):
        place = int(model.network.position[number])
        if waits.floor[place] > waits.settled[place]:
            delays[task.uid] = int(waits.floor[place] - waits.settled[place]) + task.leveling_delay_minutes
    tasks = (
        replace(task, leveling_delay_minutes=delays[task.uid]) if task.uid in delays else task
        for task in model.plan.tasks
    )
    return replace(model.plan, tasks=tuple(tasks))
