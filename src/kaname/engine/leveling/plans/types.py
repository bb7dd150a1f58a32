"""What is asked of the levelling of a plan, and what it gives back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kaname.engine.leveling.plans.prepare import Steps
from kaname.engine.network import Cause, Schedule
from kaname.engine.network.plan import Plan
from kaname.engine.text import Message


class Objective(StrEnum):
    """What a levelled plan is to have little of."""

    FINISH = "finish"
    """Its finish is to be early."""
    DELAY = "delay"
    """Minutes of the clock by which tasks and summaries finish after their deadlines, and the plan after its own, times
    their priority: 500 is one."""
    STABILITY = "stability"
    """Minutes of the clock by which starts differ from those of the plan as it was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a plan is to be levelled.

    Parameters
    ----------
    objectives
        In order of importance: the second only decides where the first is equal.
    within_slack
        Nothing moves further than its total float lets it; what does not fit takes more than there is.
    from_at
        Tasks that begin before this moment in the plan as given stay there; no other begins before it.
    respects_priorities
        Of tasks that could come next, one of higher priority always does.
    availability
        By uid of a resource: moments and the permille that it has from then on.
    kept
        Uids of tasks that are not to be moved.
    """

    objectives: tuple[Objective, ...] = (Objective.FINISH,)
    within_slack: bool = False
    from_at: int | None = None
    respects_priorities: bool = False
    availability: Mapping[int, Steps] = field(default_factory=dict)
    kept: Collection[int] = ()


class WaitKind(StrEnum):
    """Why a task does not begin earlier in the levelled plan."""

    RESOURCE = "resource"
    """Somebody whom it needs works on another task until then."""
    CAPACITY = "capacity"
    """Somebody whom it needs is not there, or not enough of them, until then."""
    HELD = "held"
    """It was not to begin before: the moment that levelling begins from, or the date that it had as a late task."""
    NETWORK = "network"
    """What the network says: a link, a date, the calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What holds the start of a task.

    Parameters
    ----------
    resource_uid
        Whom it waits for.
    task_uid
        The task that they are busy with, the one that ends last of those that end when this one begins; for `NETWORK` the
        predecessor.
    network
        The network's own cause, before levelling.
    minutes
        Clock minutes between the start that the network alone would give it and its start.
    """

    kind: WaitKind
    resource_uid: int | None = None
    task_uid: int | None = None
    network: Cause | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A task whose dates differ from those of the plan as it was given; moments are wall minutes."""

    uid: int
    before_start_at: int | None
    before_finish_at: int | None
    start_at: int | None
    finish_at: int | None
    wait: Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Overallocation:
    """A stretch in which more is taken of a resource than there is, and the tasks that take it; units are permille."""

    resource_uid: int
    start_at: int
    finish_at: int
    units: int
    capacity: int
    task_uids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProgress:
    """How far a search is.

    Parameters
    ----------
    finish_at
        Of the best plan so far.
    values
        Of its objectives, in the order asked for: the finish as a wall minute, the others in minutes.
    overallocated
        How many tasks take more than is free.
    schedules
        How many schedules were made.
    """

    finish_at: int
    values: tuple[int, ...]
    overallocated: int
    schedules: int


@dataclass(frozen=True, kw_only=True)
class PlanLeveling:
    """A levelled plan that passed the independent check.

    Parameters
    ----------
    plan
        The plan with levelling delays; `kaname.engine.network.schedule` of it is `schedule`.
    before, schedule
        The dates of the plan as given, and the levelled ones.
    lower_bound
        A moment before which no levelled plan can finish.
    gap
        How much longer than the bound the plan is, in working time of the plan's calendar from its start, as a share.
    waits
        By uid, what holds each task that is no summary.
    changes
        Every task whose dates differ from those of the plan as given, in outline order.
    overallocations_before, overallocations
        Where more is taken than there is, in order of time: in the plan as given, and what levelling could not resolve.
    log
        One entry for each better plan, in order.
    notes
        What the reader should know of how the plan was taken.
    """

    plan: Plan
    before: Schedule
    schedule: Schedule
    finish_at: int | None
    lower_bound: int | None
    gap: float
    waits: Mapping[int, Wait]
    changes: tuple[Change, ...]
    overallocations_before: tuple[Overallocation, ...]
    overallocations: tuple[Overallocation, ...]
    log: tuple[PlanProgress, ...]
    schedules: int
    notes: tuple[Message, ...] = ()

    @property
    def is_optimal(self) -> bool:
        """Return whether no levelled plan can finish earlier."""
        return self.finish_at == self.lower_bound
