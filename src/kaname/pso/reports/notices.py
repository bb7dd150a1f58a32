"""Who is told of computed health: those who lead hear when the colour changes, and nothing else."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kaname.ground.projects.notices import (
    LEADERS,
    health_label,
    per_project,
    project_id,
    project_name,
    seen_projects,
)
from kaname.kernel.journal.models import Entry
from kaname.kernel.notices.declarations import silent, tell
from kaname.kernel.notices.types import Told, Value
from kaname.pso.reports.events import HealthAssessed, HealthChanged, HealthRulesAdopted


def _health_page(told: Told) -> str:
    return reverse("reports:health", kwargs={"project": told.project_id})


def _colours(entry: Entry) -> dict[str, Value]:
    return project_name(entry) | {"before": entry.payload["health_before"], "health": entry.payload["health"]}


tell(
    HealthChanged,
    to=LEADERS,
    words=_("The computed health of %(project)s has changed from %(before)s to %(health)s."),
    params=_colours,
    shows={"before": health_label, "health": health_label},
    things=seen_projects,
    object_id=project_id,
    link=_health_page,
    fold=per_project,
)
silent(HealthAssessed, reason="Computed after every change; only another colour is told.")
silent(HealthRulesAdopted, reason='Every "why?" names the rules it was made by; a colour that changes by them is told.')
