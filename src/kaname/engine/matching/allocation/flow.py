"""The cheapest allocation without rules: one min-cost flow for each period, and what one more step would be worth.

Nothing ties two periods together but rules, so each period is a transportation problem of its own.  Its optimum is
integral (Dantzig 1951); it is solved by the cost-scaling push-relabel of OR-Tools (Goldberg 1997).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kaname.engine.matching.allocation.board import Board
from kaname.engine.matching.crew import Int64s

_LOWEST: Final = -(1 << 60)


@dataclass(frozen=True, slots=True)
class Flow:
    """The optimum of all periods.

    Parameters
    ----------
    steps
        What each pair does, shape (pairs, periods).
    worth
        What one more step delivered to a demand would save for a minute, shape (demands, periods); 0 where nothing is
        needed.
    """

    steps: Int64s
    worth: Int64s


@dataclass(frozen=True, slots=True)
class _Arcs:
    """The arcs from people to demands in one period: what is done now first, then what would be new."""

    pair: Int64s
    capacity: Int64s
    cost: Int64s


def cheapest(board: Board) -> Flow:
    """Solve all periods; the same question gives the same answer.

    About O(pairs x log(pairs)) for each period in practice.
    """
    periods = board.need.shape[1]
    steps = np.zeros((board.person.size, periods), dtype=np.int64)
    worth = np.zeros((board.need.shape[0], periods), dtype=np.int64)
    for period in range(periods):
        if not board.need[:, period].any():
            continue
        arcs = _arcs(board, period)
        flows, unmet = _solve(board, period, arcs)
        np.add.at(steps[:, period], arcs.pair, flows)
        worth[:, period] = _worth(board, arcs, flows=flows, unmet=unmet)
    return Flow(steps, np.where(board.need > 0, worth, 0))


def _arcs(board: Board, period: int) -> _Arcs:
    free, need = board.free[board.person, period], board.need[board.demand, period]
    capacity = np.minimum(free, need)
    kept = np.minimum(board.kept[:, period], capacity)
    now, new = np.flatnonzero(kept), np.flatnonzero(capacity > kept)
    return _Arcs(
        pair=np.concatenate([now, new]),
        capacity=np.concatenate([kept[now], (capacity - kept)[new]]),
        cost=np.concatenate([board.paid[now], board.paid[new] + board.change]),
    )


def _solve(board: Board, period: int, arcs: _Arcs) -> tuple[Int64s, Int64s]:
    """Return the flow of each arc, and what nobody does of each demand.

    Nodes are the people, the demands, nobody (who does what is unmet) and idleness (which takes what is free).
    """
    from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to load

    free, need = board.free[:, period], board.need[:, period]
    people, demands = np.arange(free.size), free.size + np.arange(need.size)
    nobody, idle = free.size + need.size, free.size + need.size + 1
    total, most = int(need.sum()), int(free.sum())
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([board.person[arcs.pair], np.full(need.size, nobody), people, [nobody]]).astype(np.int32),
        np.concatenate([demands[board.demand[arcs.pair]], demands, np.full(free.size, idle), [idle]]).astype(np.int32),
        np.concatenate([arcs.capacity, need, free, [total]]),
        np.concatenate([arcs.cost, board.unmet, np.zeros(free.size + 1, dtype=np.int64)]),
    )
    solver.set_nodes_supplies(
        np.arange(idle + 1, dtype=np.int32), np.concatenate([free, -need, [total], [-most]]).astype(np.int64)
    )
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"the flow of period {period} ended with {status}")
    flows = solver.flows(np.arange(arcs.pair.size + need.size, dtype=np.int32)).astype(np.int64)
    return flows[: arcs.pair.size], flows[arcs.pair.size :]


def _worth(board: Board, arcs: _Arcs, *, flows: Int64s, unmet: Int64s) -> Int64s:
    """Return what one more step at each demand saves: the longest way through the residual network to idleness.

    A step that arrives lets somebody go, who is idle or goes on to another demand.  At an optimum no ring gains anything,
    so the values settle after as many rounds as people move one after the other.
    """
    person, demand = board.person[arcs.pair], board.demand[arcs.pair]
    leaving, coming = np.flatnonzero(flows), np.flatnonzero(flows < arcs.capacity)
    coming = coming[np.argsort(person[coming], kind="stable")]
    if coming.size:
        starts = np.flatnonzero(np.diff(person[coming], prepend=-1))
        movers = person[coming][starts]
    at_demand = np.where(unmet > 0, board.unmet, _LOWEST)
    at_person = np.zeros(board.free.shape[0], dtype=np.int64)
    while True:
        if coming.size:
            gains = np.maximum.reduceat(at_demand[demand[coming]] - arcs.cost[coming], starts)
            at_person[movers] = np.maximum(at_person[movers], gains)
        better = at_demand.copy()
        np.maximum.at(better, demand[leaving], arcs.cost[leaving] + at_person[person[leaving]])
        if (better == at_demand).all():
            return better
        at_demand = better
