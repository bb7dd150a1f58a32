"""Sums over the tree, exact."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.earned_value.types import Account
from kaname.engine.text import Message, gettext_noop

_UNSEEN: Final = -1
_OPEN: Final = -2


class TreeLoopError(ValueError):
    """The parents of some accounts run in a circle."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def roll_up(accounts: Sequence[Account], values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each account's own values plus those of all below it.

    Parameters
    ----------
    accounts
        In any order; a parent that is not among them makes a root.
    values
        Whole units, one row per account, with any further axis (periods, kinds of value).

    Returns
    -------
    numpy.ndarray
        As `values`.  For every parent: own value + sum of its children's results, to the last unit.

    Raises
    ------
    TreeLoopError
        If parents run in a circle.
    """
    order, parents = _deepest_first(accounts)
    totals = values.copy()
    for rows in order:
        has_parent = rows[parents[rows] >= 0]
        np.add.at(totals, parents[has_parent], totals[has_parent])
    return totals


def _deepest_first(accounts: Sequence[Account]) -> tuple[list[NDArray[np.int64]], NDArray[np.int64]]:
    """Return the rows by depth, deepest first, and the row of each parent (-1 = none)."""
    place = {account.uid: row for row, account in enumerate(accounts)}
    parents = [-1 if a.parent_uid is None else place.get(a.parent_uid, -1) for a in accounts]
    depths = [_UNSEEN] * len(accounts)
    for row in range(len(accounts)):
        chain = []
        here = row
        while here >= 0 and depths[here] == _UNSEEN:
            chain.append(here)
            depths[here] = _OPEN
            here = parents[here]
        if here >= 0 and depths[here] == _OPEN:
            template = gettext_noop("“%(name)s” lies under itself in the outline.")
            raise TreeLoopError(Message(template, {"name": accounts[here].name or str(accounts[here].uid)}))
        depth = depths[here] if here >= 0 else -1
        for one in reversed(chain):
            depth += 1
            depths[one] = depth
    by_depth = np.array(depths, dtype=np.int64)
    levels = range(int(by_depth.max(initial=0)), -1, -1)
    return [np.flatnonzero(by_depth == level) for level in levels], np.array(parents, dtype=np.int64)
