"""The course of a project's health: reported beside computed, pace and forecast over time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaname.engine.units import day_of
from kaname.ground.projects.web.frame import project_page
from kaname.kernel import clock
from kaname.kernel.rules.doors import door
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.queries import DayOfHealth, days_of_health, find_project, list_assessments, list_reported
from kaname.pso.reports.rules import VIEW_OF_PROJECT
from kaname.pso.reports.types import IndicatorCode
from kaname.pso.reports.web.frame import health_crumb, report_tabs
from kaname.pso.reports.web.words import Unit, amount
from kaname.ui.components.charts import TimeAxis
from kaname.ui.components.dates import day_words
from kaname.ui.components.plots import Level, Line, runs
from kaname.ui.types import Health

_SHOWN_DAYS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One day of the table behind the charts."""

    on: date
    health: str
    forecast_on: date | None
    baseline_on: date | None
    delay: str
    done_permille: int | None
    planned_permille: int | None
    spi_t: float | None
    cpi: float | None
    overdue_tasks: int
    rules: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart with its finding."""

    title: str
    lines: tuple[Line, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row on which report and computation differed in the same way, with how many reports said so."""

    first: DayOfHealth
    last: DayOfHealth
    days: int
    reports: int


@door(reads=VIEW_OF_PROJECT)
def history(request: HttpRequest, project: int) -> HttpResponse:
    """Show reported and computed health over time, the days on which they differed, and the trends."""
    shown = find_project(actor=request.user, project_id=project)
    today = clock.today()
    assessments = list_assessments(actor=request.user, project_id=project, since=today - timedelta(days=_SHOWN_DAYS))
    days = days_of_health(assessments, list_reported(project=shown))
    axis = TimeAxis.over([day.on for day in days], today, "history")
    tomorrow = today + timedelta(days=1)
    context = {
        "project": shown,
        "table": [_row(one) for one in reversed(assessments)],
        "days": days,
        "differing": [day for day in reversed(days) if day.differs],
        "stretches": _stretches(days),
        "rosier": sum(day.is_rosier for day in days),
        "axis": axis,
        "computed_runs": runs([(day.on, Health(day.computed)) for day in days], ends_before=tomorrow),
        "reported_runs": runs(_reported(days), ends_before=tomorrow),
        "trends": _trends(assessments),
        "views": report_tabs(shown, "history"),
        "page": project_page(
            request, shown, current="health", title=_("History of the health"), crumbs=(health_crumb(shown),)
        ),
    }
    return render(request, "reports/history.html", context)


def _stretches(days: list[DayOfHealth]) -> list[Stretch]:
    """Return the days that differed in a row and in the same way as one stretch each, the newest first."""
    found = []
    for way, together in groupby(days, key=lambda day: day.differs and (day.reported, day.computed, day.rules)):
        if way:
            listed = list(together)
            found.append(Stretch(listed[0], listed[-1], len(listed), len({day.reported_on for day in listed})))
    return found[::-1]


def _reported(days: list[DayOfHealth]) -> list[tuple[date, Health]]:
    return [(day.on, Health(day.reported or Health.UNKNOWN)) for day in days]


def _row(assessment: Assessment) -> Row:
    return Row(
        on=assessment.on,
        health=assessment.health,
        forecast_on=None if assessment.forecast_finish_at is None else day_of(assessment.forecast_finish_at),
        baseline_on=None if assessment.baseline_finish_at is None else day_of(assessment.baseline_finish_at),
        delay=amount(assessment.delay_days_tenths, Unit.DAYS_TENTHS),
        done_permille=assessment.done_permille,
        planned_permille=assessment.planned_permille,
        spi_t=_share(assessment.spi_t_permille),
        cpi=_share(assessment.cpi_permille),
        overdue_tasks=assessment.overdue_tasks,
        rules=assessment.rules.number,
    )


def _trends(assessments: list[Assessment]) -> list[Trend]:
    return [trend for trend in (_pace(assessments), _finish(assessments), _floats(assessments)) if trend]


def _pace(assessments: list[Assessment]) -> Trend | None:
    points = _points(assessments, lambda one: _share(one.spi_t_permille))
    known = [value for _day, value in points if value is not None]
    if not known:
        return None
    newest = known[-1]
    title = (
        _("Work goes at %(spi)s of the planned pace") if newest < 1 else _("Work keeps the planned pace (%(spi)s)")
    ) % {"spi": f"{newest:.2f}"}
    lines = [Line("SPI(t)", points, "good" if newest >= 1 else "bad")]
    cost = _points(assessments, lambda one: _share(one.cpi_permille))
    if any(value is not None for _day, value in cost):
        lines.append(Line("CPI", cost, "plan", is_dashed=True))
    return Trend(title, tuple(lines), (Level(1.0, "1.00"),))


def _finish(assessments: list[Assessment]) -> Trend | None:
    forecast = _points(assessments, lambda one: _day(one.forecast_finish_at))
    known = [value for _on, value in forecast if value is not None]
    if not known:
        return None
    agreed = _points(assessments, lambda one: _day(one.baseline_finish_at))
    newest, oldest = known[-1], known[0]
    if newest == oldest:
        title = _("The forecast finish has stayed at %(day)s")
    elif newest > oldest:
        title = _("The forecast finish has moved back to %(day)s")
    else:
        title = _("The forecast finish has moved forward to %(day)s")
    levels = tuple(Level(value, _ordinal_words(value)) for value in sorted({min(known), max(known)}))
    lines = (
        Line(_("Forecast finish"), forecast, "bad" if newest > oldest else "good"),
        Line(_("Baseline"), agreed, "plan", is_dashed=True),
    )
    return Trend(title % {"day": _ordinal_words(newest)}, lines, levels)


def _floats(assessments: list[Assessment]) -> Trend | None:
    points = _points(assessments, _float_used)
    known = [value for _on, value in points if value is not None]
    if not known:
        return None
    title = _("%(share)s%% of the agreed path float is used") % {"share": f"{known[-1]:.0f}"}
    return Trend(title, (Line(_("Path float used"), points),), (Level(0, "0%"), Level(100, "100%")))


def _points(
    assessments: list[Assessment], value_of: Callable[[Assessment], float | None]
) -> tuple[tuple[date, float | None], ...]:
    return tuple((one.on, value_of(one)) for one in assessments)


def _share(permille: int | None) -> float | None:
    return None if permille is None else permille / 1000


def _day(minute: int | None) -> float | None:
    return None if minute is None else float(day_of(minute).toordinal())


def _ordinal_words(ordinal: float) -> str:
    return day_words(clock.today().fromordinal(int(ordinal)))


def _float_used(assessment: Assessment) -> float | None:
    for item in assessment.indicators:
        if item["code"] == IndicatorCode.FLOAT:
            used = item["values"].get("float_used_permille")
            return None if used is None else used / 10
    return None
