"""CPU time of the portfolio page against a bare Django page with the same rows, in one run.

    python benchmarks/portfolio_page.py [--projects 200] [--rounds 40]

Builds a company in a temporary SQLite database: projects with lines (26 weeks of trend each), a PMO manager who sees all of
them and an ordinary member who is in all of them.  The floor is what Django costs by itself: session, account, one query
set of the same rows, one template.  Bars: the page at most 2 x the floor and at most 20 CPU ms, the same SQL at any size.
"""

import argparse
import os
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta

FLOOR = """<!doctype html><html lang="en"><head><title>Floor</title></head><body><p>{{ request.user.name }}</p><table>
{% for row in rows %}<tr><td><a href="/projects/{{ row.project_id }}/">{{ row.project.name }}</a></td><td>{{ row.project.code }}</td>
<td>{{ row.reported }}</td><td>{{ row.computed }}</td><td>{{ row.baseline_finish_at }}</td><td>{{ row.forecast_finish_at }}</td>
<td>{{ row.delay_days_tenths }}</td><td>{{ row.spi_t_permille }}</td><td>{{ row.done_permille }}</td><td>{{ row.last_report_at }}</td>
<td>{{ row.pm_name }}</td><td>{{ row.reason.template }}</td></tr>{% endfor %}</table></body></html>"""
FLOOR_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TODAY = date(2026, 11, 27)
REASONS = (
    ("reported better than computed; forecast %(days)s working days late", {"days": "12.5"}),
    ("goes as agreed", {}),
    (
        "From today's progress it ends on %(forecast)s, %(days)s working days after the agreed %(agreed)s.",
        {"forecast": "2027-02-12", "agreed": "2027-01-20", "days": "17"},
    ),
)


def build(projects: int) -> None:
    """Fill the database."""
    from kaname.ground.calendars.models import WorkCalendar
    from kaname.ground.people.models import Department, Person
    from kaname.ground.projects.models import Membership, Project, ProjectClass, ProjectGroup
    from kaname.kernel.accounts.models import RoleGrant, User

    calendar = WorkCalendar.objects.create(name="標準", kind="company", week=[])
    departments = [
        Department.objects.create(name=f"第{n}システム部", name_en=f"Systems {n}", path=f"/{n}/") for n in range(1, 7)
    ]
    groups = [ProjectGroup.objects.create(kind="portfolio", name=f"投資区分{n}", path=f"/{n}/") for n in range(1, 4)]
    project_class = ProjectClass.objects.create(code="system", name="システム開発", name_en="System development")
    users = [User.objects.create(email=f"{name}@example.jp", name=name, language="ja") for name in ("office", "member")]
    RoleGrant.objects.create(account=users[0], role="pmo_manager")
    RoleGrant.objects.create(account=users[1], role="member")
    person = Person.objects.create(
        employee_number="E1", name="佐藤 花子", reading="さとう はなこ", department=departments[0],
        joined_on=date(2020, 4, 1), account=users[1], calendar=calendar,
    )  # fmt: skip
    names = (
        "基幹システム刷新",
        "受発注サイト再構築",
        "人事給与パッケージ導入",
        "倉庫管理システム更改",
        "データ分析基盤構築",
    )
    made = Project.objects.bulk_create(
        Project(
            code=f"P-{n:03}", name=f"{names[n % 5]}({n}期)", project_class=project_class, department=departments[n % 6],
            group=groups[n % 3] if n % 4 else None, state="active", starts_on=TODAY - timedelta(days=200 + n),
        )
        for n in range(1, projects + 1)
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(project=project, person=person, role="member", starts_on=date(2026, 1, 1)) for project in made
    )
    lines(made)


def lines(projects: list) -> None:
    """Make one line for each project."""
    from kaname.engine.units import MINUTES_PER_DAY, day_number
    from kaname.pmo.portfolio.models import Line

    healths = ("well", "attention", "danger", "unknown", "well", "danger")
    made = []
    for n, project in enumerate(projects):
        template, params = REASONS[n % 3]
        start, due = TODAY - timedelta(days=150 + n % 90), TODAY + timedelta(days=30 + (n * 7) % 200)
        delay = (n * 13) % 300 - 60
        made.append(
            Line(
                project=project, computed=healths[n % 6], computed_at=datetime(2026, 11, 27, tzinfo=UTC),
                reported=healths[(n // 2) % 2], reported_on=TODAY - timedelta(days=n % 20), reported_by="鈴木 一郎",
                pm_name=("鈴木 一郎", "高橋 美咲", "田中 健", "伊藤 さくら")[n % 4],
                start_at=day_number(start) * MINUTES_PER_DAY, finish_at=day_number(due) * MINUTES_PER_DAY,
                baseline_finish_at=day_number(due) * MINUTES_PER_DAY,
                forecast_finish_at=day_number(due + timedelta(days=delay // 8)) * MINUTES_PER_DAY, delay_days_tenths=delay,
                done_permille=(n * 37) % 1000, planned_permille=min(1000, (n * 37) % 1000 + 80), spi_t_permille=700 + (n * 17) % 400,
                cpi_permille=None, trend=[700 + (n * 17 + week * 11) % 400 for week in range(26)],
                last_report_at=datetime(2026, 11, 20, tzinfo=UTC), report_age_days=n % 15,
                freshness=("well", "attention", "unknown")[n % 3], tasks=250, overdue_tasks=n % 20,
                score=(n * 97) % 6000, reason={"template": template, "params": params}, updated_at=datetime(2026, 11, 27, tzinfo=UTC),
            )
        )  # fmt: skip
    Line.objects.bulk_create(made)


def measured(client, path: str, rounds: int) -> tuple[float, int]:
    """Return the median CPU milliseconds of a page and the number of its SQL statements, warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        response = client.get(path)
        assert response.status_code == 200, response
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
        statements = len(queries)
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        client.get(path)
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken), statements


def main() -> None:
    """Build, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--projects", type=int, default=200)
    arguments.add_argument("--rounds", type=int, default=40)
    options = arguments.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaname.site.settings.test"
    os.environ.setdefault("KANAME_HOME", tempfile.mkdtemp(prefix="kaname-benchmark-"))
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.test import Client, override_settings
    from django.urls import include, path

    from kaname.kernel.accounts.models import User
    from kaname.pmo.portfolio.models import Line

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    build(options.projects)
    template = engines["django"].from_string(FLOOR)

    def floor(request: HttpRequest) -> HttpResponse:
        rows = Line.objects.select_related("project").order_by("-score")
        return HttpResponse(template.render({"rows": rows, "request": request}, request))

    class Addresses:
        urlpatterns = [path("floor/", floor), path("", include("kaname.site.urls"))]

    print(f"portfolio page, {options.projects} projects, median of {options.rounds} warm rounds")
    for who, email in (("PMO manager", "office@example.jp"), ("ordinary member", "member@example.jp")):
        client = Client()
        client.force_login(User.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
        with override_settings(ROOT_URLCONF=Addresses, MIDDLEWARE=FLOOR_MIDDLEWARE):
            bare, bare_sql = measured(_same(client), "/floor/", options.rounds)
        page, sql = measured(client, "/portfolio/", options.rounds)
        print(
            f"  {who:16} page {page:6.1f} CPU ms, {sql} SQL   floor {bare:6.1f} CPU ms, {bare_sql} SQL   "
            f"ratio {page / bare:.2f} (bar 2.00, 20 CPU ms)"
        )


def _same(client):
    """Return another client with the same session, so that each has its own middleware."""
    from django.test import Client

    other = Client()
    other.cookies = client.cookies
    return other


if __name__ == "__main__":
    main()
