"""Why an activity does not start earlier."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kaname.engine.leveling.problem import Activity, Problem


class CauseKind(StrEnum):
    """What holds the start of an activity."""

    NOTHING = "nothing"
    """It starts at 0, or could start earlier."""
    FIXED = "fixed"
    DATE = "date"
    PREDECESSOR = "predecessor"
    RESOURCE = "resource"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What holds an activity.

    Parameters
    ----------
    uid
        The predecessor that holds it, or of those that have the resource the one that goes on longest.
    resource
        Place of the resource that is short one unit of time earlier.
    waits
        Units of time between what links and dates alone would allow and the start.
    """

    kind: CauseKind
    uid: int | None = None
    resource: int | None = None
    waits: int = 0


def causes(problem: Problem, starts: Sequence[int]) -> tuple[Cause, ...]:
    """Return what holds each activity of a schedule, in the order of the activities.

    Links come before dates, dates before resources; of several links that hold, the first of the problem is named.
    Cost: links + resources x activities squared at worst.
    """
    held: list[tuple[int, int | None]] = [(activity.release, None) for activity in problem.activities]
    for link in problem.links:
        after = problem.places[link.after_uid]
        moment = starts[problem.places[link.before_uid]] + problem.start_lag(link)
        if moment > held[after][0] or (moment == held[after][0] and held[after][1] is None):
            held[after] = (moment, link.before_uid)
    return tuple(_cause(problem, starts, place, *held[place]) for place in range(len(problem.activities)))


def _cause(problem: Problem, starts: Sequence[int], place: int, allowed: int, uid: int | None) -> Cause:
    activity, start = problem.activities[place], starts[place]
    if activity.fixed_start is not None:
        return Cause(kind=CauseKind.FIXED)
    waits = max(0, start - max(0, allowed))
    if start == 0:
        return Cause(kind=CauseKind.NOTHING)
    if waits == 0:
        return Cause(kind=CauseKind.DATE) if uid is None else Cause(kind=CauseKind.PREDECESSOR, uid=uid)
    short = short_resource(problem, starts, activity, start - 1)
    if short is None:
        return Cause(kind=CauseKind.NOTHING, waits=waits)
    resource, holder = short
    return Cause(kind=CauseKind.RESOURCE, uid=holder, resource=resource, waits=waits)


def short_resource(
    problem: Problem, starts: Sequence[int], activity: Activity, start: int
) -> tuple[int, int | None] | None:
    """Return the resource that is short if the activity began at `start`, and who has it longest."""
    finish = start + activity.duration
    for demand in activity.demands:
        users = [
            (begin, begin + other.duration, units.units, other.uid)
            for other, begin in zip(problem.activities, starts, strict=True)
            if other is not activity and begin < finish and begin + other.duration > start
            for units in other.demands
            if units.resource == demand.resource
        ]
        resource = problem.resources[demand.resource]
        steps = [(0, resource.capacity), *resource.changes]
        moments = {start, *(begin for begin, *_ in users), *(moment for moment, _ in steps)}
        for moment in sorted(each for each in moments if start <= each < finish):
            there = [user for user in users if user[0] <= moment < user[1]]
            capacity = next(units for since, units in reversed(steps) if since <= moment)
            if sum(user[2] for user in there) + demand.units > capacity:
                longest = max(there, key=lambda user: user[1], default=None)
                return demand.resource, None if longest is None else longest[3]
    return None
