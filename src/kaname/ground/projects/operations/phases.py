"""The phases of one project, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.events import ProjectChanged
from kaname.ground.projects.models import Phase, Project
from kaname.ground.projects.operations.telling import projects, tell
from kaname.ground.projects.rules import EDIT
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Actor, Missing, Unacceptable

_OUT_OF_THE_WAY = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseDraft:
    """A phase as it should be; `phase_id` is `None` for a new one."""

    name: str
    name_en: str = ""
    phase_id: int | None = None


class PhaseInUse(Unacceptable):
    """A phase that tasks belong to was to be taken out."""

    reason = _("Tasks still belong to a phase that you left out. Move them to another phase first.")


class PhaseTwice(Unacceptable):
    """A phase was to stand at two places."""

    reason = _("A phase stands in the order twice. Name it once.")


def arrange_phases(
    *, actor: Actor, now: datetime, project_id: int, expected_version: int, phases: Sequence[PhaseDraft]
) -> Project:
    """Let a project have these phases in this order; those left out are deleted, the version counted is the project's.

    Permission `projects.edit`; publishes `ProjectChanged`.

    Raises
    ------
    PhaseTwice
        If a phase stands in the order twice.
    PhaseInUse
        If something still belongs to a phase left out.
    Missing
        If a draft names a phase of another project.
    Stale
        If somebody changed the project meanwhile.
    """
    named = [draft.phase_id for draft in phases if draft.phase_id is not None]
    kept = set(named)
    with transaction.atomic():
        project = fetch(actor, EDIT, projects(), pk=project_id)
        if len(kept) < len(named):
            raise PhaseTwice
        change(project, expected_version=expected_version)
        present = {phase.pk: phase for phase in project.phases.all()}
        if not kept <= set(present):
            raise Missing
        _take_out([phase for pk, phase in present.items() if pk not in kept])
        project.phases.update(position=F("position") + _OUT_OF_THE_WAY)
        for position, draft in enumerate(phases, start=1):
            _write(project, present.get(draft.phase_id or 0), draft, position)
        tell(ProjectChanged, project, actor=actor, now=now, fields=("phases",))
    return project


def _take_out(phases: list[Phase]) -> None:
    try:
        Phase.objects.filter(pk__in=[phase.pk for phase in phases]).delete()
    except ProtectedError as error:
        raise PhaseInUse from error


def _write(project: Project, phase: Phase | None, draft: PhaseDraft, position: int) -> None:
    if phase is None:
        Phase.objects.create(project=project, position=position, name=draft.name, name_en=draft.name_en)
        return
    Phase.objects.filter(pk=phase.pk).update(
        position=position, name=draft.name, name_en=draft.name_en, version=F("version") + 1
    )
