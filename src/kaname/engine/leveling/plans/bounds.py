"""What no levelled plan can beat."""

from collections.abc import Mapping, Sequence

from kaname.engine.calendar.kernels import BEYOND, CLOCK
from kaname.engine.leveling.plans.arrays import FOLLOWS, WAITS
from kaname.engine.leveling.plans.bench import Bench
from kaname.engine.leveling.plans.model import Part, PlanModel


def lower_bound(model: PlanModel, bench: Bench) -> int | None:
    """Return a moment before which the plan cannot finish, `None` for a plan without tasks.

    The later of two: the finish of the network when everybody is always free, and for each resource the moment by which it
    can have done all work of tasks that begin no earlier than some moment (the energy of a set, as in energetic reasoning of
    Baptiste, Le Pape and Nuijten 1999).  Resources that work at different hours on different tasks, that change over time, or
    whose tasks may take more than there is are left out.  Cost: one schedule, and tasks of a resource squared.
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
    measure = model.network.book.measure(calendars.pop())
    work = _work(model, taken, steps[0][1])
    found = -BEYOND
    amount = 0
    for position in sorted(work, key=lambda position: -starts[position]):
        amount += work[position]
        found = max(found, measure.add(starts[position], -(-amount // steps[0][1])))
    return found


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
