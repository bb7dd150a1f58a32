import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.engine.leveling import (
    Cause,
    CauseKind,
    Change,
    Priority,
    ProblemError,
    Resource,
    check_schedule,
    level,
    replan,
)
from tests.engine.leveling.problems import OFFICE, activity, cheapest, problem
from tests.engine.leveling.test_objective import some

PLAN = {1: 0, 2: 3, 3: 3, 4: 5, 5: 10, 6: 7, 7: 12}
"""A schedule of the office of the shortest length, 13."""


def test_replan_moves_nothing_where_the_plan_still_holds():
    found = replan(OFFICE, earlier=PLAN, frozen_until=4, schedules=600)
    assert found.leveling.starts == (0, 3, 3, 5, 10, 7, 12)
    assert (found.kept, found.changes) == ((1, 2, 3), ())
    assert found.leveling.values == (0, 13)


def test_replan_moves_what_a_delay_pushes_and_says_why():
    line = problem([activity(1, 3, 2), activity(2, 2, 1), activity(3, 4, 2), activity(4, 1, 1)], [(1, 2), (2, 3)])
    plan = {1: 0, 2: 3, 3: 5, 4: 9}
    longer = replace(line, activities=(replace(line.activities[0], duration=5), *line.activities[1:]))
    found = replan(longer, earlier=plan, frozen_until=1, schedules=600)
    assert found.leveling.starts == (0, 5, 7, 11)
    assert found.kept == (1,)
    assert found.changes == (
        Change(uid=2, before=3, after=5, cause=Cause(kind=CauseKind.PREDECESSOR, uid=1, waits=2)),
        Change(uid=3, before=5, after=7, cause=Cause(kind=CauseKind.PREDECESSOR, uid=2, waits=2)),
        Change(uid=4, before=9, after=11, cause=Cause(kind=CauseKind.RESOURCE, uid=3, resource=0, waits=2)),
    )


def test_replan_shortest_first_moves_more_than_stability_first():
    idle = problem([activity(1, 2, 2), activity(2, 2, 2), activity(3, 2, 2)])
    plan = {1: 0, 2: 4, 3: 8}
    calm = replan(idle, earlier=plan, frozen_until=1, schedules=600)
    assert (calm.leveling.starts, calm.changes) == ((0, 4, 8), ())
    short = replan(idle, earlier=plan, frozen_until=1, priority=Priority.MAKESPAN, schedules=600)
    assert short.leveling.starts == (0, 2, 4)
    assert short.leveling.values == (6, 6)
    assert short.changes == (
        Change(uid=2, before=4, after=2, cause=Cause(kind=CauseKind.RESOURCE, uid=3, resource=0)),
        Change(uid=3, before=8, after=4, cause=Cause(kind=CauseKind.NOTHING)),
    )


def test_replan_puts_new_work_behind_the_horizon_and_round_what_is_planned():
    grown = replace(OFFICE, activities=(*OFFICE.activities, activity(8, 2, 1)))
    found = replan(grown, earlier={**PLAN, 99: 4}, frozen_until=6, schedules=600)
    assert found.leveling.starts == (0, 3, 3, 5, 10, 7, 12, 12)
    assert found.changes == (Change(uid=8, before=None, after=12, cause=Cause(kind=CauseKind.NOTHING)),)


def test_replan_dates_and_missing_people_are_causes():
    pair = problem([activity(1, 2, 1, release=4), activity(2, 3, 2)])
    away = replace(pair, resources=(Resource(name="R1", capacity=2, changes=((6, 1), (9, 2))),))
    found = replan(away, earlier={1: 2, 2: 6}, frozen_until=1, schedules=300)
    assert found.leveling.starts == (4, 9)
    assert found.changes == (
        Change(uid=1, before=2, after=4, cause=Cause(kind=CauseKind.DATE, waits=2)),
        Change(uid=2, before=6, after=9, cause=Cause(kind=CauseKind.RESOURCE, resource=0, waits=3)),
    )


def test_replan_refuses_a_frozen_part_that_needs_more_than_there_is():
    crowd = problem([activity(1, 3, 2), activity(2, 3, 2)])
    with pytest.raises(ProblemError) as refused:
        replan(crowd, earlier={1: 0, 2: 1}, frozen_until=2, schedules=100)
    assert "Fixed activities need more of R1 at time 1" in str(refused.value)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(list(Priority)))
def test_replan_random_plan_with_another_duration_is_best_of_all_schedules(seed, priority):
    dice = random.Random(seed)
    wanted = some(4, seed)
    plan = level(wanted, schedules=100, seed=seed)
    earlier = {each.uid: start for each, start in zip(wanted.activities, plan.starts, strict=True)}
    changed = list(wanted.activities)
    changed[0] = replace(changed[0], duration=changed[0].duration + dice.randint(0, 2))
    later = replace(wanted, activities=tuple(changed))
    found = replan(later, earlier=earlier, frozen_until=1, priority=priority, schedules=900)
    check_schedule(found.leveling.problem, found.leveling.starts)
    assert found.leveling.values == cheapest(found.leveling.problem, found.leveling.objective)
    assert {each.uid for each in found.changes} == {
        each.uid
        for each, start in zip(later.activities, found.leveling.starts, strict=True)
        if earlier[each.uid] != start
    }
