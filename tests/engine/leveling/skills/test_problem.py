from dataclasses import replace

import pytest

from kaname.engine.leveling import ProblemError
from kaname.engine.leveling.skills import Absence, Assignment, SkillNeed, level_skills
from tests.engine.leveling.skills.cases import JAVA, TEST, job, person, staffed

CREW = [person(1, 2, 1), person(2, 1)]


def named(uid: int, skill: int = JAVA) -> tuple[Assignment, ...]:
    return (Assignment(person_uid=uid, skill=skill),)


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (staffed([], [person(1), person(1)]), "Two people have the number 1."),
        (staffed([], [person(1, 0, 0, 0, 1)]), "The skills of 1 must exist and have levels from 1 to 1000."),
        (staffed([], [person(1, -1, name="Sato")]), "The skills of Sato must exist and have levels from 1 to 1000."),
        (
            staffed([], [person(1, absences=(Absence(since=2, until=None), Absence(since=5, until=6)))]),
            "The absences of 1 must be in order of time and must not overlap.",
        ),
        (
            staffed([], [person(1, absences=(Absence(since=2, until=2),))]),
            "The absences of 1 must be in order of time and must not overlap.",
        ),
        (
            staffed([job(1, 1, (JAVA, 0, 1))], CREW),
            "Activity 1 must need at least one person for each of its skills, and a level from 1 to 1000.",
        ),
        (staffed([job(1, 1, (7, 1, 1))], CREW), "Activity 1 needs skill number 8, which does not exist."),
        (staffed([job(1, 1, wished=(5,))], CREW), "Activity 1 names person 5, who does not exist."),
        (
            staffed([job(1, 1, *[(JAVA, level, 1) for level in range(1, 14)])], CREW),
            "Activity 1 has 13 needs and named people; at most 12 are possible.",
        ),
        (staffed([job(1, 0, (JAVA, 1, 1))], CREW), "Activity 1 takes no time and cannot need people."),
        (
            staffed([job(1, 1, (JAVA, 2, 1), named=named(2))], CREW),
            "Activity 1 names person 2 for Java, who does not fit one of its needs or is forbidden.",
        ),
        (
            staffed([job(1, 1, (JAVA, 1, 1), named=named(2), forbidden=(2,))], CREW),
            "Activity 1 names person 2 for Java, who does not fit one of its needs or is forbidden.",
        ),
        (
            staffed([job(1, 1, (JAVA, 1, 1), fixed_start=0)], CREW),
            "Activity 1 is fixed and must name everybody that it needs.",
        ),
        (
            staffed(
                [
                    job(1, 3, (JAVA, 1, 1), fixed_start=0, named=named(1)),
                    job(2, 3, (JAVA, 1, 1), fixed_start=2, named=named(1)),
                ],
                CREW,
            ),
            "Person 1 is named for the fixed activities 1 and 2 at one time.",
        ),
        (
            staffed([job(1, 1, (JAVA, 2, 1), (TEST, 1, 1))], CREW),
            "Activity 1 needs 2 people with Java (2), test (1); in the end only 1 are there who can be taken.",
        ),
        (
            staffed([job(1, 1, (TEST, 1, 1))], [person(1, 0, 1, absences=(Absence(since=9, until=None),))]),
            "Activity 1 needs 1 people with test (1); in the end only 0 are there who can be taken.",
        ),
    ],
)
def test_what_cannot_be_levelled_is_refused_with_its_reason(problem, told):
    with pytest.raises(ProblemError) as refused:
        level_skills(problem)
    assert [str(message) for message in refused.value.messages] == [told]


def test_too_many_people_are_refused():
    with pytest.raises(ProblemError, match="The problem has 2001 people; at most 2000 can be levelled"):
        level_skills(staffed([], [person(uid) for uid in range(2001)]))


def test_a_named_person_takes_the_hardest_place_that_fits():
    wanted = job(1, 1, named=named(1))
    needs = (SkillNeed(skill=JAVA, level=1), SkillNeed(skill=JAVA, level=2))
    problem = staffed([replace(wanted, needs=needs)], CREW)
    assert [(each.level, sorted(each.able)) for each in problem.vacancies[0]] == [(2, [0]), (1, [1])]
