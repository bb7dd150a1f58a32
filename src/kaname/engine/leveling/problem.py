"""The problem that levelling solves: activities that take resources, links between them, capacity over time.

Time is a whole number of units from 0; what a unit is - a quarter of an hour of working time, a day - the maker decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from kaname.engine.text import Message, Refusal, gettext_noop

MOST_ACTIVITIES: Final = 20_000
MOST_UNITS: Final = 1 << 30
LONGEST: Final = 2_000_000
"""Units of time that a schedule may span."""
MOST_MESSAGES: Final = 20

_TOO_MANY: Final = gettext_noop("The problem has %(count)s activities; at most %(limit)s can be levelled.")
_TWICE: Final = gettext_noop("Two activities have the number %(uid)s.")
_NEGATIVE: Final = gettext_noop("Activity %(uid)s has a negative duration, date, weight or demand.")
_NO_RESOURCE: Final = gettext_noop("Activity %(uid)s needs resource number %(resource)s, which does not exist.")
_TOO_MUCH: Final = gettext_noop(
    "Activity %(uid)s needs %(demand)s units of %(resource)s; only %(capacity)s are there in the end."
)
_BAD_CAPACITY: Final = gettext_noop(
    "The capacity of %(resource)s must be a whole number from 0 to 1,073,741,823, with changes in order of time."
)
_NOWHERE: Final = gettext_noop("A link leads from activity %(before)s to %(after)s, and one of them does not exist.")
_BAD_PROJECT: Final = gettext_noop("Project %(number)s occurs twice, or its due date or weight is negative.")
_TO_ITSELF: Final = gettext_noop("Activity %(uid)s is linked to itself.")
_TOO_LONG: Final = gettext_noop(
    "The schedule could span %(length)s units of time; at most %(limit)s can be levelled. Use longer units."
)


class ProblemError(Refusal):
    """A problem that cannot be levelled; `messages` name the faults that were found, at least one, at most twenty."""


class LinkKind(StrEnum):
    """Which end of the first activity holds which end of the second."""

    FS = "fs"
    SS = "ss"
    FF = "ff"
    SF = "sf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Units of a resource that an activity takes from its start to its finish; `resource` is a place in the problem."""

    resource: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Work that goes on without interruption.

    Parameters
    ----------
    uid
        The activity's number, its own within the problem.
    duration
        Units of time, 0 for a milestone.
    release
        It cannot start before.
    due, weight
        When it is wanted and how much a unit of delay counts; they do not bound the schedule.
    project
        Number of its project in a portfolio.
    fixed_start
        It has started or cannot be moved: it stands there, whatever its links say.
    """

    uid: int
    duration: int
    name: str = ""
    demands: tuple[Demand, ...] = ()
    release: int = 0
    due: int | None = None
    weight: int = 1
    project: int = 0
    fixed_start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A least time from one end of an activity to an end of another; negative lags are leads."""

    before_uid: int
    after_uid: int
    kind: LinkKind = LinkKind.FS
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A renewable resource: `capacity` from time 0 on, then what each of `changes` (moment, capacity) says."""

    name: str
    capacity: int
    changes: tuple[tuple[int, int], ...] = ()

    @property
    def last_capacity(self) -> int:
        """Return the capacity after all changes."""
        return self.changes[-1][1] if self.changes else self.capacity

    @property
    def most(self) -> int:
        """Return the largest capacity at any time."""
        return max(self.capacity, *(capacity for _, capacity in self.changes)) if self.changes else self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What a portfolio wants of one of its projects: when its last activity is due and how much a unit of delay counts."""

    number: int
    name: str = ""
    due: int | None = None
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Activities, links and resources; schedules are tuples of starts in the order of `activities`."""

    name: str = ""
    activities: tuple[Activity, ...]
    links: tuple[Link, ...] = ()
    resources: tuple[Resource, ...] = ()
    projects: tuple[Project, ...] = ()

    @cached_property
    def places(self) -> dict[int, int]:
        """Return the place of each activity by its number."""
        return {activity.uid: place for place, activity in enumerate(self.activities)}

    @cached_property
    def horizon(self) -> int:
        """Return a moment by which every list schedule has ended."""
        moments = [0]
        moments += [change for resource in self.resources for change, _ in resource.changes]
        moments += [activity.release for activity in self.activities]
        moments += [each.fixed_start + each.duration for each in self.activities if each.fixed_start is not None]
        work = sum(activity.duration for activity in self.activities)
        return max(moments) + work + sum(abs(link.lag) for link in self.links) + 1

    def start_lag(self, link: Link) -> int:
        """Return the least time from start to start that a link of any kind asks for.

        Examples
        --------
        >>> pair = (Activity(uid=1, duration=3), Activity(uid=2, duration=5))
        >>> problem = Problem(activities=pair)
        >>> [problem.start_lag(Link(before_uid=1, after_uid=2, kind=kind, lag=1)) for kind in LinkKind]
        [4, 1, -1, -4]
        """
        before = self.activities[self.places[link.before_uid]].duration
        after = self.activities[self.places[link.after_uid]].duration
        lag = link.lag
        if link.kind in (LinkKind.FS, LinkKind.FF):
            lag += before
        if link.kind in (LinkKind.FF, LinkKind.SF):
            lag -= after
        return lag


def check_problem(problem: Problem, *, latest: int = 0) -> None:
    """Refuse a problem that no schedule can solve or that is too large.

    Parameters
    ----------
    latest
        Last start of an earlier plan, before which activities may be held.

    Raises
    ------
    ProblemError
        With every fault, twenty at most.  Rings of links are found when the problem is compiled.
    """
    if len(problem.activities) > MOST_ACTIVITIES:
        raise ProblemError((Message(_TOO_MANY, {"count": len(problem.activities), "limit": MOST_ACTIVITIES}),))
    found = tuple(message for _, message in zip(range(MOST_MESSAGES), _faults(problem), strict=False))
    if found:
        raise ProblemError(found)
    if problem.horizon + latest > LONGEST:
        raise ProblemError((Message(_TOO_LONG, {"length": problem.horizon + latest, "limit": LONGEST}),))


def _faults(problem: Problem) -> Iterator[Message]:
    for resource in problem.resources:
        amounts = [resource.capacity, *(capacity for _, capacity in resource.changes)]
        moments = [0, *(moment for moment, _ in resource.changes)]
        if not all(0 <= amount < MOST_UNITS for amount in amounts) or moments != sorted(set(moments)):
            yield Message(_BAD_CAPACITY, {"resource": resource.name})
    seen: set[int] = set()
    for activity in problem.activities:
        if activity.uid in seen:
            yield Message(_TWICE, {"uid": activity.uid})
        seen.add(activity.uid)
        yield from _activity_faults(problem, activity)
    numbers = [project.number for project in problem.projects]
    for project in problem.projects:
        if numbers.count(project.number) > 1 or project.weight < 0 or (project.due or 0) < 0:
            yield Message(_BAD_PROJECT, {"number": project.number})
    for link in problem.links:
        if link.before_uid not in seen or link.after_uid not in seen:
            yield Message(_NOWHERE, {"before": link.before_uid, "after": link.after_uid})
        elif link.before_uid == link.after_uid:
            yield Message(_TO_ITSELF, {"uid": link.after_uid})


def _activity_faults(problem: Problem, activity: Activity) -> Iterator[Message]:
    amounts = [
        activity.duration,
        activity.release,
        activity.weight,
        activity.due or 0,
        *(demand.units for demand in activity.demands),
    ]
    if min(amounts) < 0 or (activity.fixed_start is not None and activity.fixed_start < 0):
        yield Message(_NEGATIVE, {"uid": activity.uid})
    needs: dict[int, int] = {}
    for demand in activity.demands:
        if 0 <= demand.resource < len(problem.resources):
            needs[demand.resource] = needs.get(demand.resource, 0) + demand.units
        else:
            yield Message(_NO_RESOURCE, {"uid": activity.uid, "resource": demand.resource + 1})
    if activity.duration == 0 or activity.fixed_start is not None:
        return
    for place, units in needs.items():
        resource = problem.resources[place]
        if units > resource.last_capacity:
            words = {"uid": activity.uid, "demand": units, "resource": resource.name}
            yield Message(_TOO_MUCH, {**words, "capacity": resource.last_capacity})
