"""The words of an allocation: who could work on what, what is to be avoided at which price, and who works on what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kaname.engine.matching.axis import Axis
from kaname.engine.matching.types import Demand, Person
from kaname.engine.scoring import Weighing
from kaname.engine.text import Message

MAX_PRICE: Final = 10_000
MAX_PRIORITY: Final = 1_000
ORDINARY: Final = 100
"""The priority of a project that is not named, in percent."""


class Regret(StrEnum):
    """What an allocation pays for, in the order in which its cost is told."""

    UNMET = "unmet"
    SKILL = "skill"
    COST = "cost"
    PLACE = "place"
    CONTINUITY = "continuity"
    GROWTH = "growth"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices(Weighing):
    """What each regret costs; 0 to 10,000, one above 0.

    Parameters
    ----------
    unmet
        Paid in full, times the priority of the project, for work that nobody does.
    skill, cost, place, continuity, growth
        Paid by what is missing to the best merit of the criterion, as `match` defines it.
    change
        Paid in full for work that the person does not do now.
    """

    unmet: int = 200
    skill: int = 35
    cost: int = 10
    place: int = 5
    continuity: int = 10
    growth: int = 10
    change: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    """What one person does of one demand: a place among the demands, and the load in each period in permille."""

    person_uid: int
    demand: int
    load_permille: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an allocation has to respect beside capacities and skills.

    Parameters
    ----------
    least_stint
        Periods that somebody who begins on a demand stays at least, or as long as both the demand and the person last.
    most_projects
        How many projects a person works for at most in one period.
    most_stretched
        How many people below the level wanted a project has at most in one period.
    together
        Groups of people who work for the same projects in every period or for none.
    """

    least_stint: int = 1
    most_projects: int | None = None
    most_stretched: int | None = None
    together: tuple[frozenset[int], ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether nothing is ruled."""
        return self == Rules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """The question: people, demands, and what counts.

    Parameters
    ----------
    people
        Their assignments stay as they are; what is to be decided is no assignment.
    demands
        From all projects.  Who may do one is decided as `match` decides it.
    priorities
        Project to priority in percent, 1 to 1,000; a project that is not named has 100.
    current
        Who does what now; it may be changed at the price of `Prices.change`, and who does it may go on doing it.
    step_permille
        Loads are cut into steps of this size; what is free is rounded down, what is needed is rounded up.
    """

    axis: Axis
    people: tuple[Person, ...]
    demands: tuple[Demand, ...]
    priorities: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    current: tuple[Allotment, ...] = ()
    step_permille: int = 100
    prices: Prices = Prices()
    rules: Rules = Rules()

    def priority(self, project_uid: int) -> int:
        """Return the priority of a project in percent."""
        return self.priorities.get(project_uid, ORDINARY)


class Status(StrEnum):
    """What is known of an allocation."""

    OPTIMAL = "optimal"
    """No allocation costs less."""
    FEASIBLE = "feasible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What one regret costs in all: the price times what is missing in permille, times steps, times minutes."""

    regret: Regret
    price: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """What nobody does of a demand.

    Parameters
    ----------
    demand
        A place among the demands.
    load_permille
        In each period.
    worth
        What one more step of a fitting person would save in each period, in points per minute: somebody at the levels
        wanted, at the rate reckoned with and at the place, who is new to the project.  Others may move for it.  Where
        rules bind, it is the worth without them.
    """

    demand: int
    project_uid: int
    load_permille: tuple[int, ...]
    worth: tuple[int, ...]
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Work for which somebody is below the level wanted.

    Parameters
    ----------
    hours
        What the person does of it, rounded down.
    hours_at_risk
        The share of them that is missing to the best merit of skill, rounded up: what help and rework may take.
    """

    person_uid: int
    demand: int
    hours: int
    hours_at_risk: int
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the search is: the cost of the best allocation, and what none can cost less than."""

    points: int
    lower_bound: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """Who works on what, which passed the independent checker.

    Parameters
    ----------
    allotments
        By person, then by demand, in the order in which they were given.
    unmet, stretches
        By demand.
    paid
        One for each regret; the sum of their points is `points`.
    lower_bound
        No allocation that respects the rules costs less.
    log
        One entry for each better allocation or bound, in order.
    """

    allotments: tuple[Allotment, ...]
    unmet: tuple[Unmet, ...]
    stretches: tuple[Stretch, ...]
    paid: tuple[Paid, ...]
    lower_bound: int
    log: tuple[Progress, ...]

    @property
    def points(self) -> int:
        """The cost of the allocation."""
        return sum(one.points for one in self.paid)

    @property
    def status(self) -> Status:
        """Whether the allocation is known to be the best."""
        return Status.OPTIMAL if self.points == self.lower_bound else Status.FEASIBLE

    @property
    def gap(self) -> float:
        """How much more than the lower bound the allocation costs, as a share of the bound."""
        return (self.points - self.lower_bound) / self.lower_bound if self.lower_bound else float(self.points > 0)
