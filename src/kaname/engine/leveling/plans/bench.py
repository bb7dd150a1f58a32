"""Room to make schedules of one plan in, one after another."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from kaname.engine.calendar.kernels import BEYOND
from kaname.engine.leveling.plans.arrays import Waits
from kaname.engine.leveling.plans.jit import PLAIN, Kernels, fitting
from kaname.engine.leveling.plans.model import PlanModel
from kaname.engine.network.jit import fitting_tables


class Bench:
    """All that one thread writes while it levels a plan; threads with a bench each may run at the same time.

    A bench of the compiled kernels (`jit.compiled_kernels()`) holds arrays, one of the plain kernels lists.

    Attributes
    ----------
    spans
        Working minutes by position: those of the plan, and free to be overwritten before a run, as a simulation does.
        A task that several people share out (`net.SHARED`) has its lengths in `share_spans`, from the column `FIRST_SHARE`
        of its rule to `END_SHARE`, and `spans` only says how the people's stretches are scaled.
    lines
        What is free of each resource after the run, as steps.
    dates
        `start`, `finish`, `work` and `driver` by position, as the network knows them.
    waits
        By position: `settled`, the start without levelling; `floor`, the moment before which levelling let it not begin;
        `held`, the place in `model.resources` of the resource that it waited for last; `forced`, whether it takes more than
        is free.

    Examples
    --------
    >>> from kaname.engine.leveling.plans import prepare_plan
    >>> from kaname.engine.network.plan import Assignment, Plan, Resource, Task
    >>> tasks = (Task(uid=1, name="wire", duration_minutes=480), Task(uid=2, name="solder", duration_minutes=240))
    >>> taken = tuple(Assignment(task_uid=task.uid, resource_uid=7) for task in tasks)
    >>> plan = Plan(start_at=480, tasks=tasks, resources=(Resource(uid=7, name="Abe"),), assignments=taken)
    >>> bench = Bench(prepare_plan(plan))
    >>> bench.run(bench.listed([1, 0])), bench.finish
    (0, 2160)
    >>> bench.dates.start, bench.dates.finish
    ([780, 480], [2160, 720])
    """

    def __init__(self, model: PlanModel, kernels: Kernels = PLAIN) -> None:
        self.model = model
        self.kernels = kernels
        count = model.size
        self.eras, self.days = fitting_tables(kernels, model.network.tables)
        self.nodes = fitting(kernels, model.nodes)
        self.before = fitting(kernels, model.network.before)
        self.after = fitting(kernels, model.network.after)
        self.extras = fitting(kernels, model.extras)
        self.dates = fitting(kernels, model.network.empty_dates())
        self.takes = fitting(kernels, model.takes)
        self.limits = fitting(kernels, model.limits)
        self.whole = fitting(kernels, model.whole)
        self.lines = fitting(kernels, model.whole)
        self.stays = fitting(kernels, model.stays)
        self.waits = Waits(*(self.room(count) for _ in Waits._fields))
        self.order = self.room(count)
        self._waiting = self.room(count)
        self._heap = self.room(count)

    @property
    def spans(self) -> Any:
        """Working minutes by position."""
        return self.nodes.span

    @property
    def share_spans(self) -> Any:
        """Working minutes by share."""
        return self.extras.share_span

    @property
    def finish(self) -> int:
        """The last finish of what counts for the plan; `-BEYOND` for a plan without tasks."""
        if self.kernels.reads_arrays:
            return int(self.dates.finish[self.model.counts == 1].max(initial=-BEYOND))
        counted = zip(self.dates.finish, self.model.counts.tolist(), strict=True)
        return max((finish for finish, counts in counted if counts), default=-BEYOND)

    def room(self, count: int) -> Any:
        """Return room for so many numbers, in the form of the kernels."""
        return fitting(self.kernels, np.zeros(count, dtype=np.int64))

    def listed(self, keys: Sequence[int]) -> Any:
        """Return a list of all nodes in which the one with the least key comes next whenever all that drives it is listed.

        Parameters
        ----------
        keys
            By position; of equal keys the first position comes first.

        Returns
        -------
        sequence of int
            Positions, for `run`; a new one at each call.  O(nodes log nodes + links).
        """
        order = self.room(self.model.size)
        self.list_into(fitting(self.kernels, np.asarray(keys, dtype=np.int64)), order)
        return order

    def list_into(self, keys: Any, order: Any) -> None:
        """Write the list that `listed` returns into room that is at hand; `keys` as the kernels read them."""
        self.kernels.list_by_keys(self.before, self.after, keys, self._waiting, self._heap, order)

    def run(self, order: Any) -> int:
        """Place all nodes in the order of a list, each as early as it can; return how many take more than is free.

        Parameters
        ----------
        order
            All positions, none before what drives it, as `listed` makes it; kept as it is, so that one list serves many runs.

        Notes
        -----
        Writes `dates`, `waits` and `lines`.  No memory is allocated, and compiled kernels let other threads run meanwhile.
        """
        model = self.model
        self.kernels.clear(self.lines, self.whole, self.stays)
        network = (self.eras, self.days, self.nodes, self.before, self.extras, self.dates)
        people = (self.takes, self.whole, self.lines, self.stays, self.limits, self.waits)
        edges = (model.network.origin, model.floor)
        return int(self.kernels.place_serially(*network, *people, order, model.size, *edges))
