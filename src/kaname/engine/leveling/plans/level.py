"""Level a plan: a schedule at once, then better ones while there is time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.islands import TimeLeft
from kaname.engine.leveling.plans.bench import Bench
from kaname.engine.leveling.plans.bounds import lower_bound
from kaname.engine.leveling.plans.checker import check_dates, check_loads
from kaname.engine.leveling.plans.goals import MEASURE_OF, goals_of
from kaname.engine.leveling.plans.jit import PLAIN, Kernels, compiled_kernels, is_compiled
from kaname.engine.leveling.plans.judging import FINISH, FORCED, MEASURES, Goals
from kaname.engine.leveling.plans.loads import begins_of, dates_of, loads_of, overallocations
from kaname.engine.leveling.plans.model import PlanModel, delayed_plan
from kaname.engine.leveling.plans.prepare import prepare_plan
from kaname.engine.leveling.plans.rules import grades, rule_keys
from kaname.engine.leveling.plans.search import Found, search
from kaname.engine.leveling.plans.types import Change, Objective, PlanLeveling, PlanProgress, Wait, WaitKind, Wishes
from kaname.engine.leveling.plans.waiting import waits_of
from kaname.engine.network import Schedule, schedule, schedule_network
from kaname.engine.network.plan import ConstraintType, Plan, ScheduleFrom
from kaname.engine.text import Message, gettext_noop

_PLAIN_UP_TO: Final = 3_000
"""Nodes and links up to which a plan is levelled by the rules alone in plain Python while nothing is compiled."""
_FOREVER: Final = 1e9
_AS_USUAL: Final = Wishes()

_LATE: Final = gettext_noop(
    "%(count)s tasks were to be as late as possible; levelled, they do not begin before their dates in the plan as given."
)
_BACKWARD: Final = gettext_noop(
    "The plan was counted back from its finish; it is levelled forward from the dates that this gives."
)


def level_plan(
    plan: Plan,
    *,
    wishes: Wishes = _AS_USUAL,
    seed: int = 1,
    schedules: int | None = None,
    time_left: TimeLeft | None = None,
    on_progress: Callable[[PlanProgress], None] | None = None,
    islands: int = 2,
    threads: int = 2,
) -> PlanLeveling:
    """Return the plan with levelling delays by which nobody has more to do than there is of them.

    A first plan is the best of six priority rules; with `schedules` or `time_left` a population search goes on from there.

    Parameters
    ----------
    wishes
        Objectives and limits.
    seed
        The same seed, number of schedules and islands give the same plan, whatever the number of threads.
    schedules
        How many schedules the search may make.
    time_left
        Seconds that are left; asked between epochs of about a tenth of a second.  0 ends the search, so that this is also the
        way to cancel; the best plan so far is returned.
    on_progress
        Told of every better plan.
    islands
        Populations that evolve side by side.
    threads
        How many of them at the same time.

    Raises
    ------
    PlanError
        If the plan cannot be calculated.
    BrokenSchedule
        If the independent check refuses the levelled plan: a fault of the program; nothing is returned then.

    Examples
    --------
    >>> from kaname.engine.network.plan import Assignment, Resource, Task
    >>> tasks = (Task(uid=1, name="wire", duration_minutes=480), Task(uid=2, name="solder", duration_minutes=240))
    >>> taken = tuple(Assignment(task_uid=task.uid, resource_uid=7) for task in tasks)
    >>> abe = Resource(uid=7, name="Abe")
    >>> found = level_plan(Plan(start_at=480, tasks=tasks, resources=(abe,), assignments=taken))
    >>> [(task.start_at, task.finish_at) for task in found.schedule], found.waits[2].task_uid, found.is_optimal
    ([(480, 1020), (1920, 2160)], 1, True)
    """
    job = _Job(plan, wishes)
    firsts = job.firsts()
    journal = _Journal(job.goals, wishes.objectives, on_progress)
    found = min(firsts, key=lambda each: each.costs)
    journal.note(found)
    if schedules is not None or time_left is not None:
        found = search(
            job.model,
            goals=job.goals,
            grade=job.grade,
            late=job.late,
            seeds=firsts,
            is_enough=job.is_enough(wishes.objectives),
            seed=seed,
            leans=wishes.objectives[0] != Objective.STABILITY,
            islands=islands,
            threads=threads,
            schedules=schedules,
            time_left=time_left or _forever,
            on_epoch=journal.note,
        )
    return job.leveling(found, journal)


def _forever() -> float:
    return _FOREVER


class _Job:
    """One plan that is being levelled."""

    def __init__(self, plan: Plan, wishes: Wishes) -> None:
        self.given = plan
        before = None if wishes.from_at is None else schedule(plan)
        self.model = _model(plan, before, wishes)
        model = self.model
        self.free = schedule_network(model.network)
        self.before = before or (self.free if model.plan is plan else schedule(plan))
        self.goals = goals_of(model, self.before, wishes.objectives)
        self.grade = grades(model, respects_priorities=wishes.respects_priorities)
        self.late = np.where(np.abs(self.free.dates.late_start) < 1 << 59, self.free.dates.late_start, 0)
        self.bench = Bench(model, _kernels(model))
        self.bound = lower_bound(model, self.bench)

    def firsts(self) -> list[Found]:
        """Return the schedules of the priority rules."""
        made = [self._made(keys) for _, keys in rule_keys(self.model, self.free, self.grade)]
        return [replace(each, schedules=len(made)) for each in made]

    def is_enough(self, objectives: Sequence[Objective]) -> Callable[[Found], bool]:
        """Return what tells that a schedule cannot be beaten in the one objective that was asked for."""
        place = self.goals.rank.tolist().index(FINISH)  # type: ignore[attr-defined]
        only_finish = tuple(objectives) == (Objective.FINISH,)
        return lambda found: only_finish and found.costs[0] == 0 and found.costs[place] == self.bound

    def leveling(self, found: Found, journal: "_Journal") -> PlanLeveling:
        """Make the schedule once more, check it, and explain it."""
        model, bench = self.model, self.bench
        self._made(found.starts + self.grade * (1 << 44))
        plan = delayed_plan(model, bench.waits)
        levelled = schedule(plan)
        check_dates(model, levelled, bench.dates.start, bench.dates.finish)
        loads = loads_of(
            model, dates_of(model, bench.dates.start, bench.dates.finish), begins_of(model, bench.dates.finish)
        )
        check_loads(model, loads, {position for position in range(model.size) if bench.waits.forced[position]})
        waits = waits_of(model, bench.waits, levelled, loads)
        return PlanLeveling(
            plan=plan,
            before=self.before,
            schedule=levelled,
            finish_at=levelled.finish_at,
            lower_bound=self.bound if levelled.finish_at is not None else None,
            gap=self._gap(levelled),
            waits=waits,
            changes=tuple(self._changes(levelled, waits)),
            overallocations_before=overallocations(model, self._loads_before()),
            overallocations=overallocations(model, loads),
            log=tuple(journal.log),
            schedules=found.schedules,
            notes=tuple(self._notes()),
        )

    def _made(self, keys: Any) -> Found:
        bench = self.bench
        bench.run(bench.listed(keys))
        room = bench.room(2 * MEASURES)
        costs = bench.room(MEASURES)
        goals = self.goals if bench.kernels.reads_arrays else Goals(*(part.tolist() for part in self.goals))  # type: ignore[attr-defined]
        bench.kernels.judge(bench.dates, bench.waits, goals, room, costs, 0)
        return Found(starts=np.array(bench.dates.start), costs=tuple(int(cost) for cost in costs), schedules=1)

    def _gap(self, levelled: Schedule) -> float:
        if levelled.finish_at is None or self.bound is None or levelled.start_at is None:
            return 0.0
        book = levelled.network.book
        measure = book.measure(book.project)
        least = measure.between(levelled.start_at, self.bound)
        return max(0, measure.between(self.bound, levelled.finish_at)) / least if least > 0 else 0.0

    def _loads_before(self) -> Any:
        model, network = self.model, self.before.network
        dates, begins = {}, {}
        for number in range(len(self.given.tasks)):
            position, place = int(model.network.position[number]), int(network.position[number])
            if model.parts[position]:
                dates[position] = (int(self.before.dates.start[place]), int(self.before.dates.finish[place]))
        finishes = np.zeros(model.size, dtype=np.int64)
        for position, (_, finish) in dates.items():
            finishes[position] = finish
        begins = {position: at for position, at in begins_of(model, finishes).items() if position in dates}
        return loads_of(model, dates, begins)

    def _changes(self, levelled: Schedule, waits: Mapping[int, Wait]) -> Any:
        for old, new in zip(self.before, levelled, strict=True):
            if (old.start_at, old.finish_at) != (new.start_at, new.finish_at):
                yield Change(
                    uid=new.uid,
                    before_start_at=old.start_at,
                    before_finish_at=old.finish_at,
                    start_at=new.start_at,
                    finish_at=new.finish_at,
                    wait=waits.get(new.uid) or _network_wait(levelled, new.uid),
                )

    def _notes(self) -> Any:
        if self.given.rules.schedule_from == ScheduleFrom.FINISH:
            yield Message(_BACKWARD)
        late = sum(
            old.constraint == ConstraintType.ALAP and new.constraint != ConstraintType.ALAP
            for old, new in zip(self.given.tasks, self.model.plan.tasks, strict=True)
        )
        if late and self.given.rules.schedule_from == ScheduleFrom.START:
            yield Message(_LATE, {"count": late})


def _network_wait(levelled: Schedule, uid: int) -> Wait:
    cause = levelled.driven_by(uid)
    return Wait(kind=WaitKind.NETWORK, task_uid=cause.task_uid, network=cause)


def _model(plan: Plan, before: Schedule | None, wishes: Wishes) -> PlanModel:
    kept = set(wishes.kept)
    releases: dict[int, int] = {}
    if wishes.from_at is not None and before is not None:
        frozen = {task.uid for task in before if task.start_at is not None and task.start_at < wishes.from_at}
        kept |= frozen
        releases = {task.uid: wishes.from_at for task in plan.tasks if task.uid not in frozen}
    latest: dict[int, int] = {}
    if wishes.within_slack:
        undelayed = tuple(task if task.uid in kept else replace(task, leveling_delay_minutes=0) for task in plan.tasks)
        late = schedule(replace(plan, tasks=undelayed))
        latest = {task.uid: task.late_finish_at for task in late if task.late_finish_at is not None}
    return prepare_plan(plan, availability=wishes.availability, releases=releases, latest=latest, kept=kept)


def _kernels(model: PlanModel) -> Kernels:
    return compiled_kernels() if is_compiled() or model.network.size > _PLAIN_UP_TO else PLAIN


class _Journal:
    """Notes every better plan and tells of it."""

    def __init__(
        self, goals: Goals, objectives: Sequence[Objective], on_progress: Callable[[PlanProgress], None] | None
    ) -> None:
        rank = goals.rank.tolist()  # type: ignore[attr-defined]
        self._finish = rank.index(FINISH)
        self._forced = rank.index(FORCED)
        self._places = [rank.index(MEASURE_OF[objective]) for objective in objectives]
        self._tell = on_progress
        self._best: tuple[int, ...] | None = None
        self.log: list[PlanProgress] = []

    def note(self, found: Found) -> None:
        """Take a schedule into account."""
        if self._best is not None and found.costs >= self._best:
            return
        self._best = found.costs
        progress = PlanProgress(
            finish_at=found.costs[self._finish],
            values=tuple(found.costs[place] for place in self._places),
            overallocated=found.costs[self._forced],
            schedules=found.schedules,
        )
        self.log.append(progress)
        if self._tell is not None:
            self._tell(progress)
