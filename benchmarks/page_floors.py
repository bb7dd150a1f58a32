"""The floors of the cost of pages: what Django takes for the same rows by itself.

A floor is what a tutorial of Django would write for the page that it stands beside.  It holds the session and the account
from the database, one query set of models for each kind of row that the page shows, joined to what the page names of it, as
many rows as the page, and one template that writes the plain values of their columns.

It leaves out what is the product's own: permissions, words in two languages, navigation and menus, the unread notices, dates
as people read them, sentences that explain a figure, what is worked out from the rows, and of a task's line its predecessors,
people and baseline.  A page pays for all of that out of the difference.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from kaname.ground.projects.models import Membership, Phase, Project, ReportedStatus
from kaname.kernel.journal.models import Entry
from kaname.pmo.portfolio.models import Line
from kaname.pso.reports.models import Assessment
from kaname.pso.schedule.models import Assignment, Link, Move, Plan, ProgressReport, Task

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
<ul>{% for row in entries %}<li>{{ row.at }} {{ row.actor_label }} {{ row.name }}</li>{% endfor %}</ul>
<p>{{ plan.finish_at }} {{ plan.status_at }} {{ plan.calculated_at }}</p><ol>{% for row in phases %}<li>{{ row.name }}</li>{% endfor %}</ol>
<table>{% for row in late %}<tr><td>{{ row.name }}</td><td>{{ row.parent.name }}</td><td>{{ row.finish_at }}</td>
<td>{% for one in row.assignments.all %}{{ one.resource.person.name }}{% endfor %}</td><td>{{ row.percent_permille }}</td></tr>{% endfor %}</table>
<ul>{% for row in milestones %}<li><a href="/t/{{ row.pk }}/">{{ row.name }}</a> {{ row.finish_at }}</li>{% endfor %}</ul>
<p>{{ assessment.health }} {{ assessment.rules.number }} {{ assessment.assessed_at }} {{ assessment.forecast_finish_at }}
{{ assessment.done_permille }} {{ assessment.planned_permille }} {{ assessment.spi_t_permille }} {{ assessment.delay_days_tenths }}</p>
<ul>{% for row in assessment.indicators %}<li>{{ row.code }} {{ row.health }}</li>{% endfor %}</ul>"""
_HEALTH = """<h1>{{ project.name }}</h1><p>{{ project.department.name }}</p>{% for row in assessments %}{% if forloop.last %}
<p>{{ row.health }} {{ row.rules.number }} {{ row.assessed_at }} {{ row.forecast_finish_at }} {{ row.done_permille }}
{{ row.planned_permille }} {{ row.spi_t_permille }} {{ row.cpi_permille }} {{ row.overdue_tasks }}</p>
{% for indicator in row.indicators %}<h2>{{ indicator.code }} {{ indicator.health }} {{ indicator.sentence.template }}</h2>
<ul>{% for task, name, why in indicator.offences %}<li><a href="/t/{{ task }}/">{{ name }}</a> {{ why.template }}</li>{% endfor %}</ul>
{% endfor %}{% else %}<i>{{ row.on }} {{ row.health }} {{ row.forecast_finish_at }}</i>{% endif %}{% endfor %}
<ul>{% for row in statuses %}<li>{{ row.on }} {{ row.health }} {{ row.author.name }} {{ row.reason }}</li>{% endfor %}</ul>"""
_DAY = """<table>{% for row in rows %}<tr><td><a href="/t/{{ row.pk }}/">{{ row.name }}</a></td><td>{{ row.plan.project.name }}</td>
<td>{{ row.parent.name }}</td><td>{{ row.start_at }}</td><td>{{ row.finish_at }}</td><td>{{ row.percent_permille }}</td></tr>{% endfor %}</table>
<ul>{% for row in waiting %}<li>{{ row.successor.name }} {{ row.successor.start_at }}</li>{% endfor %}</ul>
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
        "project": Project.objects.select_related("department", "project_class", "group").get(pk=pk),
        "statuses": ReportedStatus.objects.filter(project=pk).select_related("author").order_by("-on", "-id")[:4],
        "people": Membership.objects.filter(project=pk).select_related("person"),
        "entries": Entry.objects.filter(project_id=pk).order_by("-id")[:8],
        "plan": Plan.objects.get(project=pk),
        "phases": Phase.objects.filter(project=pk).order_by("position"),
        "late": Task.objects.filter(plan__project=pk, actual_finish_at=None, is_active=True)
        .exclude(kind="summary")
        .select_related("parent")
        .prefetch_related("assignments__resource__person")
        .order_by("finish_at")[:6],
        "milestones": Task.objects.filter(
            plan__project=pk, kind__endswith="milestone", actual_finish_at=None, is_active=True
        ).order_by("finish_at")[:5],
        "assessment": Assessment.objects.filter(project=pk).select_related("rules").order_by("-on").first(),
    }


def _health(_request: HttpRequest, wanted: dict[str, int]) -> dict[str, Any]:
    pk = wanted["project"]
    return {
        "project": Project.objects.select_related("department").get(pk=pk),
        "assessments": Assessment.objects.filter(project=pk).select_related("rules").order_by("on"),
        "statuses": ReportedStatus.objects.filter(project=pk).select_related("author").order_by("on", "id"),
    }


def _day(request: HttpRequest, _wanted: dict[str, int]) -> dict[str, Any]:
    mine = Task.objects.filter(assignments__resource__person__account_id=request.user.pk, actual_finish_at=None)
    return {
        "rows": mine.select_related("plan__project", "parent").order_by("finish_at")[:60],
        "waiting": Link.objects.filter(predecessor__in=mine).select_related("successor")[:60],
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
        path("floor/health/<int:project>/", _floor(_HEALTH, _health)),
        path("floor/day/", _floor(_DAY, _day)),
    ]
