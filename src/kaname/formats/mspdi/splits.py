"""Splits of tasks, found in the work day by day of their assignments.

The file writes no splits of a task as such.  It writes the work of each assignment in stretches of time.  A task is split
where no assignment works although the file says that it looked at the time (a stretch with a zero) and the calendars of
those who work on it have working time there.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from kaname.engine.calendar.stacking import Era, lay_flat
from kaname.engine.calendar.types import Calendar
from kaname.engine.network.plan import Resource, ResourceKind, Segment, Task
from kaname.engine.units import MINUTES_PER_DAY, day_of
from kaname.formats.mspdi.element import Element
from kaname.formats.mspdi.record import Record
from kaname.formats.mspdi.values import parse_duration, parse_moment

type Stretch = tuple[int, int]

_WORK: Final = frozenset({"1", "2"})
"""Remaining and actual work; the other types are overtime, baselines and costs."""

_LONGEST_HOLIDAY: Final = 400
"""Days; a longer stop is a split whatever the calendar says, so that no calendar is walked for centuries."""


@dataclass(slots=True)
class _Work:
    busy: list[Stretch] = field(default_factory=list)
    idle: list[Stretch] = field(default_factory=list)
    resources: set[int] = field(default_factory=set)


class WorkingTime:
    """Say whether there is working time between two moments by the calendars of a plan."""

    def __init__(self, calendars: Sequence[Calendar]) -> None:
        self._calendars = calendars
        self._eras: dict[int, tuple[Era, ...]] = {}

    def is_between(self, start: int, finish: int, *, calendar_uid: int) -> bool:
        """Say whether the calendar has a working minute in `[start, finish)`."""
        if calendar_uid not in self._eras:
            self._eras[calendar_uid] = lay_flat(self._calendars, calendar_uid)
        eras = self._eras[calendar_uid]
        first_day, last_day = start // MINUTES_PER_DAY, (finish - 1) // MINUTES_PER_DAY
        if last_day - first_day > _LONGEST_HOLIDAY:
            return True
        for day in range(first_day, last_day + 1):
            era = eras[bisect_right(eras, day, key=lambda era: era.starts_day) - 1]
            midnight = day * MINUTES_PER_DAY
            for shift in era.week[day_of(midnight).weekday()]:
                if midnight + shift.start < finish and midnight + shift.finish > start:
                    return True
        return False


def find_splits(
    assignments: Iterable[Record],
    *,
    tasks: Iterable[Task],
    resources: Sequence[Resource],
    working_time: WorkingTime,
    calendar_uid: int,
) -> Mapping[int, tuple[Segment, ...]]:
    """Return the segments of each split task by its number.

    A segment may begin in the free time before its work: the evening before it.
    """
    calendars = {each.uid: each.calendar_uid for each in resources if each.kind is ResourceKind.WORK}
    not_working = {each.uid for each in resources if each.kind is not ResourceKind.WORK}
    work: dict[int, _Work] = defaultdict(_Work)
    for record in assignments:
        task_uid, resource_uid = record.integer("TaskUID"), record.integer("ResourceUID")
        stretches = record.element.all("TimephasedData")
        if task_uid is None or not stretches or resource_uid in not_working:
            continue
        for element in stretches:
            _enter(work[task_uid], element)
        own = None if resource_uid is None else calendars.get(resource_uid)
        if own is not None:
            work[task_uid].resources.add(own)
    splits = {}
    for task in tasks:
        if task.uid in work:
            of_task = work[task.uid]
            uids = _calendars_of(task, of_task, calendar_uid)
            segments = _segments(of_task, partial(_works, working_time, uids))
            if len(segments) > 1:
                splits[task.uid] = segments
    return splits


def _calendars_of(task: Task, work: _Work, calendar_uid: int) -> tuple[int, ...]:
    if task.calendar_uid is not None and (task.ignores_resource_calendars or not work.resources):
        return (task.calendar_uid,)
    return tuple(sorted(work.resources)) or (calendar_uid,)


def _works(working_time: WorkingTime, uids: Sequence[int], start: int, finish: int) -> bool:
    return any(working_time.is_between(start, finish, calendar_uid=uid) for uid in uids)


def _enter(work: _Work, element: Element) -> None:
    texts = {child.tag: child.text for child in element.children}
    if texts.get("Type") not in _WORK or not texts.get("Value"):
        return
    try:
        start, finish = parse_moment(texts.get("Start", "")), parse_moment(texts.get("Finish", ""))
        value = parse_duration(texts["Value"])
    except OverflowError:
        # Work in an impossible year says nothing of splits; the dates of the assignment report the year.
        return
    if start is not None and finish is not None and value is not None and start[0] < finish[0]:
        (work.busy if value[0] > 0 else work.idle).append((start[0], finish[0]))


def _segments(work: _Work, has_working_time: Callable[[int, int], bool]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    idle = _union(work.idle)
    for begin, finish in _union(work.busy):
        start = begin
        if segments and not _is_split(segments[-1].finish_at, begin, idle, has_working_time):
            start = segments.pop().start_at
        segments.append(Segment(start, finish))
    return tuple(segments)


def _is_split(start: int, finish: int, idle: Sequence[Stretch], has_working_time: Callable[[int, int], bool]) -> bool:
    return _is_idle_between(start, finish, idle) and has_working_time(start, finish)


def _union(stretches: Sequence[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for start, finish in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], finish))
        else:
            joined.append((start, finish))
    return joined


def _is_idle_between(start: int, finish: int, idle: Sequence[Stretch]) -> bool:
    """Say whether one of the stretches, ascending and apart, meets `[start, finish)`."""
    place = bisect_right(idle, start, key=lambda stretch: stretch[1])
    return place < len(idle) and idle[place][0] < finish
