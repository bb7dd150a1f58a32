"""The floors of the cost of pages: what Django takes for the same rows by itself.

Each floor is a page of one template with as many rows as the page that it stands beside: session and account from the
database, one query set a table, the plain values of the columns, no words to translate, no permissions, no navigation.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from kaname.ground.projects.models import Membership, Project, ReportedStatus
from kaname.kernel.journal.models import Entry
from kaname.pmo.portfolio.models import Line
from kaname.pso.schedule.models import Assignment, Link, Move, ProgressReport, Task

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
_PAGE = """<!doctype html><html lang="en"><head><title>Floor</title></head><body><p>{{ request.user.name }}</p>%s</body></html>"""
_LINES = """<table>{% for row in rows %}<tr><td><a href="/projects/{{ row.project_id }}/">{{ row.project.name }}</a></td>
<td>{{ row.project.code }}</td><td>{{ row.reported }}</td><td>{{ row.computed }}</td><td>{{ row.baseline_finish_at }}</td>
<td>{{ row.forecast_finish_at }}</td><td>{{ row.delay_days_tenths }}</td><td>{{ row.spi_t_permille }}</td>
<td>{{ row.done_permille }}</td><td>{{ row.last_report_at }}</td><td>{{ row.pm_name }}</td><td>{{ row.reason.template }}</td></tr>
{% endfor %}</table>"""
_TASKS = """<table>{% for row in rows %}<tr><td>{{ row.position }}</td><td>{{ row.wbs_code }}</td>
<td><a href="/projects/1/schedule/tasks/{{ row.pk }}/">{{ row.name }}</a></td><td>{{ row.kind }}</td><td>{{ row.duration_minutes }}</td>
<td>{{ row.start_at }}</td><td>{{ row.finish_at }}</td><td>{{ row.percent_permille }}</td><td>{{ row.total_float_minutes }}</td>
<td>{{ row.is_critical }}</td><td>{{ row.deadline_at }}</td></tr>{% endfor %}</table>"""
_GANTT = """<table>{% for row in rows %}<tr><td>{{ row.position }}</td><td>{{ row.wbs_code }}</td><td>{{ row.name }}</td>
<td>{{ row.duration_minutes }}</td><td>{{ row.start_at }}</td><td>{{ row.finish_at }}</td><td>{{ row.percent_permille }}</td>
<td><svg><rect x="{{ row.start_at }}" width="{{ row.duration_minutes }}"/><rect x="{{ row.start_at }}" width="{{ row.percent_permille }}"/>
</svg></td></tr>{% endfor %}</table>"""
_TASK = """<h1>{{ task.name }}</h1><p>{{ task.plan.project.name }} {{ task.parent.name }}</p><dl><dd>{{ task.kind }}</dd>
<dd>{{ task.duration_minutes }}</dd><dd>{{ task.start_at }}</dd><dd>{{ task.finish_at }}</dd><dd>{{ task.percent_permille }}</dd>
<dd>{{ task.total_float_minutes }}</dd><dd>{{ task.free_float_minutes }}</dd></dl>
<ul>{% for row in people %}<li>{{ row.resource.person.name }}</li>{% endfor %}</ul>
<ul>{% for row in before %}<li>{{ row.predecessor.name }} {{ row.type }}</li>{% endfor %}</ul>
<ul>{% for row in after %}<li>{{ row.successor.name }} {{ row.type }}</li>{% endfor %}</ul>
<ul>{% for row in reports %}<li>{{ row.author.name }} {{ row.reported_at }} {{ row.percent_permille }} {{ row.comment }}</li>{% endfor %}</ul>
<ul>{% for row in moves %}<li>{{ row.run.at }} {{ row.finish_before_at }} {{ row.finish_after_at }}</li>{% endfor %}</ul>"""
_PROJECT = """<h1>{{ project.name }}</h1><p>{{ project.code }} {{ project.customer }} {{ project.department.name }}
{{ project.project_class.name }} {{ project.starts_on }} {{ project.ends_before }} {{ project.purpose }}</p>
<ul>{% for row in statuses %}<li>{{ row.on }} {{ row.health }} {{ row.author.name }} {{ row.reason }}</li>{% endfor %}</ul>
<table>{% for row in people %}<tr><td>{{ row.role }}</td><td>{{ row.person.name }}</td><td>{{ row.load_permille }}</td></tr>{% endfor %}</table>
<ul>{% for row in entries %}<li>{{ row.at }} {{ row.actor_label }} {{ row.name }}</li>{% endfor %}</ul>"""
_DAY = """<table>{% for row in rows %}<tr><td><a href="/t/{{ row.pk }}/">{{ row.name }}</a></td><td>{{ row.plan.project.name }}</td>
<td>{{ row.parent.name }}</td><td>{{ row.start_at }}</td><td>{{ row.finish_at }}</td><td>{{ row.percent_permille }}</td></tr>{% endfor %}</table>
<table>{% for row in lines %}<tr><td>{{ row.project.name }}</td><td>{{ row.reported }}</td><td>{{ row.computed }}</td>
<td>{{ row.reason.template }}</td></tr>{% endfor %}</table>"""

Rows = Callable[[HttpRequest, dict[str, int]], dict[str, Any]]


def _lines(request: HttpRequest, _wanted: dict[str, int]) -> dict[str, Any]:
    mine = Membership.objects.filter(person__account_id=request.user.pk).values("project_id")
    return {"rows": Line.objects.filter(project__in=mine).select_related("project").order_by("-score")}


def _tasks(_request: HttpRequest, wanted: dict[str, int]) -> dict[str, Any]:
    return {"rows": Task.objects.filter(plan__project_id=wanted["project"]).order_by("position")[: wanted["rows"]]}


def _task(_request: HttpRequest, wanted: dict[str, int]) -> dict[str, Any]:
    pk = wanted["task"]
    return {
        "task": Task.objects.select_related("plan__project", "parent").get(pk=pk),
        "people": Assignment.objects.filter(task=pk).select_related("resource__person"),
        "before": Link.objects.filter(successor=pk).select_related("predecessor"),
        "after": Link.objects.filter(predecessor=pk).select_related("successor"),
        "reports": ProgressReport.objects.filter(task=pk).select_related("author"),
        "moves": Move.objects.filter(task=pk).select_related("run"),
    }


def _project(_request: HttpRequest, wanted: dict[str, int]) -> dict[str, Any]:
    pk = wanted["project"]
    return {
        "project": Project.objects.select_related("department", "project_class").get(pk=pk),
        "statuses": ReportedStatus.objects.filter(project=pk).select_related("author").order_by("-on", "-id")[:4],
        "people": Membership.objects.filter(project=pk).select_related("person"),
        "entries": Entry.objects.filter(project_id=pk).order_by("-id")[:8],
    }


def _day(request: HttpRequest, _wanted: dict[str, int]) -> dict[str, Any]:
    mine = Task.objects.filter(assignments__resource__person__account_id=request.user.pk, actual_finish_at=None)
    return {
        "rows": mine.select_related("plan__project", "parent").order_by("finish_at")[:60],
        "lines": Line.objects.select_related("project").order_by("-score")[:5],
    }


def _floor(template: str, rows: Rows) -> Callable[..., HttpResponse]:
    page = engines["django"].from_string(_PAGE % template)

    def view(request: HttpRequest, **wanted: int) -> HttpResponse:
        return HttpResponse(page.render(rows(request, wanted), request))

    return view


def addresses() -> list[Any]:
    """Return the addresses of the floors."""
    return [
        path("floor/lines/", _floor(_LINES, _lines)),
        path("floor/tasks/<int:project>/<int:rows>/", _floor(_TASKS, _tasks)),
        path("floor/gantt/<int:project>/<int:rows>/", _floor(_GANTT, _tasks)),
        path("floor/task/<int:task>/", _floor(_TASK, _task)),
        path("floor/project/<int:project>/", _floor(_PROJECT, _project)),
        path("floor/day/", _floor(_DAY, _day)),
    ]
