"""What no levelled plan can beat."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kaname.engine.calendar.kernels import BEYOND, CLOCK
from kaname.engine.leveling.plans.arrays import FOLLOWS, WAITS
from kaname.engine.leveling.plans.bench import Bench
from kaname.engine.leveling.plans.model import Part, PlanModel
from kaname.engine.network.arrays import FINISH_MAX, FS, LAGGED, POINT, RULE_WIDTH, START_MAX, WORK

NO_TAIL: Final = -BEYOND
_MOST_WORK: Final = (5_000, 200_000)
"""Placements that the rests after a resource's work may cost, with plain and with compiled kernels."""
_MOST_TAILS: Final = 40
"""Tails of one resource that are tried: of more, evenly spread ones from the shortest to the longest."""


@dataclass(frozen=True, slots=True)
class _Energy:
    """Tasks whose work a resource cannot have done before a moment; the plan goes on after it until `finish`."""

    done_at: int
    finish: int
    positions: tuple[int, ...]


def lower_bound(model: PlanModel, bench: Bench) -> int | None:
    """Return a moment before which the plan cannot finish, `None` for a plan without tasks.

    The latest of three: the finish of the network when everybody is always free; for each resource the moment by which it can
    have done all work of tasks that begin no earlier than some moment and are followed by some work at least, and that work (the
    energy of a set with a head and a tail: Klein and Scholl 1999, section 3; Baptiste, Le Pape and Nuijten 1999); and for the
    resource that is done last, whatever follows, the least finish that the network allows where one of these tasks ends then.
    Resources that work at different hours on different tasks, that change over time, or whose tasks may take more than there is
    are left out.  Cost: one schedule, for each resource its tasks times at most forty tails, and where that is not too much a
    schedule for each task that may be the last.
    """
    free = _Free(model, bench)
    finish = free.finish()
    if finish <= -BEYOND:
        return None
    starts = [int(start) for start in bench.dates.start]
    by_resource: dict[int, list[tuple[int, Part]]] = {}
    for position, parts in enumerate(model.parts):
        for part in parts:
            by_resource.setdefault(part.resource, []).append((position, part))
    energies = [
        energy
        for resource, taken in by_resource.items()
        if (energy := _energy(model, resource, taken, starts)) is not None
    ]
    last = max(energies, key=lambda energy: energy.done_at, default=None)
    if last is None:
        return finish
    return max(finish, *(energy.finish for energy in energies), _with_rest(model, free, last))


class _Free:
    """Schedules in which everybody is always free."""

    def __init__(self, model: PlanModel, bench: Bench) -> None:
        self.model = model
        self.bench = bench
        self.order = bench.listed([0] * model.size)
        self.most = _MOST_WORK[bench.kernels.reads_arrays]

    def finish(self, position: int | None = None, release: int = -BEYOND) -> int:
        """Return the finish of the plan if a node does not begin before its release."""
        limits = self.bench.limits
        kept = [int(role) for role in limits.role]
        usual = -BEYOND if position is None else int(limits.release[position])
        for place in range(self.model.size):
            limits.role[place] = FOLLOWS
        if position is not None:
            limits.release[position] = max(usual, release)
        self.bench.run(self.order)
        if position is not None:
            limits.release[position] = usual
        for place, role in enumerate(kept):
            limits.role[place] = role
        return self.bench.finish


def _with_rest(model: PlanModel, free: _Free, energy: _Energy) -> int:
    sinks = list(_sinks(model, energy.positions))
    if len(sinks) * model.size > free.most:
        return -BEYOND
    finishes = []
    for position in sinks:
        measure = model.network.book.measure(int(model.nodes.calendar[position]))
        release = measure.subtract(energy.done_at, int(model.nodes.span[position]))
        finishes.append(free.finish(position, release))
    return min(finishes, default=-BEYOND)


