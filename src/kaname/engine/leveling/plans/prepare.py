"""Compile a plan for levelling: what its tasks take of whom, and which of them may wait."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kaname.engine.calendar.kernels import BEYOND, CLOCK
from kaname.engine.calendar.stacking import CalendarError
from kaname.engine.leveling.plans.arrays import FOLLOWS, NEVER, NOBODY, WAITS, WHOLE, Limits, Lines, Stays, Takes
from kaname.engine.leveling.plans.model import Part, PlanModel
from kaname.engine.network import Network, PlanError, compile_plan, schedule
from kaname.engine.network import arrays as net
from kaname.engine.network.plan import (
    Assignment,
    ConstraintType,
    DurationKind,
    Plan,
    Resource,
    ResourceKind,
    ScheduleFrom,
    Task,
)
from kaname.engine.network.shares import Shares, share_span
from kaname.engine.network.terms import EMPTY_RULE
from kaname.engine.network.timebook import Timebook

UNLEVELED_PRIORITY: Final = 1000
"""A task of this priority is never moved, as in MS Project."""

type Steps = Sequence[tuple[int, int]]
"""Moments in ascending order and the permille that a resource has from each of them on."""


def prepare_plan(
    plan: Plan,
    *,
    availability: Mapping[int, Steps] | None = None,
    releases: Mapping[int, int] | None = None,
    latest: Mapping[int, int] | None = None,
    kept: Collection[int] = (),
) -> PlanModel:
    """Compile a plan for levelling.

    The plan is taken forward from its start: tasks that were to be as late as possible are not to begin before the dates that
    they have in the plan as it is, and so may be levelled like all others.

    Tasks are levelled that have not begun, are scheduled by the engine, take a person, have no date that they must meet and
    no priority of 1000.  Their levelling delays are taken away.  All others stand where the network puts them and take their
    people nevertheless; material, costs, summaries, hammocks and inactive tasks take nobody.

    Parameters
    ----------
    availability
        By uid of a resource: moments and the permille that it has from then on, instead of its `max_units_permille`, which
        holds before the first of them.
    releases
        By uid of a task: a moment before which it is not to begin.
    latest
        By uid of a task: a moment after which it must not finish by levelling; it takes more than there is rather.
    kept
        Uids of tasks that are not to be levelled: they keep their levelling delay.

    Raises
    ------
    PlanError
        If the plan cannot be calculated.
    """
    levelled = {task.uid for task in plan.tasks if may_move(task)} - set(kept)
    if any(task.leveling_delay_minutes for task in plan.tasks):
        plan = replace(plan, tasks=tuple(_undelayed(task, levelled) for task in plan.tasks))
    plan, held = _forward(plan)
    for uid, moment in (releases or {}).items():
        held[uid] = max(moment, held.get(uid, -BEYOND))
    return _Preparer(plan, levelled, availability or {}, held, latest or {}).model()


def _undelayed(task: Task, levelled: Collection[int]) -> Task:
    has_delay = task.leveling_delay_minutes and task.uid in levelled
    return replace(task, leveling_delay_minutes=0) if has_delay else task


def _forward(plan: Plan) -> tuple[Plan, dict[int, int]]:
    """Return a plan in which all tasks go as early as they can, and where those that were to be late were to begin."""
    is_backward = plan.rules.schedule_from == ScheduleFrom.FINISH
    if not is_backward and all(task.constraint != ConstraintType.ALAP for task in plan.tasks):
        return plan, {}
    found = schedule(plan)
    places = found.network.late_tasks.tolist()
    uids = [plan.tasks[int(found.network.task[place])].uid for place in places]
    held = {uid: int(found.dates.start[place]) for uid, place in zip(uids, places, strict=True)}
    tasks = tuple(
        replace(task, constraint=ConstraintType.ASAP)
        if task.uid in held and task.constraint == ConstraintType.ALAP
        else task
        for task in plan.tasks
    )
    if is_backward:
        plan = replace(plan, start_at=found.network.origin, rules=replace(plan.rules, schedule_from=ScheduleFrom.START))
    return replace(plan, tasks=tasks), held


def may_move(task: Task) -> bool:
    """Say whether levelling may move a task, as far as the task itself says."""
    return task.priority < UNLEVELED_PRIORITY and task.is_active and not task.is_external


class _Preparer:
    def __init__(
        self,
        plan: Plan,
        levelled: Collection[int],
        availability: Mapping[int, Steps],
        releases: Mapping[int, int],
        latest: Mapping[int, int],
    ) -> None:
        self.plan = plan
        self.levelled = levelled
        self.releases = releases
        self.latest = latest
        self.resources = tuple(each for each in plan.resources if each.kind == ResourceKind.WORK)
        self.places = {resource.uid: place for place, resource in enumerate(self.resources)}
        self.capacity = tuple(_capacity(resource, availability.get(resource.uid, ())) for resource in self.resources)

    def model(self) -> PlanModel:
        plan = self.plan
        book, usage = self._calendars()
        network = compile_plan(plan, book=book)
        nodes, extras = _ruled(network)
        parts = self._parts(network, usage)
        counts = _counts(network)
        takes = self._takes(network, parts)
        return PlanModel(
            plan=plan,
            network=network,
            resources=self.resources,
            parts=parts,
            capacity=self.capacity,
            takes=takes,
            whole=self._whole(takes),
            stays=self._stays(network, takes),
            limits=self._limits(network, parts),
            nodes=nodes,
            extras=extras,
            counts=counts,
        )

    def _calendars(self) -> tuple[Timebook, Mapping[int, list[tuple[Assignment, int]]]]:
        """Number the calendar of every assignment before the network writes its tables."""
        try:
            book = Timebook(self.plan)
            shares = Shares(self.plan, book)
            usage = {}
            for task in self.plan.tasks:
                people = shares.people(task.uid)
                if people:
                    own = book.number(task.calendar_uid)
                    usage[task.uid] = [(person, _usage(task, own, person, shares)) for person in people]
            self.common = _common(book, usage)
        except CalendarError as error:
            raise PlanError([error.message]) from error
        return book, usage

    def _parts(
        self, network: Network, usage: Mapping[int, list[tuple[Assignment, int]]]
    ) -> tuple[tuple[Part, ...], ...]:
        parts: list[tuple[Part, ...]] = [()] * len(network.nodes.kind)
        for number, task in enumerate(self.plan.tasks):
            place = int(network.position[number])
            kind = int(network.nodes.kind[place])
            is_taking = kind in _TAKING and task.is_active and not task.is_external
            if is_taking and not network.outline.summaries[number] and task.uid in usage:
                parts[place] = self._parts_of(task, kind, int(network.nodes.span[place]), usage[task.uid])
        return tuple(parts)

    def _parts_of(self, task: Task, kind: int, span: int, people: Iterable[tuple[Assignment, int]]) -> tuple[Part, ...]:
        by_resource: dict[int, Part] = {}
        length = max(task.duration_minutes or 0, 0)
        for person, calendar in people:
            if person.units_permille <= 0 or person.resource_uid is None:
                continue
            place = self.places[person.resource_uid]
            part = Part(
                resource=place,
                units=person.units_permille,
                calendar=calendar,
                **_stretch(person, kind, length, calendar),
            )
            if place in by_resource:
                units = part.units + by_resource[place].units
                part = Part(resource=place, units=units, calendar=calendar, offset=0, length=WHOLE)
            by_resource[place] = part
        return tuple(by_resource.values()) if span > 0 or kind == net.FIXED else ()

    def _takes(self, network: Network, parts: Sequence[tuple[Part, ...]]) -> Takes:
        calendars: dict[int, set[int]] = {}
        for taken in parts:
            for part in taken:
                calendars.setdefault(part.resource, set()).add(part.calendar)
        peaks = [max(units for _, units in steps) for steps in self.capacity]
        rows = [
            (
                part.resource,
                part.units,
                min(part.units, peaks[part.resource]),
                part.calendar,
                part.offset,
                part.length,
                int(network.nodes.span[place]),
                int(len(calendars[part.resource]) > 1),
            )
            for place, taken in enumerate(parts)
            for part in taken
        ]
        first = np.cumsum([0, *(len(taken) for taken in parts)])
        columns = np.array(rows, dtype=np.int64).reshape(-1, len(Takes._fields) - 1)
        return Takes(first.astype(np.int64), *(column.copy() for column in columns.T))

    def _whole(self, takes: Takes) -> Lines:
        count = len(self.resources)
        taken = np.bincount(takes.resource, minlength=count) if len(takes.resource) else np.zeros(count, dtype=np.int64)
        steps = np.array([len(steps) for steps in self.capacity], dtype=np.int64)
        first = np.concatenate(([0], np.cumsum(steps + 2 * taken))).astype(np.int64)
        moments = np.zeros(int(first[-1]), dtype=np.int64)
        frees = np.zeros(int(first[-1]), dtype=np.int64)
        for place, capacity in enumerate(self.capacity):
            for step, (moment, units) in enumerate(capacity):
                moments[first[place] + step] = moment
                frees[first[place] + step] = units
        return Lines(first, steps, moments, frees)

    def _stays(self, network: Network, takes: Takes) -> Stays:
        width = network.calendar_count + 1
        common = np.full(width * width, NEVER, dtype=np.int64)
        for (one, other), number in self.common.items():
            common[(one + 1) * width + other + 1] = number
        room = np.zeros(len(takes.resource), dtype=np.int64)
        last = np.full(len(self.resources), NOBODY, dtype=np.int64)
        return Stays(room, room.copy(), room.copy(), last, common, np.array([width], dtype=np.int64))

    def _limits(self, network: Network, parts: Sequence[tuple[Part, ...]]) -> Limits:
        nodes = network.nodes
        count = len(nodes.kind)
        limits = Limits(
            role=np.full(count, FOLLOWS, dtype=np.int64),
            is_plain=((nodes.kind == net.WORK) & (nodes.rule < 0)).astype(np.int64),
            release=np.full(count, -BEYOND, dtype=np.int64),
            latest_start=np.full(count, BEYOND, dtype=np.int64),
            latest_finish=np.full(count, BEYOND, dtype=np.int64),
        )
        rules = network.extras.rules.reshape(-1, net.RULE_WIDTH)
        shapes = network.before.shape
        owners = np.repeat(np.arange(count), np.diff(network.before.first))
        limits.is_plain[owners[(shapes < net.CHILD) & (shapes & 3 == net.SF)]] = 0  # type: ignore[call-overload]
        for number, task in enumerate(self.plan.tasks):
            place = int(network.position[number])
            if nodes.kind[place] in _HELD:
                limits.release[place] = self.releases.get(task.uid, -BEYOND)
            if nodes.kind[place] not in _MOVING or not parts[place] or task.uid not in self.levelled:
                continue
            row = None if nodes.rule[place] < 0 else rules[nodes.rule[place]]
            if row is not None and _is_fixed(row):
                continue
            limits.role[place] = WAITS
            limits.latest_finish[place] = self.latest.get(task.uid, BEYOND)
            if row is not None:
                limits.latest_start[place] = int(row[net.START_MAX])
                limits.latest_finish[place] = min(limits.latest_finish[place], int(row[net.FINISH_MAX]))
        return limits


_TAKING: Final = (net.WORK, net.SHARED, net.FIXED, net.STARTED)
_MOVING: Final = (net.WORK, net.SHARED)
_HELD: Final = (net.WORK, net.SHARED, net.POINT, net.START_POINT, net.FINISH_POINT)


def _capacity(resource: Resource, steps: Steps) -> tuple[tuple[int, int], ...]:
    return ((-BEYOND, max(resource.max_units_permille, 0)), *((moment, max(units, 0)) for moment, units in steps))


def _usage(task: Task, own: int, person: Assignment, shares: Shares) -> int:
    if task.duration_kind == DurationKind.ELAPSED:
        return CLOCK
    return own if task.ignores_resource_calendars else shares.calendar(task, own, person)


def _common(book: Timebook, usage: Mapping[int, list[tuple[Assignment, int]]]) -> Mapping[tuple[int, int], int]:
    """Return which calendar those have in common on which one resource works on different tasks."""
    calendars: dict[int | None, set[int]] = {}
    for people in usage.values():
        for person, calendar in people:
            calendars.setdefault(person.resource_uid, set()).add(calendar)
    return {
        (one, other): number
        for mixed in calendars.values()
        if len(mixed) > 1
        for one in sorted(mixed)
        for other in sorted(mixed)
        if (number := book.overlap(one, other)) is not None
    }


def _stretch(person: Assignment, kind: int, length: int, calendar: int) -> dict[str, int]:
    span = share_span(person, length)
    offset = max(person.delay_minutes, 0)
    is_whole = kind in (net.FIXED, net.STARTED) or calendar == CLOCK
    if is_whole or (kind == net.WORK and offset == 0 and span >= length):
        return {"offset": 0, "length": WHOLE}
    return {"offset": offset, "length": span}


def _is_fixed(row: Any) -> bool:
    """Return whether a rule names the one start or finish that the task must have."""
    is_start = row[net.START_MAX] < BEYOND and row[net.START_MIN] == row[net.START_MAX]
    is_finish = row[net.FINISH_MAX] < BEYOND and row[net.FINISH_MIN] == row[net.FINISH_MAX]
    return bool(is_start or is_finish)


def _ruled(network: Network) -> tuple[net.Nodes, net.Extras]:
    """Return nodes and rules with a rule for every node that can be held back."""
    bare = np.flatnonzero((network.nodes.rule < 0) & np.isin(network.nodes.kind, _HELD))
    rows = len(network.extras.rules) // net.RULE_WIDTH
    rule = network.nodes.rule.copy()
    rule[bare] = rows + np.arange(len(bare), dtype=np.int32)
    added = np.tile(np.array(EMPTY_RULE, dtype=np.int64), len(bare))
    rules = np.concatenate((network.extras.rules, added))
    return network.nodes._replace(rule=rule), network.extras._replace(rules=rules)


def _counts(network: Network) -> Any:
    rules = network.extras.rules.reshape(-1, net.RULE_WIDTH)
    aside = np.zeros(len(network.nodes.kind), dtype=bool)
    ruled = network.nodes.rule >= 0
    aside[ruled] = (rules[network.nodes.rule[ruled], net.FLAGS] & net.ASIDE) != 0
    return ((network.nodes.kind < net.OPENING) & ~aside).astype(np.int64)
