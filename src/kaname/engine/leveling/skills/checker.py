"""The independent check of a schedule with people, in plain words and plain Python.

It reads the problem itself, not the arrays, and shares no code with the search; time, links and resources are looked at by
`kaname.engine.leveling.checker`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kaname.engine.leveling.checker import BrokenSchedule, check_schedule
from kaname.engine.leveling.skills.problem import Assignment, SkillActivity, SkillProblem

type People = Sequence[Sequence[Assignment]]


def check_people(problem: SkillProblem, starts: Sequence[int], people: People) -> None:
    """Check starts and people, in the order of the activities, against every rule of the problem.

    Rules: those of `check_schedule`; exactly the people that are demanded, with the skills and levels demanded; everybody named,
    nobody forbidden; each person in one place at a time and there from start to finish.

    Raises
    ------
    BrokenSchedule
        With every fault.
    """
    faults: list[str] = []
    try:
        check_schedule(problem, starts)
    except BrokenSchedule as broken:
        faults += broken.faults
    if len(people) != len(problem.activities):
        raise BrokenSchedule([*faults, f"{len(problem.activities)} activities, {len(people)} teams"])
    if len(starts) == len(problem.activities):
        faults += _time_faults(problem, starts, people)
    for activity, team in zip(problem.activities, people, strict=True):
        faults += _team_faults(problem, activity, team)
    if faults:
        raise BrokenSchedule(faults)


def _team_faults(problem: SkillProblem, activity: SkillActivity, team: Sequence[Assignment]) -> Iterator[str]:
    who = f"activity {activity.uid}"
    is_fact = activity.fixed_start is not None
    if len({each.person_uid for each in team}) < len(team):
        yield f"{who} has somebody twice"
    known = {person.uid for person in problem.people}
    strangers = [each.person_uid for each in team if each.person_uid not in known]
    if strangers:
        yield f"{who} has person {strangers[0]}, who does not exist"
        return
    for each in activity.named:
        if each not in team:
            yield f"{who} names person {each.person_uid} for skill {each.skill}"
    for each in team:
        if each.person_uid in activity.forbidden and not is_fact:
            yield f"{who} has person {each.person_uid}, who is forbidden"
    for skill in sorted({need.skill for need in activity.needs} | {each.skill for each in team}):
        wanted = sorted(need.level for need in activity.needs if need.skill == skill for _ in range(need.people))
        there = sorted(_level(problem, each.person_uid, skill) for each in team if each.skill == skill)
        if len(there) != len(wanted):
            yield f"{who} has {len(there)} people for skill {skill}, not {len(wanted)}"
        elif not is_fact and any(level < least for level, least in zip(there, wanted, strict=True)):
            yield f"{who} has levels {there} of skill {skill}, not {wanted}"


def _level(problem: SkillProblem, uid: int, skill: int) -> int:
    for person in problem.people:
        if person.uid == uid:
            return dict(person.levels).get(skill, 0)
    return 0


def _time_faults(problem: SkillProblem, starts: Sequence[int], people: People) -> Iterator[str]:
    busy: defaultdict[int, list[tuple[int, int, SkillActivity]]] = defaultdict(list)
    for activity, start, team in zip(problem.activities, starts, people, strict=True):
        for each in team:
            if activity.duration:
                busy[each.person_uid].append((start, start + activity.duration, activity))
    for person in problem.people:
        times = sorted(busy[person.uid], key=lambda time: time[:2])
        for (_, end, one), (start, _, other) in pairwise(times):
            if start < end and one is not other:
                yield f"person {person.uid} is on activities {one.uid} and {other.uid} at {start}"
        for start, end, activity in times:
            if activity.fixed_start is not None:
                continue
            for absence in person.absences:
                if start < (end if absence.until is None else absence.until) and absence.since < end:
                    yield f"person {person.uid} is absent from {absence.since} during activity {activity.uid}"
