"""Monte Carlo simulation of a network: blocks of runs, on several threads, until it is exact enough."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

from kaname.engine.calendar.kernels import finish_moment, work_at
from kaname.engine.network import Network, compile_plan
from kaname.engine.network.arrays import Dates, Nodes
from kaname.engine.network.plan import Plan
from kaname.engine.simulation.arrays import BLOCK, NORMAL_CELLS, Results, Rows, Sums
from kaname.engine.simulation.drawing import MASK, mixed
from kaname.engine.simulation.jit import PLAIN, SimulationKernels, compiled_kernels, fitting
from kaname.engine.simulation.model import Model, build_model
from kaname.engine.simulation.paving import pave
from kaname.engine.simulation.spreads import normal_quantiles
from kaname.engine.simulation.types import MOST_RUNS, Question, QuestionError, Simulation, TaskInfluence
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY, MINUTES_PER_HOUR

EPOCH_RUNS: Final = 2048
"""After so many runs it is asked whether to go on; all threads of an epoch end before."""
_PLAIN_UP_TO: Final = 200_000
"""Nodes times runs up to which nothing is compiled: half a second at most."""
_Z95: Final = 1.959964

Progress = Callable[[int, int], bool]


def simulate(plan: Plan, question: Question, *, on_progress: Progress | None = None) -> Simulation:
    """Simulate a plan.

    Parameters
    ----------
    on_progress
        Called after every epoch with the runs done and wanted; a false answer ends the simulation with what there is.

    Raises
    ------
    QuestionError
        If the question makes no sense.
    PlanError, LoopError
        If the plan cannot be calculated.
    """
    return simulate_network(compile_plan(plan), question, on_progress=on_progress)


def simulate_network(network: Network, question: Question, *, on_progress: Progress | None = None) -> Simulation:
    """Simulate a compiled plan; O(runs x (tasks + links)), memory for a block per thread and two numbers a run.

    The same seed gives the same result whatever the number of threads.

    Raises
    ------
    QuestionError
        If the question makes no sense.
    PlanError
        If the plan could leave what can be counted.
    """
    check_runs(question)
    model = build_model(network, question)
    is_small = network.size * question.runs <= _PLAIN_UP_TO
    return Simulator(model, question, PLAIN if is_small else compiled_kernels()).run(on_progress)


def check_runs(question: Question) -> None:
    """Refuse too many runs, or none."""
    if not 1 <= question.runs <= MOST_RUNS:
        template = gettext_noop("A simulation has 1 to %(most)s runs.")
        raise QuestionError([Message(template, {"most": MOST_RUNS})])


@dataclass(slots=True)
class Buffers:
    """What one thread works in."""

    nodes: Nodes
    extras: Any
    one: Dates
    rows: Rows
    sums: Sums


class Simulator:
    """One simulation with one form of the passes."""

    def __init__(self, model: Model, question: Question, kernels: SimulationKernels) -> None:
        self.model = model
        self.question = question
        self.kernels = kernels
        network = model.network
        tables = network.tables
        self.eras: Any
        self.days: Any
        self.eras, self.days = (tables.eras, tables.days) if kernels.reads_arrays else tables.lists
        self.before = fitting(kernels, network.before)
        self.passes = fitting(kernels, model.passes)
        self.drawing = fitting(kernels, model.drawing)
        self.striking = fitting(kernels, model.striking)
        self.ways = fitting(kernels, pave(model, kernels, runs=question.runs)) if kernels.tabulate else None
        self.normals = fitting(kernels, _normal_table())
        self.seed = mixed((question.seed ^ (question.seed >> 32)) & MASK)
        self.span_rows = model.apart_count + 1
        self.planned_finish_at = model.plain[1]
        self.results = Results(
            finish=np.zeros(question.runs, dtype=np.int64),
            cost=np.zeros(question.runs, dtype=np.int64),
            place=np.array([place for _, place in model.watched], dtype=np.int32),
            watched=np.zeros(len(model.watched) * question.runs, dtype=np.int64),
        )

    def run(self, on_progress: Progress | None) -> Simulation:
        question = self.question
        done = 0
        is_converged = is_cancelled = False
        with self._threads() as share:
            while done < question.runs and not is_converged and not is_cancelled:
                end = min(done + EPOCH_RUNS, question.runs)
                share(done, end)
                done = end
                is_converged = question.error_days > 0 and done >= EPOCH_RUNS and self._is_exact(done)
                if on_progress is not None and not on_progress(done, question.runs):
                    is_cancelled = done < question.runs
            sums = self._added()
        half_width = self._half_width(done)
        return self._result(done, sums, half_width, is_converged=is_converged, is_cancelled=is_cancelled)

    def planned_work(self) -> int:
        """Return the working minutes of the plan's calendar up to the planned finish."""
        if self.planned_finish_at is None:
            return 0
        network = self.model.network
        return work_at(*network.tables.lists, network.book.project, self.planned_finish_at)

    def _is_exact(self, done: int) -> bool:
        return 0 < self._half_width(done) * 2 <= self.question.error_days * MINUTES_PER_DAY

    @contextmanager
    def _threads(self) -> Iterator[Callable[[int, int], None]]:
        count = max(1, min(self.question.threads, 64))
        self.buffers = [self.new_buffers() for _ in range(count)]
        if count == 1 or not self.kernels.reads_arrays:
            yield lambda start, end: self.run_blocks(self.buffers[0], start, end, BLOCK)
            return
        with ThreadPoolExecutor(count) as pool:

            def share(start: int, end: int) -> None:
                stride = BLOCK * count
                parts = [pool.submit(self.run_blocks, buffers, start + place * BLOCK, end, stride)
                         for place, buffers in enumerate(self.buffers)]  # fmt: skip
                for part in parts:
                    part.result()

            yield share

    def run_blocks(self, own: Buffers, start: int, end: int, stride: int) -> None:
        """Run a block of runs from every `stride` runs on."""
        model = self.model
        self.kernels.run_blocks(
            self.eras, self.days, own.nodes, self.before, own.extras, own.one, self.normals, self.drawing, self.striking,
            self.passes, self.ways, own.rows, own.sums, self.results, self.seed, start, end, stride, model.origin,
            model.floor, model.certain_cost, model.network.book.project, self.planned_work(),
            model.is_wide,
        )  # fmt: skip

    def new_buffers(self) -> Buffers:
        """Return what a thread works in."""
        model = self.model
        network = model.network
        nodes = len(network.nodes.kind)
        risks = len(model.risk_uids)
        factors = max((len(risk.loadings) for risk in self.question.risks), default=0)

        def ints(size: int, kind: Any = np.int32) -> Any:
            return fitting(self.kernels, np.zeros(size, dtype=kind))

        def floats(size: int) -> Any:
            return fitting(self.kernels, np.zeros(size, dtype=np.float32))

        extras = network.extras._replace(share_span=network.extras.share_span.copy())
        columns = [np.zeros(risks, dtype=np.int64) for _ in range(len(Sums._fields) - 1)]
        return Buffers(
            nodes=fitting(self.kernels, network.nodes._replace(span=network.nodes.span.copy())),
            extras=fitting(self.kernels, extras),
            one=fitting(self.kernels, network.empty_dates()),
            rows=Rows(
                dates=ints((2 * nodes + 1) * BLOCK),
                marks=ints(nodes, np.int64),
                spans=ints(self.span_rows * BLOCK),
                drivers=ints((model.apart_count + 1) * BLOCK),
                ends=ints((network.calendar_count + 1) * BLOCK),
                factors=floats((factors + 2) * BLOCK),
                hits=ints(len(model.striking.limit) * BLOCK),
                bills=ints(len(model.passes.rate) * BLOCK),
                mixes=ints(BLOCK, np.uint32),
                cells=ints(BLOCK),
                normals=floats(BLOCK),
                values=ints(BLOCK),
                lengths=ints(BLOCK),
                totals=ints(BLOCK, np.int64),
                cost=ints(BLOCK, np.int64),
            ),
            sums=fitting(self.kernels, Sums._make([*columns, np.zeros(2, dtype=np.int64)])),
        )

    def _added(self) -> Sums:
        parts = zip(*(own.sums for own in self.buffers), strict=True)
        added = [np.sum([np.array(part) for part in columns], axis=0) for columns in parts]
        return Sums._make(added)

    def _half_width(self, done: int) -> float:
        """Half the 95 % interval of the wanted percentile by order statistics (Conover, 1999, section 3.2)."""
        share = self.question.confidence / 100
        spread = _Z95 * (done * share * (1 - share)) ** 0.5
        low = max(int(done * share - spread), 0)
        high = min(int(done * share + spread) + 1, done - 1)
        ordered = np.partition(self.results.finish[:done], (low, high))
        return float(ordered[high] - ordered[low]) / 2

    def _result(
        self, done: int, sums: Sums, half_width: float, *, is_converged: bool, is_cancelled: bool
    ) -> Simulation:
        model = self.model
        finish, cost = self.results.finish[:done], self.results.cost[:done]
        watched_by = self.results.watched.reshape(len(model.watched), -1) if model.watched else np.zeros((0, 0))
        watched = {}
        for number, (uid, place) in enumerate(model.watched):
            watched[uid] = self.moments(place, watched_by[number, :done])
        return Simulation(
            seed=self.question.seed,
            runs=done,
            finish_at=finish,
            cost=(cost + MINUTES_PER_HOUR // 2) // MINUTES_PER_HOUR,
            planned_finish_at=self.planned_finish_at,
            planned_cost=(model.planned_cost + MINUTES_PER_HOUR // 2) // MINUTES_PER_HOUR,
            influences=_influences(model, sums, done),
            half_width_minutes=half_width,
            is_converged=is_converged,
            is_cancelled=is_cancelled,
            watched=watched,
        )

    def moments(self, place: int, values: np.ndarray) -> np.ndarray:
        """Return the moments of finishes that are counted in the space of a node."""
        space = int(self.model.passes.space[place])
        if space < 0:
            return values
        tables = self.model.network.tables.lists
        known = {value: finish_moment(*tables, space, value) for value in np.unique(values).tolist()}
        return np.array([known[value] for value in values.tolist()], dtype=np.int64)


def _influences(model: Model, sums: Sums, runs: int) -> tuple[TaskInfluence, ...]:
    mean, deviation = _moments_of(*sums.total.tolist(), runs)
    found = []
    for uid, critical, once, twice, both, short_count, short_sum, long_count, long_sum in zip(
        model.risk_uids, *(column.tolist() for column in sums[:-1]), strict=True
    ):
        own_mean, own_deviation = _moments_of(once, twice, runs)
        product = own_deviation * deviation
        criticality = critical / runs
        found.append(
            TaskInfluence(
                task_uid=uid,
                criticality=criticality,
                ssi=criticality * own_deviation / deviation if deviation else 0.0,
                cruciality=max(-1.0, min(1.0, (both / runs - own_mean * mean) / product)) if product else 0.0,
                mean_minutes=own_mean,
                deviation_minutes=own_deviation,
                finish_if_short=_shift(short_sum, short_count, mean),
                finish_if_long=_shift(long_sum, long_count, mean),
            )
        )
    return tuple(sorted(found, key=lambda influence: (-influence.ssi, -influence.cruciality, influence.task_uid)))


def _moments_of(once: int, twice: int, runs: int) -> tuple[float, float]:
    """Return mean and standard deviation from exact sums."""
    return once / runs, (max(twice * runs - once * once, 0) ** 0.5) / runs


def _shift(total: int, count: int, mean: float) -> float | None:
    return total / count - mean if count else None


@cache
def _normal_table() -> np.ndarray:
    """Return the mean of the standard normal numbers in each of equally probable cells: n (φ(a) - φ(b))."""
    edges = normal_quantiles(np.arange(1, NORMAL_CELLS) / NORMAL_CELLS)
    density = np.concatenate(([0.0], np.exp(-edges * edges / 2) / np.sqrt(2 * np.pi), [0.0]))
    return (NORMAL_CELLS * (density[:-1] - density[1:])).astype(np.float32)
