"""What no levelled plan can beat."""

from collections.abc import Mapping, Sequence
from typing import Final

from kaname.engine.calendar.kernels import BEYOND, CLOCK
from kaname.engine.leveling.plans.arrays import FOLLOWS, WAITS
from kaname.engine.leveling.plans.bench import Bench
from kaname.engine.leveling.plans.model import Part, PlanModel
from kaname.engine.network.arrays import FINISH_MAX, FS, LAGGED, POINT, RULE_WIDTH, START_MAX

NO_TAIL: Final = -BEYOND


def lower_bound(model: PlanModel, bench: Bench) -> int | None:
    """Return a moment before which the plan cannot finish, `None` for a plan without tasks.

    The later of two: the finish of the network when everybody is always free, and for each resource the moment by which it
    can have done all work of tasks that begin no earlier than some moment and are followed by some work at least, and that work
    (the energy of a set with a head and a tail: Klein and Scholl 1999, section 3; Baptiste, Le Pape and Nuijten 1999).  Resources that work at different hours on different tasks, that change over time, or
    whose tasks may take more than there is are left out.  Cost: one schedule, and tasks of a resource cubed at worst.
    """
    roles = list(bench.limits.role)
    for position in range(model.size):
        bench.limits.role[position] = FOLLOWS
    bench.run(bench.listed([0] * model.size))
    starts = [int(start) for start in bench.dates.start]
    finish = bench.finish
    for position, role in enumerate(roles):
        bench.limits.role[position] = role
    if finish <= -BEYOND:
        return None
    by_resource: dict[int, list[tuple[int, Part]]] = {}
    for position, parts in enumerate(model.parts):
        for part in parts:
            by_resource.setdefault(part.resource, []).append((position, part))
    energies = (_energy(model, resource, taken, starts) for resource, taken in by_resource.items())
    return max(finish, *energies, -BEYOND)


def _energy(model: PlanModel, resource: int, taken: Sequence[tuple[int, Part]], starts: Sequence[int]) -> int:
    calendars = {part.calendar for _, part in taken}
    steps = model.capacity[resource]
    if len(calendars) > 1 or CLOCK in calendars or len(steps) > 1 or steps[0][1] == 0:
        return -BEYOND
    calendar = calendars.pop()
    work = _work(model, taken, steps[0][1])
    tails = _tails(model, calendar)
    measure = model.network.book.measure(calendar)
    by_start = sorted(work, key=lambda position: -starts[position])
    found = -BEYOND
    for tail in {tails[position] for position in work} - {NO_TAIL}:
        amount = 0
        for position in by_start:
            if tails[position] >= tail:
                amount += work[position]
                found = max(found, measure.add(starts[position], -(-amount // steps[0][1]) + tail))
    return found


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
        is_waiting = limits.role[position] == WAITS
        is_bound = min(limits.latest_start[position], limits.latest_finish[position]) < BEYOND
        if not is_waiting or is_bound or int(model.nodes.calendar[position]) != part.calendar:
            continue
        span = int(model.nodes.span[position])
        length = span if part.length < 0 else max(0, min(part.length, span - part.offset))
        work[position] = length * min(part.units, capacity)
    return work
