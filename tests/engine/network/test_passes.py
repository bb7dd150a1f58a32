"""What must hold for every plan: links kept, floats consistent, both forms of the kernels alike, small changes exact."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kaname
from benchmarks.network_speed import synthetic_plan
from kaname.engine.calendar import Calendar, Shift, compile_calendar
from kaname.engine.network import Cause, CauseKind, compile_plan, reschedule, schedule, warm_up
from kaname.engine.network.jit import PLAIN, compiled_kernels, kernels_for
from kaname.engine.network.passes import Run
from kaname.engine.network.plan import (
    ConstraintType,
    LagUnit,
    Link,
    LinkType,
    Plan,
    Progress,
    Task,
    TaskKind,
)
from kaname.engine.units import wall_minute

ORIGIN = wall_minute(datetime(2026, 10, 1, 9, 0))
DAY = (Shift(540, 720), Shift(780, 1080))
CALENDARS = (
    Calendar(1, "office", (DAY,) * 5 + ((), ())),
    Calendar(2, "shop", ((Shift(600, 1200),),) * 6 + ((),)),
)
FROM_FINISH = (LinkType.FS, LinkType.FF)
"""Links whose elapsed lags the properties below hold for: a start cannot lie at night, whatever a clock lag asks for."""
OFFICE = compile_calendar(CALENDARS, 1)


@st.composite
def plans(draw, *, constrained=False, calendars=(None,)):
    count = draw(st.integers(2, 12))
    tasks, links = [], []
    for uid in range(count):
        bound = {}
        if constrained and draw(st.booleans()):
            kinds = st.sampled_from([kind for kind in ConstraintType if kind != ConstraintType.ASAP])
            bound = {"constraint": draw(kinds), "constraint_at": ORIGIN + 60 * draw(st.integers(-100, 900))}
        length = draw(st.integers(0, 1500))
        uid_of_calendar = draw(st.sampled_from(calendars))
        tasks.append(Task(uid=uid, name=f"t{uid}", duration_minutes=length, calendar_uid=uid_of_calendar, **bound))
        for before in draw(st.lists(st.integers(0, count), max_size=3, unique=True)):
            if before < uid:
                kind = draw(st.sampled_from(list(LinkType)))
                lag = draw(st.sampled_from([0, 0, 0, 480, -240, 1000]))
                unit = draw(st.sampled_from(list(LagUnit))) if lag > 0 and kind in FROM_FINISH else LagUnit.WORKING
                links.append(Link(predecessor_uid=before, successor_uid=uid, type=kind, lag=lag, lag_unit=unit))
    return Plan(start_at=ORIGIN, calendar_uid=1, calendars=CALENDARS, tasks=tuple(tasks), links=tuple(links))


def with_task(plan, task):
    return replace(plan, tasks=tuple(task if one.uid == task.uid else one for one in plan.tasks))


def work(moment):
    return OFFICE.between(ORIGIN, moment)


def lagged(plan, link, moment):
    length = plan.tasks[link.predecessor_uid].duration_minutes
    share = (length * link.lag + 500) // 1000
    amounts = {LagUnit.PERCENT: share, LagUnit.ELAPSED_PERCENT: share}
    amount = amounts.get(link.lag_unit, link.lag)
    if link.lag_unit in (LagUnit.ELAPSED, LagUnit.ELAPSED_PERCENT):
        return moment + amount
    return OFFICE.add(moment, amount) if amount > 0 else OFFICE.subtract(moment, -amount)


def test_task_that_finished_without_a_known_start_stands_at_its_finish():
    done = Task(uid=1, name="done", duration_minutes=480, progress=Progress(actual_finish_at=ORIGIN - 600))
    after = Task(uid=2, name="after", duration_minutes=60)
    links = (Link(predecessor_uid=1, successor_uid=2),)
    found = schedule(Plan(start_at=ORIGIN, calendar_uid=1, calendars=CALENDARS, tasks=(done, after), links=links))
    assert (found.task(1).start_at, found.task(1).finish_at) == (ORIGIN - 600, ORIGIN - 600)
    assert found.task(2).start_at == OFFICE.next_working(ORIGIN - 600)


@settings(max_examples=150, deadline=None)
@given(plans())
def test_forward_dates_satisfy_every_link(plan):
    result = schedule(plan)
    for link in plan.links:
        before, after = result.task(link.predecessor_uid), result.task(link.successor_uid)
        driving = before.finish_at if link.type in (LinkType.FS, LinkType.FF) else before.start_at
        driven = after.start_at if link.type in (LinkType.FS, LinkType.SS) else after.finish_at
        assert work(driven) >= work(lagged(plan, link, driving))


@settings(max_examples=150, deadline=None)
@given(plans())
def test_without_constraints_floats_are_consistent(plan):
    result = schedule(plan)
    last = max(task.finish_at for task in result)
    for task in result:
        assert task.total_float_minutes == work(task.late_finish_at) - work(task.finish_at)
        assert task.free_float_minutes >= 0
        assert work(task.late_finish_at) <= work(last)
    assert min(task.total_float_minutes for task in result) == 0


@settings(max_examples=100, deadline=None)
@given(plans())
def test_task_delayed_by_its_total_float_does_not_move_the_finish(plan):
    result = schedule(plan)
    task = max(result, key=lambda one: one.total_float_minutes)
    if plan.tasks[task.uid].duration_minutes == 0 or task.total_float_minutes == 0:
        return
    moved = replace(plan.tasks[task.uid], constraint=ConstraintType.SNET, constraint_at=task.late_start_at)
    delayed = schedule(with_task(plan, moved))
    assert work(delayed.finish_at) == work(result.finish_at)


@settings(max_examples=150, deadline=None)
@given(plans(constrained=True, calendars=(None, 1, 2)), st.data())
def test_reschedule_equals_a_full_schedule(plan, data):
    before = schedule(plan)
    uid = data.draw(st.integers(0, len(plan.tasks) - 1))
    change = data.draw(
        st.sampled_from(
            [
                {"duration_minutes": 777},
                {"duration_minutes": 0},
                {"constraint_at": ORIGIN + 6000},
                {"progress": Progress(actual_start_at=ORIGIN, percent_permille=300)},
                {"progress": Progress(actual_start_at=ORIGIN, actual_finish_at=ORIGIN + 900)},
                {"deadline_at": ORIGIN + 3000},
                {"calendar_uid": 2},
                {"is_active": False},
                {"constraint": ConstraintType.ALAP},
                {"leveling_delay_minutes": 2880},
                {"duration_minutes": 60, "name": "renamed"},
            ]
        )
    )
    task = replace(plan.tasks[uid], **change)
    after = reschedule(before, [task])
    full = schedule(with_task(plan, task))
    assert list(after) == list(full)
    assert (after.start_at, after.finish_at) == (full.start_at, full.finish_at)
    assert [after.driven_by(one.uid) for one in plan.tasks] == [full.driven_by(one.uid) for one in plan.tasks]


@pytest.mark.parametrize("seed", [3, 4])
def test_compiled_kernels_equal_plain_python(seed):
    network = compile_plan(synthetic_plan(600, seed))
    plain, compiled = Run(network, PLAIN).from_start(), Run(network, compiled_kernels()).from_start()
    for one, other in zip(plain.dates, compiled.dates, strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(plain.free_floats, compiled.free_floats)


def test_reschedule_of_one_task_in_a_large_plan_equals_a_full_schedule():
    plan = synthetic_plan(2000, 5)
    before = schedule(plan)
    dice = random.Random(1)
    for _ in range(5):
        task = replace(plan.tasks[dice.randrange(1, 2000)], duration_minutes=60 * dice.randint(1, 400))
        after = reschedule(before, [task])
        full = schedule(with_task(plan, task))
        assert list(after) == list(full)


def test_driving_chain_leads_back_to_the_start_of_the_plan():
    names = [Task(uid=uid, name=str(uid), duration_minutes=480) for uid in range(4)]
    links = tuple(Link(predecessor_uid=uid, successor_uid=uid + 1) for uid in range(3))
    result = schedule(Plan(start_at=ORIGIN, calendar_uid=1, calendars=CALENDARS, tasks=tuple(names), links=links))
    assert result.chain(3) == (3, 2, 1, 0)
    assert result.driven_by(2).waits_minutes == 63 * 60
    assert result.critical_uids() == (0, 1, 2, 3)
    assert len(result) == 4


def test_plan_without_tasks_has_no_dates():
    result = schedule(Plan(start_at=ORIGIN, calendar_uid=1, calendars=CALENDARS))
    assert (result.start_at, result.finish_at, list(result)) == (None, None, [])


@pytest.mark.parametrize("uid", [1, 2])
def test_summary_without_tasks_has_no_dates_and_no_cause(uid):
    tasks = (
        Task(uid=1, name="empty", kind=TaskKind.SUMMARY),
        Task(uid=2, name="empty inside", parent_uid=1, kind=TaskKind.SUMMARY),
        Task(uid=3, name="a", duration_minutes=480),
    )
    result = schedule(Plan(start_at=ORIGIN, calendar_uid=1, calendars=CALENDARS, tasks=tasks))
    assert (result.task(uid).start_at, result.driven_by(uid)) == (None, Cause(kind=CauseKind.NOTHING))


def test_plan_without_a_calendar_takes_the_standard_one_and_says_so():
    result = schedule(Plan(start_at=ORIGIN, tasks=(Task(uid=1, name="a", duration_minutes=480),)))
    assert result.task(1).finish_at == ORIGIN + 1440
    assert "Monday to Friday" in str(result.warnings[0])


def test_link_to_the_finish_of_a_summary_has_no_effect_and_says_so():
    tasks = (
        Task(uid=1, name="all", kind=TaskKind.SUMMARY),
        Task(uid=2, name="in", parent_uid=1, duration_minutes=480),
        Task(uid=3, name="long", duration_minutes=4800),
    )
    link = Link(predecessor_uid=3, successor_uid=1, type=LinkType.FF)
    result = schedule(Plan(start_at=ORIGIN, calendar_uid=1, calendars=CALENDARS, tasks=tasks, links=(link,)))
    assert result.task(2).start_at == ORIGIN
    assert "“long” to the finish of the summary “all”" in str(result.warnings[0])


def test_warm_up_loads_the_compiled_kernels_for_small_plans_too():
    warm_up()
    assert kernels_for(1).reads_arrays is True


def test_small_plan_in_a_fresh_process_runs_without_the_compiler():
    code = (
        "import sys\n"
        "from kaname.engine.network import schedule\n"
        "from kaname.engine.network.plan import Plan, Task\n"
        "schedule(Plan(start_at=0, tasks=(Task(uid=1, name='a', duration_minutes=60),)))\n"
        "print('numba' in sys.modules)\n"
    )
    source = str(Path(kaname.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": source},
    )
    assert done.stdout.strip() == "False"
