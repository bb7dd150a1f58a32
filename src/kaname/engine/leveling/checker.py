"""The independent check of a schedule, in plain words and plain Python.

It reads the problem itself, not the arrays, and shares no code with the search.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kaname.engine.leveling.objective import AimKind, Objective
from kaname.engine.leveling.problem import LinkKind, Problem


class BrokenSchedule(AssertionError):
    """A schedule that breaks its problem: a fault of the program.  `faults` say which rules are broken and where."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults[:5]))


def check_schedule(problem: Problem, starts: Sequence[int]) -> None:
    """Check starts, in the order of the activities, against every rule of the problem.

    Rules: one start for each activity, not negative; fixed starts kept; for activities that can move, releases and links;
    capacity at every moment.

    Raises
    ------
    BrokenSchedule
        With every fault.
    """
    if len(starts) != len(problem.activities):
        raise BrokenSchedule([f"{len(problem.activities)} activities, {len(starts)} starts"])
    faults = [*_date_faults(problem, starts), *_link_faults(problem, starts), *_capacity_faults(problem, starts)]
    if faults:
        raise BrokenSchedule(faults)


def _date_faults(problem: Problem, starts: Sequence[int]) -> Iterator[str]:
    for activity, start in zip(problem.activities, starts, strict=True):
        if start < 0:
            yield f"activity {activity.uid} starts at {start}"
        if activity.fixed_start is not None:
            if start != activity.fixed_start:
                yield f"activity {activity.uid} is fixed at {activity.fixed_start} and starts at {start}"
        elif start < activity.release:
            yield f"activity {activity.uid} is released at {activity.release} and starts at {start}"


def _link_faults(problem: Problem, starts: Sequence[int]) -> Iterator[str]:
    start_of = {activity.uid: start for activity, start in zip(problem.activities, starts, strict=True)}
    activity_of = {activity.uid: activity for activity in problem.activities}
    for link in problem.links:
        before, after = activity_of[link.before_uid], activity_of[link.after_uid]
        if after.fixed_start is not None:
            continue
        holds_finish = link.kind in {LinkKind.FS, LinkKind.FF}
        held_finish = link.kind in {LinkKind.FF, LinkKind.SF}
        earliest = start_of[before.uid] + (before.duration if holds_finish else 0) + link.lag
        actual = start_of[after.uid] + (after.duration if held_finish else 0)
        if actual < earliest:
            yield f"link {before.uid} {link.kind} {after.uid}: {actual} before {earliest}"


def _capacity_faults(problem: Problem, starts: Sequence[int]) -> Iterator[str]:
    for place, resource in enumerate(problem.resources):
        change: defaultdict[int, int] = defaultdict(int)
        for activity, start in zip(problem.activities, starts, strict=True):
            for demand in activity.demands:
                if demand.resource == place and activity.duration:
                    change[start] += demand.units
                    change[start + activity.duration] -= demand.units
        steps = [(0, resource.capacity), *resource.changes]
        moments = sorted({*change, *(moment for moment, _ in steps)})
        used = 0
        for moment in moments:
            used += change.get(moment, 0)
            capacity = next((units for since, units in reversed(steps) if since <= moment), resource.capacity)
            if used > capacity:
                yield f"{resource.name} at {moment}: {used} of {capacity}"


def objective_values(problem: Problem, objective: Objective, starts: Sequence[int]) -> tuple[int, ...]:
    """Return the value of each tier of an objective, recomputed from the problem.

    Examples
    --------
    >>> from kaname.engine.leveling.problem import Activity
    >>> problem = Problem(activities=(Activity(uid=1, duration=3, due=4, weight=2),))
    >>> objective = Objective.by(AimKind.MAKESPAN, AimKind.TARDINESS, AimKind.STABILITY, earlier={1: 0})
    >>> objective_values(problem, objective, (5,))
    (8, 8, 10)
    """
    values = {kind: _value(problem, objective, kind, starts) for kind in AimKind}
    return tuple(sum(aim.weight * values[aim.kind] for aim in tier) for tier in objective.tiers)


def _value(problem: Problem, objective: Objective, kind: AimKind, starts: Sequence[int]) -> int:
    finishes = [start + activity.duration for start, activity in zip(starts, problem.activities, strict=True)]
    if kind is AimKind.MAKESPAN:
        return max(finishes, default=0)
    if kind is AimKind.STABILITY:
        return sum(
            activity.weight * abs(start - objective.earlier[activity.uid])
            for activity, start in zip(problem.activities, starts, strict=True)
            if activity.uid in objective.earlier
        )
    last = _last_of_projects(problem, finishes)
    if kind is AimKind.DELAY:
        weights = {project.number: project.weight for project in problem.projects}
        undelayed = _last_of_projects(problem, _unhindered(problem))
        return sum(weights.get(number, 1) * (end - undelayed[number]) for number, end in last.items())
    late = sum(
        activity.weight * max(0, finish - activity.due)
        for activity, finish in zip(problem.activities, finishes, strict=True)
        if activity.due is not None
    )
    return late + sum(
        project.weight * max(0, last[project.number] - project.due)
        for project in problem.projects
        if project.due is not None and project.number in last
    )


def _last_of_projects(problem: Problem, finishes: Sequence[int]) -> dict[int, int]:
    last: dict[int, int] = {}
    for activity, finish in zip(problem.activities, finishes, strict=True):
        last[activity.project] = max(last.get(activity.project, 0), finish)
    return last


def _unhindered(problem: Problem) -> list[int]:
    """Return the finishes that links and dates alone ask for: raised until nothing changes."""
    activities = problem.activities
    starts = [each.release if each.fixed_start is None else each.fixed_start for each in activities]
    followers: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for link in problem.links:
        if activities[problem.places[link.after_uid]].fixed_start is None:
            before = problem.places[link.before_uid]
            followers[before].append((problem.places[link.after_uid], problem.start_lag(link)))
    changed = list(range(len(activities)))
    while changed:
        raised = set()
        for before in changed:
            for after, lag in followers[before]:
                if starts[before] + lag > starts[after]:
                    starts[after] = starts[before] + lag
                    raised.add(after)
        changed = sorted(raised)
    return [start + activity.duration for start, activity in zip(starts, activities, strict=True)]
