"""A part of an allocation made anew under the rules, the rest as it is: CP-SAT of OR-Tools."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any, Final

import numpy as np

from kaname.engine.matching.allocation.board import Board, Bools
from kaname.engine.matching.allocation.stints import capacity_of, runs
from kaname.engine.matching.crew import Int64s

type TimeLeft = Callable[[], float]
type Key = tuple[int, int, int]

_WORKERS: Final = 1


@dataclass(frozen=True, slots=True)
class Refined:
    """The steps of all pairs, and how much less the cost could at most be with the rest as it is; `None` = not known."""

    steps: Int64s
    slack: int | None


class Refiner:
    """Makes models of parts of one question.

    A part is a set of people, closed by groups, with a set of projects: all that these people do for these projects.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self.rules = board.staffing.rules
        self.project = np.array([demand.project_uid for demand in board.staffing.demands], dtype=np.int64)[board.demand]
        self.capacity = capacity_of(board)
        self.minutes = np.array(board.staffing.axis.minutes, dtype=np.int64)

    def refine(self, steps: Int64s, part: Bools, *, seed: int, effort: float, time_left: TimeLeft) -> Refined:
        """Return the best that is found for a part, shape (pairs,), at least as good as what is given.

        Parameters
        ----------
        effort
            Deterministic seconds of CP-SAT: the same on every machine.
        time_left
            Seconds; only where they end first does the result depend on time.
        """
        from ortools.sat.python import cp_model  # noqa: PLC0415 - slow to load, and most processes never need it

        model = _Model(self, cp_model.CpModel(), steps, part)
        model.build()
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = effort
        solver.parameters.max_time_in_seconds = max(time_left(), 0.0)
        solver.parameters.num_workers = _WORKERS
        solver.parameters.random_seed = seed & 0x7FFFFFFF
        status = solver.solve(model.model, _stopper(cp_model, time_left))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Refined(steps, None)
        found = steps.copy()
        found[part] = 0
        for (pair, period), variable in model.done.items():
            found[pair, period] = solver.value(variable)
        is_best = status == cp_model.OPTIMAL
        return Refined(found, 0 if is_best else ceil(solver.objective_value - solver.best_objective_bound))


