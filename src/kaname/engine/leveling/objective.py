"""What a schedule is to keep small, and in which order of importance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.arrays import Aims
from kaname.engine.leveling.bounds import cost_bound
from kaname.engine.leveling.compile import Compiled
from kaname.engine.leveling.problem import Problem, ProblemError
from kaname.engine.text import Message, gettext_noop

MOST_COST: Final = 1 << 60
"""What the worst schedule may cost, all tiers in one number."""

_TOO_DEAR: Final = gettext_noop("The weights of the objective are too large for a problem of this length.")
_NO_AIM: Final = gettext_noop("The objective has no aim, or one whose weight is not positive.")
_NOT_PLANNED: Final = gettext_noop(
    "The earlier plan has a negative start, or names activity %(uid)s, which is not there."
)


class AimKind(StrEnum):
    """A quantity of a schedule, in units of time."""

    MAKESPAN = "makespan"
    """The last finish of all."""
    DELAY = "delay"
    """Over the projects: weight x (last finish - the finish that links and dates alone would allow)."""
    TARDINESS = "tardiness"
    """Over activities and projects with a due date: weight x time behind it."""
    STABILITY = "stability"
    """Over the activities of an earlier plan: weight x time between its start and the new one, in either direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One quantity and the weight that it has among those of its tier."""

    kind: AimKind
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What is to be small.

    Parameters
    ----------
    tiers
        In order of importance: a schedule is better if its weighted sum over the first tier is smaller; if these are equal,
        over the second, and so on (lexicographic).
    earlier
        The plan that `AimKind.STABILITY` looks back at: number of an activity to its start there.

    Examples
    --------
    >>> Objective.by(AimKind.MAKESPAN, AimKind.STABILITY, earlier={1: 0}).tiers[1][0].kind.value
    'stability'
    """

    tiers: tuple[tuple[Aim, ...], ...]
    earlier: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def by(cls, *kinds: AimKind, earlier: Mapping[int, int] | None = None) -> "Objective":
        """Return an objective of one aim per tier, the most important first."""
        return cls(tiers=tuple((Aim(kind=kind),) for kind in kinds), earlier=earlier or MappingProxyType({}))

    @property
    def is_makespan(self) -> bool:
        """Return whether the last finish is all that counts."""
        return len(self.tiers) == 1 and {aim.kind for aim in self.tiers[0]} == {AimKind.MAKESPAN}

    @property
    def begins_with_makespan(self) -> bool:
        """Return whether the first tier is the last finish alone."""
        return {aim.kind for aim in self.tiers[0]} == {AimKind.MAKESPAN}

    @property
    def latest(self) -> int:
        """Return the last start of the earlier plan, 0 without one."""
        return max(self.earlier.values(), default=0)


