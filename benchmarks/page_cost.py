"""CPU time and SQL statements of pages, each beside what Django takes for the same rows by itself, in one run.

    python -m benchmarks.page_cost [--projects 200] [--tasks 250] [--people 1000] [--rounds 25] [--home FOLDER] [--profile PAGE]

Builds a company in a temporary folder and asks for its pages as an ordinary member, in process, with the shipped settings.
The portfolio is asked for first with a tenth of the tasks, to show that it does not depend on them; at the end all is asked
again with ten times the rows.  Page and floor take turns, so that a loaded machine slows both.
"""

import argparse
import cProfile
import os
import platform
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

RATIO_BAR = 2.0
SQL_BAR = 12
PORTFOLIO_BAR_MS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A page: its addresses (a Gantt is a page and its rows), its floor, who asks."""

    name: str
    paths: tuple[str, ...]
    floor: str
    asks: str = "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """CPU milliseconds of a page and of its floor, medians; the most SQL statements of one address."""

    page_ms: float
    floor_ms: float
    statements: int
    kilobytes: float


def main() -> None:
    """Build, ask, print."""
    options = _options()
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaname.site.settings"
    with tempfile.TemporaryDirectory(prefix="kaname-benchmark-") as folder:
        os.environ["KANAME_HOME"] = options.home or folder
        _begin()
        run(options)


def run(options: argparse.Namespace) -> None:
    """Measure an installation that is begun and empty."""
    from benchmarks import page_company

    few = max(options.tasks // 10, 10)
    print(
        f"{platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {calibration():.1f} ms for the fixed loop"
    )
    began = time.perf_counter()
    company = page_company.built()
    is_new = company is None
    if company is None:
        page_company.found(options.projects, few, options.people)
        company = page_company.built()
    print(
        f"{options.projects} projects x {few} tasks, {options.people:,} people, built in {time.perf_counter() - began:.0f} s"
    )
    asking = Asking(company, options.rounds)
    if is_new:
        _heading(options.rounds)
        for question in asking.portfolios():
            _print(question, asking.answer(question))
    page_company.grow(options.tasks)
    page_company.live(company)
    print(f"\n{options.projects} projects x {options.tasks} tasks; {calibration():.1f} ms for the fixed loop")
    _heading(options.rounds)
    first = {}
    for question in (*asking.portfolios(), *asking.project_pages(options.tasks)):
        if options.profile and question.name == options.profile:
            asking.profile(question)
            return
        first[question.name] = asking.answer(question)
        _print(question, first[question.name])
    if options.once:
        return
    page_company.grow(options.tasks * 10, company.project)
    page_company.add_projects(options.projects * 9)
    print(
        f"\nten times the rows: {options.projects * 10:,} projects, {options.tasks * 10:,} tasks; {calibration():.1f} ms for the fixed loop"
    )
    _heading(options.rounds)
    for question in (*asking.portfolios(), *asking.project_pages(options.tasks * 10)):
        answer = asking.answer(question)
        _print(question, answer)
        if answer.statements != first[question.name].statements:
            print(f"    SQL statements differ: {first[question.name].statements} before")


class Asking:
    """Asks for pages as the people of the company."""

    def __init__(self, company: Any, rounds: int) -> None:
        self._company = company
        self._rounds = rounds
        self._pages = {name: _client(getattr(company, name)) for name in ("member", "everywhere")}
        self._floors = {name: _client(getattr(company, name)) for name in ("member", "everywhere")}

    def portfolios(self) -> tuple[Question, ...]:
        """Return the portfolio as the ordinary member sees it, and with all projects."""
        return (
            Question(name="portfolio, own", paths=("/portfolio/",), floor="/floor/lines/"),
            Question(name="portfolio, all", paths=("/portfolio/",), floor="/floor/lines/", asks="everywhere"),
        )

    def project_pages(self, tasks: int) -> tuple[Question, ...]:
        """Return the pages of the measured project and the day of the member."""
        from kaname.pso.schedule.models import ProgressReport

        project = self._company.project.pk
        task = ProgressReport.objects.filter(task__plan__project=project).first().task_id
        home = f"/projects/{project}/"
        plan = f"{home}schedule/"
        return (
            Question(name="project", paths=(home,), floor=f"/floor/project/{project}/"),
            Question(name="task list", paths=(plan,), floor=f"/floor/tasks/{project}/{min(tasks, 200)}/"),
            Question(name="Gantt", paths=(plan, f"{plan}rows/"), floor=f"/floor/gantt/{project}/{tasks}/"),
            Question(name="rows", paths=(f"{plan}rows/",), floor=f"/floor/gantt/{project}/{tasks}/"),
            Question(name="task", paths=(f"{plan}tasks/{task}/",), floor=f"/floor/task/{task}/"),
            Question(name="my day", paths=("/",), floor="/floor/day/"),
            Question(name="health", paths=(f"{home}health/",), floor=f"/floor/health/{project}/"),
            Question(
                name="earned value", paths=(f"{home}health/earned-value/",), floor=f"/floor/tasks/{project}/{tasks}/"
            ),
            Question(name="clinic", paths=(f"{home}health/clinic/",), floor=f"/floor/tasks/{project}/{tasks}/"),
        )

    def answer(self, question: Question) -> Answer:
        """Ask for a page and its floor in turns."""
        page, floor = self._page(question), self._floor(question)
        for _ in range(3):
            page(), floor()
        taken = [(_milliseconds(page), _milliseconds(floor)) for _ in range(self._rounds)]
        answers = page()
        return Answer(
            page_ms=statistics.median(one for one, _ in taken),
            floor_ms=statistics.median(one for _, one in taken),
            statements=max(self._statements(question, path) for path in question.paths),
            kilobytes=sum(len(answer.content) for answer in answers) / 1024,
        )

    def profile(self, question: Question) -> None:
        """Print where a page spends its time."""
        page = self._page(question)
        for _ in range(5):
            page()
        profiler = cProfile.Profile()
        profiler.enable()
        for _ in range(20):
            page()
        profiler.disable()
        for order in ("cumulative", "tottime"):
            pstats.Stats(profiler).sort_stats(order).print_stats(70)
        for path in question.paths:
            for number, statement in enumerate(self._sql(question, path), start=1):
                print(f"{number:3} {statement[:300]}")

    def _page(self, question: Question) -> Callable[[], list[Any]]:
        client = self._pages[question.asks]
        return lambda: [_get(client, path) for path in question.paths]

    def _floor(self, question: Question) -> Callable[[], list[Any]]:
        from django.test import override_settings

        from benchmarks import page_floors

        client = self._floors[question.asks]
        with override_settings(MIDDLEWARE=page_floors.MIDDLEWARE):
            client.handler.load_middleware()
        return lambda: [_get(client, question.floor)]

    def _sql(self, question: Question, path: str) -> list[str]:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            _get(self._pages[question.asks], path)
        return [query["sql"] for query in queries.captured_queries]

    def _statements(self, question: Question, path: str) -> int:
        return len(self._sql(question, path))


def calibration() -> float:
    """Return the CPU milliseconds of a fixed loop: on a loaded or slower machine it grows as the pages do."""

    def loop() -> None:
        total = 0
        for number in range(200_000):
            total += number * number % 7

    return statistics.median(_milliseconds(loop) for _ in range(9))


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def _get(client: Any, path: str) -> Any:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    return response


def _client(user: Any) -> Any:
    from django.test import Client

    from kaname.kernel import clock
    from kaname.kernel.accounts.adapter import SEEN

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[SEEN] = int(clock.now().timestamp())
    session.save()
    return client


def _begin() -> None:
    """Set Django up in the present home: database, static files, the floors beside the pages."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.urls import include, path

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from benchmarks import page_floors

    class Addresses:
        urlpatterns = (*page_floors.addresses(), path("", include("kaname.site.urls")))
        handler404 = "django.views.defaults.page_not_found"

    settings.ROOT_URLCONF = Addresses


