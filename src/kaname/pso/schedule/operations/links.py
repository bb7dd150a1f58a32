"""Dependencies between tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change
from kaname.kernel.rules.types import Actor, Missing, Unacceptable
from kaname.pso.schedule.events import LinksChanged
from kaname.pso.schedule.models import Link, Plan, Task
from kaname.pso.schedule.operations.plans import fetch_plan_for_change
from kaname.pso.schedule.operations.recalculation import Trigger, recalculate
from kaname.pso.schedule.types import LagUnit, LinkType


class LinkExists(Unacceptable):
    """These two tasks have a dependency of this type already."""

    reason = _("These two tasks have a dependency of this type already. Change that one.")


class LinkToItself(Unacceptable):
    """A task cannot depend on itself."""

    reason = _("A task cannot depend on itself. Choose another predecessor.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLink:
    """A dependency as it shall be, seen from its successor."""

    predecessor_id: int
    type: LinkType = LinkType.FS
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING


def link_tasks(
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    predecessor_id: int,
    successor_id: int,
    type: LinkType = LinkType.FS,  # noqa: A002 - the field's own word
    lag: int = 0,
    lag_unit: LagUnit = LagUnit.WORKING,
) -> Link:
    """Let a task depend on another of the same plan and recalculate.

    Permission `schedule.edit`; locks the plan; publishes `LinksChanged`.

    Raises
    ------
    LinkExists, LinkToItself
        If the dependency is there already or is none.
    Missing
        If one of the tasks is not of this plan.
    PlanRefused
        If a loop would close; its messages name all tasks of it.
    """
    if predecessor_id == successor_id:
        raise LinkToItself
    with transaction.atomic():
        plan = fetch_plan_for_change(actor, plan_id)
        if plan.tasks.filter(pk__in=[predecessor_id, successor_id]).count() != 2:
            raise Missing
        try:
            with transaction.atomic():
                link = Link.objects.create(
                    plan=plan,
                    predecessor_id=predecessor_id,
                    successor_id=successor_id,
                    type=type,
                    lag=lag,
                    lag_unit=lag_unit,
                )
        except IntegrityError as error:
            raise LinkExists from error
        _tell_and_recalculate(plan, link, "made", actor=actor, now=now)
    return link


def change_link(
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    link_id: int,
    expected_version: int,
    type: LinkType,  # noqa: A002 - the field's own word
    lag: int,
    lag_unit: LagUnit,
) -> Link:
    """Change type and lag of a dependency and recalculate.  Permission `schedule.edit`; publishes `LinksChanged`.

    Raises
    ------
    LinkExists
        If the tasks have another dependency of the new type.
    Stale
        If somebody changed it meanwhile.
    """
    with transaction.atomic():
        plan = fetch_plan_for_change(actor, plan_id)
        link = _of_plan(plan, link_id)
        try:
            with transaction.atomic():
                change(link, expected_version=expected_version, type=type, lag=lag, lag_unit=lag_unit)
        except IntegrityError as error:
            raise LinkExists from error
        _tell_and_recalculate(plan, link, "changed", actor=actor, now=now)
    return link


def set_predecessors(
    *, actor: Actor, now: datetime, plan_id: int, task_id: int, expected_version: int, wanted: Sequence[WantedLink]
) -> Task:
    """Say all that a task waits for; dependencies that are not named go.  One recalculation.

    Permission `schedule.edit`; locks the plan; publishes `LinksChanged` for every dependency made, changed or removed.

    Raises
    ------
    LinkToItself
        If the task is named among its own predecessors.
    LinkExists
        If a predecessor is named twice with one type.
    Missing
        If a task is not of this plan.
    PlanRefused
        If a loop would close.
    Stale
        If somebody changed the task meanwhile.
    """
    pairs = [(link.predecessor_id, link.type) for link in wanted]
    if any(predecessor_id == task_id for predecessor_id, _type in pairs):
        raise LinkToItself
    if len(set(pairs)) < len(pairs):
        raise LinkExists
    with transaction.atomic():
        plan = fetch_plan_for_change(actor, plan_id)
        task = plan.tasks.filter(pk=task_id).first()
        named = {predecessor_id for predecessor_id, _type in pairs}
        if task is None or plan.tasks.filter(pk__in=named).count() != len(named):
            raise Missing
        change(task, expected_version=expected_version)
        changed = _bring_to(plan, task, wanted)
        if changed:
            causes = [publish(_fact(plan, link, what), actor=actor, now=now) for link, what in changed]
            recalculate(plan, actor=actor, now=now, trigger=Trigger("link", task_id, causes[-1]))
    task.refresh_from_db()
    return task


def _bring_to(plan: Plan, task: Task, wanted: Sequence[WantedLink]) -> list[tuple[Link, str]]:
    present = {(link.predecessor_id, link.type): link for link in plan.links.filter(successor=task)}
    changed: list[tuple[Link, str]] = []
    kept: set[int] = set()
    for entry in wanted:
        link = present.get((entry.predecessor_id, entry.type))
        if link is None:
            made = Link.objects.create(
                plan=plan,
                predecessor_id=entry.predecessor_id,
                successor=task,
                type=entry.type,
                lag=entry.lag,
                lag_unit=entry.lag_unit,
            )
            changed.append((made, "made"))
            continue
        kept.add(link.pk)
        if (link.lag, link.lag_unit) != (entry.lag, entry.lag_unit):
            change(link, expected_version=link.version, lag=entry.lag, lag_unit=entry.lag_unit)
            changed.append((link, "changed"))
    gone = [link for link in present.values() if link.pk not in kept]
    Link.objects.filter(pk__in=[link.pk for link in gone]).delete()
    return changed + [(link, "removed") for link in gone]


def unlink_tasks(*, actor: Actor, now: datetime, plan_id: int, link_id: int) -> None:
    """Take a dependency away and recalculate.  Permission `schedule.edit`; publishes `LinksChanged`."""
    with transaction.atomic():
        plan = fetch_plan_for_change(actor, plan_id)
        link = _of_plan(plan, link_id)
        Link.objects.filter(pk=link.pk).delete()
        _tell_and_recalculate(plan, link, "removed", actor=actor, now=now)


def _of_plan(plan: Plan, link_id: int) -> Link:
    link = plan.links.filter(pk=link_id).first()
    if link is None:
        raise Missing
    return link


def _tell_and_recalculate(plan: Plan, link: Link, what: str, *, actor: Actor, now: datetime) -> None:
    cause = publish(_fact(plan, link, what), actor=actor, now=now)
    recalculate(plan, actor=actor, now=now, trigger=Trigger("link", link.successor_id, cause))


def _fact(plan: Plan, link: Link, what: str) -> LinksChanged:
    return LinksChanged(
        subject=Subject("schedule.task", link.successor_id),
        project_id=plan.project_id,
        change=what,
        predecessor_id=link.predecessor_id,
        successor_id=link.successor_id,
    )