MAKESPAN: Final = Objective.by(AimKind.MAKESPAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An objective as arrays: one cost for all tiers.

    Parameters
    ----------
    scales
        What a unit of each tier costs: more than everything below it can cost together.
    bound
        A cost that no schedule can beat.
    is_seeded
        Whether the search begins with a schedule that is good already: a short one, where length comes first.
    """

    aims: Aims
    scales: tuple[int, ...]
    bound: int
    is_seeded: bool

    def values(self, cost: int) -> tuple[int, ...]:
        """Return the value of each tier of a cost."""
        values = []
        for scale in self.scales:
            values.append(cost // scale)
            cost %= scale
        return tuple(values)


@dataclass(frozen=True, slots=True)
class _Group:
    """Activities of which the last finish counts from a moment on."""

    places: tuple[int, ...]
    due: int
    weight: int


def check_objective(problem: Problem, objective: Objective) -> None:
    """Refuse an objective that says nothing or speaks of what is not there.

    Raises
    ------
    ProblemError
        With the first fault.
    """
    weights = [aim.weight for tier in objective.tiers for aim in tier]
    if not objective.tiers or not all(objective.tiers) or min(weights) < 1:
        raise ProblemError((Message(_NO_AIM),))
    for uid, start in objective.earlier.items():
        if uid not in problem.places or start < 0:
            raise ProblemError((Message(_NOT_PLANNED, {"uid": uid}),))


def target_of(compiled: Compiled, objective: Objective, *, makespan_bound: int) -> Target:
    """Return an objective as arrays, with a bound of its cost.  Cost: aims x activities, and the bounds of projects.

    Raises
    ------
    ProblemError
        If the weights are so large that costs do not fit into a number of 60 bits.
    """
    problem, until = compiled.problem, compiled.horizon
    tiers = [[(aim, _groups(compiled, aim.kind)) for aim in tier] for tier in objective.tiers]
    scales, below = [], 1
    for tier in reversed(tiers):
        scales.append(below)
        below *= 1 + sum(aim.weight * _worst(problem, objective, aim.kind, groups, until) for aim, groups in tier)
    if below > MOST_COST:
        raise ProblemError((Message(_TOO_DEAR),))
    scales.reverse()
    weighted, moved = [], 0
    for scale, tier in zip(scales, tiers, strict=True):
        for aim, groups in tier:
            weighted += [_Group(each.places, each.due, each.weight * aim.weight * scale) for each in groups]
            moved += aim.weight * scale if aim.kind is AimKind.STABILITY else 0
    aims = _aims(compiled, objective, weighted, moved)
    return Target(
        aims=aims,
        scales=tuple(scales),
        bound=cost_bound(compiled, aims, makespan_bound=makespan_bound),
        is_seeded=objective.begins_with_makespan,
    )


def guide(compiled: Compiled, aims: Aims) -> Any:
    """Return how urgent each activity is: how much earlier than the least urgent one it must start to keep what is due."""
    forward = compiled.forward
    slack = compiled.horizon
    latest = [slack] * len(compiled.rows)
    for group, due in enumerate(aims.due):
        for row in aims.member[aims.first[group] : aims.first[group + 1]]:
            latest[row] = min(latest[row], int(due) - int(compiled.loads.duration[row]))
    for row in range(len(latest) - 1, -1, -1):
        for link in range(int(compiled.backward.first[row]), int(compiled.backward.first[row + 1])):
            after = int(compiled.backward.other[link])
            lag = int(compiled.backward.lag[link]) - int(compiled.loads.duration[after])
            latest[row] = min(latest[row], latest[after] - lag - int(compiled.loads.duration[row]))
    known = [moment for moment in latest if moment < slack]
    if not known:
        return forward.tail
    return np.array([max(known) - min(moment, max(known)) for moment in latest], dtype=np.int64)


def _groups(compiled: Compiled, kind: AimKind) -> list[_Group]:
    problem = compiled.problem
    everything = tuple(range(len(problem.activities)))
    if kind is AimKind.MAKESPAN:
        return [_Group(everything, 0, 1)]
    if kind is AimKind.STABILITY:
        return []
    members: dict[int, list[int]] = {}
    for place, activity in enumerate(problem.activities):
        members.setdefault(activity.project, []).append(place)
    wishes = {project.number: project for project in problem.projects}
    if kind is AimKind.DELAY:
        weights = {number: wishes[number].weight if number in wishes else 1 for number in members}
        return [
            _Group(tuple(places), _earliest(compiled, places), weights[number]) for number, places in members.items()
        ]
    due = [
        _Group((place,), activity.due, activity.weight)
        for place, activity in enumerate(problem.activities)
        if activity.due is not None
    ]
    return due + [
        _Group(tuple(members[number]), project.due, project.weight)
        for number, project in wishes.items()
        if project.due is not None and number in members
    ]


def _earliest(compiled: Compiled, places: Sequence[int]) -> int:
    """Return the finish of activities by links and dates alone."""
    activities = compiled.problem.activities
    heads = {place: int(head) for place, head in zip(compiled.rows, compiled.forward.bound, strict=True)}
    heads.update(compiled.fixed)
    return max(heads[place] + activities[place].duration for place in places)


def _worst(problem: Problem, objective: Objective, kind: AimKind, groups: Sequence[_Group], until: int) -> int:
    if kind is AimKind.STABILITY:
        return sum(problem.activities[problem.places[uid]].weight for uid in objective.earlier) * until
    return sum(group.weight * max(0, until - group.due) for group in groups)


def _aims(compiled: Compiled, objective: Objective, groups: Sequence[_Group], moved: int) -> Aims:
    problem, count = compiled.problem, len(compiled.rows)
    row_of = {place: row for row, place in enumerate(compiled.rows)}
    fixed = {place: start + problem.activities[place].duration for place, start in compiled.fixed}
    first, member, floors = [0], [], []
    for group in groups:
        member += [row_of[place] for place in group.places if place in row_of]
        first.append(len(member))
        floors.append(max((fixed[place] for place in group.places if place in fixed), default=0))
    targets, moves, base = [0] * count, [0] * count, 0
    for uid, start in objective.earlier.items() if moved else ():
        place = problem.places[uid]
        weight = problem.activities[place].weight * moved
        if place in row_of:
            targets[row_of[place]], moves[row_of[place]] = start, weight
        else:
            base += weight * abs(dict(compiled.fixed)[place] - start)
    arrays = (first, member, [each.due for each in groups], [each.weight for each in groups], floors, targets, moves)
    far = [target + int(compiled.loads.duration[row]) for row, target in enumerate(targets) if moves[row]]
    made: list[Any] = [np.array(each, dtype=np.int64) for each in arrays]
    return Aims._make([*made, int(any(moves)), max(far, default=0), base])
