"""Schedule a changed plan anew: fast on the bench of levelling, and on a plain path to check it against."""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.plans import Bench, PlanModel, delayed_plan, prepare_plan
from kaname.engine.leveling.plans.arrays import FOLLOWS
from kaname.engine.leveling.plans.checker import check_dates, check_loads
from kaname.engine.leveling.plans.jit import PLAIN, Kernels
from kaname.engine.leveling.plans.loads import Load, begins_of, dates_of, loads_of, overload_minutes
from kaname.engine.matching.transfer.changing import Office, cost_of
from kaname.engine.matching.transfer.types import Changed, Standing
from kaname.engine.network import schedule

_AFTER: Final = 1 << 44
"""More than any moment."""


def standing_of(office: Office, changed: Changed, *, kernels: Kernels) -> Standing:
    """Schedule a plan and cost it."""
    return replace(dates_alone(office, changed, kernels=kernels), cost=cost_of(changed.plan))


def dates_alone(office: Office, changed: Changed, *, kernels: Kernels) -> Standing:
    """Schedule a plan in the order of the starts of the levelled plan, each task as early as it can.

    That order is the plan of whoever made it; a move changes lengths, people and dates, not the order.  Without the cost.
    """
    model = prepare_plan(changed.plan, availability=changed.availability)
    bench = Bench(model, kernels)
    bench.run(bench.listed(order_of(office, model)))
    return Standing(finish_at=bench.finish, cost=0, overload_minutes=_overload(bench))


def plain_standing_of(office: Office, changed: Changed) -> Standing:
    """Return the same by other means: plain kernels, the dates from the network alone, loads from a sweep, all checked.

    Raises
    ------
    BrokenSchedule
        If the schedule breaks a rule of levelling.
    """
    model = prepare_plan(changed.plan, availability=changed.availability)
    bench = Bench(model, PLAIN)
    bench.run(bench.listed(order_of(office, model)))
    found = schedule(delayed_plan(model, bench.waits))
    check_dates(model, found, bench.dates.start, bench.dates.finish)
    loads = _loads(bench)
    check_loads(model, loads, {position for position in range(model.size) if bench.waits.forced[position]})
    finish = found.finish_at if found.finish_at is not None else bench.finish
    return Standing(finish_at=finish, cost=cost_of(changed.plan), overload_minutes=overload_minutes(model, loads))


def order_of(office: Office, model: PlanModel) -> Any:
    """Return the keys of the order, by position: first what levelling does not move, then all by their starts."""
    keys = np.zeros(model.size, dtype=np.int64)
    keys[model.network.position[: len(model.plan.tasks)]] = [office.starts[task.uid] for task in model.plan.tasks]
    keys[np.asarray(model.limits.role) != FOLLOWS] += _AFTER
    return keys


def _overload(bench: Bench) -> int:
    """Return the overload; nothing is swept where the bench has taken nobody twice."""
    lines, model = bench.lines, bench.model
    used = ((int(lines.first[each]), int(lines.count[each])) for each in range(len(model.resources)))
    if all(lines.free[place] >= 0 for first, count in used for place in range(first, first + count)):
        return 0
    return overload_minutes(model, _loads(bench))


def _loads(bench: Bench) -> list[list[Load]]:
    model, dates = bench.model, bench.dates
    return loads_of(model, dates_of(model, dates.start, dates.finish), begins_of(model, dates.finish))
