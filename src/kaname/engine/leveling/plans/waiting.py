"""Why tasks of a levelled plan do not begin earlier."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from kaname.engine.calendar.kernels import CLOCK
from kaname.engine.leveling.plans.arrays import NOBODY
from kaname.engine.leveling.plans.loads import Load
from kaname.engine.leveling.plans.model import PlanModel
from kaname.engine.leveling.plans.types import Wait, WaitKind
from kaname.engine.network import Schedule
from kaname.engine.network import arrays as net


def waits_of(model: PlanModel, waits: Any, free: Schedule, loads: Sequence[Sequence[Load]]) -> Mapping[int, Wait]:
    """Return by uid what holds each task that is no summary.

    Parameters
    ----------
    waits
        `Bench.waits` of the schedule.
    free
        The levelled plan as the network calculates it.
    loads
        Who works when, by resource.
    """
    ordered = [sorted(taken, key=lambda load: (load.finish, load.units)) for taken in loads]
    found: dict[int, Wait] = {}
    for number, task in enumerate(model.plan.tasks):
        position = int(model.network.position[number])
        if model.nodes.kind[position] in (net.IDLE, net.OPENING, net.CLOSING):
            continue
        start = int(free.dates.start[position])
        minutes = max(0, start - int(waits.settled[position]))
        if minutes == 0:
            cause = free.driven_by(task.uid)
            found[task.uid] = Wait(kind=WaitKind.NETWORK, task_uid=cause.task_uid, network=cause)
        elif waits.held[position] == NOBODY or waits.floor[position] <= model.limits.release[position]:
            found[task.uid] = Wait(kind=WaitKind.HELD, minutes=minutes)
        else:
            found[task.uid] = _resource_wait(model, position, waits, ordered, minutes=minutes)
    return found


def _resource_wait(
    model: PlanModel, position: int, waits: Any, loads: Sequence[Sequence[Load]], *, minutes: int
) -> Wait:
    """Name the load that ends where the wait does; where none ends there, the resource itself was not there."""
    resource, until = int(waits.held[position]), int(waits.floor[position])
    last = _last_before(model, loads[resource], until, position)
    uid = model.resources[resource].uid
    if last is None:
        return Wait(kind=WaitKind.CAPACITY, resource_uid=uid, minutes=minutes)
    holder = model.task_at(last.position).uid
    return Wait(kind=WaitKind.RESOURCE, resource_uid=uid, task_uid=holder, minutes=minutes)


def _last_before(model: PlanModel, loads: Sequence[Load], until: int, position: int) -> Load | None:
    """Return the load that keeps a person busy until a moment; `loads` are in order of their finish."""
    place = bisect_right(loads, until, key=lambda load: load.finish)
    while place > 0:
        place -= 1
        load = loads[place]
        if load.position != position and load.start < until:
            return load if until <= _reopened(model, load) else None
    return None


def _reopened(model: PlanModel, load: Load) -> int:
    """Return when the person works next after a load."""
    return (
        load.finish if load.calendar == CLOCK else model.network.book.measure(load.calendar).next_working(load.finish)
    )
