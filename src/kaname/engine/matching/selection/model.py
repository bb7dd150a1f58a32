"""The choice as a programme in whole numbers, solved exactly: CP-SAT of OR-Tools."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from math import floor
from typing import Any

from kaname.engine.matching.selection.types import Shortlist

type TimeLeft = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a question differs from the one asked.

    Parameters
    ----------
    decided
        Project to whether it is chosen.
    skill_uid, extra_staff
        People that there are more of in each period, in permille.
    extra_budget
        Money for whatever periods it helps.
    besides
        Choices that are not to be found again.
    """

    decided: dict[int, bool] = field(default_factory=dict)
    skill_uid: int | None = None
    extra_staff: int = 0
    extra_budget: int = 0
    besides: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What is found: `None` if nothing is possible or nothing was found in time, and what no choice is worth more than.

    Parameters
    ----------
    is_proved
        Whether this is the best choice, or it is certain that there is none.
    """

    chosen: frozenset[int] | None
    upper_bound: int
    is_proved: bool


def solve(shortlist: Shortlist, change: Change, *, hint: Collection[int], time_left: TimeLeft) -> Solved:
    """Return the choice of the highest value; the same question gives the same answer.

    One worker.  Only where time ends first does the result depend on it.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - slow to load, and most processes never need it

    model = cp_model.CpModel()
    candidates = shortlist.candidates
    is_chosen = {one.uid: model.new_bool_var(one.name) for one in candidates}
    for one in candidates:
        model.add_hint(is_chosen[one.uid], one.uid in hint)
        if one.is_must:
            model.add(is_chosen[one.uid] == 1)
        for other in sorted(one.needs):
            model.add_implication(is_chosen[one.uid], is_chosen[other])
        for other in sorted(one.excludes):
            model.add_at_most_one(is_chosen[one.uid], is_chosen[other])
    for group in shortlist.exactly_one:
        model.add_exactly_one(is_chosen[uid] for uid in sorted(group))
    for uid, decided in change.decided.items():
        model.add(is_chosen[uid] == decided)
    for known in change.besides:
        model.add_bool_or(~flag if uid in known else flag for uid, flag in is_chosen.items())
    _limit(shortlist, change, model, is_chosen)
    model.maximize(sum(one.value * is_chosen[one.uid] for one in candidates))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = max(time_left(), 0.0)
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Solved(chosen=None, upper_bound=0, is_proved=True)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved(chosen=None, upper_bound=0, is_proved=False)
    chosen = frozenset(uid for uid, flag in is_chosen.items() if solver.value(flag))
    value = value_of(shortlist, chosen)
    is_best = status == cp_model.OPTIMAL
    return Solved(
        chosen=chosen, upper_bound=value if is_best else floor(solver.best_objective_bound), is_proved=is_best
    )


def _limit(shortlist: Shortlist, change: Change, model: Any, is_chosen: Mapping[int, Any]) -> None:
    limits = shortlist.limits
    over = [model.new_int_var(0, change.extra_budget, "") for _ in limits.budget] if change.extra_budget else []
    if over:
        model.add(sum(over) <= change.extra_budget)
    for period, budget in enumerate(limits.budget):
        spent = sum(one.cost[period] * is_chosen[one.uid] for one in shortlist.candidates)
        model.add(spent <= budget + (over[period] if over else 0))
    for skill in skills_of(shortlist):
        more = change.extra_staff if skill == change.skill_uid else 0
        for period, there in enumerate(limits.staff_permille.get(skill, (0,) * len(limits.budget))):
            busy = [
                one.staff_permille[skill][period] * is_chosen[one.uid]
                for one in shortlist.candidates
                if skill in one.staff_permille and one.staff_permille[skill][period]
            ]
            if busy:
                model.add(sum(busy) <= there + more)


def value_of(shortlist: Shortlist, chosen: Collection[int]) -> int:
    """Return the value of a choice."""
    return sum(one.value for one in shortlist.candidates if one.uid in chosen)


def in_order(shortlist: Shortlist, chosen: Collection[int]) -> tuple[int, ...]:
    """Return a choice in the order of the candidates."""
    return tuple(one.uid for one in shortlist.candidates if one.uid in chosen)


def skills_of(shortlist: Shortlist) -> list[int]:
    """Return the skills that somebody needs or that there are, in the order of their numbers."""
    needed = {skill for one in shortlist.candidates for skill in one.staff_permille}
    return sorted(needed | shortlist.limits.staff_permille.keys())
