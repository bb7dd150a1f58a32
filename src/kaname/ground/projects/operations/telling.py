"""What the room's operations share: the rows that they fetch and how they publish."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from kaname.ground.projects.models import Project
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Event, Subject
from kaname.kernel.rules.types import Actor


def projects() -> QuerySet[Project]:
    """Return all projects with what the rules ask of them."""
    return Project.objects.select_related("department")


def refuse_unknown(values: Collection[str], known: Collection[str]) -> None:
    """Raise `TypeError` when a name is not among the known ones."""
    unknown = set(values) - set(known)
    if unknown:
        raise TypeError(f"there is no field {sorted(unknown)}")


def tell(event: type[Event], project: Project, *, actor: Actor, now: datetime, **facts: Any) -> None:
    """Publish an event whose subject is the project; needs a transaction."""
    subject = Subject("projects.project", project.pk)
    publish(event(subject=subject, project_id=project.pk, **facts), actor=actor, now=now)
