from datetime import datetime

import pytest

from kaname.engine.calendar import Calendar, Shift
from kaname.engine.network import LoopError, PlanError, schedule
from kaname.engine.network.plan import Link, Plan, Task, TaskKind
from kaname.engine.units import wall_minute

ORIGIN = wall_minute(datetime(2026, 10, 1, 9, 0))
CALENDAR = Calendar(1, "office", ((Shift(540, 1080),),) * 5 + ((), ()))


def plan(tasks, links=(), **more):
    fields = {"start_at": ORIGIN, "calendar_uid": 1, "calendars": (CALENDAR,)} | more
    made = tuple(Link(predecessor_uid=before, successor_uid=after) for before, after in links)
    return Plan(tasks=tuple(tasks), links=made, **fields)


def tasks(count):
    return [Task(uid=uid, name=f"t{uid}", duration_minutes=60) for uid in range(1, count + 1)]


def test_loop_is_reported_whole_with_task_names():
    with pytest.raises(LoopError) as caught:
        schedule(plan(tasks(6), [(1, 2), (2, 3), (3, 4), (4, 2), (4, 5), (1, 6)]))
    assert caught.value.loops == ((2, 3, 4),)
    assert "in a loop: t2 → t3 → t4 → t2." in str(caught.value)


def test_two_loops_are_both_reported():
    with pytest.raises(LoopError) as caught:
        schedule(plan(tasks(5), [(1, 2), (2, 1), (3, 4), (4, 5), (5, 3)]))
    assert caught.value.loops == ((1, 2), (3, 4, 5))


def test_loop_through_a_summary_names_the_summary():
    outline = [
        Task(uid=1, name="Design", kind=TaskKind.SUMMARY),
        Task(uid=2, name="draw", parent_uid=1, duration_minutes=60),
        Task(uid=3, name="order", duration_minutes=60),
    ]
    with pytest.raises(LoopError, match="Design → order → draw → Design"):
        schedule(plan(outline, [(1, 3), (3, 2)]))


def test_loop_of_a_thousand_tasks_is_found():
    ring = [(uid, uid % 1000 + 1) for uid in range(1, 1001)]
    with pytest.raises(LoopError) as caught:
        schedule(plan(tasks(1000), ring))
    assert [len(loop) for loop in caught.value.loops] == [1000]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (plan(tasks(1), [(1, 1)]), "Task 1 “t1” is linked to itself"),
        (plan(tasks(1), [(1, 9)]), "from task 1 to task 9 leads nowhere: task 9 does not exist"),
        (plan(tasks(1), [(8, 1)]), "from task 8 to task 1 leads nowhere: task 8 does not exist"),
        (plan([*tasks(1), *tasks(1)]), "The number 1 is used by 2 tasks, “t1” among them"),
        (plan([Task(uid=1, name="a", parent_uid=7)]), "Task 1 “a” names task 7 as its parent, which does not exist"),
        (plan([Task(uid=1, name="a", parent_uid=1)]), "Task 1 “a” stands before its parent “a”, or is its own parent"),
        (plan(tasks(1), start_at=None), "Nothing says when the plan starts"),
        (plan(tasks(1), calendars=(Calendar(1, "none", ((),) * 7),)), "“none”, has no working time at all"),
        (plan(tasks(1), calendars=()), "Calendar number 1"),
        (plan([Task(uid=1, name="for ever", duration_minutes=1 << 40)]), "Task 1 “for ever” would leave the years"),
    ],
)
def test_plan_that_cannot_be_calculated_is_refused_with_its_reason(made, words):
    with pytest.raises(PlanError, match=words):
        schedule(made)


def test_link_between_a_summary_and_its_own_task_is_refused():
    outline = [Task(uid=1, name="all", kind=TaskKind.SUMMARY), Task(uid=2, name="part", parent_uid=1)]
    with pytest.raises(PlanError, match="“part” is linked to “all”, but one of them contains the other"):
        schedule(plan(outline, [(2, 1)]))


def test_every_fault_of_the_links_is_named():
    with pytest.raises(PlanError) as caught:
        schedule(plan(tasks(2), [(1, 1), (1, 9), (1, 2)]))
    assert len(caught.value.messages) == 2
