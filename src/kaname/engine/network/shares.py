"""Who works on a task, on which calendar and for how long."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from kaname.engine.network.plan import Assignment, Plan, Resource, ResourceKind, Task, TaskType
from kaname.engine.network.timebook import Timebook

_ROUNDING_PERMILLE: Final = 10
"""A share's length follows the task's duration when they differ by no more than units rounded to permille explain."""


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part: `span` working minutes on `calendar`, beginning `delay` working minutes after the others."""

    calendar: int
    span: int
    delay: int


class Shares:
    """Answers for every task of a plan how its people's calendars bear on it."""

    def __init__(self, plan: Plan, book: Timebook) -> None:
        self.book = book
        self._resources: dict[int, Resource] = {resource.uid: resource for resource in plan.resources}
        self._by_task: dict[int, list[Assignment]] = defaultdict(list)
        for assignment in plan.assignments:
            resource = self._resources.get(-1 if assignment.resource_uid is None else assignment.resource_uid)
            if resource is not None and resource.kind == ResourceKind.WORK:
                self._by_task[assignment.task_uid].append(assignment)

    def of(self, task: Task, own: int, length: int) -> tuple[Share, ...]:
        """Return the shares of a task.

        Parameters
        ----------
        own
            Number of the calendar of the task, or of the plan.
        length
            Duration of the task in working minutes.

        Returns
        -------
        tuple of Share
            None where only the task's calendar counts, one where all work on one calendar, else one per person.
        """
        people = self.people(task.uid)
        if not people or task.ignores_resource_calendars or task.task_type == TaskType.FIXED_DURATION:
            return ()
        calendars = [self.calendar(task, own, person) for person in people]
        if len(set(calendars)) == 1:
            return () if calendars[0] == own else (Share(calendars[0], length, 0),)
        return tuple(
            Share(calendar, share_span(person, length), max(person.delay_minutes, 0))
            for calendar, person in zip(calendars, people, strict=True)
        )

    def people(self, uid: int) -> tuple[Assignment, ...]:
        """Return the assignments of work resources to a task, in the order of the plan."""
        return tuple(self._by_task.get(uid, ()))

    def calendar(self, task: Task, own: int, person: Assignment) -> int:
        """Return the number of the calendar on which a person works on a task whose own calendar is `own`."""
        resource = self._resources[person.resource_uid] if person.resource_uid is not None else None
        if resource is None or resource.calendar_uid is None:
            return own
        number = self.book.number(resource.calendar_uid)
        return number if task.calendar_uid is None else self.book.common(own, number)


def share_span(person: Assignment, length: int) -> int:
    """Return the working minutes of a person's part in a task of `length` working minutes."""
    is_contoured = person.contour not in ("", "flat")
    if person.effort_minutes is None or person.units_permille <= 0 or is_contoured:
        return max(length - max(person.delay_minutes, 0), 0)
    span = (person.effort_minutes * 1000 + person.units_permille // 2) // person.units_permille
    return length if abs(span - length) * 1000 <= length * _ROUNDING_PERMILLE else span
