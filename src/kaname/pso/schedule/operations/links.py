"""Dependencies between tasks."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change
from kaname.kernel.rules.types import Actor, Missing, Unacceptable
from kaname.pso.schedule.events import LinksChanged
from kaname.pso.schedule.models import Link, Plan
from kaname.pso.schedule.operations.plans import fetch_plan_for_change
from kaname.pso.schedule.operations.recalculation import Trigger, recalculate
from kaname.pso.schedule.types import LagUnit, LinkType


class LinkExists(Unacceptable):
    """These two tasks have a dependency of this type already."""

    reason = _("These two tasks have a dependency of this type already. Change that one.")


class LinkToItself(Unacceptable):
    """A task cannot depend on itself."""

    reason = _("A task cannot depend on itself. Choose another predecessor.")


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
    event = LinksChanged(
        subject=Subject("schedule.task", link.successor_id),
        project_id=plan.project_id,
        change=what,
        predecessor_id=link.predecessor_id,
        successor_id=link.successor_id,
    )
    cause = publish(event, actor=actor, now=now)
    recalculate(plan, actor=actor, now=now, trigger=Trigger("link", link.successor_id, cause))