def _stopper(cp_model: Any, time_left: TimeLeft) -> Any:
    class Stopper(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        def on_solution_callback(self) -> None:
            if time_left() <= 0:
                self.stop_search()

    return Stopper()


class _Model:
    """One model: variables for the pairs of the part, constants for the rest."""

    def __init__(self, refiner: Refiner, model: Any, steps: Int64s, part: Bools) -> None:
        self.refiner, self.board, self.rules = refiner, refiner.board, refiner.rules
        self.model, self.steps = model, steps
        self.fixed = np.where(part[:, None], 0, steps)
        self.part = part
        self.done: dict[tuple[int, int], Any] = {}
        self.works: dict[tuple[int, int], Any] = {}

    def build(self) -> None:
        """Add variables, rules and the cost of the part."""
        self._add_work()
        self._limit_people()
        cost = [*self._unmet_cost(), *self._work_cost()]
        if self.rules.least_stint > 1:
            self._hold_stints()
        present = self._presence(self.works)
        if self.rules.most_projects is not None:
            self._count(present, key=lambda one: (one[0], one[2]), most=self.rules.most_projects, pairs=None)
        self._keep_together(present)
        if self.rules.most_stretched is not None:
            below = {key: each for key, each in self.works.items() if self.board.is_stretched[key[0]]}
            self._count(
                self._presence(below),
                key=lambda one: (one[1], one[2]),
                most=self.rules.most_stretched,
                pairs=self.board.is_stretched,
            )
        self.model.minimize(sum(cost))

    def _add_work(self) -> None:
        needs_flags = not self.rules.is_free
        for pair in np.flatnonzero(self.part).tolist():
            for period in np.flatnonzero(self.refiner.capacity[pair]).tolist():
                most, hint = int(self.refiner.capacity[pair, period]), int(self.steps[pair, period])
                variable = self.model.new_int_var(0, most, "")
                self.model.add_hint(variable, hint)
                self.done[pair, period] = variable
                if needs_flags:
                    flag = self.model.new_bool_var("")
                    self.model.add(variable <= most * flag)
                    self.model.add(variable >= flag)
                    self.model.add_hint(flag, hint > 0)
                    self.works[pair, period] = flag

    def _limit_people(self) -> None:
        left = self.board.free.copy()
        np.subtract.at(left, self.board.person, self.fixed)
        for (person, period), variables in self._grouped(self.done, self.board.person).items():
            self.model.add(sum(variables) <= int(left[person, period]))

    def _unmet_cost(self) -> Iterable[Any]:
        open_steps = self.board.need.copy()
        np.subtract.at(open_steps, self.board.demand, self.fixed)
        for (demand, period), variables in self._grouped(self.done, self.board.demand).items():
            most = int(open_steps[demand, period])
            total = sum(variables)
            self.model.add(total <= most)
            price = int(self.board.unmet[demand] * self.refiner.minutes[period])
            yield price * (most - total)

    def _work_cost(self) -> Iterable[Any]:
        for (pair, period), variable in self.done.items():
            minutes = int(self.refiner.minutes[period])
            paid, change, kept = int(self.board.paid[pair]), self.board.change, int(self.board.kept[pair, period])
            if not kept:
                yield minutes * (paid + change) * variable
                continue
            yield minutes * paid * variable
            new = self.model.new_int_var(0, max(int(self.refiner.capacity[pair, period]) - kept, 0), "")
            self.model.add_hint(new, max(int(self.steps[pair, period]) - kept, 0))
            self.model.add(new >= variable - kept)
            yield minutes * change * new

    def _hold_stints(self) -> None:
        """Let nobody leave too early: who begins stays, and who can no longer stay long enough does not begin."""
        for pair in sorted({pair for pair, _ in self.works}):
            for begin, end in runs((self.refiner.capacity[pair] > 0).tolist()):
                least = min(self.rules.least_stint, end - begin)
                for period in range(begin, end):
                    flag = self.works[pair, period]
                    if period == begin == 0 and self.board.kept[pair, 0]:
                        continue
                    before = self.works[pair, period - 1] if period > begin else 0
                    if period + least > end:
                        self.model.add(flag <= before)
                        continue
                    for later in range(period + 1, period + least):
                        self.model.add(flag - before <= self.works[pair, later])

    def _presence(self, works: Mapping[tuple[int, int], Any]) -> dict[Key, Any]:
        """Return whether a person works for a project in a period: one of the flags of its pairs is true."""
        flags: dict[Key, list[tuple[int, Any]]] = defaultdict(list)
        for (pair, period), flag in works.items():
            flags[int(self.board.person[pair]), int(self.refiner.project[pair]), period].append((pair, flag))
        present = {}
        for key, found in flags.items():
            if len(found) == 1:
                present[key] = found[0][1]
                continue
            present[key] = self.model.new_bool_var("")
            self.model.add_max_equality(present[key], [flag for _, flag in found])
            self.model.add_hint(present[key], any(self.steps[pair, key[2]] > 0 for pair, _ in found))
        return present

    def _count(
        self, present: Mapping[Key, Any], *, key: Callable[[Key], tuple[int, int]], most: int, pairs: Bools | None
    ) -> None:
        """Bound how many are present; the rest of the allocation counts as it is."""
        rest: dict[tuple[int, int], set[Key]] = defaultdict(set)
        rows, periods = np.nonzero(self.fixed if pairs is None else np.where(pairs[:, None], self.fixed, 0))
        for pair, period in zip(rows.tolist(), periods.tolist(), strict=True):
            one = (int(self.board.person[pair]), int(self.refiner.project[pair]), period)
            rest[key(one)].add(one)
        flags: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for one, flag in present.items():
            flags[key(one)].append(flag)
        for where, found in flags.items():
            self.model.add(sum(found) <= most - len(rest[where]))

    def _keep_together(self, present: Mapping[Key, Any]) -> None:
        rows = {person.uid: row for row, person in enumerate(self.board.staffing.people)}
        for group in self.rules.together:
            members = [rows[uid] for uid in sorted(group)]
            keys = {(project, period) for person, project, period in present if person in members}
            for project, period in sorted(keys):
                flags = [present.get((person, project, period)) for person in members]
                for first, second in pairwise(flags):
                    self._equate(first, second)

    def _equate(self, first: Any, second: Any) -> None:
        if first is not None or second is not None:
            self.model.add((0 if first is None else first) == (0 if second is None else second))

    def _grouped(self, variables: Mapping[tuple[int, int], Any], owner: Int64s) -> dict[tuple[int, int], Sequence[Any]]:
        grouped: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for (pair, period), variable in variables.items():
            grouped[int(owner[pair]), period].append(variable)
        return dict(grouped)
