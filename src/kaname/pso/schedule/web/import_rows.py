"""An import as its line on a page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.projects.models import Project
from kaname.kernel import clock
from kaname.kernel.jobs.queries import find_job
from kaname.kernel.jobs.types import Job, JobState
from kaname.pso.schedule.models import PlanImport
from kaname.pso.schedule.queries.imports import proposed_project
from kaname.pso.schedule.queries.mine import finish_day, start_day
from kaname.pso.schedule.types import ImportState
from kaname.pso.schedule.web.import_words import Refusal, kind_words, plan_day, refusal_words, sentence
from kaname.ui.forms import LookupInput
from kaname.ui.types import Progress

PENDING: Final = frozenset({ImportState.UPLOADED, ImportState.APPLYING})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One file: what it is, how far it is, what can be done with it."""

    row: PlanImport
    kind: str
    progress: Progress | None
    is_stuck: bool
    refusal: Refusal | None
    problems: tuple[str, ...]
    starts: str
    finishes: str
    doubts: int
    lookup: str
    chosen: Project | None
    register_url: str
    can_undo: bool

    @property
    def is_ready(self) -> bool:
        """Whether it can be taken in."""
        return self.row.state == ImportState.READY and not self.problems

    @property
    def is_applied(self) -> bool:
        """Whether it was taken in."""
        return self.row.state == ImportState.APPLIED


def import_row(
    row: PlanImport,
    *,
    projects: Iterable[Project] = (),
    is_alone: bool = False,
    undoable: frozenset[int] = frozenset(),
    registered: Project | None = None,
) -> ImportRow:
    """Return an import as its line shows it; `registered` was just registered for it. 1 query while a job works on it."""
    job = find_job(row.job_id, now=clock.now()) if row.state in PENDING and row.job_id else None
    is_stuck = row.state in PENDING and (job is None or (job.is_over and job.state != JobState.DONE))
    chosen = (
        registered
        or row.project
        or (proposed_project(row, projects, is_alone=is_alone) if row.state == ImportState.READY else None)
    )
    return ImportRow(
        row=row,
        kind=kind_words(row.kind) if row.kind else "",
        progress=_progress(row, job) if row.state in PENDING and not is_stuck else None,
        is_stuck=is_stuck,
        refusal=refusal_words(row.refusal),
        problems=tuple(sentence(problem) for problem in row.summary.get("problem", ())),
        starts=plan_day(row.summary.get("start_at")),
        finishes=plan_day(row.summary.get("finish_at")),
        doubts=row.summary.get("doubts", 0),
        lookup=_lookup(row, chosen) if row.state == ImportState.READY else "",
        chosen=chosen,
        register_url=_register_url(row) if row.state == ImportState.READY and chosen is None else "",
        can_undo=row.pk in undoable,
    )


def project_field(row: PlanImport) -> str:
    """Return the name of the field that chooses a file's project."""
    return f"project-{row.pk}"


def _lookup(row: PlanImport, chosen: Project | None) -> str:
    box = LookupInput(reverse("imports:projects"), f"{chosen.code} {chosen.name}" if chosen else "")
    return box.render(
        project_field(row),
        chosen.pk if chosen else None,
        {
            "id": f"id_{project_field(row)}",
            "class": "input",
            "aria-label": _("Project for %(file)s") % {"file": row.file_name},
        },
    )


def _register_url(row: PlanImport) -> str:
    """Return the form for a new project, filled with what the file says, that leads back to the file."""
    starts_with_project = bool(row.summary.get("starts_with_project"))
    starts, finishes = (None if starts_with_project else row.summary.get(name) for name in ("start_at", "finish_at"))
    back = f"{reverse('imports:batch', kwargs={'batch': row.batch})}?file={row.pk}"
    said = {
        "name": row.summary.get("name") or row.file_name.rpartition(".")[0],
        "starts_on": start_day(starts),
        "ends_on": finish_day(finishes),
        "next": back,
    }
    return f"{reverse('projects:register')}?{urlencode({name: value for name, value in said.items() if value})}"


def _progress(row: PlanImport, job: Job | None) -> Progress:
    label = _("Taking the plan in") if row.state == ImportState.APPLYING else _("Reading the file")
    known = job.progress if job else None
    percent = known.percent if known else None
    left = int(known.left.total_seconds()) if known and known.left and known.left.total_seconds() > 30 else None
    note = known.message if known else _("Waiting for its turn")
    return Progress(
        label=label, share_permille=percent * 10 if percent is not None else None, seconds_left=left, note=note
    )
