"""What a schedule of a bench must be: a schedule of the network with delays, in which nobody is taken twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kaname.engine.calendar import compile_calendar
from kaname.engine.calendar.kernels import CLOCK
from kaname.engine.leveling.plans import Bench, delayed_plan, prepare_plan
from kaname.engine.leveling.plans.arrays import WAITS
from kaname.engine.leveling.plans.jit import compiled_kernels
from kaname.engine.network import schedule
from kaname.engine.network.plan import (
    NOT_STARTED,
    Assignment,
    ConstraintType,
    Dialect,
    Link,
    LinkType,
    Plan,
    Resource,
    ScheduleFrom,
    Task,
)
from tests.engine.leveling.plans.some_plans import CALENDARS, ORIGIN, hours, plans

OFFICE = compile_calendar(CALENDARS, 1)


def plan_of(*tasks, links=(), units=1000, people=1, calendar_uid=None):
    """Return a plan in the office, in which person 1 works on all tasks."""
    return Plan(
        start_at=ORIGIN,
        calendar_uid=1,
        calendars=CALENDARS,
        tasks=tasks,
        links=links,
        resources=tuple(Resource(uid=uid, name=f"P{uid}", calendar_uid=calendar_uid) for uid in range(1, people + 1)),
        assignments=tuple(Assignment(task_uid=task.uid, resource_uid=1, units_permille=units) for task in tasks),
    )


def work(uid, length, **said):
    return Task(uid=uid, name=f"t{uid}", duration_minutes=hours(length), **said)


def made(plan, keys=None, **options):
    """Return each task's start in office hours from the origin, after one run by keys in task order, and who is forced."""
    model = prepare_plan(plan, **options)
    bench = Bench(model)
    by_position = [0] * model.size
    for number, task in enumerate(plan.tasks):
        by_position[model.position(task.uid)] = number if keys is None else keys[number]
    forced = bench.run(bench.listed(by_position))
    starts = [bench.dates.start[model.position(task.uid)] for task in plan.tasks]
    return [OFFICE.between(ORIGIN, start) / 60 for start in starts], forced


def test_tasks_of_one_person_follow_one_another_in_the_order_of_the_keys():
    plan = plan_of(work(1, 8), work(2, 4), work(3, 8))
    assert made(plan) == ([0, 8, 12], 0)
    assert made(plan, [3, 2, 1]) == ([12, 8, 0], 0)


def test_half_of_a_person_is_enough_for_two_tasks_at_once():
    plan = plan_of(work(1, 8), work(2, 4), work(3, 8), units=500)
    assert made(plan) == ([0, 0, 4], 0)


def test_short_task_goes_into_the_gap_before_one_that_is_bound():
    late = work(1, 8, constraint=ConstraintType.SNET, constraint_at=OFFICE.add(ORIGIN, hours(20)))
    assert made(plan_of(late, work(2, 20), work(3, 4))) == ([20, 0, 28], 0)


def test_task_bound_to_a_date_stays_and_others_go_round_it_or_are_forced():
    fixed = work(1, 8, constraint=ConstraintType.MSO, constraint_at=OFFICE.add(ORIGIN, hours(4)))
    assert made(plan_of(fixed, work(2, 8))) == ([4, 12], 0)
    must = work(2, 8, constraint=ConstraintType.FNLT, constraint_at=OFFICE.add(ORIGIN, hours(12)))
    assert made(plan_of(fixed, must)) == ([4, 0], 1)


def test_priority_of_1000_is_never_moved():
    assert made(plan_of(work(1, 8), work(2, 8, priority=1000))) == ([0, 0], 0)


def test_more_than_there_is_takes_the_whole_person_and_never_ends_the_search():
    assert made(plan_of(work(1, 8), work(2, 8), units=1500)) == ([0, 8], 0)


def test_person_who_leaves_forces_what_comes_after():
    leaving = {1: ((OFFICE.add(ORIGIN, hours(10)), 0),)}
    assert made(plan_of(work(1, 8), work(2, 8)), availability=leaving) == ([0, 0], 1)


def test_person_who_comes_later_lets_the_task_wait():
    coming = {1: ((ORIGIN - 1440, 0), (OFFICE.add(ORIGIN, hours(10)), 1000))}
    assert made(plan_of(work(1, 8)), availability=coming) == ([10], 0)


def test_latest_finish_forces_rather_than_moves():
    assert made(plan_of(work(1, 8), work(2, 8)), latest={2: OFFICE.add(ORIGIN, hours(15))}) == ([0, 0], 1)
    assert made(plan_of(work(1, 8), work(2, 8)), latest={2: OFFICE.add(ORIGIN, hours(16))}) == ([0, 8], 0)


def test_release_holds_back_and_successor_follows_its_predecessor():
    links = (Link(predecessor_uid=1, successor_uid=2, type=LinkType.SS, lag=hours(4)),)
    plan = plan_of(work(1, 8), work(2, 8), work(3, 2), links=links)
    assert made(plan, releases={1: OFFICE.add(ORIGIN, hours(2))}) == ([2, 10, 0], 0)


def test_part_of_a_task_leaves_the_rest_of_the_time_to_others():
    plan = plan_of(work(1, 16), work(2, 8))
    only_first_half = replace(plan.assignments[0], effort_minutes=hours(8))
    assert made(replace(plan, assignments=(only_first_half, plan.assignments[1]))) == ([0, 8], 0)


