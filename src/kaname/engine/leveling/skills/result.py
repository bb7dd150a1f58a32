"""What levelling of people gives back."""

from dataclasses import dataclass
from functools import cached_property

from kaname.engine.leveling.result import Status
from kaname.engine.leveling.skills.causes import SkillCause, skill_causes
from kaname.engine.leveling.skills.problem import Assignment, SkillProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillProgress:
    """How far a search is: the shortest schedule, what none can be shorter than, and how many schedules were made."""

    makespan: int
    lower_bound: int
    schedules: int


@dataclass(frozen=True, kw_only=True)
class SkillLeveling:
    """A schedule that passed the independent checker, who does what in it, and how good it is.

    Parameters
    ----------
    starts
        In the order of the problem's activities.
    people
        For each activity who exercises which skill, in the order of its needs.
    schedules
        How many schedules the search made.
    log
        One entry for each better schedule or bound, in order.
    """

    problem: SkillProblem
    starts: tuple[int, ...]
    people: tuple[tuple[Assignment, ...], ...]
    makespan: int
    lower_bound: int
    schedules: int
    log: tuple[SkillProgress, ...]

    @property
    def status(self) -> Status:
        """Return whether the schedule is known to be the shortest."""
        return Status.OPTIMAL if self.makespan == self.lower_bound else Status.FEASIBLE

    @property
    def gap(self) -> float:
        """Return how much longer than the lower bound the schedule is, as a share of the bound; 0 if both are 0."""
        return (self.makespan - self.lower_bound) / self.lower_bound if self.lower_bound else 0.0

    @cached_property
    def causes(self) -> tuple[SkillCause, ...]:
        """Return what holds each activity, in the order of the problem's activities."""
        return skill_causes(self.problem, self.starts, self.people)
