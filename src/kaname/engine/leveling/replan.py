"""Level again after facts have changed: what begins soon stays, little moves, and every move is explained."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kaname.engine.leveling.causes import Cause, CauseKind, short_resource
from kaname.engine.leveling.islands import TimeLeft
from kaname.engine.leveling.level import level
from kaname.engine.leveling.objective import AimKind, Objective
from kaname.engine.leveling.problem import Problem
from kaname.engine.leveling.result import Leveling, Progress


class Priority(StrEnum):
    """What counts first when a plan is made again."""

    STABILITY = "stability"
    """As few moves as possible; among equal ones the shortest schedule."""
    MAKESPAN = "makespan"
    """The shortest schedule; among equal ones the fewest moves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An activity that stands elsewhere than in the earlier plan.

    Parameters
    ----------
    before, after
        Its starts; `before` is `None` if the earlier plan did not have it.
    cause
        What forbids the earlier start, all others standing where they do now: a date, a predecessor - or, where it moved to an
        earlier time, one that it holds -, a resource and who has it.  `NOTHING` if nothing does: it moved so that the schedule
        gets shorter.
    """

    uid: int
    before: int | None
    after: int
    cause: Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanning:
    """A new schedule, which activities were kept where they stood, and what is different.

    Parameters
    ----------
    leveling
        Of the problem with the kept activities fixed.
    kept
        Numbers of the activities that the horizon froze.
    changes
        In the order of the problem's activities.
    """

    leveling: Leveling
    kept: tuple[int, ...]
    changes: tuple[Change, ...]


def replan(
    problem: Problem,
    *,
    earlier: Mapping[int, int],
    frozen_until: int,
    priority: Priority = Priority.STABILITY,
    seed: int = 1,
    schedules: int | None = None,
    time_left: TimeLeft | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    islands: int | None = None,
    threads: int = 2,
) -> Replanning:
    """Level a problem that has a plan already.

    Parameters
    ----------
    earlier
        The plan so far: number of an activity to its start.  Activities that it lacks are new; numbers that the problem lacks
        are passed over.
    frozen_until
        Activities that start before this moment in the earlier plan keep their starts, whatever their links say; others do
        not start before it.
    priority
        Whether few moves or a short schedule counts first.  A move counts its length x the weight of the activity.

    The other parameters are those of `level`.

    Raises
    ------
    ProblemError
        If the problem cannot be levelled; also if activities that are kept need more than there is.
    """
    known = {each.uid: earlier[each.uid] for each in problem.activities if each.uid in earlier}
    held = replace(
        problem,
        activities=tuple(
            each
            if each.fixed_start is not None
            else replace(each, fixed_start=known[each.uid])
            if known.get(each.uid, frozen_until) < frozen_until
            else replace(each, release=max(each.release, frozen_until))
            for each in problem.activities
        ),
    )
    order = [AimKind.STABILITY, AimKind.MAKESPAN]
    if priority is Priority.MAKESPAN:
        order.reverse()
    found = level(
        held,
        objective=Objective.by(*order, earlier=known),
        seed=seed,
        schedules=schedules,
        time_left=time_left,
        on_progress=on_progress,
        islands=islands,
        threads=threads,
    )
    kept = tuple(uid for uid, start in known.items() if start < frozen_until)
    return Replanning(leveling=found, kept=kept, changes=changes(held, earlier=known, starts=found.starts))


def changes(problem: Problem, *, earlier: Mapping[int, int], starts: Sequence[int]) -> tuple[Change, ...]:
    """Return which activities stand elsewhere than in an earlier plan, and why.

    Cost: for each that moved, links + activities of its resources.
    """
    return tuple(
        Change(uid=each.uid, before=earlier.get(each.uid), after=start, cause=_cause(problem, earlier, starts, place))
        for place, (each, start) in enumerate(zip(problem.activities, starts, strict=True))
        if earlier.get(each.uid) != start
    )


def _cause(problem: Problem, earlier: Mapping[int, int], starts: Sequence[int], place: int) -> Cause:
    activity = problem.activities[place]
    if activity.fixed_start is not None:
        return Cause(kind=CauseKind.FIXED)
    before = earlier.get(activity.uid)
    if before is None:
        return Cause(kind=CauseKind.NOTHING)
    waits = max(0, starts[place] - before)
    if before < activity.release:
        return Cause(kind=CauseKind.DATE, waits=waits)
    for link in problem.links:
        if activity.uid in {link.before_uid, link.after_uid}:
            other = link.before_uid if link.after_uid == activity.uid else link.after_uid
            ends = {activity.uid: before, other: starts[problem.places[other]]}
            is_held = problem.activities[problem.places[link.after_uid]].fixed_start is None
            if is_held and ends[link.after_uid] < ends[link.before_uid] + problem.start_lag(link):
                return Cause(kind=CauseKind.PREDECESSOR, uid=other, waits=waits)
    short = short_resource(problem, starts, activity, before)
    if short is not None:
        return Cause(kind=CauseKind.RESOURCE, uid=short[1], resource=short[0], waits=waits)
    return Cause(kind=CauseKind.NOTHING)
