"""Why an activity with people does not start earlier."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kaname.engine.leveling.causes import Cause, CauseKind, causes
from kaname.engine.leveling.problem import Problem
from kaname.engine.leveling.skills.problem import Assignment, SkillActivity, SkillProblem
from kaname.engine.leveling.skills.teams import Shortage, Vacancy, shortage

type People = Sequence[Sequence[Assignment]]


class SkillCauseKind(StrEnum):
    """What holds the start of an activity."""

    NOTHING = "nothing"
    """It starts at 0, or could start earlier."""
    FIXED = "fixed"
    DATE = "date"
    PREDECESSOR = "predecessor"
    RESOURCE = "resource"
    SKILL = "skill"
    """Too few people with the skills."""
    PERSON = "person"
    """One person, the only one who can be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillCause:
    """What holds an activity.

    Parameters
    ----------
    uid
        The predecessor that holds it, or the activity that has the resource or the person.
    resource
        Place of the resource that is short one unit of time earlier.
    skills
        Places of the skills whose needs compete for too few people one unit of time earlier.
    missing
        How many people are missing then.
    person_uid
        Of the people who are missing then, one that the activity waits for and has in the end.
    is_absent
        That person is not there one unit of time earlier; else the activity `uid` has him or her.
    waits
        Units of time between what links and dates alone would allow and the start.
    """

    kind: SkillCauseKind
    uid: int | None = None
    resource: int | None = None
    skills: tuple[int, ...] = ()
    missing: int = 0
    person_uid: int | None = None
    is_absent: bool = False
    waits: int = 0


def skill_causes(problem: SkillProblem, starts: Sequence[int], people: People) -> tuple[SkillCause, ...]:
    """Return what holds each activity of a schedule, in the order of the activities.

    Links come before dates, dates before resources, resources before people.  Cost: that of `causes` + for each activity that
    waits for people activities x team + a matching.
    """
    plain = Problem(activities=problem.activities, links=problem.links, resources=problem.resources)
    found = causes(plain, starts)
    return tuple(_cause(problem, starts, people, place, each) for place, each in enumerate(found))


def _cause(problem: SkillProblem, starts: Sequence[int], people: People, place: int, plain: Cause) -> SkillCause:
    if plain.kind is not CauseKind.NOTHING or plain.waits == 0:
        kind = SkillCauseKind(plain.kind.value)
        return SkillCause(kind=kind, uid=plain.uid, resource=plain.resource, waits=plain.waits)
    activity, moment = problem.activities[place], starts[place] - 1
    places = problem.vacancies[place]
    short = shortage(places, _free(problem, starts, people, activity, moment))
    if short is None:
        return SkillCause(kind=SkillCauseKind.NOTHING, waits=plain.waits)
    return _shortage_cause(problem, starts, people, place, places=places, short=short, waits=plain.waits)


def _shortage_cause(
    problem: SkillProblem,
    starts: Sequence[int],
    people: People,
    place: int,
    *,
    places: Sequence[Vacancy],
    short: Shortage,
    waits: int,
) -> SkillCause:
    moment = starts[place] - 1
    competing = frozenset[int]().union(*(places[row].able for row in short.rows))
    holders = _holders(problem, starts, people, moment)
    team = [each.person_uid for each in people[place] if problem.person_places[each.person_uid] in competing]
    awaited = sorted(uid for uid in team if uid in holders or _is_absent(problem, uid, moment))
    person = awaited[0] if awaited else None
    holder = None if person is None else holders.get(person)
    return SkillCause(
        kind=SkillCauseKind.PERSON if len(competing) == 1 else SkillCauseKind.SKILL,
        uid=holder,
        skills=tuple(sorted({places[row].skill for row in short.rows})),
        missing=short.missing,
        person_uid=person,
        is_absent=person is not None and holder is None,
        waits=waits,
    )


def _holders(problem: SkillProblem, starts: Sequence[int], people: People, moment: int) -> dict[int, int]:
    """Return who is busy at a moment, with the activity."""
    return {
        each.person_uid: activity.uid
        for activity, start, team in zip(problem.activities, starts, people, strict=True)
        if start <= moment < start + activity.duration
        for each in team
    }


def _free(
    problem: SkillProblem, starts: Sequence[int], people: People, activity: SkillActivity, moment: int
) -> frozenset[int]:
    """Return who could be on the activity if it began at a moment, as places in the problem's people."""
    end = moment + activity.duration
    busy = {
        each.person_uid
        for other, start, team in zip(problem.activities, starts, people, strict=True)
        if other is not activity and start < end and start + other.duration > moment
        for each in team
    }
    return frozenset(
        place
        for place, person in enumerate(problem.people)
        if person.uid not in busy
        and not any(absence.since < end and _until(absence.until) > moment for absence in person.absences)
    )


def _is_absent(problem: SkillProblem, uid: int, moment: int) -> bool:
    absences = problem.people[problem.person_places[uid]].absences
    return any(absence.since <= moment < _until(absence.until) for absence in absences)


def _until(moment: int | None) -> int:
    return 1 << 62 if moment is None else moment
