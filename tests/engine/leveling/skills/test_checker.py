import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.skill_sets import free_case
from kaname.engine.leveling import BrokenSchedule, Link
from kaname.engine.leveling.skills import Absence, Assignment, check_people, level_skills
from tests.engine.leveling.skills.cases import JAVA, TEST, job, person, staffed

CREW = [person(1, 2, 1), person(2, 1, 1, absences=(Absence(since=5, until=7),)), person(3, 0, 3)]
PLAN = staffed([job(1, 3, (JAVA, 2, 1), (TEST, 1, 1)), job(2, 2, (JAVA, 1, 1), forbidden=(3,))], CREW)


def on(*pairs: tuple[int, int]) -> tuple[Assignment, ...]:
    return tuple(Assignment(person_uid=uid, skill=skill) for uid, skill in pairs)


GOOD = ((0, 0), (on((1, JAVA), (3, TEST)), on((2, JAVA))))


def faults(problem, starts, people) -> tuple[str, ...]:
    with pytest.raises(BrokenSchedule) as refused:
        check_people(problem, starts, people)
    return refused.value.faults


def test_checker_accepts_a_good_schedule():
    check_people(PLAN, *GOOD)


@pytest.mark.parametrize(
    ("teams", "told"),
    [
        ((on((1, JAVA), (3, TEST)),), ("2 activities, 1 teams",)),
        ((on((1, JAVA)), on((2, JAVA))), ("activity 1 has 0 people for skill 1, not 1",)),
        ((on((1, JAVA), (3, TEST), (2, TEST)), ()), ("activity 1 has 2 people for skill 1, not 1", "activity 2 has 0 people for skill 0, not 1")),
        ((on((2, JAVA), (3, TEST)), on((1, JAVA))), ("activity 1 has levels [1] of skill 0, not [2]",)),
        ((on((1, JAVA), (3, TEST)), on((1, JAVA))), ("person 1 is on activities 2 and 1 at 0",)),
        ((on((1, JAVA), (3, TEST)), on((3, JAVA))), ("person 3 is on activities 2 and 1 at 0", "activity 2 has person 3, who is forbidden", "activity 2 has levels [0] of skill 0, not [1]")),
        ((on((1, JAVA), (1, TEST)), on((2, JAVA))), ("activity 1 has somebody twice",)),
        ((on((9, JAVA), (3, TEST)), on((2, JAVA))), ("activity 1 has person 9, who does not exist",)),
    ],
)  # fmt: skip
def test_checker_refuses_wrong_teams(teams, told):
    found = faults(PLAN, (0, 0), teams)
    assert found == told


def test_checker_refuses_absence_names_links_and_dates():
    assert faults(PLAN, (0, 4), GOOD[1]) == ("person 2 is absent from 5 during activity 2",)
    assert faults(PLAN, (-1, 0), GOOD[1])[0] == "activity 1 starts at -1"
    linked = replace(PLAN, links=(Link(before_uid=1, after_uid=2),))
    assert faults(linked, (0, 2), GOOD[1]) == ("link 1 fs 2: 2 before 3",)
    named = staffed([job(1, 2, (JAVA, 1, 1), named=on((1, JAVA)))], CREW)
    assert faults(named, (0,), (on((2, JAVA)),)) == ("activity 1 names person 1 for skill 0",)
    gone = staffed([job(1, 2, (JAVA, 1, 1))], [person(1, 1, absences=(Absence(since=3, until=None),))])
    check_people(gone, (1,), (on((1, JAVA)),))
    assert faults(gone, (2,), (on((1, JAVA)),)) == ("person 1 is absent from 3 during activity 1",)


def test_checker_takes_fixed_activities_as_facts():
    fixed = job(1, 2, (JAVA, 3, 1), fixed_start=5, named=on((2, JAVA)))
    problem = staffed([fixed], CREW)
    check_people(problem, (5,), (on((2, JAVA)),))
    assert faults(problem, (5,), (on((1, JAVA)),)) == ("activity 1 names person 2 for skill 0",)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 300), data=st.data())
def test_checker_refuses_every_schedule_with_a_person_removed_added_or_doubled(seed, data):
    problem = free_case(random.Random(seed), activities=8, people=5, skills=3, fancy=True)
    found = level_skills(problem)
    place = data.draw(st.integers(0, 7))
    team = found.people[place]
    change = data.draw(st.sampled_from(("remove", "add", "twice", "two places", "unable")))
    if change == "remove":
        other = team[1:]
    elif change == "add":
        other = (*team, Assignment(person_uid=data.draw(st.integers(1, 5)), skill=0))
    elif change == "twice":
        other = (*team[:-1], team[-1], team[-1])
    elif change == "two places":
        other = team
    else:
        other = (Assignment(person_uid=team[0].person_uid, skill=99), *team[1:])
    starts, people = list(found.starts), list(found.people)
    people[place] = other
    if change == "two places":
        rival = next(
            (
                at
                for at in range(8)
                if at != place and {e.person_uid for e in people[at]} & {e.person_uid for e in team}
            ),
            None,
        )
        if rival is None:
            return
        starts[rival] = starts[place]
    with pytest.raises(BrokenSchedule):
        check_people(problem, starts, people)
