"""Calculate again after a few tasks have changed, at the cost of what moves."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from kaname.engine.network import arrays
from kaname.engine.network.errors import PlanError
from kaname.engine.network.jit import kernels_for
from kaname.engine.network.network import Network
from kaname.engine.network.passes import Run, schedule, schedule_network
from kaname.engine.network.plan import LagUnit, Plan, ScheduleFrom, Task, TaskKind, TaskMode
from kaname.engine.network.schedule import Schedule
from kaname.engine.network.terms import Terms
from kaname.engine.text import Message, gettext_noop

_PERCENT = (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT)


def reschedule(previous: Schedule, changed: Iterable[Task]) -> Schedule:
    """Calculate a plan again in which some tasks were replaced by others of the same uid.

    The result equals `schedule` of the changed plan.  Where only dates, durations, constraints or progress of tasks
    changed, the cost is that of the tasks that move and a pass over some flags; where the shape of the network changed
    too (outline, kind, activity, resource calendars), everything is compiled anew.

    Parameters
    ----------
    previous
        The schedule before the change; it stays as it is.
    changed
        The new tasks.

    Raises
    ------
    PlanError
        If a uid is not in the plan, or the plan cannot be calculated any more.
    """
    tasks = tuple(changed)
    network = previous.network
    plan = _replaced(network, tasks)
    patched = _patched(network, plan, tasks)
    if patched is None:
        return schedule(plan)
    is_plain = plan.rules.schedule_from == ScheduleFrom.START and not (len(patched.late_tasks) or patched.hammocks)
    if not is_plain:
        return schedule_network(patched)
    places = [int(patched.position[patched.outline.numbers[task.uid]]) for task in tasks]
    return _moved(Run(patched, kernels_for(patched.size)), previous, places)


def _moved(run: Run, previous: Schedule, places: list[int]) -> Schedule:
    network = run.network
    before = run.fitted(previous.dates)
    dates = run.copy(before)
    marks = np.zeros(len(network.nodes.kind), dtype=np.uint8)
    marks[places] = 1
    run.forward(dates, marks, spread=True)
    span = run.span(dates)
    horizon = run.horizon(span)
    if horizon == run.horizon(run.span(before)):
        run.backward(dates, _touched(network, before, dates, places), spread=True, horizon=horizon)
    else:
        run.backward(dates, run.everything, spread=False, horizon=horizon)
    return run.finished(dates, dates, span)


def _touched(network: Network, before: Any, after: Any, places: list[int]) -> np.ndarray:
    """Return the nodes whose early dates changed or whose late dates depend on those of a summary that did."""
    marks: np.ndarray = np.not_equal(before.start, after.start) | np.not_equal(before.finish, after.finish)
    marks[places] = True
    for place in np.flatnonzero(marks & (network.nodes.kind == arrays.CLOSING)).tolist():
        links = slice(int(network.before.first[place]), int(network.before.first[place + 1]))
        marks[network.before.other[links]] = True
    return marks.view(np.uint8)


def _replaced(network: Network, tasks: tuple[Task, ...]) -> Plan:
    numbers = network.outline.numbers
    replaced = list(network.plan.tasks)
    for task in tasks:
        if task.uid not in numbers:
            template = gettext_noop(
                "Task %(uid)s “%(name)s” is to be replaced, but the plan has no task of that number."
            )
            raise PlanError([Message(template, {"uid": task.uid, "name": task.name})])
        replaced[numbers[task.uid]] = task
    return replace(network.plan, tasks=tuple(replaced))


def _patched(network: Network, plan: Plan, tasks: tuple[Task, ...]) -> Network | None:
    """Return the network with the terms of the tasks exchanged, or `None` if its shape would change."""
    nodes = arrays.Nodes._make(column.copy() for column in network.nodes)
    added: list[int] = []
    rows = len(network.extras.rules) // arrays.RULE_WIDTH
    for task in tasks:
        number = network.outline.numbers[task.uid]
        place = int(network.position[number])
        terms = _fitting_terms(network, network.plan.tasks[number], task, place)
        if terms is None:
            return None
        nodes.kind[place] = terms.kind
        nodes.calendar[place] = terms.calendar
        nodes.span[place] = terms.span
        nodes.rule[place] = -1
        if terms.rule is not None:
            nodes.rule[place] = rows + len(added) // arrays.RULE_WIDTH
            added += terms.rule
    rules = np.concatenate((network.extras.rules, np.array(added, dtype=np.int64)))
    extras = network.extras._replace(rules=rules)
    return replace(network, plan=plan, nodes=nodes, extras=extras)


def _fitting_terms(network: Network, old: Task, new: Task, place: int) -> Terms | None:
    kept = ("parent_uid", "kind", "mode", "is_active", "is_external", "calendar_uid", "task_type")
    if any(getattr(old, name) != getattr(new, name) for name in kept) or new.kind == TaskKind.HAMMOCK:
        return None
    if network.outline.summaries[network.outline.numbers[new.uid]] or new.mode == TaskMode.MANUAL:
        return None
    if old.constraint != new.constraint:
        return None
    terms = network.reader.read(new)
    was_done = old.progress.actual_finish_at is not None
    is_done = new.progress.actual_finish_at is not None
    has_new_calendar = max(terms.calendar, terms.slack_calendar) >= network.calendar_count
    changes_links = terms.slack_calendar != network.nodes.slack_calendar[place] or _has_share_lags(network, old, new)
    if terms.shares or was_done != is_done or has_new_calendar or changes_links or terms.kind == arrays.IDLE:
        return None
    return terms


def _has_share_lags(network: Network, old: Task, new: Task) -> bool:
    """Return whether a changed duration changes lags that are a share of it."""
    if old.duration_minutes == new.duration_minutes:
        return False
    place = int(network.position[network.outline.numbers[new.uid]])
    first, end = (int(network.after.first[place + step]) for step in (0, 1))
    if not (network.after.shape[first:end] >= arrays.LAGGED).any():
        return False
    return any(link.predecessor_uid == new.uid and link.lag_unit in _PERCENT for link in network.plan.links)
