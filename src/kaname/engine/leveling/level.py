"""Level a problem: a schedule at once, then better ones while there is time."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from kaname.engine.leveling.bounds import destructive_bound, lower_bound
from kaname.engine.leveling.checker import BrokenSchedule, check_schedule, objective_values
from kaname.engine.leveling.compile import Compiled, compile_problem
from kaname.engine.leveling.islands import TimeLeft
from kaname.engine.leveling.kernels.weighing import weighed
from kaname.engine.leveling.objective import MAKESPAN, Objective, Target, check_objective, target_of
from kaname.engine.leveling.problem import Problem, check_problem
from kaname.engine.leveling.proof import can_prove, prove, prove_cost
from kaname.engine.leveling.result import Leveling, Progress
from kaname.engine.leveling.search import Found, compacted, first_schedule, search

_EASY: Final = 35
_SEARCH_SHARE: Final = 0.3
"""Share of the time that the search takes where a proof of so few activities is tried."""
_HARD_SEARCH_SHARE: Final = 0.8
_SHORTEN_SHARE: Final = 0.4
"""Share of the search that looks at the length alone, where length comes first and other aims after it."""
_LEAST_PROOF: Final = 0.05
_FOREVER: Final = 1e9


def level(
    problem: Problem,
    *,
    objective: Objective = MAKESPAN,
    seed: int = 1,
    schedules: int | None = None,
    time_left: TimeLeft | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    islands: int | None = None,
    threads: int = 2,
) -> Leveling:
    """Return the best schedule that can be found.

    Parameters
    ----------
    objective
        What is to be small; by default the last finish.
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
        If the problem or its objective cannot be levelled.
    BrokenSchedule
        If the independent checker refuses a schedule: a fault of the program; nothing is returned then.
    """
    check_problem(problem)
    check_objective(problem, objective)
    compiled = compile_problem(problem, latest=objective.latest)
    first = first_schedule(compiled)
    bound = lower_bound(compiled)
    if schedules is not None or time_left is not None:
        bound = destructive_bound(compiled, bound=bound, makespan=max(first.end, compiled.fixed_end))
    target = None if objective.is_makespan else target_of(compiled, objective, makespan_bound=bound)
    journal = _Journal(compiled, objective, target, on_progress, bound)
    journal.note(first)
    journal.note_earlier()
    if schedules is None and time_left is None:
        return journal.leveling()
    left = time_left or _forever
    tries_proof = schedules is None and can_prove(problem)
    _search(
        journal,
        first,
        seed=seed,
        islands=islands or (1 if schedules is not None else 2),
        threads=threads,
        schedules=schedules,
        left=_part_of(left, problem) if tries_proof else left,
    )
    if tries_proof and not journal.is_optimal and left() > _LEAST_PROOF:
        journal.prove(seed=seed, seconds=left())
    return journal.leveling()


def _search(
    journal: "_Journal",
    first: Found,
    *,
    seed: int,
    islands: int,
    threads: int,
    schedules: int | None,
    left: TimeLeft,
) -> None:
    """Search for the shortest, for the cheapest, or for the shortest and then the cheapest of them."""
    compiled, target, objective = journal.compiled, journal.target, journal.objective
    seek = partial(search, compiled, seed=seed, islands=islands, threads=threads)
    if target is None or objective.begins_with_makespan:
        part, soon = schedules, left
        if target is not None:
            part = None if schedules is None else int(schedules * _SHORTEN_SHARE)
            rest = (1 - _SHORTEN_SHARE) * left()
            soon = _less(left, rest)
        first = seek(
            first=first,
            enough=journal.bound,
            schedules=part,
            time_left=soon,
            on_epoch=journal.note,
        )
        journal.note(first)
    if target is not None:
        seek(
            first=journal.best(),
            enough=target.bound,
            schedules=schedules,
            time_left=left,
            on_epoch=journal.note_cost,
            target=target,
        )


def _forever() -> float:
    return _FOREVER


def _less(left: TimeLeft, rest: float) -> TimeLeft:
    return lambda: left() - rest


def _part_of(left: TimeLeft, problem: Problem) -> TimeLeft:
    """Return the time that is left for the search if the rest is for a proof."""
    share = _SEARCH_SHARE if len(problem.activities) <= _EASY else _HARD_SEARCH_SHARE
    return _less(left, (1 - share) * left())


class _Journal:
    """Keeps the best schedule, checks each before it counts, and tells of progress."""

    def __init__(
        self,
        compiled: Compiled,
        objective: Objective,
        target: Target | None,
        on_progress: Callable[[Progress], None] | None,
        bound: int,
    ) -> None:
        self.problem = compiled.problem
        self.compiled = compiled
        self.objective = objective
        self.target = target
        self.bound = bound
        self.cost_bound = 0 if target is None else target.bound
        self.starts: tuple[int, ...] = ()
        self.makespan = -1
        self.values: tuple[int, ...] = ()
        self.schedules = 0
        self.log: list[Progress] = []
        self._tell = on_progress

    @property
    def bounds(self) -> tuple[int, ...]:
        """Return the bound of each tier."""
        return (self.bound,) if self.target is None else self.target.values(self.cost_bound)

    @property
    def is_optimal(self) -> bool:
        """Return whether nothing can be better."""
        return self.values == self.bounds

    def note(self, found: Found) -> None:
        """Take a schedule of the search for the shortest into account."""
        self.schedules = found.schedules
        self._accept(self.compiled.starts(found.starts))

    def note_cost(self, found: Found) -> None:
        """Take a schedule of the search for the cheapest into account; its cost must be what the checker says."""
        self.schedules = found.schedules
        self._accept(self.compiled.starts(found.starts))
        if self.target is not None and self.target.values(found.end) != self.values:
            raise BrokenSchedule([f"cost {self.target.values(found.end)}, checked {self.values}"])

    def note_earlier(self) -> None:
        """Take the earlier plan itself into account, if it can still be kept."""
        earlier, activities = self.objective.earlier, self.problem.activities
        if self.target is None or any(each.uid not in earlier for each in activities):
            return
        starts = tuple(earlier[each.uid] for each in activities)
        try:
            check_schedule(self.problem, starts)
        except BrokenSchedule:
            return
        self._accept(starts)

    def best(self) -> Found:
        """Return the best schedule with its cost."""
        starts = [self.starts[place] for place in self.compiled.rows]
        end = self.makespan if self.target is None else weighed(starts, self.compiled.loads, self.target.aims)
        return Found(starts=starts, end=int(end), schedules=self.schedules)

    def prove(self, *, seed: int, seconds: float) -> None:
        """Spend time on a proof, or on a better schedule that it finds."""
        bounds = self.bounds
        if self.target is None:
            starts, self.bound = prove(
                self.problem,
                starts=self.starts,
                makespan=self.makespan,
                bound=self.bound,
                seed=seed,
                seconds=seconds,
            )
            taken = None if starts is None else self.compiled.starts(_compact(self.compiled, starts))
        else:
            best = self.best()
            found, self.cost_bound = prove_cost(
                self.compiled,
                self.target,
                starts=self.starts,
                cost=best.end,
                bound=self.cost_bound,
                seed=seed,
                seconds=seconds,
            )
            taken = None if found is None else tuple(found)
        if not (taken is not None and self._accept(taken)) and self.bounds > bounds:
            self._log()

    def leveling(self) -> Leveling:
        """Return what was found."""
        return Leveling(
            problem=self.problem,
            starts=self.starts,
            makespan=self.makespan,
            lower_bound=self.bound,
            schedules=self.schedules,
            objective=self.objective,
            values=self.values,
            bounds=self.bounds,
            log=tuple(self.log),
        )

    def _accept(self, starts: tuple[int, ...]) -> bool:
        values = objective_values(self.problem, self.objective, starts)
        if self.values and self.values <= values:
            return False
        check_schedule(self.problem, starts)
        ends = (start + each.duration for start, each in zip(starts, self.problem.activities, strict=True))
        self.starts, self.makespan, self.values = starts, max(ends, default=0), values
        self._log()
        return True

    def _log(self) -> None:
        progress = Progress(
            makespan=self.makespan,
            lower_bound=self.bound,
            schedules=self.schedules,
            values=self.values,
            bounds=self.bounds,
        )
        self.log.append(progress)
        if self._tell is not None:
            self._tell(progress)


def _compact(compiled: Compiled, starts: Sequence[int]) -> Sequence[int]:
    return compacted(compiled, [starts[place] for place in compiled.rows])
