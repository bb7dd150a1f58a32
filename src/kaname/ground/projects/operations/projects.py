"""Making projects known, changing, closing and putting them away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.events import (
    ProjectArchived,
    ProjectChanged,
    ProjectClosed,
    ProjectRegistered,
    ProjectReopened,
    ProjectRestored,
)
from kaname.ground.projects.models import Phase, Project, ProjectClass
from kaname.ground.projects.operations.telling import projects, refuse_unknown, tell
from kaname.ground.projects.rules import ARCHIVE, EDIT, REGISTER, VIEW_BUDGET
from kaname.ground.projects.types import ProjectState
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Unacceptable

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


class CodeTaken(Unacceptable):
    """Another project has the code already."""

    reason = _("Another project has this code already. Choose another.")


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
    """Make a project known, with the phases of its class.

    Permission `projects.register`; publishes `ProjectRegistered`.

    Raises
    ------
    CodeTaken
        If another project has that code.
    """
    require(actor, REGISTER)
    refuse_unknown(values, PROJECT_FIELDS)
    with transaction.atomic(), _code_once():
        project = Project.objects.create(
            code=code, name=name, project_class=project_class, department=department, starts_on=starts_on, **values
        )
        Phase.objects.bulk_create(
            Phase(project=project, position=template.position, name=template.name, name_en=template.name_en)
            for template in project_class.phase_templates.order_by("position")
        )
        tell(ProjectRegistered, project, actor=actor, now=now, code=code, project_name=name)
    return project


def edit_project(*, actor: Actor, now: datetime, project_id: int, expected_version: int, **values: Any) -> Project:
    """Change facts of a project; the budget only by those who see it.  Values that are there already change nothing.

    Permission `projects.edit`; publishes `ProjectChanged`.

    Raises
    ------
    CodeTaken
        If another project has the new code.
    Stale
        If somebody changed it meanwhile.
    """
    refuse_unknown(values, PROJECT_FIELDS)
    with transaction.atomic(), _code_once():
        project = fetch(actor, EDIT, projects(), pk=project_id)
        if "budget" in values:
            require(actor, VIEW_BUDGET, project)
        differing = {name: value for name, value in values.items() if _differs(project, name, value)}
        if differing or project.version != expected_version:
            change(project, expected_version=expected_version, **differing)
            tell(ProjectChanged, project, actor=actor, now=now, fields=tuple(sorted(differing)))
    return project


def close_project(*, actor: Actor, now: datetime, project_id: int, expected_version: int, closed_on: date) -> Project:
    """Close a project.  Permission `projects.edit`; publishes `ProjectClosed`."""
    with transaction.atomic():
        project = fetch(actor, EDIT, projects(), pk=project_id)
        change(project, expected_version=expected_version, state=ProjectState.CLOSED, closed_on=closed_on)
        tell(ProjectClosed, project, actor=actor, now=now, closed_on=closed_on.isoformat())
    return project


def reopen_project(*, actor: Actor, now: datetime, project_id: int, expected_version: int) -> Project:
    """Take up a closed project again.  Permission `projects.edit`; publishes `ProjectReopened`."""
    with transaction.atomic():
        project = fetch(actor, EDIT, projects(), pk=project_id)
        change(project, expected_version=expected_version, state=ProjectState.ACTIVE, closed_on=None)
        tell(ProjectReopened, project, actor=actor, now=now)
    return project


def archive_project(*, actor: Actor, now: datetime, project_id: int, expected_version: int) -> Project:
    """Put a project away: it stays readable and nothing else.  Permission `projects.archive`; publishes `ProjectArchived`."""
    with transaction.atomic():
        project = fetch(actor, ARCHIVE, projects(), pk=project_id)
        change(project, expected_version=expected_version, archived_at=now)
        tell(ProjectArchived, project, actor=actor, now=now)
    return project


def restore_project(*, actor: Actor, now: datetime, project_id: int, expected_version: int) -> Project:
    """Take an archived project out again.  Permission `projects.archive`; publishes `ProjectRestored`."""
    with transaction.atomic():
        project = fetch(actor, ARCHIVE, projects(), pk=project_id)
        change(project, expected_version=expected_version, archived_at=None)
        tell(ProjectRestored, project, actor=actor, now=now)
    return project


def _differs(project: Project, name: str, value: Any) -> bool:
    field = Project._meta.get_field(name)
    return bool(getattr(project, field.attname) != (value.pk if isinstance(value, Model) else value))


@contextmanager
def _code_once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "projects_project" in str(error) and "code" in str(error):
            raise CodeTaken from error
        raise
