"""Where more is taken of somebody than there is: a sweep in plain Python over who works when.

It reads the model's plan, its parts and capacities and nothing of the kernels, and counts to the minute: two tasks of one person
that lie across one another on the clock do not disturb one another where the person works on them at different hours.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from kaname.engine.calendar.kernels import BEYOND, CLOCK
from kaname.engine.leveling.plans.model import Part, PlanModel
from kaname.engine.leveling.plans.types import Overallocation
from kaname.engine.network import arrays as net
from kaname.engine.units import MINUTES_PER_DAY, PERMILLE, day_of

Dates = Mapping[int, tuple[int, int]]
"""Start and finish by position."""

_MOST_DAYS: Final = 3660
"""Stretches longer than ten years are not counted day by day."""


@dataclass(frozen=True, slots=True)
class Load:
    """Work of a person on a task: from `start` to `finish`, in the hours of `calendar`."""

    position: int
    start: int
    finish: int
    units: int
    calendar: int


def loads_of(model: PlanModel, dates: Dates, begins: Mapping[int, int]) -> list[list[Load]]:
    """Return the loads of each resource.

    Parameters
    ----------
    dates
        Start and finish by position; nodes that are not among them take nobody.
    begins
        By position, where the remaining work of tasks that have begun goes on.
    """
    loads: list[list[Load]] = [[] for _ in model.resources]
    for position, (start, finish) in dates.items():
        for part in model.parts[position]:
            begin, end = _stretch(model, part, max(start, begins.get(position, start)), finish)
            if begin < end:
                loads[part.resource].append(Load(position, begin, end, part.units, part.calendar))
    return loads


def _stretch(model: PlanModel, part: Part, start: int, finish: int) -> tuple[int, int]:
    if part.length < 0:
        return start, finish
    measure = model.network.book.measure(part.calendar)
    begin = measure.next_working(measure.add(start, part.offset))
    return min(begin, finish), min(measure.add(begin, part.length), finish)


def overallocations(model: PlanModel, loads: Sequence[Sequence[Load]]) -> tuple[Overallocation, ...]:
    """Return every stretch in which more is taken than there is, in order of start; done work alone is none.

    Stretches of one resource and the same tasks are told as one, from the first minute to the last.
    """
    found = [
        each
        for resource, taken in enumerate(loads)
        for each in _of_resource(model, resource, taken, model.capacity[resource])
    ]
    return tuple(sorted(found, key=lambda each: (each.start_at, each.resource_uid, each.task_uids)))


def overload_minutes(model: PlanModel, loads: Sequence[Sequence[Load]]) -> int:
    """Return the person minutes of working time by which more is taken than there is, rounded down; done work alone is none."""
    total = 0
    for resource, taken in enumerate(loads):
        for start, finish, there, limit in _short(model, taken, model.capacity[resource]):
            if all(_is_done(model, load.position) for load in there):
                continue
            calendars = {load.calendar for load in there}
            minutes = finish - start
            if len(calendars) == 1 and CLOCK not in calendars:
                minutes = model.network.book.measure(there[0].calendar).between(start, finish)
            total += minutes * (sum(load.units for load in there) - limit)
    return total // PERMILLE


def _of_resource(
    model: PlanModel, resource: int, loads: Sequence[Load], capacity: Sequence[tuple[int, int]]
) -> Iterator[Overallocation]:
    merged: dict[tuple[int, ...], Overallocation] = {}
    for start, finish, taken, limit in _short(model, loads, capacity):
        if all(_is_done(model, load.position) for load in taken):
            continue
        uids = tuple(sorted(model.task_at(load.position).uid for load in taken))
        units = sum(load.units for load in taken)
        earlier = merged.get(uids)
        merged[uids] = Overallocation(
            resource_uid=model.resources[resource].uid,
            start_at=start if earlier is None else earlier.start_at,
            finish_at=finish,
            units=units if earlier is None else max(units, earlier.units),
            capacity=limit if earlier is None else min(limit, earlier.capacity),
            task_uids=uids,
        )
    yield from merged.values()


def _is_done(model: PlanModel, position: int) -> bool:
    return model.task_at(position).progress.actual_finish_at is not None


def _short(
    model: PlanModel, loads: Sequence[Load], capacity: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, list[Load], int]]:
    """Yield stretches in order, with the loads at work in them, in which these take more than the capacity."""
    for start, finish, there, limit in _sweep(loads, capacity):
        if sum(load.units for load in there) > limit:
            if len({load.calendar for load in there}) == 1:
                if _has_work(model, there[0].calendar, start, finish):
                    yield start, finish, there, limit
            else:
                yield from _by_hours(model, start, finish, there, limit)


def _has_work(model: PlanModel, calendar: int, start: int, finish: int) -> bool:
    return calendar == CLOCK or model.network.book.measure(calendar).between(start, finish) > 0


def _sweep(loads: Sequence[Load], capacity: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, list[Load], int]]:
    """Yield the stretches between two changes, with the loads across them and the capacity."""
    opening, closing = defaultdict(list), defaultdict(list)
    for load in loads:
        opening[load.start].append(load)
        closing[load.finish].append(load)
    limits = dict(capacity)
    limit = limits.get(-BEYOND, 0)
    there: list[Load] = []
    before = -BEYOND
    for moment in sorted({*opening, *closing, *limits} - {-BEYOND}):
        if there:
            yield before, moment, list(there), limit
        for load in closing.get(moment, ()):
            there.remove(load)
        there += opening.get(moment, ())
        limit = limits.get(moment, limit)
        before = moment


def _by_hours(
    model: PlanModel, start: int, finish: int, there: Sequence[Load], limit: int
) -> Iterator[tuple[int, int, list[Load], int]]:
    """Yield the hours of a stretch in which those who then work take more than the capacity."""
    first, last = start // MINUTES_PER_DAY, (finish - 1) // MINUTES_PER_DAY
    if last - first > _MOST_DAYS:
        yield start, finish, list(there), limit
        return
    for day in range(first, last + 1):
        midnight = day * MINUTES_PER_DAY
        hours = [(load, shift) for load in there for shift in _shifts(model, load.calendar, midnight)]
        moments = sorted({start, finish, *(midnight + edge for _, shift in hours for edge in shift)})
        for low, high in pairwise(moments):
            if not start <= low < high <= finish:
                continue
            working = [load for load, (begin, end) in hours if midnight + begin <= low and high <= midnight + end]
            if sum(load.units for load in working) > limit:
                yield low, high, working, limit


def _shifts(model: PlanModel, calendar: int, midnight: int) -> list[tuple[int, int]]:
    if calendar == CLOCK:
        return [(0, MINUTES_PER_DAY)]
    shifts = model.network.book.measure(calendar).shifts_on(day_of(midnight))
    return [(shift.start, shift.finish) for shift in shifts]


def dates_of(model: PlanModel, starts: Sequence[int], finishes: Sequence[int]) -> Dates:
    """Return start and finish of every node that takes somebody, by position."""
    return {
        position: (int(starts[position]), int(finishes[position]))
        for position, parts in enumerate(model.parts)
        if parts
    }


def begins_of(model: PlanModel, finishes: Sequence[int]) -> Mapping[int, int]:
    """Return where the remaining work of tasks that have begun goes on, by position, counted back from their finishes."""
    begins = {}
    for position in np.flatnonzero(model.nodes.kind == net.STARTED).tolist():
        measure = model.network.book.measure(int(model.nodes.calendar[position]))
        begins[position] = measure.subtract(int(finishes[position]), int(model.nodes.span[position]))
    return begins
