"""Facts about projects."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.types import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRegistered(Event):
    """A project became known."""

    name: ClassVar[str] = "projects.project_registered"
    label: ClassVar[Any] = _("Project registered")
    code: str
    project_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChanged(Event):
    """Facts of a project changed; `fields` names them."""

    name: ClassVar[str] = "projects.project_changed"
    label: ClassVar[Any] = _("Project changed")
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectClosed(Event):
    """A project was closed."""

    name: ClassVar[str] = "projects.project_closed"
    label: ClassVar[Any] = _("Project closed")
    closed_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectReopened(Event):
    """A closed project was taken up again."""

    name: ClassVar[str] = "projects.project_reopened"
    label: ClassVar[Any] = _("Project reopened")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectArchived(Event):
    """A project was archived: it can only be read."""

    name: ClassVar[str] = "projects.project_archived"
    label: ClassVar[Any] = _("Project archived")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRestored(Event):
    """An archived project was restored."""

    name: ClassVar[str] = "projects.project_restored"
    label: ClassVar[Any] = _("Project restored")


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipChanged(Event):
    """A person's part in a project was set, changed or ended."""

    name: ClassVar[str] = "projects.membership_changed"
    label: ClassVar[Any] = _("Membership changed")
    person_id: int
    role: str
    starts_on: str
    ends_before: str | None
    load_permille: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRemoved(Event):
    """A person's part in a project, entered by mistake, was taken out."""

    name: ClassVar[str] = "projects.membership_removed"
    label: ClassVar[Any] = _("Membership removed")
    person_id: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReported(Event):
    """A person said how a project is."""

    name: ClassVar[str] = "projects.status_reported"
    label: ClassVar[Any] = _("Status reported")
    health: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChanged(Event):
    """A project class, phase or group was made or changed."""

    name: ClassVar[str] = "projects.term_changed"
    label: ClassVar[Any] = _("Project class or group changed")
    term: str
