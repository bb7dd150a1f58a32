"""What a move makes of a plan: other durations, other people.  Effort stays; who is fewer needs longer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from kaname.engine.leveling.plans.prepare import may_move
from kaname.engine.matching.transfer import reasons
from kaname.engine.matching.transfer.types import Changed, Move, Project
from kaname.engine.matching.types import MatchingError
from kaname.engine.network import ScheduledTask
from kaname.engine.network.plan import (
    Assignment,
    DurationKind,
    Plan,
    Resource,
    ResourceKind,
    Task,
    TaskKind,
    TaskMode,
    TaskType,
)


class Office:
    """A project looked up by task and person."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.plan = _undelayed(project.leveling.plan)
        self.tasks = {task.uid: task for task in self.plan.tasks}
        self.people = {each.uid: each for each in self.plan.resources if each.kind == ResourceKind.WORK}
        self.known_help: dict[tuple[int, frozenset[int] | None], tuple[int, ...]] = {}
        self.teams: dict[int, list[Assignment]] = defaultdict(list)
        self.work: dict[int, list[int]] = defaultdict(list)
        for each in self.plan.assignments:
            if each.resource_uid in self.people:
                self.teams[each.task_uid].append(each)
                self.work[each.resource_uid].append(each.task_uid)

    @cached_property
    def dates(self) -> Mapping[int, ScheduledTask]:
        """Dates by task, as the levelled plan has them."""
        return {each.uid: each for each in self.project.leveling.schedule}

    @cached_property
    def starts(self) -> Mapping[int, int]:
        """Starts by task; of one without dates, the earliest moment."""
        return {uid: _known(each.start_at) for uid, each in self.dates.items()}

    @cached_property
    def finishes(self) -> Mapping[int, int]:
        """Finishes by task."""
        return {uid: _known(each.finish_at) for uid, each in self.dates.items()}

    def units(self, uid: int) -> int:
        """Return how many people work on a task, in permille."""
        return sum(max(each.units_permille, 0) for each in self.teams.get(uid, ()))

    def is_open(self, task: Task) -> bool:
        """Say whether the length of a task is what its people make it: work that has not begun and that the engine dates."""
        return (
            task.kind == TaskKind.WORK
            and task.mode == TaskMode.AUTO
            and may_move(task)
            and task.duration_kind == DurationKind.WORKING
            and not task.segments
            and bool(task.duration_minutes)
            and task.progress.actual_start_at is None
        )


def _undelayed(plan: Plan) -> Plan:
    """Return a plan without the levelling delays that levelling takes away in any case."""
    return replace(
        plan,
        tasks=tuple(
            replace(task, leveling_delay_minutes=0) if task.leveling_delay_minutes and may_move(task) else task
            for task in plan.tasks
        ),
    )


def released_at(office: Office, move: Move) -> int:
    """Return when a person can leave: at the moment asked for, or when all is finished that is begun by then."""
    begun = (uid for uid in office.work.get(move.person_uid, ()) if office.starts[uid] < move.from_at)
    return max([move.from_at, *(office.finishes[uid] for uid in begun)])


