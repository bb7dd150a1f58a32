"""Proofs by constraint programming: CP-SAT of OR-Tools, for small problems."""

from collections.abc import Sequence
from importlib.util import find_spec
from math import ceil
from typing import Any, Final

from kaname.engine.leveling.arrays import Aims
from kaname.engine.leveling.compile import Compiled
from kaname.engine.leveling.objective import Target
from kaname.engine.leveling.problem import Problem

MOST_ACTIVITIES: Final = 62
_WORKERS: Final = 1
"""Two that take turns once ended the process on public problems of 30 activities."""
_ROUNDING: Final = 1e-6


def can_prove(problem: Problem) -> bool:
    """Return whether CP-SAT is there and the problem is small enough for it."""
    return len(problem.activities) <= MOST_ACTIVITIES and find_spec("ortools") is not None


def prove(
    problem: Problem, *, starts: Sequence[int], makespan: int, bound: int, seed: int, seconds: float
) -> tuple[Sequence[int] | None, int]:
    """Look for the shortest schedule that is shorter than `makespan`.

    Parameters
    ----------
    starts, makespan
        The best schedule so far; it is the hint.
    bound
        A known lower bound.
    seconds
        Time that it may take.  One worker with a fixed seed: only the moment of the stop depends on time.

    Returns
    -------
    tuple
        A shorter schedule or `None`, and the lower bound that is proved now.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second, and most processes never need it

    model, variables, end = _model(cp_model, problem, bound=bound, most=makespan - 1)
    model.minimize(end)
    return _solved(cp_model, model, variables, starts=starts, cost=makespan, bound=bound, seed=seed, seconds=seconds)


def prove_cost(
    compiled: Compiled, target: Target, *, starts: Sequence[int], cost: int, bound: int, seed: int, seconds: float
) -> tuple[Sequence[int] | None, int]:
    """Look for the cheapest schedule that costs less than `cost`; otherwise like `prove`."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second, and most processes never need it

    model, variables, _ = _model(cp_model, compiled.problem, bound=0, most=compiled.horizon)
    price = _price(model, target.aims, [variables[place] for place in compiled.rows], compiled)
    model.add(price <= cost - 1)
    model.minimize(price)
    return _solved(cp_model, model, variables, starts=starts, cost=cost, bound=bound, seed=seed, seconds=seconds)


def _solved(
    cp_model: Any,
    model: Any,
    variables: Sequence[Any],
    *,
    starts: Sequence[int],
    cost: int,
    bound: int,
    seed: int,
    seconds: float,
) -> tuple[Sequence[int] | None, int]:
    for variable, start in zip(variables, starts, strict=True):
        model.add_hint(variable, start)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = _WORKERS
    solver.parameters.random_seed = seed & 0x7FFFFFFF
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None, cost
    best = max(bound, min(cost, ceil(solver.best_objective_bound - _ROUNDING)))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [solver.value(variable) for variable in variables], best
    return None, best


def _model(cp_model: Any, problem: Problem, *, bound: int, most: int) -> tuple[Any, list[Any], Any]:
    model = cp_model.CpModel()
    end = model.new_int_var(bound, max(bound, most), "end")
    variables, intervals = [], []
    for activity in problem.activities:
        earliest = activity.release if activity.fixed_start is None else activity.fixed_start
        latest = max(most, earliest) if activity.fixed_start is None else activity.fixed_start
        start = model.new_int_var(earliest, latest, f"start {activity.uid}")
        variables.append(start)
        intervals.append(model.new_fixed_size_interval_var(start, activity.duration, f"activity {activity.uid}"))
        model.add(start + activity.duration <= end)
    for link in problem.links:
        before, after = problem.places[link.before_uid], problem.places[link.after_uid]
        if problem.activities[after].fixed_start is None:
            model.add(variables[after] >= variables[before] + problem.start_lag(link))
    for place in range(len(problem.resources)):
        _limit(model, problem, place=place, intervals=intervals, until=max(problem.horizon, most))
    return model, variables, end


def _price(model: Any, aims: Aims, variables: Sequence[Any], compiled: Compiled) -> Any:
    """Return what a schedule costs, as an expression."""
    price, until = int(aims.base), compiled.horizon
    for group, due in enumerate(aims.due):
        late = model.new_int_var(max(0, int(aims.floor[group]) - int(due)), max(0, until - int(due)), f"late {group}")
        for row in aims.member[aims.first[group] : aims.first[group + 1]]:
            model.add(late >= variables[row] + int(compiled.loads.duration[row]) - int(due))
        price += int(aims.weight[group]) * late
    for row, weight in enumerate(aims.move):
        if weight:
            away = model.new_int_var(0, until, f"away {row}")
            model.add_abs_equality(away, variables[row] - int(aims.target[row]))
            price += int(weight) * away
    return price


def _limit(model: Any, problem: Problem, *, place: int, intervals: Sequence[Any], until: int) -> None:
    """Bound a resource; a capacity that changes is the largest one less what fixed intervals take."""
    taken = [
        (intervals[row], demand.units)
        for row, activity in enumerate(problem.activities)
        for demand in activity.demands
        if demand.resource == place and activity.duration and demand.units
    ]
    resource = problem.resources[place]
    capacity = resource.most
    steps = [(0, resource.capacity), *resource.changes]
    ends = [*(moment for moment, _ in resource.changes), until]
    for (since, units), end in zip(steps, ends, strict=True):
        if units < capacity and end > since:
            taken.append(
                (model.new_fixed_size_interval_var(since, end - since, f"less {place} {since}"), capacity - units)
            )
    if taken:
        model.add_cumulative([each for each, _ in taken], [units for _, units in taken], capacity)
