"""Proofs by constraint programming: CP-SAT of OR-Tools, for small problems."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, Final

from kaname.engine.leveling.problem import Problem

MOST_ACTIVITIES: Final = 62
_WORKERS: Final = 1


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
    for variable, start in zip(variables, starts, strict=True):
        model.add_hint(variable, start)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = _WORKERS
    solver.parameters.random_seed = seed & 0x7FFFFFFF
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None, makespan
    best = max(bound, int(solver.best_objective_bound))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        found = [solver.value(variable) for variable in variables]
        return found, solver.value(end) if status == cp_model.OPTIMAL else best
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
    model.minimize(end)
    return model, variables, end


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
