"""The problem of who does what: people with skills, and activities that need some of them from start to finish."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kaname.engine.leveling.problem import Activity, Problem
from kaname.engine.leveling.skills.teams import Vacancy


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """When a person is not there: from `since` to before `until`; `None` = does not come back."""

    since: int
    until: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works, on one activity at a time.

    Parameters
    ----------
    levels
        Skill (its place in the problem) and level, from 1; a skill that is not there is not had.
    rate
        What a unit of time costs; of two people who serve equally well the cheaper one is taken.
    absences
        In order of time.  Who works half the days is absent on the others.
    """

    uid: int
    name: str = ""
    levels: tuple[tuple[int, int], ...] = ()
    rate: int = 0
    absences: tuple[Absence, ...] = ()

    def level(self, skill: int) -> int:
        """Return the level of a skill, 0 if the person does not have it."""
        return next((level for each, level in self.levels if each == skill), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNeed:
    """People, each with a skill at a level or above; each of them does nothing else meanwhile."""

    skill: int
    level: int = 1
    people: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who exercises which skill."""

    person_uid: int
    skill: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillActivity(Activity):
    """Work that needs people, and perhaps rooms and machines (`demands`), from start to finish.

    Parameters
    ----------
    named
        Who must do it; each takes a place of its needs.  A fixed activity names everybody; it is a fact, so that levels and
        absences of the named are not looked at.
    wished, forbidden
        Numbers of people: who is taken first where free, and who never does it.
    """

    needs: tuple[SkillNeed, ...] = ()
    named: tuple[Assignment, ...] = ()
    wished: tuple[int, ...] = ()
    forbidden: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SkillProblem(Problem):
    """Activities, links and resources as in `Problem`, and `skills` by name and the people who have them.

    Examples
    --------
    >>> problem = SkillProblem(
    ...     activities=(SkillActivity(uid=1, duration=3, needs=(SkillNeed(skill=0, level=2),)),),
    ...     skills=("Java",),
    ...     people=(
    ...         Person(uid=1, levels=((0, 1),)),
    ...         Person(uid=2, levels=((0, 3),), absences=(Absence(since=0, until=4),)),
    ...     ),
    ... )
    >>> problem.vacancies
    ((Vacancy(skill=0, level=2, people=1, able=frozenset({1})),),)
    """

    activities: tuple[SkillActivity, ...]
    skills: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()

    @cached_property
    def horizon(self) -> int:
        """Return a moment by which every list schedule has ended."""
        moments = [moment for each in self.people for gap in each.absences for moment in (gap.since, gap.until or 0)]
        plain = Problem(activities=self.activities, links=self.links, resources=self.resources)
        return plain.horizon + max(moments, default=0)

    @cached_property
    def person_places(self) -> dict[int, int]:
        """Return the place of each person by number."""
        return {person.uid: place for place, person in enumerate(self.people)}

    @cached_property
    def vacancies(self) -> tuple[tuple[Vacancy, ...], ...]:
        """Return for each activity the places that people take; who is able is told by places in `people`.

        There is one for each who is named, then one for the open places of each need.
        """
        able: dict[tuple[int, int], frozenset[int]] = {}
        for need in dict.fromkeys(need for activity in self.activities for need in activity.needs):
            levels = enumerate(person.level(need.skill) for person in self.people)
            able[need.skill, need.level] = frozenset(place for place, level in levels if level >= need.level)
        return tuple(tuple(_vacancies(self, activity, able)) for activity in self.activities)


def named_rows(problem: SkillProblem, activity: SkillActivity) -> list[int | None]:
    """Return which need each named person takes a place of: the hardest of the skill that fits; `None` if there is none."""
    left = [need.people for need in activity.needs]
    rows: list[int | None] = []
    for at, each in enumerate(activity.named):
        level = problem.people[problem.person_places[each.person_uid]].level(each.skill)
        is_fact = activity.fixed_start is not None
        is_out = each.person_uid in activity.forbidden and not is_fact
        is_twice = any(other.person_uid == each.person_uid for other in activity.named[:at])
        fitting = [
            row
            for row, need in enumerate(activity.needs)
            if need.skill == each.skill and left[row] and (is_fact or need.level <= level)
        ]
        if is_out or is_twice or not fitting:
            rows.append(None)
            continue
        row = max(fitting, key=lambda row: activity.needs[row].level)
        left[row] -= 1
        rows.append(row)
    return rows


def _vacancies(
    problem: SkillProblem, activity: SkillActivity, able: Mapping[tuple[int, int], frozenset[int]]
) -> Iterator[Vacancy]:
    left = [need.people for need in activity.needs]
    named = frozenset(problem.person_places[each.person_uid] for each in activity.named)
    out = named.union(problem.person_places[uid] for uid in activity.forbidden)
    for each, row in zip(activity.named, named_rows(problem, activity), strict=True):
        if row is not None:
            left[row] -= 1
            person = frozenset({problem.person_places[each.person_uid]})
            yield Vacancy(skill=each.skill, level=activity.needs[row].level, people=1, able=person)
    for need, people in zip(activity.needs, left, strict=True):
        if people:
            fitting = able[need.skill, need.level]
            yield Vacancy(skill=need.skill, level=need.level, people=people, able=fitting - out if out else fitting)
