"""Add people where work is unmet, one after the other, so that every rule stays respected."""

from itertools import product

import numpy as np

from kaname.engine.matching.allocation.board import Board, Bools
from kaname.engine.matching.allocation.costing import left_over
from kaname.engine.matching.allocation.stints import capacity_of
from kaname.engine.matching.crew import Int64s


class Filler:
    """What is known of an allocation while people are added to it.

    The demand that is dearest to leave undone comes first, of equal ones that for which the fewest people may work.  To each
    the person is added who saves most, for all periods in which they can, until nobody saves anything.  Who is in a group is
    left to the search.  O(additions x people who may do it x periods).
    """

    def __init__(self, board: Board, steps: Int64s) -> None:
        self._board, self._rules = board, board.staffing.rules
        self._minutes = np.array(board.staffing.axis.minutes, dtype=np.int64)
        self._could = capacity_of(board) > 0
        self._left = left_over(board, steps)
        self._free = board.free.copy()
        np.subtract.at(self._free, board.person, steps)
        self.steps = steps.copy()
        projects = [demand.project_uid for demand in board.staffing.demands]
        names = sorted(set(projects))
        self._project = np.array([names.index(uid) for uid in projects], dtype=np.int64)
        shape = (len(names), board.free.shape[0], self._minutes.size)
        own = self._project[board.demand], board.person
        self._works, self._stretched = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        np.logical_or.at(self._works, own, steps > 0)
        np.logical_or.at(self._stretched, own, (steps > 0) & board.is_stretched[:, None])
        grouped = {uid for group in self._rules.together for uid in group}
        self._is_single = np.array([person.uid not in grouped for person in board.staffing.people], dtype=bool)

    def filled(self) -> Int64s:
        """Return the steps with all additions, shape (pairs, periods)."""
        board = self._board
        edges = np.searchsorted(board.demand, np.arange(board.unmet.size + 1))
        for demand in np.lexsort((np.diff(edges), -board.unmet)).tolist():
            pairs = np.arange(edges[demand], edges[demand + 1])
            pairs = pairs[self._is_single[board.person[pairs]]]
            while pairs.size and self._add(demand, pairs):
                pass
        return self.steps

    def _add(self, demand: int, pairs: Int64s) -> bool:
        """Add the person who saves most; return whether there is one."""
        board = self._board
        people = board.person[pairs]
        now = self.steps[pairs] > 0
        more = np.minimum(self._free[people], self._left[demand])
        more[~(now | self._allowed(demand, pairs))] = 0
        if self._rules.least_stint > 1:
            more[~(now | self._lasting(now | (more > 0), pairs))] = 0
        new = np.clip(self.steps[pairs] + more - board.kept[pairs], 0, more)
        saved = (more * (board.unmet[demand] - board.paid[pairs])[:, None] - new * board.change) @ self._minutes
        best = int(saved.argmax())
        if saved[best] <= 0:
            return False
        pair, person, project = int(pairs[best]), int(people[best]), int(self._project[demand])
        self.steps[pair] += more[best]
        self._free[person] -= more[best]
        self._left[demand] -= more[best]
        self._works[project, person] |= more[best] > 0
        if board.is_stretched[pair]:
            self._stretched[project, person] |= more[best] > 0
        return True

    def _allowed(self, demand: int, pairs: Int64s) -> Bools:
        """Say where somebody may begin: too many projects or stretched people forbid it, shape (pairs, periods)."""
        people, project = self._board.person[pairs], self._project[demand]
        allowed = np.ones((pairs.size, self._minutes.size), dtype=bool)
        if self._rules.most_projects is not None:
            count = self._works[:, people].sum(axis=0)
            allowed &= self._works[project, people] | (count < self._rules.most_projects)
        if self._rules.most_stretched is not None:
            stretched = self._stretched[project]
            is_open = stretched.sum(axis=0) < self._rules.most_stretched
            allowed &= ~self._board.is_stretched[pairs, None] | stretched[people] | is_open
        return allowed

    def _lasting(self, flags: Bools, pairs: Int64s) -> Bools:
        """Return the flags that belong to stints that are long enough."""
        could, least, periods = self._could[pairs], self._rules.least_stint, self._minutes.size
        ends = np.pad(~could, ((0, 0), (1, 1)), constant_values=True)
        lasting = np.zeros_like(flags)
        lasting |= np.logical_and.accumulate(flags, axis=1) & (self._board.kept[pairs, :1] > 0)
        for length, begin in product(range(1, least + 1), range(periods)):
            end = begin + length
            if end > periods:
                continue
            is_long = flags[:, begin:end].all(axis=1)
            if length < least:
                is_long &= ends[:, begin] & ends[:, end + 1]
            lasting[:, begin:end] |= is_long[:, None]
        return lasting
