"""Priority rules: in which order tasks take what they need, for schedules at once."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kaname.engine.calendar.kernels import BEYOND
from kaname.engine.leveling.plans.arrays import FOLLOWS
from kaname.engine.leveling.plans.model import PlanModel
from kaname.engine.network import Schedule


def grades(model: PlanModel, *, respects_priorities: bool) -> Any:
    """Return by position what comes before every other key: 0 for nodes that are not levelled, else at least 1."""
    found = np.zeros(model.size, dtype=np.int64)
    for position in np.flatnonzero(np.asarray(model.limits.role) != FOLLOWS).tolist():
        found[position] = 1 + (1000 - model.task_at(position).priority if respects_priorities else 0)
    return found


def rule_keys(model: PlanModel, free: Schedule, grade: Any) -> Iterator[tuple[str, Any]]:
    """Yield the name of each rule and the ranks that it gives the nodes, by position.

    `standard` follows MS Project's order "Priority, Standard": priority, total float, dates, place in the plan.  `lst` and
    `lft` are latest start and finish, `slack` total float, `grpw` the length of a task and of those that follow it (Kolisch
    1996 compares them), `est` the dates of the network.

    Parameters
    ----------
    free
        The schedule of the model's plan without levelling.
    grade
        From `grades`.
    """
    dates = free.dates
    priority = np.array([-model.task_at(position).priority for position in range(model.size)], dtype=np.int64)
    place = np.asarray(model.network.task, dtype=np.int64)
    late_start, late_finish = _known(dates.late_start), _known(dates.late_finish)
    start, slack = np.asarray(dates.start), np.asarray(dates.total_float)
    yield "standard", _ranks(grade, [priority, slack, start, place])
    yield "lst", _ranks(grade, [late_start, late_finish, priority, place])
    yield "lft", _ranks(grade, [late_finish, late_start, priority, place])
    yield "slack", _ranks(grade, [slack, late_start, priority, place])
    yield "grpw", _ranks(grade, [-_positional_weight(model), late_start, place])
    yield "est", _ranks(grade, [start, late_start, priority, place])


def _positional_weight(model: PlanModel) -> Any:
    after = model.network.after
    spans = np.asarray(model.nodes.span, dtype=np.int64)
    owners = np.repeat(np.arange(model.size), np.diff(after.first))
    weight = spans.copy()
    np.add.at(weight, owners, spans[after.other])
    return weight


def _known(moments: Any) -> Any:
    return np.where(np.abs(moments) >= BEYOND, 0, moments)


def _ranks(grade: Any, columns: Sequence[Any]) -> Any:
    order = np.lexsort((*reversed(columns), grade))
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order), dtype=np.int64)
    return ranks