def _heading(rounds: int) -> None:
    print(f"  {'page':16} {'CPU ms':>8} {'floor ms':>9} {'ratio':>6} {'SQL':>4} {'kB':>7}   (medians of {rounds})")


def _print(question: Question, answer: Answer) -> None:
    ratio = answer.page_ms / answer.floor_ms
    missed = [
        *(["ratio"] if ratio > RATIO_BAR else []),
        *(["SQL"] if answer.statements > SQL_BAR else []),
    ]
    note = f"   over the bar: {', '.join(missed)}" if missed else ""
    print(
        f"  {question.name:16} {answer.page_ms:8.1f} {answer.floor_ms:9.1f} {ratio:6.2f} {answer.statements:4} "
        f"{answer.kilobytes:7.0f}{note}",
        flush=True,
    )


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--projects", type=int, default=200)
    arguments.add_argument("--tasks", type=int, default=250)
    arguments.add_argument("--people", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=25)
    arguments.add_argument("--once", action="store_true", help="leave out ten times the rows")
    arguments.add_argument(
        "--home", default="", help="build in this folder and keep it; ask again of what is built there"
    )
    arguments.add_argument("--profile", default="", metavar="PAGE", help="print where one page spends its time")
    return arguments.parse_args()


if __name__ == "__main__":
    main()
