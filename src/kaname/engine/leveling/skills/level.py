"""Level people: a schedule with teams at once, then better ones while there is time."""

from collections.abc import Callable, Sequence
from typing import Final

from kaname.engine.leveling.islands import TimeLeft
from kaname.engine.leveling.skills.bounds import people_bound
from kaname.engine.leveling.skills.checker import check_people
from kaname.engine.leveling.skills.compile import CompiledSkills, compile_skills
from kaname.engine.leveling.skills.jit import PLAIN, are_ready, compiled_kernels
from kaname.engine.leveling.skills.problem import Assignment, SkillProblem
from kaname.engine.leveling.skills.proof import can_prove, prove
from kaname.engine.leveling.skills.result import SkillLeveling, SkillProgress
from kaname.engine.leveling.skills.search import Bench, Found, first_schedule, search
from kaname.engine.leveling.skills.teams import seated

_EASY: Final = 35
_SEARCH_SHARE: Final = 0.5
"""Share of the time that the search takes where a proof of so few activities is tried."""
_HARD_SEARCH_SHARE: Final = 0.8
_LEAST_PROOF: Final = 0.05
_FOREVER: Final = 1e9


def level_skills(
    problem: SkillProblem,
    *,
    seed: int = 1,
    schedules: int | None = None,
    time_left: TimeLeft | None = None,
    on_progress: Callable[[SkillProgress], None] | None = None,
    islands: int | None = None,
    threads: int = 2,
) -> SkillLeveling:
    """Return the shortest schedule that can be found, and who does what in it.

    Parameters
    ----------
    seed
        The same seed and number of schedules give the same schedule and people, whatever the number of threads.
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

    Without `schedules` and `time_left` only a first schedule is made: in plain Python, or by the compiled kernels where the
    process has them already.

    Raises
    ------
    ProblemError
        If the problem cannot be levelled.
    BrokenSchedule
        If the independent checker refuses a schedule: a fault of the program; nothing is returned then.

    Examples
    --------
    Who can do both is kept for what nobody else can do:

    >>> from kaname.engine.leveling.skills import Person, SkillActivity, SkillNeed
    >>> problem = SkillProblem(
    ...     skills=("Java", "test"),
    ...     people=(Person(uid=1, levels=((0, 2), (1, 2))), Person(uid=2, levels=((1, 1),))),
    ...     activities=(
    ...         SkillActivity(uid=1, duration=4, needs=(SkillNeed(skill=1),)),
    ...         SkillActivity(uid=2, duration=4, needs=(SkillNeed(skill=0),)),
    ...     ),
    ... )
    >>> found = level_skills(problem)
    >>> found.starts, [each.person_uid for team in found.people for each in team], found.makespan
    ((0, 0), [2, 1], 4)
    """
    compiled = compile_skills(problem)
    journal = _Journal(compiled, on_progress)
    wants_more = schedules is not None or time_left is not None
    first = first_schedule(compiled, compiled_kernels() if are_ready() else PLAIN)
    journal.note(first)
    journal.raise_bound(people_bound(compiled))
    if not wants_more:
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
        on_epoch=journal.note,
    )
    journal.note(found)
    if tries_proof and journal.makespan > journal.bound and left() > _LEAST_PROOF:
        better, bound = prove(compiled, best=journal.found, bound=journal.bound, seed=seed, seconds=left())
        if better is not None:
            journal.note(_compacted(compiled, better, schedules=found.schedules))
        journal.raise_bound(bound)
    return journal.leveling()


def _forever() -> float:
    return _FOREVER


def _part_of(left: TimeLeft, problem: SkillProblem) -> TimeLeft:
    """Return the time that is left for the search if the rest is for a proof."""
    share = _SEARCH_SHARE if len(problem.activities) <= _EASY else _HARD_SEARCH_SHARE
    rest = (1 - share) * left()
    return lambda: left() - rest


def _compacted(compiled: CompiledSkills, found: Found, *, schedules: int) -> Found:
    """Return a schedule in which activities start as early as they can in the order of the starts, if it is no longer."""
    made = Bench(compiled, PLAIN).forward(found.starts, max(found.starts, default=0) + 1, teams=found.teams)
    best = made if made.end <= found.end else found
    return Found(starts=best.starts, teams=best.teams, end=best.end, schedules=schedules)


class _Journal:
    """Keeps the best schedule, checks each before it counts, and tells of progress."""

    def __init__(self, compiled: CompiledSkills, on_progress: Callable[[SkillProgress], None] | None) -> None:
        self.compiled = compiled
        self.bound = 0
        self.makespan = -1
        self.found = Found(starts=(), teams=(), end=-1, schedules=0)
        self.starts: tuple[int, ...] = ()
        self.people: tuple[tuple[Assignment, ...], ...] = ()
        self.schedules = 0
        self.log: list[SkillProgress] = []
        self._tell = on_progress

    def note(self, found: Found) -> None:
        """Take a schedule into account."""
        self.schedules = found.schedules
        makespan = max(found.end, self.compiled.plain.fixed_end)
        if 0 <= self.makespan <= makespan:
            return
        starts, people = self.compiled.plain.starts(found.starts), people_of(self.compiled, found.teams)
        check_people(self.compiled.problem, starts, people)
        self.found, self.starts, self.people, self.makespan = found, starts, people, makespan
        self._log()

    def raise_bound(self, bound: int) -> None:
        """Take a bound into account."""
        if bound > self.bound:
            self.bound = bound
            self._log()

    def leveling(self) -> SkillLeveling:
        """Return what was found."""
        return SkillLeveling(
            problem=self.compiled.problem,
            starts=self.starts,
            people=self.people,
            makespan=self.makespan,
            lower_bound=self.bound,
            schedules=self.schedules,
            log=tuple(self.log),
        )

    def _log(self) -> None:
        progress = SkillProgress(makespan=self.makespan, lower_bound=self.bound, schedules=self.schedules)
        self.log.append(progress)
        if self._tell is not None:
            self._tell(progress)


def people_of(compiled: CompiledSkills, teams: Sequence[int]) -> tuple[tuple[Assignment, ...], ...]:
    """Return who exercises which skill on each activity of the problem."""
    problem = compiled.problem
    people: list[tuple[Assignment, ...]] = [each.named for each in problem.activities]
    for row, place in enumerate(compiled.plain.rows):
        needed = compiled.vacancies[row]
        team = compiled.people(teams, row)
        sits = dict.fromkeys(team, 0) if len(needed) == 1 else seated(needed, team)
        pairs = sorted((at, person) for person, at in sits.items())
        people[place] = tuple(
            Assignment(person_uid=problem.people[person].uid, skill=needed[at].skill) for at, person in pairs
        )
    return tuple(people)
