"""Small problems of people for tests, and their shortest lengths found by looking at every start and every team."""

from collections.abc import Iterator
from itertools import combinations

from kaname.engine.leveling import Link, LinkKind
from kaname.engine.leveling.skills import Absence, Person, SkillActivity, SkillNeed, SkillProblem

JAVA, TEST, SQL = 0, 1, 2


def person(uid: int, *levels: int, **more: object) -> Person:
    pairs = tuple((skill, level) for skill, level in enumerate(levels) if level)
    return Person(uid=uid, levels=pairs, **more)  # type: ignore[arg-type]


def job(uid: int, duration: int, *needs: tuple[int, int, int], **more: object) -> SkillActivity:
    """Return an activity that needs (skill, level, people)."""
    wanted = tuple(SkillNeed(skill=skill, level=level, people=people) for skill, level, people in needs)
    return SkillActivity(uid=uid, duration=duration, needs=wanted, **more)  # type: ignore[arg-type]


def staffed(activities, people, links=(), **more) -> SkillProblem:
    return SkillProblem(
        activities=tuple(activities),
        links=tuple(each if isinstance(each, Link) else Link(before_uid=each[0], after_uid=each[1]) for each in links),
        skills=("Java", "test", "SQL"),
        people=tuple(people),
        **more,
    )


RARE = staffed(
    [job(1, 4, (TEST, 1, 1)), job(2, 4, (JAVA, 2, 1)), job(3, 2, (TEST, 1, 1)), job(4, 2, (JAVA, 1, 1))],
    [person(1, 2, 3), person(2, 0, 1), person(3, 1, 0)],
)
"""Only person 1 does activity 2; who gives her a test first needs 8 units of time, not 6."""


def shortest(problem: SkillProblem, below: int) -> int:
    """Return the length of the shortest schedule if it is shorter than `below`, else `below`.

    Tries every start and every team of every activity; activities must be in an order in which links lead forward.
    """
    best = below
    people = problem.people
    busy = {
        (each.person_uid, at)
        for activity in problem.activities
        if activity.fixed_start is not None
        for each in activity.named
        for at in range(activity.fixed_start, activity.fixed_start + activity.duration)
    }
    used: dict[tuple[int, int], int] = {}

    def place(row: int, starts: dict[int, int], end: int) -> None:
        nonlocal best
        if end >= best:
            return
        if row == len(problem.activities):
            best = end
            return
        each = problem.activities[row]
        if each.fixed_start is not None:
            place(row + 1, {**starts, each.uid: each.fixed_start}, max(end, each.fixed_start + each.duration))
            return
        for start in range(earliest(problem, each, starts), best - each.duration):
            time = range(start, start + each.duration)
            if not _has_room(problem, each, time, used):
                continue
            free = [one.uid for one in people if all((one.uid, at) not in busy and is_there(one, at) for at in time)]
            for at in time:
                for demand in each.demands:
                    used[demand.resource, at] = used.get((demand.resource, at), 0) + demand.units
            for team in teams(problem, each, free):
                taken = {(uid, at) for uid in team for at in time}
                busy.update(taken)
                place(row + 1, {**starts, each.uid: start}, max(end, start + each.duration))
                busy.difference_update(taken)
            for at in time:
                for demand in each.demands:
                    used[demand.resource, at] -= demand.units

    place(0, {}, 0)
    return best


def teams(problem: SkillProblem, activity: SkillActivity, free: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield every set of free people that can do an activity."""
    count = sum(need.people for need in activity.needs)
    named = {each.person_uid: each.skill for each in activity.named}
    for team in combinations(free, count):
        if set(named) <= set(team) and not set(team) & set(activity.forbidden) and _can(problem, activity, team, named):
            yield team


def _can(problem: SkillProblem, activity: SkillActivity, team: tuple[int, ...], named: dict[int, int]) -> bool:
    by_uid = {each.uid: each for each in problem.people}

    def fill(open_needs: list[SkillNeed], rest: tuple[int, ...]) -> bool:
        if not rest:
            return True
        uid = rest[0]
        for at, need in enumerate(open_needs):
            levels = dict(by_uid[uid].levels)
            is_fit = levels.get(need.skill, 0) >= need.level and named.get(uid, need.skill) == need.skill
            if is_fit and fill(open_needs[:at] + open_needs[at + 1 :], rest[1:]):
                return True
        return False

    return fill([need for need in activity.needs for _ in range(need.people)], team)


def is_there(one: Person, moment: int) -> bool:
    return not any(
        gap.since <= moment and (gap.until is None or moment < gap.until)
        for gap in one.absences
        if isinstance(gap, Absence)
    )


def earliest(problem: SkillProblem, activity: SkillActivity, starts: dict[int, int]) -> int:
    """Return the earliest start by links and release."""
    by_uid = {each.uid: each for each in problem.activities}
    moment = activity.release
    for link in problem.links:
        if link.after_uid == activity.uid:
            begin = starts[link.before_uid]
            held_by = begin + (by_uid[link.before_uid].duration if link.kind in {LinkKind.FS, LinkKind.FF} else 0)
            moment = max(
                moment, held_by + link.lag - (activity.duration if link.kind in {LinkKind.FF, LinkKind.SF} else 0)
            )
    return moment


def _has_room(problem: SkillProblem, activity: SkillActivity, time: range, used: dict[tuple[int, int], int]) -> bool:
    for demand in activity.demands:
        resource = problem.resources[demand.resource]
        steps = [(0, resource.capacity), *resource.changes]
        for at in time:
            capacity = [units for since, units in steps if since <= at][-1]
            if used.get((demand.resource, at), 0) + demand.units > capacity:
                return False
    return True
