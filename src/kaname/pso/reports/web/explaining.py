"""Why a colour is what it is: the sentence, the inputs with links, the rule and its version, as of when, what changed it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.projects.types import Health
from kaname.kernel.journal.models import Entry
from kaname.kernel.rules.memory import remembered
from kaname.pso.reports.bridge import kept_indicator
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.types import Indicator, IndicatorCode, Offence
from kaname.pso.reports.web.words import Measured, measured, task_url, worded
from kaname.ui.types import Text, Why, WhyInput

_INPUTS = 6


@dataclass(frozen=True, slots=True)
class Offender:
    """A task behind a colour, in words."""

    name: str
    why: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """An indicator as a page shows it."""

    code: str
    label: Text
    health: str
    says: str
    measures: tuple[Measured, ...]
    offenders: tuple[Offender, ...]
    offender_count: int
    why: Why

    @property
    def more(self) -> int:
        """How many offending tasks are not named."""
        return self.offender_count - len(self.offenders)


def indicators_of(assessment: Assessment) -> tuple[Indicator, ...]:
    """Return the kept indicators of an assessment; a request that only reads takes them apart once."""
    key = ("reports.indicators", assessment.pk)
    return remembered(key, lambda: tuple(kept_indicator(item) for item in assessment.indicators))


def indicator_lines(
    assessment: Assessment, *, cause: Entry | None, only: Collection[IndicatorCode] = tuple(IndicatorCode)
) -> tuple[IndicatorLine, ...]:
    """Return an assessment's indicators, or `only` some of them, each with its explanation."""
    return tuple(
        _line(indicator, assessment, cause) for indicator in indicators_of(assessment) if indicator.code in only
    )


def explain(assessment: Assessment, *, cause: Entry | None, links_page: bool = True) -> Why:
    """Return why the whole has its colour; its inputs are the indicators."""
    indicators = indicators_of(assessment)
    page = reverse("reports:health", kwargs={"project": assessment.project_id}) if links_page else ""
    return Why(
        says=overall_words(Health(assessment.health), indicators),
        inputs=tuple(
            WhyInput(indicator.code.label, Health(indicator.health).label, f"{page}#{indicator.code.value}")
            for indicator in indicators
        ),
        **_origin(assessment, cause),
    )


def overall_words(health: Health, indicators: tuple[Indicator, ...]) -> str:
    """Say which indicators gave the whole its colour."""
    names = _("; ").join(str(item.code.label) for item in indicators if item.health == health)
    if health in {Health.DANGER, Health.ATTENTION}:
        return _("%(health)s, the worst of its indicators: %(names)s.") % {"health": health.label, "names": names}
    if health is Health.WELL:
        return _("No indicator calls for attention.")
    fresh = next((item for item in indicators if item.code == IndicatorCode.FRESHNESS), None)
    if fresh is not None and fresh.health is Health.UNKNOWN:
        return _("Unknown: the reports are too old or missing to judge by.")
    return _("Unknown: nothing can be forecast from this plan.")


def _line(indicator: Indicator, assessment: Assessment, cause: Entry | None) -> IndicatorLine:
    offenders = tuple(_offender(item, assessment.project_id) for item in indicator.offences)
    figures = measured(indicator)
    says = worded(indicator.sentence)
    shown = [
        *(WhyInput(item.label, f"{item.value} ({item.limits})" if item.limits else item.value) for item in figures),
        *(WhyInput(item.name, item.why, item.url) for item in offenders[:_INPUTS]),
    ]
    return IndicatorLine(
        code=indicator.code.value,
        label=indicator.code.label,
        health=indicator.health.value,
        says=says,
        measures=figures,
        offenders=offenders,
        offender_count=indicator.offence_count,
        why=Why(says=says, inputs=tuple(shown), **_origin(assessment, cause)),
    )


def _offender(offence: Offence, project_id: int) -> Offender:
    return Offender(offence.name, worded(offence.why), task_url(project_id, offence.task_id))


def _origin(assessment: Assessment, cause: Entry | None) -> dict[str, object]:
    return {
        "rule": _("Health rules"),
        "version": str(assessment.rules.number),
        "as_of": assessment.assessed_at,
        "changed_by": cause.actor_label if cause else "",
        "changed_at": cause.at if cause else None,
    }
