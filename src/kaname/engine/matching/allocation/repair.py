"""A first allocation that respects the rules: what breaks them is dropped from the cheapest one without rules."""

from itertools import pairwise

import numpy as np

from kaname.engine.matching.allocation.board import Board
from kaname.engine.matching.allocation.stints import capacity_of, short_stints
from kaname.engine.matching.crew import Int64s


class Repair:
    """Drops work until every rule is respected; what is never dropped is never added, so it comes to an end."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._rules = board.staffing.rules
        uids = [demand.project_uid for demand in board.staffing.demands]
        self._projects = sorted(set(uids))
        self._project = np.array([self._projects.index(uid) for uid in uids], dtype=np.int64)[board.demand]
        self._could = capacity_of(board) > 0

    def repaired(self, steps: Int64s) -> Int64s:
        """Return the steps that are left, shape (pairs, periods)."""
        left, before = steps.copy(), -1
        while before != (before := int(left.sum())):
            if self._rules.most_projects is not None:
                self._limit(left, rows=self._board.person, columns=self._project, most=self._rules.most_projects)
            if self._rules.most_stretched is not None:
                self._limit_stretched(left, most=self._rules.most_stretched)
            self._part_groups(left)
            if self._rules.least_stint > 1:
                self._drop_short(left)
        return left

    def _limit_stretched(self, left: Int64s, *, most: int) -> None:
        below = np.flatnonzero(self._board.is_stretched)
        part = left[below]
        self._limit(part, rows=self._project[below], columns=self._board.person[below], most=most)
        left[below] = part

    def _limit(self, left: Int64s, *, rows: Int64s, columns: Int64s, most: int) -> None:
        """Keep in each row and period the columns with the most work in all; of equal ones the first."""
        used = np.flatnonzero(left.any(axis=1))
        used = used[np.lexsort((columns[used], rows[used]))]
        edges = np.flatnonzero(np.diff(rows[used], prepend=-1, append=-1))
        for begin, end in pairwise(edges.tolist()):
            pairs = used[begin:end]
            own, which = np.unique(columns[pairs], return_inverse=True)
            total = np.bincount(which, weights=left[pairs].sum(axis=1))
            for period in np.flatnonzero(left[pairs].any(axis=0)).tolist():
                works = np.bincount(which, weights=left[pairs, period], minlength=own.size) > 0
                present = np.flatnonzero(works)
                drop = present[np.argsort(-total[present], kind="stable")][most:]
                left[pairs[np.isin(which, drop)], period] = 0

    def _part_groups(self, left: Int64s) -> None:
        rows = {person.uid: row for row, person in enumerate(self._board.staffing.people)}
        for group in self._rules.together:
            members = [np.flatnonzero(self._board.person == rows[uid]) for uid in sorted(group)]
            for project in range(len(self._projects)):
                own = [pairs[self._project[pairs] == project] for pairs in members]
                is_whole = np.all([left[pairs].any(axis=0) for pairs in own], axis=0)
                for pairs in own:
                    left[np.ix_(pairs, ~is_whole)] = 0

    def _drop_short(self, left: Int64s) -> None:
        for pair in np.flatnonzero(left.any(axis=1)).tolist():
            short = short_stints(
                (left[pair] > 0).tolist(),
                could=self._could[pair].tolist(),
                least=self._rules.least_stint,
                goes_on=bool(self._board.kept[pair, 0]),
            )
            for begin, end in list(short):
                left[pair, begin:end] = 0
