"""Level a problem: a schedule at once, then better ones while there is time."""

from collections.abc import Callable, Sequence
from typing import Final

from kaname.engine.leveling.bounds import lower_bound
from kaname.engine.leveling.checker import check_schedule
from kaname.engine.leveling.compile import Compiled, compile_problem
from kaname.engine.leveling.problem import Problem
from kaname.engine.leveling.proof import can_prove, prove
from kaname.engine.leveling.result import Leveling, Progress
from kaname.engine.leveling.search import Found, TimeLeft, compacted, first_schedule, search

_EASY: Final = 35
_SEARCH_SHARE: Final = 0.3
"""Share of the time that the search takes where a proof of so few activities is tried."""
_HARD_SEARCH_SHARE: Final = 0.8
_LEAST_PROOF: Final = 0.05
_FOREVER: Final = 1e9


def level(
    problem: Problem,
    *,
    seed: int = 1,
    schedules: int | None = None,
    time_left: TimeLeft | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    islands: int | None = None,
    threads: int = 2,
) -> Leveling:
    """Return the shortest schedule that can be found.

    Parameters
    ----------
    seed
        The same seed and number of schedules give the same schedule, whatever the number of threads.
    schedules
        How many schedules the search may make.
    time_left
        Seconds that are left; asked between epochs of about 50 ms.  0 ends the search, so that this is also the way to cancel.
        Where only this is given, proofs by constraint programming are tried for small problems in what is left of the time.
    on_progress
        Told of every better schedule or bound.
    islands
        Populations that evolve side by side; by default one if `schedules` is given, else two.
    threads
        How many of them at the same time.

    Without `schedules` and `time_left` only a first schedule is made.

    Raises
    ------
    ProblemError
        If the problem cannot be levelled.
    BrokenSchedule
        If the independent checker refuses a schedule: a fault of the program; nothing is returned then.
    """
    compiled = compile_problem(problem)
    journal = _Journal(problem, on_progress, lower_bound(compiled))
    first = first_schedule(compiled)
    journal.note(compiled, first)
    if schedules is None and time_left is None:
        return journal.leveling()
    left = time_left or _forever
    tries_proof = schedules is None and can_prove(problem)
    found = search(
        compiled,
        first=first,
        enough=journal.bound,
        seed=seed,
        islands=islands or (1 if schedules is not None else 2),
        threads=threads,
        schedules=schedules,
        time_left=_part_of(left, problem) if tries_proof else left,
        on_epoch=lambda each: journal.note(compiled, each),
    )
    journal.note(compiled, found)
    if tries_proof and journal.makespan > journal.bound and left() > _LEAST_PROOF:
        starts, bound = prove(
            problem,
            starts=journal.starts,
            makespan=journal.makespan,
            bound=journal.bound,
            seed=seed,
            seconds=left(),
        )
        journal.raise_bound(bound, None if starts is None else compiled.starts(_compact(compiled, starts)))
    return journal.leveling()


def _forever() -> float:
    return _FOREVER


def _compact(compiled: Compiled, starts: Sequence[int]) -> Sequence[int]:
    return compacted(compiled, [starts[place] for place in compiled.rows])


def _part_of(left: TimeLeft, problem: Problem) -> TimeLeft:
    """Return the time that is left for the search if the rest is for a proof."""
    share = _SEARCH_SHARE if len(problem.activities) <= _EASY else _HARD_SEARCH_SHARE
    rest = (1 - share) * left()
    return lambda: left() - rest


class _Journal:
    """Keeps the best schedule, checks each before it counts, and tells of progress."""

    def __init__(self, problem: Problem, on_progress: Callable[[Progress], None] | None, bound: int) -> None:
        self.problem = problem
        self.bound = bound
        self.starts: tuple[int, ...] = ()
        self.makespan = -1
        self.schedules = 0
        self.log: list[Progress] = []
        self._tell = on_progress

    def note(self, compiled: Compiled, found: Found) -> None:
        """Take a schedule of the search into account."""
        self.schedules = found.schedules
        self._accept(compiled.starts(found.starts))

    def raise_bound(self, bound: int, starts: tuple[int, ...] | None) -> None:
        """Take the answer of a proof into account."""
        is_higher = bound > self.bound
        self.bound = max(self.bound, bound)
        if not (starts is not None and self._accept(starts)) and is_higher:
            self._log()

    def leveling(self) -> Leveling:
        """Return what was found."""
        return Leveling(
            problem=self.problem,
            starts=self.starts,
            makespan=self.makespan,
            lower_bound=self.bound,
            schedules=self.schedules,
            log=tuple(self.log),
        )

    def _accept(self, starts: tuple[int, ...]) -> bool:
        ends = (start + each.duration for start, each in zip(starts, self.problem.activities, strict=True))
        makespan = max(ends, default=0)
        if 0 <= self.makespan <= makespan:
            return False
        check_schedule(self.problem, starts)
        self.starts, self.makespan = starts, makespan
        self._log()
        return True

    def _log(self) -> None:
        progress = Progress(makespan=self.makespan, lower_bound=self.bound, schedules=self.schedules)
        self.log.append(progress)
        if self._tell is not None:
            self._tell(progress)
