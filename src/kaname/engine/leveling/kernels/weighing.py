# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""What a schedule costs, and how one is made cheaper: shifted from its end and back within what its cost allows."""

from kaname.engine.leveling.arrays import Aims, Ints, Loads, Pool, Room, Web
from kaname.engine.leveling.kernels.lists import mirror, read_list
from kaname.engine.leveling.kernels.placing import serial_from


def group_end(group: int, starts: Ints, loads: Loads, aims: Aims) -> int:
    """Return the last finish of a group."""
    end = aims.floor[group]
    for place in range(aims.first[group], aims.first[group + 1]):
        activity = aims.member[place]
        end = max(end, starts[activity] + loads.duration[activity])
    return end


def weighed(starts: Ints, loads: Loads, aims: Aims) -> int:
    """Return the cost of a schedule."""
    cost = aims.base
    for group in range(len(aims.due)):
        cost += aims.weight[group] * max(0, group_end(group, starts, loads, aims) - aims.due[group])
    if aims.is_stable:
        for activity in range(len(loads.duration)):
            cost += aims.move[activity] * abs(starts[activity] - aims.target[activity])
    return cost


def bind(starts: Ints, end: int, loads: Loads, aims: Aims, floors: Room) -> None:
    """Say how far each activity may move towards `end` at no cost, as least moments of the backward frame.

    No group may finish later than it does and than it is due, no activity may pass its target.
    """
    for activity in range(len(loads.duration)):
        floors[activity] = 0
    for group in range(len(aims.due)):
        allowed = end - max(aims.due[group], group_end(group, starts, loads, aims))
        for place in range(aims.first[group], aims.first[group + 1]):
            activity = aims.member[place]
            floors[activity] = max(floors[activity], allowed)
    if aims.is_stable:
        for activity in range(len(loads.duration)):
            if aims.move[activity] > 0:
                latest = max(starts[activity], aims.target[activity])
                floors[activity] = max(floors[activity], end - latest - loads.duration[activity])


def made_of(child: Ints, origin: int, forward: Web, backward: Web, loads: Loads, aims: Aims, pool: Pool) -> int:
    """Schedule a list, shift the schedule as its cost allows, leave the better of both in `made`; return its cost.

    Without targets the schedule is shifted from its end and back (double justification, Valls, Ballestin and Quintanilla 2005,
    with a latest finish for each activity): no group finishes later.  With targets it is shifted once, towards them.
    """
    count = len(loads.duration)
    for activity in range(count):
        pool.floors[activity] = pool.held[activity] * aims.target[activity] if aims.is_stable else 0
    end = serial_from(child, 0, forward, loads, pool.free, origin, pool.floors, pool.made)
    cost = weighed(pool.made, loads, aims)
    frame = max(end, aims.far)
    bind(pool.made, frame, loads, aims, pool.floors)
    mirror(pool.made, loads, frame, pool.moment, 0)
    read_list(pool.moment, 0, backward, loads, pool, pool.chance, 0, frame)
    serial_from(pool.chance, 0, backward, loads, pool.free, origin + frame - 1, pool.floors, pool.moment)
    mirror(pool.moment, loads, frame, pool.kept, 0)
    for activity in range(count):
        pool.floors[activity] = 0
        if pool.kept[activity] < forward.bound[activity]:
            return cost
    if not aims.is_stable:
        read_list(pool.kept, 0, forward, loads, pool, pool.chance, 0, frame)
        serial_from(pool.chance, 0, forward, loads, pool.free, origin, pool.floors, pool.kept)
    found = weighed(pool.kept, loads, aims)
    if found <= cost:
        cost = found
        for activity in range(count):
            pool.made[activity] = pool.kept[activity]
    return cost
