"""Outsiders read nothing of projects that they may not see: on no page, in no file, no count, no answer and no notice."""

from collections.abc import Iterator
from datetime import timedelta
from functools import reduce
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from kaname.ground.projects.models import Project, ReportedStatus
from kaname.ground.projects.operations import report_status
from kaname.ground.projects.rules import VIEW
from kaname.ground.projects.types import Health
from kaname.kernel import clock
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.operations import create_token
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.notices.jobs import send_daily
from kaname.kernel.notices.models import Notice
from kaname.kernel.notices.queries import line_of, list_notices
from kaname.kernel.rules.decisions import visible
from kaname.pso.schedule.models import Task
from tests.flows.following import account_of, client_of, follow

pytestmark = pytest.mark.usefixtures("sample_db")

OUTSIDERS: Final = {"external": "A0001", "member": "K0010"}
EXPORTS: Final = ("xlsx", "csv", "csv-cp932")
QUESTIONS: Final = (
    "/search/?q={}",
    "/ui/palette/?q={}",
    "/projects/options/?q={}",
    "/portfolio/?q={}",
    "/projects/?q={}",
)
TELLING_LENGTH: Final = 6
"""Shorter words, such as those for design or test, are not of one project alone."""
CANARY: Final = "誰にも言えない遅れの理由"


@pytest.fixture(params=OUTSIDERS)
def outsider(request: pytest.FixtureRequest) -> str:
    """Return the number of somebody who sees few projects."""
    return OUTSIDERS[request.param]


def test_no_page_and_no_file_says_anything_of_hidden_projects(outsider: str) -> None:
    secrets = _secrets(account_of(outsider))
    client = client_of(outsider)
    places = _exports(client)
    told = [(place, secret) for place, text in places for secret in secrets if secret in text]
    assert len(places) == 2 * len(EXPORTS)
    for visit in follow(client, places_of_a_kind=1):
        text = _text(visit.answer)
        told += [(visit.link.place, secret) for secret in secrets if secret in text]
    assert told == []


def test_search_and_counts_are_those_of_visible_projects(outsider: str) -> None:
    reader, client = account_of(outsider), client_of(outsider)
    own, hidden = _projects(reader)
    told = []
    for project in hidden:
        part = project.name[1:-1]
        told += [
            (question, project.name)
            for question in QUESTIONS
            if project.name in _text(client.get(question.format(part), headers={"HX-Request": "true"}))
        ]
    assert told == []
    running = own.exclude(state="closed").filter(archived_at=None)
    rows = client.get("/portfolio/").content.count(b'data-href="/projects/')
    assert rows == running.count()
    assert _program(reader).get("/api/v1/projects/").json()["count"] == own.filter(archived_at=None).count()


def test_search_of_the_api_finds_visible_projects_only(outsider: str) -> None:
    reader = account_of(outsider)
    own, hidden = _projects(reader)
    secrets, program = _secrets(reader), _program(reader)
    told = []
    for project in hidden:
        answers = [program.get(f"/api/v1/search/{place}", {"q": project.name[1:-1]}) for place in ("", "kinds/")]
        assert [answer.status_code for answer in answers] == [200, 200]
        told += [(project.name, secret) for answer in answers for secret in secrets if secret in _text(answer)]
    assert told == []
    assert own.exists()
    for project in own:
        hits = program.get("/api/v1/search/", {"q": project.name, "kind": "projects.project"}).json()["results"]
        assert project.pk in [hit["id"] for hit in hits]


def test_answers_of_the_api_say_nothing_of_hidden_projects(outsider: str) -> None:
    secrets, client = _secrets(account_of(outsider)), _program(account_of(outsider))
    places = [place["path"] for place in client.get("/api/v1/").json()["places"]]
    assert "/api/v1/projects/" in places
    answers = [(place, _text(client.get(place))) for place in places]
    assert [(place, secret) for place, text in answers for secret in secrets if secret in text] == []


