"""What has changed of a project's computed health since a person last reported on it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Subquery

from kaname.ground.projects.models import ReportedStatus
from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import scope
from kaname.kernel.rules.memory import remembered
from kaname.kernel.rules.types import Actor
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.rules import VIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceReport:
    """The newest assessment, the day of the newest report and the assessment that stood on it, `None` where there is none."""

    newest: Assessment
    reported_on: date | None
    then: Assessment | None


def since_report(*, actor: Actor, project_id: int) -> SinceReport | None:
    """Return a project's newest assessment beside the one of the day of its newest report, `None` before any. 1 query.

    A request that reads asks once, whoever of the page wants to know.
    """
    return remembered(("reports.since", actor.actor_id, project_id), lambda: _ask(actor, project_id))


def _ask(actor: Actor, project_id: int) -> SinceReport | None:
    rows = asked(_both, scope(actor, VIEW), project=project_id)
    if not rows:
        return None
    then = rows[-1] if rows[0].reported_on is not None and rows[-1].on <= rows[0].reported_on else None
    return SinceReport(newest=rows[0], reported_on=rows[0].reported_on, then=then)


def _both(reach: Q, *, project: int) -> QuerySet[Assessment]:
    days = Assessment.objects.filter(project_id=project).order_by("-on").values("on")
    reports = ReportedStatus.objects.filter(project_id=project).order_by("-on", "-id").values("on")
    reported_on = Subquery(reports[:1])
    wanted = Q(on=Subquery(days[:1])) | Q(on=Subquery(days.filter(on__lte=reported_on)[:1]))
    found = Assessment.objects.filter(reach, wanted, project_id=project)
    return found.select_related("rules").annotate(reported_on=reported_on).order_by("-on")
