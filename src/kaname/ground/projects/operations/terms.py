"""Portfolios, programmes and project classes with their standard phases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.events import TermChanged
from kaname.ground.projects.models import PhaseTemplate, Project, ProjectClass, ProjectGroup
from kaname.ground.projects.rules import REGISTER
from kaname.ground.projects.types import GroupKind
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Unacceptable

STANDARD_PHASES: Final = (
    ("要件定義", "Requirements definition"),
    ("基本設計", "Basic design"),
    ("詳細設計", "Detailed design"),
    ("製造", "Implementation"),
    ("結合テスト", "Integration test"),
    ("総合テスト", "System test"),
)
"""The phases of a Japanese waterfall project, shipped as the default of a new project class."""


class GroupRing(Unacceptable):
    """A group was to be put below itself."""

    reason = _("A portfolio or programme cannot stand below itself.")


class TermInUse(Unacceptable):
    """A group or class that projects still belong to was to be archived."""

    reason = _("Projects that are not archived still belong to it. Move them first.")


class ClassCodeTaken(Unacceptable):
    """Another class has the code already."""

    reason = _("Another project class has this code already. Choose another.")


def create_group(
    *,
    actor: Actor,
    now: datetime,
    kind: GroupKind,
    name: str,
    name_en: str = "",
    parent: ProjectGroup | None = None,
    position: int = 0,
) -> ProjectGroup:
    """Make a portfolio or programme.  Permission `projects.register`; publishes `TermChanged`."""
    require(actor, REGISTER)
    with transaction.atomic():
        group = ProjectGroup.objects.create(kind=kind, name=name, name_en=name_en, parent=parent, position=position)
        group.path = f"{parent.path if parent else '/'}{group.pk}/"
        group.save(update_fields=["path"])
        _tell_group(group, actor=actor, now=now)
    return group


def define_class(
    *,
    actor: Actor,
    now: datetime,
    code: str,
    name: str,
    name_en: str = "",
    position: int = 0,
    phases: Sequence[tuple[str, str]] = STANDARD_PHASES,
) -> ProjectClass:
    """Make a project class with its standard phases.  Permission `projects.register`; publishes `TermChanged`."""
    require(actor, REGISTER)
    with transaction.atomic():
        try:
            with transaction.atomic():
                project_class = ProjectClass.objects.create(code=code, name=name, name_en=name_en, position=position)
        except IntegrityError as error:
            raise ClassCodeTaken from error
        _write_templates(project_class, phases)
        _tell_class(project_class, actor=actor, now=now)
    return project_class


def edit_group(
    *,
    actor: Actor,
    now: datetime,
    group_id: int,
    expected_version: int,
    kind: GroupKind,
    name: str,
    name_en: str,
    parent: ProjectGroup | None,
    position: int,
) -> ProjectGroup:
    """Change a portfolio or programme and its place in the tree.  Permission `projects.register`; publishes `TermChanged`.

    Raises
    ------
    GroupRing
        If the new parent stands below the group.
    Stale
        If somebody changed it meanwhile.
    """
    with transaction.atomic():
        group = fetch(actor, REGISTER, ProjectGroup.objects.all(), pk=group_id)
        if parent is not None and parent.path.startswith(group.path):
            raise GroupRing
        old_path = group.path
        new_path = f"{parent.path if parent else '/'}{group.pk}/"
        change(
            group,
            expected_version=expected_version,
            kind=kind,
            name=name,
            name_en=name_en,
            parent=parent,
            position=position,
            path=new_path,
        )
        _move_below(old_path, new_path)
        _tell_group(group, actor=actor, now=now)
    return group


def archive_group(*, actor: Actor, now: datetime, group_id: int, expected_version: int) -> ProjectGroup:
    """Put a group away that no open project and no group belongs to.

    Permission `projects.register`; publishes `TermChanged`.

    Raises
    ------
    TermInUse
        If a project that is not archived, or another group, belongs to it.
    """
    with transaction.atomic():
        group = fetch(actor, REGISTER, ProjectGroup.objects.all(), pk=group_id)
        has_projects = Project.objects.filter(group=group, archived_at=None).exists()
        if has_projects or group.children.filter(archived_at=None).exists():
            raise TermInUse
        change(group, expected_version=expected_version, archived_at=now)
        _tell_group(group, actor=actor, now=now)
    return group


def restore_group(*, actor: Actor, now: datetime, group_id: int, expected_version: int) -> ProjectGroup:
    """Take an archived group out again.  Permission `projects.register`; publishes `TermChanged`."""
    with transaction.atomic():
        group = fetch(actor, REGISTER, ProjectGroup.objects.all(), pk=group_id)
        change(group, expected_version=expected_version, archived_at=None)
        _tell_group(group, actor=actor, now=now)
    return group


def edit_class(
    *,
    actor: Actor,
    now: datetime,
    class_id: int,
    expected_version: int,
    name: str,
    name_en: str,
    position: int,
    phases: Sequence[tuple[str, str]],
) -> ProjectClass:
    """Change a class and the phases that its new projects begin with; running projects keep theirs.

    Permission `projects.register`; publishes `TermChanged`.

    Raises
    ------
    Stale
        If somebody changed it meanwhile.
    """
    with transaction.atomic():
        project_class = fetch(actor, REGISTER, ProjectClass.objects.all(), pk=class_id)
        change(project_class, expected_version=expected_version, name=name, name_en=name_en, position=position)
        project_class.phase_templates.all().delete()
        _write_templates(project_class, phases)
        _tell_class(project_class, actor=actor, now=now)
    return project_class


def archive_class(*, actor: Actor, now: datetime, class_id: int, expected_version: int) -> ProjectClass:
    """Put a class away: its projects keep it, new ones cannot choose it.

    Permission `projects.register`; publishes `TermChanged`.
    """
    with transaction.atomic():
        project_class = fetch(actor, REGISTER, ProjectClass.objects.all(), pk=class_id)
        change(project_class, expected_version=expected_version, archived_at=now)
        _tell_class(project_class, actor=actor, now=now)
    return project_class


def restore_class(*, actor: Actor, now: datetime, class_id: int, expected_version: int) -> ProjectClass:
    """Take an archived class out again.  Permission `projects.register`; publishes `TermChanged`."""
    with transaction.atomic():
        project_class = fetch(actor, REGISTER, ProjectClass.objects.all(), pk=class_id)
        change(project_class, expected_version=expected_version, archived_at=None)
        _tell_class(project_class, actor=actor, now=now)
    return project_class


def _move_below(old_path: str, new_path: str) -> None:
    if old_path == new_path:
        return
    moved = list(ProjectGroup.objects.filter(path__startswith=old_path))
    for group in moved:
        group.path = new_path + group.path.removeprefix(old_path)
    ProjectGroup.objects.bulk_update(moved, ["path"])


def _write_templates(project_class: ProjectClass, phases: Sequence[tuple[str, str]]) -> None:
    PhaseTemplate.objects.bulk_create(
        PhaseTemplate(project_class=project_class, position=position, name=ja, name_en=en)
        for position, (ja, en) in enumerate(phases, start=1)
    )


def _tell_group(group: ProjectGroup, *, actor: Actor, now: datetime) -> None:
    publish(TermChanged(subject=Subject("projects.group", group.pk), term=group.name), actor=actor, now=now)


def _tell_class(project_class: ProjectClass, *, actor: Actor, now: datetime) -> None:
    event = TermChanged(subject=Subject("projects.class", project_class.pk), term=project_class.name)
    publish(event, actor=actor, now=now)
