"""Questions about computed health; every answer starts from what the viewer may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, OuterRef, Subquery

from kaname.ground.projects.models import Project, ReportedStatus
from kaname.ground.projects.types import Health
from kaname.kernel.journal.models import Entry
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.types import Actor
from kaname.pso.reports.models import Assessment, HealthRules
from kaname.pso.reports.rules import VIEW, VIEW_OF_PROJECT, VIEW_RULES


@dataclass(frozen=True, slots=True)
class DayOfHealth:
    """A day on which something was computed: both colours, the reported one as it stood then (`None` before any report)."""

    on: date
    computed: Health
    reported: Health | None
    reported_on: date | None
    reported_by: str
    rules: int

    @property
    def is_rosier(self) -> bool:
        """Whether the report was better than what was computed."""
        order = [Health.WELL, Health.ATTENTION, Health.DANGER]
        if self.reported not in order or self.computed not in order:
            return False
        return order.index(self.reported) < order.index(self.computed)

    @property
    def differs(self) -> bool:
        """Whether both were known and not the same."""
        known = {Health.WELL, Health.ATTENTION, Health.DANGER}
        return self.reported in known and self.computed in known and self.reported != self.computed


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """A version of the rules and what it judged among what the viewer sees."""

    rules: HealthRules
    assessments: int
    first_on: date | None
    last_on: date | None


def find_project(*, actor: Actor, project_id: int) -> Project:
    """Return a project whose reports an actor may see. 1 query and those of the decision.

    Raises
    ------
    Missing
        If there is none or it may not be seen.
    """
    return fetch(actor, VIEW_OF_PROJECT, Project.objects.select_related("department"), pk=project_id)


def list_assessments(*, actor: Actor, project_id: int, since: date | None = None) -> list[Assessment]:
    """Return a project's assessments of each day, oldest first, with their rules. 1 query."""
    found = visible(actor, VIEW, Assessment.objects.filter(project_id=project_id)).select_related("rules")
    if since is not None:
        found = found.filter(on__gte=since)
    return list(found.order_by("on"))


def newest_assessment(*, actor: Actor, project_id: int) -> Assessment | None:
    """Return a project's newest assessment with its rules. 1 query."""
    found = visible(actor, VIEW, Assessment.objects.filter(project_id=project_id)).select_related("rules")
    return found.order_by("-on").first()


def newest_healths(*, actor: Actor, project_ids: Collection[int]) -> dict[int, Health]:
    """Return by project its newest computed health, as far as there is one that the actor may see. 1 query."""
    newest = Assessment.objects.filter(project=OuterRef("project")).order_by("-on").values("pk")[:1]
    found = visible(actor, VIEW, Assessment.objects.filter(project__in=project_ids, pk=Subquery(newest)))
    return {project_id: Health(health) for project_id, health in found.values_list("project_id", "health")}


def cause_of(assessment: Assessment | None) -> Entry | None:
    """Return the fact that an assessment followed, `None` for one made by the clock or by hand. 1 query at most."""
    if assessment is None or assessment.cause_entry_id is None:
        return None
    return Entry.objects.filter(pk=assessment.cause_entry_id).first()


def list_reported(*, project: Project) -> list[ReportedStatus]:
    """Return what was reported of a project that was found for the viewer, oldest first, the last word of each day. 1 query."""
    rows = ReportedStatus.objects.filter(project=project).select_related("author").order_by("on", "id")
    return list({row.on: row for row in rows}.values())


def days_of_health(assessments: list[Assessment], reported: list[ReportedStatus]) -> list[DayOfHealth]:
    """Return each assessed day with the report that stood on it, oldest first.  Pure.

    Examples
    --------
    >>> days_of_health([], [])
    []
    """
    days = []
    for assessment in assessments:
        standing = next((row for row in reversed(reported) if row.on <= assessment.on), None)
        days.append(
            DayOfHealth(
                on=assessment.on,
                computed=Health(assessment.health),
                reported=Health(standing.health) if standing else None,
                reported_on=standing.on if standing else None,
                reported_by=standing.author.name if standing else "",
                rules=assessment.rules.number,
            )
        )
    return days


def list_rules(*, actor: Actor) -> list[JudgedBy]:
    """Return all versions of the health rules, newest first, with what each judged among what an actor sees. 2 queries."""
    seen = visible(actor, VIEW, Assessment.objects.all()).order_by().values("rules_id")
    judged = {row["rules_id"]: row for row in seen.annotate(count=Count("id"), first_on=Min("on"), last_on=Max("on"))}
    versions = visible(actor, VIEW_RULES, HealthRules.objects.select_related("author").order_by("-number"))
    return [_judged_by(rules, judged.get(rules.pk)) for rules in versions]


def _judged_by(rules: HealthRules, row: dict[str, object] | None) -> JudgedBy:
    if row is None:
        return JudgedBy(rules, 0, None, None)
    return JudgedBy(rules, row["count"], row["first_on"], row["last_on"])  # type: ignore[arg-type]
