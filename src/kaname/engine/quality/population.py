"""Who is counted: the tasks and links of the published population, each question answered once per plan."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from kaname.engine.network.plan import Baseline, DurationKind, Link, LinkType, Plan, Task, TaskKind
from kaname.engine.quality.types import ScheduledTask, ScheduleView, TaskDates, Thresholds
from kaname.engine.units import MINUTES_PER_DAY

_MILESTONES = frozenset({TaskKind.MILESTONE, TaskKind.START_MILESTONE, TaskKind.FINISH_MILESTONE})
_USUAL_DAY = 480
_NO_DATES = ScheduledTask(uid=0, start_at=None, finish_at=None, total_float_minutes=None, is_critical=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """A plan sorted for the fourteen points.

    Parameters
    ----------
    plan, view, thresholds
        What is judged, its dates, and the limits.
    tasks
        Every counted task, complete or not, in outline order: active, of this plan, neither summary nor level of effort
        nor milestone.
    incomplete
        Those of `tasks` that are not finished.
    milestones
        Active unfinished milestones of this plan: never counted, only observed.
    links
        The links that are counted: into an unfinished task or milestone, between tasks that are active and neither
        summary nor level of effort.
    links_outside
        How many links into unfinished work were left out because an end is a summary or a level of effort.
    incoming, outgoing
        The live links of each task by uid, of whatever kind the other end is.
    children
        The uids directly below each summary.
    """

    plan: Plan
    view: ScheduleView
    thresholds: Thresholds
    by_uid: Mapping[int, Task]
    tasks: tuple[Task, ...]
    incomplete: tuple[Task, ...]
    milestones: tuple[Task, ...]
    links: tuple[Link, ...]
    links_outside: int
    incoming: Mapping[int, tuple[Link, ...]]
    outgoing: Mapping[int, tuple[Link, ...]]
    children: Mapping[int, tuple[int, ...]]

    def dates(self, task: Task) -> TaskDates:
        """Return the dates of a task; all unknown where the schedule has none."""
        return self.view.tasks.get(task.uid, _NO_DATES)

    def minutes(self, days: int) -> int:
        """Return working days of the plan in minutes."""
        return days * minutes_per_day(self.plan)

    def days_text(self, minutes: int) -> str:
        """Return working minutes as days with one decimal, none where it is whole.

        Rounded half away from zero.
        """
        per_day = minutes_per_day(self.plan)
        tenths = (abs(minutes) * 20 + per_day) // (2 * per_day)
        whole, tenth = divmod(tenths, 10)
        sign = "-" if minutes < 0 and tenths else ""
        return f"{sign}{whole}.{tenth}" if tenth else f"{sign}{whole}"

    def working_duration(self, task: Task, duration: int) -> int:
        """Return a duration in working minutes; clock minutes are turned by the working share of a week.

        Without this a task of 60 days of the clock (about 43 working days) would count as 180 working days.
        """
        if task.duration_kind is DurationKind.WORKING:
            return duration
        return duration * self.plan.minutes_per_week // (7 * MINUTES_PER_DAY)


def count_population(plan: Plan, view: ScheduleView, thresholds: Thresholds) -> Population:
    """Sort the tasks and links of a plan; O(tasks + links)."""
    by_uid = {task.uid: task for task in plan.tasks}
    incoming, outgoing = _live_links(plan, by_uid)
    tasks = tuple(task for task in plan.tasks if _is_detail(task) and not is_milestone(task))
    into_unfinished = [
        link
        for link in chain.from_iterable(incoming.values())
        if link.successor_uid in by_uid
        and not is_complete(by_uid[link.successor_uid])
        and not by_uid[link.successor_uid].is_external
    ]
    wanted = {id(link) for link in into_unfinished if _joins_detail(link, by_uid)}
    return Population(
        plan=plan,
        view=view,
        thresholds=thresholds,
        by_uid=by_uid,
        tasks=tasks,
        incomplete=tuple(task for task in tasks if not is_complete(task)),
        milestones=tuple(t for t in plan.tasks if _is_detail(t) and is_milestone(t) and not is_complete(t)),
        links=tuple(link for link in plan.links if id(link) in wanted),
        links_outside=len(into_unfinished) - len(wanted),
        incoming={uid: tuple(links) for uid, links in incoming.items()},
        outgoing={uid: tuple(links) for uid, links in outgoing.items()},
        children=_children(plan),
    )


def minutes_per_day(plan: Plan) -> int:
    """Return the minutes of a day of the plan; of eight hours where the file says nothing usable."""
    return plan.minutes_per_day if plan.minutes_per_day > 0 else _USUAL_DAY


def is_milestone(task: Task) -> bool:
    """Say whether a task is a point in time: marked as one, or work of no duration."""
    return task.kind in _MILESTONES or (task.kind is TaskKind.WORK and task.duration_minutes == 0)


def is_complete(task: Task) -> bool:
    """Say whether a task is finished: it has an actual finish, or all of its duration is done."""
    return task.progress.actual_finish_at is not None or task.progress.percent_permille >= 1000


def is_started(task: Task) -> bool:
    """Say whether anything of a task was done."""
    progress = task.progress
    return (
        is_complete(task)
        or progress.actual_start_at is not None
        or progress.percent_permille > 0
        or bool(progress.actual_duration_minutes)
    )


def baseline_of(task: Task) -> Baseline | None:
    """Return the baseline in force (number 0), or `None`."""
    return next((baseline for baseline in task.baselines if baseline.number == 0), None)


def drives_start(link: Link) -> bool:
    """Say whether a link acts on the start of its successor."""
    return link.type in {LinkType.FS, LinkType.SS}


def leaves_finish(link: Link) -> bool:
    """Say whether a link leaves from the finish of its predecessor."""
    return link.type in {LinkType.FS, LinkType.FF}


def _children(plan: Plan) -> dict[int, tuple[int, ...]]:
    below: dict[int, list[int]] = defaultdict(list)
    for task in plan.tasks:
        if task.parent_uid is not None and task.is_active:
            below[task.parent_uid].append(task.uid)
    return {uid: tuple(uids) for uid, uids in below.items()}


def _is_detail(task: Task) -> bool:
    return task.is_active and not task.is_external and task.kind not in {TaskKind.SUMMARY, TaskKind.HAMMOCK}


def _joins_detail(link: Link, by_uid: Mapping[int, Task]) -> bool:
    ends = (by_uid.get(link.predecessor_uid), by_uid.get(link.successor_uid))
    return all(end is None or end.kind not in {TaskKind.SUMMARY, TaskKind.HAMMOCK} for end in ends)


def _live_links(plan: Plan, by_uid: Mapping[int, Task]) -> tuple[dict[int, list[Link]], dict[int, list[Link]]]:
    """Sort the links by either end; a link of an inactive task, or to nowhere without a reference, ties nothing."""
    incoming: dict[int, list[Link]] = defaultdict(list)
    outgoing: dict[int, list[Link]] = defaultdict(list)
    for link in plan.links:
        before, after = by_uid.get(link.predecessor_uid), by_uid.get(link.successor_uid)
        if (before is not None and not before.is_active) or (after is not None and not after.is_active):
            continue
        if (before is None or after is None) and not link.external_reference:
            continue
        incoming[link.successor_uid].append(link)
        outgoing[link.predecessor_uid].append(link)
    return incoming, outgoing
