"""Monte Carlo simulation of a plan whose people do one thing at a time."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from kaname.engine.calendar.kernels import BEYOND
from kaname.engine.leveling.plans import Bench, PlanModel, prepare_plan
from kaname.engine.leveling.plans.jit import PLAIN as PLAIN_PLACING
from kaname.engine.leveling.plans.jit import Kernels as PlacingKernels
from kaname.engine.network import schedule_network
from kaname.engine.network.plan import Plan
from kaname.engine.simulation.arrays import Takers
from kaname.engine.simulation.jit import PLAIN_SHARED, SimulationKernels, compiled_shared_kernels, fitting
from kaname.engine.simulation.model import build_model
from kaname.engine.simulation.simulate import Buffers, Progress, Simulator, check_runs
from kaname.engine.simulation.types import Question, Simulation

_PLAIN_UP_TO: Final = 10_000
"""Nodes times runs up to which nothing is compiled: half a second at most."""


def simulate_shared(plan: Plan, question: Question, *, on_progress: Progress | None = None) -> Simulation:
    """Simulate a plan in which a task waits until the people assigned to it are free.

    The plan is levelled once as it stands, by the list of three (latest start, latest finish, total float) that ends first.
    The order in which its tasks then begin is their priority in every run: the serial scheduler (Kelley, 1963) places them in
    that order, each as early as links, calendars and people allow with the durations of the run.  This is an activity-based
    policy (Stork, 2001) but for one thing: a task may fill a gap before one that has priority, and whether it fits is known
    from the durations drawn.

    Parameters
    ----------
    question
        What is drawn in a run is what `simulate` draws in it, so that both can be compared run by run.
    on_progress
        Called after every epoch with the runs done and wanted; a false answer ends the simulation with what there is.

    Returns
    -------
    Simulation
        `planned_finish_at` is the finish of the levelled plan.  `criticality` of a task is the share of the runs in which it
        lay on the chain of links and people that drives the finish: back from the last task to the predecessor that drove
        the start, or to those who had the person that the task waited for.

    Raises
    ------
    QuestionError
        If the question makes no sense.
    PlanError, LoopError
        If the plan cannot be calculated.

    Notes
    -----
    O(runs x (tasks x people of a task + links)), some microseconds a task and run; the same seed gives the same result
    whatever the number of threads.
    """
    check_runs(question)
    prepared = prepare_plan(plan)
    is_small = prepared.size * max(question.runs, 64) <= _PLAIN_UP_TO
    passes, placing = (PLAIN_SHARED, PLAIN_PLACING) if is_small else compiled_shared_kernels()
    return SharedSimulator(prepared, question, passes, placing).run(on_progress)


class SharedSimulator(Simulator):
    """One simulation with shared people."""

    def __init__(
        self, prepared: PlanModel, question: Question, kernels: SimulationKernels, placing: PlacingKernels
    ) -> None:
        super().__init__(build_model(prepared.network, question), question, kernels)
        self.prepared = prepared
        self.placing = placing
        self.span_rows = prepared.size
        bench = Bench(prepared, placing)
        self.order = base_order(bench)
        bench.run(self.order)
        self.planned_finish_at = bench.finish if bench.finish > -BEYOND else None
        self.takers = fitting(kernels, _takers(prepared, self.order))
        self.counts = fitting(kernels, prepared.counts)
        self.benches: dict[int, Bench] = {}

    def new_buffers(self) -> Buffers:
        """Return what a thread works in, with a bench of its own."""
        buffers = super().new_buffers()
        self.benches[id(buffers)] = Bench(self.prepared, self.placing)
        return buffers

    def run_blocks(self, own: Buffers, start: int, end: int, stride: int) -> None:
        """Run a block of runs from every `stride` runs on."""
        model, bench = self.model, self.benches[id(own)]
        self.kernels.run_blocks(
            self.eras, self.days, bench.nodes, bench.before, bench.extras, bench.dates, bench.takes, bench.whole, bench.lines,
            bench.stays, bench.limits, bench.waits, self.takers, self.order, self.counts, self.normals, self.drawing, self.striking,
            self.passes, own.rows, own.sums, self.results, self.seed, start, end, stride, model.origin, self.prepared.floor,
            model.certain_cost, model.network.book.project, self.planned_work(),
        )  # fmt: skip

    def moments(self, place: int, values: np.ndarray) -> np.ndarray:
        """Return finishes as they are: they are counted on the clock."""
        del place
        return values


def base_order(bench: Bench) -> Any:
    """Return the list in which the tasks of a levelled plan begin, the shortest plan of three lists."""
    plain = schedule_network(bench.model.network).dates
    best: tuple[int, Sequence[int], np.ndarray] | None = None
    for keys in (plain.late_start, plain.late_finish, plain.total_float):
        bench.run(bench.listed(keys.tolist()))
        found = (bench.finish, np.array(bench.dates.start), keys)
        if best is None or found[0] < best[0]:
            best = found
    assert best is not None  # noqa: S101 - three lists were tried
    _, starts, keys = best
    rank = np.empty(len(starts), dtype=np.int64)
    rank[np.lexsort((keys, starts))] = np.arange(len(starts))
    return bench.listed(rank.tolist())


def _takers(prepared: PlanModel, order: Sequence[int]) -> Takers:
    takes = prepared.takes
    owners = np.repeat(np.arange(prepared.size), np.diff(takes.first))
    by_resource = np.argsort(takes.resource, kind="stable")
    counts = np.bincount(takes.resource, minlength=len(prepared.resources))
    rank = np.empty(prepared.size, dtype=np.int64)
    rank[np.array(order, dtype=np.int64)] = np.arange(prepared.size)
    first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Takers(first, owners[by_resource].astype(np.int64), rank)