@settings(max_examples=100, deadline=None)
@given(plans(), st.data())
def test_levelled_plan_is_the_plan_with_levelling_delays(plan, data):
    model = prepare_plan(plan)
    bench = Bench(model)
    keys = data.draw(st.lists(st.integers(0, 99), min_size=model.size, max_size=model.size))
    bench.run(bench.listed(keys))
    found = schedule(delayed_plan(model, bench.waits))
    assert list(found.dates.start) == bench.dates.start
    assert list(found.dates.finish) == bench.dates.finish


@settings(max_examples=100, deadline=None)
@given(plans(), st.data())
def test_nobody_is_taken_twice_unless_it_is_told(plan, data):
    model = prepare_plan(plan)
    bench = Bench(model)
    keys = data.draw(st.lists(st.integers(0, 99), min_size=model.size, max_size=model.size))
    bench.run(bench.listed(keys))
    rows = [(place, part) for place in range(model.size) for part in model.parts[place]]
    for place, part in rows:
        if bench.limits.role[place] != WAITS or bench.waits.forced[place]:
            continue
        start, finish = bench.dates.start[place], bench.dates.finish[place]
        others = [
            (bench.dates.start[other], bench.dates.finish[other], taken)
            for other, taken in rows
            if taken.resource == part.resource
            and bench.limits.role[other] == WAITS
            and not bench.waits.forced[other]
            and taken.length < 0
        ]
        capacity = model.capacity[part.resource][0][1]
        for moment in {begin for begin, _, _ in others if start <= begin < finish} | set(range(start, finish, 61)):
            taken = [
                each.units
                for begin, end, each in others
                if begin <= moment < end and works_at(model, each.calendar, moment)
            ]
            assert len(taken) <= 1 or sum(taken) <= capacity


def works_at(model, calendar, moment):
    """Return whether a calendar of the network has the minute from a moment on."""
    return calendar == CLOCK or model.network.book.measure(calendar).between(moment, moment + 1) == 1


@settings(max_examples=40, deadline=None)
@given(plans(), st.data())
def test_compiled_kernels_do_what_the_plain_ones_do(plan, data):
    model = prepare_plan(plan)
    keys = data.draw(st.lists(st.integers(0, 99), min_size=model.size, max_size=model.size))
    plain, fast = Bench(model), Bench(model, compiled_kernels())
    for bench in (plain, fast):
        bench.run(bench.listed(keys))
        bench.run(bench.listed(keys))
    assert plain.dates.start == fast.dates.start.tolist()
    assert plain.dates.finish == fast.dates.finish.tolist()
    assert plain.waits.floor == fast.waits.floor.tolist()
    assert plain.lines.count == fast.lines.count.tolist()


def test_benches_of_threads_do_not_disturb_one_another():
    plan = plan_of(*(work(uid, 1 + uid % 7) for uid in range(1, 60)), units=500)
    model = prepare_plan(plan)
    kernels = compiled_kernels()

    def total(seed):
        bench = Bench(model, kernels)
        rng = np.random.default_rng(seed)
        sums = []
        for _ in range(200):
            bench.spans[:] = rng.integers(60, 600, model.size)
            bench.run(bench.listed(rng.permutation(model.size)))
            sums.append(bench.finish)
        return sums

    with ThreadPoolExecutor(2) as workers:
        together = list(workers.map(total, range(4)))
    assert together == [total(seed) for seed in range(4)]


@settings(max_examples=100, deadline=None)
@given(plans(most=6), st.sampled_from(list(ScheduleFrom)))
def test_without_people_nothing_moves(plan, schedule_from):
    is_late = schedule_from == ScheduleFrom.FINISH or any(task.constraint == ConstraintType.ALAP for task in plan.tasks)
    plan = replace(
        plan,
        assignments=(),
        finish_at=ORIGIN + hours(500),
        rules=replace(plan.rules, schedule_from=schedule_from),
        tasks=tuple(replace(task, leveling_delay_minutes=0, progress=NOT_STARTED) for task in plan.tasks),
    )
    assume(plan.rules.dialect == Dialect.MICROSOFT or not is_late)
    model = prepare_plan(plan)
    bench = Bench(model)
    bench.run(bench.listed([0] * model.size))
    found = schedule(plan)
    assert list(found.dates.start) == bench.dates.start
    assert list(found.dates.finish) == bench.dates.finish


def test_two_tasks_of_one_person_at_different_hours_do_not_disturb_one_another():
    """By day for three days in the office, and a night among them: the hull of one covers the other."""
    night = work(2, 4, calendar_uid=4, ignores_resource_calendars=True)
    assert made(plan_of(work(1, 24), night)) == ([0, 8], 0)
    twilight = work(2, 4, calendar_uid=2, ignores_resource_calendars=True)
    starts, forced = made(plan_of(work(1, 24), twilight))
    assert (starts[0], forced) == (0, 0)
    assert starts[1] >= 24


def test_three_at_different_hours_take_no_more_than_there_is():
    tasks = (work(1, 24), work(2, 4, calendar_uid=2, ignores_resource_calendars=True), work(3, 8))
    assert made(plan_of(*tasks, units=500)) == ([0, 1, 4], 0)
