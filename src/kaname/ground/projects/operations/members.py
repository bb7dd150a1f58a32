"""Who is in a project, in which role, for how long and how much."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kaname.ground.people.models import Person
from kaname.ground.projects.events import MembershipChanged, MembershipRemoved
from kaname.ground.projects.models import Membership, Project
from kaname.ground.projects.operations.telling import projects, refuse_unknown
from kaname.ground.projects.rules import STAFF
from kaname.ground.projects.types import ProjectRole
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import Stale, change
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Actor, Missing, Unacceptable


class MembershipOverlaps(Unacceptable):
    """The person already has this role in the project at that time."""

    reason = _("This person already has this role in the project during that time. End that membership first.")


class RoleUnchanged(Unacceptable):
    """The new role is the one that the person has."""

    reason = _("The person has this role already. Choose another one.")


class RoleChangesOutside(Unacceptable):
    """The day of the change is not inside the membership."""

    reason = _("The new role must begin after the first day of the present one and not after its last day.")


def assign_member(
    *,
    actor: Actor,
    now: datetime,
    project_id: int,
    person: Person,
    role: ProjectRole,
    starts_on: date,
    ends_before: date | None = None,
    load_permille: int = 0,
) -> Membership:
    """Give a person a role in a project for a period and a load.  Permission `projects.staff`; publishes `MembershipChanged`.

    Raises
    ------
    MembershipOverlaps
        If the person has that role in that time already.
    """
    with transaction.atomic():
        project = fetch(actor, STAFF, projects(), pk=project_id)
        with _no_overlap():
            membership = Membership.objects.create(
                project=project,
                person=person,
                role=role,
                starts_on=starts_on,
                ends_before=ends_before,
                load_permille=load_permille,
            )
        _tell_membership(membership, actor=actor, now=now)
    return membership


def change_membership(
    *, actor: Actor, now: datetime, project_id: int, membership_id: int, expected_version: int, **values: Any
) -> Membership:
    """Change period or load of a membership.  Permission `projects.staff`; publishes `MembershipChanged`.

    Raises
    ------
    MembershipOverlaps
        If the new period meets another membership of the same role.
    Stale
        If somebody changed it meanwhile.
    """
    refuse_unknown(values, {"starts_on", "ends_before", "load_permille"})
    with transaction.atomic():
        project = fetch(actor, STAFF, projects(), pk=project_id)
        membership = fetch_membership(project, membership_id)
        with _no_overlap():
            change(membership, expected_version=expected_version, **values)
        _tell_membership(membership, actor=actor, now=now)
    return membership


def change_role(
    *,
    actor: Actor,
    now: datetime,
    project_id: int,
    membership_id: int,
    expected_version: int,
    role: ProjectRole,
    starts_on: date,
    load_permille: int,
) -> Membership:
    """End a membership and begin one of the same person in another role; the new one lasts as long as the old one would have.

    Permission `projects.staff`; publishes `MembershipChanged` for both.

    Raises
    ------
    RoleUnchanged
        If the person has that role already.
    RoleChangesOutside
        If the day is the first of the present membership, or lies outside of it.
    MembershipOverlaps
        If the person has the new role in that time already.
    Stale
        If somebody changed the membership meanwhile.
    """
    with transaction.atomic():
        project = fetch(actor, STAFF, projects(), pk=project_id)
        former = fetch_membership(project, membership_id)
        if former.role == role:
            raise RoleUnchanged
        ends_before = former.ends_before
        if starts_on <= former.starts_on or (ends_before is not None and starts_on >= ends_before):
            raise RoleChangesOutside
        change(former, expected_version=expected_version, ends_before=starts_on)
        with _no_overlap():
            membership = Membership.objects.create(
                project=project,
                person=former.person,
                role=role,
                starts_on=starts_on,
                ends_before=ends_before,
                load_permille=load_permille,
            )
        _tell_membership(former, actor=actor, now=now)
        _tell_membership(membership, actor=actor, now=now)
    return membership


def remove_membership(
    *, actor: Actor, now: datetime, project_id: int, membership_id: int, expected_version: int
) -> Membership:
    """Take out a membership that was entered by mistake; one that really was is ended instead.

    Permission `projects.staff`; publishes `MembershipRemoved`.

    Raises
    ------
    Stale
        If somebody changed it meanwhile.
    """
    with transaction.atomic():
        project = fetch(actor, STAFF, projects(), pk=project_id)
        membership = fetch_membership(project, membership_id)
        if membership.version != expected_version:
            raise Stale(membership, expected_version)
        event = MembershipRemoved(
            subject=Subject("projects.membership", membership.pk),
            project_id=project.pk,
            person_id=membership.person_id,
            role=membership.role,
        )
        membership.delete()
        publish(event, actor=actor, now=now)
    return membership


def fetch_membership(project: Project, membership_id: int) -> Membership:
    """Return a membership of this project and of no other.

    Raises
    ------
    Missing
        If the project has none of that id.
    """
    membership = project.memberships.select_related("person").filter(pk=membership_id).first()
    if membership is None:
        raise Missing
    return membership


@contextmanager
def _no_overlap() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "projects_membership_overlap" not in str(error):
            raise
        raise MembershipOverlaps from error


def _tell_membership(membership: Membership, *, actor: Actor, now: datetime) -> None:
    event = MembershipChanged(
        subject=Subject("projects.membership", membership.pk),
        project_id=membership.project_id,
        person_id=membership.person_id,
        role=membership.role,
        starts_on=membership.starts_on.isoformat(),
        ends_before=membership.ends_before.isoformat() if membership.ends_before else None,
        load_permille=membership.load_permille,
    )
    publish(event, actor=actor, now=now)
