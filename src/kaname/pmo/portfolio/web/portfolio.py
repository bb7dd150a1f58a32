"""The whole company on one page: computed against reported, where to look first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.kernel import clock
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Missing
from kaname.kernel.text import name_of
from kaname.pmo.portfolio.exchange import KINDS, export_lines
from kaname.pmo.portfolio.models import Line, SavedView
from kaname.pmo.portfolio.queries import find_line, list_choices, list_lines, own_views
from kaname.pmo.portfolio.rules import OPEN, VIEW
from kaname.pmo.portfolio.types import Order
from kaname.pmo.portfolio.web.filtering import chips, read_filters, selects, view_query
from kaname.pmo.portfolio.web.rows import bands, delay_words, reason_words, shared_axis, summarise
from kaname.pso.reports.queries import cause_of, newest_assessment
from kaname.pso.reports.web.explaining import explain, indicator_lines
from kaname.ui.components.dates import as_day, day, day_words, moment
from kaname.ui.components.marks import mark
from kaname.ui.types import Fact, Page, Tab, Why, WhyInput


@door(reads=OPEN)
def portfolio(request: HttpRequest) -> HttpResponse:
    """Show one line a project, those that want a look first."""
    filters = read_filters(request.GET)
    lines = list_lines(actor=request.user, filters=filters)
    axis = shared_axis(lines, clock.today())
    offered = selects(filters, list_choices(actor=request.user))
    views = own_views(actor=request.user)
    query = view_query(request.GET)
    current = next((view for view in views if view.query == query), None)
    summary = summarise(lines)
    context = {
        "bands": bands(lines, axis=axis, grouping=filters.grouping),
        "axis": axis,
        "summary": summary,
        "late_days": delay_words(summary.late_days_tenths).removeprefix("+"),
        "selects": offered,
        "chips": chips(request.GET, offered),
        "is_sorted_by_look": filters.order == Order.LOOK,
        "is_filtered": bool(query),
        "query": query,
        "view": current,
        "page": Page(title=_("Portfolio"), note=_note(filters.order), tabs=_tabs(views, current, query)),
    }
    return render(request, "portfolio/portfolio.html", context)


@door(reads=OPEN)
def export(request: HttpRequest) -> HttpResponse:
    """Hand out what the filters show as a file."""
    wanted = request.GET.get("as", "")
    if wanted not in KINDS:
        raise Missing
    file = export_lines(actor=request.user, filters=read_filters(request.GET), kind=wanted)
    name = f"portfolio-{clock.today().isoformat()}.{file.extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)


@door(reads=VIEW)
def peek(request: HttpRequest, project: int) -> HttpResponse:
    """Show beside the list why a project stands where it stands, with the tasks behind it."""
    line = find_line(actor=request.user, project_id=project)
    assessment = newest_assessment(actor=request.user, project_id=project)
    cause = cause_of(assessment)
    context = {
        "line": line,
        "project": line.project,
        "facts": _facts(line),
        "reason": reason_words(line.reason),
        "why": explain(assessment, cause=cause) if assessment else _nothing_computed(),
        "indicators": indicator_lines(assessment, cause=cause) if assessment else (),
        "page_url": reverse("reports:health", kwargs={"project": project}),
    }
    return render(request, "portfolio/peek.html", context)


@door(reads=VIEW)
def why(request: HttpRequest, project: int) -> HttpResponse:
    """Explain a line's computed colour."""
    find_line(actor=request.user, project_id=project)
    assessment = newest_assessment(actor=request.user, project_id=project)
    explained = explain(assessment, cause=cause_of(assessment)) if assessment else _nothing_computed()
    return render(request, "ui/parts/why_card.html", {"why": explained})


def _note(order: Order) -> str:
    if order == Order.LOOK:
        return _("Look here first: the worst computed health, and reports that are better than it, stand on top.")
    return ""


def _tabs(views: list[SavedView], current: SavedView | None, query: str) -> tuple[Tab, ...]:
    home = reverse("portfolio:portfolio")
    shipped = (
        (_("All"), ""),
        (_("Reported better than computed"), "only=watermelons"),
        (_("Late"), "only=late&sort=-delay"),
        (_("Stale"), "only=stale&sort=-fresh"),
    )
    tabs = [Tab(label, f"{home}?{part}" if part else home, is_current=part == query) for label, part in shipped]
    own = [Tab(view.name, f"{home}?{view.query}", is_current=view == current) for view in views]
    return (*tabs, *own)


def _facts(line: Line) -> tuple[Fact, ...]:
    rows: list[tuple[str, Any]] = [
        (_("Reported"), mark(line.reported, is_computed=False, shows_word=True)),
        (_("Reported by"), f"{line.reported_by} {day_words(line.reported_on)}" if line.reported_on else ""),
        (_("Reason given"), line.reported_reason),
        (_("PM"), line.pm_name),
        (_("Department"), name_of(line.project.department)),
        (_("Portfolio or programme"), name_of(line.project.group)),
        (_("Delay (working days)"), delay_words(line.delay_days_tenths)),
        (_("Newest report"), day(as_day(line.last_report_at)) if line.last_report_at else ""),
        (_("As of"), moment(line.updated_at)),
    ]
    return tuple(Fact(label, value) for label, value in rows if value)


def _nothing_computed() -> Why:
    return Why(
        says=_("The project has no plan yet, so nothing can be computed."),
        inputs=(WhyInput(_("Plan"), _("missing")),),
    )