def without(office: Office, move: Move, *, at: int) -> Changed:
    """Return the plan that a person leaves.

    Tasks that begin before `move.from_at` stay as they are.  Of the others, the person does what is left of their time.  The
    others on an effort-driven task do the rest and need longer: work ÷ units.  On any other task, and where nobody would be
    left, the colleague who has the least work from then on and is not on the task takes the rest over.  Where there is no such
    colleague, the others need longer.  A task of fixed duration keeps it in any case.

    Raises
    ------
    MatchingError
        If nobody would be left for a task.
    """
    person = office.people[move.person_uid]
    left = max(person.max_units_permille - move.share_permille, 0)
    loads = _loads(office, move)
    lengths: dict[int, int] = {}
    teams: dict[int, list[Assignment]] = {}
    handed_over: dict[int, int] = {}
    for task in _to_come(office, move):
        team = office.teams[task.uid]
        own = sum(each.units_permille for each in team if each.resource_uid == person.uid)
        others = [each for each in team if each.resource_uid != person.uid]
        kept = min(own, left)
        if kept == own:
            continue
        remaining = kept + sum(each.units_permille for each in others)
        is_fixed = task.task_type == TaskType.FIXED_DURATION
        stand_in = None
        if not (remaining and task.is_effort_driven and not is_fixed):
            stand_in = _stand_in(office, team, loads=loads)
        if stand_in is not None:
            taken_over = min(own - kept, stand_in.max_units_permille)
            others.append(Assignment(task_uid=task.uid, resource_uid=stand_in.uid, units_permille=taken_over))
            loads[stand_in.uid] += (task.duration_minutes or 0) * taken_over
            handed_over[task.uid] = stand_in.uid
            remaining += taken_over
        if not remaining:
            raise MatchingError(reasons.nobody_left(office.project, person.name, task.name))
        stays = [Assignment(task_uid=task.uid, resource_uid=person.uid, units_permille=kept)] if kept else []
        teams[task.uid] = [*others, *stays]
        if not is_fixed and remaining != office.units(task.uid):
            lengths[task.uid] = -(-(task.duration_minutes or 0) * office.units(task.uid) // remaining)
    availability = {person.uid: ((at, left),)} if left < person.max_units_permille else {}
    return _changed(office, lengths, teams, availability, handed_over=handed_over)


def with_help(office: Office, move: Move, *, giving: Office, at: int) -> Changed:
    """Return the plan that a person joins; who brings a calendar that it does not know brings all of theirs.

    Helped are effort-driven tasks that begin at `at` or later and that the person has the skills for: those with the least
    total float first, as long as they do not lie across one another.  Each becomes shorter by work ÷ units.

    Raises
    ------
    MatchingError
        If there is nothing to help with.
    """
    person, chosen = giving.people[move.person_uid], helped(office, move, at=at)
    if not chosen:
        raise MatchingError(reasons.nothing_to_help(office.project, person.name))
    lengths, teams = {}, {}
    for uid in chosen:
        before, task = office.units(uid), office.tasks[uid]
        lengths[uid] = -(-(task.duration_minutes or 0) * before // (before + move.share_permille))
        team = [each for each in office.teams[uid] if each.resource_uid != person.uid]
        own = sum(each.units_permille for each in office.teams[uid] if each.resource_uid == person.uid)
        units = own + move.share_permille
        teams[uid] = [*team, Assignment(task_uid=uid, resource_uid=person.uid, units_permille=units)]
    there = office.people.get(person.uid)
    units = there.max_units_permille if there is not None else 0
    changed = _changed(office, lengths, teams, {person.uid: ((at, units + move.share_permille),)})
    if there is not None:
        return changed
    plan = changed.plan
    known = {calendar.uid for calendar in plan.calendars}
    brought = (calendar for calendar in giving.plan.calendars if calendar.uid not in known)
    calendars = plan.calendars if person.calendar_uid in {None, *known} else (*plan.calendars, *brought)
    guest = replace(person, max_units_permille=0)
    return replace(changed, plan=replace(plan, calendars=calendars, resources=(*plan.resources, guest)))


def helped(office: Office, move: Move, *, at: int) -> tuple[int, ...]:
    """Return the tasks that a person helps with, in the order of the plan."""
    key = at, move.may_help
    if key not in office.known_help:
        office.known_help[key] = _helped(office, move.may_help, at=at)
    return office.known_help[key]


def _helped(office: Office, may_help: frozenset[int] | None, *, at: int) -> tuple[int, ...]:
    may = [
        task.uid
        for task in office.plan.tasks
        if office.is_open(task)
        and task.is_effort_driven
        and task.task_type != TaskType.FIXED_DURATION
        and (may_help is None or task.uid in may_help)
        and office.units(task.uid) > 0
        and office.starts[task.uid] >= at
    ]
    may.sort(key=lambda uid: (office.dates[uid].total_float_minutes or 0, office.starts[uid]))
    taken: list[tuple[int, int]] = []
    chosen = set()
    for uid in may:
        start, finish = office.starts[uid], office.finishes[uid]
        if all(finish <= other_start or other_finish <= start for other_start, other_finish in taken):
            taken.append((start, finish))
            chosen.add(uid)
    return tuple(task.uid for task in office.plan.tasks if task.uid in chosen)


def cost_of(plan: Plan) -> int:
    """Return what a plan costs: work of people times their rates, and fixed costs; in minor units, rounded down.

    The work of an assignment without one is the duration of its task times its units.
    """
    rates = {each.uid: each.rate_per_hour or 0 for each in plan.resources if each.kind == ResourceKind.WORK}
    active = {task.uid: task for task in plan.tasks if task.is_active and task.kind != TaskKind.SUMMARY}
    total = sum((task.fixed_cost or 0) * 60_000 for task in active.values())
    for each in plan.assignments:
        rate = rates.get(each.resource_uid, 0) if each.resource_uid is not None else 0
        if rate and each.task_uid in active:
            length = active[each.task_uid].duration_minutes or 0
            work = length * each.units_permille if each.effort_minutes is None else 1000 * each.effort_minutes
            total += work * rate
    return total // 60_000


def _to_come(office: Office, move: Move) -> Iterator[Task]:
    tasks = (office.tasks[uid] for uid in dict.fromkeys(office.work.get(move.person_uid, ())))
    to_come = [task for task in tasks if office.is_open(task) and office.starts[task.uid] >= move.from_at]
    return iter(sorted(to_come, key=lambda task: office.starts[task.uid]))


def _loads(office: Office, move: Move) -> dict[int, int]:
    """Return the work from the move on of everybody who may stand in, in minutes times permille."""
    loads = {}
    for uid in office.people:
        if uid != move.person_uid and (move.stand_ins is None or uid in move.stand_ins):
            loads[uid] = sum(
                (office.tasks[each.task_uid].duration_minutes or 0) * each.units_permille
                for task_uid in set(office.work.get(uid, ()))
                if office.finishes[task_uid] > move.from_at
                for each in office.teams[task_uid]
                if each.resource_uid == uid
            )
    return loads


def _stand_in(office: Office, team: Sequence[Assignment], *, loads: Mapping[int, int]) -> Resource | None:
    """Return the colleague with the least work who is not on the task, of equal ones the first in the plan."""
    busy = {each.resource_uid for each in team}
    able = [uid for uid in loads if uid not in busy and office.people[uid].max_units_permille > 0]
    return office.people[min(able, key=lambda uid: loads[uid])] if able else None


def _changed(
    office: Office,
    lengths: Mapping[int, int],
    teams: Mapping[int, list[Assignment]],
    availability: Mapping[int, tuple[tuple[int, int], ...]],
    *,
    handed_over: Mapping[int, int] | None = None,
) -> Changed:
    tasks = tuple(
        replace(task, duration_minutes=lengths[task.uid], effort_minutes=None) if task.uid in lengths else task
        for task in office.plan.tasks
    )
    stay = [
        each for each in office.plan.assignments if each.task_uid not in teams or each.resource_uid not in office.people
    ]
    joined = (each for team in teams.values() for each in team)
    evenly = [each if each.effort_minutes is None else replace(each, effort_minutes=None) for each in joined]
    return Changed(
        plan=replace(office.plan, tasks=tasks, assignments=(*stay, *evenly)),
        availability=availability,
        lengths={uid: (office.tasks[uid].duration_minutes or 0, length) for uid, length in lengths.items()},
        handed_over=handed_over or {},
    )


def _known(moment: int | None) -> int:
    return -(1 << 60) if moment is None else moment
