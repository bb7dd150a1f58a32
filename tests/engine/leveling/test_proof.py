import pytest

from kaname.engine.leveling import Status, check_schedule, level
from kaname.engine.leveling.bounds import destructive_bound, lower_bound
from kaname.engine.leveling.compile import compile_problem
from tests.engine.leveling.problems import activity, problem, shortest

FIVE = problem([activity(uid, 3, 1) for uid in range(1, 6)])
"""Two at a time: 9 units of time; no bound says more than 8."""
ODD = problem([activity(1, 2, 1), *(activity(uid, 3, 2) for uid in range(2, 5)), activity(5, 2, 1)], [(1, 2)], [3])
"""Three that cannot run side by side: 9 units of time; energy alone says 8."""


def test_lower_bound_of_pairs_energy_and_path():
    assert lower_bound(compile_problem(ODD)) == 8
    assert shortest(ODD) == 9
    path = problem([activity(1, 5, 1), activity(2, 4, 1)], [(1, 2)])
    assert lower_bound(compile_problem(path)) == 9
    energy = problem([activity(uid, 3, 1) for uid in range(1, 6)])
    assert lower_bound(compile_problem(energy)) == 8
    pair = problem([activity(1, 5, 2), activity(2, 5, 2)], capacity=(3,))
    assert lower_bound(compile_problem(pair)) == 10


def test_destructive_bound_of_chains_and_of_energy_in_windows():
    assert destructive_bound(compile_problem(ODD), bound=8, makespan=12) == 9
    pushed = problem([activity(uid, 2, 1) for uid in range(1, 4)])
    assert lower_bound(compile_problem(pushed)) == 3
    assert destructive_bound(compile_problem(pushed), bound=3, makespan=6) == 4 == shortest(pushed)
    assert destructive_bound(compile_problem(FIVE), bound=8, makespan=9) == 8
    line = problem([activity(1, 4, 1), activity(2, 1, 1), activity(3, 3, 2), activity(4, 2, 1)], [(1, 2), (3, 4)])
    assert destructive_bound(compile_problem(line), bound=7, makespan=9) == 8 == shortest(line)


def test_proof_closes_the_gap_that_bounds_leave():
    pytest.importorskip("ortools")
    left = iter([1.0, 1.0, 1.0, 0.5])
    found = level(FIVE, time_left=lambda: next(left, 0.5))
    check_schedule(FIVE, found.starts)
    assert (found.makespan, found.lower_bound, found.status) == (9, 9, Status.OPTIMAL)


def test_proof_is_not_tried_where_only_schedules_are_counted():
    found = level(FIVE, schedules=200)
    assert (found.makespan, found.lower_bound, found.status) == (9, 8, Status.FEASIBLE)
    assert found.gap == 0.125
