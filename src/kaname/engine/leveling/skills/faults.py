"""What makes a problem of people and skills impossible to level."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kaname.engine.leveling.problem import MOST_MESSAGES, ProblemError
from kaname.engine.leveling.skills.problem import Absence, SkillActivity, SkillProblem, named_rows
from kaname.engine.leveling.skills.teams import shortage
from kaname.engine.text import Message, gettext_noop

MOST_PEOPLE: Final = 2_000
MOST_LEVEL: Final = 1_000
MOST_NEEDS: Final = 12
"""Needs and named people of one activity."""

_TOO_MANY_PEOPLE: Final = gettext_noop("The problem has %(count)s people; at most %(limit)s can be levelled.")
_PERSON_TWICE: Final = gettext_noop("Two people have the number %(person)s.")
_BAD_LEVEL: Final = gettext_noop("The skills of %(person)s must exist and have levels from 1 to %(most)s.")
_BAD_ABSENCE: Final = gettext_noop("The absences of %(person)s must be in order of time and must not overlap.")
_BAD_NEED: Final = gettext_noop(
    "Activity %(uid)s must need at least one person for each of its skills, and a level from 1 to %(most)s."
)
_NO_SKILL: Final = gettext_noop("Activity %(uid)s needs skill number %(skill)s, which does not exist.")
_NO_PERSON: Final = gettext_noop("Activity %(uid)s names person %(person)s, who does not exist.")
_TOO_MANY_NEEDS: Final = gettext_noop(
    "Activity %(uid)s has %(count)s needs and named people; at most %(limit)s are possible."
)
_MILESTONE: Final = gettext_noop("Activity %(uid)s takes no time and cannot need people.")
_BAD_NAME: Final = gettext_noop(
    "Activity %(uid)s names person %(person)s for %(skill)s, who does not fit one of its needs or is forbidden."
)
_FIXED_OPEN: Final = gettext_noop("Activity %(uid)s is fixed and must name everybody that it needs.")
_TWO_PLACES: Final = gettext_noop(
    "Person %(person)s is named for the fixed activities %(one)s and %(other)s at one time."
)
_NOBODY: Final = gettext_noop(
    "Activity %(uid)s needs %(people)s people with %(skills)s; in the end only %(there)s are there who can be taken."
)


def check_skill_problem(problem: SkillProblem) -> None:
    """Refuse people and needs that no schedule can bring together; `compile_problem` looks at all else.

    Raises
    ------
    ProblemError
        With every fault, twenty at most.
    """
    if len(problem.people) > MOST_PEOPLE:
        raise ProblemError((Message(_TOO_MANY_PEOPLE, {"count": len(problem.people), "limit": MOST_PEOPLE}),))
    for look in (_people_faults, _need_faults, _staffing_faults):
        found = tuple(message for _, message in zip(range(MOST_MESSAGES), look(problem), strict=False))
        if found:
            raise ProblemError(found)


def _people_faults(problem: SkillProblem) -> Iterator[Message]:
    seen: set[int] = set()
    for person in problem.people:
        if person.uid in seen:
            yield Message(_PERSON_TWICE, {"person": person.uid})
        seen.add(person.uid)
        words = {"person": person.name or person.uid}
        skills = [skill for skill, _ in person.levels]
        is_known = all(0 <= skill < len(problem.skills) and 1 <= level <= MOST_LEVEL for skill, level in person.levels)
        if not is_known or len(set(skills)) < len(skills):
            yield Message(_BAD_LEVEL, {**words, "most": MOST_LEVEL})
        if not _is_ordered(person.absences):
            yield Message(_BAD_ABSENCE, words)


def _is_ordered(absences: Sequence[Absence]) -> bool:
    """Say whether each absence ends after it begins and before the next begins; only the last may have no end."""
    ends = [each.until for each in absences]
    is_apart = all(end is not None and end <= after.since for end, after in zip(ends, absences[1:], strict=False))
    is_forward = all(each.until is None or each.since < each.until for each in absences)
    return is_apart and is_forward and all(each.since >= 0 for each in absences)


def _need_faults(problem: SkillProblem) -> Iterator[Message]:
    for activity in problem.activities:
        words: dict[str, str | int] = {"uid": activity.uid}
        for need in activity.needs:
            if not 0 <= need.skill < len(problem.skills):
                yield Message(_NO_SKILL, {**words, "skill": need.skill + 1})
            if need.people < 1 or not 1 <= need.level <= MOST_LEVEL:
                yield Message(_BAD_NEED, {**words, "most": MOST_LEVEL})
        for person in (*(each.person_uid for each in activity.named), *activity.wished, *activity.forbidden):
            if person not in problem.person_places:
                yield Message(_NO_PERSON, {**words, "person": person})
        if len(activity.needs) + len(activity.named) > MOST_NEEDS:
            count = len(activity.needs) + len(activity.named)
            yield Message(_TOO_MANY_NEEDS, {**words, "count": count, "limit": MOST_NEEDS})
        if activity.duration == 0 and activity.needs:
            yield Message(_MILESTONE, words)


def _staffing_faults(problem: SkillProblem) -> Iterator[Message]:
    staying = [
        place
        for place, person in enumerate(problem.people)
        if not person.absences or person.absences[-1].until is not None
    ]
    for activity, places in zip(problem.activities, problem.vacancies, strict=True):
        bad = [each for each, row in zip(activity.named, named_rows(problem, activity), strict=True) if row is None]
        for each in bad:
            skill = problem.skills[each.skill] if 0 <= each.skill < len(problem.skills) else str(each.skill + 1)
            yield Message(_BAD_NAME, {"uid": activity.uid, "person": each.person_uid, "skill": skill})
        if bad:
            continue
        if activity.fixed_start is not None:
            if len(activity.named) < sum(need.people for need in activity.needs):
                yield Message(_FIXED_OPEN, {"uid": activity.uid})
            continue
        short = shortage(places, staying)
        if short is not None:
            names = ", ".join(f"{problem.skills[places[row].skill]} ({places[row].level})" for row in short.rows)
            people = sum(places[row].people for row in short.rows)
            words: dict[str, str | int] = {"uid": activity.uid, "people": people, "skills": names}
            words["there"] = len(short.able)
            yield Message(_NOBODY, words)
    yield from _double_faults([each for each in problem.activities if each.fixed_start is not None])


def _double_faults(fixed: Sequence[SkillActivity]) -> Iterator[Message]:
    """Find people who are named for two fixed activities at one time."""
    times: dict[int, list[tuple[int, int, int]]] = {}
    for activity in fixed:
        start = activity.fixed_start or 0
        for each in activity.named:
            times.setdefault(each.person_uid, []).append((start, start + activity.duration, activity.uid))
    for person, busy in times.items():
        for (_, end, one), (start, _, other) in pairwise(sorted(busy)):
            if start < end:
                yield Message(_TWO_PLACES, {"person": person, "one": one, "other": other})
