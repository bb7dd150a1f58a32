"""Allocate people to the demands of many projects."""

from collections.abc import Callable
from typing import Final

import numpy as np

from kaname.engine.matching.allocation.board import Board, Bools, set_up
from kaname.engine.matching.allocation.checker import check_allocation
from kaname.engine.matching.allocation.checking import check
from kaname.engine.matching.allocation.costing import left_over, paid_for, points_of
from kaname.engine.matching.allocation.filling import Filler
from kaname.engine.matching.allocation.flow import Flow, cheapest
from kaname.engine.matching.allocation.refining import Refiner, TimeLeft
from kaname.engine.matching.allocation.repair import Repair
from kaname.engine.matching.allocation.telling import allotments_of, stretches_of, unmet_of
from kaname.engine.matching.allocation.types import Allocation, Progress, Staffing
from kaname.engine.matching.crew import Int64s

type OnProgress = Callable[[Progress], None]

_WHOLE: Final = 1_000
"""Pairs and periods of which the whole question is one model."""
_WHOLE_EFFORT: Final = 0.4
_PART: Final = 800
_PART_EFFORT: Final = 0.1
_PEOPLE: Final = 30
_FOREVER: Final = 1e9


def allocate(
    staffing: Staffing,
    *,
    seed: int = 1,
    rounds: int | None = None,
    time_left: TimeLeft | None = None,
    on_progress: OnProgress | None = None,
) -> Allocation:
    """Return who does what in each period so that what is left undone and what fits badly cost as little as possible.

    Without rules the allocation is the best one, by min-cost flow, and the other parameters do not matter.  With rules that
    optimum is the first lower bound.  What breaks the rules is dropped from it; then parts of the allocation, or all of it
    if it is small, are made anew by constraint programming for as long as there are rounds and time.

    Parameters
    ----------
    seed
        The same seed and number of rounds give the same allocation.
    rounds
        How many parts are made anew at most.
    time_left
        Seconds that are left; 0 ends the search, so that this is also the way to cancel.  Where only this is given, the
        result depends on time.
    on_progress
        Told of every better allocation or bound.

    With rules and without `rounds` and `time_left` only a first allocation is made.

    Raises
    ------
    MatchingError
        If the numbers contradict themselves.
    BrokenAllocation
        If the independent checker refuses the allocation: a fault of the program.

    Examples
    --------
    >>> from datetime import date
    >>> from kaname.engine.matching import Axis, Demand, Person, SkillNeed
    >>> java = SkillNeed(skill_uid=1, name="Java", level=3)
    >>> found = allocate(
    ...     Staffing(
    ...         axis=Axis((date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)), (9600, 9600)),
    ...         people=(Person(uid=1, name="Sato", levels={1: 3}, capacity_permille=(1000, 500)),),
    ...         demands=(Demand(role="Developer", project_uid=7, load_permille=(800, 800), skills=(java,)),),
    ...     )
    ... )
    >>> [one.load_permille for one in found.allotments], [str(one.reason) for one in found.unmet]
    ([(800, 500)], ['Developer: 48 hours are unmet. Those who may do it (1) have no time left or do what counts more.'])
    """
    check(staffing)
    board = set_up(staffing)
    flow = cheapest(board)
    bound = points_of(board, flow.steps)
    if staffing.rules.is_free:
        return _told(board, flow, steps=flow.steps, bound=bound, log=[Progress(points=bound, lower_bound=bound)])
    search = _Search(board, flow, bound=bound, seed=seed, on_progress=on_progress)
    if rounds is not None or time_left is not None:
        search.run(rounds=rounds, time_left=time_left or (lambda: _FOREVER))
    return _told(board, flow, steps=search.steps, bound=search.bound, log=search.log)


def _told(board: Board, flow: Flow, *, steps: Int64s, bound: int, log: list[Progress]) -> Allocation:
    found = Allocation(
        allotments=allotments_of(board, steps),
        unmet=tuple(unmet_of(board, steps, flow.worth)),
        stretches=tuple(stretches_of(board, steps)),
        paid=paid_for(board, steps),
        lower_bound=bound,
        log=tuple(log),
    )
    check_allocation(board.staffing, found.allotments, found.points)
    return found


class _Search:
    """The best allocation so far, and what none can cost less than."""

    def __init__(self, board: Board, flow: Flow, *, bound: int, seed: int, on_progress: OnProgress | None) -> None:
        self._board, self._seed, self._on_progress = board, seed, on_progress
        self.bound = bound
        self.log: list[Progress] = []
        self.steps = flow.steps
        self._points = -1
        self._note(Filler(board, Repair(board).repaired(flow.steps)).filled(), bound)

    def run(self, *, rounds: int | None, time_left: TimeLeft) -> None:
        """Make parts anew until the best is proved, or rounds or time are used up."""
        refiner = Refiner(self._board)
        dice = np.random.default_rng(self._seed)
        is_whole = np.count_nonzero(refiner.capacity) <= _WHOLE
        turn = 0
        while self._points > self.bound and time_left() > 0 and (rounds is None or turn < rounds):
            if is_whole and turn == 0:
                part, effort = np.ones(self._board.person.size, dtype=bool), _WHOLE_EFFORT
            else:
                part, effort = self._part(refiner, dice), _PART_EFFORT
            refined = refiner.refine(self.steps, part, seed=self._seed + turn, effort=effort, time_left=time_left)
            points = points_of(self._board, refined.steps)
            is_all = is_whole and turn == 0
            bound = points - refined.slack if is_all and refined.slack is not None else self.bound
            self._note(refined.steps, max(self.bound, bound))
            turn += 1

    def _note(self, steps: Int64s, bound: int) -> None:
        points = points_of(self._board, steps)
        if points == self._points and bound == self.bound:
            return
        self.steps, self._points, self.bound = steps, points, bound
        self.log.append(Progress(points=points, lower_bound=bound))
        if self._on_progress is not None:
            self._on_progress(self.log[-1])

    def _part(self, refiner: Refiner, dice: np.random.Generator) -> Bools:
        """Return a project that lacks people, some who may work for it, and what else they work for."""
        board = self._board
        lacking = (left_over(board, self.steps) @ refiner.minutes) * board.unmet
        weights = (lacking + 1.0) / (lacking + 1.0).sum()
        demand = board.staffing.demands[dice.choice(lacking.size, p=weights)]
        at_project = refiner.project == demand.project_uid
        people = dice.permutation(np.unique(board.person[at_project]))[:_PEOPLE]
        people = self._with_groups(people)
        works = self.steps.any(axis=1)
        others = dice.permutation(np.unique(refiner.project[np.isin(board.person, people) & works]))
        size = np.count_nonzero(refiner.capacity, axis=1)
        of_people = np.isin(board.person, people)
        part = of_people & at_project
        for project in others.tolist():
            more = part | (of_people & (refiner.project == project))
            if size[more].sum() > _PART:
                break
            part = more
        return part

    def _with_groups(self, people: Int64s) -> Int64s:
        rows = {person.uid: row for row, person in enumerate(self._board.staffing.people)}
        found = set(people.tolist())
        for group in self._board.staffing.rules.together:
            members = {rows[uid] for uid in group}
            if members & found:
                found |= members
        return np.array(sorted(found), dtype=np.int64)
