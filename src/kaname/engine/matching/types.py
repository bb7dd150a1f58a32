"""The words of matching: what is demanded, who could do it, and what is proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kaname.engine import scoring
from kaname.engine.scoring import Weighing, share_of_best
from kaname.engine.text import Message

MAX_LEVEL: Final = 5
MAX_LOAD: Final = 1_000_000
"""A thousand people, in permille of one."""


class MatchingError(ValueError):
    """A demand that nobody can be sought for; `message` says what is wrong with it."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


class Employment(StrEnum):
    """How a person is bound to the company."""

    PERMANENT = "permanent"
    CONTRACT = "contract"
    PART_TIME = "part_time"
    DISPATCHED = "dispatched"
    PARTNER = "partner"


class PlaceRule(StrEnum):
    """What the place of work means to a demand."""

    ANYWHERE = "anywhere"
    PREFERRED = "preferred"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNeed:
    """A skill that is demanded.

    Parameters
    ----------
    level
        The level wanted, 1 to 5.
    least_level
        Who has less is no candidate; 0 to `level`.
    weight
        How much it counts among the skills of the demand, from 1.
    """

    skill_uid: int
    name: str
    level: int
    least_level: int = 1
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Work that somebody is sought for.

    Parameters
    ----------
    role, project_uid
        What it is called and for which project it is.
    load_permille
        Load in each period of the axis, 1000 = one person full time, 0 = not needed.
    skills
        What is needed; none = anybody can do it.
    place, place_rule
        Where the work is done, and whether one has to be there.
    employments
        Who may do it; none = all.
    budget_rate
        Money per hour that the plan reckons with; `None` = the cheapest eligible person takes its place.
    """

    role: str
    project_uid: int
    load_permille: tuple[int, ...]
    skills: tuple[SkillNeed, ...] = ()
    place: str = ""
    place_rule: PlaceRule = PlaceRule.PREFERRED
    employments: frozenset[Employment] = frozenset()
    budget_rate: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Work that a person has already, with the load in each period; `is_movable` work may be handed to somebody else."""

    uid: int
    name: str
    project_uid: int
    load_permille: tuple[int, ...]
    skills: tuple[SkillNeed, ...] = ()
    is_movable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who could do it.

    Parameters
    ----------
    levels
        Skill to level, 0 to 5; a skill that is not named is level 0.
    capacity_permille
        Capacity in each period, 1000 = full time by the standard calendar (`capacity_of`).
    assignments
        What the person does already.
    rate
        Cost in whole money units per hour, from 0.
    past_projects
        Projects that the person has worked for.
    wishes
        Skills in which the person wants to grow.
    """

    uid: int
    name: str
    capacity_permille: tuple[int, ...]
    levels: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    assignments: tuple[Assignment, ...] = ()
    rate: int = 0
    place: str = ""
    employment: Employment = Employment.PERMANENT
    past_projects: frozenset[int] = frozenset()
    wishes: frozenset[int] = frozenset()


class Criterion(StrEnum):
    """What a proposal is judged by, in the order in which reasons are given."""

    SKILL = "skill"
    CAPACITY = "capacity"
    COST = "cost"
    PLACE = "place"
    CONTINUITY = "continuity"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Weighing):
    """How much each criterion counts, and what each further person costs; 0 to 1,000,000, one criterion above 0."""

    skill: int = 35
    capacity: int = 30
    cost: int = 10
    place: int = 5
    continuity: int = 10
    growth: int = 10
    further_person: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How to rank and how much to tell.

    Parameters
    ----------
    count
        How many proposals of each kind to return at most.
    pool
        How many of the best single people are tried in pairs.
    """

    weights: Weights = Weights()
    count: int = 5
    pool: int = 100


class ProposalKind(StrEnum):
    """Who does the work; of equal scores the kind named first is first."""

    WHOLE = "whole"
    PART = "part"
    SPLIT_BY_TIME = "split_by_time"
    SPLIT_BY_LOAD = "split_by_load"
    CHAIN = "chain"


Part = scoring.Part[Criterion]
"""What one criterion says of a proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one person takes.

    Parameters
    ----------
    free_permille
        What is free in each period before this work, in a chain after the other work is handed over.
    load_permille
        What of the demand the person takes in each period.
    steady_permille
        The largest share of the demand that the person could take evenly in all its periods.
    cost
        Hours taken times rate, rounded down.
    """

    person_uid: int
    free_permille: tuple[int, ...]
    load_permille: tuple[int, ...]
    steady_permille: int
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Work that changes hands in a chain, from the first period of the demand on; `extra_cost` may be negative."""

    assignment_uid: int
    from_uid: int
    to_uid: int
    load_permille: tuple[int, ...]
    extra_cost: int
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A way to meet a demand.

    Parameters
    ----------
    shares
        One or two people; in a split by time the first one begins, in a split by load the first one takes more.
    handover
        In a chain, what the person gives to whom.
    shortfall_permille
        What nobody takes, in each period.
    summary
        Who does what, as a sentence.
    deduction
        Points taken off for each further person.
    """

    rank: int
    kind: ProposalKind
    shares: tuple[Share, ...]
    handover: Handover | None
    shortfall_permille: tuple[int, ...]
    parts: tuple[Part, ...]
    deduction: int
    summary: Message

    @property
    def score(self) -> int:
        """The points of all parts less the deduction."""
        return sum(part.points for part in self.parts) - self.deduction

    @property
    def score_permille(self) -> int:
        """The score as a share of the best conceivable one, rounded down."""
        return share_of_best(self.score, self.parts)

    @property
    def cost(self) -> int:
        """What the work on the demand costs."""
        return sum(share.cost for share in self.shares)

    @property
    def is_complete(self) -> bool:
        """Whether nothing of the demand is left over."""
        return not any(self.shortfall_permille)


@dataclass(frozen=True, slots=True)
class Excluded:
    """Somebody who is no candidate, and the first reason why."""

    person_uid: int
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReport:
    """The answer to `match`: the best proposals of each kind, ranked together, who is no candidate, and the weights."""

    proposals: tuple[Proposal, ...]
    excluded: tuple[Excluded, ...]
    weights: Weights

    def of_kind(self, kind: ProposalKind) -> tuple[Proposal, ...]:
        """Return the proposals of one kind, best first."""
        return tuple(proposal for proposal in self.proposals if proposal.kind is kind)
