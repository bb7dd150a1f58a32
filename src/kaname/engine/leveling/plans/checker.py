"""The independent check of a levelled plan: its dates are those of the network, and nobody is taken twice unless it is told."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from kaname.engine.leveling.checker import BrokenSchedule
from kaname.engine.leveling.plans.arrays import FOLLOWS, WAITS
from kaname.engine.leveling.plans.loads import Load, overallocations
from kaname.engine.leveling.plans.model import PlanModel
from kaname.engine.network import Schedule
from kaname.engine.network import arrays as net


def check_dates(model: PlanModel, found: Schedule, starts: Sequence[int], finishes: Sequence[int]) -> None:
    """Check that the network gives the levelled plan the dates that levelling gave it.

    Raises
    ------
    BrokenSchedule
        With every task whose dates differ.
    """
    faults = []
    for number, task in enumerate(model.plan.tasks):
        position = int(model.network.position[number])
        if model.nodes.kind[position] == net.IDLE:
            continue
        levelled = (int(starts[position]), int(finishes[position]))
        place = int(found.network.position[number])
        calculated = (int(found.dates.start[place]), int(found.dates.finish[place]))
        if levelled != calculated:
            faults.append(f"task {task.uid} levelled {levelled}, calculated {calculated}")
    if faults:
        raise BrokenSchedule(faults)


def check_loads(model: PlanModel, loads: Sequence[Sequence[Load]], forced: Collection[int]) -> None:
    """Check that no levelled task takes more than is free.

    Tasks that stand where they are told to before any other, and levelled tasks but the `forced` ones (positions), may
    together never take more than there is at a moment at which one of the latter works; where one alone takes more than there
    ever is, it counts as all of it.

    Raises
    ------
    BrokenSchedule
        With every stretch in which they do.
    """
    counted = set(base_positions(model)) | {
        position for position in range(model.size) if model.limits.role[position] == WAITS and position not in forced
    }
    clipped = [
        [_clipped(model, resource, load) for load in taken if load.position in counted]
        for resource, taken in enumerate(loads)
    ]
    levelled = {model.task_at(position).uid for position in counted if model.limits.role[position] == WAITS}
    faults = [
        f"resource {each.resource_uid} from {each.start_at} to {each.finish_at}: {each.units} of {each.capacity} "
        f"by {each.task_uids}"
        for each in overallocations(model, clipped)
        if levelled.intersection(each.task_uids)
    ]
    if faults:
        raise BrokenSchedule(faults)


def _clipped(model: PlanModel, resource: int, load: Load) -> Load:
    peak = max(units for _, units in model.capacity[resource])
    return load if load.units <= peak else replace(load, units=peak)


def base_positions(model: PlanModel) -> Sequence[int]:
    """Return the nodes that levelling does not move and that follow none that it may move, in topological order."""
    before: Any = model.network.before
    moves = [False] * model.size
    base = []
    for position in range(model.size):
        others = before.other[int(before.first[position]) : int(before.first[position + 1])].tolist()
        moves[position] = model.limits.role[position] != FOLLOWS or any(moves[other] for other in others)
        if not moves[position]:
            base.append(position)
    return base
