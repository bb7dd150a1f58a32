"""The words of a transfer: projects with levelled plans, a move of a person between two, and what it does to both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kaname.engine.leveling.plans import PlanLeveling
from kaname.engine.network.plan import Plan
from kaname.engine.text import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project as it is planned.

    Parameters
    ----------
    leveling
        Its levelled plan (`level_plan`).  Resources and calendars of the same uid are the same in all projects.
    priority
        How much a day of its finish counts, in percent.
    """

    uid: int
    name: str
    leveling: PlanLeveling
    priority: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A person who leaves one project for another, whole or in part.

    Parameters
    ----------
    from_at
        Wall minute from which on; what the person has begun by then is finished first.
    share_permille
        How much of a full-time person moves; of who has less, all.
    may_help
        Uids of the tasks of the other project that the person has the skills for; `None` = all.
    stand_ins
        Who may take over what nobody is left for; `None` = everybody in the project.
    """

    person_uid: int
    from_uid: int
    to_uid: int
    from_at: int
    share_permille: int = 1000
    may_help: frozenset[int] | None = None
    stand_ins: frozenset[int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a project stands.

    Parameters
    ----------
    finish_at
        Wall minute.
    cost
        Work times rates and fixed costs, in whole minor units, rounded down.
    overload_minutes
        Person minutes of working time by which people have more to do than there is of them.
    """

    finish_at: int
    cost: int
    overload_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A plan after a move, still to be scheduled.

    Parameters
    ----------
    plan
        With other durations and assignments.
    availability
        By uid of a resource, moments and the permille that it has from then on.
    lengths
        By uid of a task, its working minutes before and after.
    handed_over
        By uid of a task, who takes it over.
    """

    plan: Plan
    availability: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=lambda: MappingProxyType({}))
    lengths: Mapping[int, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))
    handed_over: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What a move does to one of the two projects."""

    project_uid: int
    before: Standing
    after: Standing
    changed: Changed

    @property
    def delay_minutes(self) -> int:
        """By how many minutes of the clock it finishes later; negative = earlier."""
        return self.after.finish_at - self.before.finish_at

    @property
    def extra_cost(self) -> int:
        """What it costs more."""
        return self.after.cost - self.before.cost

    @property
    def extra_overload_minutes(self) -> int:
        """How much more people have to do than there is of them."""
        return self.after.overload_minutes - self.before.overload_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a move does to both projects, each one scheduled anew.

    Parameters
    ----------
    at
        Wall minute from which on the person works for the other project.
    net
        Minutes of the clock won by the one, times its priority, less those lost by the other, times its priority.
    """

    move: Move
    at: int
    left: Side
    joined: Side
    net: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Refused:
    """A move that cannot be made, and why."""

    move: Move
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Moves by what they win on the whole, the best first, and those that cannot be made."""

    effects: tuple[Effect, ...]
    refused: tuple[Refused, ...]
