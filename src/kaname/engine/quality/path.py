"""Points 12 and 13: does the critical path lead to the finish, and can the finish still be reached."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from kaname.engine.network.errors import PlanError
from kaname.engine.network.plan import Assignment, DurationKind, Plan, ScheduleFrom, Task, TaskKind, TaskMode
from kaname.engine.quality.finding import at_least, finding, not_applicable
from kaname.engine.quality.population import Population, baseline_of, is_complete, is_started, minutes_per_day
from kaname.engine.quality.types import Offender, PointCode, QualityPoint, ScheduleView, WorkingTime
from kaname.engine.quality.workload import is_hard
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY, wall_moment

type Rescheduler = Callable[[Plan], ScheduleView]
"""Recalculates a changed plan; what makes the critical path test a real one."""


def check_critical_path(population: Population, *, working: WorkingTime, reschedule: Rescheduler) -> QualityPoint:
    """Delay a critical task, recalculate, and see whether the finish of the plan moves as far (point 12).

    600 working days are added to the remaining duration of the first unfinished task of the path that ends the plan.
    What ended the plan before must then end as much later: the end of the whole plan would move nearly as far even where
    the path is cut, because the delayed task itself outlasts the rest.  Both movements are counted on the project's
    calendar, so that on one calendar they agree to the minute.
    """
    threshold = at_least(population.thresholds.critical_path_test_permille)
    task = _task_to_delay(population)
    if population.plan.rules.schedule_from is ScheduleFrom.FINISH:
        reason = Message(gettext_noop("The plan is scheduled from its finish, so a delay moves its start."))
        return not_applicable(PointCode.CRITICAL_PATH_TEST, threshold=threshold, reason=reason)
    if not population.incomplete or population.view.finish_at is None:
        reason = Message(gettext_noop("No work is left, so no path leads to the finish."))
        return not_applicable(PointCode.CRITICAL_PATH_TEST, threshold=threshold, reason=reason)
    delay = population.minutes(population.thresholds.critical_path_test_days)
    if task is None:
        why = Message(gettext_noop("It ends the plan, yet no unfinished task with a duration is critical."))
        return finding(
            PointCode.CRITICAL_PATH_TEST,
            numerator=0,
            denominator=delay,
            threshold=threshold,
            offenders=[Offender(last.uid, last.name, why) for last in _last(population)],
        )
    try:
        after = reschedule(delay_task(population.plan, task, working_minutes=delay))
    except PlanError as error:
        return not_applicable(PointCode.CRITICAL_PATH_TEST, threshold=threshold, reason=error.messages[0])
    own = _moved(population, after, working, task.uid)
    moved = max((_moved(population, after, working, last.uid) for last in _last(population)), default=0)
    point = finding(
        PointCode.CRITICAL_PATH_TEST,
        numerator=max(moved, 0),
        denominator=own if own > 0 else delay,
        threshold=threshold,
        notes=[_test_note(population, task, delay, moved)],
    )
    if point.ratio is not None and threshold.is_met_by(point.ratio):
        return point
    lost = Message(gettext_noop("Its delay does not reach what ends the plan."))
    holders = tuple(_holders(population, after, working, task))
    return replace(point, offenders=holders or (Offender(task.uid, task.name, lost),))


def check_cpli(population: Population, *, working: WorkingTime) -> QualityPoint:
    """Return the critical path length index (point 13).

    CPLI = (critical path length + total float to the required finish) ÷ critical path length, both in working minutes of
    the project's calendar: the length from the status date to the finish, where there is no status date from
    the first start of a task, which a lead may draw before the start of the plan; the float from that finish to the baseline finish of the plan.
    """
    threshold = at_least(population.thresholds.cpli_permille)
    finish_at = population.view.finish_at
    from_at = population.plan.status_at if population.plan.status_at is not None else population.view.start_at
    required_at, note = _required_finish(population)
    reason = None
    if finish_at is None or from_at is None or not (population.incomplete or population.milestones):
        reason = Message(gettext_noop("No work is left, so no path leads to the finish."))
    elif required_at is None:
        reason = note
    elif working.between(from_at, finish_at) <= 0:
        reason = Message(gettext_noop("The finish lies before the status date; correct the invalid dates first."))
    if reason is not None or finish_at is None or from_at is None or required_at is None:
        return not_applicable(PointCode.CPLI, threshold=threshold, reason=reason or note)
    length = working.between(from_at, finish_at)
    margin = working.between(finish_at, required_at)
    return finding(
        PointCode.CPLI,
        numerator=length + margin,
        denominator=length,
        threshold=threshold,
        offenders=_late_finishers(population, required_at) if margin < 0 else (),
        notes=[note],
    )


def delay_task(plan: Plan, task: Task, *, working_minutes: int) -> Plan:
    """Return the plan with more remaining duration in one task; what is reported as done stays as it is.

    A task in clock minutes is delayed by as many days of the clock as the delay has working days.  The people of the task
    get the effort of the longer duration, and an expected finish is taken off, as it would swallow the delay.
    """
    minutes = working_minutes
    if task.duration_kind is DurationKind.ELAPSED:
        minutes = working_minutes * MINUTES_PER_DAY // minutes_per_day(plan)
    duration = task.duration_minutes or 0
    progress = task.progress
    if is_started(task):
        done = progress.actual_duration_minutes
        done = duration * progress.percent_permille // 1000 if done is None else done
        left = progress.remaining_duration_minutes
        left = duration - done if left is None else left
        progress = replace(progress, actual_duration_minutes=done, remaining_duration_minutes=left + minutes)
    delayed = replace(task, duration_minutes=duration + minutes, progress=progress, expected_finish_at=None)
    return replace(
        plan,
        tasks=tuple(delayed if one.uid == task.uid else one for one in plan.tasks),
        assignments=tuple(_prolonged(one, minutes) if one.task_uid == task.uid else one for one in plan.assignments),
    )


def _prolonged(assignment: Assignment, minutes: int) -> Assignment:
    if assignment.effort_minutes is None:
        return assignment
    return replace(assignment, effort_minutes=assignment.effort_minutes + minutes * assignment.units_permille // 1000)


def _task_to_delay(population: Population) -> Task | None:
    """Return the first unfinished task of the path that ends the plan, else the first critical one.

    A critical task beside that path, as one before a deadline, would say nothing: its delay has to use up its distance to
    the finish first.  Tasks that move by themselves come before those scheduled by hand.
    """

    def order(task: Task) -> tuple[bool, int]:
        return task.mode is TaskMode.MANUAL, population.dates(task).start_at or 0

    critical = [task for task in population.incomplete if population.dates(task).is_critical]
    path = _path_to_finish(population)
    on_path = [task for task in critical if task.uid in path]
    return min(on_path or critical, key=order, default=None)


def _path_to_finish(population: Population) -> set[int]:
    """Walk back from the finish: to what drives a task, or, where a task holds itself, to all its critical predecessors.

    The second step goes on where a constraint or a manual task cuts the path, which is what the test is to find.
    """
    reached = {task.uid for task in _last(population)}
    waiting = sorted(reached)
    while waiting:
        uid = waiting.pop()
        for before in _steps_back(population, uid):
            if before not in reached:
                reached.add(before)
                waiting.append(before)
    return reached


def _steps_back(population: Population, uid: int) -> Iterator[int]:
    task = population.by_uid[uid]
    if task.kind is TaskKind.SUMMARY:
        finish_at = population.dates(task).finish_at
        below = (population.by_uid[one] for one in population.children.get(uid, ()))
        yield from (one.uid for one in below if population.dates(one).finish_at == finish_at)
        return
    driver = _driver(population, uid)
    if driver is not None and _is_under(population, task, driver.uid):
        yield from _critical_predecessors(population, driver.uid)
    elif driver is not None:
        yield driver.uid
    if is_hard(task) or task.mode is TaskMode.MANUAL:
        yield from _critical_predecessors(population, uid)


def _driver(population: Population, uid: int) -> Task | None:
    driver_uid = population.view.driver_of(uid)
    return None if driver_uid is None else population.by_uid.get(driver_uid)


def _critical_predecessors(population: Population, uid: int) -> Iterator[int]:
    for link in population.incoming.get(uid, ()):
        before = population.by_uid.get(link.predecessor_uid)
        if before is not None and (before.kind is TaskKind.SUMMARY or population.dates(before).is_critical):
            yield before.uid


def _is_under(population: Population, task: Task, uid: int) -> bool:
    """Say whether a task stands inside a summary; a broken outline ends the climb."""
    seen: set[int] = set()
    parent = task.parent_uid
    while parent is not None and parent != uid and parent not in seen:
        seen.add(parent)
        above = population.by_uid.get(parent)
        parent = above.parent_uid if above else None
    return parent == uid


def _moved(population: Population, after: ScheduleView, working: WorkingTime, uid: int) -> int:
    """Return by how many working minutes the finish of a task moved; 0 where either finish is unknown."""
    old, new = population.view.tasks.get(uid), after.tasks.get(uid)
    if old is None or new is None or old.finish_at is None or new.finish_at is None:
        return 0
    return working.between(old.finish_at, new.finish_at)


def _holders(population: Population, after: ScheduleView, working: WorkingTime, task: Task) -> Iterator[Offender]:
    """Name who kept the delay from the finish: the task itself if it did not move, else where the movement stopped."""
    moved = {one.uid for one in population.plan.tasks if _moved(population, after, working, one.uid) > 0}
    if task.uid not in moved:
        yield Offender(task.uid, task.name, _holding(task))
        return
    for one in population.plan.tasks:
        if one.uid not in moved or is_complete(one) or one.kind is TaskKind.SUMMARY:
            continue
        outgoing = population.outgoing.get(one.uid, ())
        if not outgoing and one.uid in population.view.tasks:
            yield Offender(one.uid, one.name, Message(gettext_noop("It was delayed, but nothing follows it.")))
        for link in outgoing:
            successor = population.by_uid.get(link.successor_uid)
            if successor and successor.uid not in moved and not is_complete(successor):
                yield Offender(successor.uid, successor.name, _holding(successor))


def _holding(task: Task) -> Message:
    if task.mode is TaskMode.MANUAL:
        return Message(gettext_noop("It is scheduled by hand, so the delay stops here."))
    if is_hard(task):
        return Message(gettext_noop("Its constraint date holds it, so the delay stops here."))
    return Message(gettext_noop("The delay stops here: it does not move when its predecessor does."))


def _test_note(population: Population, task: Task, delay: int, moved: int) -> Message:
    template = gettext_noop("Delaying “%(name)s” by %(delay)s days moved the finish by %(moved)s days.")
    words = {"name": task.name, "delay": population.days_text(delay), "moved": population.days_text(moved)}
    return Message(template, words)


def _required_finish(population: Population) -> tuple[int | None, Message]:
    """Return the finish to measure against, and where it comes from."""
    if population.thresholds.required_finish_at is not None:
        required_at = population.thresholds.required_finish_at
        return required_at, _required_note(gettext_noop("Measured against the required finish %(date)s."), required_at)
    own = [task for task in population.plan.tasks if task.is_active and not task.is_external]
    baselines = [b.finish_at for task in own if (b := baseline_of(task)) and b.finish_at is not None]
    if baselines:
        return max(baselines), _required_note(
            gettext_noop("Measured against the baseline finish %(date)s."), max(baselines)
        )
    deadlines = [task.deadline_at for task in _last(population) if task.deadline_at is not None]
    if deadlines:
        return min(deadlines), _required_note(gettext_noop("Measured against the deadline %(date)s."), min(deadlines))
    return None, Message(gettext_noop("The plan has neither a baseline finish nor a deadline to measure against."))


def _required_note(template: str, at: int) -> Message:
    return Message(template, {"date": wall_moment(at).date().isoformat()})


def _last(population: Population) -> list[Task]:
    """List the unfinished tasks, then milestones, that end what is left of the plan."""
    unfinished = (*population.incomplete, *population.milestones)
    dated = [(at, task) for task in unfinished if (at := population.dates(task).finish_at) is not None]
    latest = max((at for at, _ in dated), default=None)
    return [task for at, task in dated if at == latest]


def _late_finishers(population: Population, required_at: int) -> list[Offender]:
    template = gettext_noop("It ends the plan on %(date)s, after the required finish %(required)s.")
    offenders = []
    for task in _last(population):
        finish_at = population.dates(task).finish_at
        if finish_at is not None:
            dates = {"date": _day(finish_at), "required": _day(required_at)}
            offenders.append(Offender(task.uid, task.name, Message(template, dates)))
    return offenders


def _day(at: int) -> str:
    return wall_moment(at).date().isoformat()
