"""Verbs of the projects."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kaname.ground.people.models import Person
from kaname.ground.projects.events import (
    MembershipChanged,
    ProjectArchived,
    ProjectChanged,
    ProjectClosed,
    ProjectRegistered,
    ProjectRestored,
    StatusReported,
    TermChanged,
)
from kaname.ground.projects.models import (
    Membership,
    Phase,
    PhaseTemplate,
    Project,
    ProjectClass,
    ProjectGroup,
    ReportedStatus,
)
from kaname.ground.projects.rules import ARCHIVE, EDIT, REGISTER, REPORT_STATUS, STAFF
from kaname.ground.projects.types import GroupKind, Health, ProjectRole, ProjectState
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Event, Subject
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Missing, Unacceptable

STANDARD_PHASES: Final = (
    ("要件定義", "Requirements definition"),
    ("基本設計", "Basic design"),
    ("詳細設計", "Detailed design"),
    ("製造", "Implementation"),
    ("結合テスト", "Integration test"),
    ("総合テスト", "System test"),
)
"""The phases of a Japanese waterfall project, shipped as the default of a new project class."""

PROJECT_FIELDS: Final = frozenset(
    {
        "code",
        "name",
        "name_en",
        "purpose",
        "customer",
        "group",
        "project_class",
        "department",
        "calendar",
        "state",
        "starts_on",
        "ends_before",
        "budget",
    }
)


class StatusWithoutReason(Unacceptable):
    """A status was to be reported that says nothing."""

    reason = _("A reported status is well, attention or danger, and gives its reason.")


class MembershipOverlaps(Unacceptable):
    """The person already has this role in the project at that time."""

    reason = _("This person already has this role in the project during that time. End that membership first.")


def create_group(
    *, actor: Actor, now: datetime, kind: GroupKind, name: str, name_en: str = "", parent: ProjectGroup | None = None
) -> ProjectGroup:
    """Make a portfolio or programme.  Permission `projects.register`; publishes `TermChanged`."""
    require(actor, REGISTER)
    with transaction.atomic():
        group = ProjectGroup.objects.create(kind=kind, name=name, name_en=name_en, parent=parent)
        group.path = f"{parent.path if parent else '/'}{group.pk}/"
        group.save(update_fields=["path"])
        publish(TermChanged(subject=Subject("projects.group", group.pk), term=name), actor=actor, now=now)
    return group


def define_class(
    *,
    actor: Actor,
    now: datetime,
    code: str,
    name: str,
    name_en: str = "",
    phases: Sequence[tuple[str, str]] = STANDARD_PHASES,
) -> ProjectClass:
    """Make a project class with its standard phases.  Permission `projects.register`; publishes `TermChanged`."""
    require(actor, REGISTER)
    with transaction.atomic():
        project_class = ProjectClass.objects.create(code=code, name=name, name_en=name_en)
        PhaseTemplate.objects.bulk_create(
            PhaseTemplate(project_class=project_class, position=position, name=ja, name_en=en)
            for position, (ja, en) in enumerate(phases, start=1)
        )
        publish(TermChanged(subject=Subject("projects.class", project_class.pk), term=name), actor=actor, now=now)
    return project_class


def register_project(
    *,
    actor: Actor,
    now: datetime,
    code: str,
    name: str,
    project_class: ProjectClass,
    department: Any,
    starts_on: date,
    **values: Any,
) -> Project:
    """Make a project known, with the phases of its class.  Permission `projects.register`; publishes `ProjectRegistered`."""
    require(actor, REGISTER)
    _refuse_unknown(values, PROJECT_FIELDS)
    with transaction.atomic():
        project = Project.objects.create(
            code=code, name=name, project_class=project_class, department=department, starts_on=starts_on, **values
        )
        Phase.objects.bulk_create(
            Phase(project=project, position=template.position, name=template.name, name_en=template.name_en)
            for template in project_class.phase_templates.order_by("position")
        )
        _tell(ProjectRegistered, project, actor=actor, now=now, code=code, project_name=name)
    return project


def edit_project(*, actor: Actor, now: datetime, project_id: int, expected_version: int, **values: Any) -> Project:
    """Change facts of a project.  Permission `projects.edit`; publishes `ProjectChanged`.

    Raises
    ------
    Stale
        If somebody changed it meanwhile.
    """
    _refuse_unknown(values, PROJECT_FIELDS)
    with transaction.atomic():
        project = fetch(actor, EDIT, _projects(), pk=project_id)
        change(project, expected_version=expected_version, **values)
        _tell(ProjectChanged, project, actor=actor, now=now, fields=tuple(sorted(values)))
    return project


def close_project(*, actor: Actor, now: datetime, project_id: int, expected_version: int, closed_on: date) -> Project:
    """Close a project.  Permission `projects.edit`; publishes `ProjectClosed`."""
    with transaction.atomic():
        project = fetch(actor, EDIT, _projects(), pk=project_id)
        change(project, expected_version=expected_version, state=ProjectState.CLOSED, closed_on=closed_on)
        _tell(ProjectClosed, project, actor=actor, now=now, closed_on=closed_on.isoformat())
    return project


def archive_project(*, actor: Actor, now: datetime, project_id: int, expected_version: int) -> Project:
    """Put a project away: it stays readable and nothing else.  Permission `projects.archive`; publishes `ProjectArchived`."""
    with transaction.atomic():
        project = fetch(actor, ARCHIVE, _projects(), pk=project_id)
        change(project, expected_version=expected_version, archived_at=now)
        _tell(ProjectArchived, project, actor=actor, now=now)
    return project


def restore_project(*, actor: Actor, now: datetime, project_id: int, expected_version: int) -> Project:
    """Take an archived project out again.  Permission `projects.archive`; publishes `ProjectRestored`."""
    with transaction.atomic():
        project = fetch(actor, ARCHIVE, _projects(), pk=project_id)
        change(project, expected_version=expected_version, archived_at=None)
        _tell(ProjectRestored, project, actor=actor, now=now)
    return project


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
        project = fetch(actor, STAFF, _projects(), pk=project_id)
        try:
            with transaction.atomic():
                membership = Membership.objects.create(
                    project=project,
                    person=person,
                    role=role,
                    starts_on=starts_on,
                    ends_before=ends_before,
                    load_permille=load_permille,
                )
        except IntegrityError as error:
            if "projects_membership_overlap" not in str(error):
                raise
            raise MembershipOverlaps from error
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
    _refuse_unknown(values, {"starts_on", "ends_before", "load_permille"})
    with transaction.atomic():
        project = fetch(actor, STAFF, _projects(), pk=project_id)
        membership = fetch_membership(project, membership_id)
        try:
            with transaction.atomic():
                change(membership, expected_version=expected_version, **values)
        except IntegrityError as error:
            if "projects_membership_overlap" not in str(error):
                raise
            raise MembershipOverlaps from error
        _tell_membership(membership, actor=actor, now=now)
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


def report_status(
    *, actor: Actor, now: datetime, project_id: int, on: date, health: Health, reason: str
) -> ReportedStatus:
    """Say how a project is on a day and why.  Permission `projects.report_status`; publishes `StatusReported`.

    Raises
    ------
    StatusWithoutReason
        If the status is unknown or gives no reason.
    """
    if health == Health.UNKNOWN or not reason.strip():
        raise StatusWithoutReason
    with transaction.atomic():
        project = fetch(actor, REPORT_STATUS, _projects(), pk=project_id)
        status = ReportedStatus.objects.create(
            project=project, on=on, health=health, reason=reason.strip(), author_id=actor.actor_id, reported_at=now
        )
        _tell(StatusReported, project, actor=actor, now=now, health=health.value, on=on.isoformat())
    return status


def _projects() -> QuerySet[Project]:
    return Project.objects.select_related("department")


def _refuse_unknown(values: dict[str, Any], known: set[str] | frozenset[str]) -> None:
    unknown = set(values) - known
    if unknown:
        raise TypeError(f"there is no field {sorted(unknown)}")


def _tell(event: type[Event], project: Project, *, actor: Actor, now: datetime, **facts: Any) -> None:
    subject = Subject("projects.project", project.pk)
    publish(event(subject=subject, project_id=project.pk, **facts), actor=actor, now=now)


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
