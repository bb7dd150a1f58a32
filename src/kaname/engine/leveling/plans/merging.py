"""Several plans as one, so that people who work in more than one of them are levelled together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kaname.engine.calendar.types import Calendar
from kaname.engine.network.errors import PlanError
from kaname.engine.network.plan import (
    Assignment,
    ConstraintType,
    Link,
    LinkType,
    Plan,
    Resource,
    ScheduleFrom,
    Task,
    TaskKind,
)
from kaname.engine.text import Message, gettext_noop

_NO_PLANS: Final = gettext_noop("There is no plan to put together.")
_OTHER_RULES: Final = gettext_noop(
    "“%(one)s” and “%(other)s” are calculated by different rules or status dates, so they cannot be put together."
)
_BACKWARD: Final = gettext_noop(
    "“%(name)s” is counted back from its finish; only plans that go forward can be put together."
)
_NOWHERE: Final = gettext_noop("A link between plans names task %(uid)s of plan %(plan)s, which does not exist.")

type Key = tuple[int, int]
"""Place of a plan and uid of one of its tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossLink:
    """A link from a task of one plan to a task of another."""

    before: Key
    after: Key
    type: LinkType = LinkType.FS
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """One plan made of several.

    Attributes
    ----------
    plan
        A summary for each plan, and its tasks below it.
    plans
        The plans as they were given.
    uids
        The uid in `plan` of each task, by place of its plan and its own uid.
    summary_uids
        The uid in `plan` of each plan's summary.
    """

    plan: Plan
    plans: tuple[Plan, ...]
    uids: Mapping[Key, int]
    summary_uids: tuple[int, ...]

    def split(self, levelled: Plan) -> tuple[Plan, ...]:
        """Return the plans as they were given with the levelling delays and constraints of a levelled whole."""
        tasks = {task.uid: task for task in levelled.tasks}
        return tuple(
            replace(plan, tasks=tuple(_delayed(task, tasks[self.uids[place, task.uid]]) for task in plan.tasks))
            for place, plan in enumerate(self.plans)
        )


def merged(
    plans: Sequence[Plan],
    *,
    priorities: Sequence[int] | None = None,
    links: Sequence[CrossLink] = (),
) -> Merged:
    """Put plans together, with one resource for each person.

    Two resources are the same person where they are of one kind and have the same e-mail address, else the same code, else the
    same name; units and calendar are those of the plan that comes first.  No task begins before the start of its own plan.  A
    plan's summary carries its priority and, where it has one, the date that the plan must meet as its deadline: both count for
    `Objective.DELAY`.

    Parameters
    ----------
    priorities
        0 to 1000 for each plan, 500 being usual.
    links
        Links between plans.

    Raises
    ------
    PlanError
        If there is no plan, if they are calculated by different rules or status dates or back from a finish, or if a link leads
        nowhere.

    Notes
    -----
    Where the plans have different project calendars, working lags before tasks that people work on are counted on that of the
    first plan.
    """
    _check(plans, links)
    builder = _Builder(plans, priorities or [500] * len(plans))
    return builder.merged(links)


def _check(plans: Sequence[Plan], links: Sequence[CrossLink]) -> None:
    if not plans:
        raise PlanError([Message(_NO_PLANS)])
    faults = [
        Message(_BACKWARD, {"name": plan.name}) for plan in plans if plan.rules.schedule_from == ScheduleFrom.FINISH
    ]
    first = plans[0]
    faults += [
        Message(_OTHER_RULES, {"one": first.name, "other": plan.name})
        for plan in plans[1:]
        if (plan.rules, plan.status_at) != (first.rules, first.status_at)
    ]
    known = {(place, task.uid) for place, plan in enumerate(plans) for task in plan.tasks}
    ends = [end for link in links for end in (link.before, link.after)]
    faults += [Message(_NOWHERE, {"uid": uid, "plan": place + 1}) for place, uid in ends if (place, uid) not in known]
    if faults:
        raise PlanError(faults)


def _delayed(task: Task, levelled: Task) -> Task:
    delay, constraint = levelled.leveling_delay_minutes, levelled.constraint
    if (task.leveling_delay_minutes, task.constraint) == (delay, constraint):
        return task
    return replace(task, leveling_delay_minutes=delay, constraint=constraint)


