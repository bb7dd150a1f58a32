"""Pages worked out from the plan at the moment of asking: earned value and the schedule clinic."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaname.engine.quality import Comparison, Offender, QualityPoint, Verdict
from kaname.engine.quality.page import VERDICTS
from kaname.ground.projects.models import Project
from kaname.ground.projects.web.frame import project_page
from kaname.kernel import clock
from kaname.kernel.rules.doors import door
from kaname.kernel.text import translate
from kaname.pso.reports.queries import Incalculable, examine_plan, find_plan, find_project, measure_project
from kaname.pso.reports.rules import VIEW_OF_PROJECT
from kaname.pso.reports.web.earning import (
    figure_groups,
    package_lines,
    value_axis,
    value_levels,
    value_lines,
    value_words,
)
from kaname.pso.reports.web.frame import health_crumb, report_tabs
from kaname.pso.reports.web.words import task_url, worded
from kaname.ui.types import Health, Page

_NAMED: Final = 3
_MOST_NAMED: Final = 50
_MARKS: Final = {Verdict.PASS: Health.WELL, Verdict.FAIL: Health.DANGER, Verdict.NOT_APPLICABLE: Health.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Named:
    """A task that a point names."""

    name: str
    why: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """A point of the clinic as the page shows it."""

    number: int
    code: str
    name: str
    mark: Health
    verdict: str
    value: str
    counted: str
    limit: str
    population: str
    reason: str
    first: tuple[Named, ...]
    rest: tuple[Named, ...]
    count: int
    observations: tuple[Named, ...]
    notes: tuple[str, ...]


@door(reads=VIEW_OF_PROJECT)
def earned_value(request: HttpRequest, project: int) -> HttpResponse:
    """Show planned and earned value and actual cost, their indices and the estimates."""
    shown = find_project(actor=request.user, project_id=project)
    context = _context(request, shown, "earned_value", _("Earned value"))
    plan = find_plan(project=shown, today=clock.today())
    if plan is not None:
        try:
            found = measure_project(actor=request.user, now=clock.now(), project=shown, plan=plan)
        except Incalculable as problem:
            context["problem"] = worded(problem.message)
        else:
            context["found"] = found
            if found is not None:
                context |= {
                    "groups": figure_groups(found, minutes_per_day=plan.minutes_per_day),
                    "axis": value_axis(found, clock.today()),
                    "lines": value_lines(found),
                    "levels": value_levels(found, minutes_per_day=plan.minutes_per_day),
                    "periods": [
                        (
                            one.on,
                            *(
                                value_words(value, found.measure, plan.minutes_per_day)
                                for value in (one.planned, one.earned, one.actual)
                            ),
                        )
                        for one in found.periods
                    ],
                    "packages": package_lines(found, project_id=project, minutes_per_day=plan.minutes_per_day),
                }
    return render(request, "reports/earned_value.html", context)


@door(reads=VIEW_OF_PROJECT)
def clinic(request: HttpRequest, project: int) -> HttpResponse:
    """Show the fourteen points of the schedule clinic with the tasks that they name."""
    shown = find_project(actor=request.user, project_id=project)
    context = _context(request, shown, "clinic", _("Schedule clinic"))
    plan = find_plan(project=shown, today=clock.today())
    if plan is not None:
        try:
            report = examine_plan(project=shown, plan=plan)
        except Incalculable as problem:
            context["problem"] = worded(problem.message)
        else:
            context |= {
                "report": report,
                "points": [_point_line(point, project) for point in report.points],
                "passed": report.count(Verdict.PASS),
                "failed": report.count(Verdict.FAIL),
                "silent": report.count(Verdict.NOT_APPLICABLE),
                "source": translate(report.source),
            }
    return render(request, "reports/clinic.html", context)


def _context(request: HttpRequest, project: Project, current: str, title: str) -> dict[str, object]:
    page: Page = project_page(request, project, current="health", title=title, crumbs=(health_crumb(project),))
    return {
        "project": project,
        "views": report_tabs(project, current),
        "page": page,
        "found": None,
        "report": None,
        "problem": "",
    }


def _point_line(point: QualityPoint, project_id: int) -> PointLine:
    named = tuple(_named(item, project_id) for item in point.offenders[:_MOST_NAMED])
    ratio, limit = point.ratio_permille, point.threshold.permille
    words = _("at most %(limit)s") if point.threshold.comparison is Comparison.AT_MOST else _("at least %(limit)s")
    return PointLine(
        number=point.number,
        code=point.code.value,
        name=translate(point.name),
        mark=_MARKS[point.verdict],
        verdict=translate(VERDICTS[point.verdict]),
        value="" if ratio is None else _percent(ratio),
        counted="" if point.ratio is None else f"{point.numerator:,} / {point.denominator:,}",
        limit=words % {"limit": _percent(limit)},
        population=translate(point.population),
        reason=translate(point.reason) if point.reason else "",
        first=named[:_NAMED],
        rest=named[_NAMED:],
        count=len(point.offenders),
        observations=tuple(_named(item, project_id) for item in point.observations[:_NAMED]),
        notes=tuple(worded(note) for note in point.notes),
    )


def _named(item: Offender, project_id: int) -> Named:
    return Named(item.name, worded(item.why), task_url(project_id, item.uid))


def _percent(permille: int) -> str:
    return f"{permille / 10:.1f}%"
