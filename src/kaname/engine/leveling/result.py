"""What levelling gives back."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kaname.engine.leveling.causes import Cause, causes
from kaname.engine.leveling.problem import Problem


class Status(StrEnum):
    """What is known of a schedule."""

    OPTIMAL = "optimal"
    """No schedule is shorter: its length is the lower bound."""
    FEASIBLE = "feasible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a search is: the shortest schedule, what none can be shorter than, and how many schedules were made."""

    makespan: int
    lower_bound: int
    schedules: int


@dataclass(frozen=True, kw_only=True)
class Leveling:
    """A schedule that passed the independent checker, and how good it is.

    Parameters
    ----------
    starts
        In the order of the problem's activities.
    schedules
        How many schedules the search made.
    log
        One entry for each better schedule or bound, in order.
    """

    problem: Problem
    starts: tuple[int, ...]
    makespan: int
    lower_bound: int
    schedules: int
    log: tuple[Progress, ...]

    @property
    def status(self) -> Status:
        """Return whether the schedule is known to be the shortest."""
        return Status.OPTIMAL if self.makespan == self.lower_bound else Status.FEASIBLE

    @property
    def gap(self) -> float:
        """Return how much longer than the lower bound the schedule is, as a share of the bound; 0 if both are 0."""
        return (self.makespan - self.lower_bound) / self.lower_bound if self.lower_bound else 0.0

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """Return what holds each activity, in the order of the problem's activities."""
        return causes(self.problem, self.starts)