class _Builder:
    def __init__(self, plans: Sequence[Plan], priorities: Sequence[int]) -> None:
        self.plans = tuple(plans)
        self.priorities = priorities
        self.uids: dict[Key, int] = {}
        self.calendars: list[Calendar] = []
        self.calendar_uids: dict[Key, int] = {}
        self.resources: list[Resource] = []
        self.resource_uids: dict[Key, int] = {}

    def merged(self, links: Sequence[CrossLink]) -> Merged:
        first = self.plans[0]
        for place in range(len(self.plans)):
            self._number(place)
        tasks = [task for place in range(len(self.plans)) for task in self._tasks(place)]
        starts = [plan.start_at for plan in self.plans if plan.start_at is not None]
        calendar = None if first.calendar_uid is None else self.calendar_uids[0, first.calendar_uid]
        plan = replace(
            first,
            name=", ".join(plan.name for plan in self.plans if plan.name),
            start_at=min(starts, default=None),
            must_finish_at=None,
            calendar_uid=calendar,
            calendars=tuple(self.calendars),
            tasks=tuple(tasks),
            links=(*self._links(), *self._cross_links(links)),
            resources=tuple(self.resources),
            assignments=tuple(self._assignments()),
        )
        return Merged(plan, self.plans, self.uids, tuple(self.uids[place, -1] for place in range(len(self.plans))))

    def _number(self, place: int) -> None:
        plan = self.plans[place]
        self.uids[place, -1] = len(self.uids)
        for task in plan.tasks:
            self.uids[place, task.uid] = len(self.uids)
        for calendar in plan.calendars:
            self.calendar_uids[place, calendar.uid] = len(self.calendar_uids)
        for calendar in plan.calendars:
            base = None if calendar.base_uid is None else self.calendar_uids.get((place, calendar.base_uid))
            self.calendars.append(replace(calendar, uid=self.calendar_uids[place, calendar.uid], base_uid=base))
        people = {_identity(resource): resource.uid for resource in self.resources}
        for resource in plan.resources:
            uid = people.get(_identity(resource))
            if uid is None:
                uid = len(self.resources)
                own = plan.calendar_uid if resource.calendar_uid is None else resource.calendar_uid
                calendar_uid = None if own is None else self.calendar_uids[place, own]
                self.resources.append(replace(resource, uid=uid, calendar_uid=calendar_uid))
            self.resource_uids[place, resource.uid] = uid

    def _tasks(self, place: int) -> Iterator[Task]:
        plan = self.plans[place]
        held = plan.start_at is not None
        yield Task(
            uid=self.uids[place, -1],
            name=plan.name,
            kind=TaskKind.SUMMARY,
            priority=self.priorities[place],
            deadline_at=plan.must_finish_at,
            constraint=ConstraintType.SNET if held else ConstraintType.ASAP,
            constraint_at=plan.start_at,
        )
        staffed = {assignment.task_uid for assignment in plan.assignments if assignment.resource_uid is not None}
        for task in plan.tasks:
            calendar = task.calendar_uid
            if calendar is None and place > 0 and task.uid not in staffed:
                calendar = plan.calendar_uid
            parent = -1 if task.parent_uid is None else task.parent_uid
            yield replace(
                task,
                uid=self.uids[place, task.uid],
                parent_uid=self.uids[place, parent],
                calendar_uid=None if calendar is None else self.calendar_uids[place, calendar],
            )

    def _links(self) -> Iterator[Link]:
        for place, plan in enumerate(self.plans):
            for link in plan.links:
                before, after = self.uids[place, link.predecessor_uid], self.uids[place, link.successor_uid]
                yield replace(link, predecessor_uid=before, successor_uid=after)

    def _cross_links(self, links: Sequence[CrossLink]) -> Iterator[Link]:
        for link in links:
            before, after = self.uids[link.before], self.uids[link.after]
            yield Link(predecessor_uid=before, successor_uid=after, type=link.type, lag=link.lag)

    def _assignments(self) -> Iterator[Assignment]:
        for place, plan in enumerate(self.plans):
            for assignment in plan.assignments:
                uid = assignment.resource_uid
                person = None if uid is None else self.resource_uids.get((place, uid))
                yield replace(assignment, task_uid=self.uids[place, assignment.task_uid], resource_uid=person)


def _identity(resource: Resource) -> tuple[str, ...]:
    if resource.email:
        return resource.kind.value, "email", resource.email.lower()
    if resource.code:
        return resource.kind.value, "code", resource.code
    return resource.kind.value, "name", resource.name
