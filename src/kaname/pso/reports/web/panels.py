"""What the project's face shows of its computed health."""

from collections.abc import Collection, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.engine.units import day_of
from kaname.ground.projects.models import Project
from kaname.ground.projects.types import ComputedHealth, Health
from kaname.kernel.rules.types import Actor
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.queries import newest_healths, since_report
from kaname.pso.reports.types import IndicatorCode
from kaname.pso.reports.web.explaining import explain, indicator_lines, indicators_of, overall_words
from kaname.pso.reports.web.words import Unit, amount, worded
from kaname.ui.components.dates import day_words
from kaname.ui.types import Figure


def computed_health(actor: Actor, project: Project) -> ComputedHealth | None:
    """Return the computed colour with its sentence. 1 query."""
    assessment = _newest(actor, project)
    if assessment is None:
        return None
    return ComputedHealth(
        health=Health(assessment.health),
        says=overall_words(Health(assessment.health), indicators_of(assessment)),
        why_url=reverse("reports:why", kwargs={"project": project.pk}),
    )


def computed_healths(actor: Actor, project_ids: Collection[int]) -> Mapping[int, ComputedHealth]:
    """Return the computed colours of some projects, as far as they were ever computed. 1 query."""
    return {
        project_id: ComputedHealth(health=health, why_url=reverse("reports:why", kwargs={"project": project_id}))
        for project_id, health in newest_healths(actor=actor, project_ids=project_ids).items()
    }


def figures(actor: Actor, project: Project) -> Sequence[Figure]:
    """Return forecast, delay and pace. 1 query."""
    assessment = _newest(actor, project)
    if assessment is None or assessment.forecast_finish_at is None:
        return ()
    wanted = (IndicatorCode.FORECAST, IndicatorCode.EARNED)
    whys = {line.code: line.why for line in indicator_lines(assessment, cause=None, only=wanted)}
    is_late = (assessment.delay_days_tenths or 0) > 0
    return (
        Figure(
            label=_("Forecast finish"),
            value=day_words(day_of(assessment.forecast_finish_at)),
            note=_delay_note(assessment),
            is_bad=is_late,
            why=whys.get(IndicatorCode.FORECAST),
        ),
        Figure(
            label=_("Done"),
            value=amount(assessment.done_permille, Unit.SHARE),
            note=_("planned %(share)s") % {"share": amount(assessment.planned_permille, Unit.SHARE)},
            why=explain(assessment, cause=None),
        ),
        Figure(
            label=_("SPI(t)"),
            value=amount(assessment.spi_t_permille, Unit.INDEX),
            is_bad=assessment.spi_t_permille is not None and assessment.spi_t_permille < 950,
            why=whys.get(IndicatorCode.EARNED),
        ),
    )


def sentences(actor: Actor, project: Project) -> Sequence[str]:
    """Return what the forecast says, as a sentence. 1 query."""
    assessment = _newest(actor, project)
    if assessment is None:
        return ()
    forecast = next((one for one in indicators_of(assessment) if one.code == IndicatorCode.FORECAST), None)
    return (worded(forecast.sentence),) if forecast is not None and forecast.health is not Health.UNKNOWN else ()


def _newest(actor: Actor, project: Project) -> Assessment | None:
    since = since_report(actor=actor, project_id=project.pk)
    return since.newest if since else None


def _delay_note(assessment: Assessment) -> str:
    delay = assessment.delay_days_tenths
    if assessment.baseline_finish_at is None or delay is None:
        return _("no baseline")
    if delay == 0:
        return _("as agreed")
    days = amount(abs(delay), Unit.DAYS_TENTHS)
    return (_("%(days)s late") if delay > 0 else _("%(days)s early")) % {"days": days}
