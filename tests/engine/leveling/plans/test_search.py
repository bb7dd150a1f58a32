"""The search: leaning on the end, and the same in both forms of the kernels."""

from dataclasses import replace

import numpy as np

from kaname.engine.leveling.plans import Bench, level_plan, prepare_plan, search
from kaname.engine.leveling.plans.jit import PLAIN
from kaname.engine.leveling.plans.leaning import lean
from kaname.engine.network.plan import Assignment, DurationKind, Link, LinkType
from tests.engine.leveling.plans.some_plans import ORIGIN, hours
from tests.engine.leveling.plans.test_bench import plan_of, work

CLOCK = {"duration_kind": DurationKind.ELAPSED}


def leant(plan):
    """Return hours from the origin of the leant starts of a plan's tasks, in task order, after a run in that order."""
    model = prepare_plan(plan)
    bench = Bench(model)
    keys = [0] * model.size
    for number, task in enumerate(plan.tasks):
        keys[model.position(task.uid)] = number
    bench.run(bench.listed(keys))
    rooms = [bench.room(model.size) for _ in range(6)]
    lean(
        bench.eras, bench.days, -1, bench.nodes, bench.before, bench.after, bench.dates, bench.takes, bench.whole, bench.lines,
        model.counts.tolist(), *rooms,
    )  # fmt: skip
    return [(rooms[4][model.position(task.uid)] - ORIGIN) / 60 for task in plan.tasks]


def test_tasks_lean_on_the_end_as_links_and_people_allow():
    """4, 2 and 3 hours of one person beside 20 of another: they are done one after the other just before the end."""
    tasks = (work(1, 4, **CLOCK), work(2, 2, **CLOCK), work(3, 20, **CLOCK), work(4, 3, **CLOCK))
    links = (Link(predecessor_uid=1, successor_uid=4, type=LinkType.FF, lag=6 * 60, lag_unit="elapsed"),)
    plan = plan_of(*tasks, links=links, people=2)
    plan = replace(
        plan, assignments=(*plan.assignments[:2], Assignment(task_uid=3, resource_uid=2), plan.assignments[3])
    )
    assert leant(plan) == [10, 15, 0, 17]


def test_leaning_keeps_what_is_bound_where_it_is():
    tasks = (work(1, 4, **CLOCK), work(2, 2, **CLOCK), work(3, 1, **CLOCK))
    links = (Link(predecessor_uid=1, successor_uid=2), Link(predecessor_uid=1, successor_uid=3, type=LinkType.SS))
    assert leant(replace(plan_of(*tasks, links=links), assignments=())) == [0, 4, 5]


def test_plain_kernels_search_as_the_compiled_ones_do(monkeypatch):
    tasks = [work(uid, 1 + (uid * 7) % 13) for uid in range(1, 16)]
    links = tuple(Link(predecessor_uid=uid, successor_uid=uid + 4) for uid in range(1, 12))
    plan = plan_of(*tasks, links=links, people=2)
    shared = tuple(
        Assignment(task_uid=task.uid, resource_uid=1 + task.uid % 2, units_permille=500 + 500 * (task.uid % 3 > 0))
        for task in tasks
    )
    plan = replace(plan, assignments=shared)
    fast = level_plan(plan, schedules=150, seed=3)
    monkeypatch.setattr(search, "compiled_kernels", lambda: PLAIN)
    plain = level_plan(plan, schedules=150, seed=3)
    assert np.array_equal([task.start_at for task in plain.schedule], [task.start_at for task in fast.schedule])
    assert plain.log == fast.log
    assert fast.schedules == 150
    assert fast.finish_at < level_plan(plan).finish_at + hours(1)
