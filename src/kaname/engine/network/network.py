"""A plan compiled for calculation."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.calendar.kernels import BEYOND
from kaname.engine.calendar.tables import Tables
from kaname.engine.network.arrays import BY_NOTHING, Dates, Extras, Int32s, Links, Nodes
from kaname.engine.network.outline import Outline
from kaname.engine.network.plan import Link, Plan
from kaname.engine.network.terms import TermsReader
from kaname.engine.network.timebook import Timebook
from kaname.engine.text import Message

NO_LINK: Final = -1
DRIVER: Final = Dates._fields.index("driver")


@dataclass(frozen=True, slots=True)
class Network:
    """A plan as flat arrays in topological order; made by `compile_plan`, calculated by `schedule_network`.

    Attributes
    ----------
    position
        Position of each task by its place in `plan.tasks`.
    opening
        Position of each task's opening node, or -1.
    task
        Place in `plan.tasks` of the task of each position; of the summary for an opening node.
    plan_link
        Place in `plan.links` of each link of `before`, or -1 for a bond between summary and child.
    hammocks
        Places in `plan.tasks` of the tasks that are stretched after the passes.
    parents, rolls, counts
        By place in `plan.tasks`: place of the parent or -1, whether it is a summary to roll up, and whether it counts for
        its parent.
    origin
        The moment before which nothing begins of its own accord: the start of the plan or its data date.
    """

    plan: Plan
    outline: Outline
    book: Timebook
    reader: TermsReader
    tables: Tables
    nodes: Nodes
    idle: NDArray[np.int32]
    """Positions of the nodes that the passes leave alone."""
    before: Links
    after: Links
    extras: Extras
    position: Int32s
    opening: Int32s
    task: Int32s
    plan_link: Int32s
    hammocks: tuple[int, ...]
    hammock_links: tuple[tuple[int, int, Link], ...]
    parents: Int32s
    rolls: NDArray[np.uint8]
    counts: NDArray[np.uint8]
    origin: int
    late_tasks: NDArray[np.int32]
    """Positions of the tasks that are to be as late as possible."""
    warnings: tuple[Message, ...]

    @property
    def calendar_count(self) -> int:
        """How many calendars the tables hold."""
        return int(self.tables.eras[7])

    @property
    def size(self) -> int:
        """Nodes and links: what a calculation costs in proportion to."""
        return len(self.nodes.kind) + len(self.before.other)

    def empty_dates(self) -> Dates:
        """Return arrays for results; the passes write every node but the idle ones, whose moments are unknown."""
        count = len(self.nodes.kind)
        moments = (BEYOND, -BEYOND, 0, BY_NOTHING, BEYOND, BEYOND, 0)
        columns = [np.empty(count, dtype=np.int32 if place == DRIVER else np.int64) for place in range(len(moments))]
        for column, moment in zip(columns, moments, strict=True):
            column[self.idle] = moment
        return Dates._make(columns)
