"""What an allocation costs, from the arrays."""

import numpy as np

from kaname.engine.matching.allocation.board import Board
from kaname.engine.matching.allocation.types import Paid, Regret
from kaname.engine.matching.crew import Int64s
from kaname.engine.units import PERMILLE


def paid_for(board: Board, steps: Int64s) -> tuple[Paid, ...]:
    """Return what each regret costs for steps of shape (pairs, periods)."""
    minutes = np.array(board.staffing.axis.minutes, dtype=np.int64)
    prices = board.staffing.prices
    done = steps @ minutes
    missing = {regret: int(merit @ done) for regret, merit in board.missing.items()}
    missing[Regret.UNMET] = 0
    missing[Regret.CHANGE] = PERMILLE * int((np.maximum(steps - board.kept, 0) @ minutes).sum())
    unmet = int((left_over(board, steps) @ minutes) @ board.unmet)
    return tuple(
        Paid(
            regret=regret,
            price=prices.of(regret),
            points=prices.of(regret) * missing[regret] + (unmet if regret is Regret.UNMET else 0),
        )
        for regret in Regret
    )


def points_of(board: Board, steps: Int64s) -> int:
    """Return the whole cost."""
    return sum(one.points for one in paid_for(board, steps))


def left_over(board: Board, steps: Int64s) -> Int64s:
    """Return the steps that nobody does, shape (demands, periods)."""
    left = board.need.copy()
    np.subtract.at(left, board.demand, steps)
    return left
