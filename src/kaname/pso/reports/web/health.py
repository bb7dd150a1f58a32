"""A project's computed health: every colour with its reasons, beside what was reported."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaname.engine.units import day_of
from kaname.ground.projects.types import Health
from kaname.ground.projects.web.frame import project_page
from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Missing
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.operations import assess_project
from kaname.pso.reports.queries import cause_of, find_project, list_reported, newest_assessment
from kaname.pso.reports.rules import ASSESS, VIEW_OF_PROJECT
from kaname.pso.reports.types import IndicatorCode
from kaname.pso.reports.web.explaining import IndicatorLine, explain, indicator_lines
from kaname.pso.reports.web.frame import report_tabs
from kaname.pso.reports.web.words import Unit, amount
from kaname.ui.components.dates import UNKNOWN, day_words
from kaname.ui.components.numbers import figure_words
from kaname.ui.types import Figure


@door(reads=VIEW_OF_PROJECT)
def health(request: HttpRequest, project: int) -> HttpResponse:
    """Show how a project is as computed, indicator by indicator, and what was reported."""
    shown = find_project(actor=request.user, project_id=project)
    assessment = newest_assessment(actor=request.user, project_id=project)
    cause = cause_of(assessment)
    lines = indicator_lines(assessment, cause=cause) if assessment else ()
    reported = list_reported(project=shown)
    context = {
        "project": shown,
        "assessment": assessment,
        "why": explain(assessment, cause=cause) if assessment else None,
        "lines": lines,
        "figures": _figures(assessment, lines) if assessment else (),
        "reported": reported[-1] if reported else None,
        "is_rosier": bool(assessment and reported and _is_rosier(reported[-1].health, assessment.health)),
        "may_assess": bool(decide(request.user, ASSESS, shown)),
        "views": report_tabs(shown, "health"),
        "page": project_page(request, shown, current="health", title=_("Computed health")),
    }
    return render(request, "reports/health.html", context)


@door(writes=ASSESS)
def recompute(request: HttpRequest, project: int) -> HttpResponse:
    """Compute the health anew."""
    assessed = assess_project(actor=request.user, now=clock.now(), project_id=project)
    if assessed is None:
        messages.warning(request, _("There is no plan yet, so there is nothing to compute."))
    else:
        messages.success(request, _("Computed anew: %(health)s.") % {"health": Health(assessed.health).label})
    return redirect("reports:health", project=project)


@door(reads=VIEW_OF_PROJECT)
def why(request: HttpRequest, project: int) -> HttpResponse:
    """Explain a project's computed colour."""
    find_project(actor=request.user, project_id=project)
    assessment = newest_assessment(actor=request.user, project_id=project)
    if assessment is None:
        raise Missing
    return render(request, "ui/parts/why_card.html", {"why": explain(assessment, cause=cause_of(assessment))})


def _figures(assessment: Assessment, lines: tuple[IndicatorLine, ...]) -> tuple[Figure, ...]:
    whys = {line.code: line.why for line in lines}
    forecast, baseline = assessment.forecast_finish_at, assessment.baseline_finish_at
    is_late = (assessment.delay_days_tenths or 0) > 0
    return (
        Figure(
            label=_("Forecast finish"),
            value=_day(forecast),
            note=_("baseline %(day)s") % {"day": _day(baseline)} if baseline is not None else _("no baseline"),
            is_bad=is_late,
            why=whys.get(IndicatorCode.FORECAST),
        ),
        Figure(
            label=_("Delay"),
            value=_tenths(assessment.delay_days_tenths),
            unit=_("working days") if assessment.delay_days_tenths is not None else "",
            is_bad=is_late,
        ),
        Figure(
            label=_("Done"),
            value=amount(assessment.done_permille, Unit.SHARE),
            note=_("planned %(share)s") % {"share": amount(assessment.planned_permille, Unit.SHARE)},
        ),
        Figure(
            label=_("SPI(t)"), value=amount(assessment.spi_t_permille, Unit.INDEX), why=whys.get(IndicatorCode.EARNED)
        ),
        Figure(label=_("CPI"), value=amount(assessment.cpi_permille, Unit.INDEX)),
        Figure(
            label=_("Overdue tasks"),
            value=amount(assessment.overdue_tasks, Unit.COUNT),
            note=_("of %(tasks)s tasks, %(critical)s critical")
            % {"tasks": assessment.tasks, "critical": assessment.critical_tasks},
            is_bad=assessment.overdue_tasks > 0,
            why=whys.get(IndicatorCode.OVERDUE),
        ),
    )


def _tenths(value: int | None) -> str:
    return UNKNOWN if value is None else figure_words(value / 10, 1, trims=True)


def _day(minute: int | None) -> str:
    return UNKNOWN if minute is None else day_words(day_of(minute))


def _is_rosier(reported: str, computed: str) -> bool:
    order = [Health.WELL.value, Health.ATTENTION.value, Health.DANGER.value]
    return reported in order and computed in order and order.index(reported) < order.index(computed)
