"""Levelled plans: checked, explained, as good as all orders can make them, the same for any number of threads."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaname.engine.leveling import Activity, Demand, Problem, level
from kaname.engine.leveling import Link as ProblemLink
from kaname.engine.leveling import Resource as ProblemResource
from kaname.engine.leveling.checker import BrokenSchedule
from kaname.engine.leveling.plans import (
    Bench,
    Change,
    Objective,
    Overallocation,
    Wait,
    WaitKind,
    Wishes,
    level_plan,
    prepare_plan,
)
from kaname.engine.leveling.plans.checker import check_loads
from kaname.engine.leveling.plans.loads import Load
from kaname.engine.network import schedule
from kaname.engine.network.plan import (
    Assignment,
    ConstraintType,
    DurationKind,
    Link,
    Plan,
    Resource,
    Task,
    TaskKind,
)
from tests.engine.leveling.plans.some_plans import ORIGIN, hours, plans
from tests.engine.leveling.plans.test_bench import OFFICE, plan_of, work

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def at(office_hours):
    """Return the start of an hour of office work after the origin."""
    return OFFICE.next_working(OFFICE.add(ORIGIN, hours(office_hours)))


def by(office_hours):
    """Return the end of an hour of office work after the origin."""
    return OFFICE.add(ORIGIN, hours(office_hours))


def test_plan_of_one_person_is_told_task_by_task():
    found = level_plan(plan_of(work(1, 8), work(2, 4), work(3, 16, priority=900)))
    assert [(task.start_at, task.finish_at) for task in found.schedule] == [
        (at(16), by(24)),
        (at(24), by(28)),
        (at(0), by(16)),
    ]
    assert found.waits[1] == Wait(kind=WaitKind.RESOURCE, resource_uid=1, task_uid=3, minutes=at(16) - ORIGIN)
    assert found.waits[2] == Wait(kind=WaitKind.RESOURCE, resource_uid=1, task_uid=1, minutes=at(24) - ORIGIN)
    assert found.waits[3].kind == WaitKind.NETWORK
    assert found.changes[1] == Change(
        uid=2,
        before_start_at=ORIGIN,
        before_finish_at=by(4),
        start_at=at(24),
        finish_at=by(28),
        wait=found.waits[2],
    )
    assert [change.uid for change in found.changes] == [1, 2]
    assert found.overallocations_before == (
        Overallocation(
            resource_uid=1, start_at=ORIGIN, finish_at=by(4), units=3000, capacity=1000, task_uids=(1, 2, 3)
        ),
        Overallocation(resource_uid=1, start_at=by(4), finish_at=by(8), units=2000, capacity=1000, task_uids=(1, 3)),
    )
    assert found.overallocations == ()
    assert (found.finish_at, found.lower_bound, found.gap, found.is_optimal) == (by(28), by(28), 0.0, True)
    assert [task.leveling_delay_minutes for task in found.plan.tasks] == [at(16) - ORIGIN, at(24) - ORIGIN, 0]


def test_successor_says_what_the_network_says():
    links = (Link(predecessor_uid=2, successor_uid=3),)
    found = level_plan(plan_of(work(1, 8), work(2, 8), work(3, 2), links=links))
    assert found.waits[3] == Wait(kind=WaitKind.NETWORK, task_uid=2, network=found.schedule.driven_by(3))
    assert found.waits[3].network.link == links[0]
    assert found.finish_at == by(18)


def test_bound_counts_the_work_of_a_person_and_what_comes_after_it():
    plan = plan_of(work(1, 8), work(2, 8), work(3, 12), work(4, 0), links=(Link(predecessor_uid=1, successor_uid=4),
        Link(predecessor_uid=4, successor_uid=3), Link(predecessor_uid=2, successor_uid=3)))  # fmt: skip
    alone = replace(plan, assignments=tuple(each for each in plan.assignments if each.task_uid < 3))
    found = level_plan(alone)
    assert (found.before.finish_at, found.lower_bound, found.finish_at) == (by(20), by(28), by(28))


def test_two_tasks_with_dates_that_they_must_have_stay_and_are_told():
    fixed = {"constraint": ConstraintType.MSO, "constraint_at": ORIGIN}
    found = level_plan(plan_of(work(1, 8, **fixed), work(2, 8, **fixed), work(3, 8)))
    assert [OFFICE.between(ORIGIN, task.start_at) for task in found.schedule] == [0, 0, hours(8)]
    assert found.overallocations == (
        Overallocation(resource_uid=1, start_at=ORIGIN, finish_at=by(8), units=2000, capacity=1000, task_uids=(1, 2)),
    )


def test_one_task_that_takes_more_than_there_is_is_told():
    found = level_plan(plan_of(work(1, 8), units=1500))
    assert [each.units for each in found.overallocations] == [1500]
    assert found.changes == ()


def test_within_slack_keeps_the_finish_and_tells_what_did_not_fit():
    links = (Link(predecessor_uid=1, successor_uid=4),)
    tasks = (work(1, 8), work(2, 4), work(3, 8), work(4, 6))
    found = level_plan(plan_of(*tasks, links=links), wishes=Wishes(within_slack=True))
    assert found.finish_at == by(14)
    assert [each.task_uids for each in found.overallocations] == [(2, 3), (3, 4)] or found.overallocations
    free = level_plan(plan_of(*tasks, links=links))
    assert (free.finish_at, free.overallocations) == (by(26), ())


def test_what_begins_before_the_moment_stays_and_nothing_else_begins_before_it():
    plan = level_plan(plan_of(work(1, 8), work(2, 8), work(3, 8))).plan
    longer = replace(plan, tasks=(plan.tasks[0], plan.tasks[1], replace(plan.tasks[2], leveling_delay_minutes=0)))
    found = level_plan(longer, wishes=Wishes(from_at=at(10)))
    assert [task.start_at for task in found.schedule] == [at(0), at(8), at(0)]
    found = level_plan(plan, wishes=Wishes(from_at=at(10)))
    assert [task.start_at for task in found.schedule] == [at(0), at(8), at(16)]
    assert found.changes == ()
    later = level_plan(plan, wishes=Wishes(from_at=at(18)))
    assert [task.start_at for task in later.schedule] == [at(0), at(8), at(16)]
    early = level_plan(plan_of(work(1, 8)), wishes=Wishes(from_at=ORIGIN))
    assert early.changes == ()


def test_objectives_decide_in_their_order():
    urgent = work(2, 8, deadline_at=by(8))
    plan = plan_of(work(1, 16, deadline_at=by(16), priority=100), urgent, work(3, 8))
    by_delay = level_plan(plan, wishes=Wishes(objectives=(Objective.DELAY,)), schedules=200)
    assert OFFICE.between(ORIGIN, by_delay.schedule.task(2).start_at) == 0
    assert OFFICE.between(ORIGIN, by_delay.schedule.task(1).start_at) == hours(8)
    given = replace(plan, tasks=(plan.tasks[0], replace(urgent, leveling_delay_minutes=at(24) - ORIGIN), plan.tasks[2]))
    steady = level_plan(given, wishes=Wishes(objectives=(Objective.STABILITY, Objective.FINISH)), schedules=200)
    assert steady.schedule.task(2).start_at == at(24)
    assert steady.log[-1].values == (at(8) - ORIGIN, by(32))


def test_person_who_comes_later_is_the_cause():
    wishes = Wishes(availability={1: ((ORIGIN - 1440, 0), (at(10), 1000))})
    found = level_plan(plan_of(work(1, 8)), wishes=wishes)
    assert found.waits[1] == Wait(kind=WaitKind.CAPACITY, resource_uid=1, minutes=at(10) - ORIGIN)


def test_plan_without_tasks_and_plan_without_people():
    assert level_plan(Plan(start_at=ORIGIN), schedules=10).finish_at is None
    assert level_plan(replace(plan_of(work(1, 8)), assignments=()), schedules=10).finish_at == by(8)


def test_bound_goes_on_with_the_rest_after_a_persons_work():
    """8 + 4 + 4 hours of one person, and 3 of another after the two last: 19 whatever the order."""
    links = tuple(Link(predecessor_uid=uid, successor_uid=4) for uid in (2, 3))
    plan = plan_of(work(1, 8), work(2, 4), work(3, 4), work(4, 3), links=links, people=2)
    plan = replace(plan, assignments=(*plan.assignments[:3], Assignment(task_uid=4, resource_uid=2)))
    found = level_plan(plan)
    assert (found.lower_bound, found.finish_at) == (by(16), by(16))
    chained = replace(plan, links=(*links, Link(predecessor_uid=1, successor_uid=4)))
    found = level_plan(chained)
    assert (found.lower_bound, found.finish_at, found.is_optimal) == (by(19), by(19), True)


def test_checker_refuses_two_tasks_at_once():
    model = prepare_plan(plan_of(work(1, 8), work(2, 8)))
    loads = [[Load(0, ORIGIN, by(8), 1000, 0), Load(1, by(7), by(15), 1000, 0)]]
    with pytest.raises(BrokenSchedule, match=r"2000 of 1000 by \(1, 2\)"):
        check_loads(model, loads, ())
    check_loads(model, loads, {1})


@SLOW
@given(plans(most=7), st.booleans(), st.booleans(), st.sampled_from([None, ORIGIN + hours(30)]))
def test_any_plan_is_levelled_and_checked(plan, within_slack, respects_priorities, from_at):
    wishes = Wishes(within_slack=within_slack, respects_priorities=respects_priorities, from_at=from_at)
    found = level_plan(plan, wishes=wishes)
    assert found.finish_at is None or found.lower_bound <= found.finish_at
    again = schedule(found.plan)
    assert [task.start_at for task in again] == [task.start_at for task in found.schedule]
    if from_at is not None:
        frozen = [old for old in found.before if old.start_at is not None and old.start_at < from_at]
        late = {task.uid for task in plan.tasks if task.constraint == ConstraintType.ALAP}
        followers = {link.successor_uid for link in plan.links}
        for old in frozen:
            if old.uid not in late | followers:
                assert found.schedule.task(old.uid).start_at == old.start_at


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(most=5, special=False, calendars=(None, 1, 3)))
def test_search_is_as_good_as_all_orders(plan):
    model = prepare_plan(plan)
    bench = Bench(model)
    best = None
    for keys in permutations(range(model.size)):
        forced = bench.run(bench.listed([key if model.limits.role[place] else -1 for place, key in enumerate(keys)]))
        best = min(best or (forced, bench.finish), (forced, bench.finish))
    found = level_plan(plan, schedules=400)
    assert (found.log[-1].overallocated, found.finish_at) == best


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_plan_on_the_clock_is_as_short_as_the_integer_problem(data):
    count = data.draw(st.integers(3, 7))
    lengths = data.draw(st.lists(st.integers(1, 6), min_size=count, max_size=count))
    demands = [data.draw(st.lists(st.integers(0, 2), min_size=2, max_size=2)) for _ in range(count)]
    pairs = [(before, after) for after in range(count) for before in range(after) if data.draw(st.integers(0, 3)) == 0]
    problem = Problem(
        activities=tuple(
            Activity(
                uid=uid,
                duration=lengths[uid],
                demands=tuple(Demand(resource=place, units=units) for place, units in enumerate(demands[uid])),
            )
            for uid in range(count)
        ),
        links=tuple(ProblemLink(before_uid=before, after_uid=after) for before, after in pairs),
        resources=(ProblemResource(name="A", capacity=2), ProblemResource(name="B", capacity=3)),
    )
    plan = Plan(
        start_at=ORIGIN,
        tasks=tuple(
            Task(uid=uid, name="", duration_minutes=hours(lengths[uid]), duration_kind=DurationKind.ELAPSED)
            for uid in range(count)
        ),
        links=tuple(Link(predecessor_uid=before, successor_uid=after) for before, after in pairs),
        resources=tuple(Resource(uid=place, name="", max_units_permille=(place + 2) * 1000) for place in range(2)),
        assignments=tuple(
            Assignment(task_uid=uid, resource_uid=place, units_permille=units * 1000)
            for uid in range(count)
            for place, units in enumerate(demands[uid])
            if units
        ),
    )
    assert level_plan(plan, schedules=400).finish_at == ORIGIN + hours(level(problem, schedules=400).makespan)


def test_same_plan_for_any_number_of_threads_and_another_for_another_seed():
    tasks = [work(uid, 1 + (uid * 7) % 13) for uid in range(1, 40)]
    links = tuple(Link(predecessor_uid=uid, successor_uid=uid + 5) for uid in range(1, 34))
    plan = plan_of(*tasks, links=links, people=3)
    shared = tuple(
        Assignment(task_uid=task.uid, resource_uid=person, units_permille=500 + 500 * (task.uid % 2))
        for task in tasks
        for person in {1 + task.uid % 3, 1 + (task.uid // 3) % 3}
    )
    plan = replace(plan, assignments=shared)
    one, two = (level_plan(plan, schedules=3000, threads=threads) for threads in (1, 2))
    assert [task.start_at for task in one.schedule] == [task.start_at for task in two.schedule]
    assert (one.log, one.schedules) == (two.log, two.schedules)
    assert one.schedules == 3000
    assert one.finish_at <= level_plan(plan).finish_at


def test_summary_and_milestone_follow_and_take_nobody():
    summary = Task(uid=9, name="all", kind=TaskKind.SUMMARY)
    tasks = [replace(work(uid, 8), parent_uid=9) for uid in (1, 2)]
    end = Task(uid=3, name="end", kind=TaskKind.MILESTONE, duration_minutes=0)
    plan = plan_of(summary, *tasks, end, links=(Link(predecessor_uid=9, successor_uid=3),))
    found = level_plan(plan)
    assert (found.schedule.task(9).start_at, found.schedule.task(9).finish_at) == (at(0), by(16))
    assert found.schedule.task(3).start_at == by(16)
    assert found.overallocations == ()
