"""Small problems for tests, with their shortest lengths found by looking at every schedule."""

from collections.abc import Sequence

from kaname.engine.leveling import (
    Activity,
    BrokenSchedule,
    Demand,
    Link,
    LinkKind,
    Objective,
    Problem,
    Resource,
    check_schedule,
    objective_values,
)


def activity(uid: int, duration: int, *units: int, **more: object) -> Activity:
    demands = tuple(Demand(resource=place, units=each) for place, each in enumerate(units) if each)
    return Activity(uid=uid, duration=duration, demands=demands, **more)  # type: ignore[arg-type]


def problem(
    activities: Sequence[Activity], links: Sequence[tuple[int, int] | Link] = (), capacity: Sequence[int] = (2,)
) -> Problem:
    return Problem(
        activities=tuple(activities),
        links=tuple(each if isinstance(each, Link) else Link(before_uid=each[0], after_uid=each[1]) for each in links),
        resources=tuple(Resource(name=f"R{place}", capacity=units) for place, units in enumerate(capacity, start=1)),
    )


OFFICE = problem(
    [
        activity(1, 3, 2),
        activity(2, 4, 1),
        activity(3, 2, 1),
        activity(4, 5, 1),
        activity(5, 2, 2),
        activity(6, 3, 1),
        activity(7, 1, 1),
    ],
    [(1, 4), (2, 5), (3, 6), (4, 7)],
)
"""Two people.  25 person-units of work need 13 units of time at least, and 13 are enough."""


def shortest(wanted: Problem) -> int:
    """Return the length of the shortest schedule, by trying every start of every activity.

    Activities must be in an order in which links lead forward only.
    """
    activities = wanted.activities
    free = [
        [_capacity(wanted.resources[place], moment) for moment in range(wanted.horizon + 1)]
        for place in range(len(wanted.resources))
    ]
    best = wanted.horizon

    def place_from(row: int, starts: list[int], end: int) -> None:
        nonlocal best
        if end >= best:
            return
        if row == len(activities):
            best = end
            return
        each = activities[row]
        for start in range(_earliest(wanted, row, starts), best - each.duration):
            slots = [(demand, at) for demand in each.demands for at in range(start, start + each.duration)]
            if all(free[demand.resource][at] >= demand.units for demand, at in slots):
                for demand, at in slots:
                    free[demand.resource][at] -= demand.units
                place_from(row + 1, [*starts, start], max(end, start + each.duration))
                for demand, at in slots:
                    free[demand.resource][at] += demand.units

    place_from(0, [], 0)
    return best


def _capacity(resource: Resource, moment: int) -> int:
    return [units for since, units in ((0, resource.capacity), *resource.changes) if since <= moment][-1]


def _earliest(wanted: Problem, row: int, starts: Sequence[int]) -> int:
    bound = wanted.activities[row].release
    for link in wanted.links:
        if link.after_uid == wanted.activities[row].uid:
            before = wanted.places[link.before_uid]
            moment = starts[before] + link.lag
            moment += wanted.activities[before].duration if link.kind in {LinkKind.FS, LinkKind.FF} else 0
            moment -= wanted.activities[row].duration if link.kind in {LinkKind.FF, LinkKind.SF} else 0
            bound = max(bound, moment)
    return bound


def cheapest(wanted: Problem, objective: Objective) -> tuple[int, ...]:
    """Return the best values of an objective, by looking at every schedule in a horizon that holds them all."""
    until = wanted.horizon + objective.latest
    spans = [range(until) if each.fixed_start is None else [each.fixed_start] for each in wanted.activities]
    best: tuple[int, ...] | None = None

    def place_from(row: int, starts: tuple[int, ...]) -> None:
        nonlocal best
        if row == len(spans):
            values = objective_values(wanted, objective, starts)
            if (best is None or values < best) and _is_possible(wanted, starts):
                best = values
            return
        for start in spans[row]:
            if wanted.activities[row].fixed_start is not None or start >= _earliest(wanted, row, starts):
                place_from(row + 1, (*starts, start))

    place_from(0, ())
    assert best is not None
    return best


def _is_possible(wanted: Problem, starts: Sequence[int]) -> bool:
    try:
        check_schedule(wanted, starts)
    except BrokenSchedule:
        return False
    return True