def _sinks(model: PlanModel, positions: Sequence[int]) -> Iterator[int]:
    """Yield the tasks of a set that may be the last of it to finish: no other of them begins after one."""
    inside = set(positions)
    after = model.network.after
    for position in positions:
        links = range(int(after.first[position]), int(after.first[position + 1]))
        follows = any(
            int(after.other[link]) in inside
            and (after.shape[link] == FS or (after.shape[link] == FS + LAGGED and after.lag[link] >= 0))
            for link in links
        )
        if not follows:
            yield position


def _energy(
    model: PlanModel, resource: int, taken: Sequence[tuple[int, Part]], starts: Sequence[int]
) -> _Energy | None:
    calendars = {part.calendar for _, part in taken}
    steps = model.capacity[resource]
    if len(calendars) > 1 or CLOCK in calendars or len(steps) > 1 or steps[0][1] == 0:
        return None
    calendar = calendars.pop()
    measure = model.network.book.measure(calendar)
    work = _work(model, taken, steps[0][1])
    tails = _tails(model, calendar)
    order = sorted(work, key=lambda position: -starts[position])
    last = _Energy(-BEYOND, -BEYOND, ())
    finish = -BEYOND
    for tail in _spread(sorted({0} | {tails[position] for position in work} - {NO_TAIL})):
        amount = 0
        for place, position in enumerate(order):
            if tails[position] < tail:
                continue
            amount += work[position]
            minutes = -(-amount // steps[0][1])
            finish = max(finish, measure.add(starts[position], minutes + tail))
            if tail == 0 and (done_at := measure.add(starts[position], minutes)) >= last.done_at:
                last = _Energy(done_at, -BEYOND, tuple(order[: place + 1]))
    return _Energy(last.done_at, finish, last.positions)


def _spread(values: Sequence[int]) -> Sequence[int]:
    most = min(_MOST_TAILS, len(values))
    return [values[place * (len(values) - 1) // max(most - 1, 1)] for place in range(most)]


def _tails(model: PlanModel, calendar: int) -> list[int]:
    """Return by position the working minutes of a calendar between a node's finish and that of the plan, at the least.

    Counted are chains of finish-to-start links through work on this calendar and milestones, so that no weekend of another
    calendar can shorten them; `NO_TAIL` where the finish of the plan does not hang on the node.
    """
    nodes, before, limits = model.nodes, model.network.before, model.limits
    tails = [0 if counts else NO_TAIL for counts in model.counts]
    for node in range(model.size - 1, -1, -1):
        if tails[node] == NO_TAIL:
            continue
        if limits.is_plain[node] and nodes.calendar[node] == calendar:
            length = int(nodes.span[node])
        elif nodes.kind[node] == POINT and _is_free(model, node):
            length = 0
        else:
            continue
        for link in range(before.first[node], before.first[node + 1]):
            shape = int(before.shape[link])
            if shape == FS or (shape == FS + LAGGED and before.calendar[link] == calendar):
                lag = int(before.lag[link]) if shape else 0
                other = int(before.other[link])
                tails[other] = max(tails[other], length + lag + tails[node])
    return tails


def _is_free(model: PlanModel, node: int) -> bool:
    """Return whether no date of its own can draw a milestone before what its links say."""
    rule = int(model.nodes.rule[node]) * RULE_WIDTH
    return rule < 0 or min(model.extras.rules[rule + START_MAX], model.extras.rules[rule + FINISH_MAX]) >= BEYOND


def _work(model: PlanModel, taken: Sequence[tuple[int, Part]], capacity: int) -> Mapping[int, int]:
    """Return the permille minutes of the tasks that wait for the resource as long as it takes."""
    limits = model.limits
    work: dict[int, int] = {}
    for position, part in taken:
        is_waiting = limits.role[position] == WAITS and model.nodes.kind[position] == WORK
        is_bound = min(limits.latest_start[position], limits.latest_finish[position]) < BEYOND
        if not is_waiting or is_bound or int(model.nodes.calendar[position]) != part.calendar:
            continue
        span = int(model.nodes.span[position])
        length = span if part.length < 0 else max(0, min(part.length, span - part.offset))
        work[position] = length * min(part.units, capacity)
    return work