def test_hidden_project_is_missing_at_every_address(outsider: str) -> None:
    client, program = client_of(outsider), _program(account_of(outsider))
    _own, hidden = _projects(account_of(outsider))
    places = list(_places_of(hidden[0]))
    assert len(places) > 20
    answers = [(place, (program if place.startswith("/api/") else client).get(place).status_code) for place in places]
    found = [(place, status) for place, status in answers if status not in {404, 405}]
    assert found == []


def test_report_on_a_hidden_project_is_told_to_those_inside_only(outsider: str) -> None:
    reader = account_of(outsider)
    project = Project.objects.get(code__endswith="-12")
    assert project in _projects(reader)[1]
    now = clock.now()
    pm = account_of("K0020")
    report_status(
        actor=pm, now=now, project_id=project.pk, on=clock.today(), health=Health.ATTENTION, reason=f"{CANARY}。"
    )
    hand_out(now=now, limit=1000)
    assert Notice.objects.filter(project_id=project.pk, created_at__gte=now).exists()
    told = " ".join(str(line_of(notice).words) for notice in list_notices(actor=reader))
    secrets = [*_secrets(reader), CANARY]
    assert [secret for secret in secrets if secret in told] == []
    with clock.stopped_at(now + timedelta(days=1)):
        send_daily.call()
    mails = " ".join(_whole(message) for message in mail.outbox if reader.email in message.to)
    assert [secret for secret in secrets if secret in mails] == []


def _program(reader: User) -> Client:
    """Return a client with a token of the reader's that may read everything that the reader may."""
    now = clock.now()
    until = now + timedelta(days=1)
    _token, secret = create_token(actor=reader, name="canary", scopes=["read"], expires_at=until, now=now)
    return Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)


def _projects(reader: User) -> tuple[Any, Any]:
    own = visible(reader, VIEW, Project.objects.all())
    return own, Project.objects.exclude(pk__in=own.values("pk")).order_by("pk")


def _secrets(reader: User) -> list[str]:
    """Return what stands in hidden projects and in none of the reader's: names, codes, purposes, customers, reasons, tasks."""
    own, hidden = _projects(reader)
    seen = " ".join(_strings(own))
    secrets = {text for text in _strings(hidden) if len(text) >= TELLING_LENGTH and text not in seen}
    assert len(secrets) > 200
    return sorted(secrets)


def _strings(projects: Any) -> set[str]:
    facts = projects.values_list("code", "name", "name_en", "purpose", "customer")
    reasons = ReportedStatus.objects.filter(project__in=projects).values_list("reason", flat=True)
    tasks = Task.objects.filter(plan__project__in=projects).values_list("name", flat=True)
    return {text for row in facts for text in row} | set(reasons) | set(tasks)


def _exports(client: Client) -> list[tuple[str, str]]:
    places = [f"/{room}/export/?as={kind}" for room in ("portfolio", "projects") for kind in EXPORTS]
    answers = [(place, client.get(place)) for place in places]
    return [(place, _text(answer)) for place, answer in answers if answer.status_code == 200]


def _text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as file:
            content = b"\n".join(file.read(name) for name in file.namelist())
    return reduce(lambda text, coding: text + content.decode(coding, "ignore"), ("utf-8", "cp932"), "")


def _whole(message: Any) -> str:
    return f"{message.subject} {message.body} {' '.join(str(part[0]) for part in getattr(message, 'alternatives', ()))}"


def _places_of(project: Project) -> Iterator[str]:
    """Return every address that needs nothing but a project's number."""

    def names(resolver: URLResolver, space: str, needed: frozenset[str]) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            needs = needed | frozenset(pattern.pattern.converters)
            if isinstance(pattern, URLResolver):
                yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, needs)
            elif isinstance(pattern, URLPattern) and pattern.name and needs == {"project"}:
                yield space + pattern.name

    for name in names(get_resolver(), "", frozenset()):
        try:
            yield reverse(name, kwargs={"project": project.pk})
        except NoReverseMatch:
            continue
