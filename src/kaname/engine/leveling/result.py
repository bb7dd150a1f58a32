"""What levelling gives back."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kaname.engine.leveling.causes import Cause, causes
from kaname.engine.leveling.objective import Objective
from kaname.engine.leveling.problem import Problem


class Status(StrEnum):
    """What is known of a schedule."""

    OPTIMAL = "optimal"
    """No schedule is better: its values are their bounds."""
    FEASIBLE = "feasible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a search is: the best schedule's length, what none can be shorter than, how many schedules were made.

    `values` and `bounds` are those of the objective, one for each tier.
    """

    makespan: int
    lower_bound: int
    schedules: int
    values: tuple[int, ...]
    bounds: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Leveling:
    """A schedule that passed the independent checker, and how good it is.

    Parameters
    ----------
    starts
        In the order of the problem's activities.
    makespan, lower_bound
        Its length, and what no schedule can be shorter than.
    values, bounds
        Of each tier of the objective: the value, recomputed by the checker, and a bound.  No schedule's values come before
        the bounds in the order of the tiers.
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
    objective: Objective
    values: tuple[int, ...]
    bounds: tuple[int, ...]
    log: tuple[Progress, ...]

    @property
    def status(self) -> Status:
        """Return whether the schedule is known to be the best."""
        return Status.OPTIMAL if self.values == self.bounds else Status.FEASIBLE

    @property
    def gap(self) -> float:
        """Return how much the first value is above its bound, as a share of the bound - of the value, if the bound is 0."""
        value, bound = self.values[0], self.bounds[0]
        return (value - bound) / (bound or value) if value > bound else 0.0

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """Return what holds each activity, in the order of the problem's activities."""
        return causes(self.problem, self.starts)
